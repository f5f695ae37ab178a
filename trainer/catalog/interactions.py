"""Reads how an item is answered: what there is to choose, and the key."""

from trainer.catalog.branching import read_scenario
from trainer.catalog.entries import (
    read_calendar,
    read_cloze,
    read_dictation,
    read_matching,
    read_number,
    read_ordering,
    read_typed,
)
from trainer.catalog.graded import check_effects, rank, read_graded_option, read_say, scored
from trainer.catalog.known import Known
from trainer.catalog.reading import Fields, unique
from trainer.domain.content import (
    Effect,
    Interaction,
    ItemType,
    MostAndLeast,
    OneOf,
    Option,
    RateEach,
    SomeOf,
)

GRADED_OPTIONS = 4
MIN_OPTIONS = 3


def read_interaction(fields: Fields, item_type: ItemType, known: Known) -> Interaction:
    match item_type:
        case ItemType.BRANCHING:
            return read_scenario(fields, known)
        case ItemType.BEST_NEXT_STEP:
            return OneOf(_graded_options(fields, known))
        case ItemType.MOST_AND_LEAST:
            return MostAndLeast(_graded_options(fields, known))
        case ItemType.RATE_EACH:
            return _rate_each(fields, known)
        case ItemType.CHOICE | ItemType.WHAT_DOES_IT_MEAN | ItemType.LISTENING:
            return _one_of(fields, item_type, known)
        case ItemType.MULTIPLE_CHOICE:
            return _some_of(fields, known)
        case ItemType.SPOT_THE_PROBLEM:
            return _spot_the_problem(fields)
        case _:
            return _with_entries(fields, item_type, known)


def _with_entries(fields: Fields, item_type: ItemType, known: Known) -> Interaction:
    match item_type:
        case ItemType.DICTATION:
            return read_dictation(fields, known.phrases, known.lexicon)
        case ItemType.CLOZE:
            return read_cloze(fields, known.lexicon)
        case ItemType.ORDERING:
            return read_ordering(fields)
        case ItemType.MATCHING:
            return read_matching(fields)
        case ItemType.NUMERIC:
            return read_number(fields)
        case ItemType.CALENDAR:
            return read_calendar(fields)
        case _:
            return read_typed(fields, known.lexicon)


def _one_of(fields: Fields, item_type: ItemType, known: Known) -> OneOf:
    options = _keyed_options(fields, known)
    if sum(option.is_right for option in options) != 1:
        fields.problem("exactly one option must be correct", "options")
    if item_type is ItemType.WHAT_DOES_IT_MEAN and len(options) != GRADED_OPTIONS:
        fields.problem("needs exactly four explanations to choose from", "options")
    return OneOf(options)


def _some_of(fields: Fields, known: Known) -> SomeOf:
    options = _keyed_options(fields, known)
    right = sum(option.is_right for option in options)
    if right < 2 or right == len(options):
        fields.problem("two or more options must be correct, and at least one not", "options")
    return SomeOf(options)


def _spot_the_problem(fields: Fields) -> SomeOf:
    """The passages of a mail or an invitation in their order; those with a problem are to be marked."""
    rows = fields.mappings("passages", "a passage")
    unique(rows, lambda row: row.local_id())
    options = []
    for row in rows:
        score = 1.0 if row.truth("problem") else 0.0
        options.append(Option(row.local_id(), row.prose("text"), score, row.prose("explanation")))
        row.end()
    problems = sum(option.is_right for option in options)
    if len(options) < MIN_OPTIONS or not problems or problems == len(options):
        fields.problem("needs at least three passages, of which some have a problem and some have none", "passages")
    return SomeOf(tuple(options), is_in_order=True)


def _rate_each(fields: Fields, known: Known) -> RateEach:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = []
    for row in rows:
        option = Option(
            id=row.local_id(),
            text=row.prose("text"),
            score=0.0,
            explanation=row.prose("explanation"),
            effect=row.member("effect", Effect),
            say=read_say(row, known),
        )
        row.end()
        options.append(option)
    if len(options) < MIN_OPTIONS or len({option.effect for option in options}) == 1:
        fields.problem("needs at least three options, and not all of the same effect", "options")
    return RateEach(tuple(options))


def _keyed_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = []
    for row in rows:
        option = Option(
            id=row.local_id(),
            text=row.prose("text"),
            score=1.0 if row.truth("correct") else 0.0,
            explanation=row.prose("explanation"),
            say=read_say(row, known),
        )
        row.end()
        options.append(option)
    if len(options) < MIN_OPTIONS:
        fields.problem("needs at least three options", "options")
    return tuple(options)


def _graded_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = [read_graded_option(row, known) for row in rows]
    for row in rows:
        row.end()
    check_effects(fields, "options", options)
    if [option.effect for option in sorted(options, key=rank)] != list(Effect):
        fields.problem("needs four options: one each of " + ", ".join(Effect), "options")
    return scored(options)
