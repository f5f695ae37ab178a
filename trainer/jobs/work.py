"""The jobs: use cases called with the parts of the application. What needs a transaction begins and commits its own.

Each may be done twice, as the process that did it may have died before it could say so. What a job is given are values
that JSON knows.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from huey import crontab

from trainer.parts import Services
from trainer.speech import CannotSpeak, Line

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


JOBS: Mapping[str, Job] = {"speak": Job(speak, stay_silent)}
"""By the name that stands in the queue: never give a name to another job."""
NOW_AND_THEN: tuple[tuple[Callable[[Services], None], Due], ...] = ((tidy, crontab(minute="*/10")),)
"""What nobody asks for, and when it is done (in UTC)."""
