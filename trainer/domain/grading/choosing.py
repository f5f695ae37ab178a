"""Grades what is answered by choosing among options."""

from collections.abc import Mapping, Sequence

from trainer.domain.content import Effect, MostAndLeast, OneOf, Option, RateEach, Scenario, SomeOf
from trainer.domain.grading.values import Given, PartGrade, UnfitAnswer
from trainer.domain.options import graded_score
from trainer.domain.scenario import find_choice

MOST, LEAST = "most", "least"
SHARE_DIGITS = 4
"""Three thirds, each written as 33.33333 %, are a whole."""
_EFFECTS = list(Effect)


def grade_one_of(interaction: OneOf, given: Given) -> tuple[float, tuple[Option, ...]]:
    """The chosen option's own score."""
    (chosen,) = choose(interaction.options, given.options, exactly_one=True)
    return chosen.score, (chosen,)


def grade_some_of(interaction: SomeOf, given: Given) -> tuple[float, tuple[Option, ...]]:
    """Hits less false alarms over the number of right options, not below 0; or by the shares that its author gave."""
    picked = choose(interaction.options, given.options)
    right = sum(option.is_right for option in interaction.options)
    hits = sum(option.is_right for option in picked)
    if interaction.is_whole:
        return float(hits == right == len(picked)), picked
    if any(option.share is not None for option in interaction.options):
        return min(1.0, max(0.0, round(sum(option.share or 0.0 for option in picked), SHARE_DIGITS))), picked
    return max(0.0, (hits - (len(picked) - hits)) / right), picked


def grade_choice(scenario: Scenario, given: Given) -> tuple[float, tuple[Option, ...], tuple[str, ...]]:
    """The score of the chosen option among those that were offered at the node, and the competencies it names."""
    node = scenario.nodes.get(given.node or "")
    if node is None or len(given.options) != 1:
        raise UnfitAnswer(f"there is no node {given.node!r}, or not one choice was given")
    choice = find_choice(node, given.options[0])
    if choice is None:
        raise UnfitAnswer(f"node {node.id!r} has no choice {given.options[0]!r}")
    if not given.offered:
        return choice.option.score, (choice.option,), choice.competencies
    if choice.option.id not in given.offered:
        raise UnfitAnswer(f"choice {choice.option.id!r} was not offered at node {node.id!r}")
    offered = [each.option for each in node.choices if each.option.id in given.offered]
    return graded_score(choice.option, offered), (choice.option,), choice.competencies


def grade_ratings(interaction: RateEach, given: Given) -> tuple[float, tuple[PartGrade, ...]]:
    """Each rating scores by its distance from the key: 1, 2/3, 1/3 or 0. The score is their mean."""
    ratings = entries_for(given, [option.id for option in interaction.options])
    parts = tuple(_rated(option, ratings[option.id]) for option in interaction.options)
    return sum(part.score for part in parts) / len(parts), parts


def grade_most_and_least(interaction: MostAndLeast, given: Given) -> tuple[float, tuple[PartGrade, ...]]:
    """Half for the most effective option, half for the least effective one."""
    picked = entries_for(given, (MOST, LEAST))
    if picked[MOST] == picked[LEAST]:
        raise UnfitAnswer("one option cannot be the most and the least effective")
    ranked = sorted(interaction.options, key=lambda option: option.score)
    wanted = {MOST: ranked[-1], LEAST: ranked[0]}
    parts = []
    for slot, key in wanted.items():
        (option,) = choose(interaction.options, [picked[slot]], exactly_one=True)
        parts.append(PartGrade(slot, float(option.id == key.id), option.text.plain, key.text.plain, key.explanation))
    return sum(part.score for part in parts) / len(parts), tuple(parts)


def choose(options: Sequence[Option], ids: Sequence[str], *, exactly_one: bool = False) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    if not ids or len(set(ids)) != len(ids) or not set(ids) <= by_id.keys():
        raise UnfitAnswer(f"{list(ids)} are not options of this item")
    if exactly_one and len(ids) != 1:
        raise UnfitAnswer("exactly one option is asked for")
    return tuple(option for option in options if option.id in ids)


def entries_for(given: Given, slots: Sequence[str]) -> Mapping[str, str]:
    """What was put in each of these places; all of them and no other."""
    entries = dict(given.entries)
    if entries.keys() != set(slots) or len(entries) != len(given.entries):
        raise UnfitAnswer(f"{sorted(entries)} are not the places of this item")
    return entries


def _rated(option: Option, rating: str) -> PartGrade:
    if rating not in _EFFECTS or option.effect is None:
        raise UnfitAnswer(f"{rating!r} is no rating")
    distance = abs(_EFFECTS.index(Effect(rating)) - _EFFECTS.index(option.effect))
    score = 1.0 - distance / (len(_EFFECTS) - 1)
    return PartGrade(option.id, score, rating, option.effect, option.explanation)
