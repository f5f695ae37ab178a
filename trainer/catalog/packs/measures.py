"""Lengths: of lessons, quizzes, scenes, reasons and options, so that a page can be read before a call."""

import re
from collections.abc import Iterator

from trainer.catalog.packs.missing import SCENES, situational_items
from trainer.catalog.packs.places import Finding
from trainer.domain.content import (
    Course,
    CourseTemplate,
    Item,
    MostAndLeast,
    OneOf,
    Option,
    Prose,
    RateEach,
    Scenario,
    SomeOf,
)
from trainer.domain.flags import flags_of_quiz

LESSON_WORDS = range(250, 501)
QUIZ_ITEMS = range(6, 11)
STEM_WORDS = range(40, 101)
REASON_WORDS = 60
NODES = range(6, 13)
_MARK_UP = re.compile(r"\]\{[^}]*\}|[#*\[\]|]")


def words_in(text: Prose) -> int:
    return len(_MARK_UP.sub(" ", text.source).split())


def lessons_out_of_measure(course: Course) -> Iterator[Finding]:
    for lesson in course.lessons:
        count = words_in(lesson.body)
        if count not in LESSON_WORDS:
            yield Finding(lesson.id, f"has {count} words, not {_span(LESSON_WORDS)}")


def quizzes_out_of_measure(course: Course) -> Iterator[Finding]:
    is_bound = {CourseTemplate.COUNTRY, CourseTemplate.PARTNERING} & set(course.templates)
    for quiz in course.quizzes:
        is_of_scenes = any(item.type in SCENES for item in quiz.items) and not _asks_for_words(quiz.items)
        if is_bound and is_of_scenes and len(quiz.items) not in QUIZ_ITEMS:
            yield Finding(quiz.id, f"has {len(quiz.items)} items, not {_span(QUIZ_ITEMS)}")
        for message in flags_of_quiz(quiz):
            yield Finding(quiz.id, message)
    for item in situational_items(course):
        yield from _item(item)


def _asks_for_words(items: tuple[Item, ...]) -> bool:
    """Whether it is a quiz of a language, which may be longer: its items are short."""
    return sum(item.level is not None for item in items) * 2 > len(items)


def _item(item: Item) -> Iterator[Finding]:
    if item.type in SCENES and words_in(item.stem) not in STEM_WORDS:
        yield Finding(item.id, f"its scene has {words_in(item.stem)} words, not {_span(STEM_WORDS)}")
    if isinstance(item.interaction, Scenario) and len(item.interaction.nodes) not in NODES:
        yield Finding(item.id, f"has {len(item.interaction.nodes)} steps, not {_span(NODES)}")
    for option in options_of(item):
        count = words_in(option.explanation)
        if count > REASON_WORDS:
            yield Finding(item.id, f"the reason of {option.id!r} has {count} words, more than {REASON_WORDS}")


def options_of(item: Item) -> Iterator[Option]:
    """The options of an item, of every step of a conversation."""
    match item.interaction:
        case OneOf(options) | SomeOf(options) | RateEach(options) | MostAndLeast(options):
            yield from options
        case Scenario(nodes=nodes):
            for node in nodes.values():
                yield from (choice.option for choice in node.choices)


def _span(span: range) -> str:
    return f"{span.start} to {span.stop - 1}"
