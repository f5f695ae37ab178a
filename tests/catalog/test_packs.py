"""A course that says it fills a template is held to it: what is missing, out of measure, or badly said."""

import re
from pathlib import Path

import pytest

from tests.catalog.sample import COMPETENCIES, COURSE, LESSON, PHRASES, QUIZ, change, line_of, write_sample
from trainer.catalog import check_packs, inspect_catalog
from trainer.catalog.packs.missing import FEWEST
from trainer.catalog.packs.readings import missing_tools
from trainer.domain.content import FUNCTIONS, TOPICS, TemplateUse

SHIPPED = Path(__file__).parents[2]
TEXT = "lessons/demo/01-names.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    change(tmp_path, COURSE, "licence:", "templates: [country, language]\nlicence:")
    return tmp_path


def told(root: Path) -> list[str]:
    found = inspect_catalog(root)
    return [str(problem) for problem in check_packs(root, found.content).problems]


def says(root: Path, words: str) -> bool:
    return any(words in message for message in told(root))


def body(root: Path, text: str) -> None:
    """Put this in place of the lesson's own text."""
    path = root / TEXT
    head = path.read_text(encoding="utf-8").rpartition("---\n")[0]
    path.write_text(f"{head}---\n{text}\n", encoding="utf-8")


def test_a_course_without_a_template_is_held_to_none(tmp_path: Path) -> None:
    write_sample(tmp_path)

    assert told(tmp_path) == []


def test_every_shipped_pack_fills_what_it_says_it_fills() -> None:
    found = inspect_catalog(SHIPPED)
    packs = check_packs(SHIPPED, found.content)

    assert packs.missing_tools == ()
    assert packs.problems == ()


def test_a_minimum_is_set_for_every_function_that_there_is() -> None:
    assert FEWEST.keys() == FUNCTIONS.keys() - {"other"}


def test_each_missing_topic_is_named(root: Path) -> None:
    missing = {topic for topic in TOPICS if says(root, f"has no lesson on {topic!r}")}

    assert missing == set(TOPICS) - {"names"}


@pytest.mark.parametrize(
    "words",
    [
        "has 1 phrases of 'clarify', not 6",
        "has 0 phrases of 'small_talk', not 5",
        "has 1 dialogues, not 6",
        "has 0 e-mail models, not 6",
        "has 0 register contrasts, not 4",
        "has 1 scenario quizzes; a country has 6 or more",
        "has 1 branching scenarios; a country has 2 or more",
        "a rule about the country misleads; one in five is asked for",
        "has no REVIEW.md",
        "has 5 items, not 6 to 10",
    ],
)
def test_what_a_pack_lacks_is_told(root: Path, words: str) -> None:
    assert says(root, words)


def test_a_lesson_may_point_to_the_phrases_of_another(root: Path) -> None:
    change(root, LESSON, "functions: [clarify]", "functions: []")
    assert says(root, "links to no phrase function")

    change(root, LESSON, "functions: []", "functions: []\nsee_functions: [clarify]")
    assert not says(root, "links to no phrase function")


def test_a_lesson_points_to_phrases_that_another_shows(root: Path) -> None:
    change(root, LESSON, "functions: [clarify]", "functions: [clarify]\nsee_functions: [phone]")

    assert says(root, "demo-names: points to the phrases of 'phone', which no lesson of the course shows")


def test_phrases_that_no_lesson_shows_are_told(root: Path) -> None:
    assert not says(root, "which no lesson shows")

    change(root, LESSON, "functions: [clarify]", "functions: []")

    assert says(root, "has phrases of 'clarify', which no lesson shows")


def test_phrases_that_two_lessons_show_are_told(root: Path) -> None:
    assert not says(root, "as demo-names does")
    text = (root / LESSON).read_text(encoding="utf-8").replace("demo-names", "demo-again")
    (root / "lessons/demo/02-again.md").write_text(text, encoding="utf-8")

    assert says(root, "demo-again: shows the phrases of 'clarify', as demo-names does")


def test_each_lesson_on_partnering_has_a_template_and_each_use_has_one(root: Path) -> None:
    change(root, COURSE, "[country, language]", "[partnering]")
    lines = "".join(f'    - {{id: line-{number}, words: "Who: …"}}\n' for number in range(3))
    head = '- id: template-trust\n  lesson: demo-names\n  use: trust\n  title: Trust\n  lead: "Both."\n  lines:\n'
    before = told(root)

    (root / "lessons/demo/templates.yaml").write_text(head + lines, encoding="utf-8")

    gone = set(before) - set(told(root))
    assert sum("has no template for" in message for message in before) == len(TemplateUse)
    assert sorted(message.partition(": ")[2] for message in gone) == [
        "demo-names: has no template: name it as 'lesson' of one in templates.yaml",
        "has no template for 'trust' in the workspace",
    ]


def test_half_a_language_needs_half_of_everything(root: Path) -> None:
    change(root, COURSE, "[country, language]", "[half_language]")

    messages = told(root)
    assert any("has 1 phrases of 'clarify', not 3" in message for message in messages)
    assert any("has 0 phrases of 'small_talk', not 3" in message for message in messages)
    assert not any("has no lesson on" in message for message in messages)


@pytest.mark.parametrize("words", [249, 501])
def test_a_lesson_out_of_measure_is_told_with_its_words(root: Path, words: int) -> None:
    body(root, "Ask first. " * (words // 2) + "Now. " * (words % 2))

    assert says(root, f"demo-names: has {words} words, not 250 to 500")


def test_a_lesson_within_its_measure_is_not_told(root: Path) -> None:
    body(root, "Ask first. " * 150)

    assert not says(root, "words, not 250 to 500")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The office is at UTC+9 all year.", "“UTC+9” is a UTC offset"),
        ("Tokyo is eight hours ahead of Oslo.", "is a difference of local times"),
        ("Their clocks are eight hours ahead.", "“eight hours ahead” is a difference of local times"),
        ("Oslo is 4½ hours behind.", "“4½ hours behind” is a difference of local times"),
        ("Offices are open from Monday to Saturday.", "“Monday to Saturday” is the days of a week"),
        ("Many work from Sunday through Thursday.", "“Sunday through Thursday” is the days of a week"),
        ("Saturday and Sunday are free.", "is the days of a week"),
        ("The weekend is Saturday, of course.", "is the days of a weekend"),
        ("The office works Monday to Friday in a usual week.", "is the days of a week"),
        ("The festival falls on 6 February.", "“6 February” seems to be the date of a holiday"),
        ("Golden Week begins on April 29.", "“April 29” seems to be the date of a holiday"),
        ("In meetings they always bow.", "says “they always”"),
        ("People never say no.", "says “People never”"),
        ("Everyone here always bows.", "says “Everyone here always”"),
        ("Your partners in Japan never say no.", "says “partners in Japan never”"),
        ("Customers from South Korea will always call.", "says “Customers from South Korea will always”"),
        ("Germans never bow.", "says “Germans never”"),
        ("The Japanese always bow.", "says “The Japanese always”"),
        ("The partner's guide: they never bow, it's said.", "says “they never”"),
        ("A guide says “it’s easy”. They never bow, says another “guide”.", "says “They never”"),
        ("They’re ‘new’, but they never bow, and that’s it.", "says “they never”"),
    ],
)
def test_what_is_computed_or_swept_together_is_told(root: Path, text: str, message: str) -> None:
    body(root, text)

    assert says(root, message)


@pytest.mark.parametrize(
    "text",
    [
        "Write 9 April 2027 instead of 4/9.",
        "The law has given two more holidays since 1 January 2025.",
        "A guide says “they always bow”, and is wrong.",
        'A guide says "they always bow", and is wrong.',
        "A guide says ‘it’s so: they always bow’, and is wrong.",
        "A guide says 'it's so: they always bow', and is wrong.",
        "A guide says “it is ‘so’: they always bow”, and is wrong.",
        "The order is six hours behind plan.",
        "The team is two hours ahead of the schedule.",
        "Offer Tuesday or Thursday of next week, at your office.",
        "The visit is from Monday to Friday of next week.",
        "The flag poles always stand there.",
        "Ask whether the office works on Saturdays.",
        "We met on Friday and Monday.",
    ],
)
def test_what_only_looks_so_is_left_alone(root: Path, text: str) -> None:
    body(root, text)

    assert not [message for message in told(root) if re.search(r"computes|says “", message)]


def test_reasons_of_items_are_read_as_lessons_are_and_scenes_are_not(root: Path) -> None:
    change(root, QUIZ, "Without one it waits.", "Tokyo is eight hours ahead, and they always wait.")
    change(root, QUIZ, 'stem: "The list has no date."', 'stem: "The list has no date. Tokyo is nine hours ahead."')

    assert says(root, "“eight hours ahead” is a difference of local times")
    assert says(root, "says “they always”")
    assert not says(root, "nine hours")


def test_hard_words_are_told_in_what_learners_are_asked_to_do(root: Path) -> None:
    change(
        root,
        QUIZ,
        'stem: "The line is bad."\n    ask: "Choose all that help."',
        'stem: "The line is bad."\n    ask: "Choose all that alleviate it."',
    )

    assert says(root, "demo-meeting-03: “alleviate” is above B2")


def test_long_sentences_make_a_lesson_hard(root: Path) -> None:
    body(root, ("if you ask " * 7 + "now. ") * 15)

    assert says(root, "its sentences have more than 18 words on average")


def test_what_one_unofficial_source_says_is_not_agreed(root: Path) -> None:
    change(
        root, COURSE, 'address: "https://example.org/guide", tier: A', 'address: "https://example.org/guide", tier: B'
    )
    text = (root / LESSON).read_text(encoding="utf-8")
    (root / LESSON).write_text(text.replace("mark: contested", "mark: consensus").replace("survey]", "guide]"), "utf-8")

    assert says(root, "is called consensus and rests on one source")


def test_a_phrase_that_stands_twice_is_told(root: Path) -> None:
    text = (root / PHRASES).read_text(encoding="utf-8")
    again = text.replace("ja-clarify-01", "ja-clarify-02").replace(
        "お願いします。\n  reading", "お願いします！\n  reading"
    )
    (root / PHRASES).write_text(text + again, encoding="utf-8")

    assert says(root, "ja-clarify-02: says the same as ja-clarify-01")


@pytest.mark.parametrize(
    ("lang", "text", "reading", "translit", "message"),
    [
        ("zh-Hans", "银行", "Yínháng", "null", None),
        ("zh-Hans", "银行", "Yínxíng", "null", None),
        ("zh-Hans", "银行", "Jīnháng", "null", "the reading of 银"),
        ("zh-Hans", "您好。", "Nín hǎo ma.", "null", "too much"),
        ("zh-Hans", "旅行", "Lǚxíng", "null", None),
        ("zh-Hans", "在哪儿？", "Zài nǎr?", "null", None),
        ("zh-Hans", "嗯，给您。", "Ń, gěi nín.", "null", None),
        ("zh-Hans", "儿子", "Érzi", "null", None),
        ("zh-Hans", "您好。", "null", "null", "“您好。” has no reading in pinyin"),
        ("zh-Hans", "发A4的。", "Fā.", "null", None),
        ("ko", "감사합니다.", "null", "null", "has no romanisation"),
        ("ko", "감사합니다.", "null", "Gamsahamnida.", None),
        ("ko", "감사합니다.", "null", "Gamsahapnida.", "by koroman"),
    ],
)
def test_a_reading_is_held_against_a_tool(
    root: Path, lang: str, text: str, reading: str, translit: str, message: str | None
) -> None:
    record = (root / PHRASES).read_text(encoding="utf-8")
    for key, value in (("lang", lang), ("text", text), ("reading", reading), ("translit", translit)):
        record = re.sub(rf"(?m)^  {key}: .*$", f"  {key}: {value}", record)
    (root / PHRASES).write_text(record.replace("ja-clarify-01", "xx-clarify-01"), encoding="utf-8")

    found = [each for each in told(root) if "xx-clarify-01" in each and "says the same" not in each]

    assert bool(found) == bool(message), found
    assert not message or message in found[0]


def test_kana_that_a_tool_reads_otherwise_are_for_a_person_to_look_at(root: Path) -> None:
    change(root, PHRASES, "reading: もういちどおねがいします。", "reading: もういっかいおねがいします。")

    found = check_packs(root, inspect_catalog(root).content)

    assert any("by Open JTalk, もういっかい" in str(review) for review in found.reviews)


def test_a_mistake_names_the_line_of_its_entry(root: Path) -> None:
    body(root, "Short.")

    (message,) = [each for each in told(root) if "words, not 250" in each]
    line = (root / LESSON).read_text(encoding="utf-8").split("\n").index("id: demo-names  # the lesson") + 1
    assert message.startswith(f"{LESSON}:{line}: demo-names: ")


def test_a_mistake_in_a_can_do_names_it_and_its_line(root: Path) -> None:
    change(root, COMPETENCIES, "I can greet a", "I can alleviate a")
    line = line_of(root, COMPETENCIES, "id: first-contact")

    assert says(root, f"{COMPETENCIES}:{line}: first-contact: “alleviate” is above B2")


def test_a_file_that_is_not_utf_8_is_told_once_and_by_the_catalog(root: Path) -> None:
    (root / PHRASES).write_bytes("- id: café".encode("latin-1"))

    assert any("is not UTF-8" in str(problem) for problem in inspect_catalog(root).problems)
    assert not says(root, "is not UTF-8")


def test_what_is_not_checked_for_want_of_a_package_is_named_with_it() -> None:
    there = {"pypinyin", "cefrpy"}

    assert missing_tools(lambda package: package if package in there else None) == (
        "the romanisation of Korean (needs koroman)",
        "kana (needs pyopenjtalk)",
    )
