"""A glossary's text is changed term by term, and stays as its author wrote it elsewhere."""

import yaml

from trainer.authoring.glossaries import (
    Change,
    Merging,
    field_of_line,
    head_data,
    merge_rows,
    new_term_id,
    term_data,
    used_ids,
    with_head,
    with_term,
    without_term,
)
from trainer.interchange.glossaries import FalseFriend, TermRow

TEXT = """\
# Kept by the parts desk
id: parts
title: Parts
summary: "What we order."
licence: CC-BY-4.0
reviewers: []
terms:
  - id: gl-parts-batch # asked for daily
    term: batch
    meaning: "A quantity made in one run."
    in:
      fr:
        text: le lot
        false_friends:
          - {text: "la batterie", why: "Something that holds power."}
  # the second desk
  - id: gl-parts-spare
    term: spare part
    in:
      fr: {text: "la pièce de rechange"}
"""
BATCH = {
    "id": "gl-parts-batch",
    "term": "batch",
    "meaning": "A quantity made in one run.",
    "in": {"fr": {"text": "le lot", "false_friends": [{"text": "la batterie", "why": "Something that holds power."}]}},
}


def merged(*rows: TermRow, text: str = TEXT) -> Merging:
    return merge_rows(text, "parts", rows, set())


def test_a_changed_term_changes_its_own_lines_only() -> None:
    changed = {**BATCH, "meaning": "What is made in one run."}

    text = with_term(TEXT, changed)

    assert text == TEXT.replace("A quantity made in one run.", "What is made in one run.")


def test_a_new_term_stands_at_the_end_without_what_is_empty() -> None:
    term = {"id": "gl-parts-screw", "term": "screw", "meaning": "", "in": {"fr": {"text": "la vis", "note": ""}}}

    text = with_term(TEXT, term)

    assert text.startswith(TEXT)
    assert yaml.safe_load(text)["terms"][2] == {
        "id": "gl-parts-screw",
        "term": "screw",
        "in": {"fr": {"text": "la vis"}},
    }


def test_the_first_term_of_an_empty_glossary_can_be_written() -> None:
    empty = TEXT[: TEXT.index("terms:")] + "terms: []\n"

    assert yaml.safe_load(with_term(empty, BATCH))["terms"] == [BATCH]


def test_the_id_of_a_term_that_is_taken_out_is_kept() -> None:
    text = without_term(TEXT, "gl-parts-batch")

    assert term_data(text, "gl-parts-batch") is None
    assert "# the second desk\n" in text
    assert used_ids(text) == {"gl-parts-batch", "gl-parts-spare"}


def test_the_last_term_can_be_taken_out() -> None:
    text = without_term(without_term(TEXT, "gl-parts-batch"), "gl-parts-spare")

    assert yaml.safe_load(text)["terms"] == []
    assert yaml.safe_load(with_term(text, {**BATCH, "id": "gl-parts-new"}))["terms"][0]["term"] == "batch"


def test_title_and_partner_are_changed_above_the_terms() -> None:
    text = with_head(TEXT, {"title": "Spare parts", "summary": "What we order.", "partner": "Kobe Seiki"})

    assert head_data(text) == {"title": "Spare parts", "summary": "What we order.", "partner": "Kobe Seiki"}
    assert head_data(with_head(text, {**head_data(text), "partner": ""}))["partner"] == ""
    assert text.startswith("# Kept by the parts desk\n")


def test_an_id_tells_the_term_and_is_used_once() -> None:
    assert new_term_id("parts", "Café table (large)", set()) == "gl-parts-cafe-table-large"
    assert new_term_id("parts", "screw", {"gl-parts-screw", "gl-parts-screw-2"}) == "gl-parts-screw-3"
    assert new_term_id("parts", "納期", set()) == "gl-parts"
    assert len(new_term_id("parts", "x" * 200, set())) <= 60


def test_a_row_changes_the_term_of_its_english_name_and_leaves_what_it_does_not_say() -> None:
    found = merged(TermRow("le lot (de production)", "fr", "Batch", note="Short: le lot."))

    assert (found.added, found.changed, found.same) == ((), ("batch",), ())
    assert found.changes == (
        Change("batch", "fr", "text", "le lot", "le lot (de production)"),
        Change("batch", "fr", "note", "", "Short: le lot."),
    )
    rendering = term_data(found.text, "gl-parts-batch")["in"]["fr"]  # type: ignore[index]
    assert rendering["text"] == "le lot (de production)"
    assert rendering["false_friends"][0]["text"] == "la batterie"
    assert found.text.count("# asked for daily") == 1


def test_rows_of_several_languages_make_one_term() -> None:
    found = merged(
        TermRow("screw", "en", "Holds things together.", example="A screw is missing."),
        TermRow("ねじ", "ja", "screw", reading="ねじ"),
        TermRow("la vis", "fr", "Screw"),
    )

    assert (found.added, found.problems) == (("screw",), ())
    assert term_data(found.text, "gl-parts-screw") == {
        "id": "gl-parts-screw",
        "term": "screw",
        "meaning": "Holds things together.",
        "example": "A screw is missing.",
        "in": {"ja": {"text": "ねじ", "reading": "ねじ"}, "fr": {"text": "la vis"}},
    }


def test_the_same_table_twice_makes_no_doubles() -> None:
    rows = (TermRow("ねじ", "ja", "screw"), TermRow("le lot", "fr", "batch", false_friends=(FalseFriend("le loto"),)))
    once = merged(*rows)

    twice = merged(*rows, text=once.text)

    assert twice.changes_nothing
    assert (twice.text, twice.same) == (once.text, ("batch", "screw"))


def test_a_row_may_name_its_term_by_id_and_give_it_another_name() -> None:
    found = merged(TermRow("lot", "en", "A quantity.", id="gl-parts-batch"))

    assert found.changed == ("lot",)


def test_an_id_of_another_glossary_is_not_taken_over() -> None:
    found = merged(TermRow("la vis", "fr", "screw", id="gl-sales-quotation"))

    assert term_data(found.text, "gl-parts-screw") is not None


def test_a_false_friend_without_a_why_says_the_least() -> None:
    found = merged(TermRow("le lot", "fr", "batch", false_friends=(FalseFriend("la batterie"), FalseFriend("le loto"))))

    friends = term_data(found.text, "gl-parts-batch")["in"]["fr"]["false_friends"]  # type: ignore[index]
    assert friends == [
        {"text": "la batterie", "why": "Something that holds power."},
        {"text": "le loto", "why": "It does not mean “batch”."},
    ]


def test_a_term_without_a_word_in_another_language_is_left_out() -> None:
    found = merged(TermRow("screw", "en", "Holds things together.", line=7))

    assert found.changes_nothing
    assert (found.problems[0].line, "screw" in found.problems[0].reason) == (7, True)


def test_a_row_of_another_partner_is_left_out() -> None:
    ours = with_head(TEXT, {"title": "Parts", "summary": "x", "partner": "Kobe Seiki"})

    assert merged(TermRow("la vis", "fr", "screw", partner="Kobe seiki"), text=ours).added == ("screw",)
    assert (
        "for Kobe Seiki"
        in merged(TermRow("la vis", "fr", "screw", partner="Nord", line=3), text=ours).problems[0].reason
    )
    assert "with any partner" in merged(TermRow("la vis", "fr", "screw", partner="Nord")).problems[0].reason


def test_a_line_leads_to_its_field() -> None:
    line = TEXT[: TEXT.index("text: le lot")].count("\n") + 1

    assert field_of_line(TEXT, "gl-parts-batch", line) == ("in", "fr", "text")
    assert field_of_line(TEXT, "gl-parts-batch", 1) == ()
    assert field_of_line(TEXT, "gl-parts-gone", line) == ()
