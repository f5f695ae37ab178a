"""Contract with the calendar data: weekends, holidays, make-up days and what is only expected, per shipped country."""

from datetime import date, timedelta

import pytest

from tests.domain.calendar.shipped import PLACES, place
from trainer.domain.calendar import (
    DATA_VERSION,
    NEEDS_SUBDIVISION,
    Day,
    DayKind,
    Place,
    are_make_up_days_known,
    day_at,
    days_at,
    holidays_of,
    make_up_note,
    religious_dates,
    religious_dates_between,
    subdivisions_of,
)

SATURDAY_SUNDAY, FRIDAY_SATURDAY = {5, 6}, {4, 5}
HOLIDAYS = {
    "Tokyo": {"2027-04-29": "Showa Day", "2027-05-03": "Constitution Day", "2027-09-20": "Respect for the Aged Day"},
    "Shanghai": {
        "2027-02-06": "Chinese New Year (Spring Festival)",
        "2027-06-09": "Dragon Boat Festival",
        "2027-10-01": "National Day",
    },
    "Seoul": {
        "2027-02-07": "Korean New Year",
        "2027-02-09": "Alternative holiday for Korean New Year",
        "2027-09-15": "Chuseok",
    },
    "Hanoi": {
        "2027-02-06": "Lunar New Year",
        "2027-04-30": "Liberation Day/Reunification Day",
        "2027-09-02": "National Day",
    },
    "Mumbai": {"2027-01-26": "Republic Day", "2027-04-07": "Gudi Padwa", "2027-10-29": "Diwali"},
    "Munich": {"2027-01-06": "Epiphany", "2027-05-27": "Corpus Christi", "2027-10-03": "German Unity Day"},
    "Paris": {"2027-05-08": "Victory Day", "2027-07-14": "National Day", "2027-11-11": "Armistice Day"},
    "Madrid": {"2027-01-06": "Epiphany", "2027-10-12": "National Day", "2027-12-08": "Immaculate Conception"},
    "Las Palmas": {"2027-11-01": "All Saints' Day", "2027-10-12": "National Day", "2027-12-06": "Constitution Day"},
    "São Paulo": {
        "2027-02-08": "Carnival",
        "2027-07-09": "Constitutionalist Revolution",
        "2027-11-20": "National Day of Zumbi and Black Awareness",
    },
    "Riyadh": {
        "2027-02-22": "Founding Day Holiday",
        "2027-03-09": "Eid al-Fitr Holiday",
        "2027-09-23": "National Day Holiday",
    },
    "Dubai": {"2027-03-09": "Eid al-Fitr", "2027-05-16": "Eid al-Adha", "2027-12-02": "National Day"},
    "New York": {
        "2027-07-05": "Independence Day (observed)",
        "2027-11-25": "Thanksgiving Day",
        "2027-09-06": "Labor Day",
    },
    "London": {"2027-03-29": "Easter Monday", "2027-05-03": "May Day", "2027-08-30": "Late Summer Bank Holiday"},
    "Edinburgh": {
        "2027-01-04": "New Year Holiday (observed)",
        "2027-08-02": "Summer Bank Holiday",
        "2027-11-30": "Saint Andrew's Day",
    },
}


@pytest.mark.parametrize("where", PLACES, ids=lambda where: where.name)
def test_each_country_has_its_weekend(where: Place) -> None:
    weekend = FRIDAY_SATURDAY if where.country == "SA" else SATURDAY_SUNDAY
    found = {day.on.weekday() for day in days_at(where, date(2027, 1, 1), date(2027, 12, 31)) if _is_weekend(day)}

    assert found == weekend


@pytest.mark.parametrize(
    ("name", "day", "called"),
    [(name, day, called) for name, days in HOLIDAYS.items() for day, called in days.items()],
)
def test_each_country_has_its_holidays(name: str, day: str, called: str) -> None:
    found = day_at(place(name), date.fromisoformat(day))

    assert (found.kind, found.name) == (DayKind.HOLIDAY, called)


def test_england_keeps_the_days_that_the_data_lacks_without_a_part_of_the_country() -> None:
    august = date(2027, 8, 30)

    assert august not in holidays_of("GB", 2027)
    assert day_at(place("London"), august).is_off
    assert not day_at(place("Edinburgh"), august).is_off


@pytest.mark.parametrize("where", PLACES, ids=lambda where: where.name)
def test_a_country_whose_parts_differ_is_always_asked_for_the_part(where: Place) -> None:
    assert (where.subdivision is not None) == (where.country in NEEDS_SUBDIVISION)
    assert where.subdivision is None or where.subdivision in subdivisions_of(where.country)


@pytest.mark.parametrize("country", sorted(NEEDS_SUBDIVISION))
def test_without_its_part_a_country_that_needs_one_would_lack_days(country: str) -> None:
    whole = set(holidays_of(country, 2027))

    assert any(set(holidays_of(country, 2027, subdivision=each)) - whole for each in subdivisions_of(country))


def test_a_weekend_that_is_worked_to_make_up_is_a_working_day_once_announced() -> None:
    shanghai = place("Shanghai")
    saturday = day_at(shanghai, date(2026, 2, 14))

    assert saturday.kind is DayKind.MAKE_UP
    assert not saturday.is_off
    assert saturday.words == "Saturday is worked to make up for a holiday"
    assert are_make_up_days_known("CN", 2026)
    assert make_up_note(shanghai, 2026) == ""


def test_make_up_days_of_a_year_that_is_not_announced_are_said_to_be_unknown() -> None:
    assert not are_make_up_days_known("CN", 2040)
    assert make_up_note(place("Shanghai"), 2040).startswith(
        "Shanghai: the weekends that are worked in 2040 to make up for holidays are not announced yet."
    )
    assert make_up_note(place("Tokyo"), 2040) == ""


@pytest.mark.parametrize(
    ("name", "day", "is_expected"),
    [
        ("Riyadh", "2027-03-09", True),
        ("Riyadh", "2027-03-14", True),
        ("Riyadh", "2027-02-22", False),
        ("Dubai", "2027-05-17", True),
        ("Dubai", "2027-12-02", False),
        ("Mumbai", "2027-03-10", True),
        ("Mumbai", "2027-08-15", False),
        ("São Paulo", "2027-02-08", True),
        ("São Paulo", "2027-05-27", True),
        ("São Paulo", "2027-04-21", False),
        ("Tokyo", "2027-05-03", False),
    ],
)
def test_what_the_moon_or_each_employer_decides_is_marked_expected(name: str, day: str, is_expected: bool) -> None:
    found = day_at(place(name), date.fromisoformat(day))

    assert found.is_off
    assert found.is_expected == is_expected
    assert found.words.endswith("(expected)") == is_expected
    assert "estimated" not in found.words


def test_an_optional_day_on_which_offices_work_is_a_working_day() -> None:
    assert day_at(place("São Paulo"), date(2027, 10, 28)).kind is DayKind.WORKING


def test_in_ramadan_a_working_day_of_the_gulf_says_that_hours_are_shorter() -> None:
    assert day_at(place("Riyadh"), date(2027, 2, 15)).words == (
        "Ramadan (expected): shorter hours, late morning suits best"
    )
    assert day_at(place("Dubai"), date(2027, 3, 10)).name == "Eid al-Fitr Holiday"
    assert day_at(place("Tokyo"), date(2027, 2, 15)).words == ""


def test_religious_dates_agree_with_the_holidays_within_a_day() -> None:
    for year in range(2026, 2031):
        fitr = next(each.first for each in religious_dates(year) if each.name == "Eid al-Fitr")
        found = [day for day, name in holidays_of("AE", year).items() if name.startswith("Eid al-Fitr")]

        assert any(abs(day - fitr) <= timedelta(days=1) for day in found)


def test_religious_dates_are_in_order_and_found_also_over_the_turn_of_the_year() -> None:
    assert [(each.name, each.first.isoformat()) for each in religious_dates(2027)] == [
        ("Ramadan", "2027-02-08"),
        ("Eid al-Fitr", "2027-03-09"),
        ("Eid al-Adha", "2027-05-16"),
    ]
    assert [each.name for each in religious_dates(2030)].count("Ramadan") == 2
    assert [each.name for each in religious_dates_between(date(2031, 1, 2), date(2031, 1, 3))] == ["Ramadan"]
    assert religious_dates(1900) == ()
    assert religious_dates(2200) == ()


def test_the_data_says_its_version() -> None:
    assert DATA_VERSION.startswith("holidays 0.")


def _is_weekend(day: Day) -> bool:
    return day.kind is DayKind.WEEKEND
