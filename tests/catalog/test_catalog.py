"""A complete course passes; every kind of mistake is told with its file and line; what is shipped keeps its promise."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from app import ROOT
from tests.catalog.sample import (
    BASICS_LESSON,
    COMPETENCIES,
    COURSE,
    LESSON,
    PHRASES,
    QUIZ,
    TEMPLATES,
    change,
    line_of,
    write_sample,
)
from trainer.catalog import BrokenContent, Problem, check_catalog, count_catalog, load_catalog
from trainer.domain.content import (
    TOPICS,
    CefrLevel,
    CompetencyKind,
    Content,
    Effect,
    ItemType,
    KeyStatus,
    Mark,
    OneOf,
    Register,
    RequirementTemplate,
    Scenario,
    SomeOf,
)

SHIPPED = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the complete sample course."""
    write_sample(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def shipped() -> Content:
    content, _ = check_catalog(SHIPPED)
    return content


def told(root: Path) -> list[str]:
    """What the check says, as an author reads it."""
    _, problems = check_catalog(root)
    return [str(problem) for problem in problems]


# A complete course


def test_a_complete_course_has_no_problem(root: Path) -> None:
    assert told(root) == []


def test_a_competency_is_read_with_its_level(root: Path) -> None:
    clarifying = load_catalog(root).competencies["ja-clarifying"]

    assert clarifying.kind is CompetencyKind.LANGUAGE
    assert (clarifying.language, clarifying.level, clarifying.functions) == ("ja", CefrLevel.A2, ("clarify",))


def test_a_course_is_read_with_its_seats(root: Path) -> None:
    demo = load_catalog(root).courses["demo"]

    assert (demo.title, demo.country, demo.language, demo.minutes) == ("Japan", "JP", "ja", 20)
    assert demo.prerequisites == ("basics",)
    (template,) = demo.engagement_templates
    assert template.country == "JP"
    assert [(seat.title, seat.is_speaking) for seat in template.seats] == [
        ("Head of delegation", True),
        ("Note-taker", False),
    ]
    assert template.seats[0].requirements[1] == RequirementTemplate("ja-clarifying", 0.6, is_must=False)


def test_a_lesson_is_read_with_its_facts_and_the_phrases_of_its_functions(root: Path) -> None:
    content = load_catalog(root)
    lesson = content.lessons["demo-names"]

    assert (lesson.course_id, lesson.topic, lesson.minutes) == ("demo", "names", 8)
    assert lesson.file.startswith("lessons/demo/")
    assert (root / lesson.file).is_file()
    assert lesson.phrases == (content.phrases["ja-clarify-01"],)
    fact = lesson.facts[0]
    assert (fact.mark, fact.checked, fact.volatile) == (Mark.CONSENSUS, date(2026, 11, 22), False)
    assert [source.address for source in fact.sources] == ["https://example.org/guide", "https://example.org/survey"]
    assert "<h2>Which part is the family name</h2>" in lesson.body.html


def test_a_phrase_is_read_as_written(root: Path) -> None:
    phrase = load_catalog(root).phrases["ja-clarify-01"]

    assert (phrase.text, phrase.reading) == ("もう一度お願いします。", "もういちどおねがいします。")
    assert phrase.register is Register.POLITE
    assert (phrase.channel, phrase.to_role, phrase.to_gender) == (("speech", "call"), "client", "any")
    assert phrase.wrong[0].text == "もう一回。"


def test_each_type_of_item_is_answered_in_its_own_way(root: Path) -> None:
    quiz = load_catalog(root).quizzes["demo-meeting"]

    assert quiz.key_status is KeyStatus.AUTHOR
    assert {item.type: type(item.interaction) for item in quiz.items} == {
        ItemType.BEST_NEXT_STEP: OneOf,
        ItemType.CHOICE: OneOf,
        ItemType.MULTIPLE_CHOICE: SomeOf,
        ItemType.WHAT_DOES_IT_MEAN: OneOf,
        ItemType.BRANCHING: Scenario,
    }


def test_graded_options_are_scored_by_what_they_do_to_trust_and_clarity(root: Path) -> None:
    content = load_catalog(root)
    step = content.items["demo-meeting-01"]

    assert isinstance(step.interaction, OneOf)
    assert [option.effect for option in step.interaction.options] == list(Effect)
    assert [option.score for option in step.interaction.options] == pytest.approx([1.0, 4 / 7, 2 / 7, 0.0])
    assert step.interaction.options[0].say == content.phrases["ja-clarify-01"]


def test_the_parts_of_a_course_are_counted(root: Path) -> None:
    assert count_catalog(load_catalog(root)) == {
        "basics": dict.fromkeys(("phrases", "dialogues", "functions", "quizzes", "items", "branching"), 0)
        | {"lessons": 1, "facts": 1, "mails": 0, "contrasts": 0},
        "demo": dict.fromkeys(("lessons", "phrases", "dialogues", "functions", "quizzes", "branching"), 1)
        | {"items": 5, "facts": 2, "mails": 0, "contrasts": 0},
    }


def test_the_content_hash_of_an_item_changes_with_its_wording_and_with_nothing_else(root: Path) -> None:
    before = load_catalog(root).items
    change(root, QUIZ, '"Without one it waits."', "Without one it waits.")
    change(root, QUIZ, "The line is bad.", "The line is poor.")

    after = load_catalog(root).items

    changed = {name for name in after if after[name].content_hash != before[name].content_hash}
    assert changed == {"demo-meeting-03"}


@pytest.mark.parametrize("tag", ["zh-Hans", "pt-BR", "zh-CN", "ja-Latn", "de"])
def test_a_language_is_a_tag_of_bcp_47(root: Path, tag: str) -> None:
    change(root, COURSE, "language: ja", f"language: {tag}")

    assert told(root) == []


def test_windows_line_ends_are_read_like_any_other(root: Path) -> None:
    for name in (LESSON, QUIZ):
        path = root / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert told(root) == []


# One mistake at a time


class Mistake(NamedTuple):
    """A change to one file of the sample, and what is told of the line that then holds the words `at`."""

    what: str
    file: str
    old: str
    new: str
    at: str
    message: str

    def __str__(self) -> str:
        return self.what


def make(root: Path, mistake: Mistake) -> list[str]:
    """Make the mistake; what should be told of it."""
    change(root, mistake.file, mistake.old, mistake.new)
    return [f"{mistake.file}:{line_of(root, mistake.file, mistake.at)}: {mistake.message}"]


def unknown_key(what: str, file: str, beside: str) -> Mistake:
    """A key that does not exist, on the line below `beside` or, in braces, before it."""
    indent = " " * (len(beside) - len(beside.lstrip()))
    new = "{typo: 1, " + beside[1:] if beside.startswith("{") else f"{beside}\n{indent}typo: 1"
    return Mistake(f"{what} in {Path(file).name}", file, beside, new, "typo: 1", f"unknown key 'typo' in {what}")


UNKNOWN_KEYS = [
    unknown_key("a competency", COMPETENCIES, "  title: First contact"),
    unknown_key("a course", COURSE, "minutes: 20"),
    unknown_key("a source", COURSE, "    tier: B"),
    unknown_key("a lesson", LESSON, "minutes: 8"),
    unknown_key("a fact", LESSON, "    volatile: false"),
    unknown_key("wrong_advice", LESSON, '  why: "It makes people choose."'),
    unknown_key("a phrase", PHRASES, "  register: polite"),
    unknown_key("to", PHRASES, "{role: client"),
    unknown_key("a wrong form", PHRASES, '{text: "もう一回。"'),
    unknown_key("an engagement template", TEMPLATES, "  title: First meeting"),
    unknown_key("a seat", TEMPLATES, "      speaking: true"),
    unknown_key("a requirement", TEMPLATES, "{competency: deciding"),
    unknown_key("a quiz", QUIZ, "key_status: author"),
    unknown_key("an item", QUIZ, "    topic: names"),
    unknown_key("an option", QUIZ, "        effect: acceptable"),
    unknown_key("an option", QUIZ, '{id: b, text: "A logo."'),
    unknown_key("a node", QUIZ, "        repair: true"),
    unknown_key("a choice", QUIZ, '{id: c, text: "Laugh."'),
    unknown_key("an ending", QUIZ, "{id: agreed"),
    Mistake("key of another type of item", QUIZ, "    topic: names", "    start: n2", "start: n2",
            "unknown key 'start' in an item"),
    Mistake("misspelt optional key", LESSON, "safe_default:", "safe_defalt:", "safe_defalt:",
            "unknown key 'safe_defalt' in a lesson"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", UNKNOWN_KEYS, ids=str)
def test_an_unknown_key_is_told_where_it_stands(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


USED_AGAIN = [
    Mistake("in the same file", COMPETENCIES, "- id: gifts", "- id: first-contact # again", "# again",
            f"id 'first-contact' is used already at {COMPETENCIES}:2; ids are never re-used"),
    Mistake("by another kind of thing", QUIZ, "- id: demo-meeting-02", "- id: demo-names-02", "- id: demo-names-02",
            f"id 'demo-names-02' is used already at {LESSON}:18; ids are never re-used"),
    Mistake("in another course", LESSON, "- id: demo-names-02", "- id: basics-objective", "- id: basics-objective",
            f"id 'basics-objective' is used already at {BASICS_LESSON}:2; ids are never re-used"),
    Mistake("of an option", QUIZ, '{id: b, text: "A logo."', '{id: a, text: "A logo."', "A logo.",
            "id 'a' stands twice here"),
    Mistake("of a graded option", QUIZ, "      - id: b\n", "      - id: a # again\n", "# again",
            "id 'a' stands twice here"),
    Mistake("of a choice", QUIZ, '{id: c, text: "Laugh."', '{id: b, text: "Laugh."', "Laugh.",
            "id 'b' stands twice here"),
    Mistake("of a seat", TEMPLATES, "    - id: note-taker", "    - id: lead # again", "# again",
            "id 'lead' stands twice here"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", USED_AGAIN, ids=str)
def test_an_id_that_is_used_again_is_told_at_its_second_use(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


def test_the_id_of_a_quiz_is_the_name_of_its_file(root: Path) -> None:
    change(root, QUIZ, "id: demo-meeting\n", "id: demo-metting\n")

    assert told(root) == [f"{QUIZ}:1: the id of a quiz is its file's name: 'demo-meeting', not 'demo-metting'"]


def test_a_quiz_may_not_take_the_name_of_a_drill(root: Path) -> None:
    change(root, QUIZ, "id: demo-meeting\n", "id: drill-demo\n")
    (root / QUIZ).rename((root / QUIZ).with_name("drill-demo.yaml"))

    assert told(root) == [
        "quizzes/demo/drill-demo.yaml:1: the ids that begin with 'drill-' are those of quizzes made from phrases"
    ]


@pytest.mark.parametrize("name", ["Demo", "demo_names", "demo--names", "-demo", "demo names", "démo"])
def test_an_id_is_lower_case_words_joined_by_hyphens(root: Path, name: str) -> None:
    change(root, QUIZ, "- id: demo-meeting-02", f"- id: {name}")
    line = line_of(root, QUIZ, f"- id: {name}")

    assert told(root) == [f"{QUIZ}:{line}: id {name!r} must be lower-case words joined by hyphens, such as jp-names-01"]


MISSING = [
    Mistake("explanation of an option", QUIZ, ', explanation: "Nobody needs it."', "", "A logo.",
            "missing key 'explanation' in an option"),
    Mistake("explanation of a graded option", QUIZ, '        explanation: "Silence is room."\n', "", "- id: b",
            "missing key 'explanation' in an option"),
    Mistake("explanation of a choice", QUIZ, 'explanation: "It hurts.", ', "", "Laugh.",
            "missing key 'explanation' in a choice"),
    Mistake("explanation without words", QUIZ, '"Nobody needs it."', '" "', "A logo.",
            "'explanation' is empty: write it, or leave the key out if it is optional"),
    Mistake("consequence", QUIZ, '        consequence: "He goes on."\n', "", "- id: b",
            "missing key 'consequence' in an option"),
    Mistake("sources of a fact", LESSON, "    sources: [guide, survey]\n", "", "- id: demo-names-01",
            "missing key 'sources' in a fact"),
    Mistake("topic in a country's course", LESSON, "topic: names\n", "", "# the lesson",
            "missing key 'topic' in a lesson"),
    Mistake("reading", PHRASES, "  reading: もういちどおねがいします。\n", "", "- id: ja-clarify-01",
            "missing key 'reading' in a phrase (write null if there is none)"),
    Mistake("no reading of Japanese", PHRASES, "reading: もういちどおねがいします。", "reading: null", "reading: null",
            "'reading' is null: 'ja' needs one"),
    Mistake("whom a phrase is said to", PHRASES, "  to: {role: client, gender: any}\n", "", "- id: ja-clarify-01",
            "missing key 'to' in a phrase"),
    Mistake("address of a source", COURSE, "    address: https://example.org/survey\n", "", "title: A survey",
            "missing key 'address' in a source"),
    Mistake("each source", LESSON, "[guide, survey]", "[]", "sources: []", "'sources' is empty: give at least one"),
    Mistake("each competency", QUIZ, "[deciding, ja-clarifying]", "[]", "competencies: []",
            "'competencies' is empty: give at least one"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISSING, ids=str)
def test_what_is_missing_or_empty_is_told_at_what_lacks_it(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


REFERENCES = [
    Mistake("competency of a lesson", LESSON, "[first-contact, ja-clarifying]", "[first-contct]", "first-contct",
            "unknown competency 'first-contct'"),
    Mistake("competency of an item", QUIZ, "[deciding, ja-clarifying]", "[decidng]", "decidng",
            "unknown competency 'decidng'"),
    Mistake("competency of a choice", QUIZ, "next: n3, competencies: [deciding]", "next: n3, competencies: [x]",
            "next: n3, competencies: [x]", "unknown competency 'x'"),
    Mistake("competency of a seat", TEMPLATES, "{competency: deciding,", "{competency: decidng,", "decidng",
            "unknown competency 'decidng'"),
    Mistake("source of a fact", LESSON, "[guide, survey]", "[guide, survy]", "survy", "unknown source 'survy'"),
    Mistake("source of an item", QUIZ, "sources: [survey]", "sources: [survy]", "survy", "unknown source 'survy'"),
    Mistake("source of another course", QUIZ, "sources: [survey]", "sources: [iso]", "[iso]", "unknown source 'iso'"),
    Mistake("phrase of an option", QUIZ, '"It is readable.", say: ja-clarify-01', '"It is.", say: ja-clarify-9',
            "ja-clarify-9", "unknown phrase 'ja-clarify-9'"),
    Mistake("phrase of a choice", QUIZ, "next: n2, say: ja-clarify-01", "next: n2, say: ja-clarify-9",
            "ja-clarify-9", "unknown phrase 'ja-clarify-9'"),
    Mistake("fact", QUIZ, "facts: [demo-names-01]", "facts: [demo-names-09]", "demo-names-09",
            "unknown fact 'demo-names-09'"),
    Mistake("lesson of a quiz", QUIZ, "lessons: [demo-names]", "lessons: [demo-nams]", "demo-nams",
            "unknown lesson 'demo-nams'"),
    Mistake("lesson of an item", QUIZ, "    lesson: demo-names", "    lesson: demo-nams", "demo-nams",
            "unknown lesson 'demo-nams'"),
    Mistake("phrase function", LESSON, "functions: [clarify]", "functions: [clarfy]", "clarfy",
            "unknown function 'clarfy'"),
    Mistake("prerequisite", COURSE, "prerequisites: [basics]", "prerequisites: [basic]", "prerequisites:",
            "unknown prerequisite course 'basic'"),
    Mistake("prerequisite that is the course itself", COURSE, "prerequisites: [basics]", "prerequisites: [demo]",
            "prerequisites:", "unknown prerequisite course 'demo'"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", REFERENCES, ids=str)
def test_a_reference_to_what_does_not_exist_is_told(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


NO_LANGUAGE = "is not a BCP 47 language tag (such as ja, fr, zh-Hans or pt-BR)"
NO_COUNTRY = "is not an ISO 3166-1 alpha-2 country code such as JP"
NO_DAY = "'checked' must be a date such as 2026-11-22"
NO_MINUTES = "'minutes' must be a whole number from 1 to 120"
VALUES = [
    Mistake("language that is none", COURSE, "language: ja", "language: jp", "language: jp", f"'jp' {NO_LANGUAGE}"),
    Mistake("language ill-formed", COURSE, "language: ja", "language: zz-ZZZZ-x", "zz-ZZZZ-x",
            f"'zz-ZZZZ-x' {NO_LANGUAGE}"),
    Mistake("language in capitals", COMPETENCIES, "  language: ja", "  language: JA", "JA", f"'JA' {NO_LANGUAGE}"),
    Mistake("language in words", PHRASES, "  lang: ja", "  lang: japanese", "lang:", f"'japanese' {NO_LANGUAGE}"),
    Mistake("country in words", COURSE, "country: JP", "country: Japan", "country:", f"'Japan' {NO_COUNTRY}"),
    Mistake("country in small letters", COURSE, "country: JP", "country: jp", "country:", f"'jp' {NO_COUNTRY}"),
    Mistake("address in words", COURSE, "https://example.org/survey", "in the library", "in the library",
            "source 'survey' has no address: 'in the library' does not start with http(s)://"),
    Mistake("words for a number", LESSON, "minutes: 8", "minutes: eight", "minutes:", NO_MINUTES),
    Mistake("fraction", LESSON, "minutes: 8", "minutes: 8.5", "minutes:", NO_MINUTES),
    Mistake("truth for a number", LESSON, "minutes: 8", "minutes: true", "minutes:", NO_MINUTES),
    Mistake("minutes out of range", LESSON, "minutes: 8", "minutes: 0", "minutes:",
            "'minutes' must be between 1 and 120, not 0"),
    Mistake("target out of range", TEMPLATES, "target: 0.6", "target: 70", "target: 70",
            "'target' must be between 0.1 and 0.99, not 70"),
    Mistake("meter out of range", QUIZ, 'sign.", effect: best, trust: 1', 'sign.", effect: best, trust: 3', "trust: 3",
            "'trust' must be between -2 and 2, not 3"),
    Mistake("number for text", COURSE, "title: Japan", "title: 2026", "title: 2026", "'title' must be text"),
    Mistake("text for a list", LESSON, "functions: [clarify]", "functions: clarify", "functions:",
            "'functions' must be a list"),
    Mistake("number among texts", LESSON, "  - I can ask how a name is read.", "  - 7", "  - 7",
            "'goals' must be a list of texts"),
    Mistake("text for truth", LESSON, "volatile: false", "volatile: maybe", "maybe",
            "'volatile' must be true or false"),
    Mistake("day that does not exist", LESSON, "2026-11-22", "2026-02-30", "2026-02-30", NO_DAY),
    Mistake("day in words", LESSON, "2026-11-22", "last week", "last week", NO_DAY),
    Mistake("day with a time", LESSON, "2026-11-22", "2026-11-22 10:00:00", "10:00:00", f"{NO_DAY}, without a time"),
    Mistake("mark", LESSON, "mark: consensus", "mark: sure", "mark: sure",
            "'mark' must be one of consensus, contested, stereotype_risk, not 'sure'"),
    Mistake("topic", LESSON, "topic: names", "topic: name", "topic:",
            f"'topic' must be one of {', '.join(TOPICS)}, not 'name'"),
    Mistake("register", PHRASES, "register: polite", "register: friendly", "register:",
            "'register' must be one of casual, neutral, polite, formal, very_formal, not 'friendly'"),
    Mistake("tier", COURSE, "    tier: B", "    tier: D", "tier: D", "'tier' must be one of A, B, C, not 'D'"),
    Mistake("channel", PHRASES, "[speech, call]", "[speech, fax]", "fax", "unknown channel 'fax'"),
    Mistake("status of the key", QUIZ, "key_status: author", "key_status: sure", "key_status:",
            "'key_status' must be one of author, reviewed, rated, not 'sure'"),
    Mistake("level", QUIZ, "    level: A2", "    level: A3", "level:",
            "'level' must be one of Pre-A1, A1, A2, A2+, B1, B1+, B2, B2+, C1, C2, not 'A3'"),
    Mistake("sound of two forms", PHRASES, "audio_text: もう一度お願いします", "audio_text: あ/い", "あ/い",
            "'audio_text' holds a slash: write one form, a second record for the other"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", VALUES, ids=str)
def test_a_value_that_cannot_be_is_told_with_what_it_must_be(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TEMPLATES, "target: 0.6", "target: 0.1"),
        (TEMPLATES, "target: 0.6", "target: 0.99"),
        (LESSON, "minutes: 8", "minutes: 1"),
        (LESSON, "minutes: 8", "minutes: 120"),
        (QUIZ, 'text: "Insist.", effect: harmful, trust: -1', 'text: "Insist.", effect: harmful, trust: -2'),
    ],
)
def test_the_ends_of_a_range_are_in_it(root: Path, file: str, old: str, new: str) -> None:
    change(root, file, old, new)

    assert told(root) == []


WITH_CONSEQUENCES = [
    Mistake("country that YAML takes for no", COURSE, "country: JP", "country: NO", "NO", "'country' must be text"),
    Mistake("kind", COMPETENCIES, "kind: communication", "kind: manners", "manners",
            "'kind' must be one of language, etiquette, communication, partnering, not 'manners'"),
    Mistake("outcome", QUIZ, "damaged, title", "ruined, title", "ruined",
            "'outcome' must be one of agreement, postponed, damaged, not 'ruined'"),
    Mistake("level of what is no language", COMPETENCIES, "  title: First contact",
            "  title: First contact\n  level: B1", "level: B1", "'level' belongs to language competencies only"),
    Mistake("type of an item", QUIZ, "type: multiple_choice", "type: some", "type: some",
            f"'type' must be one of {', '.join(ItemType)}, not 'some'"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", WITH_CONSEQUENCES, ids=str)
def test_a_value_on_which_others_depend_is_told_beside_what_follows_from_it(root: Path, mistake: Mistake) -> None:
    (expected,) = make(root, mistake)

    assert expected in told(root)


NO_LANGUAGE_OF_WORDS = "which is not a BCP 47 language tag (such as ja, fr or zh-Hans)"
PROSE = [
    Mistake("HTML in a field", QUIZ, "The list has no date.", "The list has <b>no</b> date.", "<b>no</b>",
            "'stem' holds HTML: write Markdown"),
    Mistake("script in a field", LESSON, "Most people are", "<script>Most</script> people are", "<script>",
            "'text' holds HTML: write Markdown"),
    Mistake("HTML in the body", LESSON, "- Ask once.", "- Ask <b>once</b>.", "<b>once</b>",
            "the text holds HTML: write Markdown"),
    Mistake("words in no language", QUIZ, "[はい]{lang=ja}", "[はい]{lang=jp}", "lang=jp",
            f"'stem' marks words with 'jp', {NO_LANGUAGE_OF_WORDS}"),
    Mistake("words in an ill-formed language", LESSON, "[佐藤花子]{lang=ja}", "[佐藤花子]{lang=j}", "lang=j}",
            f"the text marks words with 'j', {NO_LANGUAGE_OF_WORDS}"),
    Mistake("heading of level 1", LESSON, "## Which part", "# Which part", "# Which part",
            "the title is the only heading of level 1: use ##"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", PROSE, ids=str)
def test_prose_that_is_not_clean_markdown_is_told(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


OPTION_B = '      - {id: b, text: "A logo.", correct: false, explanation: "Nobody needs it."}\n'
OPTION_D = '      - {id: d, text: "It is a joke.", correct: false, explanation: "Nobody laughed."}\n'
ACCEPTABLE = "        trust: 1\n        clarity: 0\n"
WEAK = "        trust: 0\n        clarity: -1\n"
ITEMS = [
    Mistake("two right in a choice", QUIZ, '"A logo.", correct: false', '"A logo.", correct: true', "A date.",
            "exactly one option must be correct"),
    Mistake("none right in a choice", QUIZ, '"A date.", correct: true', '"A date.", correct: false', "A date.",
            "exactly one option must be correct"),
    Mistake("two right in a meaning", QUIZ, '"It is a yes.", correct: false', '"It is a yes.", correct: true',
            "It needs more people.", "exactly one option must be correct"),
    Mistake("one right in a multiple choice", QUIZ, '"Write it.", correct: true', '"Write it.", correct: false',
            "Repeat it.", "two or more options must be correct, and at least one not"),
    Mistake("all right in a multiple choice", QUIZ, '"Shout it.", correct: false', '"Shout it.", correct: true',
            "Repeat it.", "two or more options must be correct, and at least one not"),
    Mistake("three meanings", QUIZ, OPTION_D, "", "It needs more people.",
            "needs exactly four explanations to choose from"),
    Mistake("two options", QUIZ, OPTION_B, "", "A date.", "needs at least three options"),
    Mistake("two options of one effect", QUIZ, "        effect: acceptable", "        effect: weak",
            "# the first option", "needs four options: one each of best, acceptable, weak, harmful"),
    Mistake("a worse option that does more", QUIZ, ACCEPTABLE, "        trust: -1\n        clarity: -1\n",
            "# the first option", "trust + clarity must not rise from best to acceptable to weak to harmful"),
    Mistake("an acceptable option like the best", QUIZ, ACCEPTABLE, "        trust: 2\n        clarity: 2\n",
            "# the first option", "the best option must have the strictly highest trust + clarity"),
    Mistake("a weak option like the harmful", QUIZ, WEAK, "        trust: -2\n        clarity: -1\n",
            "# the first option", "the harmful option must have the strictly lowest trust + clarity"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", ITEMS, ids=str)
def test_options_that_do_not_make_an_item_of_their_type_are_told(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


ITEM = "- id: demo-meeting-05"
CLEAR = 'explanation: "Clear to all.", next: '
SCENARIOS = [
    Mistake("unreachable node", QUIZ, "next: n4}", "next: agreed}", "- id: n4",
            "unreachable: no choice leads from the start to 'n4'"),
    Mistake("unreachable ending", QUIZ, "next: later}", "next: broken}", "id: later, outcome",
            "unreachable: no choice leads from the start to 'later'"),
    Mistake("best choices to a poor ending", QUIZ, f"{CLEAR}agreed", f"{CLEAR}later", ITEM,
            "no path to the best ending: the best choices from the start lead to 'later'"),
    Mistake("best choices in a circle", QUIZ, f"{CLEAR}agreed", f"{CLEAR}n1", ITEM,
            "no path to the best ending: the best choices from the start lead to 'n1'"),
    Mistake("start that is no node", QUIZ, "    start: n1", "    start: n0", ITEM, "start 'n0' is not a node"),
    Mistake("no repair", QUIZ, "        repair: true\n", "", ITEM,
            "a branching scenario needs a repair node (repair: true)"),
    Mistake("no ending of one kind", QUIZ, "outcome: postponed", "outcome: damaged", ITEM,
            "the endings must cover agreement, postponed, damaged"),
    Mistake("two best choices", QUIZ, '"Sign unread.", effect: weak', '"Sign unread.", effect: best',
            "Read and sign.", "exactly one choice of a node must be the best"),
    Mistake("no best choice", QUIZ, '"Plan around it.", effect: best', '"Plan around it.", effect: weak',
            "Plan around it.", "exactly one choice of a node must be the best"),
    Mistake("a weak choice like the harmful", QUIZ, '"Offer ten.", effect: weak, trust: 0, clarity: 1',
            '"Offer ten.", effect: weak, trust: -2, clarity: -1', "Ask why.",
            "the harmful option must have the strictly lowest trust + clarity"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", SCENARIOS, ids=str)
def test_a_scenario_that_does_not_hold_together_is_told(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


def test_a_dead_end_is_told_at_its_node(root: Path) -> None:
    change(root, QUIZ, 'explanation: "It is owned.", next: n3', 'explanation: "It is owned.", next: repair1')
    change(root, QUIZ, 'explanation: "It stays.", next: broken', 'explanation: "It stays.", next: repair1')
    line = line_of(root, QUIZ, "- id: repair1")

    assert told(root) == [f"{QUIZ}:{line}: dead end: no ending can be reached from 'repair1'"]


def test_a_choice_that_leads_nowhere_is_told_with_what_is_cut_off_by_it(root: Path) -> None:
    change(root, QUIZ, "next: repair1}", "next: repair9}")
    here, cut_off = line_of(root, QUIZ, "- id: n1"), line_of(root, QUIZ, "- id: repair1")

    assert told(root) == [
        f"{QUIZ}:{here}: leads to 'repair9', which is neither a node nor an ending",
        f"{QUIZ}:{cut_off}: unreachable: no choice leads from the start to 'repair1'",
    ]


def test_a_node_and_an_ending_of_one_name_are_told_apart(root: Path) -> None:
    change(root, QUIZ, "{id: broken, outcome", "{id: n4, outcome")
    line = line_of(root, QUIZ, "{id: n4, outcome")

    assert f"{QUIZ}:{line}: id 'n4' stands twice here" in told(root)


def test_a_scenario_of_four_nodes_is_too_short(root: Path) -> None:
    text = (root / QUIZ).read_text(encoding="utf-8")
    node = text[text.index("      - id: n2\n") : text.index("      - id: n3\n")]
    change(root, QUIZ, node, "")
    change(root, QUIZ, "next: n2,", "next: n3,")
    line = line_of(root, QUIZ, ITEM)

    assert told(root) == [f"{QUIZ}:{line}: a branching scenario needs 5 nodes or more, not 4"]


LAUGH = '{id: c, text: "Laugh."'
AFTERWARDS = 'consequence: "She waits.", explanation: "She heard it.", next: n3'


@pytest.mark.parametrize("clarity", [-1, 0, 1], ids=["lower", "equal", "higher"])
def test_two_choices_of_one_effect_may_differ_in_either_order(root: Path, clarity: int) -> None:
    also_weak = f'{{id: d, text: "Offer nine.", effect: weak, trust: 0, clarity: {clarity}, {AFTERWARDS}}}'
    change(root, QUIZ, LAUGH, f"{also_weak}\n          - {LAUGH}")

    assert told(root) == []


def test_of_two_harmful_choices_each_must_be_lower_than_the_rest(root: Path) -> None:
    also_harmful = f'{{id: d, text: "Frown.", effect: harmful, trust: 0, clarity: 1, {AFTERWARDS}}}'
    change(root, QUIZ, LAUGH, f"{also_harmful}\n          - {LAUGH}")
    line = line_of(root, QUIZ, "Ask why.")

    assert told(root) == [f"{QUIZ}:{line}: the harmful option must have the strictly lowest trust + clarity"]


# Files


def test_a_syntax_error_is_told_with_its_line(root: Path) -> None:
    change(root, QUIZ, "minutes: 10", "minutes: 10: 11")

    assert told(root) == [f"{QUIZ}:4: is not YAML: mapping values are not allowed in this context"]


def test_a_syntax_error_in_front_matter_is_told_with_its_line_in_the_file(root: Path) -> None:
    change(root, LESSON, "minutes: 8", "minutes: 8: 9")
    line = line_of(root, LESSON, "minutes: 8: 9")

    assert f"{LESSON}:{line}: is not YAML: mapping values are not allowed in this context" in told(root)


@pytest.mark.parametrize(
    "text", ["", "# Names\n\nJust text.\n", "---\nid: demo-names\nNo second line.\n"], ids=["empty", "none", "open"]
)
def test_a_lesson_without_front_matter_is_told(root: Path, text: str) -> None:
    (root / LESSON).write_text(text, encoding="utf-8")

    assert f"{LESSON}:1: must start with front matter between two lines of ---" in told(root)


def test_a_lesson_without_text_is_told(root: Path) -> None:
    change(root, BASICS_LESSON, "\nWrite it down.\n", "")

    assert told(root) == [f"{BASICS_LESSON}:16: there is no text below its front matter"]


def test_a_key_that_stands_twice_is_told_at_the_second(root: Path) -> None:
    change(root, QUIZ, "minutes: 10", "minutes: 10\nminutes: 11")

    assert told(root) == [f"{QUIZ}:5: key 'minutes' stands twice"]


def test_text_that_is_not_composed_is_told_line_by_line(root: Path) -> None:
    change(root, LESSON, "I can ask how", "I can ask Rene\u0301 how")
    change(root, LESSON, "- Write it down.", "- Write cafe\u0301.")
    wanted = "is not in Unicode normal form NFC: save the file composed (NFC)"

    assert told(root) == [
        f"{LESSON}:{line_of(root, LESSON, words)}: {wanted}" for words in ("I can ask Rene", "- Write cafe")
    ]


@pytest.mark.parametrize("name", [QUIZ, PHRASES, LESSON])
def test_a_file_that_is_not_utf_8_is_told_with_the_byte(root: Path, name: str) -> None:
    before = (root / name).read_bytes()
    (root / name).write_bytes(before + "café\n".encode("latin-1"))

    assert f"{name}:1: is not UTF-8: invalid continuation byte at byte {len(before) + 3}" in told(root)


def test_an_alias_that_holds_itself_is_told(root: Path) -> None:
    change(root, QUIZ, "minutes: 10", "minutes: &more [*more]")

    assert told(root) == [f"{QUIZ}:1: is not YAML: it is nested too deep, or an alias holds itself"]


@pytest.mark.parametrize("name", [COMPETENCIES, PHRASES, TEMPLATES])
def test_a_file_of_records_is_a_list(root: Path, name: str) -> None:
    (root / name).write_text("id: alone\n", encoding="utf-8")

    assert f"{name}:1: must be a list" in told(root)


@pytest.mark.parametrize("name", [COURSE, QUIZ])
def test_a_file_about_one_thing_is_a_mapping(root: Path, name: str) -> None:
    (root / name).write_text("- alone\n", encoding="utf-8")

    what = "a course" if name == COURSE else "a quiz"
    assert f"{name}:1: {what} must be a mapping of keys to values" in told(root)


@pytest.mark.parametrize("name", [COMPETENCIES, COURSE, PHRASES, QUIZ])
def test_a_file_without_anything_is_empty(root: Path, name: str) -> None:
    (root / name).write_text("# Nothing yet.\n", encoding="utf-8")

    assert f"{name}:1: is empty" in told(root)


def test_a_course_without_its_head_is_told(root: Path) -> None:
    (root / COURSE).unlink()

    assert told(root) == [
        f"{COURSE}:1: is missing: a course folder needs a course.yaml",
        "quizzes/demo:1: there is no course of this name in lessons/",
    ]


def test_a_course_without_lessons_is_told(root: Path) -> None:
    (root / BASICS_LESSON).unlink()

    assert told(root) == ["lessons/basics/course.yaml:1: the course has no lesson"]


def test_a_lesson_has_its_place_in_the_name_of_its_file(root: Path) -> None:
    (root / BASICS_LESSON).rename(root / "lessons/basics/objective.md")

    assert told(root) == ["lessons/basics/objective.md:1: a lesson's file is named NN-topic.md, such as 03-names.md"]


def test_quizzes_stand_in_the_folder_of_a_course(root: Path) -> None:
    (root / "quizzes/demo").rename(root / "quizzes/demonstration")

    assert told(root) == ["quizzes/demonstration:1: there is no course of this name in lessons/"]


ELSEWHERE = "is not read: a quiz is a .yaml file in the folder of its course, such as quizzes/japan/"
NO_PART = "is not read: a course is a folder in lessons/ with course.yaml, phrases.yaml, dialogues.yaml"
STRAYS = {
    "quizzes/demo/more.yml": "is not read: end its name with .yaml",
    "quizzes/more.yml": "is not read: end its name with .yaml",
    "quizzes/demo/MORE.YAML": "is not read: end its name with .yaml",
    "quizzes/more.yaml": ELSEWHERE,
    "quizzes/demo/advanced/more.yaml": ELSEWHERE,
    "quizzes/demo/02-more.md": ELSEWHERE,
    "lessons/more.yml": "is not read: end its name with .yaml",
    "lessons/demo/phrases.yml": "is not read: end its name with .yaml",
    "lessons/demo/02-more.MD": "is not read: end its name with .md",
    "lessons/demo/phrase.yaml": NO_PART,
    "lessons/competency.yaml": NO_PART,
    "lessons/02-more.md": NO_PART,
    "lessons/demo/advanced/02-more.md": NO_PART,
}


@pytest.mark.parametrize("name", STRAYS)
def test_a_file_that_would_be_passed_over_is_told(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("- id: more\n", encoding="utf-8")

    (found,) = told(root)

    assert found.startswith(f"{name}:1: {STRAYS[name]}")


def test_a_quiz_that_ends_in_yml_is_told_and_not_read(root: Path) -> None:
    (root / QUIZ).rename((root / QUIZ).with_suffix(".yml"))

    assert told(root) == [f"{QUIZ.removesuffix('.yaml')}.yml:1: is not read: end its name with .yaml"]


@pytest.mark.parametrize("name", ["lessons/README.md", "quizzes/demo/readme.md", "lessons/demo/audio/more.flac"])
def test_what_does_not_look_like_content_is_left_alone(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("About this folder.\n", encoding="utf-8")

    assert told(root) == []


def test_a_folder_without_content_is_told_and_not_an_error(tmp_path: Path) -> None:
    assert told(tmp_path) == [f"{COMPETENCIES}:1: is missing"]


# All mistakes at once


def test_all_mistakes_are_told_at_once_in_order_of_file_and_line(root: Path) -> None:
    change(root, QUIZ, ', explanation: "Nobody needs it."', "")
    change(root, QUIZ, "key_status: author", "key_status: sure\ntypo: 1")
    change(root, COURSE, "language: ja", "language: jp")
    change(root, PHRASES, "register: polite", "register: friendly")
    change(root, LESSON, "[guide, survey]", "[guide, survy]")

    _, problems = check_catalog(root)

    assert [(problem.path, problem.message.split(":")[0]) for problem in problems] == [
        (LESSON, "unknown source 'survy'"),
        (COURSE, f"'jp' {NO_LANGUAGE}"),
        (PHRASES, "'register' must be one of casual, neutral, polite, formal, very_formal, not 'friendly'"),
        (QUIZ, "'key_status' must be one of author, reviewed, rated, not 'sure'"),
        (QUIZ, "unknown key 'typo' in a quiz"),
        (QUIZ, "missing key 'explanation' in an option"),
    ]
    assert list(problems) == sorted(set(problems))


def test_a_broken_catalog_is_refused_with_the_same_list(root: Path) -> None:
    change(root, COURSE, "language: ja", "language: jp")
    change(root, QUIZ, ', explanation: "Nobody needs it."', "")
    _, problems = check_catalog(root)

    with pytest.raises(BrokenContent) as refused:
        load_catalog(root)

    assert len(problems) == 2
    assert refused.value.problems == problems
    assert str(refused.value).splitlines() == told(root)


def test_a_problem_reads_as_path_line_and_what_to_do() -> None:
    assert str(Problem(QUIZ, 12, "is empty")) == f"{QUIZ}:12: is empty"


# What is shipped


def test_the_shipped_content_has_no_problem() -> None:
    assert told(SHIPPED) == []


@pytest.mark.parametrize("course", ["china", "france", "india", "japan", "south-korea", "vietnam"])
def test_a_shipped_country_holds_at_least_what_the_product_promises(shipped: Content, course: str) -> None:
    counts = count_catalog(shipped)[course]

    assert counts["lessons"] == 16
    assert [lesson.topic for lesson in shipped.courses[course].lessons] == list(TOPICS)
    assert counts["phrases"] >= 40
    assert counts["dialogues"] >= 3
    assert counts["functions"] >= 12
    assert counts["quizzes"] >= 3
    assert counts["items"] >= 8
    assert counts["branching"] >= 1


def test_the_shipped_partnering_course_holds_at_least_what_the_product_promises(shipped: Content) -> None:
    counts = count_catalog(shipped)["partnering"]

    assert counts["lessons"] == 12
    assert counts["quizzes"] >= 3
    assert counts["items"] >= 8
    assert counts["branching"] >= 1


def test_every_competency_that_a_seat_requires_is_served_by_five_items_or_more(shipped: Content) -> None:
    required = {
        requirement.competency
        for course in shipped.courses.values()
        for template in course.engagement_templates
        for seat in template.seats
        for requirement in seat.requirements
    }

    served = {name: len(shipped.items_by_competency[name]) for name in required}

    assert len(required) > 10
    assert {name: count for name, count in served.items() if count < 5} == {}


def test_every_shipped_course_has_seats_to_start_from(shipped: Content) -> None:
    assert [name for name, course in shipped.courses.items() if not course.engagement_templates] == []


def test_every_shipped_phrase_of_a_course_is_shown_in_exactly_one_lesson(shipped: Content) -> None:
    shown = [phrase.id for lesson in shipped.lessons.values() for phrase in lesson.phrases]

    assert sorted(shown) == sorted(phrase.id for course in shipped.courses.values() for phrase in course.phrases)


def test_the_minutes_of_a_shipped_course_are_those_of_its_lessons(shipped: Content) -> None:
    for course in shipped.courses.values():
        assert course.minutes == sum(lesson.minutes for lesson in course.lessons)


def test_every_shipped_mark_of_a_foreign_word_was_understood(shipped: Content) -> None:
    html = [lesson.body.html for lesson in shipped.lessons.values()]
    html += [fact.text.html for _, fact in shipped.facts.values()]
    html += [item.stem.html for item in shipped.items.values()]
    html += [phrase.note.html for phrase in shipped.phrases.values()]

    assert [each for each in html if "{lang=" in each or "<span lang" in each] == []


def test_the_page_for_trainers_tells_of_every_type_of_item() -> None:
    page = (ROOT / "docs" / "items.md").read_text(encoding="utf-8")

    assert [kind for kind in ItemType if f"`{kind}`" not in page] == []


def test_the_readme_tells_what_is_shipped(shipped: Content) -> None:
    columns = ("lessons", "facts", "phrases", "dialogues", "mails", "contrasts", "quizzes", "items", "branching")
    counts = count_catalog(shipped)
    expected = [
        " | ".join([f"| {course.title}", *(str(counts[name][column]) for column in columns)]) + " |"
        for name, course in shipped.courses.items()
    ]

    readme = (SHIPPED / "README.md").read_text(encoding="utf-8").splitlines()

    assert [line for line in expected if line not in readme] == []
