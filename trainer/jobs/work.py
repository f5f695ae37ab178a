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
from sqlalchemy.exc import SQLAlchemyError

from trainer import learning, mail_choices, partners, reporting
from trainer.database import Store
from trainer.domain.mail import MailKind, due_key
from trainer.mail import Letter, Refused
from trainer.mail_choices import Subscriber
from trainer.parts import Services
from trainer.speech import CannotSpeak, Line, line_of
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
    """People of partners whose last day is over, each in a transaction of its own: one that fails keeps no other."""
    at = services.clock()
    with services.database.read_connection() as store:
        outdated = partners.outdated_people(store, at=at)
    for partner_id, person_id in outdated:
        try:
            with services.database.write_connection() as store:
                partners.delete_person(store, partner_id, person_id, at=at)
                store.commit()
        except (SQLAlchemyError, partners.PartnerError):
            log.exception("person %s of partner %s is over, and was not deleted", person_id, partner_id)
        else:
            log.info("deleted person %s of partner %s, whose last day was over", person_id, partner_id)


def ask_for_mail(services: Services) -> None:
    """Ask for each mail that is due now and not done with. Nothing is sent twice: what waits is not asked for again."""
    at = services.clock()
    with services.database.read_connection() as store:
        for each in mail_choices.subscribers(store, services.mail.usual):
            for kind, ask in ((MailKind.DIGEST, services.jobs.send_digest), (MailKind.DUE, services.jobs.send_due)):
                key = due_key(each.choice, kind, at)
                if key is not None and key > (each.last[kind] or ""):
                    ask(each.reader.id, key)


def send_digest(services: Services, user_id: str, key: str) -> None:
    """The weekly mail of a Monday to somebody, unless there is nothing to tell."""

    def write(store: Store, to: Subscriber) -> Letter | None:
        look = _lookup(services, store)
        facts = reporting.digest_facts(look, to.reader, to.choice.zone, at=services.clock())
        return None if facts.is_empty else services.mail.write.digest(facts, to.choice, key)

    _send(services, UUID(user_id), MailKind.DIGEST, key, write)


def send_due(services: Services, user_id: str, key: str) -> None:
    """A day's mail to somebody of what falls due, unless nothing does."""

    def write(store: Store, to: Subscriber) -> Letter | None:
        facts = reporting.due_facts(_lookup(services, store), to.reader, to.choice.zone, at=services.clock())
        return None if facts is None else services.mail.write.due(facts, to.choice, key)

    _send(services, UUID(user_id), MailKind.DUE, key, write)


def give_up_mail(_services: Services, user_id: str, key: str) -> None:
    """The mail is asked for again at the next quarter of an hour, until it is stale."""
    log.error("the mail of %s to user %s was not sent: the mail server did not take it", key, user_id)


def delete_old_mail(services: Services) -> None:
    """Mails that lay in the folder long enough, and the notes of what was sent."""
    services.mail.tidy(at=services.clock())
    with services.database.write_connection() as store:
        mail_choices.forget_old(store, at=services.clock())
        store.commit()


def _send(
    services: Services,
    user_id: UUID,
    kind: MailKind,
    key: str,
    write: Callable[[Store, Subscriber], Letter | None],
) -> None:
    """Write a mail, hand it over, and note that it is done with. No transaction is open while a server answers."""
    at = services.clock()
    with services.database.read_connection() as store:
        to = mail_choices.subscriber(store, user_id, kind, key, services.mail.usual)
        if to is None or due_key(to.choice, kind, at) != key:  # it waited too long, or until quiet hours began
            return
        letter = write(store, to)
    if letter is not None:
        try:
            where = services.mail.send(letter, at=at)
            log.info("%s mail of %s to user %s: %s", kind, key, user_id, where)
        except Refused as error:
            log.warning("%s mail of %s to user %s is not sent: %s", kind, key, user_id, error)
    with services.database.write_connection() as store:
        mail_choices.note_done(store, user_id, kind, key, at=at)
        store.commit()


def _lookup(services: Services, store: Store) -> reporting.Lookup:
    at, speech = services.clock(), services.speech
    content = services.library.in_force(store)
    return reporting.Lookup(
        store,
        content,
        services.models.current(store, at=at),
        services.paces.current(store, content, at=at),
        lambda item: item.audio is None or speech.can_speak(line_of(item.audio)),
    )


def _close_take(services: Services, learner_id: UUID, take_id: UUID, hearing: Hearing | None) -> None:
    with services.database.write_connection() as store:
        learning.keep_hearing(store, learner_id, take_id, hearing, at=services.clock())
        store.commit()
    services.take_files.discard(learner_id, take_id)


JOBS: Mapping[str, Job] = {
    "speak": Job(speak, stay_silent),
    "hear_take": Job(hear_take, give_up_take, priority=1),
    "keep_report": Job(keep_report, leave_report),
    "send_digest": Job(send_digest, give_up_mail, priority=-1),
    "send_due": Job(send_due, give_up_mail, priority=-1),
}
"""By the name that stands in the queue: never give a name to another job."""
NOW_AND_THEN: tuple[tuple[Callable[[Services], None], Due], ...] = (
    (tidy, crontab(minute="*/10")),
    (delete_old_sounds, crontab(minute="25")),
    (keep_all_reports, crontab(minute="5")),
    (delete_outdated_people, crontab(hour="3", minute="40")),
    (ask_for_mail, crontab(minute="*/15")),
    (delete_old_mail, crontab(minute="35", hour="3")),
)
"""What nobody asks for, and when it is done (in UTC)."""
