"""Playing a scenario again from a decision: practice, with the steps before it as they were."""

from dataclasses import replace
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from trainer import learning
from trainer.domain.attempts import kept_grade
from trainer.domain.content import Item, Quiz, Scenario
from trainer.domain.grading import UnfitAnswer
from trainer.domain.replays import ReplayState
from trainer.domain.scenario import Position
from trainer.models import new_id
from trainer.web import found, me, model, now, page, reading, say, to, writing
from trainer.web.answering.sheets import Sheet, read_response_id, read_sheet
from trainer.web.answering.steps import Step, answered_choice, scenario_step
from trainer.web.quizzes.beginning import load_practice
from trainer.web.quizzes.blueprint import authorize_own, bp, own_store
from trainer.web.quizzes.stories import Story, story_of

NOT_YET = "This step was not open yet. Go on from here."


@bp.post("/attempts/<uuid:attempt_id>/items/<item_id>/<int:step>/again")
def start_replay(attempt_id: UUID, item_id: str, step: int) -> ResponseReturnValue:
    """Take a decision of an attempt anew."""
    attempt, quiz = load_practice(attempt_id, for_update=True)
    item = _scenario_of(quiz, item_id)
    return _start(attempt_id, item, attempt.position(item), step, to("quizzes.show_summary", attempt_id=attempt_id))


@bp.post("/replays/<uuid:replay_id>/<int:step>/again")
def start_replay_again(replay_id: UUID, step: int) -> ResponseReturnValue:
    """Take a decision of a replay anew."""
    replay, _, item = _load(replay_id, for_update=True)
    back = to("quizzes.show_replay", replay_id=replay_id)
    return _start(replay.attempt_id, item, replay.position(item), step, back)


@bp.get("/replays/<uuid:replay_id>")
def show_replay(replay_id: UUID) -> ResponseReturnValue:
    """The decision that is to be taken; once it has ended, the last one with how it went."""
    replay, quiz, item = _load(replay_id)
    position = replay.position(item)
    if position.is_broken:
        say("This scenario was changed since you began. What you have answered is kept; play it as it is now.")
        return to("quizzes.show_quiz", quiz_id=quiz.id)
    if position.ending is not None:
        return to("quizzes.show_replay_feedback", replay_id=replay_id, step=replay.responses[-1].step)
    return _step_page(replay, quiz, item, position)


@bp.post("/replays/<uuid:replay_id>/<int:step>")
def answer_replay(replay_id: UUID, step: int) -> ResponseReturnValue:
    replay, quiz, item = _load(replay_id, for_update=True)
    position = replay.position(item)
    if replay.find(step) is not None or position.node is None:
        return to("quizzes.show_replay_feedback", replay_id=replay_id, step=step)
    shown = scenario_step(item, position, replay.id)
    if shown.number != step:
        return _step_page(replay, quiz, item, position, status=409, notice=NOT_YET)
    sheet = read_sheet(shown)
    if sheet.problem:
        return _step_page(replay, quiz, item, position, sheet, status=422)
    try:
        response_id = read_response_id(sheet)
        learning.answer_replay(
            writing(), model(), replay, item, sheet.given, step=step, response_id=response_id, at=now()
        )
    except (UnfitAnswer, learning.LearningError) as error:
        sheet = replace(sheet, response_id=str(new_id()))
        return _step_page(replay, quiz, item, position, sheet, status=422, notice=str(error))
    return to("quizzes.show_replay_feedback", replay_id=replay_id, step=step, _anchor="feedback")


@bp.get("/replays/<uuid:replay_id>/<int:step>")
def show_replay_feedback(replay_id: UUID, step: int) -> ResponseReturnValue:
    replay, quiz, item = _load(replay_id)
    kept = replay.find(step)
    if kept is None or not isinstance(item.interaction, Scenario):
        return to("quizzes.show_replay", replay_id=replay_id)
    node = item.interaction.nodes.get(kept.given.node or "")
    graded = kept_grade(item, kept)
    position = replay.position(item, steps=step + 1)
    chosen = graded.chosen[0] if graded.chosen else None
    return page(
        "quiz/replay/feedback.html",
        quiz=quiz,
        replay=replay,
        shown=answered_choice(item, node, position, step, replay.id),
        chosen=chosen,
        score=graded.score,
        story=_story(replay, item, position),
        before=_ending_before(replay, item),
    )


def _start(attempt_id: UUID, item: Item, path: Position, step: int, back: ResponseReturnValue) -> ResponseReturnValue:
    try:
        replay_id = learning.start_replay(writing(), me().id, attempt_id, item, path, step, at=now())
    except learning.LearningError as error:
        say(str(error))
        return back
    return to("quizzes.show_replay", replay_id=replay_id)


def _load(replay_id: UUID, *, for_update: bool = False) -> tuple[ReplayState, Quiz, Item]:
    """A replay of whoever acts; those of others are not found."""
    authorize_own()
    store = own_store(for_update=for_update)
    replay = found(learning.load_replay(store, me().id, replay_id, for_update=for_update))
    _, quiz = load_practice(replay.attempt_id)
    return replay, quiz, _scenario_of(quiz, replay.item_id)


def _scenario_of(quiz: Quiz, item_id: str) -> Item:
    return found(
        next((item for item in quiz.items if item.id == item_id and isinstance(item.interaction, Scenario)), None)
    )


def _step_page(
    replay: ReplayState,
    quiz: Quiz,
    item: Item,
    position: Position,
    sheet: Sheet | None = None,
    status: int = 200,
    notice: str | None = None,
) -> ResponseReturnValue:
    shown: Step = scenario_step(item, position, replay.id)
    return page(
        "quiz/replay/step.html",
        status,
        quiz=quiz,
        replay=replay,
        shown=shown,
        is_first=shown.number == replay.first_step,
        sheet=sheet or Sheet(str(new_id())),
        notice=notice,
    )


def _story(replay: ReplayState, item: Item, position: Position) -> Story | None:
    """The steps that were taken over score as they would today, those played as they were kept."""
    kept = {each.step: each.score for each in replay.responses}
    scores = [kept.get(number, step.score) for number, step in enumerate(position.steps)]
    return story_of(
        item,
        position,
        scores,
        lambda step: url_for("quizzes.start_replay_again", replay_id=replay.id, step=step),
        replay.first_step,
    )


def _ending_before(replay: ReplayState, item: Item) -> Position | None:
    """How the attempt itself had ended."""
    attempt = learning.load_attempt(reading(), replay.learner_id, replay.attempt_id)
    position = attempt.position(item) if attempt else None
    return position if position is not None and position.ending is not None else None
