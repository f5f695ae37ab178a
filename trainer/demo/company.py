"""Who is in the demo company, who signs in as what, and how each of them learns."""

from collections.abc import Mapping
from dataclasses import dataclass

DOMAIN = "halden.example"

TEAMS: Mapping[str, tuple[str, ...]] = {
    "Asia Sales": (
        "Ingrid Solberg", "Mateo Vidal", "Lena Hofmann", "Oskar Lind", "Priya Raman",
        "Tomasz Zielinski", "Grace Adeyemi", "Hugo Lambert", "Nadia Haddad", "Jonas Weber",
    ),
    "Europe Sales": (
        "Claire Beaumont", "Erik Nyström", "Sofia Marino", "Daniel Okafor", "Maren Voss",
        "Piotr Kowalski", "Yasmin Aziz", "Lukas Steiner", "Helen Carter", "Andrei Popa",
    ),
    "Supply": (
        "Katrin Berger", "Samuel Mensah", "Elif Demir", "Rasmus Holm", "Beatriz Rocha",
        "Viktor Novak", "Amelie Fontaine", "Idris Bello", "Paula Jansen", "Marco Conti",
    ),
    "Support": (
        "Anders Dahl", "Fatima Noor", "Stefan Keller", "Lucy Grant", "Miguel Torres",
        "Hanna Lehto", "Omar Farouk", "Julia Brandt", "Kofi Owusu", "Emma Lindqvist",
    ),
}  # fmt: skip
"""The first of each team manages it."""
LEARNER, MANAGER, TRAINER, ADMIN = "Lena Hofmann", "Ingrid Solberg", "Paula Jansen", "Emma Lindqvist"
SIGN_INS: Mapping[str, str] = {"learner": LEARNER, "manager": MANAGER, "trainer": TRAINER, "admin": ADMIN}


@dataclass(frozen=True)
class Study:
    """How someone learns: the course, from and until how many days ago, how able, how many sittings of each quiz."""

    course: str
    first_day: int
    last_day: int
    ability: float
    sittings: int = 1
    quizzes: int = 20


STUDIES: Mapping[str, tuple[Study, ...]] = {
    "Ingrid Solberg": (Study("japan", 80, 4, 3.6, 2), Study("partnering", 60, 6, 3.4, 2)),
    "Mateo Vidal": (Study("japan", 76, 3, 3.4, 2), Study("partnering", 50, 5, 3.0, 2)),
    "Lena Hofmann": (Study("japan", 70, 3, 2.2, 2), Study("partnering", 40, 9, 2.0, 1, 3)),
    "Oskar Lind": (Study("japan", 72, 2, 3.5, 2), Study("partnering", 45, 4, 3.2, 2)),
    "Priya Raman": (Study("japan", 66, 3, 3.5, 2), Study("partnering", 44, 4, 3.4, 2)),
    "Tomasz Zielinski": (Study("japan", 60, 5, 3.4, 2), Study("partnering", 40, 5, 3.2, 2)),
    "Grace Adeyemi": (Study("japan", 68, 2, 3.6, 2), Study("partnering", 35, 3, 3.2, 2)),
    "Hugo Lambert": (Study("japan", 55, 20, 1.0, 1, 4),),
    "Claire Beaumont": (Study("france", 62, 5, 3.2, 2), Study("partnering", 50, 12, 2.6, 1)),
    "Erik Nyström": (Study("france", 58, 12, 0.9, 1), Study("partnering", 44, 14, 1.0, 1, 3)),
    "Sofia Marino": (Study("france", 54, 9, 1.0, 1), Study("partnering", 30, 8, 1.1, 1)),
    "Daniel Okafor": (Study("france", 49, 5, 0.9, 1), Study("partnering", 33, 6, 1.5, 1)),
    "Maren Voss": (Study("france", 40, 10, 1.2, 1), Study("partnering", 25, 12, 1.0, 1, 2)),
    "Piotr Kowalski": (Study("france", 30, 16, 0.8, 1, 3),),
    "Katrin Berger": (Study("partnering", 70, 6, 2.6, 2), Study("japan", 40, 15, 1.2, 1, 4)),
    "Samuel Mensah": (Study("partnering", 52, 11, 1.0, 1),),
    "Elif Demir": (Study("partnering", 47, 8, 1.8, 2),),
    "Rasmus Holm": (Study("partnering", 31, 18, 0.4, 1, 3),),
    "Anders Dahl": (Study("partnering", 64, 20, 1.2, 1), Study("japan", 44, 18, 0.2, 1, 4)),
    "Fatima Noor": (Study("japan", 36, 12, -2.2), Study("partnering", 28, 12, -2.2)),
    "Stefan Keller": (Study("japan", 33, 14, -2.4), Study("partnering", 24, 13, -2.4)),
    "Lucy Grant": (Study("japan", 21, 10, -2.0), Study("partnering", 18, 12, -2.2)),
    "Miguel Torres": (Study("partnering", 15, 9, 0.0, 1, 2),),
}
"""Who is not named here has not started."""


def email_of(name: str) -> str:
    plain = name.lower().replace("ö", "o").replace(" ", ".")
    return f"{plain}@{DOMAIN}"
