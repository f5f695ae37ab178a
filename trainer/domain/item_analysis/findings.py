"""When a trainer should look at something: rules with thresholds, each held against what chance would do."""

from collections.abc import Iterator, Sequence

from trainer.domain.content import Numeric
from trainer.domain.item_analysis.asked import Asked
from trainer.domain.item_analysis.sums import Sums, correlation_within
from trainer.domain.item_analysis.values import Finding, Mistake, Need, Part
from trainer.domain.readiness import MIN_GROUP
from trainer.domain.record import wilson

Z_SHARE = 1.644854
"""A bound that chance passes 5 times of 100."""
Z_CORRELATION = 2.326348
"""1 time of 100: a correlation is looked at for each option, and there are hundreds."""
MIN_FOR_A_SIGN = 20
"""With fewer people nothing is told, not even as a first sign."""
MIN_TO_CORRELATE = 20
DEAD_SHARE = 0.05
EASY_SHARE = 0.9
HARD_SCORE = 0.3
"""Less is too hard, and so is what is no better than guessing."""
LITTLE_DISCRIMINATION = 0.2
COMMON_SHARE = 0.1


def findings_of(
    asked: Asked, sums: Sums, chosen: dict[str, Sums], parts: Sequence[Part], mistakes: Sequence[Mistake]
) -> tuple[Finding, ...]:
    """The most urgent first. `chosen` has the sums of those who chose each option."""
    band = _band(asked, sums)
    found = [*band, *_of_parts(parts), *_of_mistakes(asked, sums, mistakes), *_of_options(asked, sums, chosen)]
    if not band:
        found += _of_discrimination(sums)
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _band(asked: Asked, sums: Sums) -> list[Finding]:
    """Too easy: nine in ten and more give the best answer. Too hard: little is scored, or less than by guessing."""
    n, mean, full = sums.people, sums.total / sums.people, sums.full / sums.people
    limit = max(HARD_SCORE, asked.guessed)
    is_known = n >= MIN_FOR_A_SIGN
    if wilson(full, n, Z_SHARE)[0] > EASY_SHARE or (is_known and sums.full == n):
        return [Finding(Need.TOO_EASY, people=n, is_early=wilson(full, n, Z_SHARE)[0] <= EASY_SHARE)]
    if wilson(mean, n, Z_SHARE)[1] < limit or (is_known and mean < limit):
        return [Finding(Need.TOO_HARD, people=n, is_early=wilson(mean, n, Z_SHARE)[1] >= limit)]
    return []


def _of_parts(parts: Sequence[Part]) -> Iterator[Finding]:
    for part in parts:
        if part.people >= MIN_FOR_A_SIGN and part.right.value < HARD_SCORE:
            is_early = wilson(part.right.value, part.people, Z_SHARE)[1] >= HARD_SCORE
            yield Finding(Need.PART_TOO_HARD, part.id, is_early=is_early)


def _of_mistakes(asked: Asked, sums: Sums, mistakes: Sequence[Mistake]) -> Iterator[Finding]:
    """A wrong text that many people type and that the author has said nothing about. Of a number there is no key."""
    for each in mistakes:
        is_common = each.people >= MIN_GROUP and each.people >= COMMON_SHARE * sums.people
        if is_common and not each.is_explained and not isinstance(asked.item.interaction, Numeric):
            yield Finding(Need.UNEXPLAINED, each.place, each.text, each.people)


def _of_options(asked: Asked, sums: Sums, chosen: dict[str, Sums]) -> Iterator[Finding]:
    for name, who in chosen.items():
        if name in asked.best:
            continue
        if _lures_the_able(sums, who):
            yield Finding(Need.LURES_THE_ABLE, name, people=who.people)
        is_dead = wilson(who.people / sums.people, sums.people, Z_SHARE)[1] < DEAD_SHARE
        is_sign = sums.people >= MIN_FOR_A_SIGN and not who.people
        if asked.has_lures and (is_dead or is_sign):
            people = who.people if not who.people or who.people >= MIN_GROUP else None
            yield Finding(Need.DEAD, name, people=people, is_early=not is_dead)


def _lures_the_able(sums: Sums, who: Sums) -> bool:
    pull = sums.pull_of(who) if who.people >= MIN_GROUP and sums.pairs >= MIN_TO_CORRELATE else None
    return pull is not None and correlation_within(pull, sums.pairs, Z_CORRELATION)[0] > 0.0


def _of_discrimination(sums: Sums) -> Iterator[Finding]:
    """Where nearly all do well or hardly anybody does, nobody can be told apart: that is another finding."""
    r = sums.correlation() if sums.pairs >= MIN_TO_CORRELATE else None
    high = 1.0 if r is None else correlation_within(r, sums.pairs, Z_CORRELATION)[1]
    if high < 0.0:
        yield Finding(Need.REVERSED)
    elif high < LITTLE_DISCRIMINATION:
        yield Finding(Need.TELLS_LITTLE)
