"""The blueprint of quizzes, and how its views load the attempt that they are about."""

from functools import partial
from uuid import UUID

from flask import Blueprint, url_for

from trainer import learning
from trainer.database import Store
from trainer.domain.access import Action, Subject
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Item, Quiz
from trainer.web import actor, authorize, content, found, me, reading, services, writing
from trainer.web.sound import audio_of

bp = Blueprint("quizzes", __name__)


def load_own(attempt_id: UUID, store: Store, *, for_update: bool = False) -> tuple[AttemptState, Quiz]:
    """An attempt of whoever acts with the quiz that it asks; those of others are not found."""
    attempt = found(learning.load_attempt(store, me().id, attempt_id, for_update=for_update))
    return attempt, found(quiz_of(attempt, store))


def authorize_own() -> None:
    who = actor()
    authorize(Action.TAKE_QUIZ, Subject(owner_id=who.id if who else None))


def own_store(*, for_update: bool) -> Store:
    return writing() if for_update else reading()


def quiz_of(attempt: AttemptState, store: Store) -> Quiz | None:
    """The quiz as the attempt began with it; None when it is from before that was kept, and the quiz is gone."""
    return services().kept_quizzes.quiz_of(store, content().quizzes, attempt)


def item_audio(attempt: AttemptState, item: Item) -> dict[str, str] | None:
    """Where to hear what an item plays; its own address where the phrase is no longer what it was."""
    if item.audio is None:
        return None
    if content().phrases.get(item.audio.id) == item.audio:
        return audio_of(item.audio)
    return audio_of(item.audio, partial(_kept_address, attempt, item))


def _kept_address(attempt: AttemptState, item: Item, speed: str, version: str) -> str:
    return url_for("quizzes.play_item", attempt_id=attempt.id, item_id=item.id, speed=speed, version=version)
