"""Grading what is rated, ordered, matched or written as a number."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import item, prose
from trainer.domain.content import (
    Effect,
    Interaction,
    Matching,
    MostAndLeast,
    Numeric,
    Option,
    Ordering,
    Pair,
    Part,
    RateEach,
)
from trainer.domain.grading import Given, Grade, UnfitAnswer, grade
from trainer.domain.grading.numbers import NotANumber, read_number

EFFECTS = list(Effect)
RATED = tuple(
    Option(name, prose(name), score, prose(), effect)
    for name, score, effect in zip("abcd", (1.0, 0.7, 0.3, 0.0), EFFECTS, strict=True)
)
PARTS = tuple(Part(name, prose(name)) for name in "abcde")
ORDER = Ordering(PARTS, (tuple("abcde"), tuple("bacde")), prose())
PAIRS = tuple(Pair(Part(name, prose(name)), Part(name, prose(name.upper())), prose()) for name in "abc")
MATCHING = Matching(PAIRS, (Part("x", prose("X")),), prose())


def graded(interaction: Interaction, **entries: str) -> Grade:
    return grade(item(interaction=interaction), Given(entries=tuple(entries.items())))


def in_order(letters: str) -> dict[str, str]:
    return {letter: str(place) for place, letter in enumerate(letters, start=1)}


# Rating each


def test_each_rating_scores_by_its_distance_from_the_key() -> None:
    one_off = graded(RateEach(RATED), a="best", b="weak", c="weak", d="harmful")
    reversed_ = graded(RateEach(RATED), a="harmful", b="weak", c="acceptable", d="best")

    assert one_off.score == pytest.approx((1 + 2 / 3 + 1 + 1) / 4)
    assert reversed_.score == pytest.approx((0 + 2 / 3 + 2 / 3 + 0) / 4)
    assert [part.score for part in one_off.parts] == pytest.approx([1, 2 / 3, 1, 1])


@pytest.mark.parametrize(
    "entries",
    [
        {"a": "best"},
        {"a": "best", "b": "best", "c": "best", "d": "superb"},
        {**dict.fromkeys("abcd", "best"), "e": "best"},
    ],
)
def test_a_rating_that_is_missing_unknown_or_too_many_does_not_fit(entries: dict[str, str]) -> None:
    with pytest.raises(UnfitAnswer):
        graded(RateEach(RATED), **entries)


# The most and the least effective


@pytest.mark.parametrize(("most", "least", "score"), [("a", "d", 1.0), ("a", "c", 0.5), ("b", "d", 0.5), ("d", "a", 0)])
def test_the_most_and_the_least_effective_count_half_each(most: str, least: str, score: float) -> None:
    assert graded(MostAndLeast(RATED), most=most, least=least).score == score


@pytest.mark.parametrize(("most", "least"), [("a", "a"), ("z", "a"), ("a", "z")])
def test_the_most_and_the_least_effective_are_two_options_of_the_item(most: str, least: str) -> None:
    with pytest.raises(UnfitAnswer):
        graded(MostAndLeast(RATED), most=most, least=least)


# Ordering


@pytest.mark.parametrize(
    ("letters", "score"),
    [("abcde", 1.0), ("bacde", 1.0), ("eabcd", 0.75), ("abced", 0.0), ("abdec", 0.0), ("edcba", 0.0)],
)
def test_an_order_scores_the_neighbours_that_were_kept_above_half(letters: str, score: float) -> None:
    assert graded(ORDER, **in_order(letters)).score == score


def test_only_an_accepted_order_scores_in_full() -> None:
    full = {
        "".join(letters) for letters in permutations("abcde") if graded(ORDER, **in_order("".join(letters))).score == 1
    }

    assert full == {"abcde", "bacde"}


def test_each_place_tells_what_stands_there_and_what_belongs_there() -> None:
    parts = graded(ORDER, **in_order("bcade")).parts

    assert [(part.given, part.expected) for part in parts][:2] == [("b", "a"), ("c", "b")]


@pytest.mark.parametrize(
    "entries", [{**in_order("abcde"), "a": "2"}, {**in_order("abcde"), "a": "x"}, in_order("abcd"), in_order("abcdz")]
)
def test_each_part_takes_a_place_of_its_own(entries: dict[str, str]) -> None:
    with pytest.raises(UnfitAnswer):
        graded(ORDER, **entries)


# Matching


def test_matching_scores_the_pairs_that_were_found() -> None:
    whole = graded(MATCHING, a="a", b="c", c="x")

    assert whole.score == pytest.approx(1 / 3)
    assert [(part.given, part.expected) for part in whole.parts] == [("A", "A"), ("C", "B"), ("X", "C")]


@pytest.mark.parametrize("entries", [{"a": "a", "b": "b"}, {"a": "a", "b": "b", "c": "z"}])
def test_every_left_side_is_matched_with_one_that_is_there(entries: dict[str, str]) -> None:
    with pytest.raises(UnfitAnswer):
        graded(MATCHING, **entries)


# Numbers


def number(value: str, tolerance: str = "0", *locales: str, unit: str = "") -> Numeric:
    return Numeric(Decimal(value), Decimal(tolerance), unit, locales or ("en_US",), prose())


@pytest.mark.parametrize(
    ("typed", "locales", "value"),
    [
        ("1234.5", ("en_US",), "1234.5"),
        ("1,234.5", ("en_US",), "1234.5"),
        ("1.234,5", ("de_DE",), "1234.5"),
        ("1234,5", ("de_DE",), "1234.5"),
        ("1 234,5", ("fr_FR",), "1234.5"),
        ("1\N{NARROW NO-BREAK SPACE}234,5", ("fr_FR",), "1234.5"),
        ("12,34,567", ("hi_IN",), "1234567"),
        ("-3", ("en_US",), "-3"),
        ("\N{MINUS SIGN}3", ("en_US",), "-3"),
        ("１２００", ("ja_JP",), "1200"),
        ("١٢", ("en_US",), "12"),
    ],
)
def test_a_number_is_read_as_people_of_the_place_write_it(typed: str, locales: tuple[str, ...], value: str) -> None:
    assert read_number(typed, locales) == {Decimal(value)}


def test_a_number_that_is_two_in_two_places_may_be_either() -> None:
    assert read_number("1.200", ("en_US", "de_DE")) == {Decimal("1.200"), Decimal(1200)}


@pytest.mark.parametrize("typed", ["", "twelve", "1,5", "1.2.3", "nan", "inf", "1e5", "--1"])
def test_what_is_no_number_is_told_and_never_counted_as_wrong(typed: str) -> None:
    with pytest.raises(NotANumber, match="Write a number in figures"):
        graded(number("12"), number=typed)


@pytest.mark.parametrize(("typed", "score"), [("12", 1.0), ("12.4", 1.0), ("11.5", 1.0), ("12.6", 0.0), ("-12", 0.0)])
def test_a_number_is_right_within_the_tolerance(typed: str, score: float) -> None:
    assert graded(number("12", "0.5"), number=typed).score == score


@pytest.mark.parametrize("typed", ["12 days", "12", "12days", "12 Days"])
def test_the_unit_may_be_written_or_left_out(typed: str) -> None:
    assert graded(number("12", unit="days"), number=typed).score == 1.0


def test_the_expected_number_is_written_as_in_the_first_place_with_its_unit() -> None:
    (part,) = graded(number("1234.5", "0", "de_DE", unit="EUR"), number="1").parts

    assert part.expected == "1.234,5 EUR"


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["en_US", "de_DE", "fr_FR", "ja_JP", "pt_BR"]))
def test_every_number_that_is_written_out_is_read_back(value: Decimal, place: str) -> None:
    written = f"{value:f}" if place in ("en_US", "ja_JP") else f"{value:f}".replace(".", ",")

    assert value in read_number(written, (place,))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        found = read_number(typed, ("en_US", "de_DE", "fr_FR"))
    except NotANumber:
        return
    assert all(value.is_finite() for value in found)
