"""QTI 1.2 becomes entries, also as Canvas and text2qti write it."""

from pathlib import Path

import pytest
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from tests.interchange import samples
from tests.interchange.making import choice, html, number, numeric, option, plain, share, typed
from trainer.interchange.entries import (
    ONE,
    ZERO,
    Choice,
    Cloze,
    Entry,
    EntryType,
    Gap,
    Matching,
    MatchKind,
    Option,
    Ordering,
    Pair,
    TrueFalse,
    TypedAnswer,
)
from trainer.interchange.qti.package import read_qti
from trainer.interchange.readings import Reading

QUIZ = """\
Quiz title: Sample quiz

Title: First
1.  What is 2+3?
... General.
+   Good.
-   Bad.
a)  6
... Too many.
*b) 5
... Right.

2.  Which of the following are dinosaurs?
[ ] Woolly mammoth
[*] *Tyrannosaurus rex*
[*] Triceratops
[ ] Smilodon fatalis

3.  Who lives at the North Pole?
*   Santa
*   Santa Claus

4.  How many keys?
=   [54, 58]

5.  What is pi?
=   3.14159 +- 0.001

6.  Exactly?
=   42

7.  Essay please.
____

8.  Upload.
^^^^

9.  The sun is hot.
*a) True
b) False

Text title: About
Text: Hello.

GROUP
pick: 1
points per question: 1

10. A question.
*a) yes
b) no

END_GROUP
"""


def items(*inside: str) -> bytes:
    written = "".join(inside)
    section = f'<section ident="root_section">{written}</section>'
    return f'<questestinterop><assessment title="A">{section}</assessment></questestinterop>'.encode()


def item(presentation: str, processing: str = "", kind: str = "", more: str = "") -> str:
    told = (
        "<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>"
        f"<fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
    )
    return (
        f'<item ident="i" title="T">{told}<presentation><material><mattext>Q</mattext></material>{presentation}'
        f"</presentation><resprocessing>{processing}</resprocessing>{more}</item>"
    )


def lid(labels: dict[str, str], ident: str = "r", cardinality: str = "Single", own: str = "") -> str:
    label = f"<material><mattext>{own}</mattext></material>" if own else ""
    written = "".join(
        f'<response_label ident="{key}"><material><mattext>{text}</mattext></material></response_label>'
        for key, text in labels.items()
    )
    return (
        f'<response_lid ident="{ident}" rcardinality="{cardinality}">{label}'
        f"<render_choice>{written}</render_choice></response_lid>"
    )


def fib(ident: str = "r", kind: str = "String") -> str:
    inside = f'<render_fib fibtype="{kind}"><response_label ident="l"/></render_fib>'
    return f'<response_str ident="{ident}">{inside}</response_str>'


def rule(condition: str, marks: str = "100", action: str = "Set", more: str = "") -> str:
    setting = f'<setvar varname="SCORE" action="{action}">{marks}</setvar>'
    return f"<respcondition><conditionvar>{condition}</conditionvar>{setting}{more}</respcondition>"


def equal(value: str, ident: str = "r", more: str = "") -> str:
    return f'<varequal respident="{ident}"{more}>{value}</varequal>'


def only(xml: str) -> Entry:
    reading = read_qti(items(xml))
    assert len(reading.entries) == 1, reading.problems
    return reading.entries[0]


@pytest.fixture(scope="module")
def written_by_text2qti(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("text2qti") / "quiz.zip"
    config = Config()
    config["latex_render_url"] = ""
    QTI(Quiz(QUIZ, config=config, source_name="quiz")).save(str(path))
    return read_qti(Path(path).read_bytes())


def test_a_package_of_text2qti_is_read(written_by_text2qti: Reading) -> None:
    assert [entry.type for entry in written_by_text2qti.entries] == [
        EntryType.CHOICE,
        EntryType.MULTIPLE_CHOICE,
        EntryType.TYPED,
        EntryType.NUMERIC,
        EntryType.NUMERIC,
        EntryType.NUMERIC,
        EntryType.ESSAY,
        EntryType.TRUE_FALSE,
        EntryType.DESCRIPTION,
        EntryType.CHOICE,
    ]
    assert (written_by_text2qti.read, written_by_text2qti.skipped) == (11, 1)
    assert "a file to hand in is not supported" in written_by_text2qti.problems[0].reason
    assert written_by_text2qti.entries[0].category == ("Sample quiz",)
    assert written_by_text2qti.entries[-1].category == ("Sample quiz", "Group")


def test_the_answers_of_text2qti_are_kept(written_by_text2qti: Reading) -> None:
    first, dinosaurs, santa, keys, pi, exactly, _, sun = (entry.body for entry in written_by_text2qti.entries[:8])

    assert first == choice(
        option(html("<p>6</p>"), "0", html("<p>Too many.</p>")), option(html("<p>5</p>"), "100", html("<p>Right.</p>"))
    )
    assert isinstance(dinosaurs, Choice)
    assert [each.weight for each in dinosaurs.options] == [0, share("50"), share("50"), 0]
    assert dinosaurs.all_or_nothing
    assert santa == typed("Santa", "Santa Claus")
    assert keys == numeric(number("56", "2"))
    assert pi == numeric(number("3.1416", "0.001"))
    assert exactly == numeric(number("42"))
    assert sun == TrueFalse(answer=True)


def test_the_feedback_of_text2qti_is_kept(written_by_text2qti: Reading) -> None:
    entry = written_by_text2qti.entries[0]

    assert (entry.general_feedback, entry.when_right, entry.when_wrong) == (
        html("<p>General.</p>"),
        html("<p>Good.</p>"),
        html("<p>Bad.</p>"),
    )


def test_a_single_file_is_read() -> None:
    reading = read_qti(samples.QTI_1.encode())

    assert [entry.type for entry in reading.entries] == [
        EntryType.CHOICE,
        EntryType.NUMERIC,
        EntryType.MULTIPLE_CHOICE,
    ]
    assert reading.entries[0] == Entry(
        body=choice(option(plain("6"), "0", plain("Too many")), option(plain("5"), "100")),
        prompt=html("<p>2+3?</p>"),
        title="One",
        id="i1",
        category=("Sample",),
    )
    assert reading.entries[1].body == numeric(number("3", "0.5"))


def test_points_that_add_up_are_weights() -> None:
    processing = "".join(rule(equal(ident), marks, "Add") for ident, marks in (("a", "25"), ("b", "-10"), ("c", "25")))

    body = only(item(lid({"a": "A", "b": "B", "c": "C"}, cardinality="Multiple"), processing)).body

    assert body == Choice(
        (
            Option(plain("A"), share("50")),
            Option(plain("B"), share("-20")),
            Option(plain("C"), share("50")),
        ),
        single=False,
    )


def test_only_the_whole_set_counts_where_the_rule_forbids_the_others() -> None:
    condition = f"<and>{equal('a')}<not>{equal('b')}</not></and>"

    body = only(item(lid({"a": "A", "b": "B"}, cardinality="Multiple"), rule(condition))).body

    assert body == Choice((Option(plain("A"), ONE), Option(plain("B"), ZERO)), single=False, all_or_nothing=True)


def test_a_choice_may_give_part_of_the_marks() -> None:
    processing = rule(equal("a"), "100") + rule(equal("b"), "50")

    assert only(item(lid({"a": "A", "b": "B", "c": "C"}), processing)).body == choice(
        option(plain("A"), "100"), option(plain("B"), "50"), option(plain("C"))
    )


def test_a_mark_that_everybody_gets_is_no_weight() -> None:
    processing = '<outcomes><decvar varname="SCORE" defaultval="1"/></outcomes>' + rule(equal("a"), "1", "Add")

    assert only(item(lid({"a": "A", "b": "B"}), processing)).body == choice(
        option(plain("A"), "100"), option(plain("B"))
    )


def test_true_and_false_are_told_by_their_words() -> None:
    labels = lid({"x": "False", "y": "True"})

    assert only(item(labels, rule(equal("x")), "true_false_question")).body == TrueFalse(answer=False)


def test_a_typed_answer_may_ask_for_capitals_or_for_a_part() -> None:
    case = only(item(fib(), rule(equal("York", more=' case="Yes"'))))
    contains = only(item(fib(), rule('<varsubstring respident="r">win</varsubstring>')))

    assert case.body == typed("York", case_sensitive=True)
    assert contains.body.answers == (TypedAnswer("*win*", ONE, MatchKind.PATTERN),)  # type: ignore[union-attr]


def test_text_behind_a_blank_belongs_to_the_question() -> None:
    entry = only(item(f"{fib()}<material><mattext> is it.</mattext></material>", rule(equal("a"))))

    assert entry.prompt == plain("Q_____ is it.")


def test_several_blanks_are_a_cloze() -> None:
    entry = only(
        item(
            f"{fib('a')}<material><mattext> and </mattext></material>{fib('b')}",
            rule(equal("one", "a") + equal("two", "b")),
        )
    )

    assert entry.prompt == html("Q{#1} and {#2}")
    assert entry.body == Cloze((Gap(typed("one")), Gap(typed("two"))))


CANVAS_GAPS = (
    "<material><mattext> Roses are [color1], violets [color2].</mattext></material>"
    + lid({"1": "red", "2": "Red"}, "response_color1", own="color1")
    + lid({"3": "blue", "4": "green"}, "response_color2", own="color2")
)
CANVAS_RULES = rule(equal("1", "response_color1"), "50", "Add") + rule(equal("4", "response_color2"), "50", "Add")


def test_blanks_of_canvas_accept_every_answer_listed() -> None:
    entry = only(item(CANVAS_GAPS, CANVAS_RULES, "fill_in_multiple_blanks_question"))

    assert entry.prompt == plain("Q Roses are {#1}, violets {#2}.")
    assert entry.body == Cloze((Gap(typed("red", "Red")), Gap(typed("blue", "green"))))


def test_lists_of_canvas_have_one_right_answer() -> None:
    entry = only(item(CANVAS_GAPS, CANVAS_RULES, "multiple_dropdowns_question"))

    assert entry.body == Cloze(
        (
            Gap(choice(option(html("red"), "100"), option(html("Red")))),
            Gap(choice(option(html("blue")), option(html("green"), "100"))),
        )
    )


def test_responses_with_labels_of_their_own_are_pairs() -> None:
    labels = {"1": "Tokyo", "2": "Rome", "3": "Paris"}
    presentation = lid(labels, "a", own="Japan") + lid(labels, "b", own="Italy")
    processing = rule(equal("1", "a"), "50", "Add") + rule(equal("2", "b"), "50", "Add")

    assert only(item(presentation, processing, "matching_question")).body == Matching(
        (Pair(plain("Japan"), plain("Tokyo")), Pair(plain("Italy"), plain("Rome"))), (plain("Paris"),)
    )


def test_an_ordered_response_is_an_order() -> None:
    presentation = lid({"a": "A", "b": "B", "c": "C"}, cardinality="Ordered")

    assert only(item(presentation, rule(equal("c") + equal("a") + equal("b")))).body == Ordering(
        (plain("C"), plain("A"), plain("B"))
    )


def test_blackboard_and_brightspace_write_it_their_way() -> None:
    labels = "".join(
        f'<response_label ident="{name}"><flow_mat><material><mat_extension><mat_formattedtext type="HTML">'
        f"&lt;b&gt;{name}&lt;/b&gt;</mat_formattedtext></mat_extension></material></flow_mat></response_label>"
        for name in ("a", "b", "c")
    )
    xml = (
        "<item><itemmetadata><bbmd_questiontype>Multiple Answer</bbmd_questiontype></itemmetadata><presentation><flow>"
        f'<response_lid ident="r" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid></flow>'
        '</presentation><resprocessing><outcomes><decvar varname="SCORE" maxvalue="2.0"/></outcomes>'
        f"<respcondition><conditionvar><and>{equal(chr(10) + 'a ')}{equal('b')}<not>{equal('c')}</not></and>"
        '</conditionvar><setvar variablename="SCORE">SCORE.max</setvar></respcondition></resprocessing></item>'
    )

    body = only(xml).body

    assert isinstance(body, Choice)
    assert [each.weight for each in body.options] == [share("50"), share("50"), ZERO]
    assert (body.single, body.all_or_nothing, body.options[0].text) == (False, True, html("<b>a</b>"))


def test_a_text_without_an_answer_to_compare_with_is_an_essay() -> None:
    assert only(item(fib())).type is EntryType.ESSAY
    assert only(item(fib(), kind="essay_question")).type is EntryType.ESSAY
    assert only(item("")).type is EntryType.DESCRIPTION


def test_feedback_without_an_answer_of_its_own_is_told() -> None:
    lost = '<itemfeedback ident="other"><material><mattext>Hm</mattext></material></itemfeedback>'

    reading = read_qti(items(item(lid({"a": "A", "b": "B"}), rule(equal("a")), more=lost)))

    assert "“other” is not tied to one answer" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (item(lid({"a": "A", "b": "B"})), "no answer as right"),
        (item(lid({"a": "A"}), rule(equal("a"))), "at least two answers"),
        (item(lid({"a": "A", "b": "B"}), rule("<durequal>1</durequal>")), "<durequal>"),
        (item(fib(kind="Decimal")), "names no number"),
        (item(fib(kind="Decimal"), rule(equal("x"))), "not a number"),
        (item(fib(kind="Decimal"), rule('<vargte respident="r">1</vargte>')), "without an upper or a lower end"),
        (item("", kind="file_upload_question"), "file to hand in"),
        (item("", kind="calculated_question"), "new numbers each time"),
        (item('<response_grp ident="g"/>'), "groups to drag"),
        (item('<response_lid ident="r"><render_slider/></response_lid>'), "slider"),
        (item(lid({"a": "A", "b": "B"}, cardinality="Ordered"), rule(equal("a"))), "right order"),
        (item(lid({"1": "x"}, "response_a"), kind="multiple_dropdowns_question"), "no place in the text"),
    ],
)
def test_what_cannot_be_read_is_told(xml: str, reason: str) -> None:
    reading = read_qti(items(xml))

    assert (reading.read, reading.skipped) == (1, 1)
    assert reason in next(problem.reason for problem in reading.problems if problem.skipped)
    assert reading.problems[0].line == 1
