"""What the partner file tells of contacts fills what the charter leaves open."""

from datetime import date, time
from typing import Any

import pytest

from tests.domain.charter.charters import NAMES, STARTS_ON, TOKYO, contact, document
from trainer.domain.charter import (
    Charter,
    FlagKind,
    Habits,
    contact_flags,
    hours_in,
    read_charter,
    with_habits,
)

AWAY = Habits(away_from=date(2026, 12, 10), away_until=date(2026, 12, 20))


def charter(**fields: Any) -> Charter:
    named = {"who": "person:1", **fields}
    return read_charter(document(contacts=[contact("a"), contact("c", "theirs", **named)]))


def flags(found: Charter) -> set[tuple[FlagKind, str]]:
    return {(flag.kind, flag.who) for flag in contact_flags(found, STARTS_ON, NAMES)}


def test_who_is_away_by_the_partner_file_is_flagged() -> None:
    assert (FlagKind.ABSENT, "person:1") not in flags(charter())
    assert (FlagKind.ABSENT, "person:1") in flags(with_habits(charter(), {"person:1": AWAY}))


def test_an_absence_that_the_charter_names_holds_against_that_of_the_file() -> None:
    own = charter(away_from="2027-02-01", away_until="2027-02-08")

    assert with_habits(own, {"person:1": AWAY}) == own


def test_usual_hours_stand_where_the_charter_has_none() -> None:
    bare = charter(zone="", opens="", closes="")

    found = with_habits(bare, {"person:1": Habits(TOKYO, "8:30 to 17:30")}).contacts[1]

    assert (found.zone, found.opens, found.closes) == (TOKYO, time(8, 30), time(17, 30))


@pytest.mark.parametrize("fields", [{"opens": "08:00"}, {"opens": "", "closes": "", "zone": "Europe/Berlin"}])
def test_hours_of_the_file_are_not_mixed_with_those_of_the_charter(fields: dict[str, str]) -> None:
    own = charter(**fields)

    assert with_habits(own, {"person:1": Habits(TOKYO, "9:00 to 18:00")}) == own


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9:00 to 19:00, calls welcome", (time(9), time(19))),
        ("08.30–17.30", (time(8, 30), time(17, 30))),
        ("mornings", None),
        ("9:00 to 12:00 and 13:00 to 18:00", None),
        ("18:00 to 9:00", None),
        ("29:00 to 31:00", None),
    ],
)
def test_hours_are_read_from_words_only_where_they_are_one_span(words: str, hours: tuple[time, time] | None) -> None:
    assert hours_in(words) == hours
