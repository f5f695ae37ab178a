"""The analysis of one thing that is asked, from the sums of its first answers. Nothing of fewer than five people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.domain.answers import Verdict
from trainer.domain.content import Cloze, Matching, MostAndLeast, Numeric, Option, RateEach
from trainer.domain.grading import UnfitAnswer, grade
from trainer.domain.item_analysis.asked import Asked
from trainer.domain.item_analysis.findings import MIN_TO_CORRELATE, findings_of
from trainer.domain.item_analysis.sums import Z95, Estimate, Sums, Tally, add_up, correlation_within, share_of
from trainer.domain.item_analysis.values import Analysis, Answers, Mistake, Older, OptionUse, Part
from trainer.domain.readiness import MIN_GROUP

MOST_MISTAKES = 3
"""Of each place where one types."""


def analyse(asked: Asked, wordings: Sequence[Answers]) -> Analysis:
    """What is known of it in its present wording; of each earlier one only how hard it was."""
    now = [each for each in wordings if each.content_hash == asked.item.content_hash]
    older = _older(each for each in wordings if each.content_hash != asked.item.content_hash)
    tallies = [tally for each in now for tally in each.tallies]
    sums = add_up(tallies)
    if sums.people < MIN_GROUP:
        return Analysis(asked, older=older)
    chosen = {option.id: _who_chose(option, tallies) for option in asked.options}
    parts, mistakes = tuple(_parts(asked, tallies)), tuple(_mistakes(asked, tallies))
    return Analysis(
        asked=asked,
        people=sums.people,
        difficulty=share_of(sums.total / sums.people, sums.people),
        discrimination=_discrimination(sums),
        seconds=next((each.seconds for each in now), None),
        options=tuple(_use(option, chosen[option.id], sums) for option in asked.options),
        parts=parts,
        mistakes=mistakes,
        findings=findings_of(asked, sums, chosen, parts, mistakes),
        older=older,
    )


def _older(wordings: Iterable[Answers]) -> tuple[Older, ...]:
    """Those of which enough is known, the most answered first."""
    found = [sums for each in wordings if (sums := add_up(each.tallies)).people >= MIN_GROUP]
    told = (Older(sums.people, share_of(sums.total / sums.people, sums.people)) for sums in found)
    return tuple(sorted(told, key=lambda each: -each.people))


def _discrimination(sums: Sums) -> Estimate | None:
    r = sums.correlation() if sums.pairs >= MIN_TO_CORRELATE else None
    return None if r is None else Estimate(r, *correlation_within(r, sums.pairs, Z95))


def _who_chose(option: Option, tallies: Sequence[Tally]) -> Sums:
    return add_up(tally for tally in tallies if option.id in tally.given.options)


def _use(option: Option, chosen: Sums, sums: Sums) -> OptionUse:
    if 0 < chosen.people < MIN_GROUP:
        return OptionUse(option, None)
    pull = sums.pull_of(chosen) if sums.pairs >= MIN_TO_CORRELATE else None
    return OptionUse(option, chosen.people, chosen.people / sums.people, pull)


def _parts(asked: Asked, tallies: Sequence[Tally]) -> Iterator[Part]:
    if not isinstance(asked.item.interaction, Cloze | Matching | MostAndLeast | RateEach):
        return
    people: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    for tally in tallies:
        for place, is_right in _places(asked, tally).items():
            people[place] += tally.sums.people
            right[place] += tally.sums.people * is_right
    for place, n in people.items():
        if n >= MIN_GROUP:
            yield Part(place, n, share_of(right[place] / n, n))


def _places(asked: Asked, tally: Tally) -> Mapping[str, bool]:
    """Which places were filled rightly; nothing where rules of another time took what no longer fits."""
    if tally.typed:
        return {place: Verdict(verdict).is_accepted for place, (verdict, _) in tally.typed.items()}
    try:
        return {part.slot: part.score >= 1.0 for part in grade(asked.item, tally.given).parts}
    except UnfitAnswer:
        return {}


def _mistakes(asked: Asked, tallies: Sequence[Tally]) -> Iterator[Mistake]:
    """Of each place the wrong texts that five people or more came to, the most frequent first."""
    people: dict[str, dict[tuple[str, bool], int]] = defaultdict(lambda: defaultdict(int))
    for tally in tallies:
        for place, text, is_explained in _wrong_texts(asked, tally):
            people[place][text, is_explained] += tally.sums.people
    for place, texts in people.items():
        frequent = sorted(texts.items(), key=lambda each: (-each[1], each[0]))[:MOST_MISTAKES]
        yield from (Mistake(place, text, n, why) for (text, why), n in frequent if n >= MIN_GROUP)


def _wrong_texts(asked: Asked, tally: Tally) -> Iterator[tuple[str, str, bool]]:
    """Place, text and whether the author foresaw it. A number is as it was typed: each way to write it by itself."""
    for place, (verdict, canon) in tally.typed.items():
        if verdict in (Verdict.REJECTED, Verdict.WRONG):
            yield place, canon, verdict == Verdict.REJECTED
    if isinstance(asked.item.interaction, Numeric) and not tally.sums.full:
        yield from ((place, " ".join(text.split()), False) for place, text in tally.given.entries)
