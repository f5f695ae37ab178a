"""What follows a meeting, and by when."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trainer.domain.follow_up import RHYTHM, Outcome, StepKind, follow_up_of

ENDS = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
ZONE = "Asia/Tokyo"
DAY = timedelta(days=1)


def test_thanks_and_minutes_are_due_within_a_day() -> None:
    plan = follow_up_of({}, ENDS, ZONE)

    assert [(step.kind, step.due_at - ENDS) for step in plan.steps[:3]] == [
        (StepKind.THANKS, DAY),
        (StepKind.MINUTES, DAY),
        (StepKind.PROMISES, DAY),
    ]


def test_minutes_are_due_when_the_charter_says() -> None:
    plan = follow_up_of({}, ENDS, ZONE, minutes_within=timedelta(hours=4))

    assert plan.step(StepKind.MINUTES).due_at == ENDS + timedelta(hours=4)


@pytest.mark.parametrize("outcome", Outcome)
def test_there_is_a_next_contact_whatever_the_outcome(outcome: Outcome) -> None:
    plan = follow_up_of({"outcome": {"result": outcome.value}}, ENDS, ZONE)

    assert plan.outcome is outcome
    assert plan.step(StepKind.NEXT_CONTACT).due_at == ENDS + RHYTHM[outcome]


def test_the_next_contact_is_on_the_day_that_was_named_there() -> None:
    plan = follow_up_of({"next_contact": {"on": "2027-01-14"}}, ENDS, ZONE)

    assert plan.step(StepKind.NEXT_CONTACT).due_at == datetime(2027, 1, 14, 2, 0, tzinfo=UTC)


def test_a_step_is_late_from_its_time_on_until_it_is_done() -> None:
    open_step = follow_up_of({}, ENDS, ZONE).step(StepKind.THANKS)
    done = follow_up_of({"thanks": {"done_on": "2026-12-03"}}, ENDS, ZONE).step(StepKind.THANKS)

    assert [open_step.is_late(ENDS + DAY), open_step.is_late(ENDS + DAY + timedelta(seconds=1))] == [False, True]
    assert not done.is_late(ENDS + 9 * DAY)
    assert done.done_on == date(2026, 12, 3)


def test_it_is_complete_when_the_outcome_is_told_and_each_step_done() -> None:
    done = {kind.value: {"done_on": "2026-12-03"} for kind in StepKind}

    assert not follow_up_of(done, ENDS, ZONE).is_complete
    assert follow_up_of({**done, "outcome": {"result": "no_deal"}}, ENDS, ZONE).is_complete


@pytest.mark.parametrize(
    "broken", [{"thanks": 3}, {"thanks": {"done_on": "yesterday"}}, {"outcome": {"result": "won"}}]
)
def test_what_cannot_be_read_counts_as_not_written(broken: dict[str, object]) -> None:
    plan = follow_up_of(broken, ENDS, ZONE)

    assert plan.outcome is None
    assert not plan.step(StepKind.THANKS).is_done
