"""GIFT files become the entries that Moodle's own importer makes of them."""

from decimal import Decimal

import pytest

from tests.interchange.making import (
    answer,
    choice,
    html,
    markdown,
    moodle,
    number,
    numeric,
    option,
    plain,
    typed,
)
from trainer.interchange.entries import (
    Body,
    Description,
    Entry,
    EntryType,
    Essay,
    Matching,
    Pair,
    TextFormat,
    TrueFalse,
)
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.readings import Reading


def read(gift: str) -> Reading:
    return read_gift(gift.encode())


def only(gift: str) -> Entry:
    reading = read(gift)
    assert len(reading.entries) == 1, reading.problems
    return reading.entries[0]


BODIES: list[tuple[str, str, str, Body]] = [
    ("= marks the one right answer", "Q{~a =b ~c}", "Q", choice(option("a"), option("b", "100"), option("c"))),
    ("answers stand on lines of their own", "Q{\n\t=a\n\t~b\n}", "Q", choice(option("a", "100"), option("b"))),
    ("text after the answers makes a blank", "Is {~a =b} it?", "Is _____ it?", choice(option("a"), option("b", "100"))),
    ("a full stop after them does too", "Two is {=two =2}.", "Two is _____.", typed("two", "2")),
    (
        "answers at the beginning leave a blank",
        "{=Rome ~Bari} is it",
        "_____ is it",
        choice(option("Rome", "100"), option("Bari")),
    ),
    (
        "without = several may be chosen",
        "Q{~%50%a ~%50%b ~%-100%c}",
        "Q",
        choice(option("a", "50"), option("b", "50"), option("c", "-100"), single=False),
    ),
    (
        "a full weight does not make it single",
        "Q{~%100%a ~b}",
        "Q",
        choice(option("a", "100"), option("b"), single=False),
    ),
    ("all wrong is still a multiple choice", "Q{~a ~b}", "Q", choice(option("a"), option("b"), single=False)),
    (
        "half marks beside the right answer",
        "Q{~a ~%50%b =c}",
        "Q",
        choice(option("a"), option("b", "50"), option("c", "100")),
    ),
    (
        "weights have decimals",
        "Q{~%33.333%a ~%66.667%b}",
        "Q",
        choice(option("a", "33.333"), option("b", "66.667"), single=False),
    ),
    ("a weight of three digits", "Q{~%-100%a =b}", "Q", choice(option("a", "-100"), option("b", "100"))),
    ("a weight after = is text", "Q{=%50%a ~b}", "Q", choice(option("%50%a", "100"), option("b"))),
    ("a weight in words is text", "Q{=a ~%half%b}", "Q", choice(option("a", "100"), option("%half%b"))),
    ("a weight without whole digits is text", "Q{=a ~%.5%b}", "Q", choice(option("a", "100"), option("%.5%b"))),
    ("space before a weight does not matter", "Q{=a ~ %50%b}", "Q", choice(option("a", "100"), option("b", "50"))),
    (
        "# begins feedback",
        "Q{=a # yes ~b#no}",
        "Q",
        choice(option("a", "100", moodle("yes")), option("b", "0", moodle("no"))),
    ),
    ("feedback keeps later #", "Q{=a#1 # 2 ~b}", "Q", choice(option("a", "100", moodle("1 # 2")), option("b"))),
    (
        "feedback runs over lines",
        "Q{\n=a#one\ntwo\n~b}",
        "Q",
        choice(option("a", "100", moodle("one\ntwo")), option("b")),
    ),
    (
        "escaped braces in feedback",
        "Q{=a#write \\{\\} here ~b}",
        "Q",
        choice(option("a", "100", moodle("write {} here")), option("b")),
    ),
    ("escaped signs in an answer", "Q{=\\= 2 + 3 ~\\~ \\#}", "Q", choice(option("= 2 + 3", "100"), option("~ #"))),
    (
        "an escaped = does not make it single",
        "Q{~%100%a\\=b ~c}",
        "Q",
        choice(option("a=b", "100"), option("c"), single=False),
    ),
    ("a double backslash is one", "Q{=a\\\\b ~c}", "Q", choice(option("a\\b", "100"), option("c"))),
    (
        "a double backslash ends before the next escape",
        "Q{=\\\\\\= ~c}",
        "Q",
        choice(option("\\=", "100"), option("c")),
    ),
    ("a backslash before other letters stays", "Q{=a\\b ~c}", "Q", choice(option("a\\b", "100"), option("c"))),
    ("\\n is a line break", "One\\ntwo{=a ~b}", "One\ntwo", choice(option("a", "100"), option("b"))),
    ("\\\\n is a backslash and an n", "C:\\\\new{=a ~b}", "C:\\new", choice(option("a", "100"), option("b"))),
    (
        "entities of HTML stay as written",
        "a &lt; b &amp; c{=x ~y}",
        "a &lt; b &amp; c",
        choice(option("x", "100"), option("y")),
    ),
    ("a lone < is no tag", "Is 1 < 2 {=a ~b}", "Is 1 < 2", choice(option("a", "100"), option("b"))),
    ("only = is typed", "Q{=no one =nobody}", "Q", typed("no one", "nobody")),
    ("a bare word is typed", "Q{four}", "Q", typed("four")),
    ("a bare word before = too", "Q{four =4}", "Q", typed("four", "4")),
    (
        "typed answers have weights and feedback",
        "Q{=Nazareth#Yes! =%75%Nazereth#Misspelled.}",
        "Q",
        typed(answer("Nazareth", "100", moodle("Yes!")), answer("Nazereth", "75", moodle("Misspelled."))),
    ),
    (
        "=%0%* catches everything else",
        "Q{=Frog =%0%*#No}",
        "Q",
        typed("Frog", answer("*", "0", moodle("No"), pattern=True)),
    ),
    ("a star is a wildcard", "Q{=*col*r*}", "Q", typed(answer("*col*r*", pattern=True))),
    ("an escaped star is a star", "Q{=5 \\* 3}", "Q", typed("5 * 3")),
    ("a typed answer is no HTML", "Q{=<b> =a > b}", "Q", typed("<b>", "a > b")),
    ("lower-case true is typed", "Q{true}", "Q", typed("true")),
    ("T is true", "Q{T}", "Q", TrueFalse(answer=True)),
    ("TRUE is true", "Q{TRUE}", "Q", TrueFalse(answer=True)),
    ("F is false", "Q{F}", "Q", TrueFalse(answer=False)),
    ("FALSE with space around", "Q{ FALSE }", "Q", TrueFalse(answer=False)),
    (
        "feedback of a true statement: wrong first, then right",
        "Q{TRUE#wrong#right}",
        "Q",
        TrueFalse(answer=True, when_true=moodle("right"), when_false=moodle("wrong")),
    ),
    (
        "feedback of a false statement",
        "Q{F#wrong#right}",
        "Q",
        TrueFalse(answer=False, when_true=moodle("wrong"), when_false=moodle("right")),
    ),
    ("one feedback is for the wrong answer", "Q{T#no}", "Q", TrueFalse(answer=True, when_false=moodle("no"))),
    ("only the right answer has feedback", "Q{T##yes}", "Q", TrueFalse(answer=True, when_true=moodle("yes"))),
    ("=T is typed", "Q{=T}", "Q", typed("T")),
    ("# first is a number", "Q{#1822}", "Q", numeric(number("1822"))),
    (": is a tolerance", "Q{#1822:5}", "Q", numeric(number("1822", "5"))),
    (".. is a range", "Q{#3.141..3.142}", "Q", numeric(number("3.1415", "0.0005"))),
    ("a range may stand upside down", "Q{#5..1}", "Q", numeric(number("3", "2"))),
    ("a negative range", "Q{#-5..-1}", "Q", numeric(number("-3", "2"))),
    (
        "several numbers with weights",
        "Q{#\n=1822:0#Right\n=%50%1822:2#Close}",
        "Q",
        numeric(number("1822", "0", "100", moodle("Right")), number("1822", "2", "50", moodle("Close"))),
    ),
    (
        "~ of a number is feedback for all others",
        "Q{#3:2~#Completely wrong}",
        "Q",
        numeric(number("3", "2"), number(None, "0", "0", moodle("Completely wrong"))),
    ),
    ("= before a single number", "Q{#=0}", "Q", numeric(number("0"))),
    ("a number with an exponent", "Q{#1e3:1}", "Q", numeric(number("1000", "1"))),
    ("a number in the middle", "It is {#7} days.", "It is _____ days.", numeric(number("7"))),
    (
        "= and -> are pairs",
        "Q{=Canada -> Ottawa =Italy->Rome}",
        "Q",
        Matching((Pair(moodle("Canada"), plain("Ottawa")), Pair(moodle("Italy"), plain("Rome")))),
    ),
    (
        "a right side without a left one distracts",
        "Q{=a->b =c->d = -> e}",
        "Q",
        Matching((Pair(moodle("a"), plain("b")), Pair(moodle("c"), plain("d"))), (plain("e"),)),
    ),
    (
        "-> counts only once",
        "Q{=a->b->c =d->e}",
        "Q",
        Matching((Pair(moodle("a"), plain("b->c")), Pair(moodle("d"), plain("e")))),
    ),
    ("-> without = is typed", "Q{a -> b}", "Q", typed("a -> b")),
    ("-> with ~ is a choice", "Q{=a -> b ~c}", "Q", choice(option("a -> b", "100"), option("c"))),
    ("{} is an essay", "Q{}", "Q", Essay()),
    ("{} with space is an essay", "Q { }", "Q", Essay()),
    ("no braces is a description", "Just read this.", "Just read this.", Description()),
    ("escaped braces are no answers", "Write \\{a\\} here", "Write {a} here", Description()),
    ("Japanese text", "東京は{=首都 ~港}です。", "東京は_____です。", choice(option("首都", "100"), option("港"))),
    ("an ideographic space is not trimmed", "Q{=\u3000a ~b}", "Q", choice(option("\u3000a", "100"), option("b"))),
]


@pytest.mark.parametrize(("gift", "prompt", "body"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_a_question_reads_as_in_moodle(gift: str, prompt: str, body: Body) -> None:
    reading = read(gift)

    assert reading.entries == (Entry(body=body, prompt=moodle(prompt)),)
    assert (reading.read, reading.skipped) == (1, 0)


def test_an_empty_text_with_answers_is_kept() -> None:
    assert only("{T}").prompt == moodle("")


def test_blank_lines_separate_questions_and_windows_line_ends_do_not_matter() -> None:
    reading = read("A{T}\r\n\r\n\r\nB{F}\r\n \t\r\nC{}")

    assert [entry.prompt.text for entry in reading.entries] == ["A", "B", "C"]
    assert [entry.origin.line for entry in reading.entries] == [1, 4, 6]


def test_a_file_with_old_macintosh_line_ends_is_read() -> None:
    assert [entry.prompt.text for entry in read("A{T}\r\rB{F}").entries] == ["A", "B"]


def test_a_byte_order_mark_is_not_part_of_the_first_question() -> None:
    assert read_gift("\ufeff::T::Q{T}".encode()).entries[0].title == "T"
    assert read_gift("\ufeff::T::Q{T}".encode("utf-16-le")).entries[0].title == "T"


def test_a_question_without_a_blank_line_before_it_belongs_to_the_one_above() -> None:
    reading = read("A{=a}\nB{=b}")

    assert [entry.prompt.text for entry in reading.entries] == ["A\nB{=b}"]
    assert "Only the first { }" in reading.problems[0].reason


def test_comments_are_left_out_wherever_they_stand() -> None:
    entry = only("// above\nQ{\n// between\n=a\n  // indented\n~b}\n// below")

    assert entry.prompt == moodle("Q")
    assert entry.body == choice(option("a", "100"), option("b"))


def test_a_comment_alone_is_no_question() -> None:
    assert read("// EXAMPLES\n//---\n\n// more").read == 0


def test_two_slashes_within_a_line_are_text() -> None:
    assert only("See https://example.org{T}").prompt == moodle("See https://example.org")


def test_a_line_of_nothing_but_0_separates_as_in_moodle() -> None:
    reading = read("A{T}\n0\nB{F}")

    assert len(reading.entries) == 2
    assert (reading.problems[0].line, reading.problems[0].entry) == (2, None)


@pytest.mark.parametrize(
    ("gift", "title", "prompt"),
    [
        ("::Name::Q{T}", "Name", "Q"),
        ("::Name:: Q{T}", "Name", "Q"),
        ("::A name\nover lines::Q{T}", "A name over lines", "Q"),
        ("::a\\:b::Q{T}", "a:b", "Q"),
        ("::Never closed Q{T}", "", "Never closed Q"),
        ("Q ::not first:: {T}", "", "Q ::not first::"),
        ("::<b>Bold</b> &amp; more::Q{T}", "Bold & more", "Q"),
        ("::Name::{T}", "Name", ""),
    ],
)
def test_a_title_stands_between_double_colons_at_the_beginning(gift: str, title: str, prompt: str) -> None:
    entry = only(gift)

    assert (entry.title, entry.prompt.text) == (title, prompt)


def test_without_a_title_the_name_is_the_beginning_of_the_prompt() -> None:
    assert only("Short{T}").name == "Short"
    assert only(f"{'long ' * 40}{{T}}").name.endswith("…")


@pytest.mark.parametrize(
    ("gift", "feedback"),
    [
        ("Q{=a ~b####All of it}", moodle("All of it")),
        ("Q{\n=a#x\n~b\n####[html]<b>All</b>\n}", html("<b>All</b>")),
        ("Q{####For an essay}", moodle("For an essay")),
        ("Q{T####g}", moodle("g")),
        ("Q{T#w#r####g}", moodle("g")),
        ("Q{#3####g}", moodle("g")),
        ("Q{=a->b =c->d####g}", moodle("g")),
        ("[html]Q{T####g}", html("g")),
        ("Q{T#### [html]g}", moodle("[html]g")),
        ("Q{=a####one####two}", moodle("two")),
    ],
)
def test_four_hashes_begin_the_general_feedback(gift: str, feedback: object) -> None:
    assert only(gift).general_feedback == feedback


def test_what_stands_before_the_last_four_hashes_stays_with_the_answers() -> None:
    assert only("Q{=a####one####two}").body == typed(answer("a", "100", moodle("###one")))


@pytest.mark.parametrize(
    ("name", "text_format"),
    [
        ("html", TextFormat.HTML),
        ("markdown", TextFormat.MARKDOWN),
        ("plain", TextFormat.PLAIN),
        ("moodle", TextFormat.MOODLE),
    ],
)
def test_a_format_in_brackets_holds_for_the_question_and_its_answers(name: str, text_format: TextFormat) -> None:
    entry = only(f"::T:: [{name}] Q{{=a#f ~b}}")

    assert entry.prompt.format is text_format
    assert {part.text.format for part in entry.body.options} == {text_format}  # type: ignore[union-attr]


def test_each_text_may_have_a_format_of_its_own() -> None:
    entry = only("[html]<i>Q</i>{=[plain]a <b># [markdown]*f* ~b#[moodle]m}")

    assert entry.prompt == html("<i>Q</i>")
    assert entry.body == choice(option(plain("a <b>"), "100", markdown("*f*")), option(html("b"), "0", moodle("m")))


@pytest.mark.parametrize("prompt", ["[HTML]Q", "[x]Q", "[Q"])
def test_other_brackets_are_text(prompt: str) -> None:
    assert only(f"{prompt}{{T}}").prompt == moodle(prompt)


def test_the_left_side_of_a_pair_may_have_a_format_and_the_right_side_is_plain() -> None:
    entry = only("[html]Q{=[plain]a->[html]b =<b>c</b>->d}")

    assert entry.body == Matching((Pair(plain("a"), plain("[html]b")), Pair(html("<b>c</b>"), plain("d"))))


@pytest.mark.parametrize(
    ("comments", "id_", "tags"),
    [
        ("// A comment with [id:frog] <-- an id.", "frog", ()),
        ("// Look: [tag:frog] [tag:toad].", "", ("frog", "toad")),
        ("// [tag:add] [tag:basic] [id:four]", "four", ("add", "basic")),
        ("// [tag:  basic] Here is\n// a [id:   four   ] que[tag:add   ]stion.", "four", ("basic", "add")),
        ("// Not one: [tag:\n// frog].", "", ()),
        ("// [id:i\\]d].", "i]d", ()),
        ("// [tag:t\\]ag].", "", ("t]ag",)),
        ("// [tag:<b>] [tag:ok]", "", ("ok",)),
        ("// [id:first] [id:second]", "first", ()),
        ("// [tag:a] [tag:a]", "", ("a",)),
    ],
)
def test_ids_and_tags_stand_in_the_comments_of_a_question(comments: str, id_: str, tags: tuple[str, ...]) -> None:
    entry = only(f"{comments}\nQ{{T}}")

    assert (entry.id, entry.tags) == (id_, tags)


def test_the_labels_of_a_comment_block_of_its_own_belong_to_no_question() -> None:
    assert only("// [id:x]\n\nQ{T}").id == ""


def test_a_category_holds_until_the_next_one() -> None:
    reading = read(
        "A{T}\n\n$CATEGORY: $course$/top/Sales/Prices\n\nB{T}\n\nC{T}\n\n"
        "$CATEGORY: a//b/c\n\nD{T}\n\n$CATEGORY: $course$/top\n\nE{T}"
    )

    assert [entry.category for entry in reading.entries] == [
        (),
        ("Sales", "Prices"),
        ("Sales", "Prices"),
        ("a/b", "c"),
        (),
    ]
    assert reading.read == 5


def test_a_question_glued_to_a_category_line_is_reported_as_moodle_loses_it() -> None:
    reading = read("$CATEGORY: a\nLost{T}\n\nB{T}")

    assert [entry.category for entry in reading.entries] == [("a",)]
    assert reading.problems[0].line == 1
    assert "blank line" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("gift", "reason"),
    [
        ("Q{=a ~b", "the closing brace } after the answers is missing"),
        ("Q}", "the braces { } around the answers do not match"),
        ("a } b {=c ~d", "the braces { } around the answers do not match"),
        ("Q{=a->b}", "at least two pairs"),
        ("Q{=a->b =c}", "a pair has no ->"),
        ("Q{~a}", "at least two answers"),
        ("Q{=a~}", "at least two answers with text"),
        ("Q{#}", "at least one number"),
        ("Q{#0}", "a bare 0 is not read as one"),
        ("Q{0}", "a bare 0 is not read as one"),
        ("Q{#1:x}", "the tolerance 'x' is not a number"),
        ("Q{#a..b}", "is not two numbers"),
        ("Q{#1..}", "is not two numbers"),
        ("Q{=%--5%a}", "the weight %--5% is not a number"),
        ("Q{=}", "no answer to compare with"),
        ("Q{= -> a = -> b}", "no pair has a left side"),
    ],
)
def test_what_cannot_be_a_question_is_told_with_its_line_and_reason(gift: str, reason: str) -> None:
    reading = read(f"// first\n\n{gift}\n\nGood{{T}}")

    assert [entry.prompt.text for entry in reading.entries] == ["Good"]
    assert (reading.read, reading.skipped) == (2, 1)
    problem = next(each for each in reading.problems if each.skipped)
    assert (problem.line, problem.entry) == (3, 1)
    assert reason in problem.reason


@pytest.mark.parametrize("written", ["3,14", "abc", "2 m"])
def test_what_is_no_number_lets_every_answer_pass_as_in_moodle_and_is_told(written: str) -> None:
    reading = read(f"Q{{#{written}}}")

    assert reading.entries[0].body == numeric(number(None))
    assert written in reading.problems[0].reason


def test_text_after_the_tilde_of_a_number_is_told() -> None:
    reading = read("Q{#3 ~5#no}")

    assert reading.entries[0].body == numeric(number("3"), number(None, "0", "0", moodle("no")))
    assert "no answer" in reading.problems[0].reason


def test_an_answer_without_text_is_left_out_and_told() -> None:
    reading = read("Q{=a ~b ~}")

    assert reading.entries[0].body == choice(option("a", "100"), option("b"))
    assert reading.problems[0].reason == "An answer without text was left out."


def test_the_counts_are_what_the_command_prints() -> None:
    assert read("A{T}\n\nB{=a}\n\nC{").counts() == {
        "read": 3,
        "imported": 2,
        "skipped": 1,
        "by_type": {"true_false": 1, "typed": 1},
        "problems": [
            {
                "line": 5,
                "entry": 3,
                "reason": "the closing brace } after the answers is missing",
            }
        ],
    }


def test_the_examples_of_moodles_own_manual_are_read() -> None:
    gift = """
// ===Multiple Choice===
Who's buried in Grant's tomb?{~Grant ~Jefferson =no one}

The American holiday of Thanksgiving is celebrated on the {
    ~second
    ~third
    =fourth
} Thursday of November.

::Jesus' hometown::Jesus Christ was from {
    ~Jerusalem#This was an important city, but the wrong answer.
    ~%25%Bethlehem#He was born here, but not raised here.
    ~%50%Galilee#You need to be more specific.
    =Nazareth#Yes! That's right!}.

What two people are entombed in Grant's tomb? {
    ~%-50%No one
    ~%50%Grant
    ~%50%Grant's wife
    ~%-50%Grant's father }

When was Ulysses S. Grant born? {#
    =1822:0
    =%50%1822:2}

Which answer equals 5? {
     ~ \\= 2 + 2
     = \\= 2 + 3
     ~ \\= 2 + 4  }
"""
    reading = read(gift)

    assert [entry.type for entry in reading.entries] == [
        EntryType.CHOICE,
        EntryType.CHOICE,
        EntryType.CHOICE,
        EntryType.MULTIPLE_CHOICE,
        EntryType.NUMERIC,
        EntryType.CHOICE,
    ]
    assert reading.problems == ()
    hometown = reading.entries[2].body
    assert [part.weight for part in hometown.options] == [0, Decimal("0.25"), Decimal("0.5"), 1]  # type: ignore[union-attr]
