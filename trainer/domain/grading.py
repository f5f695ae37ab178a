"""Grades what was given: a score from 0 to 1 and the options that the feedback speaks about."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.content import Item, OneOf, Option, Scenario, SomeOf
from trainer.domain.scenario import find_choice

RULES_VERSION = 1
"""Kept with each response, so that an old grade can be told from one by newer rules."""


class UnknownOption(ValueError):
    """What was given is not among the options of the item."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a learner gave: ids of the options chosen; in a scenario also the node it was given at."""

    options: tuple[str, ...]
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    score: float
    chosen: tuple[Option, ...]
    competencies: tuple[str, ...]


def grade(item: Item, given: Given) -> Grade:
    """Grade one response.

    One of: the option's own score. Some of: hits less false alarms over the number of right options, not below 0.
    Scenario: the chosen option's score at the node.
    Raises `UnknownOption` when what was given does not fit the item.
    """
    if given.node is not None and not isinstance(item.interaction, Scenario):
        raise UnknownOption(f"{item.id} is no scenario: it has no node {given.node!r}")
    match item.interaction:
        case OneOf(options):
            (chosen,) = _chosen(options, given.options, exactly_one=True)
            return Grade(chosen.score, (chosen,), item.competencies)
        case SomeOf(options):
            picked = _chosen(options, given.options)
            return Grade(_some_of_score(options, picked), picked, item.competencies)
        case Scenario() as scenario:
            return _grade_choice(item, scenario, given)


def graded_score(option: Option, all_options: Sequence[Option]) -> float:
    """Trust plus clarity of an option, between the worst (0) and the best (1) of its siblings."""
    totals = [each.trust + each.clarity for each in all_options]
    low, high = min(totals), max(totals)
    return 1.0 if high == low else (option.trust + option.clarity - low) / (high - low)


def _grade_choice(item: Item, scenario: Scenario, given: Given) -> Grade:
    node = scenario.nodes.get(given.node or "")
    if node is None or len(given.options) != 1:
        raise UnknownOption(f"{item.id} has no node {given.node!r}, or not one choice was given")
    choice = find_choice(node, given.options[0])
    if choice is None:
        raise UnknownOption(f"node {node.id!r} of {item.id} has no choice {given.options[0]!r}")
    return Grade(choice.option.score, (choice.option,), choice.competencies or item.competencies)


def _chosen(options: Sequence[Option], ids: Sequence[str], *, exactly_one: bool = False) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    if not ids or len(set(ids)) != len(ids) or not set(ids) <= by_id.keys():
        raise UnknownOption(f"{list(ids)} are not options of this item")
    if exactly_one and len(ids) != 1:
        raise UnknownOption("exactly one option is asked for")
    return tuple(option for option in options if option.id in ids)


def _some_of_score(options: Sequence[Option], picked: Sequence[Option]) -> float:
    right = sum(option.is_right for option in options)
    hits = sum(option.is_right for option in picked)
    return max(0.0, (hits - (len(picked) - hits)) / right)
