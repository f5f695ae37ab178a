"""What is computed of a country: times, dates as they are written there, and the days off to come."""

from datetime import UTC, date, datetime

import pytest

from trainer.domain.calendar import countries
from trainer.domain.country import country_facts, days_ahead
from trainer.web.places import zones_of

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
    assert facts.samples is not None
    assert (time.city, time.offset, time.changes, facts.samples[0]) == expected


def test_holidays_in_a_row_are_one_span() -> None:
    ahead = days_ahead("CN", AT.date())

    (festival,) = [each for each in ahead.spans if each.name == "Chinese New Year (Spring Festival)"]
    assert (festival.first, festival.last) == (date(2027, 2, 6), date(2027, 2, 8))
    assert ahead.unannounced == (2027,)
    assert not ahead.differs


def test_weekends_that_are_worked_are_told() -> None:
    ahead = days_ahead("CN", date(2025, 1, 1))

    assert [each.first for each in ahead.spans if each.is_worked][:2] == [date(2025, 1, 26), date(2025, 2, 8)]


def test_where_states_differ_it_is_said() -> None:
    assert days_ahead("IN", AT.date()).differs


@pytest.mark.parametrize("country", sorted(countries()))
def test_every_country_can_be_computed(country: str) -> None:
    for language in (None, "en", "pt-BR", "zh-Hant", "yue"):
        facts = country_facts(country, language, zones_of(country), AT)

        assert facts.name
        assert (facts.samples is None) == (language is None)
    assert days_ahead(country, AT.date()).source


def test_each_time_that_clocks_show_is_told_once_by_a_large_city() -> None:
    assert [time.city for time in country_facts("CN", "zh-Hans", zones_of("CN"), AT).times] == ["Shanghai"]
    assert [time.city for time in country_facts("UA", "uk", zones_of("UA"), AT).times] == ["Kyiv"]
    assert country_facts("BR", "pt", zones_of("BR"), AT).times[0].city == "Sao Paulo"
    american = country_facts("US", "en", zones_of("US"), AT)
    assert {"New York", "Chicago", "Los Angeles"} <= {time.city for time in american.times}
    assert len({(time.offset, time.changes) for time in american.times}) == len(american.times)


def test_times_beyond_the_first_ones_are_counted() -> None:
    russian = country_facts("RU", "ru", zones_of("RU"), AT)

    assert (russian.times[0].city, len(russian.times)) == ("Moscow", 6)
    assert russian.more_times > 0


def test_a_date_is_written_in_the_nearest_language_that_is_known() -> None:
    samples = country_facts("JP", "en", ("Asia/Tokyo",), AT).samples

    assert samples is not None
    assert "2026" in samples[0]
