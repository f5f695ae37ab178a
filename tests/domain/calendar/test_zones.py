"""Names of zones that mean several: refused where a zone is chosen, flagged where one is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.calendar import UnclearZone, ambiguous_zones_in, clear_zone, zones
from trainer.domain.calendar.zones import AMBIGUOUS


@pytest.mark.parametrize("name", [*AMBIGUOUS, "cst", " EST "])
def test_an_ambiguous_name_is_refused_with_what_to_choose_instead(name: str) -> None:
    with pytest.raises(UnclearZone) as refused:
        clear_zone(name)

    assert all(zone in str(refused.value) for _, zone in AMBIGUOUS[name.strip().upper()])


@pytest.mark.parametrize("name", ["", "HST", "CST6CDT", "Etc/GMT+9", "GB", "Kobe", "Asia/Kobe", "UTC+9"])
def test_what_is_no_place_is_refused(name: str) -> None:
    with pytest.raises(UnclearZone, match="no time zone of a place"):
        clear_zone(name)


def test_every_zone_that_is_proposed_instead_is_clear() -> None:
    for choices in AMBIGUOUS.values():
        assert len({zone for _, zone in choices}) == len(choices) > 1
        assert all(clear_zone(zone) == zone for _, zone in choices)


def test_every_zone_on_offer_is_clear() -> None:
    assert all(clear_zone(zone) == zone for zone in (*zones(), "UTC"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We meet at 10:00 CST.", ["CST"]),
        ("3 pm EST, then 15h30 (BST)", ["EST", "BST"]),
        ("IST 9:30 and again 10:00 IST", ["IST"]),
        ("10:00CST", ["CST"]),
        ("10:00 in Shanghai, the IST Group joins", []),
        ("the 3 ESTABLISHED rules", []),
        ("10:00 JST, 02:00 UTC", []),
        ("12:00 est", []),
        ("", []),
    ],
)
def test_an_ambiguous_name_beside_a_time_is_flagged(text: str, found: list[str]) -> None:
    assert [each.name for each in ambiguous_zones_in(text)] == found


def test_the_flag_says_what_it_can_mean() -> None:
    (flag,) = ambiguous_zones_in("at 10:00 CST")

    assert "China Standard Time (Asia/Shanghai)" in flag.words
    assert flag.words.endswith("Write the city's time instead.")


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(each.name in text for each in ambiguous_zones_in(text))
