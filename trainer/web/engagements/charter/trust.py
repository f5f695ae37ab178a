"""What the charter's page tells of trust: promises with what became of them, and the health check of the quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.domain.charter import Fate, HealthState, fates_of, quarter_words
from trainer.domain.parties import Party
from trainer.reporting import KeptCharter
from trainer.web.engagements.charter.words import SIDES
from trainer.wording import count

FATES: Mapping[Fate, tuple[str, str, str]] = {
    Fate.LATE: ("below", "late", "▼"),
    Fate.OPEN: ("none", "open", "○"),
    Fate.BROKEN: ("near", "not kept", "◆"),
    Fate.KEPT: ("above", "kept", "▲"),
}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    side: str
    words: str
    owner: str
    due_on: date | None
    state: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """Who of a side answered, in numbers: more is not told of a health check."""

    side: str
    words: str
    state: tuple[str, str, str]


def promise_lines(found: KeptCharter, today: date) -> list[PromiseLine]:
    return [
        PromiseLine(
            side=SIDES[each.side],
            words=each.what,
            owner=found.people.name_of(each.owner or each.person),
            due_on=each.due_on,
            state=FATES[fate],
        )
        for fate, each in fates_of(found.commitments, today)
    ]


def answered_lines(state: HealthState) -> list[Answered]:
    return [_answered(state, side) for side in Party]


def _answered(state: HealthState, side: Party) -> Answered:
    number, last = state.health.answered[side], state.last.get(side)
    if number:
        return Answered(SIDES[side], f"{count(number, 'answer')} this quarter", ("above", "answered", "▲"))
    since = f"last in the {quarter_words(last)}" if last else "never yet"
    return Answered(SIDES[side], since, ("none", "nobody this quarter", "○"))
