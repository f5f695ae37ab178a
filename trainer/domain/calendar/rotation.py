"""Sharing bad hours over a series of meetings: nobody bears them twice in a row if that can be avoided."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from trainer.domain.calendar.places import Place
from trainer.domain.calendar.windows import Slot, slots_on

LATITUDE = 90
"""A turn may be this many minutes worse than the least bad slot of its day, for the sake of fairness."""
Bearers = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rotation:
    """A slot for each date, how often each place bears bad hours and for how many minutes, and what had no slot.

    `repeats` counts who bears them twice in a row: the fewest that can be.
    """

    slots: tuple[Slot, ...]
    turns: dict[str, int]
    minutes: dict[str, int]
    repeats: int
    without: tuple[date, ...]


def rotate(places: Sequence[Place], minutes: int, dates: Sequence[date]) -> Rotation:
    """Choose a slot for each date, of the first place, such that bad hours go round."""
    offered = [(on, _options(slots_on(places, minutes, on))) for on in dates]
    choices = [options for _, options in offered if options]
    chosen = _go_round(choices)
    turns = Counter(name for slot in chosen for name in slot.bearers)
    borne = Counter[str]()
    for slot in chosen:
        borne.update({each.place.name: each.outside for each in slot.attendances})
    return Rotation(
        slots=chosen,
        turns={place.name: turns[place.name] for place in places},
        minutes={place.name: borne[place.name] for place in places},
        repeats=sum(len(set(before.bearers) & set(slot.bearers)) for before, slot in pairwise(chosen)),
        without=tuple(on for on, options in offered if not options),
    )


def weekly(first: date, times: int) -> tuple[date, ...]:
    return tuple(first + timedelta(weeks=number) for number in range(times))


def _options(slots: Iterable[Slot]) -> dict[Bearers, Slot]:
    """The least bad slot for each set of places that would bear it, those left out that are far worse than others."""
    best: dict[Bearers, Slot] = {}
    for slot in slots:
        bearers = frozenset(slot.bearers)
        if bearers not in best or _badness(slot) < _badness(best[bearers]):
            best[bearers] = slot
    limit = min((slot.worst for slot in best.values()), default=0) + LATITUDE
    return {bearers: slot for bearers, slot in best.items() if slot.worst <= limit}


def _go_round(choices: Sequence[dict[Bearers, Slot]]) -> tuple[Slot, ...]:
    """The fewest repeats over the whole series first, then whoever has borne least so far, then the least bad hour."""
    to_go = _repeats_to_go(choices)
    turns = Counter[str]()
    chosen: list[Slot] = []
    last: Bearers = frozenset()
    for number, options in enumerate(choices):
        fewest = min(len(last & bearers) + to_go[number][bearers] for bearers in options)
        open_ = (bearers for bearers in options if len(last & bearers) + to_go[number][bearers] == fewest)
        last = min(open_, key=lambda bearers: _unfairness(bearers, options[bearers], turns))
        turns.update(last)
        chosen.append(options[last])
    return tuple(chosen)


def _repeats_to_go(choices: Sequence[dict[Bearers, Slot]]) -> list[dict[Bearers, int]]:
    """For each date and option: the fewest repeats after it, reckoned from the end."""
    to_go: list[dict[Bearers, int]] = []
    after: dict[Bearers, int] = {}
    for options in reversed(choices):
        after = {
            bearers: min((len(bearers & other) + repeats for other, repeats in after.items()), default=0)
            for bearers in options
        }
        to_go.append(after)
    return to_go[::-1]


def _unfairness(bearers: Bearers, slot: Slot, turns: Counter[str]) -> tuple[int, int, int, int, datetime]:
    highest = max((turns[name] + 1 for name in bearers), default=0)
    return highest, sum(turns[name] + 1 for name in bearers), slot.worst, slot.total, slot.starts_at


def _badness(slot: Slot) -> tuple[int, int, datetime]:
    return slot.worst, slot.total, slot.starts_at
