"""The page of a line to be said, the takes that are sent from it, and what their learner says of them."""

from http import HTTPStatus
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from trainer import learning
from trainer.decks import load_deck
from trainer.domain.access import Action, may
from trainer.domain.content import Lesson, Sayable
from trainer.domain.review import Closeness, due_aloud
from trainer.speech import line_of
from trainer.speech.hearing import MAX_SECONDS, BadSound
from trainer.web import (
    after_commit,
    authorize,
    content,
    found,
    me,
    now,
    page,
    reading,
    services,
    takes_files,
    to,
    writing,
)
from trainer.web.current import is_fragment
from trainer.web.lessons import heard, sayables_of
from trainer.web.sound import audio_of
from trainer.web.speaking.blueprint import (
    MOST_BYTES,
    bp,
    count_take,
    is_slow,
    line_here,
    own_take,
    sent_sound,
    take_page,
)
from trainer.web.speaking.overlay import steps_of
from trainer.web.speaking.words import CLOSENESS, said_line, take_line


@bp.get("/speaking")
def show_speaking() -> ResponseReturnValue:
    """What the learner has said so far, what comes back to be said, and the recordings that they keep."""
    authorize(Action.LEARN)
    lines = ((content().sayable(each.line_id), each) for each in learning.list_said(reading(), me().id))
    return page(
        "speaking/list.html",
        due=due_aloud(load_deck(reading(), me().id, at=now()), content(), at=now()),
        said=[(line, each, said_line(each)) for line, each in lines if line is not None],
        CLOSENESS=CLOSENESS,
        kept=[(each, content().sayable(each.line_id)) for each in learning.list_kept(reading(), me().id)],
        days=services().settings.takes_days,
    )


@bp.get("/speaking/lines/<line_id>")
def show_line(line_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    line = line_here(line_id)
    number, takes = learning.list_takes(reading(), me().id, line_id)
    spoken = line_of(line).spoken
    lesson, following = _place(line)
    return page(
        "speaking/line.html",
        line=line,
        audio=audio_of(line),
        lesson=lesson,
        following=following,
        takes=[(number - place, take, take_line(take), take.spoken != spoken) for place, take in enumerate(takes)],
        number=number,
        steps=steps_of([take.closeness for take in reversed(takes) if take.closeness is not None]),
        most_seconds=MAX_SECONDS,
        edits=may(me(), Action.EDIT_CONTENT),
        CLOSENESS=CLOSENESS,
    )


@bp.get("/speaking/dialogues/<dialogue_id>/<party_id>")
def practise_dialogue(dialogue_id: str, party_id: str) -> ResponseReturnValue:
    """One side of a dialogue is the learner's, the other is heard."""
    authorize(Action.LEARN)
    dialogue = found(content().dialogues.get(dialogue_id))
    party = found(next((each for each in dialogue.parties if each.id == party_id), None))
    return page(
        "speaking/dialogue.html",
        heard=heard(dialogue, audio_of),
        party=party,
        other=next(each for each in dialogue.parties if each != party),
        lesson=content().lessons[dialogue.lesson_id],
        most_seconds=MAX_SECONDS,
    )


@bp.post("/speaking/lines/<line_id>/takes")
@takes_files(MOST_BYTES)
def send_take(line_id: str) -> ResponseReturnValue:
    """Take a recording to be heard: 202, with a panel that fills in."""
    authorize(Action.LEARN)
    line = line_here(line_id)
    count_take()
    take_id, learner = _sent_id(), me().id
    try:
        learning.say_line(
            writing(), services().take_files, learner, line_of(line), sent_sound(), take_id=take_id, at=now()
        )
    except (BadSound, learning.LearningError) as error:
        return page("speaking/refused.html", 422, line=line, problem=str(error))
    take = found(learning.load_take(writing(), learner, take_id))
    jobs = services().jobs
    after_commit(lambda: jobs.hear_take(learner, take_id))
    return take_page(take, 202)


@bp.get("/speaking/takes/<uuid:take_id>")
def show_take(take_id: UUID) -> ResponseReturnValue:
    authorize(Action.LEARN)
    take = own_take(take_id)
    if take.is_waiting and is_fragment() and is_slow(take) == ("slow" in request.args):
        return "", HTTPStatus.NO_CONTENT  # the panel that asks says so already
    return take_page(take)


@bp.post("/speaking/takes/<uuid:take_id>/closeness")
def rate_take(take_id: UUID) -> ResponseReturnValue:
    """How close it felt: the learner's word, on which the phrase comes back."""
    authorize(Action.LEARN)
    own_take(take_id)
    said = request.form.get("closeness", "")
    if said not in CLOSENESS:
        abort(400, "Choose one of the four.")
    learning.rate_take(writing(), content(), me().id, take_id, Closeness(int(said)), at=now())
    return to("speaking.show_take", take_id=take_id)


def _sent_id() -> UUID:
    try:
        return UUID(request.form.get("take_id", ""))
    except ValueError:
        abort(400, "This recording was damaged on its way here. Record once more.")


def _place(line: Sayable) -> tuple[Lesson | None, Sayable | None]:
    """The lesson that a line is in, and what comes after it there."""
    for lesson in content().lessons.values():
        lines = sayables_of(lesson)
        number = next((place for place, each in enumerate(lines, start=1) if each.id == line.id), None)
        if number is not None:
            return lesson, lines[number] if number < len(lines) else None
    return None, None
