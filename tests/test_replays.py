"""Playing a scenario again from a decision: recorded like any response, weighs as practice, changes no attempt."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import SCENARIO_QUIZ, Make, Somebody, best, worst
from trainer import learning
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Content, Item, Scenario
from trainer.domain.grading import Given, UnfitAnswer
from trainer.domain.mastery import SHIPPED, Kind, LearnerTerms, Model
from trainer.domain.replays import ReplayState
from trainer.models import Response, new_id
from trainer.terms import load_terms
from trainer.versions import load_history

LATER = NOW + timedelta(days=1)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def story(content: Content) -> Item:
    return next(item for item in content.quizzes[SCENARIO_QUIZ].items if isinstance(item.interaction, Scenario))


@pytest.fixture
def played(make: Make, session: Session, lena: Somebody) -> AttemptState:
    """An attempt in which everything was answered as badly as could be."""
    attempt = learning.load_attempt(session, lena.id, make.answers(lena, SCENARIO_QUIZ, right=0.0))
    assert attempt is not None
    return attempt


def begin(session: Session, attempt: AttemptState, story: Item, step: int = 0) -> ReplayState:
    path = attempt.position(story)
    replay_id = learning.start_replay(session, attempt.learner_id, attempt.id, story, path, step, at=LATER)
    return load(session, attempt, replay_id)


def load(session: Session, attempt: AttemptState, replay_id: object) -> ReplayState:
    replay = learning.load_replay(session, attempt.learner_id, replay_id)  # type: ignore[arg-type]
    assert replay is not None
    return replay


def choose(
    session: Session, replay: ReplayState, story: Item, pick: Callable[..., str] = best, **changes: object
) -> None:
    position = replay.position(story)
    given = Given((pick([choice.option for choice in position.offered]),))
    values = {"step": len(position.steps), "response_id": new_id(), "at": LATER, **changes}
    learning.answer_replay(session, Model(), replay, story, given, **values)  # type: ignore[arg-type]


def play(session: Session, attempt: AttemptState, story: Item, replay: ReplayState) -> ReplayState:
    while replay.position(story).node is not None:
        choose(session, replay, story)
        replay = load(session, attempt, replay.id)
    return replay


def responses(session: Session) -> list[Response]:
    return list(session.scalars(select(Response).execution_options(populate_existing=True)))


def kept_terms(session: Session, learner: Somebody) -> LearnerTerms:
    return load_terms(session, SHIPPED, [learner.id])[learner.id]


def test_a_replay_starts_at_the_decision_with_the_earlier_steps_as_they_were(
    session: Session, played: AttemptState, story: Item
) -> None:
    replay = begin(session, played, story, step=1)

    assert replay.taken == tuple(step.key for step in played.position(story).steps[:1])
    assert len(replay.position(story).steps) == 1
    assert (replay.attempt_id, replay.finished_at, replay.responses) == (played.id, None, ())


def test_each_choice_of_a_replay_is_kept_with_its_node_the_wording_and_the_time(
    session: Session, played: AttemptState, story: Item
) -> None:
    replay = begin(session, played, story, step=1)
    node = replay.position(story).node

    choose(session, replay, story)

    (kept,) = [each for each in responses(session) if each.attempt_id == replay.id]
    assert node is not None
    assert (kept.step, kept.given["node"], kept.kind) == (1, node.id, Kind.REPLAY)
    assert (kept.content_hash, kept.answered_at) == (story.content_hash, LATER)


def test_a_replay_is_finished_at_its_ending(session: Session, played: AttemptState, story: Item) -> None:
    replay = play(session, played, story, begin(session, played, story))

    assert replay.finished_at == LATER
    assert replay.position(story).ending is not None


def test_a_replay_leaves_the_attempt_and_its_answers_as_they_were(
    session: Session, played: AttemptState, story: Item, lena: Somebody
) -> None:
    before = {each.id: (each.score, each.kind) for each in responses(session)}

    play(session, played, story, begin(session, played, story))

    after = {each.id: (each.score, each.kind) for each in responses(session) if each.attempt_id == played.id}
    assert after == before
    assert learning.load_attempt(session, lena.id, played.id) == played


def test_a_replay_moves_the_mastery_and_the_log_makes_the_same(
    session: Session, played: AttemptState, story: Item, lena: Somebody
) -> None:
    before = kept_terms(session, lena)
    play(session, played, story, begin(session, played, story))
    live = kept_terms(session, lena)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert live != before
    assert kept_terms(session, lena) == live


def test_an_open_replay_from_the_same_decision_is_gone_on_with(
    session: Session, played: AttemptState, story: Item
) -> None:
    first = begin(session, played, story)

    assert begin(session, played, story).id == first.id
    assert begin(session, played, story, step=1).id != first.id


def test_a_finished_replay_is_not_gone_on_with(session: Session, played: AttemptState, story: Item) -> None:
    first = play(session, played, story, begin(session, played, story))

    assert begin(session, played, story).id != first.id
    assert len(learning.list_replays(session, played.learner_id, played.id)) == 2


def test_a_decision_is_taken_again_only_once_the_scenario_has_ended(
    session: Session, make: Make, lena: Somebody, content: Content, story: Item
) -> None:
    until = content.quizzes[SCENARIO_QUIZ].items.index(story)
    attempt = learning.load_attempt(session, lena.id, make.answers(lena, SCENARIO_QUIZ, until=until))
    assert attempt is not None

    with pytest.raises(learning.LearningError, match="to its end first"):
        begin(session, attempt, story)


def test_a_step_that_was_not_taken_cannot_be_taken_again(session: Session, played: AttemptState, story: Item) -> None:
    with pytest.raises(learning.LearningError, match="to its end first"):
        begin(session, played, story, step=99)


def test_the_same_step_sent_again_keeps_the_first(session: Session, played: AttemptState, story: Item) -> None:
    replay = begin(session, played, story)
    choose(session, replay, story)
    replay = load(session, played, replay.id)

    choose(session, replay, story, worst, step=0)

    assert len([each for each in responses(session) if each.attempt_id == replay.id]) == 1


def test_a_later_step_is_refused(session: Session, played: AttemptState, story: Item) -> None:
    replay = begin(session, played, story)

    with pytest.raises(learning.LearningError, match="comes later"):
        choose(session, replay, story, step=3)


def test_a_replay_that_has_ended_takes_no_further_step(session: Session, played: AttemptState, story: Item) -> None:
    replay = play(session, played, story, begin(session, played, story))

    with pytest.raises(learning.LearningError, match="has ended"):
        learning.answer_replay(session, Model(), replay, story, Given(("a",)), step=9, response_id=new_id(), at=LATER)


def test_a_choice_that_is_not_there_is_refused(session: Session, played: AttemptState, story: Item) -> None:
    replay = begin(session, played, story)

    with pytest.raises(UnfitAnswer):
        choose(session, replay, story, lambda _options: "zz")


def test_a_choice_is_kept_with_what_was_offered_where_that_depends_on_what_came_before(
    session: Session, played: AttemptState, story: Item
) -> None:
    replay = play(session, played, story, begin(session, played, story))

    last = max((each for each in responses(session) if each.attempt_id == replay.id), key=lambda each: each.step)
    assert last.given["offered"] == ["a", "b", "c", "d", "e"]
    assert all("offered" not in each.given for each in responses(session) if each.given["node"] == "n1")


def test_of_another_learner_there_is_no_replay(make: Make, session: Session, played: AttemptState, story: Item) -> None:
    replay = begin(session, played, story)

    assert learning.load_replay(session, make.learner("Omar").id, replay.id) is None
