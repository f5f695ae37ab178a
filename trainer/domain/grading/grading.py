"""Grades one response, by the rule of the item's interaction."""

from trainer.domain.answers import Mode
from trainer.domain.content import (
    Cloze,
    Item,
    Matching,
    MostAndLeast,
    Numeric,
    OneOf,
    Option,
    Ordering,
    RateEach,
    Scenario,
    SlotSearch,
    SomeOf,
    Typed,
)
from trainer.domain.grading.arranging import grade_matching, grade_ordering
from trainer.domain.grading.choosing import (
    grade_choice,
    grade_most_and_least,
    grade_one_of,
    grade_ratings,
    grade_some_of,
)
from trainer.domain.grading.numbers import grade_number
from trainer.domain.grading.texts import grade_cloze, grade_typed
from trainer.domain.grading.values import Given, Grade, PartGrade, UnfitAnswer
from trainer.domain.slots import find_slot


def grade(item: Item, given: Given, mode: Mode = Mode.PRACTICE) -> Grade:
    """Grade one response; the rule of each type stands beside it. The mode says how strictly what is typed is read.

    Raises `UnfitAnswer` when what was given does not fit the item.
    """
    if given.node is not None and not isinstance(item.interaction, Scenario):
        raise UnfitAnswer(f"{item.id} is no scenario: it has no node {given.node!r}")
    if isinstance(item.interaction, Scenario):
        score, chosen, competencies = grade_choice(item.interaction, given)
        return Grade(score, chosen, competencies or item.competencies)
    if isinstance(item.interaction, OneOf | SomeOf | SlotSearch):
        score, chosen = _grade_choosing(item.interaction, given)
        return Grade(score, chosen, item.competencies)
    score, parts = _grade_parts(item.interaction, given, mode)
    return Grade(score, (), item.competencies, parts)


def _grade_choosing(interaction: OneOf | SomeOf | SlotSearch, given: Given) -> tuple[float, tuple[Option, ...]]:
    match interaction:
        case OneOf():
            return grade_one_of(interaction, given)
        case SomeOf():
            return grade_some_of(interaction, given)
        case SlotSearch():
            return _grade_slot(interaction, given)


def _grade_slot(search: SlotSearch, given: Given) -> tuple[float, tuple[Option, ...]]:
    """One slot, right when it fits both sides: worked out anew, so that no key is kept anywhere."""
    slot = find_slot(search, given.options[0]) if len(given.options) == 1 else None
    if slot is None:
        raise UnfitAnswer("exactly one slot is asked for")
    return slot.score, (slot,)


def _grade_parts(
    interaction: RateEach | MostAndLeast | Typed | Cloze | Ordering | Matching | Numeric, given: Given, mode: Mode
) -> tuple[float, tuple[PartGrade, ...]]:
    match interaction:
        case RateEach():
            return grade_ratings(interaction, given)
        case MostAndLeast():
            return grade_most_and_least(interaction, given)
        case Typed():
            return grade_typed(interaction, given, mode)
        case Cloze():
            return grade_cloze(interaction, given, mode)
        case Ordering():
            return grade_ordering(interaction, given)
        case Matching():
            return grade_matching(interaction, given)
        case Numeric():
            return grade_number(interaction, given)
