"""What is computed of a country: times, dates as they are written there, and the days off to come."""

from datetime import UTC, date, datetime

import pytest

from trainer.domain.country import country_facts, days_ahead

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "language", "zone", "expected"),
    [
        ("CN", "zh-Hans", "Asia/Shanghai", ("Shanghai", "UTC+8", False, "2026年11月22日")),
        ("IN", "hi", "Asia/Kolkata", ("Kolkata", "UTC+5:30", False, "22 नवंबर 2026")),
        ("FR", "fr", "Europe/Paris", ("Paris", "UTC+1", True, "22 novembre 2026")),
    ],
)
def test_times_and_dates_are_those_of_the_country(
    country: str, language: str, zone: str, expected: tuple[str, str, bool, str]
) -> None:
    facts = country_facts(country, language, (zone,), AT)

    (time,) = facts.times
    assert (time.city, time.offset, time.changes, facts.samples[0]) == expected


def test_holidays_in_a_row_are_one_span() -> None:
    ahead = days_ahead("CN", AT.date())

    (festival,) = [each for each in ahead.spans if each.name == "Chinese New Year (Spring Festival)"]
    assert (festival.first, festival.last) == (date(2027, 2, 6), date(2027, 2, 8))
    assert festival.days == 3
    assert ahead.unannounced == (2027,)
    assert not ahead.differs


def test_weekends_that_are_worked_are_told() -> None:
    ahead = days_ahead("CN", date(2025, 1, 1))

    assert [each.first for each in ahead.spans if each.is_worked][:2] == [date(2025, 1, 26), date(2025, 2, 8)]


def test_where_states_differ_it_is_said() -> None:
    assert days_ahead("IN", AT.date()).differs
