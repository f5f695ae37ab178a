"""The parts that the application is put together from: `app.py` makes them, views and commands work with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from trainer.database import Database
from trainer.kept_quizzes import KeptQuizzes
from trainer.library import Library
from trainer.pace import Paces
from trainer.recordings import Recordings
from trainer.settings import Settings
from trainer.speech import Speech
from trainer.versions import Models


@dataclass(frozen=True)
class Services:
    """What the views and commands work with; put together once by `create_app`."""

    settings: Settings
    database: Database
    library: Library
    speech: Speech
    recordings: Recordings
    models: Models
    paces: Paces
    kept_quizzes: KeptQuizzes
    clock: Callable[[], datetime]
