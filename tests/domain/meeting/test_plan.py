"""Reading the plan of a meeting: whatever stands in the document, it is read, and what is unclear is told."""

from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.agenda import AgendaItem, Interpreting
from trainer.domain.calendar import Place
from trainer.domain.meeting import Check, Journey, MeetingPlan, check_due, read_plan
from trainer.domain.parties import Party

KOBE = {"id": "p1", "name": "Kobe", "party": "theirs", "country": "JP", "zone": "Asia/Tokyo", "opens": "08:30"}
FULL = {
    "places": [KOBE],
    "agenda": [{"id": "a1", "title": "Prices", "minutes": 20, "lead": "user:x"}],
    "interpreter": {"mode": "consecutive", "is_booked": True},
    "channels": {
        "primary": "Teams",
        "backup": "Telephone",
        "caller": "user:x",
        "called": "person:y",
        "after_minutes": 5,
    },
    "checks": [
        {"id": "c1", "what": "Sound", "due": "2027-05-31", "done_at": "2027-05-30T10:00:00+00:00", "done_by": "x"}
    ],
    "arrival": {"early_minutes": 10, "where": "Reception"},
    "travel": [
        {
            "id": "t1",
            "who": "Lena",
            "from_zone": "Europe/Oslo",
            "lands_local": "2027-05-31T18:00",
            "is_night_flight": True,
        }
    ],
}


def test_a_full_plan_is_read() -> None:
    plan = read_plan(FULL, "Asia/Tokyo")

    assert plan.places == (Place("Kobe", Party.THEIRS, "JP", "Asia/Tokyo", None, time(8, 30), time(17, 30)),)
    assert plan.agenda == (AgendaItem("a1", "Prices", 20, "user:x"),)
    assert plan.interpreting is Interpreting.CONSECUTIVE
    assert plan.is_interpreter_booked
    assert (plan.channels.primary, plan.channels.after_minutes) == ("Teams", 5)
    assert plan.checks == (Check("c1", "Sound", "", date(2027, 5, 31), datetime(2027, 5, 30, 10, tzinfo=UTC), "x"),)
    assert (plan.arrival.early_minutes, plan.arrival.announced_minutes, plan.arrival.where) == (10, 5, "Reception")
    assert plan.journeys == (Journey("t1", "Lena", "Europe/Oslo", datetime(2027, 5, 31, 9, tzinfo=UTC), True),)
    assert plan.unclear == ()
    assert (len(plan.of(Party.THEIRS)), len(plan.of(Party.OURS))) == (1, 0)


def test_an_empty_document_is_an_empty_plan() -> None:
    assert read_plan({}, "Asia/Tokyo") == MeetingPlan()


def test_what_cannot_be_reckoned_with_is_told_and_the_rest_is_read() -> None:
    berlin = {"id": "p2", "name": "Berlin", "country": "DE", "zone": "Europe/Berlin"}
    chicago = {"id": "p3", "name": "Chicago", "country": "US", "subdivision": "IL", "zone": "CST"}
    ticket = {"id": "t1", "who": "Lena", "from_zone": "Europe/Oslo"}

    plan = read_plan({"places": [KOBE, berlin, chicago], "travel": [ticket]}, "Asia/Tokyo")

    assert [place.name for place in plan.places] == ["Kobe"]
    assert [(each.name, each.why.split(".")[0]) for each in plan.unclear] == [
        ("Berlin", "Holidays in Germany differ by region"),
        (
            "Chicago",
            "CST has several meanings: US Central Standard Time (America/Chicago), China Standard Time "
            "(Asia/Shanghai), Cuba Standard Time (America/Havana)",
        ),
        ("A journey", "There is no time of landing"),
    ]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
fields = st.fixed_dictionaries(
    {"id": st.text(max_size=3)},
    optional=dict.fromkeys(
        (
            "name",
            "party",
            "country",
            "zone",
            "subdivision",
            "opens",
            "closes",
            "minutes",
            "title",
            "due",
            "done_at",
            "who",
            "from_zone",
            "lands_local",
            "mode",
            "is_booked",
            "after_minutes",
            "early_minutes",
        ),
        json,
    ),
)
documents = st.dictionaries(st.sampled_from([*FULL, "other"]), json | fields | st.lists(fields, max_size=3))


@given(documents)
def test_no_document_breaks_the_reading(document: dict[str, Any]) -> None:
    plan = read_plan(document, "Asia/Tokyo")

    assert all(item.minutes >= 0 for item in plan.agenda)


def test_a_connection_is_tried_two_days_before_by_the_clock_of_the_meeting() -> None:
    assert check_due(datetime(2027, 6, 1, 22, tzinfo=UTC), "Asia/Tokyo") == date(2027, 5, 31)
