"""One text, or one entry, of what two people wrote."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.authoring.together import merged, on_top

BASE = "".join(f"line {number}\n" for number in range(8))


def test_changes_of_different_places_are_both_kept() -> None:
    mine = BASE.replace("line 1\n", "mine\n")
    theirs = BASE.replace("line 4\n", "").replace("line 7\n", "line 7\ntheirs\n")

    assert merged(BASE, mine, theirs) == mine.replace("line 4\n", "").replace("line 7\n", "line 7\ntheirs\n")


def test_changes_of_the_same_line_or_of_neighbours_do_not_fit() -> None:
    mine = BASE.replace("line 1\n", "mine\n")

    assert merged(BASE, mine, BASE.replace("line 1\n", "theirs\n")) is None
    assert merged(BASE, mine, BASE.replace("line 2\n", "theirs\n")) is None


def test_the_same_change_by_both_is_made_once() -> None:
    both = BASE.replace("line 1\n", "same\n")

    assert merged(BASE, both, both) == both


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_where_only_one_changed_anything_it_is_theirs(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{each}\n" for each in lines) for lines in (old, new))

    assert merged(before, before, after) == after
    assert merged(before, after, before) == after


def test_of_an_entry_the_fields_that_i_changed_are_mine_and_the_others_theirs() -> None:
    base = {"ask": "a", "stem": "s", "level": "A1", "topic": "names"}
    mine = {"ask": "mine", "stem": "s", "topic": "names", "misreading": "mine"}
    theirs = {"ask": "theirs", "stem": "theirs", "level": "A1"}

    assert on_top(base, mine, theirs) == {"ask": "mine", "stem": "theirs", "misreading": "mine"}


def test_one_is_not_true() -> None:
    assert on_top({"a": 1}, {"a": True}, {"a": 1}) == {"a": True}
