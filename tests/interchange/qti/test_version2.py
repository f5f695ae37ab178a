"""QTI 2.1 and 2.2 become entries, single files and packages."""

import pytest

from tests.interchange import samples
from tests.interchange.making import answer, choice, html, number, numeric, option, share, typed
from trainer.interchange.entries import (
    ONE,
    ZERO,
    Choice,
    Cloze,
    Description,
    Entry,
    EntryType,
    Essay,
    Gap,
    Matching,
    Option,
    Ordering,
    Pair,
    TrueFalse,
)
from trainer.interchange.qti.package import read_qti
from trainer.interchange.readings import Reading, UnreadableFile

MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


def declared(
    correct: str = "",
    mapping: str = "",
    cardinality: str = "single",
    base: str = "identifier",
    ident: str = "RESPONSE",
) -> str:
    values = "".join(f"<value>{value}</value>" for value in correct.split("|") if value)
    return (
        f'<responseDeclaration identifier="{ident}" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


def mapped(more: str = "", **worth: str) -> str:
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in worth.items())
    return f"<mapping {more}>{entries}</mapping>"


def item(declaration: str, body: str, processing: str = MATCH, more: str = "") -> bytes:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="T">'
        f"{declaration}<itemBody>{body}</itemBody>{processing}{more}</assessmentItem>"
    ).encode()


def asked(*choices: str, tag: str = "choiceInteraction", prompt: str = "Q") -> str:
    written = "".join(f'<simpleChoice identifier="{name}">{name.upper()}</simpleChoice>' for name in choices)
    return f'<{tag} responseIdentifier="RESPONSE"><prompt>{prompt}</prompt>{written}</{tag}>'


def entry_field(ident: str = "RESPONSE") -> str:
    return f'<textEntryInteraction responseIdentifier="{ident}"/>'


def conditions(blocks: str) -> str:
    return f"<responseProcessing><responseCondition>{blocks}</responseCondition></responseProcessing>"


def only(xml: bytes) -> Entry:
    reading = read_qti(xml)
    assert len(reading.entries) == 1, reading.problems
    return reading.entries[0]


def test_a_mapping_gives_weights_and_its_default_to_the_rest() -> None:
    entry = only(samples.QTI_2.encode())

    assert entry == Entry(
        body=choice(
            option(html("Hydrogen"), "50", html("Yes")),
            option(html("Oxygen"), "50"),
            option(html("Chlorine"), "-50"),
            single=False,
        ),
        prompt=html("<p>Look.</p>What is water made of?"),
        title="Water",
        id="choice",
        when_right=html("Good"),
    )


def test_the_right_one_alone_counts_without_a_mapping() -> None:
    entry = only(item(declared("b"), asked("a", "b")))

    assert entry.prompt == html("Q")
    assert entry.body == choice(option(html("A")), option(html("B"), "100"))


def test_several_right_ones_without_a_mapping_count_together() -> None:
    body = only(item(declared("a|b", cardinality="multiple"), asked("a", "b", "c"))).body

    assert body == Choice(
        (Option(html("A"), share("50")), Option(html("B"), share("50")), Option(html("C"), ZERO)),
        single=False,
        all_or_nothing=True,
    )


def test_the_template_decides_between_mapping_and_right_answer() -> None:
    declaration = declared("a", mapped(a="2", b="1"))

    assert only(item(declaration, asked("a", "b"), MAP)).body == choice(
        option(html("A"), "100"), option(html("B"), "50")
    )
    assert only(item(declaration, asked("a", "b"), MATCH)).body == choice(option(html("A"), "100"), option(html("B")))


def test_true_and_false_are_told_by_their_words() -> None:
    assert only(item(declared("false"), asked("true", "false"))).body == TrueFalse(answer=False)


def test_a_text_entry_is_typed() -> None:
    declaration = declared("York", mapped(York="1", york="0.5"), base="string")

    entry = only(item(declaration, f"<p>Sun of {entry_field()};</p>", MAP))

    assert entry.prompt == html("<p>Sun of _____;</p>")
    assert entry.body == typed("York", answer("york", "50"), case_sensitive=True)


def test_a_text_entry_at_the_end_leaves_no_trace() -> None:
    assert only(item(declared("a", base="string"), f"<div>Q</div><p>{entry_field()}</p>")).prompt == html("Q")


def test_several_right_texts_are_all_accepted() -> None:
    assert only(item(declared("a|b", base="string"), entry_field())).body == typed("a", "b", case_sensitive=True)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            '<equal toleranceMode="absolute" tolerance="0.5 0.5">{0}<correct identifier="RESPONSE"/></equal>',
            number("7", "0.5"),
        ),
        ('<equal toleranceMode="absolute" tolerance="1">{0}<baseValue>9</baseValue></equal>', number("9", "1")),
        ('<equal toleranceMode="absolute" tolerance="0 2">{0}<baseValue>9</baseValue></equal>', number("10", "1")),
        ('<equal toleranceMode="relative" tolerance="10">{0}<baseValue>50</baseValue></equal>', number("50", "5")),
        ("<equal>{0}<baseValue>9</baseValue></equal>", number("9")),
        (
            "<and><gte>{0}<baseValue>2</baseValue></gte><lte>{0}<baseValue>4</baseValue></lte></and>",
            number("3", "1"),
        ),
        ("<match>{0}<correct identifier='RESPONSE'/></match>", number("7")),
    ],
)
def test_a_number_has_the_tolerance_of_its_rule(condition: str, expected: object) -> None:
    test = condition.format('<variable identifier="RESPONSE"/>')
    rules = conditions(f"<responseIf>{test}</responseIf>")

    entry = only(item(declared("7", base="float"), f"<p>Days {entry_field()}</p>", rules))

    assert entry.body == numeric(expected)  # type: ignore[arg-type]


def test_rules_that_follow_each_other_give_numbers_their_marks() -> None:
    def block(tag: str, value: str, marks: str) -> str:
        test = f'<equal><variable identifier="RESPONSE"/><baseValue>{value}</baseValue></equal>'
        return (
            f'<{tag}>{test}<setOutcomeValue identifier="SCORE"><baseValue>{marks}</baseValue></setOutcomeValue></{tag}>'
        )

    rules = conditions(block("responseIf", "7", "2") + block("responseElseIf", "8", "1"))

    assert only(item(declared("7", base="integer"), entry_field(), rules)).body == numeric(
        number("7"), number("8", "0", "50")
    )


def test_several_places_to_answer_in_a_text_are_a_cloze() -> None:
    inline = (
        '<inlineChoiceInteraction responseIdentifier="B"><inlineChoice identifier="x">X</inlineChoice>'
        '<inlineChoice identifier="y">Y</inlineChoice></inlineChoiceInteraction>'
    )
    declaration = declared("a", base="string", ident="A") + declared("y", ident="B")

    entry = only(item(declaration, f"<p>One {entry_field('A')} two {inline}.</p>"))

    assert entry.prompt == html("<p>One {#1} two {#2}.</p>")
    assert entry.body == Cloze(
        (Gap(typed("a", case_sensitive=True)), Gap(choice(option(html("X")), option(html("Y"), "100"))))
    )


def compares(tag: str, value: str, marks: str, more: str = "") -> str:
    test = f'<{tag} {more}><variable identifier="RESPONSE"/><baseValue>{value}</baseValue></{tag}>'
    return f'{test}<setOutcomeValue identifier="SCORE"><sum><baseValue>{marks}</baseValue></sum></setOutcomeValue>'


def test_rules_may_name_the_right_answer_where_the_declaration_does_not() -> None:
    rules = conditions(
        f"<responseIf>{compares('match', 'a', '100')}</responseIf>"
        f"<responseElseIf>{compares('match', 'b', '0')}</responseElseIf>"
    )

    assert only(item(declared(), asked("a", "b"), rules)).body == choice(option(html("A"), "100"), option(html("B")))


def test_a_long_field_whose_text_is_compared_is_typed() -> None:
    ignores = 'caseSensitive="false"'
    rules = conditions(
        f"<responseIf>{compares('stringMatch', 'two', '100', ignores)}</responseIf>"
        f"<responseElseIf>{compares('stringMatch', '2', '50', ignores)}</responseElseIf>"
    )
    field = '<p>1 + 1</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'

    assert only(item(declared(base="string"), field, rules)).body == typed("two", answer("2", "50"))


def test_the_declared_order_is_the_order() -> None:
    body = asked("a", "b", "c", tag="orderInteraction")

    assert only(item(declared("c|a|b", cardinality="ordered"), body)).body == Ordering(
        (html("C"), html("A"), html("B"))
    )


def sets(lefts: str, rights: str) -> str:
    written = "".join(
        "<simpleMatchSet>"
        + "".join(f'<simpleAssociableChoice identifier="{one}">{one}</simpleAssociableChoice>' for one in names)
        + "</simpleMatchSet>"
        for names in (lefts, rights)
    )
    return f'<matchInteraction responseIdentifier="RESPONSE">{written}</matchInteraction>'


def test_two_sets_are_pairs_and_distractors() -> None:
    declaration = declared("A x|B x", cardinality="multiple", base="directedPair")

    assert only(item(declaration, sets("AB", "xyz"))).body == Matching(
        (Pair(html("A"), html("x")), Pair(html("B"), html("x"))), (html("y"), html("z"))
    )


def test_a_free_answer_is_an_essay_and_no_interaction_a_description() -> None:
    rubric = '<rubricBlock view="scorer"><p>Look</p></rubricBlock>'
    essay = f'<p>Write.</p><extendedTextInteraction responseIdentifier="RESPONSE"/>{rubric}'

    assert only(item("", essay)).body == Essay(for_grader=html("<p>Look</p>"))
    assert only(item("", "<p>Read.</p>")).body == Description()


def test_an_item_that_asks_for_prose_with_ruby_keeps_it() -> None:
    body = "<p xml:lang='ja'><ruby>日<rt>に</rt></ruby></p>" + asked("a", "b")

    assert only(item(declared("a"), body)).prompt == html('<p lang="ja"><ruby>日<rt>に</rt></ruby></p>Q')


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (item(declared(), asked("a", "b")), "no answer is marked as right"),
        (item("", asked("a", "b")), "declared nowhere"),
        (item(declared("a"), asked("a")), "fewer than two answers"),
        (item(declared("a"), asked("a", "b") + asked("a", "b")), "several questions at once"),
        (
            item(declared("a"), '<sliderInteraction responseIdentifier="RESPONSE"/>'),
            "<sliderInteraction> is not",
        ),
        (
            item(declared("a"), '<uploadInteraction responseIdentifier="RESPONSE"/>'),
            "<uploadInteraction> is not",
        ),
        (item(declared("a|b", cardinality="ordered"), asked("a", "b", "c", tag="orderInteraction")), "right order"),
        (item(declared("A x", base="directedPair"), sets("AB", "xy")), "not every left side"),
        (item(declared("A x|A y", base="directedPair"), sets("AB", "xy")), "several right sides"),
        (item(declared("x", base="float"), entry_field()), "'x' is not a number"),
        (item(declared(base="string"), entry_field()), "no answer is marked as right"),
        (item("<templateDeclaration/>", ""), "new values each time"),
        (b"<assessmentItem/>", "has no body"),
    ],
)
def test_what_cannot_be_read_is_told(xml: bytes, reason: str) -> None:
    reading = read_qti(xml)

    assert (reading.read, reading.skipped) == (1, 1)
    assert reason in reading.problems[0].reason


def read_package(**members: str | bytes) -> Reading:
    return read_qti(samples.zipped({name.replace("__", "/") + ".xml": content for name, content in members.items()}))


def test_a_package_is_read_in_the_order_of_its_manifest() -> None:
    reading = read_qti(samples.package())

    assert [entry.title for entry in reading.entries] == ["Water", "Days"]
    assert [entry.origin.member for entry in reading.entries] == ["items/a.xml", "items/b.xml"]
    assert reading.problems == ()


def test_a_package_without_a_manifest_is_read_all_the_same() -> None:
    assert [entry.type for entry in read_package(a=samples.QTI_2, b=samples.QTI_1).entries] == [
        EntryType.MULTIPLE_CHOICE,
        EntryType.CHOICE,
        EntryType.NUMERIC,
        EntryType.MULTIPLE_CHOICE,
    ]


def test_sections_of_a_test_are_categories() -> None:
    test = (
        '<assessmentTest title="Test"><testPart><assessmentSection title="Part one">'
        '<assessmentItemRef href="items/a.xml"/></assessmentSection></testPart></assessmentTest>'
    )

    reading = read_package(test=test, items__a=samples.QTI_2)

    assert reading.entries[0].category == ("Test", "Part one")


def test_a_damaged_member_is_told_and_the_others_are_read() -> None:
    reading = read_package(a="<assessmentItem>", b=samples.QTI_2)

    assert (reading.read, len(reading.entries)) == (2, 1)
    assert reading.problems[0].reason.startswith("a.xml: The XML is not well-formed at line 1")


def test_other_files_and_missing_ones_are_told() -> None:
    package = samples.zipped({"imsmanifest.xml": samples.MANIFEST, "items/a.xml": samples.QTI_2, "a.png": b"png"})

    assert {problem.reason for problem in read_qti(package).problems} == {
        "The manifest names “items/b.xml”, which is not in the package.",
        "Other files of the package, such as pictures and sounds, were left out: 1.",
    }


def test_a_quiz_that_canvas_wrote_twice_is_read_once() -> None:
    package = samples.zipped({"g1/assessment_qti.xml": samples.QTI_1, "non_cc_assessments/g1.xml.qti": samples.QTI_1})

    reading = read_qti(package)

    assert reading.read == 3
    assert "in the package twice" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html/>", "QTI begins with"),
        (b"<qti-assessment-item/>", "QTI 3"),
        (b"<assessmentTest/>", "a test without its questions"),
        (samples.zipped({"a.txt": "x"}), "holds no QTI questions"),
        (b"PK\x03\x04 not a zip", "not a complete zip"),
    ],
)
def test_a_file_without_questions_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_qti(data)


def test_the_full_mark_of_an_option_is_one() -> None:
    body = only(item(declared("a", mapped(a="10")), asked("a", "b"), MAP)).body

    assert isinstance(body, Choice)
    assert [each.weight for each in body.options] == [ONE, ZERO]
