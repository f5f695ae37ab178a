"""Weeks in which holidays of several places fall together."""

from datetime import date

from tests.domain.calendar.shipped import place
from trainer.domain.calendar import collision_weeks, weeks_out_of_the_ordinary

FIVE = [place(name) for name in ("Tokyo", "Shanghai", "Seoul", "Hanoi", "London")]


def test_on_3_may_2027_five_countries_are_off_at_once() -> None:
    weeks = collision_weeks(FIVE, date(2027, 4, 26), date(2027, 5, 9))
    together = {on: [each.name for each in off] for week in weeks for on, off in week.off_together}

    assert together[date(2027, 5, 3)] == ["Tokyo", "Shanghai", "Seoul", "Hanoi", "London"]
    assert [week.monday for week in weeks] == [date(2027, 4, 26), date(2027, 5, 3)]


def test_in_february_2027_lunar_new_year_meets_carnival() -> None:
    places = [place("Shanghai"), place("São Paulo")]
    (week,) = collision_weeks(places, date(2027, 2, 8), date(2027, 2, 14))

    assert [(on.day, [each.name for each in off]) for on, off in week.off_together] == [
        (8, ["Shanghai", "São Paulo"]),
        (9, ["Shanghai", "São Paulo"]),
    ]


def test_holidays_of_one_place_alone_are_no_collision_but_are_told() -> None:
    places = [place("Tokyo"), place("Paris")]
    week = date(2027, 7, 12), date(2027, 7, 18)

    assert collision_weeks(places, *week) == ()
    (told,) = weeks_out_of_the_ordinary(places, *week)
    assert [(each.place.name, each.day.name) for each in told.days] == [("Paris", "National Day")]
    assert told.off_together == ()


def test_different_days_of_one_week_collide_too() -> None:
    (week,) = collision_weeks([place("Tokyo"), place("Paris")], date(2027, 5, 3), date(2027, 5, 9))

    assert week.off_together == ()
    assert {each.place.name for each in week.days} == {"Tokyo", "Paris"}


def test_a_worked_weekend_is_told() -> None:
    (week,) = weeks_out_of_the_ordinary([place("Shanghai")], date(2026, 2, 9), date(2026, 2, 14))

    assert [each.day.words for each in week.days] == ["Saturday is worked to make up for a holiday"]
