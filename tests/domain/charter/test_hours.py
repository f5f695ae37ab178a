"""Hours of contacts in two zones, and together."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.charter.charters import BERLIN, STARTS_ON, TOKYO, charter, contact
from trainer.domain.charter import hours_seen, overlap, read_charter, zone_of
from trainer.domain.parties import Party

(BERLINER, TOKYOITE) = read_charter({"contacts": [contact("a"), contact("c", "theirs")]}).contacts


def test_hours_are_seen_by_the_clocks_of_the_other_side() -> None:
    seen = hours_seen(TOKYOITE, BERLIN, STARTS_ON)

    assert seen is not None
    assert (f"{seen.opens:%H:%M}", f"{seen.closes:%H:%M}", seen.shift) == ("00:00", "09:30", 0)


def test_hours_of_the_day_before_say_so() -> None:
    seen = hours_seen(TOKYOITE, "America/New_York", STARTS_ON)

    assert seen is not None
    assert (f"{seen.opens:%H:%M}", seen.shift) == ("18:00", -1)


def test_hours_together_change_with_the_clocks() -> None:
    assert overlap(BERLINER, TOKYOITE, date(2026, 12, 14)) == timedelta(minutes=30)
    assert overlap(BERLINER, TOKYOITE, date(2026, 7, 6)) == timedelta(minutes=90)


def test_weeks_without_a_common_day_have_no_hours_together() -> None:
    weekend = read_charter({"contacts": [contact("c", "theirs", workdays=[5, 6])]}).contacts[0]

    assert overlap(BERLINER, weekend, STARTS_ON) == timedelta()


def test_a_side_has_the_zone_of_most_of_its_contacts() -> None:
    assert (zone_of(charter(), Party.OURS), zone_of(charter(), Party.THEIRS)) == (BERLIN, TOKYO)
    assert zone_of(read_charter({}), Party.OURS) == ""


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_hours_together_are_the_same_from_either_side_but_for_the_days_of_a_week(week_of: date) -> None:
    there, here = overlap(BERLINER, TOKYOITE, week_of), overlap(TOKYOITE, BERLINER, week_of)

    assert there is not None
    assert here is not None
    assert abs(there - here) <= timedelta(hours=1)
