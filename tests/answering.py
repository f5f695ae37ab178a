"""What to put in the places of an item that is rated, typed, ordered or matched: the key, or something else."""

from trainer.domain.content import (
    Cloze,
    Effect,
    Interaction,
    ItemType,
    Matching,
    MostAndLeast,
    Numeric,
    Ordering,
    RateEach,
    Typed,
)
from trainer.domain.grading.choosing import LEAST, MOST
from trainer.domain.grading.numbers import NUMBER, expected_words

KINDS = (
    ItemType.RATE_EACH,
    ItemType.MOST_AND_LEAST,
    ItemType.SPOT_THE_PROBLEM,
    ItemType.TYPED,
    ItemType.CLOZE,
    ItemType.LISTENING,
    ItemType.DICTATION,
    ItemType.ORDERING,
    ItemType.MATCHING,
    ItemType.NUMERIC,
    ItemType.CALENDAR,
)
"""Types of items that need more than a choice among options, or another look at it."""
NOT_IT = "qqqqq"
"""No item accepts it."""


def right_entries(interaction: Interaction) -> dict[str, str]:
    """What scores in full; nothing for what is answered by choosing."""
    match interaction:
        case RateEach(options):
            return {option.id: str(option.effect) for option in options}
        case MostAndLeast(options):
            ranked = sorted(options, key=lambda option: option.score)
            return {MOST: ranked[-1].id, LEAST: ranked[0].id}
        case Ordering(_, (order, *_)):
            return {part: str(place) for place, part in enumerate(order, start=1)}
        case Matching(pairs):
            return {pair.left.id: pair.right.id for pair in pairs}
        case _:
            return _right_texts(interaction)


def wrong_entries(interaction: Interaction) -> dict[str, str]:
    """What scores nothing, or as little as can be."""
    right = right_entries(interaction)
    match interaction:
        case RateEach(options):
            far = {option.id: option.effect in (Effect.BEST, Effect.ACCEPTABLE) for option in options}
            return {name: Effect.HARMFUL if is_good else Effect.BEST for name, is_good in far.items()}
        case MostAndLeast():
            return {MOST: right[LEAST], LEAST: right[MOST]}
        case Ordering():
            return {part: str(len(right) + 1 - int(place)) for part, place in right.items()}
        case Matching():
            names = list(right)
            return {name: right[names[(number + 1) % len(names)]] for number, name in enumerate(names)}
        case Numeric(value, tolerance):
            return {NUMBER: f"{value + 2 * tolerance + 1:f}"}
        case _:
            return dict.fromkeys(right, NOT_IT)


def _right_texts(interaction: Interaction) -> dict[str, str]:
    match interaction:
        case Typed(gap):
            return {gap.id: gap.key.accepted[0]}
        case Cloze(gaps=gaps):
            return {gap.id: gap.key.accepted[0] for gap in gaps}
        case Numeric() as number:
            return {NUMBER: expected_words(number)}
        case _:
            return {}
