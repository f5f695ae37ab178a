"""Days in words: the year only where it is another one."""

from datetime import date


def day_of(value: date, today: date) -> str:
    return f"{value:%A} {value.day} {value:%B}" + _year(value, today)


def short_day_of(value: date, today: date) -> str:
    return f"{value.day} {value:%b}" + _year(value, today)


def _year(value: date, today: date) -> str:
    return "" if value.year == today.year else f" {value.year}"
