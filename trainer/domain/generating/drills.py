"""The quiz that practises the phrases of a course, and the order in which no phrase follows itself."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import ceil
from typing import TypeVar

from trainer.domain.content import Competency, Course, Item, KeyStatus, Pool, Quiz
from trainer.domain.generating.items import generate_items
from trainer.domain.generating.naming import phrase_of
from trainer.domain.generating.words import plain

T = TypeVar("T")

DRILL = "drill-"
"""With this the ids of drills begin, and no others."""
ASKED = 12
"""Items that one sitting of a drill asks."""
MINUTES = 5
SUMMARY = "A few phrases of this course at random: to be recognised, heard, typed, and chosen for a person."


def drill_id(course_id: str) -> str:
    return f"{DRILL}{course_id}"


def drill_quiz(course: Course, competencies: Mapping[str, Competency]) -> Quiz | None:
    """Practice of the phrases of a course, some at random in each sitting; None where nothing can be asked of them.

    The phrases are dealt into pools in their order, and each pool gives one item: a sitting comes through the whole
    course, and never asks of a phrase twice.
    """
    lessons: dict[str, str] = {}
    for lesson in course.lessons:
        for phrase in lesson.phrases:
            lessons.setdefault(phrase.id, lesson.id)
    items = generate_items(course.phrases, competencies, drill_id(course.id), lessons)
    if not items:
        return None
    return Quiz(
        id=drill_id(course.id),
        course_id=course.id,
        title=f"Practise the phrases: {course.title}",
        summary=plain(SUMMARY),
        minutes=MINUTES,
        lessons=tuple(lesson.id for lesson in course.lessons if lesson.phrases),
        key_status=KeyStatus.AUTHOR,
        items=spread(sorted(items, key=_mixed), _named),
        pools=_pools(items),
    )


def _pools(items: Iterable[Item]) -> tuple[Pool, ...]:
    by_phrase: dict[str, list[str]] = {}
    for item in items:
        by_phrase.setdefault(_named(item), []).append(item.id)
    dealt = list(by_phrase.values())
    size = ceil(len(dealt) / ASKED)
    groups = (dealt[start : start + size] for start in range(0, len(dealt), size))
    return tuple(Pool(tuple(name for names in group for name in names), 1) for group in groups)


def spread(things: Iterable[T], named: Callable[[T], str]) -> tuple[T, ...]:
    """The things so that none has the name of the one before, as near to their order as that allows.

    Where more than half have one name, some of them cannot but follow one another.
    """
    waiting = list(things)
    left = Counter(map(named, waiting))
    ordered: list[T] = []
    last = None
    while waiting:
        most, number = left.most_common(1)[0]
        must = most if 2 * number > len(waiting) and most != last else None
        names = enumerate(map(named, waiting))
        fits = (at for at, name in names if (name == must if must is not None else name != last))
        thing = waiting.pop(next(fits, 0))
        last = named(thing)
        left[last] -= 1
        ordered.append(thing)
    return tuple(ordered)


def _named(item: Item) -> str:
    return phrase_of(item.id) or item.id


def _mixed(item: Item) -> bytes:
    return hashlib.sha256(item.id.encode()).digest()
