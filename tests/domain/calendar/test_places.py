"""Places: what would be reckoned wrong is refused, in words that say what to choose."""

from datetime import time

import pytest

from trainer.domain.calendar import Place, UnclearPlace, UnclearZone, subdivisions_of
from trainer.domain.parties import Party


def make(country: str = "JP", zone: str = "Asia/Tokyo", subdivision: str | None = None, **hours: time) -> Place:
    return Place("Kobe", Party.THEIRS, country, zone, subdivision, **hours)


@pytest.mark.parametrize("country", ["GB", "ES", "DE", "IN", "BR", "US"])
def test_a_country_whose_parts_differ_needs_one(country: str) -> None:
    with pytest.raises(UnclearPlace, match="Choose the state or region of Kobe"):
        make(country)


def test_a_part_of_another_country_is_refused() -> None:
    with pytest.raises(UnclearPlace, match="BY is no part of Japan"):
        make(subdivision="BY")


def test_a_country_that_the_data_does_not_know_is_refused() -> None:
    with pytest.raises(UnclearPlace, match="The holidays of XX are not known"):
        make("XX")


def test_an_unclear_zone_is_refused() -> None:
    with pytest.raises(UnclearZone, match="several meanings"):
        make(zone="CST")


def test_work_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UnclearPlace, match="ends before it begins"):
        make(opens=time(18), closes=time(9))


def test_parts_of_a_country_have_names() -> None:
    assert subdivisions_of("GB") == {
        "ENG": "England",
        "NIR": "Northern Ireland",
        "SCT": "Scotland",
        "WLS": "Wales",
    }
    assert subdivisions_of("JP") == {}
    assert subdivisions_of("XX") == {}
