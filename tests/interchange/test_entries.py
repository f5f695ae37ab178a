"""What can be asked of an entry, whatever file it came from."""

from decimal import Decimal

from app import ROOT
from tests.interchange.making import choice, html, markdown, number, option, plain, typed
from trainer.interchange.entries import Cloze, Entry, EntryType, Gap, NumericAnswer, Text, pieces
from trainer.interchange.phrases import COLUMNS
from trainer.interchange.sniffing import FileFormat


def test_a_choice_of_one_and_of_several_are_two_types() -> None:
    assert Entry(choice(option("a"))).type is EntryType.CHOICE
    assert Entry(choice(option("a"), single=False)).type is EntryType.MULTIPLE_CHOICE
    assert Entry(Cloze((Gap(typed("a")),))).type is EntryType.CLOZE


def test_a_number_with_tolerance_is_a_range() -> None:
    answer = number("3", "0.5")

    assert (answer.low, answer.high) == (Decimal("2.5"), Decimal("3.5"))
    assert NumericAnswer.between(Decimal("2.5"), Decimal("3.5")) == answer
    assert (number(None).low, number(None).high) == (None, None)


def test_the_words_of_a_text_are_without_its_tags() -> None:
    assert html("<p>a &amp; <b>b</b></p>").words == "a & b"
    assert plain("<b>").words == "<b>"
    assert markdown("*a*").words == "*a*"
    assert not Text()


def test_a_prompt_falls_into_texts_and_gaps() -> None:
    assert list(pieces("a {#1} b {#2}")) == ["a ", 1, " b ", 2, ""]
    assert list(pieces("{#x}")) == ["{#x}"]


def test_the_page_about_it_names_every_type_format_and_column() -> None:
    page = (ROOT / "docs" / "interchange.md").read_text(encoding="utf-8")

    for name in (*EntryType, *FileFormat, *COLUMNS):
        assert f"`{name}`" in page
