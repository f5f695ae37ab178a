"""What is reviewed today, in order: what is due, what is new, and what comes back in the same sitting."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice, zip_longest

from trainer.domain.content import Content, Item, Phrase
from trainer.domain.generating import PhraseKind, item_of
from trainer.domain.review.cards import Card, Deck, day_start, group_of, met_today, next_day, phrases_of

WAYS = (PhraseKind.MEANING, PhraseKind.LISTENING, PhraseKind.WORDING, PhraseKind.REGISTER, PhraseKind.TYPED)
"""How a phrase is asked, one way after the other: recognised and heard before it is chosen and typed."""
AHEAD = timedelta(minutes=20)
"""What comes back within this is asked at once when nothing else is left."""

Hears = Callable[[Item], bool]
"""Whether an item can be played here; one without sound always can."""
Asks = Callable[[Item], bool]
"""Whether an item is among those that are looked for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An item whose turn it is; `card` is None the first time."""

    item_id: str
    card: Card | None = None

    @property
    def group(self) -> str:
        return group_of(self.item_id)


@dataclass(frozen=True, slots=True)
class Today:
    """What is left of today, no two turns of one group.

    `later` comes back in the same sitting, the first at `later_at`. `to_hear` waits until the learner can listen, and
    `held_back` until an assessment is handed in.
    """

    turns: tuple[Turn, ...] = ()
    later: tuple[Turn, ...] = ()
    later_at: datetime | None = None
    to_hear: int = 0
    held_back: int = 0
    answered: int = 0

    @property
    def left(self) -> int:
        return len(self.turns) + len(self.later)

    def find(self, item_id: str) -> Turn | None:
        return next((turn for turn in (*self.turns, *self.later) if turn.item_id == item_id), None)

    def next_turn(self, last_group: str | None, at: datetime) -> Turn | None:
        """The first that is not of the group that was asked last; of what comes later, only what comes soon."""
        is_soon = self.later_at is not None and self.later_at <= at + AHEAD
        others = chain(self.turns, self.later if is_soon else ())
        return next((turn for turn in others if turn.group != last_group), None)


def todays_turns(deck: Deck, content: Content, lessons: Collection[str], hears: Hears, *, at: datetime) -> Today:
    """What is due comes first, then new items up to the limit; a card waits while its sibling was met today."""
    cards = deck.asked
    met = met_today(cards, at)

    def asks(item: Item) -> bool:
        return not deck.holds_back(item) and hears(item)

    due = _due(cards, content, asks, met, at)
    silent = [card for card in due if not (deck.is_quiet and content.items[card.id].audio is not None)]
    fresh = _fresh(cards, content, lessons, asks, {card.group for card in due} | met.keys())
    asked = (name for name in fresh if not (deck.is_quiet and content.items[name].audio is not None))
    begun = sum(not card.is_missed and card.entered_at >= day_start(at) for card in cards)
    new = islice(asked, max(0, deck.settings.new_per_day - begun))
    later = sorted((card for card in silent if not card.is_settled and card.due > at), key=lambda card: card.due)
    turns = [*(Turn(card.id, card) for card in silent if card not in later), *map(Turn, new)]
    return Today(
        turns=tuple(_within(turns, deck.settings.max_per_day, met)),
        later=tuple(Turn(card.id, card) for card in later),
        later_at=later[0].due if later else None,
        to_hear=len(due) - len(silent),
        held_back=len(_due(deck.cards, content, deck.holds_back, met, at)) if deck.being_assessed else 0,
        answered=len(met),
    )


def _due(cards: Sequence[Card], content: Content, asks: Asks, met: Mapping[str, str], at: datetime) -> tuple[Card, ...]:
    """The cards of today, the longest due first, of each group the first."""
    end = next_day(at)
    first: dict[str, Card] = {}
    for card in sorted(cards, key=lambda card: (card.due, card.id)):
        item = content.items.get(card.id)
        is_its_day = card.due < end and met.get(card.group, card.id) == card.id
        if item is not None and is_its_day and asks(item):
            first.setdefault(card.group, card)
    return tuple(first.values())


def _fresh(
    cards: Sequence[Card], content: Content, lessons: Collection[str], asks: Asks, taken: Collection[str]
) -> Iterator[str]:
    """Items that are new, in turns one of a new phrase and the next way to ask of a phrase that was learnt so far."""
    begun: dict[str, list[Card]] = {}
    for card in cards:
        begun.setdefault(card.group, []).append(card)
    firsts: list[str] = []
    nexts: list[str] = []
    for phrase in phrases_of(content, lessons):
        if phrase.id not in taken:
            met = begun.get(phrase.id, ())
            known = {card.id for card in met}
            way = next((name for name in _ways(phrase, content, asks) if name not in known), None)
            if way is not None and all(card.is_settled for card in met):
                (nexts if met else firsts).append(way)
    return (name for pair in zip_longest(firsts, nexts) for name in pair if name is not None)


def _ways(phrase: Phrase, content: Content, asks: Asks) -> Iterator[str]:
    names = (item_of(phrase.id, kind) for kind in WAYS)
    return (name for name in names if name in content.items and asks(content.items[name]))


def _within(turns: Sequence[Turn], most: int | None, met: Mapping[str, str]) -> Iterator[Turn]:
    """No more a day than the learner asked for; what was met today already is counted."""
    left = len(turns) if most is None else max(0, most - len(met))
    for turn in turns:
        if turn.group in met:
            yield turn
        elif left:
            left -= 1
            yield turn
