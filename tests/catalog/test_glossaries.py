"""A glossary is read with all its mistakes told at once; the shipped ones keep what they promise."""

import re
from pathlib import Path

import pytest

from app import ROOT
from tests.catalog.sample import change, write_sample
from trainer.catalog import Shelf, check_catalog, load_catalog
from trainer.domain.content import CompetencyKind, Content, Glossary

NAME = "lessons/glossaries/parts.yaml"
TEXT = """\
id: parts
title: Parts
summary: "What we order."
partner: Kobe Seiki
licence: CC-BY-4.0
reviewers: []
terms:
  - id: gl-parts-batch
    term: batch
    meaning: "A quantity that is made in one run."
    example: "The fault is in one batch only."
    in:
      ja:
        text: ロット
        reading: ロット
        translit: rotto
        example: 一つのロットだけです。
        example_reading: ひとつのロットだけです。
        note: "Its number is [ロット番号]{lang=ja}."
      fr:
        text: le lot
        false_friends:
          - {text: "la batterie", why: "Something that holds power."}
  - id: gl-parts-spare
    term: spare part
    in:
      fr: {text: "la pièce de rechange"}
"""
KANA = re.compile(r"[\u3040-\u30ff0-9A-Z、。？！]+\Z")
ARTICLE = re.compile(r"^(le|la|les|un|une) |^l’")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def shipped() -> Content:
    return load_catalog(ROOT)


def told(root: Path) -> list[str]:
    _, problems = check_catalog(root)
    return [str(problem) for problem in problems]


def parts(root: Path) -> Glossary:
    return load_catalog(root).glossaries["parts"]


def test_a_glossary_is_read_with_its_terms(root: Path) -> None:
    glossary = parts(root)

    assert (glossary.title, glossary.partner, glossary.languages) == ("Parts", "Kobe Seiki", ("ja", "fr"))
    batch, spare = glossary.terms
    assert (batch.term, batch.meaning) == ("batch", "A quantity that is made in one run.")
    assert (batch.renderings["ja"].text, batch.renderings["ja"].translit) == ("ロット", "rotto")
    assert batch.renderings["fr"].false_friends[0].text == "la batterie"
    assert (spare.meaning, list(spare.renderings)) == (None, ["fr"])


def test_each_language_of_a_glossary_is_a_competency_with_items(root: Path) -> None:
    content = load_catalog(root)

    competency = content.competencies["glossary.parts.fr"]
    assert (competency.kind, competency.language) == (CompetencyKind.LANGUAGE, "fr")
    assert competency.can_do == "I can understand and use the 2 terms of “Parts” in French."
    assert content.items_by_competency["glossary.parts.fr"] == ("gl-parts-batch.fr.typed", "gl-parts-spare.fr.typed")


def test_a_term_is_found_as_a_phrase_that_can_be_heard(root: Path) -> None:
    phrase = load_catalog(root).phrases["gl-parts-batch.ja"]

    assert (phrase.audio_text, phrase.reading, phrase.lang) == ("ロット", "ロット", "ja")
    assert phrase.natural == "batch. A quantity that is made in one run."
    assert phrase.note.plain == (
        "Example: 一つのロットだけです。 (The fault is in one batch only.) Its number is ロット番号."
    )


def test_a_glossary_without_terms_waits_for_its_first(root: Path) -> None:
    (root / NAME).write_text(TEXT[: TEXT.index("  - id")].rstrip() + " []\n", encoding="utf-8")

    assert parts(root).terms == ()
    assert told(root) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("id: parts", "id: pieces", 1, "the id of a glossary is its file's name: 'parts', not 'pieces'"),
        ("    term: batch\n", "", 8, "missing key 'term' in a term"),
        ("    term: batch\n", "    term: batch\n    plural: batches\n", 10, "unknown key 'plural' in a term"),
        ("        text: ロット\n", "", 14, "missing key 'text' in a term in a language"),
        ("gl-parts-spare", "gl-parts-batch", 24, "id 'gl-parts-batch' is used already at " + NAME + ":8"),
        ("gl-parts-spare", "demo-names", 24, "id 'demo-names' is used already"),
        ("gl-parts-spare", "gl_parts", 24, "must be lower-case words joined by hyphens"),
        ("term: spare part", "term: Batch", 25, "the term 'Batch' stands twice in this glossary"),
        ("la batterie", "Le lot", 23, "'Le lot' is the term itself, not a false friend"),
        ("la batterie", "", 23, "'text' is empty"),
        ("      fr: {text", "      french: {text", 27, "'french' is not a BCP 47 language tag"),
        ("      fr: {text", "      en: {text", 27, "the term itself is English"),
        ("la pièce de rechange", "…", 27, "nothing in it that could be typed or said"),
        ("Something that holds power.", "<b>Power</b>", 23, "'why' holds HTML"),
        ("gl-parts-spare", "gl-" + "x" * 60, 24, "is longer than 60 characters"),
        ("term: spare part", f"term: {'x' * 201}", 25, "'term' is longer than 200 characters"),
    ],
)
def test_a_mistake_is_told_with_its_line(root: Path, old: str, new: str, line: int, words: str) -> None:
    change(root, NAME, old, new)

    (problem,) = [each for each in told(root) if words in each]
    assert problem.startswith(f"{NAME}:{line}: ")


def test_all_mistakes_of_a_glossary_are_told_at_once(root: Path) -> None:
    change(root, NAME, "title: Parts\n", "")
    change(root, NAME, "term: spare part", "name: spare part")

    assert len(told(root)) == 3


def test_an_example_in_two_languages_may_mean_the_same(root: Path) -> None:
    batch = parts(root).terms[0]

    assert batch.meaning_of_example("ja") == "The fault is in one batch only."


def test_a_file_that_is_no_glossary_is_told_of(root: Path) -> None:
    (root / "lessons/glossaries/parts.md").write_text("Parts", encoding="utf-8")
    (root / "lessons/glossaries/REVIEW.md").write_text("Who read it", encoding="utf-8")

    assert told(root) == [
        "lessons/glossaries/parts.md:1: is not read: a glossary is a .yaml file in lessons/glossaries/"
    ]


def test_a_glossary_may_not_take_the_name_of_a_course(root: Path) -> None:
    (root / NAME).rename(root / "lessons/glossaries/demo.yaml")
    change(root, "lessons/glossaries/demo.yaml", "id: parts", "id: demo")

    assert told(root) == ["lessons/glossaries/demo.yaml:1: there is a course of this name: choose another"]


def test_a_glossary_that_did_not_change_is_not_read_again(root: Path) -> None:
    shelf = Shelf()
    first, _ = check_catalog(root, None, shelf)
    second, _ = check_catalog(root, None, shelf)
    third, _ = check_catalog(root, {NAME: TEXT.replace("Parts", "Pieces")}, shelf)

    assert second.glossaries["parts"] is first.glossaries["parts"]
    assert third.glossaries["parts"].title == "Pieces"


# What is shipped


def test_three_glossaries_of_forty_terms_are_shipped_in_japanese_and_french(shipped: Content) -> None:
    assert {name: (len(each.terms), each.languages) for name, each in shipped.glossaries.items()} == dict.fromkeys(
        ("sales-and-contracts", "supply-and-logistics", "technical-support"), (40, ("ja", "fr"))
    )


def test_no_shipped_term_stands_twice(shipped: Content) -> None:
    terms = [term for glossary in shipped.glossaries.values() for term in glossary.terms]

    assert len({term.term for term in terms}) == len(terms)
    for lang in ("ja", "fr"):
        assert len({term.renderings[lang].text for term in terms}) == len(terms)


def test_each_shipped_example_holds_its_term(shipped: Content) -> None:
    for glossary in shipped.glossaries.values():
        for term in glossary.terms:
            assert term.term.casefold() in (term.example or "").casefold()
            japanese, french = term.renderings["ja"], term.renderings["fr"]
            assert japanese.text in (japanese.example or "")
            assert (japanese.reading or "?") in (japanese.example_reading or "")
            first = ARTICLE.sub("", french.text).split()[0]
            assert first.casefold() in (french.example or "").casefold()


def test_each_shipped_japanese_text_has_its_reading_in_kana(shipped: Content) -> None:
    for glossary in shipped.glossaries.values():
        for term in glossary.terms:
            japanese = term.renderings["ja"]
            assert KANA.match(japanese.reading or ""), japanese
            assert KANA.match(japanese.example_reading or ""), japanese
            assert re.fullmatch(r"[a-zāīūēō' ]+", japanese.translit or ""), japanese


def test_french_signs_of_two_parts_have_a_space_that_does_not_break(shipped: Content) -> None:
    for glossary in shipped.glossaries.values():
        for term in glossary.terms:
            french = term.renderings["fr"]
            assert not re.search(r"[^\u00a0][?!:;%]", french.example or ""), french
            assert "'" not in french.text
            assert "'" not in (french.example or "")


def test_every_shipped_glossary_gives_enough_to_judge_by(shipped: Content) -> None:
    for glossary in shipped.glossaries.values():
        for each in glossary.lists.values():
            assert len(shipped.items_by_competency[each.competency.id]) == 80
            assert [len(quiz.items) for quiz in each.quizzes] == [16] * 5
