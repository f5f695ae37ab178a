"""What the log says about the content: of the present wording, of first answers, of enough people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import QUIZ, SCENARIO_QUIZ, Clock, Make, best, give, worst
from trainer import learning, reporting
from trainer.domain.content import Content, Item, ItemType, Quiz, Scenario
from trainer.domain.item_analysis import Analysis
from trainer.domain.mastery import Model
from trainer.models import User, new_id

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)

WRITING = "fr-language-writing"
Find = Callable[[str], Analysis]


@pytest.fixture
def find(session: Session, content: Content) -> Find:
    """The analysis of something that is asked, by its key."""

    def find(key: str, taught: Content = content) -> Analysis:
        health = reporting.content_health(taught, reporting.read_log(session), on=NOW.date())
        return next(each for each in health.analyses if each.asked.key == key)

    return find


def answer_slowly(make: Make, session: Session, content: Content, quiz_id: str, right: bool, seconds: int) -> None:
    """Somebody new sits a quiz, taking so long for each answer."""
    quiz, person, at = content.quizzes[quiz_id], make.learner(), make.clock.at
    attempt_id = learning.start_attempt(session, person.id, quiz, at=at)
    while True:
        attempt = learning.load_attempt(session, person.id, attempt_id)
        assert attempt is not None
        item = attempt.next_item(quiz)
        if item is None:
            break
        at += timedelta(seconds=seconds)
        given = give(item, attempt, best if right else worst)
        step = len(attempt.of_item(item.id))
        learning.submit_response(session, Model(), attempt, quiz, item, given, step=step, response_id=new_id(), at=at)
    session.commit()


def reworded(quiz: Quiz) -> Quiz:
    return replace(quiz, items=tuple(replace(item, content_hash="f" * 32) for item in quiz.items))


def first_item(content: Content, quiz_id: str = QUIZ) -> Item:
    return content.quizzes[quiz_id].items[0]


def test_of_four_people_nothing_is_told_and_of_five_the_mean_score(make: Make, content: Content, find: Find) -> None:
    key = first_item(content).id
    for right in (1.0, 1.0, 1.0, 0.0):
        make.answers(make.learner(), right=right, until=1)
    few = find(key)
    make.answers(make.learner(), right=0.0, until=1)
    enough = find(key)

    assert (few.people, few.difficulty, few.options) == (0, None, ())
    assert enough.people == 5
    assert enough.difficulty is not None
    assert enough.difficulty.value == pytest.approx(0.6, abs=0.1)


def test_only_the_first_answer_of_each_person_counts(make: Make, content: Content, find: Find) -> None:
    people = [make.learner() for _ in range(5)]
    for right in (0.0, 1.0, 1.0):
        for person in people:
            make.answers(person, "jp-in-the-meeting", right=right)

    analysis = find(first_item(content, "jp-in-the-meeting").id)

    assert analysis.people == 5
    assert analysis.difficulty is not None
    assert analysis.difficulty.value == pytest.approx(0.0, abs=0.3)
    assert {use.option.id: use.people for use in analysis.options if use.people} == {
        worst(analysis.asked.options): 5,
    }


def test_an_item_that_was_edited_starts_anew(
    make: Make, content: Content, session: Session, find: Callable[..., Analysis]
) -> None:
    for _ in range(6):
        make.answers(make.learner(), "jp-in-the-meeting", until=1)
    key = first_item(content, "jp-in-the-meeting").id
    japan = content.courses["japan"]
    edited = Content(
        content.competencies,
        {
            **content.courses,
            "japan": replace(japan, quizzes=tuple(map(reworded, japan.quizzes))),
        },
    )

    analysis = find(key, edited)

    assert (analysis.people, analysis.difficulty) == (0, None)
    assert [older.people for older in analysis.older] == [6]


def test_twenty_people_tell_whether_an_item_tells_them_apart(make: Make, content: Content, find: Find) -> None:
    for number in range(20):
        make.answers(make.learner(), "jp-in-the-meeting", right=float(number < 10))

    found = find(first_item(content, "jp-in-the-meeting").id).discrimination

    assert found is not None
    assert found.value == pytest.approx(1.0)


def test_each_step_of_a_conversation_has_its_own_figures(make: Make, content: Content, find: Find) -> None:
    for right in (1.0, 1.0, 0.0, 0.0, 0.0):
        make.answers(make.learner(), SCENARIO_QUIZ, right=right)
    item = next(item for item in content.quizzes[SCENARIO_QUIZ].items if isinstance(item.interaction, Scenario))
    assert isinstance(item.interaction, Scenario)

    analysis = find(f"{item.id}#{item.interaction.start}")

    assert analysis.people == 5
    assert {use.option.id for use in analysis.options} == {
        choice.option.id for choice in item.interaction.nodes[item.interaction.start].choices
    }


def test_the_time_is_that_between_two_answers(make: Make, session: Session, content: Content, find: Find) -> None:
    for seconds in (20, 30, 40, 50, 900):
        answer_slowly(make, session, content, "jp-in-the-meeting", True, seconds)
    items = content.quizzes["jp-in-the-meeting"].items
    four = [find(item.id).seconds for item in items]
    answer_slowly(make, session, content, "jp-in-the-meeting", True, 60)

    assert four == [None] * len(items)
    assert {find(item.id).seconds for item in items} == {40}


def test_a_wrong_text_is_told_once_five_people_typed_it(make: Make, content: Content, find: Find) -> None:
    item = next(item for item in content.quizzes[WRITING].items if item.type is ItemType.CLOZE)
    for _ in range(4):
        make.answers(make.learner(), WRITING, right=0.0)
    few = find(item.id)
    make.answers(make.learner(), WRITING, right=0.0)
    enough = find(item.id)

    assert few.mistakes == ()
    assert {(each.text, each.people) for each in enough.mistakes} == {("qqqqq", 5)}
    assert {part.right.value for part in enough.parts} == {0.0}


def test_who_is_deleted_is_no_part_of_the_figures(make: Make, content: Content, session: Session, find: Find) -> None:
    people = [make.learner() for _ in range(5)]
    for person in people:
        make.answers(person, "jp-in-the-meeting", until=1)
    version = reporting.log_version(session)
    session.execute(delete(User).where(User.id == people[0].id))
    session.commit()

    assert find(first_item(content, "jp-in-the-meeting").id).people == 0
    assert reporting.log_version(session) != version


def test_the_version_of_the_log_changes_with_each_answer(make: Make, session: Session, content: Content) -> None:
    person = make.learner()
    empty = reporting.log_version(session)
    make.answers(person, "jp-in-the-meeting", until=1)
    one = reporting.log_version(session)
    make.answers(make.learner(), "jp-in-the-meeting", until=1)

    assert empty == (0, None)
    assert len({empty, one, reporting.log_version(session)}) == 3


@pytest.mark.parametrize(
    ("on", "due"),
    [(date(2027, 5, 21), set()), (date(2027, 5, 22), {True}), (date(2028, 11, 22), {True, False})],
)
def test_facts_are_due_from_their_day_on(content: Content, session: Session, on: date, due: set[bool]) -> None:
    health = reporting.content_health(content, reporting.read_log(session), on=on)

    assert {each.fact.volatile for each in health.due} == due
    assert health.next_due is None or health.next_due.due_on > on


def test_what_needs_a_look_comes_with_the_most_urgent_first(
    make: Make, content: Content, session: Session, clock: Clock
) -> None:
    for number in range(22):
        make.answers(make.learner(), "jp-in-the-meeting", right=float(number < 1), until=4)
    health = reporting.content_health(content, reporting.read_log(session), on=clock.at.date())

    assert health.to_look_at
    ranks = [each.findings[0].rank for each in (*health.to_look_at, *health.signs)]
    assert ranks == sorted(ranks)
    assert not {each.asked.key for each in health.to_look_at} & {each.asked.key for each in health.signs}
