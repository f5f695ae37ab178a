"""What is missing of a meeting's times, in words that say what to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from trainer.domain.agenda import AgendaItem, Interpreting
from trainer.domain.calendar import Place
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.meeting import (
    ArrivalRule,
    Channels,
    Check,
    Journey,
    MeetingFacts,
    MeetingPlan,
    Unclear,
    gaps_of_meeting,
    venue_of,
)
from trainer.domain.parties import Party

OSLO = Place("Oslo", Party.OURS, "NO", "Europe/Oslo", None, time(8), time(16))
KOBE = Place("Kobe", Party.THEIRS, "JP", "Asia/Tokyo", None, time(9), time(18))
WEDNESDAY = datetime(2027, 6, 2, 7, 30, tzinfo=UTC)
CALL = MeetingFacts(WEDNESDAY, "Asia/Tokyo", 60, is_call=True)
VISIT = replace(CALL, is_call=False)
TODAY = date(2027, 5, 20)
WHO = UUID(int=7)
PLAN = MeetingPlan(
    places=(OSLO, KOBE),
    agenda=(AgendaItem("a", "Prices", 30),),
    channels=Channels("Teams", "Telephone", f"user:{WHO}", "person:x", 5),
    checks=(Check("c", "Sound", done_at=WEDNESDAY - timedelta(days=5)),),
)


def gaps(plan: MeetingPlan = PLAN, facts: MeetingFacts = CALL, today: date = TODAY) -> dict[str, Gap]:
    found = list(gaps_of_meeting(plan, facts, today))
    by_key = {gap.key: gap for gap in found}
    assert len(by_key) == len(found)
    return by_key


def test_a_plan_that_has_everything_lacks_nothing() -> None:
    assert gaps() == {}
    assert gaps(facts=VISIT) == {}


def test_an_empty_plan_lacks_all_of_it() -> None:
    assert {key: gap.weight for key, gap in gaps(MeetingPlan()).items()} == {
        "calendar:place:ours": Weight.RISKS,
        "calendar:place:theirs": Weight.RISKS,
        "agenda:none": Weight.RISKS,
        "channel:primary": Weight.BLOCKS,
        "channel:backup": Weight.RISKS,
        "channel:caller": Weight.RISKS,
        "channel:check": Weight.NOTES,
    }


def test_at_a_place_no_channel_is_needed() -> None:
    assert set(gaps(replace(PLAN, channels=Channels(), checks=()), VISIT)) == set()


def test_on_a_visit_the_hours_count_where_people_are_received() -> None:
    early_in_oslo = datetime(2027, 6, 2, 1, tzinfo=UTC)

    assert set(gaps(facts=replace(VISIT, starts_at=early_in_oslo))) == set()
    assert set(gaps(facts=replace(CALL, starts_at=early_in_oslo))) == {"calendar:hours:Oslo"}


@pytest.mark.parametrize(
    ("start", "key", "weight", "words"),
    [
        (datetime(2027, 5, 3, 7, tzinfo=UTC), "calendar:off:Kobe", Weight.BLOCKS, "In Kobe the day is off"),
        (datetime(2027, 5, 17, 7, tzinfo=UTC), "calendar:off:Oslo", Weight.BLOCKS, "Constitution Day"),
        (datetime(2027, 6, 5, 7, tzinfo=UTC), "calendar:off:Kobe", Weight.BLOCKS, "Saturday is a day off"),
        (datetime(2027, 6, 2, 5, tzinfo=UTC), "calendar:hours:Oslo", Weight.RISKS, "Oslo gets up early: 07:00"),
        (datetime(2027, 6, 2, 9, tzinfo=UTC), "calendar:hours:Kobe", Weight.RISKS, "Kobe stays late: until 19:00"),
    ],
)  # fmt: skip
def test_a_bad_time_is_a_gap(start: datetime, key: str, weight: Weight, words: str) -> None:
    found = gaps(facts=replace(CALL, starts_at=start))[key]

    assert (found.area, found.weight) == (Area.CALENDAR, weight)
    assert words in found.what
    assert found.action


def test_a_holiday_that_is_only_expected_is_a_risk() -> None:
    riyadh = Place("Riyadh", Party.THEIRS, "SA", "Asia/Riyadh")
    eid = replace(CALL, starts_at=datetime(2027, 3, 10, 8, tzinfo=UTC))

    found = gaps(replace(PLAN, places=(OSLO, riyadh)), eid)["calendar:off:Riyadh"]

    assert found.weight is Weight.RISKS
    assert "(expected)" in found.what


def test_an_entry_that_is_unclear_is_a_gap_with_its_reason() -> None:
    found = gaps(replace(PLAN, unclear=(Unclear("p3", "Chicago", "CST has several meanings."),)))["calendar:unclear:p3"]

    assert found.what == "Chicago cannot be reckoned with. CST has several meanings."


def test_an_ambiguous_time_in_free_text_is_a_gap() -> None:
    plan = replace(PLAN, agenda=(AgendaItem("a", "Break at 10:00 CST", 30),), arrival=ArrivalRule(where="9:00 CST"))

    assert "China Standard Time" in gaps(plan)["calendar:zone:CST"].what


def test_an_agenda_that_is_too_long_names_what_must_wait() -> None:
    long = replace(PLAN, agenda=(AgendaItem("a", "Prices", 30), AgendaItem("b", "Service", 30)))

    assert gaps(long)["agenda:long"].what == "The agenda is longer than its frame: “Service” must wait."
    assert gaps(replace(PLAN, interpreting=Interpreting.CONSECUTIVE))["agenda:long"]


@pytest.mark.parametrize(
    "channels",
    [
        Channels("Teams", "Telephone", "", "person:x", 5),
        Channels("Teams", "Telephone", "user:y", "", 5),
        Channels("Teams", "Telephone", "user:y", "person:x"),
    ],
)
def test_who_calls_whom_and_when_are_all_needed(channels: Channels) -> None:
    assert set(gaps(replace(PLAN, channels=channels))) == {"channel:caller"}


@pytest.mark.parametrize(
    ("today", "weight"),
    [(date(2027, 5, 30), Weight.NOTES), (date(2027, 5, 31), Weight.RISKS), (date(2027, 6, 2), Weight.RISKS)],
)
def test_a_check_that_is_open_is_a_risk_from_two_days_before(today: date, weight: Weight) -> None:
    plan = replace(PLAN, checks=(*PLAN.checks, Check("d", "Dial-in", owner=f"user:{WHO}")))

    found = gaps(plan, today=today)["channel:check"]

    assert (found.what, found.weight, found.due_on) == ("Not tried yet: Dial-in.", weight, date(2027, 5, 31))
    assert found.owners == (WHO,)


def test_an_arrival_that_is_too_late_is_a_gap() -> None:
    landing = Journey("t", f"user:{WHO}", "America/New_York", datetime(2027, 6, 1, 3, tzinfo=UTC), is_night_flight=True)

    found = gaps(replace(PLAN, journeys=(landing,)), VISIT)["calendar:arrival:t"]

    assert found.what == (
        "Somebody lands 1 day before the meeting; our rule of thumb is 2 days for 11 hours between the zones "
        "and a night flight."
    )
    assert found.owners == (WHO,)


def test_who_arrives_in_time_is_no_gap_and_without_a_place_nothing_is_said() -> None:
    landing = Journey("t", "Lena", "Europe/Oslo", datetime(2027, 5, 31, 3, tzinfo=UTC), is_night_flight=True)

    assert gaps(replace(PLAN, journeys=(landing,)), VISIT) == {}
    assert venue_of(replace(PLAN, places=(OSLO,)), VISIT) is None
    assert "calendar:arrival:t" not in gaps(replace(PLAN, journeys=(landing,), places=(OSLO,)), VISIT)
