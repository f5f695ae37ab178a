"""Dialogues: read, heard line by line or whole."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer.domain.access import Action
from trainer.web import authorize, content, found, kept_page, now
from trainer.web.lessons import heard
from trainer.web.sound import audio_of, send_sound

bp = Blueprint("dialogues", __name__)


@bp.get("/dialogues/<dialogue_id>")
def show_dialogue(dialogue_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    dialogue = found(content().dialogues.get(dialogue_id))
    lesson = content().lessons[dialogue.lesson_id]
    return kept_page(
        "learn/dialogue.html",
        f"dialogue {dialogue.id}",
        now().date().isoformat(),
        lambda: {"heard": heard(dialogue, audio_of), "lesson": lesson, "course": content().courses[lesson.course_id]},
    )


@bp.get("/dialogues/lines/<line_id>/<speed>-<version>.mp3")
def play_line(line_id: str, speed: str, version: str) -> ResponseReturnValue:
    """A line that says no phrase, spoken; `version` is that of `learn.play_phrase`."""
    authorize(Action.LEARN)
    return send_sound(found(content().dialogue_lines.get(line_id)), speed, version)
