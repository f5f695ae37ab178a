"""What a form asks of each kind of entry: one description, from which forms are drawn and read."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from trainer.authoring.entries import EntryKind


class FieldKind(StrEnum):
    LINE = "line"
    PROSE = "prose"
    """Words with emphasis and foreign words marked, in one paragraph."""
    BODY = "body"
    """The Markdown text of a lesson."""
    CHOICE = "choice"
    SEVERAL = "several"
    LINES = "lines"
    """A list of texts, one a line."""
    ORDERS = "orders"
    """A list of lists of words: one list a line, its words parted by commas."""
    NUMBER = "number"
    TRUTH = "truth"
    DAY = "day"
    GROUP = "group"
    GROUPS = "groups"


@dataclass(frozen=True)
class Field:
    """`choices` names a list in `choices.py`; for a line they are only proposed.

    `noun` says what a group is, as in "Add an option". `is_keyed` groups stand in the file as a mapping by their ids.
    `may_be_null` writes null where nothing is given, instead of leaving the key out. `lang` is a language, or the name
    of the field that tells it.
    """

    name: str
    label: str
    help: str = ""
    kind: FieldKind = FieldKind.LINE
    choices: str = ""
    is_optional: bool = False
    may_be_null: bool = False
    fields: tuple["Field", ...] = ()
    noun: str = ""
    is_keyed: bool = False
    lang: str = ""
    is_yes: bool = False
    """Of something that is true or false: whether it is true where nothing is said."""


PROSE_HELP = "Mark foreign words with their language: [はい]{lang=ja}. *Stars* stress a word."
ID = Field("id", "Id", help="Small letters, digits and hyphens. It is never used again, so choose it once.")


line = partial(Field, kind=FieldKind.LINE)
prose = partial(Field, kind=FieldKind.PROSE)
truth = partial(Field, kind=FieldKind.TRUTH)


def lines(name: str, label: str, help: str = "One a line.", *, lang: str = "", is_optional: bool = False) -> Field:
    return Field(name, label, help, FieldKind.LINES, is_optional=is_optional, lang=lang)


def choice(name: str, label: str, choices: str, help: str = "", *, is_optional: bool = False) -> Field:
    return Field(name, label, help, FieldKind.CHOICE, choices, is_optional)


def several(name: str, label: str, choices: str, help: str = "", *, is_optional: bool = False) -> Field:
    return Field(name, label, help, FieldKind.SEVERAL, choices, is_optional)


def whole(name: str, label: str, low: int, high: int, help: str = "", *, is_optional: bool = False) -> Field:
    words = help or f"A whole number from {low} to {high}."
    return Field(name, label, words, FieldKind.NUMBER, is_optional=is_optional)


def group(name: str, label: str, fields: tuple[Field, ...], help: str = "", *, is_optional: bool = False) -> Field:
    return Field(name, label, help, FieldKind.GROUP, is_optional=is_optional, fields=fields)


def groups(
    name: str,
    label: str,
    noun: str,
    fields: tuple[Field, ...],
    help: str = "",
    *,
    is_optional: bool = False,
    is_keyed: bool = False,
) -> Field:
    return Field(
        name, label, help, FieldKind.GROUPS, is_optional=is_optional, fields=fields, noun=noun, is_keyed=is_keyed
    )


LESSON = (
    ID,
    line("title", "Title", "The work situation, as a learner would say it."),
    choice("topic", "Topic", "topics", "Needed in the course of a country.", is_optional=True),
    several("competencies", "What it serves", "competencies"),
    lines("goals", "After this lesson", "One a line, each beginning with “I can”. Learners tick them at the end."),
    whole("minutes", "Minutes", 1, 120, "How long it takes to read, from 1 to 120."),
    several("functions", "Phrases", "functions", "The phrases of these functions are shown in the lesson."),
    several("see_functions", "Phrases to point to", "functions", "Shown in another lesson.", is_optional=True),
    group(
        "wrong_advice",
        "Advice that circulates",
        (prose("advice", "The advice, as it is heard"), prose("why", "Why not to follow it")),
        is_optional=True,
    ),
    prose("safe_default", "If you remember nothing else", "What is safe with anybody.", is_optional=True),
    prose("people_differ", "People differ here", "When it is otherwise, and how to find out.", is_optional=True),
)
BODY = (
    Field(
        "body",
        "Text of the lesson",
        "Markdown: ## for a heading, - for a list, *stars* to stress, an empty line between paragraphs. "
        "Foreign words as [はい]{lang=ja}.",
        FieldKind.BODY,
    ),
)
FACT = (
    ID,
    prose("text", "The fact", PROSE_HELP),
    choice("mark", "How sure it is", "marks"),
    several("sources", "Sources", "sources"),
    Field("checked", "Checked on", "The day on which somebody compared it with the sources.", FieldKind.DAY),
    truth("volatile", "It changes often", "Such as prices, holidays and rules: it is checked again sooner."),
)
WRONG_FORM = (line("text", "What one may say instead", lang="lang"), prose("why", "Why not"))
PHRASE = (
    ID,
    line("lang", "Language", "A language tag such as ja, fr or zh-Hans."),
    choice("function", "Function", "functions"),
    line("text", "What to say", lang="lang"),
    line("reading", "Reading", "As in kana, where the script does not tell the sound.", lang="lang", may_be_null=True),
    line("translit", "In Latin letters", may_be_null=True),
    line("literal", "Word for word"),
    line("natural", "What it means", "As one would say it in English."),
    choice("register", "Style", "registers"),
    line("politeness", "Politeness", "Such as humble, where the language tells it.", is_optional=True),
    several("channel", "Where it is used", "channels"),
    group("to", "Said to", (choice("role", "Who", "roles"), choice("gender", "Woman or man", "genders"))),
    choice("speaker", "Said by", "genders", is_optional=True),
    line("audio_text", "What the voice reads", "One form only, without a slash.", lang="lang"),
    groups("wrong", "What not to say", "wrong form", WRONG_FORM),
    prose("note", "Note", PROSE_HELP),
    choice("review", "Not settled", "doubts", "Learners are told so, until the mark is gone.", is_optional=True),
)
ASSESSMENT = (
    whole("minutes", "Minutes", 1, 240, "How long an assessment may take."),
    whole("attempts", "Attempts", 1, 20, "How many each person has."),
    Field("pass", "Share that passes", "From 0.05 to 1, such as 0.8.", FieldKind.NUMBER),
    truth("shows_correctness", "At the end, say what was right", is_optional=True, is_yes=True),
    truth("shows_answers", "At the end, explain every answer", is_optional=True),
    truth("practice", "It may be practised as well", is_optional=True, is_yes=True),
)
POOL = (
    lines("items", "Ids of its items"),
    whole("pick", "How many of them are asked", 1, 100),
)
QUIZ = (
    Field("id", "Id", help="The name of its file, without .yaml."),
    line("title", "Title"),
    prose("summary", "Summary", "The situation in one or two sentences."),
    whole("minutes", "Minutes", 1, 240),
    several("lessons", "Read before", "lessons"),
    choice("key_status", "Who stands behind the keys", "key_status"),
    group("assessment", "Sat as an assessment", ASSESSMENT, "With a deadline, unlike practice.", is_optional=True),
    groups("pools", "Pools", "pool", POOL, "Each attempt asks some items of a pool, at random.", is_optional=True),
)
SOURCE = (
    Field("id", "Short name", help="Lessons and items name the source by it."),
    line("title", "Title"),
    line("address", "Address", "Begins with https:// or http://."),
    choice("tier", "Tier", "tiers", "A: official or scholarly. B: edited. C: a single voice."),
)
COURSE = (
    line("title", "Title"),
    line(
        "country",
        "Country",
        "Two letters, such as JP; empty if it is about none.",
        choices="countries",
        is_optional=True,
    ),
    line("language", "Language", "A tag such as ja; empty if it is about none.", is_optional=True),
    prose("summary", "Summary"),
    prose("cover", "Cover text", "What it is about, and what one can do afterwards."),
    whole("minutes", "Minutes", 1, 6000),
    several("prerequisites", "Courses to take before", "courses"),
    several("templates", "What it fills", "templates", "check-content holds the course to it.", is_optional=True),
    line("licence", "Licence", "Such as CC-BY-4.0."),
    lines("reviewers", "Reviewers", "One name a line; leave it empty while nobody has reviewed the course."),
    groups("sources", "Sources", "source", SOURCE, is_keyed=True),
)
ENDING = (
    Field("id", "Id"),
    choice("outcome", "How it ends", "outcomes"),
    line("title", "Title"),
    prose("text", "What happens", PROSE_HELP),
)
PLAIN_FORMS = {
    EntryKind.LESSON: LESSON,
    EntryKind.BODY: BODY,
    EntryKind.FACT: FACT,
    EntryKind.PHRASE: PHRASE,
    EntryKind.QUIZ: QUIZ,
    EntryKind.COURSE: COURSE,
    EntryKind.ENDING: ENDING,
}
