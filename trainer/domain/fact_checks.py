"""When a fact is due for another check: what may change soon sooner than what hardly does."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from trainer.domain.content import Content, Fact, Lesson

VOLATILE_MONTHS, STEADY_MONTHS = 6, 24


@dataclass(frozen=True, slots=True)
class FactToCheck:
    lesson: Lesson
    fact: Fact
    due_on: date


def due_on(fact: Fact) -> date:
    """The day from which it should be checked anew."""
    months = fact.checked.month - 1 + (VOLATILE_MONTHS if fact.volatile else STEADY_MONTHS)
    year, month = fact.checked.year + months // 12, months % 12 + 1
    return date(year, month, min(fact.checked.day, monthrange(year, month)[1]))


def facts_by_due_day(content: Content) -> tuple[FactToCheck, ...]:
    """All facts, those that were due first in front."""
    found = (FactToCheck(lesson, fact, due_on(fact)) for lesson, fact in content.facts.values())
    return tuple(sorted(found, key=lambda each: (each.due_on, each.lesson.course_id, each.lesson.id)))
