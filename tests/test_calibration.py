"""The model in force: it learns from the log, each response once; a refit can be applied and taken back."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import QUIZ, Make, Somebody, at_once
from tests.test_learning import answer, kept_terms, responses
from tests.test_record import AFTER, off_in_two_quarters
from trainer import calibration, learning
from trainer.calibration import CalibrationError
from trainer.database import Database
from trainer.domain.content import Content
from trainer.domain.mastery import FIRST_VERSION, NO_CORRECTION, SHIPPED, Calibration, Constants, Correction, Model
from trainer.models import DifficultyRow, ModelRow
from trainer.versions import Models, load_history, load_model

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


def found(constants: Constants) -> Calibration:
    """A refit as `calibrate` would have found it."""
    return Calibration(constants, 40, 10, 4000, 1000, 0.6, 0.5, 0.05, 0.15)


def test_nothing_learnt_is_the_model_as_shipped(session: Session) -> None:
    model = load_model(session)

    assert model == Model()
    assert (model.version, model.constants) == (FIRST_VERSION, SHIPPED)


def test_difficulties_move_with_the_answers(make: Make, session: Session, content: Content, lena: Somebody) -> None:
    items = content.quizzes[QUIZ].items
    make.answers(lena, right=0.0)

    learnt = calibration.learn_from_log(session, at=LATER)

    model = load_model(session)
    basis = Model().shared.basis
    assert learnt == len(responses(session)) > 0
    assert model.version == FIRST_VERSION + 1
    for item in items:
        if item.id in model.shared.items:
            names = item.competencies
            assert model.shared.basis(item.id, names, 0.0).mean < basis(item.id, names, 0.0).mean
            assert model.shared.basis(item.id, names, 0.0).variance < basis(item.id, names, 0.0).variance


def test_each_response_is_learnt_from_once(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, until=3)
    first = calibration.learn_from_log(session, at=LATER)
    make.answers(lena, at=LATER)

    again = calibration.learn_from_log(session, at=LATER + timedelta(minutes=5))

    assert first + again == len(responses(session))
    assert calibration.learn_from_log(session, at=LATER + timedelta(hours=1)) == 0
    assert len(session.scalars(select(ModelRow)).all()) == 2


def test_what_has_just_come_in_is_left_for_the_next_run(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena)

    assert calibration.learn_from_log(session, at=NOW + timedelta(seconds=59)) == 0
    assert calibration.learn_from_log(session, at=NOW + timedelta(seconds=60)) == len(responses(session))


def test_a_response_keeps_the_version_that_it_was_judged_by(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, until=2)
    calibration.learn_from_log(session, at=LATER)
    make.answers(lena, at=LATER)

    assert {each.model_version for each in responses(session)} == {FIRST_VERSION, FIRST_VERSION + 1}


def test_after_learning_the_kept_state_equals_the_rebuilt_one_exactly(
    make: Make, session: Session, lena: Somebody
) -> None:
    for day in range(4):
        at = NOW + timedelta(days=day)
        make.answers(lena, QUIZ, "pt-remote-call", right=0.5, at=at)
        calibration.learn_from_log(session, at=at + timedelta(hours=1))
    live = kept_terms(session, lena)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert kept_terms(session, lena) == live


def test_learning_while_many_answer_loses_nothing_and_stops_nobody(
    make: Make, database: Database, session: Session, content: Content
) -> None:
    for _ in range(3):
        make.answers(make.learner(), at=NOW - timedelta(hours=1))
    settled = len(responses(session))
    learners = [make.learner() for _ in range(6)]
    attempts = [make.attempt(learner) for learner in learners]
    quiz = content.quizzes[QUIZ]

    def sit(number: int) -> None:
        for item in quiz.items[:5]:
            with database.write_session() as own:
                answer(own, learners[number], attempts[number], quiz, item)
                own.commit()

    def learn() -> int:
        with database.write_connection() as own:
            count = calibration.learn_from_log(own, at=NOW)
            own.commit()
        return count

    counts = at_once([learn, *(partial(sit, number) for number in range(6)), learn])

    assert sorted([counts[0], counts[-1]], key=str) == sorted([settled, 0], key=str)
    assert calibration.learn_from_log(session, at=LATER) == 6 * 5
    assert len(responses(session)) == settled + 6 * 5


def test_a_refit_is_put_in_force_and_the_state_can_be_made_again(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, right=0.5)
    version = calibration.apply(session, found(replace(SHIPPED, practice_gain=2.0)), at=LATER)
    learning.rebuild_mastery(session, load_history(session), lena.id)
    make.answers(lena, "pt-remote-call", right=0.5, at=LATER)
    live = kept_terms(session, lena)

    learning.rebuild_mastery(session, load_history(session), lena.id)

    assert kept_terms(session, lena) == live
    assert load_model(session).version == version
    assert load_model(session).constants.practice_gain == 2.0


def test_going_back_puts_what_was_before_in_force(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, right=0.5)
    calibration.learn_from_log(session, at=LATER)
    before, terms = load_model(session), kept_terms(session, lena)
    calibration.apply(session, found(replace(SHIPPED, practice_gain=2.0)), at=LATER)
    learning.rebuild_mastery(session, load_history(session), lena.id)
    make.answers(lena, "pt-remote-call", at=LATER)
    calibration.learn_from_log(session, at=LATER + timedelta(hours=1))

    version = calibration.go_back(session, at=LATER + timedelta(hours=2))

    after = load_model(session)
    assert (after.version, after.constants) == (version, SHIPPED)
    assert after.shared == before.shared
    assert terms != kept_terms(session, lena)


def test_a_correction_is_a_version_that_changes_no_belief_and_no_mastery(
    make: Make, session: Session, lena: Somebody
) -> None:
    make.answers(lena, right=0.5)
    calibration.learn_from_log(session, at=LATER)
    before, terms = load_model(session), kept_terms(session, lena)

    version = calibration.correct(session, Correction(-0.5, 0.8), at=LATER)
    learning.rebuild_mastery(session, load_history(session), lena.id)

    after = load_model(session)
    assert (after.version, after.constants.correction) == (version, (-0.5, 0.8))
    assert replace(after.shared, constants=before.constants) == before.shared
    assert kept_terms(session, lena) == terms


def test_what_is_learnt_after_a_correction_keeps_it_and_each_response_is_learnt_from_once(
    make: Make, session: Session, lena: Somebody
) -> None:
    make.answers(lena, until=3)
    first = calibration.learn_from_log(session, at=LATER)
    calibration.correct(session, Correction(-0.5, 0.8), at=LATER)
    make.answers(lena, "pt-remote-call", at=LATER)

    again = calibration.learn_from_log(session, at=LATER + timedelta(minutes=5))

    assert first + again == len(responses(session))
    assert load_model(session).constants.correction == (-0.5, 0.8)


def test_going_back_takes_a_correction_away(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, right=0.5)
    calibration.learn_from_log(session, at=LATER)
    before = load_model(session)
    calibration.correct(session, Correction(-0.5, 0.8), at=LATER)

    calibration.go_back(session, at=LATER + timedelta(hours=1))

    assert load_model(session).shared == before.shared
    assert load_model(session).constants == SHIPPED


def test_a_correction_as_the_first_version_can_be_taken_back_too(session: Session) -> None:
    calibration.correct(session, Correction(-0.5, 0.8), at=NOW)

    calibration.go_back(session, at=LATER)

    assert load_model(session).shared == Model().shared


def test_a_refit_ends_the_correction_that_was_found_with_other_constants(
    make: Make, session: Session, lena: Somebody
) -> None:
    make.answers(lena, right=0.5)
    calibration.correct(session, Correction(-0.5, 0.8), at=LATER)

    calibration.apply(session, found(replace(load_model(session).constants, practice_gain=2.0)), at=LATER)

    assert load_model(session).constants == replace(SHIPPED, practice_gain=2.0)


def test_the_command_applies_the_advised_correction_and_takes_it_back(app: Flask, make: Make, session: Session) -> None:
    team = make.team()
    off_in_two_quarters(make, session, team)
    make.clock.at = AFTER
    runner = app.test_cli_runner()

    with app.app_context():
        tried = runner.invoke(args=["calibrate-model", "--dry-run"])
        untouched = load_model(session).constants.correction
        applied = runner.invoke(args=["calibrate-model"], catch_exceptions=False)
        session.rollback()
        correction = Correction(*load_model(session).constants.correction)
        session.rollback()
        again = runner.invoke(args=["calibrate-model", "--dry-run"])
        back = runner.invoke(args=["calibrate-model", "--revert"])

    session.rollback()
    assert "Forecasts for dates: off in two quarters. Correction (intercept" in tried.output
    assert untouched == NO_CORRECTION
    assert "Version 2 is in force." in applied.output
    assert correction.told_of(0.9) == pytest.approx(0.75, abs=0.03)
    assert "not off in two quarters, so there is no correction to apply" in again.output
    assert back.exit_code == 0
    assert load_model(session).constants.correction == NO_CORRECTION


def test_there_is_no_way_back_from_what_was_shipped(session: Session) -> None:
    with pytest.raises(CalibrationError, match="Nothing was calibrated"):
        calibration.go_back(session, at=NOW)


def test_what_is_learnt_after_a_refit_builds_on_it(make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, right=0.0)
    calibration.apply(session, found(replace(SHIPPED, item_variance=0.5)), at=LATER)
    make.answers(make.learner(), right=0.0, at=LATER)

    calibration.learn_from_log(session, at=LATER + timedelta(hours=1))

    kept = session.scalars(select(DifficultyRow.variance).where(DifficultyRow.scope == "item")).all()
    assert kept
    assert max(kept) < 0.5
    assert load_model(session).constants.item_variance == 0.5


def test_a_server_looks_for_another_version_once_a_minute(make: Make, session: Session, lena: Somebody) -> None:
    models = Models()
    make.answers(lena)
    before = models.current(session, at=NOW)
    calibration.learn_from_log(session, at=LATER)

    soon = models.current(session, at=NOW + timedelta(seconds=59))
    late = models.current(session, at=NOW + timedelta(seconds=60))

    assert soon is before
    assert late.version == before.version + 1


def test_the_commands_say_what_they_did(app: Flask, make: Make, session: Session, lena: Somebody) -> None:
    make.answers(lena, at=NOW - timedelta(hours=1))
    runner = app.test_cli_runner()

    with app.app_context():
        learnt = runner.invoke(args=["learn-model"])
        tried = runner.invoke(args=["calibrate-model"])
        back = runner.invoke(args=["calibrate-model", "--revert"])

    assert learnt.output == f"Learnt from {len(responses(session))} responses.\n"
    assert "Too little to judge by" in tried.output
    assert back.exit_code == 1
    assert "Nothing was calibrated yet" in back.output
    assert load_model(session).version == FIRST_VERSION + 1
