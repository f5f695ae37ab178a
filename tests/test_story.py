"""One competency of one learner: its date, its target, and the answers that bear on it; on both databases."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import QUIZ, SCENARIO_QUIZ, Make, Somebody, with_items
from tests.test_reporting import CALL_QUIZZES
from tests.web.test_statements import counted
from trainer import reporting
from trainer.database import Database
from trainer.domain.content import Content, Scenario
from trainer.domain.mastery import Kind, Model


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


def learn(make: Make, person: Somebody, right: float, quizzes: Sequence[str] = CALL_QUIZZES, times: int = 2) -> None:
    """Sit these quizzes on the last days."""
    for day in range(times):
        make.answers(person, *quizzes, right=right, at=NOW - timedelta(days=times - day))


def test_a_story_tells_the_last_ten_answers_the_newest_first(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    learn(make, lena, 1.0, ("jp-first-meeting",), times=1)
    learn(make, lena, 0.0, ("jp-first-meeting",), times=2)
    make.answers(make.learner(), QUIZ)

    story = reporting.competency_story(session, content, Model(), lena.id, "jp-first-contact", at=NOW)

    assert story is not None
    assert (
        story.forecast == reporting.own_progress(session, content, Model(), lena.id, NOW)["jp-first-contact"].forecast
    )
    assert 0 < len(story.answers) <= 10 <= story.forecast.answers
    times = [each.answered_at for each in story.answers]
    assert times == sorted(times, reverse=True)
    assert times[0] == story.last_at == NOW - timedelta(days=1)
    for each in story.answers:
        assert each.quiz is content.quizzes[QUIZ]
        assert each.item is not None
        assert "jp-first-contact" in each.item.competencies


def test_a_story_tells_first_answers_from_replays(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    learn(make, lena, 1.0, (QUIZ,), times=1)
    first = reporting.competency_story(session, content, Model(), lena.id, "jp-first-contact", at=NOW)
    make.answers(lena, QUIZ, right=0.0)
    then = reporting.competency_story(session, content, Model(), lena.id, "jp-first-contact", at=NOW)

    assert first is not None
    assert then is not None
    assert {(each.kind, each.score) for each in first.answers} == {(Kind.FIRST, 1.0)}
    assert then.answers[0].kind is Kind.REPLAY
    assert (then.answers[0].score or 0.0) < 1.0


def test_a_story_knows_the_node_of_a_scenario(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, SCENARIO_QUIZ)

    story = reporting.competency_story(session, content, Model(), lena.id, "jp-deciding", at=NOW)

    assert story is not None
    nodes = [each.node for each in story.answers if each.node]
    assert nodes
    assert all(isinstance(each.item.interaction, Scenario) for each in story.answers if each.item and each.node)


def test_a_story_keeps_answers_to_what_is_taught_no_more(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, QUIZ)
    (left, *_) = content.quizzes[QUIZ].items
    fewer = with_items(content, QUIZ, left)

    whole, cut = (
        reporting.competency_story(session, each, Model(), lena.id, "jp-first-contact", at=NOW)
        for each in (content, fewer)
    )

    assert whole is not None
    assert cut is not None
    assert [each.answered_at for each in cut.answers] == [each.answered_at for each in whole.answers]
    assert any(each.item is None for each in cut.answers)


def test_a_story_is_of_the_date_of_the_next_seat_that_needs_it(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    lena = make.learner(team=team)
    make.engagement(team, [[lena]], in_days=40)
    make.engagement(team, [[lena]], in_days=9)
    learn(make, lena, 1.0)

    story = reporting.competency_story(session, content, Model(), lena.id, "remote-meetings", at=NOW)
    other = reporting.competency_story(session, content, Model(), lena.id, "fr-deciding", at=NOW)

    assert story is not None
    assert other is not None
    assert story.seat is not None
    assert story.on == story.seat.engagement.starts_at == min(each.engagement.starts_at for each in story.seats)
    assert story.target == max(
        each.target for seat in story.seats for each in seat.requirements if each.competency == "remote-meetings"
    )
    assert story.days_held is None or story.days_held > 0
    assert (other.seat, other.target, other.days_held, other.on) == (None, None, None, NOW)


def test_who_has_answered_nothing_has_a_story_without_answers(make: Make, session: Session, content: Content) -> None:
    story = reporting.competency_story(session, content, Model(), make.learner().id, "escalation", at=NOW)

    assert story is not None
    assert (story.answers, story.last_at, story.forecast.answers) == ((), None, 0)


def test_there_is_no_story_of_a_competency_that_no_item_serves(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()

    for name in ("unheard-of", "%", ""):
        assert reporting.competency_story(session, content, Model(), lena.id, name, at=NOW) is None


def test_a_story_takes_four_statements(
    make: Make, session: Session, content: Content, team: UUID, database: Database
) -> None:
    lena = make.learner(team=team)
    make.engagement(team, [[lena], [lena]])
    learn(make, lena, 1.0)

    with counted(database) as statements:
        reporting.competency_story(session, content, Model(), lena.id, "remote-meetings", at=NOW)

    assert len(statements) <= 4, statements
