"""Reads how an item is answered: what there is to choose, and the key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from trainer.catalog.entries import (
    read_calendar,
    read_cloze,
    read_dictation,
    read_matching,
    read_number,
    read_ordering,
    read_typed,
)
from trainer.catalog.reading import Fields, unique
from trainer.catalog.scenarios import check_scenario
from trainer.domain.content import (
    Choice,
    Competency,
    Effect,
    Ending,
    Fact,
    Interaction,
    ItemType,
    Lesson,
    MostAndLeast,
    Node,
    OneOf,
    Option,
    Outcome,
    Phrase,
    RateEach,
    Scenario,
    SomeOf,
    Source,
)
from trainer.domain.generating import lexicon_of
from trainer.domain.grading import graded_score

GRADED_OPTIONS = 4
MIN_OPTIONS = 3


@dataclass(frozen=True)
class Known:
    """What a quiz may refer to."""

    competencies: Mapping[str, Competency]
    lessons: Mapping[str, Lesson]
    facts: Mapping[str, Fact]
    phrases: Mapping[str, Phrase]
    sources: Mapping[str, Source]

    @cached_property
    def lexicon(self) -> Mapping[str, frozenset[str]]:
        return lexicon_of(self.phrases.values())


def read_interaction(fields: Fields, item_type: ItemType, known: Known) -> Interaction:
    match item_type:
        case ItemType.BRANCHING:
            return _scenario(fields, known)
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
            say=_say(row, known),
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
            say=_say(row, known),
        )
        row.end()
        options.append(option)
    if len(options) < MIN_OPTIONS:
        fields.problem("needs at least three options", "options")
    return tuple(options)


def _graded_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = [_graded_option(row, known) for row in rows]
    for row in rows:
        row.end()
    _check_effects(fields, "options", options)
    if [option.effect for option in sorted(options, key=_rank)] != list(Effect):
        fields.problem("needs four options: one each of " + ", ".join(Effect), "options")
    return _scored(options)


def _graded_option(row: Fields, known: Known) -> Option:
    return Option(
        id=row.local_id(),
        text=row.prose("text"),
        score=0.0,
        explanation=row.prose("explanation"),
        effect=row.member("effect", Effect),
        trust=row.signed("trust"),
        clarity=row.signed("clarity"),
        consequence=row.prose("consequence"),
        say=_say(row, known),
    )


def _check_effects(fields: Fields, key: str, options: list[Option]) -> None:
    """The best option must lead, the harmful trail, and none in between overtake a better one."""
    ranked = sorted(options, key=lambda option: (_rank(option), -_total(option)))
    totals = [_total(option) for option in ranked]
    harmful = [_total(option) for option in ranked if option.effect is Effect.HARMFUL]
    others = totals[: len(totals) - len(harmful)]
    if totals != sorted(totals, reverse=True):
        fields.problem("trust + clarity must not rise from best to acceptable to weak to harmful", key)
    elif len(totals) > 1 and totals[0] == totals[1]:
        fields.problem("the best option must have the strictly highest trust + clarity", key)
    elif harmful and others and harmful[0] == others[-1]:
        fields.problem("the harmful option must have the strictly lowest trust + clarity", key)


def _total(option: Option) -> int:
    return option.trust + option.clarity


def _rank(option: Option) -> int:
    return list(Effect).index(option.effect or Effect.HARMFUL)


def _scored(options: list[Option]) -> tuple[Option, ...]:
    return tuple(replace(option, score=graded_score(option, options)) for option in options)


def _say(row: Fields, known: Known) -> Phrase | None:
    return row.optional_reference("say", known.phrases, "phrase")


def _scenario(fields: Fields, known: Known) -> Scenario:
    node_rows = fields.mappings("nodes", "a node")
    ending_rows = fields.mappings("endings", "an ending")
    unique([*node_rows, *ending_rows], lambda row: row.local_id())
    nodes = [_node(row, known) for row in node_rows]
    endings = [_ending(row) for row in ending_rows]
    scenario = Scenario(
        title=fields.text("title"),
        start=fields.text("start"),
        nodes={node.id: node for node in nodes},
        endings={ending.id: ending for ending in endings},
    )
    places = {row.local_id(): row for row in [*node_rows, *ending_rows]}
    for place, message in check_scenario(scenario):
        places.get(place, fields).problem(message)
    return scenario


def _node(fields: Fields, known: Known) -> Node:
    rows = fields.mappings("choices", "a choice")
    unique(rows, lambda row: row.local_id())
    options = [_graded_option(row, known) for row in rows]
    _check_effects(fields, "choices", options)
    if sum(option.effect is Effect.BEST for option in options) != 1:
        fields.problem("exactly one choice of a node must be the best", "choices")
    choices = []
    for row, option in zip(rows, _scored(options), strict=True):
        competencies = row.references("competencies", known.competencies) if row.has("competencies") else ()
        choices.append(Choice(option, row.text("next"), tuple(c.id for c in competencies)))
        row.end()
    node = Node(
        id=fields.local_id(),
        title=fields.text("title"),
        text=fields.prose("text"),
        ask=fields.prose("ask"),
        choices=tuple(choices),
        is_repair=fields.truth("repair", default=False),
    )
    fields.end()
    return node


def _ending(fields: Fields) -> Ending:
    ending = Ending(fields.local_id(), fields.member("outcome", Outcome), fields.text("title"), fields.prose("text"))
    fields.end()
    return ending
