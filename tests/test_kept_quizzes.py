"""Quizzes as they were: written once, read back as they were, remembered by the process."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import ROOT
from tests.builders import NOW, attempt, item, quiz
from tests.company import Make, at_once
from trainer import learning
from trainer.catalog import load_catalog
from trainer.database import Database
from trainer.domain.content import Content, Interaction, Numeric, SlotSearch
from trainer.kept_quizzes import REMEMBERED, KeptQuizzes, body_of, keep_quiz, quiz_from
from trainer.models import KeptQuiz

ALL_QUIZZES = list(load_catalog(ROOT).quizzes)


@pytest.mark.parametrize("name", ALL_QUIZZES)
def test_every_shipped_quiz_is_read_back_as_it_was(content: Content, name: str) -> None:
    shipped = content.quizzes[name]

    read = quiz_from(body_of(shipped))

    assert read == shipped
    assert read.content_hash == shipped.content_hash


decimals = st.decimals(allow_nan=False, allow_infinity=False)
numbers = st.builds(Numeric, value=decimals, tolerance=decimals)


@given(numbers | st.from_type(SlotSearch))
def test_numbers_and_hours_are_read_back_to_the_last_digit(interaction: Interaction) -> None:
    asked = quiz("quiz", item("one", interaction=interaction))

    assert quiz_from(body_of(asked)).items[0].interaction == interaction


def test_what_a_later_release_no_longer_knows_is_passed_over() -> None:
    asked = quiz("quiz", item("one"))
    body = body_of(asked).replace('"title":', '"colour":"red","title":', 1)

    assert quiz_from(body) == asked


def test_a_quiz_is_kept_once_however_often_it_is_begun(make: Make, session: Session, content: Content) -> None:
    for _ in range(3):
        make.attempt(make.learner())

    assert session.scalar(select(func.count()).select_from(KeptQuiz)) == 1


def test_a_quiz_that_many_begin_at_once_is_kept_once(make: Make, database: Database, session: Session) -> None:
    asked = quiz("quiz", item("one"))

    def keep() -> None:
        with database.write_session() as own:
            keep_quiz(own, asked, at=NOW)
            own.commit()

    at_once([keep] * 4)

    assert session.scalars(select(KeptQuiz.body)).all() == [body_of(asked)]


def test_an_attempt_on_the_quiz_as_it_is_now_needs_no_statement(make: Make, session: Session) -> None:
    now = quiz("quiz", item("one"))
    begun = replace(attempt(), quiz_id=now.id, quiz_hash=now.content_hash)
    session.close()

    found = KeptQuizzes().quiz_of(session, {now.id: now}, begun)

    assert found is now
    assert not session.in_transaction()


@pytest.mark.parametrize("is_taught", [True, False])
def test_an_attempt_on_a_quiz_that_was_edited_or_taken_away_asks_the_one_it_began_with(
    make: Make, session: Session, *, is_taught: bool
) -> None:
    old, new = quiz("quiz", item("one"), item("two")), quiz("quiz", item("one"))
    begun = replace(attempt(), quiz_id="quiz", quiz_hash=keep_quiz(session, old, at=NOW))

    assert KeptQuizzes().quiz_of(session, {"quiz": new} if is_taught else {}, begun) == old


def test_an_attempt_from_before_quizzes_were_kept_asks_the_one_taught_now(session: Session) -> None:
    now, begun = quiz("quiz", item("one")), replace(attempt(), quiz_id="quiz")

    assert KeptQuizzes().quiz_of(session, {"quiz": now}, begun) is now
    assert KeptQuizzes().quiz_of(session, {}, begun) is None


def test_a_process_reads_a_quiz_once_and_remembers_no_more_than_it_may(session: Session) -> None:
    names = [
        keep_quiz(session, quiz("quiz", item(f"item-{number}")), at=NOW + timedelta(seconds=number))
        for number in range(REMEMBERED + 1)
    ]
    kept = KeptQuizzes()
    first = kept.kept(session, names[0])
    again = kept.kept(session, names[0])

    for name in names[1:]:
        kept.kept(session, name)

    assert first is again
    assert kept.kept(session, names[-1]) is kept.kept(session, names[-1])
    assert kept.kept(session, names[0]) is not first
    assert kept.kept(session, names[0]) == first


def test_two_who_begin_a_new_version_at_once_both_begin(make: Make, database: Database, session: Session) -> None:
    asked, people = quiz("quiz", item("one")), [make.learner() for _ in range(4)]

    def begin(learner: UUID) -> None:
        with database.write_session() as own:
            learning.start_attempt(own, learner, asked, at=NOW)
            own.commit()

    at_once([partial(begin, person.id) for person in people])

    assert session.scalar(select(func.count()).select_from(KeptQuiz)) == 1
