"""Days out of the ordinary of a country and its part, as the charter asks for them."""

from datetime import date

from trainer.domain.calendar import Day, DayKind, countries, day_in, subdivisions_of


def special_day(country: str, subdivision: str, on: date) -> Day | None:
    """A public holiday, or a day of the weekend that is worked; None on other days and where none are known."""
    if country not in countries():
        return None
    day = day_in(country, subdivision if subdivision in subdivisions_of(country) else None, on)
    return day if day.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP) else None
