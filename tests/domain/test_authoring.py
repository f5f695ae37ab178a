"""How two texts of a content file are set side by side."""

from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.authoring import LinePair, Run, difference

TEXTS = st.text(st.sampled_from("ab cé日本\n"), max_size=60)


def side(pairs: tuple[LinePair, ...], *, before: bool) -> list[tuple[int, str]]:
    """The lines of one side with their numbers."""
    found = []
    for pair in pairs:
        number, runs = (pair.before_number, pair.before) if before else (pair.after_number, pair.after)
        if number is not None:
            found.append((number, "".join(run.text for run in runs)))
    return found


def test_texts_that_are_the_same_have_no_difference() -> None:
    assert difference("one\ntwo\n", "one\ntwo\n") == ()


def test_a_changed_line_marks_the_words_that_changed() -> None:
    ((pair,),) = difference("title: Japan\n", "title: Japan for us\n", around=0)

    assert pair.before == (Run("title: Japan", True),)
    assert [run for run in pair.after if run.is_changed] == [Run(" for us", True)]
    assert pair.is_changed


def test_words_of_a_script_without_spaces_are_marked_character_by_character() -> None:
    ((pair,),) = difference("text: 見積書です", "text: 見積もりです", around=0)

    assert [run.text for run in pair.before if run.is_changed] == ["書"]
    assert [run.text for run in pair.after if run.is_changed] == ["もり"]


def test_lines_that_only_one_text_has_stand_beside_nothing() -> None:
    ((pair,),) = difference("one\n", "one\ntwo\n", around=0)

    assert (pair.before_number, pair.before) == (None, ())
    assert (pair.after_number, pair.after) == (2, (Run("two", True),))


@given(TEXTS, TEXTS)
def test_both_sides_are_the_texts_themselves(before: str, after: str) -> None:
    pairs = tuple(pair for group in difference(before, after, around=100) for pair in group)

    if before.splitlines() != after.splitlines():
        assert side(pairs, before=True) == list(enumerate(before.splitlines(), 1))
        assert side(pairs, before=False) == list(enumerate(after.splitlines(), 1))
    changed = {pair.before_number for pair in pairs if pair.is_changed}
    alike = [pair for pair in pairs if not pair.is_changed]
    assert all(pair.before_number not in changed for pair in alike)
    assert all([run.text for run in pair.before] == [run.text for run in pair.after] for pair in alike)
