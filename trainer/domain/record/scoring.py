"""Scores forecasts whose outcomes are known: bins, the Brier score and its parts, plain forecasts beside them."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, product
from math import exp, log, sqrt
from typing import NamedTuple, TypeVar

from trainer.domain.content import CompetencyKind
from trainer.domain.record.cases import LeadTime, Resolved, lead_time
from trainer.domain.record.measures import Skill, auc, brier, coverage, log_loss, skill

K = TypeVar("K", bound=Hashable)

MIN_RESOLVED = 200
"""Below this many resolved forecasts only their number is told."""
BINS = 10
CHANCE_ERRORS = ((200, 0.098), (500, 0.063), (1000, 0.043))
"""The calibration error that a perfect model stays below 95 times of 100, by the number of resolved forecasts."""
Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between two chances, and what came of them. `low_end` and `high_end` bound the outcome 19 times of 20.

    The figures are None where there are too few forecasts to tell.
    """

    low: float
    high: float
    n: int
    forecast: float | None = None
    outcome: float | None = None
    low_end: float | None = None
    high_end: float | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """The Brier score and what it is made of: brier = reliability - resolution + uncertainty + rest.

    `rest` is what varies inside the bins. `skill` compares with one number for all, the share handled well; None when
    every outcome was the same. `over_usual` compares with what people got of the same before, `over_so_far` with the
    person's own share handled well before. `error` is the expected calibration error, `chance_error` what a perfect
    model stays below 95 times of 100 with as many forecasts. `covered` is how often the range of 8 in 10 held.
    """

    forecast: float
    outcome: float
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    rest: float
    skill: float | None
    over_usual: Skill | None
    over_so_far: Skill | None
    auc: float | None
    log_loss: float
    covered: float | None
    error: float
    chance_error: float

    @property
    def is_off(self) -> bool:
        return self.error > self.chance_error


@dataclass(frozen=True, slots=True)
class Score:
    """How a number of forecasts held. `quality` is None when there are too few of them, or of people."""

    n: int
    people: int
    bins: tuple[Bin, ...]
    quality: Quality | None

    @property
    def fullest(self) -> Bin:
        return max(self.bins, key=lambda each: each.n)


def score(cases: Iterable[Resolved], *, min_people: int = 1) -> Score:
    """Score all of these. Bins of fewer than `min_people` are joined with the next: else they could tell of one."""
    cells = _joined(_cells(cases), min_people)
    cases = [case for cell in cells for case in cell.cases]
    n, people = len(cases), _people(cases)
    is_told = is_enough(cases, min_people)
    bins = tuple(_bin(cell) if is_told else Bin(cell.low, cell.high, len(cell.cases)) for cell in cells)
    return Score(n, people, bins, _quality(cases, bins, min_people) if is_told else None)


def is_enough(cases: Sequence[Resolved], min_people: int) -> bool:
    """Whether figures can be told of these."""
    return len(cases) >= MIN_RESOLVED and _people(cases) >= min_people


def score_by_lead(cases: Iterable[Resolved], *, min_people: int = 1) -> dict[LeadTime, Score]:
    return _score_groups(cases, LeadTime, lambda case: (lead_time(case.lead_days),), min_people)


def score_by_kind(cases: Iterable[Resolved], *, min_people: int = 1) -> dict[CompetencyKind, Score]:
    """What bears on competencies of two kinds counts under both."""
    return _score_groups(cases, CompetencyKind, lambda case: case.kinds, min_people)


def score_by_part(cases: Iterable[Resolved], *, min_people: int = 1) -> dict[tuple[CompetencyKind, LeadTime], Score]:
    """By kind and lead time at once."""

    def parts_of(case: Resolved) -> Iterable[tuple[CompetencyKind, LeadTime]]:
        return ((kind, lead_time(case.lead_days)) for kind in case.kinds)

    return _score_groups(cases, product(CompetencyKind, LeadTime), parts_of, min_people)


def chance_error(n: int) -> float:
    """The calibration error that a perfect model stays below 95 times of 100: straight in logarithms between the
    figures known, falling with the root of the number beyond them."""
    for (fewer, at_fewer), (more, at_more) in pairwise(CHANCE_ERRORS):
        if n <= more:
            share = log(n / fewer) / log(more / fewer)
            return at_fewer * exp(share * log(at_more / at_fewer))
    most, at_most = CHANCE_ERRORS[-1]
    return at_most * sqrt(most / n)


def wilson(share: float, n: int, z: float = Z95) -> tuple[float, float]:
    """Bounds of a share seen in n cases, 95 times of 100. Wilson 1927; wide enough for outcomes between 0 and 1 too."""
    spread = z * z / n
    centre = (share + spread / 2) / (1 + spread)
    reach = sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(0.0, centre - reach), min(1.0, centre + reach)


class _Cell(NamedTuple):
    low: float
    high: float
    cases: list[Resolved]

    def and_next(self, other: "_Cell") -> "_Cell":
        return _Cell(self.low, other.high, self.cases + other.cases)


def _cells(cases: Iterable[Resolved]) -> list[_Cell]:
    cells = [_Cell(number / BINS, (number + 1) / BINS, []) for number in range(BINS)]
    for case in cases:
        cells[min(BINS - 1, int(case.p * BINS))].cases.append(case)
    return cells


def _joined(cells: Sequence[_Cell], min_people: int) -> list[_Cell]:
    """Neighbours joined from below until each has nobody or enough people; what is left over goes to the last."""
    joined: list[_Cell] = []
    open_cell: _Cell | None = None
    for cell in cells:
        cell = open_cell.and_next(cell) if open_cell else cell
        is_closed = not cell.cases or _people(cell.cases) >= min_people
        open_cell = None if is_closed else cell
        if is_closed:
            joined.append(cell)
    if open_cell is not None:
        while joined and not joined[-1].cases:
            open_cell = joined.pop().and_next(open_cell)
        joined.append(joined.pop().and_next(open_cell) if joined else open_cell)
    return joined


def _bin(cell: _Cell) -> Bin:
    n = len(cell.cases)
    if not n:
        return Bin(cell.low, cell.high, 0)
    outcome = sum(case.outcome for case in cell.cases) / n
    return Bin(cell.low, cell.high, n, sum(case.p for case in cell.cases) / n, outcome, *wilson(outcome, n))


def _quality(cases: Sequence[Resolved], bins: Sequence[Bin], min_people: int) -> Quality:
    """Murphy 1973; the parts add up with what varies inside the bins (Stephenson, Coelho and Jolliffe 2008)."""
    n = len(cases)
    outcome = sum(case.outcome for case in cases) / n
    squared = brier(cases)
    uncertainty = sum((case.outcome - outcome) ** 2 for case in cases) / n
    enough = partial(is_enough, min_people=min_people)
    full = [(each.n / n, each.forecast, each.outcome) for each in bins if each.n]
    reliability = sum(share * (p - came) ** 2 for share, p, came in full if p is not None and came is not None)
    resolution = sum(share * (came - outcome) ** 2 for share, _, came in full if came is not None)
    return Quality(
        forecast=sum(case.p for case in cases) / n,
        outcome=outcome,
        brier=squared,
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        rest=squared - (reliability - resolution + uncertainty),
        skill=1.0 - squared / uncertainty if uncertainty else None,
        over_usual=skill(cases, lambda case: case.usual, enough),
        over_so_far=skill(cases, lambda case: case.so_far, enough),
        auc=auc(cases),
        log_loss=log_loss(cases),
        covered=coverage(cases),
        error=sum(share * abs(p - came) for share, p, came in full if p is not None and came is not None),
        chance_error=chance_error(n),
    )


def _score_groups(
    cases: Iterable[Resolved], keys: Iterable[K], keys_of: Callable[[Resolved], Iterable[K]], min_people: int
) -> dict[K, Score]:
    """Each group's score. When one has too few people, none shows figures: else it would follow from the others."""
    groups: dict[K, list[Resolved]] = {key: [] for key in keys}
    for case in cases:
        for key in keys_of(case):
            groups[key].append(case)
    scores: Mapping[K, Score] = {key: score(found, min_people=min_people) for key, found in groups.items()}
    if all(not each.n or each.people >= min_people for each in scores.values()):
        return dict(scores)
    return {key: Score(each.n, each.people, (), None) for key, each in scores.items()}


def _people(cases: Iterable[Resolved]) -> int:
    return len({case.learner for case in cases})
