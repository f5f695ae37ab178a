"""Decks open in Anki itself: its own package reads them back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from tests.builders import NOW, phrase
from tests.interchange.making import choice, html, numeric, option, plain, typed
from tests.interchange.making import number as a_number
from trainer.interchange.anki import write_phrase_deck, write_question_deck
from trainer.interchange.entries import (
    Body,
    Cloze,
    Description,
    Entry,
    Essay,
    Gap,
    Matching,
    Ordering,
    Pair,
    TrueFalse,
)


class Anki:
    """A learner's collection, in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take_in(self, deck: bytes) -> int:
        """How many notes are new."""
        path = self._folder / "deck.apkg"
        path.write_bytes(deck)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        return len(self.collection.import_anki_package(request).log.new)

    def fields(self) -> list[list[str]]:
        return [self.collection.get_note(note).fields for note in self.collection.find_notes("")]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    learner = Anki(tmp_path)
    yield learner
    learner.collection.close()


def test_phrases_arrive_with_a_card_each_way_and_their_sound(anki: Anki) -> None:
    written = write_phrase_deck([phrase("clarify-1")], {"clarify-1": b"ID3 sound"}, title="French", at=NOW)

    assert anki.take_in(written.data) == 1
    assert anki.collection.card_count() == 2
    assert anki.fields()[0][5] == "[sound:entente-clarify-1.mp3]"
    assert (Path(anki.collection.media.dir()) / "entente-clarify-1.mp3").read_bytes() == b"ID3 sound"
    assert anki.collection.decks.by_name("French") is not None
    assert written.problems == ()


def test_a_phrase_that_is_not_settled_says_so_behind_each_of_its_cards(anki: Anki) -> None:
    doubtful = replace(phrase("a"), is_doubtful=True)

    anki.take_in(write_phrase_deck([doubtful], {}, title="French", at=NOW).data)

    for card in anki.collection.find_cards(""):
        shown = anki.collection.get_card(card)
        assert "Not settled" in shown.answer()
        assert "Not settled" not in shown.question()


def test_a_settled_phrase_says_nothing_of_a_doubt(anki: Anki) -> None:
    anki.take_in(write_phrase_deck([phrase("a")], {}, title="French", at=NOW).data)

    assert "Not settled" not in "".join(anki.fields()[0])


def test_the_same_deck_again_makes_no_doubles(anki: Anki) -> None:
    first = write_phrase_deck([phrase("a"), phrase("b")], {}, title="French", at=NOW)

    anki.take_in(first.data)

    assert anki.take_in(write_phrase_deck([phrase("a"), phrase("b")], {}, title="French", at=NOW).data) == 0
    assert anki.collection.note_count() == 2


def test_a_phrase_without_sound_is_told() -> None:
    written = write_phrase_deck([phrase("a")], {}, title="French", at=NOW)

    assert "its card is silent" in written.problems[0].reason


def test_the_same_phrases_make_the_same_bytes() -> None:
    assert (
        write_phrase_deck([phrase("a")], {}, title="French", at=NOW).data
        == write_phrase_deck([phrase("a")], {}, title="French", at=NOW).data
    )


@pytest.mark.parametrize(
    ("body", "back"),
    [
        (choice(option(html("<b>a</b>"), "100"), option(html("b"))), "<ul><li><b>a</b></li></ul>"),
        (TrueFalse(answer=True, when_true=plain("So it is")), "True<div>So it is</div>"),
        (typed("a < b", "c"), "a &lt; b / c"),
        (numeric(a_number("3", "0.5")), "3 ± 0.5"),
        (Matching((Pair(plain("a"), plain("b")),)), "<ul><li>a → b</li></ul>"),
        (Ordering((plain("a"), plain("b"))), "<ol><li>a</li><li>b</li></ol>"),
        (Cloze((Gap(typed("a")),)), "<ol><li>a</li></ol>"),
        (Essay(for_grader=plain("Look")), "Look"),
    ],
)
def test_a_question_has_its_right_answer_on_the_back(anki: Anki, body: Body, back: str) -> None:
    anki.take_in(write_question_deck([Entry(body, plain("Q {#1}"))], title="Quiz", at=NOW).data)

    assert anki.fields()[0][1] == back


@pytest.mark.parametrize("body", [Description(), Essay(), typed(), numeric(a_number(None))])
def test_what_has_no_right_answer_makes_no_card_and_is_told(body: Body) -> None:
    written = write_question_deck([Entry(body, plain("Q"))], title="Quiz", at=NOW)

    assert written.problems[0].skipped
