"""What changed since a snapshot, and what that comes from."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.builders import NOW
from trainer.domain.mastery import Forecast
from trainer.domain.readiness import (
    Band,
    Cause,
    Changes,
    InterpreterAdvice,
    PastSeat,
    PastStanding,
    Person,
    PersonReadiness,
    Readiness,
    Requirement,
    Rules,
    Seat,
    SeatChange,
    SeatReadiness,
    SeatState,
    Snapshot,
    Standing,
    StandingChange,
    changes_since,
)

MAYA, YUSUF = Person(UUID(int=1), "Maya"), Person(UUID(int=2), "Yusuf")
LEAD = UUID(int=10)
TARGET = 0.7
THEN = Snapshot(
    taken_on=(NOW - timedelta(days=7)).date(),
    starts_at=NOW,
    model_version=1,
    rules=Rules(),
    seats={LEAD: PastSeat("Lead", SeatState.BORDERLINE)},
    standings={(LEAD, MAYA.id, "greeting"): PastStanding(Band.BORDERLINE, 6, TARGET)},
)


def standing(band: Band, answers: int = 6, target: float = TARGET) -> Standing:
    return Standing(Requirement("greeting", target, is_must=True), band, Forecast(0.7, 0.6, 0.8, answers), NOW, 0.5)


def now_with(state: SeatState, *people: tuple[Person, Standing], seat_id: UUID = LEAD) -> Readiness:
    seat = Seat(seat_id, "Lead", False, (), tuple(person for person, _ in people))
    assessed = tuple(PersonReadiness(person, each.band, (each,), 0.5, (0.5,)) for person, each in people)
    return Readiness(
        rules=Rules(),
        seats=(SeatReadiness(seat, state, assessed, 0.5),),
        weakest=None,
        drivers=(),
        interpreter=InterpreterAdvice((), is_high_stakes=False),
        expected_ready=0.5,
        expected_spread=0.5,
        all_covered=0.5,
    )


def changed(readiness: Readiness, then: Snapshot = THEN) -> Changes:
    return changes_since(then, readiness, NOW, 1)


def test_nothing_changed_where_seats_people_and_bands_are_the_same() -> None:
    changes = changed(now_with(SeatState.BORDERLINE, (MAYA, standing(Band.BORDERLINE, answers=9))))

    assert changes.is_nothing
    assert changes.since == THEN.taken_on


def test_a_new_band_comes_from_the_new_answers_which_are_counted() -> None:
    changes = changed(now_with(SeatState.READY, (MAYA, standing(Band.READY, answers=10))))

    assert changes.seats == (SeatChange("Lead", SeatState.BORDERLINE, SeatState.READY),)
    assert changes.standings == (
        StandingChange("Lead", "Maya", "greeting", Band.BORDERLINE, Band.READY, 4, Cause.ANSWERS),
    )


@pytest.mark.parametrize(
    ("then", "cause"),
    [
        (THEN, Cause.ELSEWHERE),
        (replace(THEN, model_version=0), Cause.MODEL),
        (replace(THEN, starts_at=NOW - timedelta(days=1)), Cause.DATE),
        (replace(THEN, rules=Rules(min_answers=9)), Cause.RULES),
    ],
)
def test_without_a_new_answer_a_new_band_comes_from_what_else_is_different(then: Snapshot, cause: Cause) -> None:
    (change,) = changed(now_with(SeatState.BORDERLINE, (MAYA, standing(Band.NOT_READY))), then).standings

    assert (change.cause, change.answers) == (cause, 0)


def test_another_target_comes_before_any_other_cause() -> None:
    (change,) = changed(now_with(SeatState.BORDERLINE, (MAYA, standing(Band.NOT_READY, 9, target=0.9)))).standings

    assert change.cause is Cause.TARGET


def test_who_took_a_seat_is_named_and_who_left_it_is_counted() -> None:
    changes = changed(now_with(SeatState.BORDERLINE, (YUSUF, standing(Band.BORDERLINE))))

    assert changes.joined == (("Lead", "Yusuf"),)
    assert changes.left == (("Lead", 1),)
    assert changes.standings == ()


def test_a_seat_is_told_that_is_new_or_was_removed() -> None:
    changes = changed(now_with(SeatState.OPEN, seat_id=UUID(int=11)))

    assert changes.seats == (
        SeatChange("Lead", None, SeatState.OPEN),
        SeatChange("Lead", SeatState.BORDERLINE, None),
    )


def test_a_meeting_that_was_moved_is_told_even_if_nothing_else_changed() -> None:
    readiness = now_with(SeatState.BORDERLINE, (MAYA, standing(Band.BORDERLINE)))

    changes = changes_since(THEN, readiness, NOW + timedelta(days=1), 1)

    assert changes.is_moved
    assert not changes.is_nothing
