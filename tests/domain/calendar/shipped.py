"""The countries that are shipped, as places: each zone of theirs that people work in."""

from datetime import time

from trainer.domain.calendar import Place
from trainer.domain.parties import Party

SHIPPED = (
    ("Tokyo", "JP", "Asia/Tokyo", None),
    ("Shanghai", "CN", "Asia/Shanghai", None),
    ("Seoul", "KR", "Asia/Seoul", None),
    ("Hanoi", "VN", "Asia/Ho_Chi_Minh", None),
    ("Mumbai", "IN", "Asia/Kolkata", "MH"),
    ("Munich", "DE", "Europe/Berlin", "BY"),
    ("Paris", "FR", "Europe/Paris", None),
    ("Madrid", "ES", "Europe/Madrid", "MD"),
    ("Las Palmas", "ES", "Atlantic/Canary", "CN"),
    ("São Paulo", "BR", "America/Sao_Paulo", "SP"),
    ("Manaus", "BR", "America/Manaus", "AM"),
    ("Rio Branco", "BR", "America/Rio_Branco", "AC"),
    ("Noronha", "BR", "America/Noronha", "PE"),
    ("Riyadh", "SA", "Asia/Riyadh", None),
    ("Dubai", "AE", "Asia/Dubai", None),
    ("New York", "US", "America/New_York", "NY"),
    ("Chicago", "US", "America/Chicago", "IL"),
    ("Denver", "US", "America/Denver", "CO"),
    ("Phoenix", "US", "America/Phoenix", "AZ"),
    ("Los Angeles", "US", "America/Los_Angeles", "CA"),
    ("Anchorage", "US", "America/Anchorage", "AK"),
    ("Honolulu", "US", "Pacific/Honolulu", "HI"),
    ("London", "GB", "Europe/London", "ENG"),
    ("Edinburgh", "GB", "Europe/London", "SCT"),
)
"""Name, country, zone, subdivision."""


def place(name: str, opens: int = 9, closes: int = 18, party: Party = Party.THEIRS) -> Place:
    country, zone, subdivision = next(rest for known, *rest in SHIPPED if known == name)
    return Place(name, party, str(country), str(zone), subdivision, time(opens), time(closes))


PLACES = tuple(place(name) for name, *_ in SHIPPED)
