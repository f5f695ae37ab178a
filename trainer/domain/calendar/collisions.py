"""Weeks in which holidays of several places fall together, and what is off around a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainer.domain.calendar.days import Day, DayKind, days_at
from trainer.domain.calendar.places import Place


@dataclass(frozen=True, slots=True)
class PlaceDay:
    """A day that is out of the ordinary at a place."""

    place: Place
    day: Day


@dataclass(frozen=True, slots=True)
class Week:
    """A week, by its Monday, with the holidays and worked weekends in it by date, then in the order of the places."""

    monday: date
    days: tuple[PlaceDay, ...]

    @property
    def off_together(self) -> tuple[tuple[date, tuple[Place, ...]], ...]:
        """Dates on which two places or more have a holiday, and which."""
        by_date: dict[date, list[Place]] = {}
        for each in self.days:
            if each.day.kind is DayKind.HOLIDAY:
                by_date.setdefault(each.day.on, []).append(each.place)
        return tuple((on, tuple(off)) for on, off in by_date.items() if len(off) > 1)

    @property
    def is_collision(self) -> bool:
        """Whether holidays of two places or more lie in it, on one date or not."""
        return len({each.place.name for each in self.days if each.day.kind is DayKind.HOLIDAY}) > 1


def weeks_out_of_the_ordinary(places: Sequence[Place], first: date, last: date) -> tuple[Week, ...]:
    """Weeks with holidays or worked weekends of any place, from a date to another, both included."""
    found: dict[date, list[PlaceDay]] = {}
    for place in places:
        for day in days_at(place, first, last):
            if day.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP):
                found.setdefault(day.on - timedelta(days=day.on.weekday()), []).append(PlaceDay(place, day))
    order = {place: number for number, place in enumerate(places)}
    return tuple(
        Week(monday, tuple(sorted(days, key=lambda each: (each.day.on, order[each.place]))))
        for monday, days in sorted(found.items())
    )


def collision_weeks(places: Sequence[Place], first: date, last: date) -> tuple[Week, ...]:
    """Weeks in which two places or more have holidays."""
    return tuple(week for week in weeks_out_of_the_ordinary(places, first, last) if week.is_collision)
