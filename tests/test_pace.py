"""How long quizzes take: measured where enough people have done them, else as declared."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.company import QUIZ, Clock, Make, Somebody
from trainer.domain.content import Content
from trainer.models import Attempt
from trainer.pace import Pace, Paces, measured_pace


@pytest.fixture
def declared(content: Content) -> int:
    return content.quizzes[QUIZ].minutes


def spend(session: Session, make: Make, person: Somebody, minutes: float) -> None:
    """One more attempt of the quiz, that took so long."""
    attempt_id = make.answers(person)
    attempt = session.get_one(Attempt, (person.id, attempt_id))
    finished = attempt.started_at + timedelta(minutes=minutes)
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(finished_at=finished))
    session.commit()


def test_without_enough_people_the_declared_minutes_count(
    session: Session, make: Make, content: Content, declared: int
) -> None:
    for _ in range(4):
        spend(session, make, make.learner(), 5)

    assert measured_pace(session, content).minutes(content.quizzes[QUIZ]) == declared


def test_with_five_people_their_median_counts(session: Session, make: Make, content: Content) -> None:
    for minutes in (4, 5, 6, 8, 20):
        spend(session, make, make.learner(), minutes)

    assert measured_pace(session, content).minutes(content.quizzes[QUIZ]) == 6


def test_one_person_counts_once_however_often_they_sit(
    session: Session, make: Make, content: Content, declared: int
) -> None:
    person = make.learner()
    for _ in range(6):
        spend(session, make, person, 5)

    pace = measured_pace(session, content)

    assert pace == Pace()
    assert pace.minutes(content.quizzes[QUIZ], is_again=True) == declared


def test_the_first_time_and_a_repeat_are_measured_apart(session: Session, make: Make, content: Content) -> None:
    people = [make.learner() for _ in range(5)]
    for minutes in (10, 5):
        for person in people:
            spend(session, make, person, minutes)

    pace = measured_pace(session, content)

    assert pace.minutes(content.quizzes[QUIZ]) == 10
    assert pace.minutes(content.quizzes[QUIZ], is_again=True) == 5


def test_a_repeat_that_is_not_measured_takes_as_long_as_the_first_time(content: Content) -> None:
    assert Pace({QUIZ: 7}).minutes(content.quizzes[QUIZ], is_again=True) == 7


def test_an_attempt_left_over_night_is_not_counted(
    session: Session, make: Make, content: Content, declared: int
) -> None:
    for minutes in (5, 5, 5, 5, 5, 900, 900, 900, 900, 900, 900):
        spend(session, make, make.learner(), minutes)

    assert measured_pace(session, content).minutes(content.quizzes[QUIZ]) == 5


def test_who_clicks_through_does_not_make_it_a_matter_of_seconds(
    session: Session, make: Make, content: Content, declared: int
) -> None:
    for _ in range(5):
        spend(session, make, make.learner(), 0.2)

    assert measured_pace(session, content).minutes(content.quizzes[QUIZ]) == round(0.3 * declared)


def test_the_pace_is_measured_once_an_hour(session: Session, make: Make, content: Content, clock: Clock) -> None:
    paces = Paces()
    before = paces.current(session, content, at=clock.at)
    for _ in range(5):
        spend(session, make, make.learner(), 5)

    assert paces.current(session, content, at=clock.at + timedelta(minutes=59)) is before
    assert paces.current(session, content, at=clock.at + timedelta(minutes=61)).first == {QUIZ: 5}
