"""Drafts that wait to be read, and whom a publication reaches; on both databases."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.company import Make, Somebody
from tests.conftest import services_of
from trainer import authoring
from trainer.authoring import AuthoringError, Reached
from trainer.library import Library

QUIZ = "quizzes/japan/jp-first-meeting.yaml"


@pytest.fixture
def library(app: Flask) -> Library:
    return services_of(app).library


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


def test_a_draft_waits_once_it_was_asked_for_and_until_it_is_reviewed(
    session: Session, make: Make, tina: Somebody
) -> None:
    make.draft(QUIZ)
    before = authoring.waiting_reviews(session)
    for _ in range(2):
        authoring.ask_for_review(session, QUIZ, 1, by_id=tina.id, at=make.clock.at)
    asked = authoring.waiting_reviews(session)
    authoring.review_version(session, QUIZ, 1, reviewer_id=tina.id, at=make.clock.at)

    assert before == frozenset()
    assert asked == {(QUIZ, 1)}
    assert authoring.waiting_reviews(session) == frozenset()
    with pytest.raises(AuthoringError, match="Only a draft"):
        authoring.ask_for_review(session, QUIZ, 1, by_id=tina.id, at=make.clock.at)
    session.rollback()


def test_a_version_that_is_not_the_newest_does_not_wait(
    session: Session, make: Make, tina: Somebody, library: Library
) -> None:
    make.draft(QUIZ)
    authoring.ask_for_review(session, QUIZ, 1, by_id=tina.id, at=make.clock.at)
    authoring.save_document(session, library, QUIZ, "id: x\n", base=1, author_id=tina.id, at=make.clock.at)

    with pytest.raises(AuthoringError, match="changed since"):
        authoring.ask_for_review(session, QUIZ, 1, by_id=tina.id, at=make.clock.at)
    assert (QUIZ, 2) not in authoring.waiting_reviews(session)
    session.rollback()


def test_a_publication_reaches_those_who_began_and_of_them_those_who_are_in_it(session: Session, make: Make) -> None:
    for until in (1, 2):
        make.answers(make.learner(), "jp-first-meeting", until=until)
    make.answers(make.learner(), "jp-first-meeting")

    assert authoring.reached_by_quiz(session, "jp-first-meeting") == Reached(began=3, are_in_it=2)
    assert authoring.reached_by_quiz(session, "jp-in-the-meeting") == Reached()
    assert authoring.reached_by_lesson(session, "japan-names") == Reached()
