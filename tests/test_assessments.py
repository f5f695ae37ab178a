"""Assessments: saved answers that may change, one hand-in however often it is sent, a deadline that loses nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.answering import right_entries
from tests.builders import NOW
from tests.company import SCENARIO_QUIZ, Make, Somebody, at_once, best, give, worst
from trainer import learning, reporting
from trainer.database import Database, Store
from trainer.domain.answers import Mode
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Assessment, Content, Item, Numeric, Option, Quiz, Scenario, Typed
from trainer.domain.grading import Given, UnfitAnswer
from trainer.domain.mastery import SHIPPED, Kind, LearnerTerms, Model
from trainer.domain.sittings import Allowance, Sitting, Standing, result_of
from trainer.learning import LearningError
from trainer.models import Attempt, DraftAnswer, ExtraAttempt, MasteryRow, Response, TimeAllowanceRow, new_id
from trainer.terms import load_terms
from trainer.versions import load_history

GRACE = timedelta(seconds=30)
MINUTES = 15
DUE = NOW + timedelta(minutes=MINUTES)
WRITING, CHOICES = "fr-language-writing", "fr-language-meeting"


@pytest.fixture
def quiz(content: Content) -> Quiz:
    return assessed(content.quizzes[CHOICES])


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


def assessed(quiz: Quiz, **changes: Any) -> Quiz:
    rules = {"minutes": MINUTES, "attempts": 2, "pass_share": 0.7, **changes}
    return replace(quiz, assessment=Assessment(**rules))


def start(session: Session, who: Somebody, quiz: Quiz, at: datetime = NOW) -> UUID:
    attempt_id = learning.start_assessment(session, who.id, quiz, at=at)
    session.commit()
    return attempt_id


def load(store: Store, who: Somebody, attempt_id: UUID, quiz: Quiz, *, for_update: bool = False) -> Sitting:
    attempt = learning.load_attempt(store, who.id, attempt_id, for_update=for_update)
    assert attempt is not None
    return learning.load_sitting(store, attempt, quiz)


def save(
    session: Session,
    who: Somebody,
    attempt_id: UUID,
    quiz: Quiz,
    item: Item,
    pick: Callable[[Sequence[Option]], str] = best,
    *,
    step: int = 0,
    at: datetime = NOW,
) -> None:
    """What the view does with one answer."""
    sitting = load(session, who, attempt_id, quiz)
    given = give(item, sitting.answered, pick)
    learning.save_draft(session, sitting, item, given, step=step, grace=GRACE, at=at)
    session.commit()


def hand_in(session: Session, who: Somebody, attempt_id: UUID, quiz: Quiz, at: datetime = NOW) -> AttemptState:
    learning.hand_in(session, Model(), load(session, who, attempt_id, quiz, for_update=True), at=at)
    session.commit()
    return load(session, who, attempt_id, quiz).attempt


def rows(session: Session, model: type) -> list[Any]:
    found: list[Any] = list(session.scalars(select(model).execution_options(populate_existing=True)))
    session.commit()
    return found


def known(session: Session, who: Somebody) -> LearnerTerms:
    return load_terms(session, SHIPPED, [who.id])[who.id]


# Saving


def test_until_it_is_handed_in_nothing_is_evidence(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)

    save(session, lena, attempt_id, quiz, quiz.items[0])

    assert rows(session, Response) == rows(session, MasteryRow) == []
    assert load(session, lena, attempt_id, quiz).standing(quiz.items[0]) is Standing.ANSWERED


def test_an_answer_may_be_changed_until_it_is_handed_in_and_the_last_one_counts(
    session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = start(session, lena, quiz)
    for pick in (worst, best, worst, best):
        save(session, lena, attempt_id, quiz, quiz.items[0], pick)

    hand_in(session, lena, attempt_id, quiz)

    assert [each.score for each in rows(session, Response)] == [1.0]


def test_what_cannot_be_graded_is_refused_when_it_is_saved_not_when_it_is_handed_in(
    session: Session, lena: Somebody, content: Content
) -> None:
    quiz = assessed(content.quizzes[WRITING])
    number = next(item for item in quiz.items if isinstance(item.interaction, Numeric))
    attempt_id = start(session, lena, quiz)

    for given in (Given(entries=(("number", "many"),)), Given(("a",))):
        sitting = load(session, lena, attempt_id, quiz)
        with pytest.raises(UnfitAnswer):
            learning.save_draft(session, sitting, number, given, step=0, grace=GRACE, at=NOW)

    assert rows(session, DraftAnswer) == []


def test_a_flag_is_kept_and_taken_away_without_an_answer(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)
    flags = []

    for is_flagged in (True, True, False):
        sitting = load(session, lena, attempt_id, quiz)
        learning.flag_item(session, sitting, quiz.items[1], is_flagged=is_flagged, grace=GRACE, at=NOW)
        flags.append(load(session, lena, attempt_id, quiz).attempt.flagged)

    assert flags == [{quiz.items[1].id}, {quiz.items[1].id}, frozenset()]


def test_a_choice_in_a_conversation_is_final(session: Session, lena: Somebody, content: Content) -> None:
    quiz = assessed(content.quizzes[SCENARIO_QUIZ])
    story = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    attempt_id = start(session, lena, quiz)
    save(session, lena, attempt_id, quiz, story, worst)
    first = rows(session, DraftAnswer)[0].given

    save(session, lena, attempt_id, quiz, story, best)
    with pytest.raises(LearningError, match="comes later"):
        save(session, lena, attempt_id, quiz, story, best, step=2)
    session.rollback()

    assert [each.given for each in rows(session, DraftAnswer)] == [first]


def test_the_choices_of_a_conversation_become_the_steps_of_its_response(
    session: Session, lena: Somebody, content: Content
) -> None:
    quiz = assessed(content.quizzes[SCENARIO_QUIZ])
    story = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    attempt_id = start(session, lena, quiz)
    step = 0
    while load(session, lena, attempt_id, quiz).standing(story) is not Standing.ANSWERED:
        save(session, lena, attempt_id, quiz, story, step=step)
        step += 1

    attempt = hand_in(session, lena, attempt_id, quiz)

    assert [each.step for each in attempt.responses] == list(range(step))
    assert attempt.position(story).ending is not None
    assert {each.item_key for each in rows(session, Response)} == {
        f"{story.id}#{each.node.id}" for each in attempt.position(story).steps
    }


# Handing in


def test_handing_in_makes_responses_of_what_is_saved_in_one_go(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)
    for number, item in enumerate(quiz.items[:4]):
        save(session, lena, attempt_id, quiz, item, at=NOW + timedelta(minutes=number))

    attempt = hand_in(session, lena, attempt_id, quiz, NOW + timedelta(minutes=6))

    responses = rows(session, Response)
    assert attempt.finished_at == NOW + timedelta(minutes=6)
    assert {each.item_id for each in responses} == {item.id for item in quiz.items[:4]}
    assert sorted(each.answered_at for each in responses) == [NOW + timedelta(minutes=number) for number in range(4)]
    assert {each.received_at for each in responses} == {NOW + timedelta(minutes=6)}
    assert rows(session, DraftAnswer) == []


def test_handing_in_twice_is_handing_in_once(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)
    save(session, lena, attempt_id, quiz, quiz.items[0])
    hand_in(session, lena, attempt_id, quiz)
    terms = known(session, lena)

    again = hand_in(session, lena, attempt_id, quiz, NOW + timedelta(minutes=5))

    assert again.finished_at == NOW
    assert len(rows(session, Response)) == 1
    assert known(session, lena) == terms


def test_two_hand_ins_at_once_keep_one(database: Database, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)
    for item in quiz.items:
        save(session, lena, attempt_id, quiz, item)
    session.close()

    def send() -> None:
        with database.write_session() as own:
            learning.hand_in(own, Model(), load(own, lena, attempt_id, quiz, for_update=True), at=NOW)
            own.commit()

    at_once([send] * 4)

    assert len(rows(session, Response)) == len(quiz.items)
    live = known(session, lena)
    learning.rebuild_mastery(session, load_history(session), lena.id)
    assert known(session, lena) == live


def test_a_save_and_a_hand_in_at_once_lose_no_save_that_was_acknowledged(
    database: Database, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = start(session, lena, quiz)
    save(session, lena, attempt_id, quiz, quiz.items[0])
    acknowledged = []

    def send_answer(item: Item) -> None:
        with database.write_session() as own:
            sitting = load(own, lena, attempt_id, quiz, for_update=True)
            try:
                given = give(item, sitting.answered, best)
                learning.save_draft(own, sitting, item, given, step=0, grace=GRACE, at=NOW)
            except LearningError:
                return
            own.commit()
            acknowledged.append(item.id)

    def send() -> None:
        with database.write_session() as own:
            learning.hand_in(own, Model(), load(own, lena, attempt_id, quiz, for_update=True), at=NOW)
            own.commit()

    session.close()
    at_once([send, *(partial(send_answer, item) for item in quiz.items[1:5])])

    assert {each.item_id for each in rows(session, Response)} == {quiz.items[0].id, *acknowledged}
    assert rows(session, DraftAnswer) == []


def test_what_is_typed_is_judged_strictly(session: Session, lena: Somebody, content: Content) -> None:
    quiz = assessed(content.quizzes[WRITING])
    item = next(
        item
        for item in quiz.items
        if isinstance(item.interaction, Typed) and "é" in right_entries(item.interaction)["answer"]
    )
    slip = Given(entries=(("answer", right_entries(item.interaction)["answer"].replace("é", "e")),))
    attempt_id = start(session, lena, quiz)
    sitting = load(session, lena, attempt_id, quiz)
    learning.save_draft(session, sitting, item, slip, step=0, grace=GRACE, at=NOW)

    hand_in(session, lena, attempt_id, quiz)

    (kept,) = rows(session, Response)
    assert kept.score == 0.0
    assert kept.checks["mode"] == Mode.ASSESSMENT


def test_each_assessment_is_first_hand_evidence_and_practice_after_it_is_not(
    session: Session, lena: Somebody, make: Make, content: Content
) -> None:
    quiz = assessed(content.quizzes[CHOICES])
    make.answers(lena, CHOICES)
    for day in (1, 2):
        at = NOW + timedelta(days=day)
        attempt_id = start(session, lena, quiz, at)
        save(session, lena, attempt_id, quiz, quiz.items[0], at=at)
        hand_in(session, lena, attempt_id, quiz, at)
    make.answers(lena, CHOICES, at=NOW + timedelta(days=3))

    kinds = {each.number: set[str]() for each in rows(session, Attempt)}
    numbers = {each.id: each.number for each in rows(session, Attempt)}
    for each in rows(session, Response):
        kinds[numbers[each.attempt_id]].add(each.kind)

    assert kinds == {1: {Kind.FIRST}, 2: {Kind.FIRST}, 3: {Kind.FIRST}, 4: {Kind.REPLAY}}


@pytest.mark.parametrize("is_practised_meanwhile", [False, True])
def test_after_handing_in_the_kept_state_equals_the_rebuilt_one(
    session: Session, lena: Somebody, make: Make, quiz: Quiz, *, is_practised_meanwhile: bool
) -> None:
    make.answers(lena, "pt-remote-call", right=0.5, at=NOW - timedelta(days=9))
    attempt_id = start(session, lena, quiz)
    for number, item in enumerate(quiz.items):
        save(session, lena, attempt_id, quiz, item, best if number % 3 else worst, at=NOW + timedelta(seconds=number))
    if is_practised_meanwhile:
        make.answers(lena, "pt-setting-up", right=0.7, at=NOW + timedelta(minutes=2))
    hand_in(session, lena, attempt_id, quiz, NOW + timedelta(minutes=5))
    live = known(session, lena)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert known(session, lena) == live


def test_one_response_cannot_be_put_into_an_assessment(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt = load(session, lena, start(session, lena, quiz), quiz).attempt

    with pytest.raises(LearningError, match="handed in together"):
        learning.submit_response(
            session, Model(), attempt, quiz, quiz.items[0], Given(("a",)), step=0, response_id=new_id(), at=NOW
        )


# The deadline


@pytest.mark.parametrize("late", [timedelta(seconds=-1), timedelta(0), GRACE])
def test_until_the_grace_is_over_an_answer_is_saved(
    session: Session, lena: Somebody, quiz: Quiz, late: timedelta
) -> None:
    attempt_id = start(session, lena, quiz)

    save(session, lena, attempt_id, quiz, quiz.items[0], at=DUE + late)

    assert len(rows(session, DraftAnswer)) == 1


def test_after_the_grace_nothing_is_saved_and_nothing_saved_is_lost(
    session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = start(session, lena, quiz)
    save(session, lena, attempt_id, quiz, quiz.items[0])
    too_late = DUE + GRACE + timedelta(seconds=1)

    with pytest.raises(LearningError, match="nothing more can be saved"):
        save(session, lena, attempt_id, quiz, quiz.items[1], at=too_late)
    session.rollback()
    with pytest.raises(LearningError, match="nothing more can be saved"):
        learning.flag_item(
            session, load(session, lena, attempt_id, quiz), quiz.items[1], is_flagged=True, grace=GRACE, at=too_late
        )
    attempt = hand_in(session, lena, attempt_id, quiz, too_late)

    assert [each.item_id for each in attempt.responses] == [quiz.items[0].id]


def test_the_result_is_the_same_whenever_the_end_of_the_time_is_noticed(
    session: Session, make: Make, quiz: Quiz
) -> None:
    at_the_end, days_later = make.learner(), make.learner()
    for who, noticed in ((at_the_end, DUE), (days_later, DUE + timedelta(days=4))):
        attempt_id = start(session, who, quiz)
        for item in quiz.items[:5]:
            save(session, who, attempt_id, quiz, item, at=NOW + timedelta(minutes=1))
        attempt = hand_in(session, who, attempt_id, quiz, noticed)
        assert attempt.finished_at == DUE
        assert result_of(attempt, quiz).answered == 5

    assert known(session, at_the_end) == known(session, days_later)


def test_those_whose_time_is_up_are_found_and_no_others(session: Session, make: Make, quiz: Quiz) -> None:
    over, running, done, untimed = (make.learner() for _ in range(4))
    learning.set_allowance(session, untimed.id, Allowance.UNTIMED, over.id, at=NOW)
    hour_ago = NOW - timedelta(hours=1)
    overdue = start(session, over, quiz, hour_ago)
    start(session, running, quiz)
    start(session, untimed, quiz, hour_ago)
    hand_in(session, done, start(session, done, quiz, hour_ago), quiz, hour_ago)
    make.attempt(over, "pt-remote-call")

    assert learning.overdue_assessments(session, GRACE, at=NOW) == [(over.id, overdue)]


# Who may how often, and how long


def test_an_open_assessment_is_gone_on_with(session: Session, lena: Somebody, quiz: Quiz) -> None:
    assert start(session, lena, quiz) == start(session, lena, quiz, NOW + timedelta(minutes=3))


def test_practice_and_assessment_are_two_attempts(session: Session, lena: Somebody, make: Make, quiz: Quiz) -> None:
    practice = make.attempt(lena, quiz.id)

    assessment = start(session, lena, quiz)

    assert practice != assessment
    modes = {each.id: (each.number, each.mode, each.due_at) for each in rows(session, Attempt)}
    assert modes == {practice: (1, Mode.PRACTICE, None), assessment: (2, Mode.ASSESSMENT, DUE)}


def test_practice_waits_while_an_assessment_is_open(session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = start(session, lena, quiz)
    with pytest.raises(LearningError, match="practice tells the answers"):
        learning.start_attempt(session, lena.id, quiz, at=NOW)
    session.rollback()

    hand_in(session, lena, attempt_id, quiz)

    assert learning.start_attempt(session, lena.id, quiz, at=NOW) != attempt_id


def test_a_quiz_may_be_for_assessment_only(session: Session, lena: Somebody, content: Content) -> None:
    quiz = assessed(content.quizzes[CHOICES], is_practised=False)

    with pytest.raises(LearningError, match="assessment only"):
        learning.start_attempt(session, lena.id, quiz, at=NOW)


def test_a_quiz_without_an_assessment_is_for_practice_only(session: Session, lena: Somebody, content: Content) -> None:
    with pytest.raises(LearningError, match="practice only"):
        start(session, lena, content.quizzes[CHOICES])


def test_when_no_attempt_is_left_one_more_may_be_granted(
    session: Session, lena: Somebody, make: Make, quiz: Quiz
) -> None:
    trainer = make.trainer()
    for _ in range(2):
        hand_in(session, lena, start(session, lena, quiz), quiz)
    with pytest.raises(LearningError, match="no attempt left"):
        start(session, lena, quiz)
    session.rollback()

    learning.grant_attempt(session, lena.id, quiz, " The line broke. ", trainer.id, at=NOW)
    third = start(session, lena, quiz)

    assert load(session, lena, third, quiz).attempt.number == 3
    (granted,) = rows(session, ExtraAttempt)
    assert (granted.learner_id, granted.granted_by_id, granted.reason) == (lena.id, trainer.id, "The line broke.")
    hand_in(session, lena, third, quiz)
    with pytest.raises(LearningError, match="no attempt left"):
        start(session, lena, quiz)


def test_a_grant_needs_a_reason_and_a_person(session: Session, lena: Somebody, quiz: Quiz) -> None:
    with pytest.raises(LearningError, match="Say why"):
        learning.grant_attempt(session, lena.id, quiz, "  ", lena.id, at=NOW)
    with pytest.raises(LearningError, match="no such person"):
        learning.grant_attempt(session, new_id(), quiz, "Why not", lena.id, at=NOW)


def test_two_starts_at_once_begin_one(database: Database, session: Session, lena: Somebody, quiz: Quiz) -> None:
    def begin() -> UUID:
        with database.write_session() as own:
            attempt_id = learning.start_assessment(own, lena.id, quiz, at=NOW)
            own.commit()
            return attempt_id

    assert len(set(at_once([begin] * 4))) == 1
    assert len(rows(session, Attempt)) == 1


def test_more_time_holds_for_what_is_started_after_it_was_set(
    session: Session, lena: Somebody, make: Make, quiz: Quiz
) -> None:
    admin = make.admin()
    before = start(session, lena, quiz)
    learning.set_allowance(session, lena.id, Allowance.DOUBLE, admin.id, at=NOW)
    assert load(session, lena, before, quiz).attempt.due_at == DUE
    hand_in(session, lena, before, quiz)

    after = start(session, lena, quiz)

    assert load(session, lena, after, quiz).attempt.due_at == NOW + timedelta(minutes=2 * MINUTES)


def test_each_change_of_somebodys_time_is_kept_with_who_made_it(session: Session, lena: Somebody, make: Make) -> None:
    admin = make.admin("Ada")
    for hours, allowance in enumerate((Allowance.DOUBLE, Allowance.DOUBLE, Allowance.USUAL)):
        learning.set_allowance(session, lena.id, allowance, admin.id, at=NOW + timedelta(hours=hours))
        session.flush()

    found = learning.allowances_set(session, lena.id)

    assert [(each.allowance, each.by) for each in found] == [(Allowance.USUAL, "Ada"), (Allowance.DOUBLE, "Ada")]
    assert len(rows(session, TimeAllowanceRow)) == 2


# Reporting


def test_those_without_an_attempt_left_are_listed_by_name_with_no_result(
    session: Session, lena: Somebody, make: Make, content: Content
) -> None:
    quiz, other = content.quizzes[WRITING], make.learner("Mia")
    for who, times in ((lena, 2), (other, 1)):
        for _ in range(times):
            hand_in(session, who, start(session, who, quiz), quiz)

    found = reporting.used_up(session, content)

    assert [(each.name, each.quiz.id, each.sat) for each in found] == [("Lena", WRITING, 2)]
    learning.grant_attempt(session, lena.id, quiz, "Once more", other.id, at=NOW)
    session.flush()
    assert reporting.used_up(session, content) == ()
    assert [(each.name, each.by, each.reason) for each in reporting.last_grants(session, content)] == [
        ("Lena", "Mia", "Once more")
    ]


def test_a_story_tells_no_score_where_the_assessment_does_not(
    session: Session, lena: Somebody, content: Content
) -> None:
    scores = {}
    for shows in (True, False):
        quiz = assessed(content.quizzes[CHOICES], shows_correctness=shows)
        attempt_id = start(session, lena, quiz)
        save(session, lena, attempt_id, quiz, quiz.items[0])
        hand_in(session, lena, attempt_id, quiz)
        course = content.courses[quiz.course_id]
        quizzes = tuple(quiz if each.id == quiz.id else each for each in course.quizzes)
        taught = Content(content.competencies, {**content.courses, course.id: replace(course, quizzes=quizzes)})
        competency = quiz.items[0].competencies[0]
        story = reporting.competency_story(session, taught, Model(), lena.id, competency, at=NOW)
        assert story is not None
        scores[shows] = {each.score for each in story.answers}
        assert all(each.is_assessed for each in story.answers)

    assert scores == {True: {1.0}, False: {None}}
