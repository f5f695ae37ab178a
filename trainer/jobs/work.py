"""The jobs: use cases called with the parts of the application. What needs a transaction begins and commits its own.

Each may be done twice, as the process that did it may have died before it could say so. What a job is given are values
that JSON knows.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from huey import crontab

from trainer import learning, partners, reporting
from trainer.parts import Services
from trainer.speech import CannotSpeak, Line
from trainer.speech.hearing import Hearing

log = logging.getLogger(__name__)

Given = Mapping[str, Any]
"""A value as JSON has it."""
Due = Callable[[Any], bool]
"""Whether a moment is one of those at which something is done."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is called to do it, and after it failed for good: both with the services and what was asked for."""

    run: Callable[..., None]
    give_up: Callable[..., None]
    priority: int = 0
    """What is higher is begun first."""


def speak(services: Services, line: Given, is_slow: bool) -> None:
    """Render a line into the cache. That no voice can speak it is noted there, and no failure of the job."""
    try:
        services.speech.render(Line(**line), is_slow=is_slow)
    except CannotSpeak as error:
        log.info("%s", error)


def stay_silent(services: Services, line: Given, is_slow: bool) -> None:
    services.speech.give_up(Line(**line), "the rendering failed", is_slow=is_slow)


def tidy(services: Services) -> None:
    """Clear what jobs leave behind."""
    services.speech.tidy()


def hear_take(services: Services, learner_id: str, take_id: str) -> None:
    """Hear what a learner said, keep what was heard, delete the sound. No transaction is open while it listens."""
    whose, which = UUID(learner_id), UUID(take_id)
    with services.database.read_connection() as store:
        hearing = learning.hear_take(
            store, services.library, services.voices, services.take_files, services.listener, whose, which
        )
    _close_take(services, whose, which, hearing)


def give_up_take(services: Services, learner_id: str, take_id: str) -> None:
    _close_take(services, UUID(learner_id), UUID(take_id), None)


def delete_old_sounds(services: Services) -> None:
    """Recordings that were kept long enough, and those of takes that nobody heard."""
    with services.database.write_connection() as store:
        gone = learning.delete_old_sounds(store, services.take_files, services.settings.takes_days, at=services.clock())
        store.commit()
    for learner_id, take_id in gone:
        services.take_files.remove(learner_id, take_id)


def keep_report(services: Services, engagement_id: str) -> None:
    """Keep what the report of an engagement says since somebody changed what it rests on."""
    _keep_reports(services, [UUID(engagement_id)])


def leave_report(_services: Services, engagement_id: str) -> None:
    """The next look at all reports keeps it."""
    log.warning("the report of engagement %s was not kept", engagement_id)


def keep_all_reports(services: Services) -> None:
    """What answers, time and the company's rules have changed, which no page is told of."""
    _keep_reports(services, None)


def _keep_reports(services: Services, engagements: Sequence[UUID] | None) -> None:
    at = services.clock()
    with services.database.read_connection() as store:
        content, model = services.library.in_force(store), services.models.current(store, at=at)
        changed = reporting.changed_reports(store, content, model, engagements, at=at)
    if changed:
        with services.database.write_connection() as store:
            reporting.keep_reports(store, changed)
            store.commit()


def delete_outdated_people(services: Services) -> None:
    """People of partners whose last day is over."""
    with services.database.write_connection() as store:
        gone = partners.delete_outdated_people(store, at=services.clock())
        store.commit()
    if gone:
        log.info("deleted %d people of partners whose last day was over", gone)


def _close_take(services: Services, learner_id: UUID, take_id: UUID, hearing: Hearing | None) -> None:
    with services.database.write_connection() as store:
        learning.keep_hearing(store, learner_id, take_id, hearing, at=services.clock())
        store.commit()
    services.take_files.discard(learner_id, take_id)


JOBS: Mapping[str, Job] = {
    "speak": Job(speak, stay_silent),
    "hear_take": Job(hear_take, give_up_take, priority=1),
    "keep_report": Job(keep_report, leave_report),
}
"""By the name that stands in the queue: never give a name to another job."""
NOW_AND_THEN: tuple[tuple[Callable[[Services], None], Due], ...] = (
    (tidy, crontab(minute="*/10")),
    (delete_old_sounds, crontab(minute="25")),
    (keep_all_reports, crontab(minute="5")),
    (delete_outdated_people, crontab(hour="3", minute="40")),
)
"""What nobody asks for, and when it is done (in UTC)."""
