"""Grades what is put in order or matched."""

from itertools import pairwise

from trainer.domain.content import Matching, Ordering
from trainer.domain.grading.choosing import entries_for
from trainer.domain.grading.values import Given, PartGrade, UnfitAnswer


def grade_ordering(interaction: Ordering, given: Given) -> tuple[float, tuple[PartGrade, ...]]:
    """Full for an accepted order. Otherwise the share of neighbours that follow one another as in the nearest of them.

    Half of the neighbours or fewer score nothing: so many fall into place by chance.
    """
    places = entries_for(given, [part.id for part in interaction.parts])
    if sorted(places.values()) != sorted(str(place) for place in range(1, len(places) + 1)):
        raise UnfitAnswer("each place is taken by exactly one part")
    put = sorted(places, key=lambda part: int(places[part]))
    order = max(interaction.orders, key=lambda order: _kept(put, order))
    share = _kept(put, order) / (len(put) - 1)
    score = 1.0 if tuple(put) == order else share if share > 0.5 else 0.0
    texts = {part.id: part.text.plain for part in interaction.parts}
    parts = tuple(
        PartGrade(str(place), float(is_part == wanted), texts[is_part], texts[wanted])
        for place, (is_part, wanted) in enumerate(zip(put, order, strict=True), start=1)
    )
    return score, parts


def grade_matching(interaction: Matching, given: Given) -> tuple[float, tuple[PartGrade, ...]]:
    """The share of the pairs that were found."""
    chosen = entries_for(given, [pair.left.id for pair in interaction.pairs])
    rights = {part.id: part.text.plain for part in interaction.rights}
    if not set(chosen.values()) <= rights.keys():
        raise UnfitAnswer("there is no such right side")
    parts = tuple(
        PartGrade(
            pair.left.id,
            float(rights[chosen[pair.left.id]] == pair.right.text.plain),
            rights[chosen[pair.left.id]],
            pair.right.text.plain,
            pair.explanation,
        )
        for pair in interaction.pairs
    )
    return sum(part.score for part in parts) / len(parts), parts


def _kept(put: list[str], order: tuple[str, ...]) -> int:
    """How many neighbours stand next to one another as in the order."""
    neighbours = set(pairwise(order))
    return sum(each in neighbours for each in pairwise(put))
