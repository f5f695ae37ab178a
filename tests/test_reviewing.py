"""The review: what is due is asked and kept once, the last answer can be taken back, all can be made again."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.builders import attempt as any_attempt
from tests.company import LESSON, QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody, at_once, best, give, hears_all
from trainer import calibration, learning, reporting
from trainer.database import Database
from trainer.decks import lessons_done, load_deck, remake_deck
from trainer.domain.content import Content, Scenario
from trainer.domain.mastery import SHIPPED, Kind, LearnerTerms, Model
from trainer.domain.review import (
    Card,
    Correction,
    Deck,
    Rating,
    ReviewSettings,
    Stage,
    Today,
    next_day,
    todays_turns,
)
from trainer.learning import LearningError
from trainer.models import Attempt, Response, ReviewRow, new_id
from trainer.pace import measured_pace
from trainer.terms import load_terms
from trainer.versions import load_history

A_MOMENT = timedelta(seconds=30)
A_DAY = timedelta(days=1)
ASSESSED = "fr-language-writing"


@pytest.fixture
def lena(make: Make) -> Somebody:
    """Who has done a lesson with phrases."""
    lena = make.learner("Lena")
    make.lesson_done(lena)
    return lena


@pytest.fixture
def first(content: Content) -> str:
    """The item that is new first in her review."""
    return f"{content.lessons[LESSON].phrases[0].id}.meaning"


def deck_of(session: Session, learner: Somebody, clock: Clock) -> Deck:
    session.expire_all()
    return load_deck(session, learner.id, at=clock.at)


def today_of(session: Session, learner: Somebody, content: Content, clock: Clock) -> Today:
    deck = deck_of(session, learner, clock)
    return todays_turns(deck, content, lessons_done(session, learner.id), hears_all, at=clock.at)


def cards_of(deck: Deck) -> dict[str, Card]:
    return {card.id: card for card in deck.cards}


def kept_terms(session: Session, learner: Somebody) -> LearnerTerms:
    return load_terms(session, SHIPPED, [learner.id])[learner.id]


def sit(make: Make, clock: Clock, learner: Somebody, *answers: bool) -> None:
    for is_right in answers:
        clock.turn(A_MOMENT)
        make.review(learner, is_right=is_right)


def test_nothing_is_due_before_a_lesson_is_done(make: Make, session: Session, content: Content, clock: Clock) -> None:
    assert today_of(session, make.learner(), content, clock).left == 0


def test_the_phrases_of_a_lesson_that_is_done_are_new(
    session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    today = today_of(session, lena, content, clock)

    assert today.turns[0].item_id == first
    assert 0 < today.left <= 10


def test_the_terms_of_a_glossary_that_were_practised_are_new(
    make: Make, session: Session, content: Content, clock: Clock
) -> None:
    otto = make.learner("Otto")
    make.answers(otto, "drill-technical-support-fr-1")

    today = today_of(session, otto, content, clock)

    terms = {item.id.rpartition(".")[0] for item in content.quizzes["drill-technical-support-fr-1"].items}
    assert {turn.group for turn in today.turns} == terms
    assert all(turn.item_id.endswith(".meaning") for turn in today.turns)


def test_an_answer_is_kept_as_evidence_that_counts_less(
    make: Make, session: Session, lena: Somebody, content: Content, first: str
) -> None:
    response_id = make.review(lena, first)

    response = session.get(Response, (lena.id, response_id))
    assert response is not None
    assert (response.kind, response.score, response.item_key) == (Kind.REVIEW, 1.0, first)
    assert response.competencies == list(content.items[first].competencies)
    terms = kept_terms(session, lena)
    assert terms.states[response.competencies[0]].answers == 1
    assert first in terms.memories


def test_an_answer_says_when_its_card_comes_back(
    make: Make, session: Session, lena: Somebody, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first)

    card = cards_of(deck_of(session, lena, clock))[first]
    assert card.memory is not None
    assert card.memory.stage is Stage.REVIEW
    assert card.due > next_day(clock.at)
    assert (card.response_id, card.entered_at, card.is_missed) == (response_id, NOW, False)


def test_what_was_wrong_comes_back_in_the_same_sitting(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    make.review(lena, first, is_right=False)

    today = today_of(session, lena, content, clock)
    assert [turn.item_id for turn in today.later] == [first]
    clock.turn(timedelta(minutes=11))
    assert first in [turn.item_id for turn in today_of(session, lena, content, clock).turns]
    make.review(lena, first)
    assert today_of(session, lena, content, clock).find(first) is None
    assert session.scalar(select(func.count(Response.id))) == 2


def test_all_answers_of_a_day_are_of_one_sitting_and_the_next_day_begins_another(
    make: Make, session: Session, lena: Somebody, clock: Clock
) -> None:
    sit(make, clock, lena, True, False, True)
    clock.turn(A_DAY)
    sit(make, clock, lena, True)

    attempts = session.scalars(select(Attempt).order_by(Attempt.number)).all()
    assert [(each.quiz_id, each.number) for each in attempts] == [("review", 1), ("review", 2)]
    ids = list(session.scalars(select(Response.attempt_id)))
    assert [ids.count(each.id) for each in attempts] == [3, 1]
    assert attempts[0].finished_at == attempts[0].started_at + 2 * A_MOMENT


def test_the_same_response_sent_again_is_kept_once(
    make: Make, session: Session, lena: Somebody, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first)
    before = deck_of(session, lena, clock)

    make.review(lena, first, is_right=False, response_id=response_id)

    assert deck_of(session, lena, clock) == before
    assert session.scalar(select(func.count(Response.id))) == 1


def test_the_same_response_sent_twice_at_once_is_kept_once(
    make: Make, database: Database, session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    response_id = new_id()

    def send() -> None:
        with database.write_session() as own:
            item = content.items[first]
            learning.review_item(
                own,
                Model(),
                content,
                lena.id,
                item,
                give(item, any_attempt(), best),
                hears_all,
                response_id=response_id,
                at=clock.at,
            )
            own.commit()

    at_once([send, send])

    assert session.scalar(select(func.count(Response.id))) == 1
    assert session.scalar(select(func.count(ReviewRow.response_id))) == 1


def test_what_is_not_due_is_refused(make: Make, session: Session, lena: Somebody, first: str, clock: Clock) -> None:
    make.review(lena, first)

    with pytest.raises(LearningError, match="not due"):
        make.review(lena, first)
    session.rollback()
    sibling = first.replace(".meaning", ".typed")
    with pytest.raises(LearningError, match="not due"):
        make.review(lena, sibling)


def test_a_missed_item_of_a_quiz_comes_back_the_next_day_but_no_scenario(
    make: Make, session: Session, content: Content, clock: Clock
) -> None:
    learner = make.learner()
    make.answers(learner, QUIZ, SCENARIO_QUIZ, right=0.0)

    cards = deck_of(session, learner, clock).cards
    assert cards
    assert all(card.is_missed and card.due == next_day(NOW) for card in cards)
    assert not any(isinstance(content.items[card.id].interaction, Scenario) for card in cards)
    assert today_of(session, learner, content, clock).left == 0
    clock.turn(A_DAY)
    assert today_of(session, learner, content, clock).left == len(cards)


def test_what_was_missed_in_a_quiz_waits_while_its_assessment_is_open_and_comes_back_then(
    make: Make, session: Session, content: Content, clock: Clock
) -> None:
    learner, other = make.learner(), make.learner()
    for each in (learner, other):
        make.answers(each, QUIZ, ASSESSED, right=0.0)
    clock.turn(A_DAY)
    before, others = (today_of(session, each, content, clock) for each in (learner, other))
    sitting_id = make.sitting(learner, ASSESSED)

    today = today_of(session, learner, content, clock)

    asked = {item.id for item in content.quizzes[ASSESSED].items}
    assert {turn.item_id for turn in today.turns} == {turn.item_id for turn in before.turns} - asked
    assert 0 < today.held_back == before.left - today.left
    assert today_of(session, other, content, clock) == others
    quiz = content.quizzes[ASSESSED]
    attempt = learning.load_attempt(session, learner.id, sitting_id)
    assert attempt is not None
    learning.hand_in(session, Model(), learning.load_sitting(session, attempt, quiz), at=clock.at)
    assert today_of(session, learner, content, clock) == before


def test_what_is_being_assessed_cannot_be_answered_in_the_review(
    make: Make, session: Session, content: Content, clock: Clock
) -> None:
    learner, item = make.learner(), content.quizzes[ASSESSED].items[0]
    make.answers(learner, ASSESSED, right=0.0)
    clock.turn(A_DAY)
    make.sitting(learner, ASSESSED)

    with pytest.raises(LearningError, match="waits until your assessment of its quiz is handed in"):
        make.review(learner, item.id)


def test_what_went_well_in_a_quiz_makes_no_card(make: Make, session: Session, clock: Clock) -> None:
    learner = make.learner()
    make.answers(learner)

    assert deck_of(session, learner, clock).cards == ()


def test_a_late_answer_that_was_missed_earlier_comes_back_as_the_log_says(
    make: Make, session: Session, content: Content, clock: Clock
) -> None:
    learner, quiz = make.learner(), content.quizzes[QUIZ]
    attempt = learning.load_attempt(session, learner.id, make.attempt(learner))
    assert attempt is not None
    item = quiz.items[0]
    given = give(item, attempt, lambda options: min(options, key=lambda option: option.score).id)
    learning.submit_response(
        session,
        Model(),
        attempt,
        quiz,
        item,
        given,
        step=0,
        response_id=new_id(),
        at=NOW,
        answered_at=NOW - timedelta(days=3),
    )

    live = deck_of(session, learner, clock)
    assert live.cards[0].due == next_day(NOW - timedelta(days=3))
    remake_deck(session, learner.id)
    assert deck_of(session, learner, clock) == live


def test_taking_the_last_answer_back_restores_card_and_mastery_exactly(
    make: Make, session: Session, lena: Somebody, clock: Clock
) -> None:
    make.answers(lena, right=0.5)
    clock.turn(A_DAY)
    sit(make, clock, lena, True, False, True)
    deck, terms = deck_of(session, lena, clock), kept_terms(session, lena)
    clock.turn(A_MOMENT)
    response_id = make.review(lena)
    assert deck_of(session, lena, clock) != deck

    learning.undo_review(session, lena.id, response_id, at=clock.at)

    assert set(deck_of(session, lena, clock).cards) == set(deck.cards)
    assert kept_terms(session, lena) == terms
    response = session.get(Response, (lena.id, response_id), populate_existing=True)
    assert response is not None
    assert response.withdrawn_at == clock.at


def test_what_was_taken_back_is_asked_again_and_can_be_answered(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first, is_right=False)
    assert learning.undo_review(session, lena.id, response_id, at=clock.at) == first
    session.commit()

    assert today_of(session, lena, content, clock).turns[0].item_id == first
    clock.turn(A_MOMENT)
    again = make.review(lena, first)
    assert cards_of(deck_of(session, lena, clock))[first].response_id == again


def test_only_the_last_answer_of_today_can_be_taken_back(
    make: Make, session: Session, lena: Somebody, clock: Clock
) -> None:
    earlier = make.review(lena)
    clock.turn(A_MOMENT)
    last = make.review(lena)

    with pytest.raises(LearningError, match="last answer"):
        learning.undo_review(session, lena.id, earlier, at=clock.at)
    with pytest.raises(LearningError, match="last answer"):
        learning.undo_review(session, lena.id, last, at=clock.at + A_DAY)
    with pytest.raises(LearningError, match="no such answer"):
        learning.undo_review(session, lena.id, new_id(), at=clock.at)
    learning.undo_review(session, lena.id, last, at=clock.at)
    learning.undo_review(session, lena.id, last, at=clock.at)
    learning.undo_review(session, lena.id, earlier, at=clock.at)
    assert deck_of(session, lena, clock).cards == ()


def test_what_was_taken_back_proves_nothing_to_anybody(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first)
    learning.undo_review(session, lena.id, response_id, at=clock.at)
    later = clock.at + timedelta(hours=1)

    assert calibration.load_log(session) == {}
    assert calibration.learn_from_log(session, at=later) == 0
    story = reporting.competency_story(
        session, content, Model(), lena.id, content.items[first].competencies[0], at=later
    )
    assert story is not None
    assert story.answers == ()


def test_ones_own_word_changes_when_a_card_comes_back_and_nothing_else(
    make: Make, session: Session, lena: Somebody, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first)
    before, terms = cards_of(deck_of(session, lena, clock))[first], kept_terms(session, lena)

    learning.correct_review(session, lena.id, response_id, Correction.EASY)

    easy = cards_of(deck_of(session, lena, clock))[first]
    assert easy.due > before.due
    assert kept_terms(session, lena) == terms
    kept = learning.load_review(session, lena.id, response_id)
    assert kept is not None
    assert (kept.rating, kept.corrected) == (Rating.GOOD, Rating.EASY)
    learning.correct_review(session, lena.id, response_id, None)
    assert cards_of(deck_of(session, lena, clock))[first] == before


def test_who_was_wrong_may_say_that_they_knew_it_but_not_that_it_was_easy(
    make: Make, session: Session, lena: Somebody, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first, is_right=False)

    with pytest.raises(LearningError, match="cannot be said"):
        learning.correct_review(session, lena.id, response_id, Correction.EASY)
    learning.correct_review(session, lena.id, response_id, Correction.KNEW)
    assert cards_of(deck_of(session, lena, clock))[first].is_settled


def test_no_word_counts_against_an_answer_that_was_taken_back(
    make: Make, session: Session, lena: Somebody, clock: Clock, first: str
) -> None:
    response_id = make.review(lena, first)
    learning.undo_review(session, lena.id, response_id, at=clock.at)

    with pytest.raises(LearningError, match="taken back"):
        learning.correct_review(session, lena.id, response_id, Correction.EASY)


def test_after_weeks_cards_and_mastery_made_again_equal_the_live_ones_exactly(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    make.answers(lena, right=0.4)
    learning.set_review_settings(session, lena.id, ReviewSettings(0.85, 4, None))
    for day in range(12):
        clock.turn(A_DAY)
        sit(make, clock, lena, *((day + number) % 4 > 0 for number in range(4)))
        if day % 3 == 0:
            clock.turn(A_MOMENT)
            response_id = make.review(lena, is_right=False)
            if day % 2:
                learning.undo_review(session, lena.id, response_id, at=clock.at)
            else:
                learning.correct_review(session, lena.id, response_id, Correction.KNEW)
            session.commit()
        if day == 6:
            learning.set_review_settings(session, lena.id, ReviewSettings(0.95, 4, None))
            session.commit()
    deck, terms = deck_of(session, lena, clock), kept_terms(session, lena)

    remake_deck(session, lena.id)
    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert len(deck.cards) > 10
    assert cards_of(deck_of(session, lena, clock)) == cards_of(deck)
    assert kept_terms(session, lena) == terms


def test_what_a_learner_asks_for_is_kept_and_goes_into_the_queue(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    learning.set_review_settings(session, lena.id, ReviewSettings(0.8, 3, 2))

    assert deck_of(session, lena, clock).settings == ReviewSettings(0.8, 3, 2)
    assert today_of(session, lena, content, clock).left == 2
    assert deck_of(session, make.learner(), clock).settings == ReviewSettings()


def test_hearing_waits_until_it_is_asked_for_again_or_the_day_is_over(
    make: Make, session: Session, lena: Somebody, clock: Clock
) -> None:
    learning.postpone_hearing(session, lena.id, is_quiet=True, at=clock.at)
    assert deck_of(session, lena, clock).is_quiet

    learning.postpone_hearing(session, lena.id, is_quiet=False, at=clock.at)
    assert not deck_of(session, lena, clock).is_quiet
    learning.postpone_hearing(session, lena.id, is_quiet=True, at=clock.at)
    clock.turn(A_DAY)
    assert not deck_of(session, lena, clock).is_quiet


def test_the_cards_of_one_person_are_nobody_elses(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    other = make.learner()
    make.lesson_done(other)
    response_id = make.review(lena)

    assert deck_of(session, other, clock).cards == ()
    assert learning.load_review(session, other.id, response_id) is None
    with pytest.raises(LearningError):
        learning.undo_review(session, other.id, response_id, at=clock.at)


def test_the_sittings_of_the_review_are_taken_for_no_quiz(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    make.review(lena)

    done = reporting.done_by(session, lena.id)
    assert all(each.quizzes_done == 0 for each in reporting.course_progress(content, done))
    assert measured_pace(session, content).minutes(content.quizzes[QUIZ]) == content.quizzes[QUIZ].minutes


def test_a_card_whose_item_is_gone_stays_in_the_log_and_is_asked_no_more(
    make: Make, session: Session, lena: Somebody, content: Content, clock: Clock, first: str
) -> None:
    make.review(lena, first, is_right=False)
    clock.turn(A_DAY)
    without = Content(content.competencies, content.courses)

    today = todays_turns(deck_of(session, lena, clock), without, lessons_done(session, lena.id), hears_all, at=clock.at)

    assert today.left == 0


def test_two_reviews_at_once_leave_two_cards(
    make: Make, database: Database, session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    names = [turn.item_id for turn in today_of(session, lena, content, clock).turns[:2]]
    session.rollback()

    def answer(name: str) -> None:
        with database.write_session() as own:
            Make(own, content, clock).review(lena, name)

    at_once([partial(answer, name) for name in names])

    deck = deck_of(session, lena, clock)
    assert sorted(cards_of(deck)) == sorted(names)
