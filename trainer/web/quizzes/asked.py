"""What an attempt asks: the quiz as it began with it, and the sound of its items."""

from functools import partial

from flask import url_for

from trainer.database import Store
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Item, Quiz
from trainer.web import content, services
from trainer.web.sound import audio_of


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
