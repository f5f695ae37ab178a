"""Moodle XML becomes entries; what cannot be kept is told."""

import pytest

from tests.interchange import samples
from tests.interchange.making import answer, choice, html, number, numeric, option, plain, share, typed
from trainer.interchange.entries import (
    Choice,
    Cloze,
    Description,
    Entry,
    EntryType,
    Essay,
    Gap,
    Matching,
    Ordering,
    Pair,
    TextFormat,
    TrueFalse,
)
from trainer.interchange.moodle.reading import read_moodle_xml
from trainer.interchange.readings import Reading, UnreadableFile


def read(questions: str) -> Reading:
    return read_moodle_xml(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}\n</quiz>'.encode())


def question(kind: str, inside: str, prompt: str = "Q") -> str:
    return (
        f'<question type="{kind}"><questiontext format="html"><text>{prompt}</text></questiontext>{inside}</question>'
    )


def only(questions: str) -> Entry:
    reading = read(questions)
    assert len(reading.entries) == 1, reading.problems
    return reading.entries[0]


def test_a_file_with_every_type_is_read() -> None:
    reading = read_moodle_xml(samples.MOODLE_XML.encode())

    assert [entry.type for entry in reading.entries] == [
        EntryType.CHOICE,
        EntryType.TRUE_FALSE,
        EntryType.TYPED,
        EntryType.NUMERIC,
        EntryType.MATCHING,
        EntryType.CLOZE,
        EntryType.ORDERING,
        EntryType.CLOZE,
        EntryType.ESSAY,
        EntryType.DESCRIPTION,
    ]
    assert {entry.category for entry in reading.entries} == {("Sales", "Prices")}
    assert (reading.read, reading.skipped) == (11, 1)
    assert [problem.reason for problem in reading.problems] == [
        "The file “a.png” inside the question was left out.",
        "The units d were left out; the number alone is compared.",
        "a question of type “calculated” cannot be read: a calculated question draws new numbers each time",
    ]
    assert [problem.line for problem in reading.problems] == [7, 26, 47]


def test_all_parts_of_a_choice_are_kept() -> None:
    entry = read_moodle_xml(samples.MOODLE_XML.encode()).entries[0]

    assert entry == Entry(
        body=choice(
            option(html("No one"), "100", html("Yes")),
            option(plain("Grant <i>"), "-33.33333"),
        ),
        prompt=html("<p>Who is <b>buried</b>?</p>"),
        title="Tomb",
        general_feedback=html("General"),
        when_right=html("Well done"),
        hints=(html("Think"),),
        tags=("history",),
        id="q1",
        category=("Sales", "Prices"),
    )
    assert (entry.origin.entry, entry.origin.line) == (1, 4)


@pytest.mark.parametrize("value", ["false", "0", ""])
def test_several_may_be_chosen_unless_single(value: str) -> None:
    answers = '<answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer>'

    entry = only(question("multichoice", f"<single>{value}</single>{answers}"))

    assert entry.body == choice(option(html("a"), "50"), option(html("b"), "50"), single=False)
    assert only(question("multichoice", answers)).type is EntryType.CHOICE


def test_the_true_answer_is_found_by_its_word() -> None:
    answers = (
        '<answer fraction="100"><text>false</text><feedback><text>f</text></feedback></answer>'
        '<answer fraction="0"><text>true</text><feedback><text>t</text></feedback></answer>'
    )

    assert only(question("truefalse", answers)).body == TrueFalse(
        answer=False, when_true=html("t"), when_false=html("f")
    )


def test_in_old_files_the_first_answer_is_the_true_one() -> None:
    answers = '<answer fraction="0"><text>Wahr</text></answer><answer fraction="100"><text>Falsch</text></answer>'

    reading = read(question("truefalse", answers))

    assert reading.entries[0].body == TrueFalse(answer=False)
    assert "“Wahr” is taken for true" in reading.problems[0].reason


def test_typed_answers_keep_weights_wildcards_and_case() -> None:
    answers = (
        '<usecase>1</usecase><answer fraction="100"><text>Tokyo</text></answer>'
        '<answer fraction="50"><text>5 \\* 3</text></answer><answer fraction="0"><text>*</text></answer>'
    )

    assert only(question("shortanswer", answers)).body == typed(
        "Tokyo", answer("5 * 3", "50"), answer("*", "0", pattern=True), case_sensitive=True
    )


def test_numbers_keep_tolerance_and_weights_also_in_the_old_form() -> None:
    answers = (
        '<answer fraction="100"><text>7</text><tolerance>0.5</tolerance></answer>'
        "<answer>8<fraction>0.5</fraction><tolerance>1</tolerance></answer>"
        '<answer fraction="0"><text>*</text></answer>'
    )

    assert only(question("numerical", answers)).body == numeric(
        number("7", "0.5"), number("8", "1", "50"), number(None, "0", "0")
    )


def test_a_pair_without_a_left_side_distracts() -> None:
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("Japan", "Tokyo"), ("Italy", "Rome"), ("", "Paris"))
    )

    assert only(question("matching", pairs)).body == Matching(
        (Pair(html("Japan"), plain("Tokyo")), Pair(html("Italy"), plain("Rome"))), (plain("Paris"),)
    )
    assert only(question("match", pairs)).type is EntryType.MATCHING


def test_the_fraction_of_a_step_is_its_place() -> None:
    answers = "".join(
        f'<answer fraction="{place}"><text>{text}</text></answer>' for place, text in ((3, "c"), (1, "a"), (2, "b"))
    )

    assert only(question("ordering", answers)).body == Ordering((html("a"), html("b"), html("c")))


def test_words_to_select_become_gaps_of_their_group() -> None:
    words = "".join(
        f"<selectoption><text>{text}</text><group>{group}</group></selectoption>"
        for text, group in (("a", 1), ("b", 1), ("x", 2), ("y", 2))
    )

    entry = only(question("gapselect", words, "One [[2]] two [[3]]"))

    assert entry.prompt == html("One {#1} two {#2}")
    assert entry.body == Cloze(
        (
            Gap(choice(option(html("a")), option(html("b"), "100"))),
            Gap(choice(option(html("x"), "100"), option(html("y")))),
        )
    )


def test_an_essay_keeps_what_its_grader_reads() -> None:
    inside = "<graderinfo><text>Look</text></graderinfo><responsetemplate><text>Dear</text></responsetemplate>"

    assert only(question("essay", inside)).body == Essay(html("Look"), html("Dear"))
    assert only(question("description", "")).body == Description()


@pytest.mark.parametrize(
    ("name", "text_format"),
    [
        ("html", TextFormat.HTML),
        ("moodle_auto_format", TextFormat.MOODLE),
        ("plain_text", TextFormat.PLAIN),
        ("markdown", TextFormat.MARKDOWN),
        ("unheard_of", TextFormat.HTML),
    ],
)
def test_a_text_keeps_its_format(name: str, text_format: TextFormat) -> None:
    xml = f'<question type="essay"><questiontext format="{name}"><text>Q</text></questiontext></question>'

    assert only(xml).prompt.format is text_format


def test_the_wiki_format_is_read_as_plain_and_told() -> None:
    reading = read('<question type="essay"><questiontext format="wiki_like"><text>Q</text></questiontext></question>')

    assert reading.entries[0].prompt == plain("Q")
    assert "wiki" in reading.problems[0].reason


def test_html_that_was_not_packed_as_text_is_taken_for_html() -> None:
    assert only(question("essay", "", "<p>Q &amp; A</p>")).prompt == html("<p>Q &amp; A</p>")


def test_scripts_and_pictures_are_taken_out_and_told() -> None:
    prompt = (
        "<![CDATA[<p onclick='x()'>Hi<script>alert(1)</script><a href='javascript:x()'>l</a>"
        "<img src='@@PLUGINFILE@@/a.png' alt='A map'></p>]]>"
    )

    reading = read(question("essay", "", prompt))

    assert reading.entries[0].prompt == html('<p>Hi<a rel="noopener noreferrer">l</a></p>')
    assert [problem.reason for problem in reading.problems] == [
        "A script was removed.",
        "A picture was left out (“A map”).",
        "A script in an event attribute was removed.",
        "A javascript: address was removed.",
    ]


def test_categories_are_no_questions() -> None:
    category = "<question type='category'><category><text>$course$/top/A//B/C</text></category></question>"

    reading = read(category + question("essay", ""))

    assert reading.read == 1
    assert reading.entries[0].category == ("A/B", "C")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (question("random", ""), "draw a question at random"),
        (question("ddmarker", ""), "dragging onto a picture"),
        (question("stack", ""), "“stack” cannot be read"),
        (question("multichoice", "<answer fraction='100'><text>a</text></answer>"), "at least two answers"),
        (question("truefalse", ""), "has no answers"),
        (question("shortanswer", ""), "no answer to compare with"),
        (question("numerical", "<answer fraction='100'><text>x</text></answer>"), "'x' is not a number"),
        (question("numerical", ""), "no number to compare with"),
        (question("matching", ""), "at least two pairs"),
        (question("ordering", ""), "at least two steps"),
        (question("cloze", "", "no gaps"), "no gap"),
        (question("gapselect", "", "[[1]]"), "has no word"),
        (question("multichoice", "<answer fraction='much'><text>a</text></answer>"), "'much' of an answer"),
    ],
)
def test_what_cannot_be_read_is_told_with_line_and_reason(xml: str, reason: str) -> None:
    reading = read(xml)

    assert (reading.read, reading.skipped) == (1, 1)
    assert (reading.problems[0].line, reading.problems[0].entry) == (3, 1)
    assert reason in reading.problems[0].reason


def test_an_element_that_is_no_question_is_told() -> None:
    assert "<other> is not a question" in read("<other/>").problems[0].reason


def test_xml_of_another_kind_is_refused_with_what_was_expected() -> None:
    with pytest.raises(UnreadableFile, match="begins with <quiz>"):
        read_moodle_xml(b"<html></html>")


CLOZES: list[tuple[str, str, Gap]] = [
    ("typed", "{1:SHORTANSWER:=Tokyo}", Gap(typed("Tokyo"))),
    ("typed in short", "{1:SA:=Tokyo}", Gap(typed("Tokyo"))),
    ("missing word", "{:MW:=Tokyo}", Gap(typed("Tokyo"))),
    ("case counts", "{2:SHORTANSWER_C:=Tokyo}", Gap(typed("Tokyo", case_sensitive=True), 2)),
    (
        "weights and feedback",
        "{1:SA:=Tokyo#Yes~%50%Edo#Old~*#No}",
        Gap(
            typed(
                answer("Tokyo", "100", html("Yes")),
                answer("Edo", "50", html("Old")),
                answer("*", "0", html("No"), pattern=True),
            )
        ),
    ),
    (
        "one of several",
        "{1:MULTICHOICE:wrong~=right#ok~%25%half}",
        Gap(choice(option(html("wrong")), option(html("right"), "100", html("ok")), option(html("half"), "25"))),
    ),
    ("first answer after a tilde", "{1:MC:~a~=b}", Gap(choice(option(html("a")), option(html("b"), "100")))),
    ("in a column", "{1:MCV:=a~b}", Gap(choice(option(html("a"), "100"), option(html("b"))), 1, "column")),
    ("in a row, shuffled", "{1:MCHS:=a~b}", Gap(choice(option(html("a"), "100"), option(html("b"))), 1, "row")),
    (
        "several of several",
        "{1:MULTIRESPONSE:=a~=b~c}",
        Gap(
            choice(option(html("a"), "50"), option(html("b"), "50"), option(html("c"), "-50"), single=False),
            1,
            "column",
        ),
    ),
    (
        "several with weights",
        "{1:MR:%50%a~%50%b~%-25%c}",
        Gap(
            choice(option(html("a"), "50"), option(html("b"), "50"), option(html("c"), "-25"), single=False),
            1,
            "column",
        ),
    ),
    ("a number", "{1:NUMERICAL:=23.8:0.1}", Gap(numeric(number("23.8", "0.1")))),
    ("a number with a comma", "{1:NM:=23,8:0,1}", Gap(numeric(number("23.8", "0.1")))),
    (
        "several numbers",
        "{1:NM:=23.8:0.1#yes~%50%23.8:2#near~*#no}",
        Gap(
            numeric(
                number("23.8", "0.1", "100", html("yes")),
                number("23.8", "2", "50", html("near")),
                number(None, "0", "0", html("no")),
            )
        ),
    ),
    ("escaped signs", "{1:SA:=a\\}b\\#c\\~d}", Gap(typed("a}b#c~d"))),
    ("entities", "{1:SA:=a &amp; b&lt;c}", Gap(typed("a & b<c"))),
    ("a brace in feedback", "{1:SA:=a#use \\} here}", Gap(typed(answer("a", "100", html("use } here"))))),
]


@pytest.mark.parametrize(("written", "gap"), [case[1:] for case in CLOZES], ids=[case[0] for case in CLOZES])
def test_a_gap_reads_as_in_moodle(written: str, gap: Gap) -> None:
    entry = only(question("cloze", "", f"<![CDATA[Before {written} after]]>"))

    assert entry.prompt == html("Before {#1} after")
    assert entry.body == Cloze((gap,))


def test_weights_of_several_responses_add_up_to_one() -> None:
    entry = only(question("cloze", "", "{1:MR:=a~=b~=c~d}"))

    body = entry.body.gaps[0].body  # type: ignore[union-attr]
    assert isinstance(body, Choice)
    assert [part.weight for part in body.options] == [share("33.33333")] * 3 + [share("-33.33333")]


@pytest.mark.parametrize("text", ["{1:XX:=a}", "{1:SA:}", "{1 SA =a}", "{1:SA:=a"])
def test_what_is_no_gap_stays_text(text: str) -> None:
    entry = only(question("cloze", "", f"{{1:SA:=x}} and {text}"))

    assert entry.prompt == html(f"{{#1}} and {text}")


@pytest.mark.parametrize(
    ("gap", "reason"),
    [
        ("{1:MC:=only}", "at least two answers"),
        ("{1:SA:%50%a}", "full mark"),
        ("{1:NM:=abc}", "is not a number"),
    ],
)
def test_a_gap_that_moodle_refuses_is_refused(gap: str, reason: str) -> None:
    assert reason in read(question("cloze", "", gap)).problems[0].reason


def test_gaps_are_numbered_in_their_order() -> None:
    entry = only(question("cloze", "", "{1:SA:=a} then {1:NM:=2} then {1:MC:x~=y}"))

    assert entry.prompt.text == "{#1} then {#2} then {#3}"
