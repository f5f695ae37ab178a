"""What falls due out of a report's gaps and out of the steps after a meeting."""

from datetime import UTC, date, datetime

import pytest

from trainer.domain.follow_up import Step, StepKind
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.mail import DueKind, DueThing, due_of_gap, due_of_step

DAY = date(2026, 12, 4)


def gap(area: Area, due_on: date | None = DAY) -> Gap:
    return Gap("key", area, Weight.RISKS, "It is missing.", "See to it.", 0.5, due_on=due_on)


@pytest.mark.parametrize(
    ("area", "kind"),
    [
        (Area.CHANNEL, DueKind.CHANNEL_CHECK),
        (Area.AGENDA, DueKind.PREPARATION),
        (Area.PARTNER, DueKind.RESEARCH),
        (Area.ESCALATION, DueKind.CHARTER_GAP),
        (Area.TRUST, DueKind.CHARTER_GAP),
    ],
)
def test_a_gap_falls_due_as_what_is_to_be_done(area: Area, kind: DueKind) -> None:
    assert due_of_gap(gap(area), "Kobe Seiki", "/e") == DueThing(kind, "See to it.", "Kobe Seiki", DAY, "/e")


def test_what_has_no_day_and_what_people_learn_does_not_fall_due() -> None:
    assert due_of_gap(gap(Area.AGENDA, None), "Kobe Seiki", "/e") is None
    assert due_of_gap(gap(Area.PEOPLE), "Kobe Seiki", "/e") is None


@pytest.mark.parametrize(
    ("kind", "due_at", "due"),
    [
        (StepKind.THANKS, datetime(2026, 12, 3, 23, tzinfo=UTC), DueThing(DueKind.THANKS, "Call", "K", DAY, "/e", DAY)),
        (
            StepKind.NEXT_CONTACT,
            datetime(2026, 12, 17, 9, tzinfo=UTC),
            DueThing(DueKind.NEXT_CONTACT, "Call", "K", date(2026, 12, 17), "/e"),
        ),
    ],
)
def test_a_step_falls_due_on_the_readers_day(kind: StepKind, due_at: datetime, due: DueThing) -> None:
    """An hour before midnight in UTC is the next day in Oslo."""
    step = Step(kind, due_at, "user:1", None, "")

    assert due_of_step(step, "Call", "K", "/e", "Europe/Oslo", DAY) == due
