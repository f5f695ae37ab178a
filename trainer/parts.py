"""The parts that the application is put together from: `app.py` makes them, views and commands work with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from trainer.database import Database
from trainer.kept_quizzes import KeptQuizzes
from trainer.library import Library
from trainer.mail import Mail
from trainer.pace import Paces
from trainer.recordings import Recordings
from trainer.settings import Settings
from trainer.speech import Line, Speech
from trainer.speech.hearing import Listener
from trainer.takes import TakeFiles
from trainer.versions import Models
from trainer.voices import Voices


class Jobs(Protocol):
    """Work that must not hold a request: it is asked for here and done elsewhere, soon. Nothing comes back.

    What waits already, or is being done, is not asked for twice.
    """

    def speak(self, line: Line, *, is_slow: bool) -> None:
        """Make the sound of a line."""

    def hear_take(self, learner_id: UUID, take_id: UUID) -> None:
        """Hear what a learner said, and delete the sound."""

    def keep_report(self, engagement_id: UUID) -> None:
        """Keep what the report of an engagement says now, if it says something else than before."""

    def send_digest(self, user_id: UUID, key: str) -> None:
        """Send somebody the weekly mail of a Monday."""

    def send_due(self, user_id: UUID, key: str) -> None:
        """Send somebody a day's mail of what falls due."""


@dataclass(frozen=True)
class Services:
    """What the views and commands work with; put together once by `create_app`."""

    settings: Settings
    database: Database
    library: Library
    speech: Speech
    recordings: Recordings
    voices: Voices
    take_files: TakeFiles
    listener: Listener
    models: Models
    paces: Paces
    kept_quizzes: KeptQuizzes
    mail: Mail
    jobs: Jobs
    clock: Callable[[], datetime]
