"""Learning: attempts that resume, responses that are kept once, mastery that can always be made again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import LESSON, QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody, at_once, best, give, without_choice, worst
from trainer import learning, reporting
from trainer.database import Database
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Content, Item, Option, Quiz, Scenario
from trainer.domain.grading import RULES_VERSION, Given, Grade, UnfitAnswer
from trainer.domain.mastery import FIRST_VERSION, SHIPPED, LearnerTerms, Model
from trainer.learning import LearningError
from trainer.models import Attempt, FactReport, KeptQuiz, LessonDone, MasteryRow, Response, new_id
from trainer.terms import load_terms
from trainer.versions import load_history


@pytest.fixture
def quiz(content: Content) -> Quiz:
    return content.quizzes[QUIZ]


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


def load(session: Session, learner: Somebody, attempt_id: UUID) -> AttemptState:
    attempt = learning.load_attempt(session, learner.id, attempt_id)
    assert attempt is not None
    return attempt


def answer(
    session: Session,
    learner: Somebody,
    attempt_id: UUID,
    quiz: Quiz,
    item: Item,
    pick: Callable[[Sequence[Option]], str] = best,
    *,
    step: int = 0,
    response_id: UUID | None = None,
    at: datetime = NOW,
    answered_at: datetime | None = None,
) -> Grade:
    """What the view does: load the attempt for this one response, and submit it."""
    attempt = learning.load_attempt(session, learner.id, attempt_id, for_update=True)
    assert attempt is not None
    return learning.submit_response(
        session,
        Model(),
        attempt,
        quiz,
        item,
        give(item, attempt, pick),
        step=step,
        response_id=response_id or new_id(),
        at=at,
        answered_at=answered_at,
    )


def responses(session: Session) -> list[Response]:
    return list(session.scalars(select(Response).execution_options(populate_existing=True)))


def kept_terms(session: Session, learner: Somebody) -> LearnerTerms:
    return load_terms(session, SHIPPED, [learner.id])[learner.id]


def unsureness(session: Session, learner: Somebody) -> float:
    """The variance of the learner's ability."""
    ability = kept_terms(session, learner).ability
    assert ability is not None
    return ability.variance


def scenario_of(content: Content) -> tuple[Quiz, Item, Scenario]:
    quiz = content.quizzes[SCENARIO_QUIZ]
    item = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    assert isinstance(item.interaction, Scenario)
    return quiz, item, item.interaction


def test_an_open_attempt_is_resumed(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    first = make.attempt(lena)

    again = learning.start_attempt(session, lena.id, quiz, at=NOW + timedelta(days=3))

    assert again == first


def test_attempts_are_numbered_and_all_are_kept(make: Make, session: Session, lena: Somebody) -> None:
    for day in range(3):
        make.answers(lena, QUIZ, at=NOW + timedelta(days=day))

    attempts = reporting.attempts_of(session, lena.id, QUIZ)

    assert [attempt.number for attempt in attempts] == [3, 2, 1]
    assert all(attempt.finished_at for attempt in attempts)


def test_each_learner_and_each_quiz_has_its_own_numbers(make: Make, session: Session, lena: Somebody) -> None:
    other = make.learner()
    make.answers(lena, QUIZ)
    make.answers(other, QUIZ)
    make.answers(lena, SCENARIO_QUIZ)

    numbers = session.scalars(select(Attempt.number)).all()

    assert numbers == [1, 1, 1]


def test_an_attempt_is_finished_with_its_last_item_and_not_before(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=len(quiz.items) - 1)
    assert load(session, lena, attempt_id).finished_at is None

    answer(session, lena, attempt_id, quiz, quiz.items[-1], at=NOW + timedelta(hours=1))

    assert load(session, lena, attempt_id).finished_at == NOW + timedelta(hours=1)


def test_an_attempt_goes_on_where_it_stopped(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = make.answers(lena, until=4)

    attempt = load(session, lena, attempt_id)

    assert attempt.next_item(quiz) == quiz.items[4]
    assert [attempt.is_done(item) for item in quiz.items[:5]] == [True] * 4 + [False]


def test_the_attempt_of_another_is_not_found(make: Make, session: Session, lena: Somebody) -> None:
    attempt_id = make.attempt(lena)

    assert learning.load_attempt(session, make.learner().id, attempt_id) is None


def test_a_response_keeps_what_it_was_given_and_graded_by(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id, item, response_id = make.attempt(lena), quiz.items[0], new_id()
    answered_at = NOW - timedelta(minutes=2)

    graded = answer(session, lena, attempt_id, quiz, item, worst, response_id=response_id, answered_at=answered_at)

    (kept,) = responses(session)
    assert (kept.learner_id, kept.id, kept.attempt_id) == (lena.id, response_id, attempt_id)
    assert (kept.item_id, kept.item_key, kept.step) == (item.id, item.id, 0)
    assert kept.given == {"options": [graded.chosen[0].id], "node": None}
    assert kept.score == graded.score < 1
    assert (kept.content_hash, kept.rules_version) == (item.content_hash, RULES_VERSION)
    assert (kept.model_version, tuple(kept.competencies)) == (FIRST_VERSION, item.competencies)
    assert (kept.answered_at, kept.received_at) == (answered_at, NOW)
    assert 0 < kept.expected < 1


def test_the_same_response_sent_twice_is_kept_once(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id, response_id = make.attempt(lena), new_id()
    first = answer(session, lena, attempt_id, quiz, quiz.items[0], response_id=response_id)
    known = kept_terms(session, lena)

    second = answer(session, lena, attempt_id, quiz, quiz.items[0], response_id=response_id)

    assert second == first
    assert len(responses(session)) == 1
    assert kept_terms(session, lena) == known


def test_a_second_response_to_the_same_step_keeps_and_grades_the_first(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.attempt(lena)
    first = answer(session, lena, attempt_id, quiz, quiz.items[0], worst)

    second = answer(session, lena, attempt_id, quiz, quiz.items[0], best)

    (kept,) = responses(session)
    assert second == first
    assert kept.score == first.score < 1


def test_the_id_of_another_response_is_refused(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id, response_id = make.attempt(lena), new_id()
    answer(session, lena, attempt_id, quiz, quiz.items[0], response_id=response_id)
    session.commit()

    with pytest.raises(LearningError):
        answer(session, lena, attempt_id, quiz, quiz.items[1], response_id=response_id)
    session.rollback()

    assert [kept.item_id for kept in responses(session)] == [quiz.items[0].id]


def test_two_learners_may_bring_the_same_id(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    other, response_id = make.learner(), new_id()

    for learner in (lena, other):
        answer(session, learner, make.attempt(learner), quiz, quiz.items[0], response_id=response_id)

    assert {kept.learner_id for kept in responses(session)} == {lena.id, other.id}


def test_an_answer_to_a_finished_attempt_is_refused(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt = load(session, lena, make.answers(lena))

    with pytest.raises(LearningError, match="Start the quiz again"):
        learning.submit_response(
            session, Model(), attempt, quiz, quiz.items[0], Given(("a",)), step=1, response_id=new_id(), at=NOW
        )

    assert len(responses(session)) == len(quiz.items)


@pytest.mark.parametrize("options", [("nonsense",), (), ("a", "b"), ("a", "a")])
def test_what_the_item_does_not_offer_is_refused(
    make: Make, session: Session, lena: Somebody, quiz: Quiz, options: tuple[str, ...]
) -> None:
    attempt = load(session, lena, make.attempt(lena))

    with pytest.raises(UnfitAnswer):
        learning.submit_response(
            session, Model(), attempt, quiz, quiz.items[0], Given(options), step=0, response_id=new_id(), at=NOW
        )

    assert responses(session) == []
    assert session.scalars(select(MasteryRow)).all() == []


def test_items_may_be_answered_in_any_order(make: Make, session: Session, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = make.attempt(lena)

    for item in reversed(quiz.items):
        answer(session, lena, attempt_id, quiz, item)

    assert load(session, lena, attempt_id).finished_at == NOW


def test_the_steps_of_a_scenario_come_in_order(make: Make, session: Session, lena: Somebody, content: Content) -> None:
    quiz, item, scenario = scenario_of(content)
    attempt_id = make.attempt(lena, quiz.id)

    with pytest.raises(LearningError, match="comes later"):
        answer(session, lena, attempt_id, quiz, item, step=1)
    answer(session, lena, attempt_id, quiz, item, step=0)
    with pytest.raises(LearningError, match="comes later"):
        answer(session, lena, attempt_id, quiz, item, step=2)
    answer(session, lena, attempt_id, quiz, item, step=1)

    position = load(session, lena, attempt_id).position(item)
    assert position.steps[0].node.id == scenario.start
    assert [kept.given["node"] for kept in responses(session)] == [step.node.id for step in position.steps]
    assert [kept.item_key for kept in responses(session)] == [f"{item.id}#{s.node.id}" for s in position.steps]


def test_a_scenario_that_has_ended_takes_no_further_step(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz, item, _ = scenario_of(content)
    attempt_id = make.attempt(lena, quiz.id)
    step = 0
    while load(session, lena, attempt_id).position(item).ending is None:
        answer(session, lena, attempt_id, quiz, item, step=step)
        step += 1

    with pytest.raises(LearningError, match="has ended"):
        learning.submit_response(
            session, Model(), load(session, lena, attempt_id), quiz, item, Given(("a",)),
            step=step, response_id=new_id(), at=NOW,
        )  # fmt: skip

    assert load(session, lena, attempt_id).is_done(item)


def test_after_many_responses_the_kept_state_equals_the_rebuilt_one_exactly(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    make.answers(lena, QUIZ, SCENARIO_QUIZ, "pt-remote-call", right=0.6, at=NOW - timedelta(days=40))
    make.answers(lena, QUIZ, right=0.9, at=NOW - timedelta(days=12))
    make.answers(lena, SCENARIO_QUIZ, right=0.3)
    again = make.attempt(lena)
    for number, item in enumerate(content.quizzes[QUIZ].items):
        answer(session, lena, again, content.quizzes[QUIZ], item, at=NOW + timedelta(minutes=number + 1))
    live = kept_terms(session, lena)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert len(live.memories) > 25
    assert kept_terms(session, lena) == live


def test_rebuilding_leaves_the_others_alone(make: Make, session: Session, lena: Somebody) -> None:
    other = make.learner()
    make.answers(other)
    known = kept_terms(session, other)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert kept_terms(session, other) == known
    assert kept_terms(session, lena) == LearnerTerms()


def test_a_late_answer_leads_to_the_same_state_as_one_in_order(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    other = make.learner()
    times = [NOW - timedelta(days=9 - number) for number in range(6)]
    ids = [UUID(int=number) for number in range(6)]
    lenas, others = make.attempt(lena), make.attempt(other)

    for number in (0, 1, 2, 3, 4, 5):
        answer(session, lena, lenas, quiz, quiz.items[number], response_id=ids[number], answered_at=times[number])
    for number in (0, 1, 4, 2, 5, 3):
        answer(session, other, others, quiz, quiz.items[number], response_id=ids[number], answered_at=times[number])

    assert kept_terms(session, other) == kept_terms(session, lena)


@pytest.mark.parametrize("seed", range(6))
def test_answers_of_the_same_moment_count_by_their_ids_in_whatever_order_they_arrive(
    make: Make, session: Session, lena: Somebody, quiz: Quiz, seed: int
) -> None:
    random = Random(seed)
    other = make.learner()
    arriving = random.sample(range(8), 8)
    moments = [NOW - timedelta(days=random.randrange(3)) for _ in arriving]
    in_order = sorted(arriving, key=lambda number: (moments[number], number))

    for learner, numbers in ((lena, in_order), (other, arriving)):
        attempt_id = make.attempt(learner)
        for number in numbers:
            answer(
                session, learner, attempt_id, quiz, quiz.items[number], worst if number % 2 else best,
                response_id=UUID(int=number), answered_at=moments[number],
            )  # fmt: skip

    live = kept_terms(session, other)
    learning.rebuild_mastery(session, load_history(session), other.id)
    assert live == kept_terms(session, lena) == kept_terms(session, other)


def test_a_replay_is_practice_and_moves_the_estimate_less(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, right=0.5)
    first = unsureness(session, lena)

    make.answers(lena, right=0.5, at=NOW + timedelta(seconds=1))

    second = unsureness(session, lena)
    fresh = make.learner()
    make.answers(fresh, right=0.5)
    make.answers(fresh, "pt-remote-call", right=0.5, at=NOW + timedelta(seconds=1))
    assert first - second < (first - unsureness(session, fresh)) / 2


def test_right_answers_raise_the_forecast_and_wrong_ones_lower_it(
    make: Make, session: Session, content: Content
) -> None:
    means = []
    for right in (0.0, 0.5, 1.0):
        learner = make.learner()
        make.answers(learner, right=right)
        means.append(
            reporting.own_progress(session, content, Model(), learner.id, NOW)["jp-first-contact"].forecast.mean
        )

    assert means == sorted(means)
    assert means[0] < 0.4 < 0.7 < means[2]


def test_different_learners_lose_nothing(make: Make, database: Database, session: Session, content: Content) -> None:
    learners = [make.learner() for _ in range(8)]
    quiz = content.quizzes[QUIZ]
    attempts = [make.attempt(learner) for learner in learners]

    def sit(number: int) -> None:
        for item in quiz.items:
            with database.write_session() as own:
                answer(own, learners[number], attempts[number], quiz, item)
                own.commit()

    at_once([partial(sit, number) for number in range(8)])

    assert len(responses(session)) == 8 * len(quiz.items)
    for learner, attempt_id in zip(learners, attempts, strict=True):
        assert load(session, learner, attempt_id).finished_at == NOW
        assert kept_terms(session, learner) == kept_terms(session, learners[0])


def test_one_learner_on_four_devices_loses_nothing(
    make: Make, database: Database, session: Session, content: Content, lena: Somebody
) -> None:
    quizzes = [content.quizzes[name] for name in (QUIZ, "jp-in-the-meeting", "pt-remote-call", "pt-setting-up")]
    attempts = [make.attempt(lena, quiz.id) for quiz in quizzes]

    def sit(device: int) -> None:
        for number, item in enumerate(quizzes[device].items[:6]):
            at = NOW + timedelta(minutes=number, seconds=device)
            with database.write_session() as own:
                answer(own, lena, attempts[device], quizzes[device], item, at=at)
                own.commit()

    at_once([partial(sit, device) for device in range(4)])

    live = kept_terms(session, lena)
    learning.rebuild_mastery(session, load_history(session), lena.id)
    assert len(responses(session)) == 24
    assert kept_terms(session, lena) == live


def test_a_form_sent_many_times_at_once_is_kept_once(
    make: Make, database: Database, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id, response_id = make.attempt(lena), new_id()

    def send() -> Grade:
        with database.write_session() as own:
            graded = answer(own, lena, attempt_id, quiz, quiz.items[0], response_id=response_id)
            own.commit()
        return graded

    grades = at_once([send] * 8)

    assert len(responses(session)) == 1
    assert all(graded == grades[0] for graded in grades)


def test_the_last_two_items_answered_at_once_finish_the_attempt(
    make: Make, database: Database, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=len(quiz.items) - 2)

    def send(item: Item) -> None:
        with database.write_session() as own:
            answer(own, lena, attempt_id, quiz, item)
            own.commit()

    at_once([partial(send, item) for item in quiz.items[-2:]])

    assert load(session, lena, attempt_id).finished_at == NOW


def test_a_quiz_started_many_times_at_once_has_one_attempt(
    database: Database, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    def start() -> UUID:
        with database.write_session() as own:
            attempt_id = learning.start_attempt(own, lena.id, quiz, at=NOW)
            own.commit()
        return attempt_id

    started = at_once([start] * 6)

    assert len(set(started)) == 1
    assert len(reporting.attempts_of(session, lena.id, quiz.id)) == 1


def test_what_is_answered_while_the_mastery_is_rebuilt_is_not_lost(
    make: Make, database: Database, session: Session, lena: Somebody, content: Content
) -> None:
    quizzes = [content.quizzes[name] for name in (QUIZ, "pt-remote-call")]
    attempts = [make.attempt(lena, quiz.id) for quiz in quizzes]

    def sit(number: int) -> None:
        for item in quizzes[number].items[:6]:
            with database.write_session() as own:
                answer(own, lena, attempts[number], quizzes[number], item)
                own.commit()

    def rebuild() -> None:
        for _ in range(6):
            with database.write_session() as own:
                learning.rebuild_mastery(own, load_history(own), lena.id)
                own.commit()

    at_once([partial(sit, 0), rebuild, partial(sit, 1), rebuild])

    live = kept_terms(session, lena)
    learning.rebuild_mastery(session, load_history(session), lena.id)
    assert len(responses(session)) == 12
    assert kept_terms(session, lena) == live


def test_two_processes_lose_nothing(make: Make, database: Database, session: Session, content: Content) -> None:
    """Two `Database`s share no lock, as two server processes do: the database itself lets them take turns."""
    other_process = Database(database.writer.url.render_as_string(hide_password=False))
    learners = [make.learner() for _ in range(6)]
    quiz = content.quizzes[QUIZ]
    attempts = [make.attempt(learner) for learner in learners]

    def sit(number: int) -> None:
        for item in quiz.items[:5]:
            with (database, other_process)[number % 2].write_session() as own:
                answer(own, learners[number], attempts[number], quiz, item)
                own.commit()

    at_once([partial(sit, number) for number in range(6)])
    other_process.dispose()

    assert len(responses(session)) == 30


def test_reading_never_waits_for_a_writer(make: Make, database: Database, lena: Somebody, quiz: Quiz) -> None:
    attempt_id = make.attempt(lena)

    with database.write_session() as writer:
        answer(writer, lena, attempt_id, quiz, quiz.items[0])
        with database.read_session() as reader:
            seen = load(reader, lena, attempt_id)
        writer.commit()

    assert seen.responses == ()


def test_a_lesson_is_done_with_the_goals_that_were_ticked(
    session: Session, lena: Somebody, content: Content, clock: Clock
) -> None:
    lesson = content.lessons[LESSON]

    learning.finish_lesson(session, lena.id, lesson, [1, 0, 1, 99, -1], at=clock.at)

    assert reporting.goals_ticked(session, lena.id, LESSON) == (0, 1)
    assert reporting.done_by(session, lena.id).lessons == {LESSON}


def test_a_lesson_done_again_keeps_the_last_ticks(session: Session, lena: Somebody, content: Content) -> None:
    lesson = content.lessons[LESSON]
    learning.finish_lesson(session, lena.id, lesson, [0, 1], at=NOW)

    learning.finish_lesson(session, lena.id, lesson, [], at=NOW + timedelta(days=1))

    assert reporting.goals_ticked(session, lena.id, LESSON) == ()
    assert len(session.scalars(select(LessonDone)).all()) == 1


def test_a_lesson_that_is_not_done_has_no_ticks(session: Session, lena: Somebody) -> None:
    assert reporting.goals_ticked(session, lena.id, LESSON) is None


def test_a_reported_fact_waits_for_a_trainer(make: Make, session: Session, lena: Somebody) -> None:
    make.report(lena, "  The office has moved.  ")

    (report,) = reporting.reported_facts(session)

    assert (report.reporter, report.problem, report.closed_at) == ("Lena", "The office has moved.", None)
    assert learning.open_report_count(session) == 1


def test_a_fact_that_is_gone_cannot_be_reported(session: Session, lena: Somebody, content: Content) -> None:
    with pytest.raises(LearningError, match="no such fact"):
        learning.report_fact(session, lena.id, content, "made-up", "Wrong.", at=NOW)


def test_what_was_decided_stays(make: Make, session: Session, lena: Somebody) -> None:
    report_id, trainer = make.report(lena), make.trainer()
    learning.close_report(session, report_id, trainer.id, " Corrected. ", at=NOW)

    learning.close_report(session, report_id, lena.id, "No!", at=NOW + timedelta(days=1))

    kept = session.scalars(select(FactReport)).one()
    assert (kept.decision, kept.closed_by_id, kept.closed_at) == ("Corrected.", trainer.id, NOW)
    assert learning.open_report_count(session) == 0


# Content that is edited under an attempt


def test_a_response_whose_option_is_gone_keeps_its_grade_when_it_is_sent_again(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id, item = make.attempt(lena), quiz.items[0]
    first = answer(session, lena, attempt_id, quiz, item, worst)
    (before,) = [(each.given, each.score, each.content_hash) for each in responses(session)]
    edited = without_choice(item, first.chosen[0].id)

    again = answer(session, lena, attempt_id, replace(quiz, items=(edited, *quiz.items[1:])), edited)

    assert (again.score, again.chosen) == (first.score, ())
    assert [(each.given, each.score, each.content_hash) for each in responses(session)] == [before]


def test_a_change_of_the_content_leaves_the_mastery_as_it_was(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz, item, scenario = scenario_of(content)
    attempt_id = make.attempt(lena, quiz.id)
    answer(session, lena, attempt_id, quiz, item)
    known = kept_terms(session, lena)
    forget_quiz(session, attempt_id)
    edited = replace(quiz, items=(without_choice(item, best_of(scenario)),))

    learning.start_attempt(session, lena.id, edited, at=NOW + timedelta(days=1))
    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert load(session, lena, attempt_id).finished_at is not None
    assert kept_terms(session, lena) == known


def test_a_scenario_whose_taken_path_is_gone_takes_no_further_step(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz, item, scenario = scenario_of(content)
    attempt_id = make.attempt(lena, quiz.id)
    answer(session, lena, attempt_id, quiz, item)
    edited = without_choice(item, best_of(scenario))

    with pytest.raises(LearningError, match="has ended"):
        learning.submit_response(
            session, Model(), load(session, lena, attempt_id), quiz, edited, Given(("a",)),
            step=1, response_id=new_id(), at=NOW,
        )  # fmt: skip

    assert [kept.step for kept in responses(session)] == [0]


def test_the_last_answer_finishes_an_attempt_whose_scenario_was_changed_under_way(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz, item, scenario = scenario_of(content)
    other = next(each for each in quiz.items if each is not item)
    attempt_id = make.attempt(lena, quiz.id)
    answer(session, lena, attempt_id, quiz, item)
    edited = replace(quiz, items=(without_choice(item, best_of(scenario)), other))

    answer(session, lena, attempt_id, edited, other, at=NOW + timedelta(hours=1))

    assert load(session, lena, attempt_id).finished_at == NOW + timedelta(hours=1)


def test_starting_finishes_an_attempt_from_before_quizzes_were_kept_whose_open_items_were_all_taken_out(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=2)
    forget_quiz(session, attempt_id)
    later = NOW + timedelta(days=1)

    begun = learning.start_attempt(session, lena.id, replace(quiz, items=quiz.items[:2]), at=later)

    assert load(session, lena, attempt_id).finished_at == later
    assert len(load(session, lena, attempt_id).responses) == 2
    assert (begun != attempt_id, load(session, lena, begun).number, load(session, lena, begun).responses) == (
        True,
        2,
        (),
    )


def test_an_attempt_goes_on_with_what_it_began_with_though_all_that_it_left_open_was_taken_out(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=2)

    resumed = learning.start_attempt(session, lena.id, replace(quiz, items=quiz.items[:2]), at=NOW)

    assert resumed == attempt_id
    assert load(session, lena, attempt_id).finished_at is None


def test_an_attempt_from_before_quizzes_were_kept_is_resumed_while_an_item_is_still_open(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=2)
    forget_quiz(session, attempt_id)

    resumed = learning.start_attempt(session, lena.id, replace(quiz, items=quiz.items[1:3]), at=NOW)

    assert resumed == attempt_id
    assert load(session, lena, attempt_id).finished_at is None


def test_an_attempt_keeps_the_time_at_which_it_was_finished(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt = load(session, lena, make.answers(lena))

    after = learning.finish_if_done(session, attempt, quiz, at=NOW + timedelta(days=1))

    assert after.finished_at == load(session, lena, attempt.id).finished_at == NOW


def test_an_item_that_is_answered_takes_no_second_step(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    attempt_id = make.answers(lena, until=1)

    with pytest.raises(LearningError, match="has ended"):
        answer(session, lena, attempt_id, quiz, quiz.items[0], step=1)

    assert len(responses(session)) == 1


def test_an_attempt_names_the_quiz_as_it_was_when_it_began(
    make: Make, session: Session, lena: Somebody, quiz: Quiz
) -> None:
    first = make.answers(lena)
    edited = replace(quiz, items=quiz.items[:3])
    second = learning.start_attempt(session, lena.id, edited, at=NOW)

    names = [load(session, lena, each).quiz_hash for each in (first, second)]

    assert names == [quiz.content_hash, edited.content_hash]
    assert set(session.scalars(select(KeptQuiz.content_hash))) == set(names)


def forget_quiz(session: Session, attempt_id: UUID) -> None:
    """As if the attempt were from before quizzes were kept."""
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(quiz_hash=None))
    session.commit()


def best_of(scenario: Scenario) -> str:
    """The best choice at the start."""
    return best([choice.option for choice in scenario.nodes[scenario.start].choices])
