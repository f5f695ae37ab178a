"""What trust rests on: fates of promises, and a health check that nobody answered or that shows the sides apart."""

from datetime import date

import pytest

from tests.domain.charter.charters import NAMES, STARTS_ON, charter
from trainer.domain.charter import (
    CharterGap,
    Commitment,
    Fate,
    HealthState,
    Question,
    Sheet,
    as_gap,
    compare,
    fates_of,
    gaps_of_charter,
)
from trainer.domain.gaps import Area, Weight
from trainer.domain.parties import Party

TODAY, QUARTER, OLD = date(2026, 12, 1), date(2026, 10, 1), date(2026, 8, 1)
OURS, THEIRS = Party.OURS, Party.THEIRS


def sheet(side: Party, mark: int) -> Sheet:
    return Sheet(side, "Somebody", dict.fromkeys(Question, mark))


def state(*sheets: Sheet, begun_on: date | None = OLD) -> HealthState:
    return HealthState(QUARTER, compare(sheets), begun_on=begun_on)


def gaps(health: HealthState) -> list[CharterGap]:
    found = gaps_of_charter(charter(), NAMES, (), (), version=1, starts_on=STARTS_ON, today=TODAY, health=health)
    return [gap for gap in found if as_gap(gap).area is Area.TRUST]


def test_promises_are_told_with_what_became_of_them_the_late_ones_first() -> None:
    promises = [
        Commitment(THEIRS, "Long kept", date(2026, 6, 1), True, closed_on=date(2026, 6, 1)),
        Commitment(THEIRS, "Kept", date(2026, 11, 1), True, closed_on=date(2026, 11, 2)),
        Commitment(OURS, "Broken", date(2026, 11, 1), False),
        Commitment(OURS, "Some day", None, None),
        Commitment(THEIRS, "Soon", TODAY, None),
        Commitment(THEIRS, "Long late", date(2026, 5, 1), None),
    ]

    assert [(fate, each.what) for fate, each in fates_of(promises, TODAY)] == [
        (Fate.LATE, "Long late"),
        (Fate.OPEN, "Soon"),
        (Fate.OPEN, "Some day"),
        (Fate.BROKEN, "Broken"),
        (Fate.KEPT, "Kept"),
    ]


def test_an_old_charter_of_which_nobody_answers_the_health_check_is_noted() -> None:
    (gap,) = gaps(state())

    assert gap.weight is Weight.NOTES
    assert gap.missing == "Nobody of either side has answered the health check of the fourth quarter of 2026."
    assert gap.due_on == date(2026, 12, 31)


@pytest.mark.parametrize("health", [state(sheet(THEIRS, 3)), state(begun_on=date(2026, 9, 15)), state(begun_on=None)])
def test_a_young_charter_and_one_that_a_side_has_answered_are_not(health: HealthState) -> None:
    assert gaps(health) == []


def test_sides_that_lie_two_points_apart_are_a_risk() -> None:
    found = gaps(state(sheet(OURS, 4), Sheet(THEIRS, "Sato", {**dict.fromkeys(Question, 3), Question.ABILITY: 2})))

    assert [(gap.weight, gap.about) for gap in found] == [(Weight.RISKS, "ability")]
    assert "lie between the sides in “Ability”" in found[0].missing
