"""The cards of a learner, and what can be told of them without an answer: counts, and when they come back."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from uuid import UUID

from trainer.domain.content import Content, Item, Phrase, Scenario
from trainer.domain.generating import SEPARATOR, phrase_of
from trainer.domain.review.memory import Memory, Stage

REVIEW_ID = "review"
"""What a sitting of the review is kept as, in place of a quiz."""
RETENTIONS = (0.80, 0.85, 0.90, 0.95)
"""What a learner may aim at: the share of cards that are still remembered when they come back."""
MAX_NEW_PER_DAY = 50
MISSED_BELOW = 0.7
"""An answer below this is one to meet again: the acceptable option of a situation scores about so much."""
KNOWN_FROM = 21.0
"""Days of stability from which a phrase is known: it would be remembered after three weeks without it."""
SECONDS_EACH = 20
DAYS_AHEAD = 28
ALOUD = f"{SEPARATOR}aloud"
"""The end of the id of a card on which a phrase comes back to be said aloud, which is no item."""


@dataclass(frozen=True, slots=True)
class Card:
    """An item that comes back. Cards of one `group`, the ways to ask of one phrase, never come on the same day.

    `memory` is None while an item that was missed in a quiz waits for its first review.
    """

    id: str
    group: str
    entered_at: datetime
    due: datetime
    is_missed: bool = False
    memory: Memory | None = None
    response_id: UUID | None = None
    """Of the last review."""

    @property
    def last_at(self) -> datetime | None:
        return None if self.memory is None else self.memory.last_at

    @property
    def is_settled(self) -> bool:
        """Whether it has been learnt and comes back by days."""
        return self.memory is not None and self.memory.stage is Stage.REVIEW


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """What a learner asks of their review; without `max_per_day` all that is due comes."""

    retention: float = 0.90
    new_per_day: int = 10
    max_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """All cards of a learner. While it `is_quiet` today, what has to be heard waits.

    `being_assessed` are the quizzes of which an assessment is open: the answers to their items are not told meanwhile.
    """

    settings: ReviewSettings = ReviewSettings()
    cards: tuple[Card, ...] = ()
    is_quiet: bool = False
    being_assessed: frozenset[str] = frozenset()

    @property
    def asked(self) -> tuple[Card, ...]:
        """Those that the review asks; the others come back to be said aloud."""
        return tuple(card for card in self.cards if not is_aloud(card.id))

    @property
    def last(self) -> Card | None:
        """The card that was asked last."""
        met = [(card.last_at, card) for card in self.asked if card.last_at is not None]
        return max(met, key=lambda pair: (pair[0], pair[1].id))[1] if met else None

    def holds_back(self, item: Item) -> bool:
        return item.quiz_id in self.being_assessed


@dataclass(frozen=True, slots=True)
class Day:
    """How many cards come back on a day."""

    on: date
    cards: int


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """Phrases of the lessons that are done; `missed` counts other items that come back."""

    known: int
    learning: int
    new: int
    missed: int


def day_start(at: datetime) -> datetime:
    """The first moment of a day. Days are those of UTC: nobody's own time zone is known."""
    return datetime.combine(at.astimezone(UTC).date(), time(), UTC)


def next_day(at: datetime) -> datetime:
    return day_start(at) + timedelta(days=1)


def group_of(item_id: str) -> str:
    return phrase_of(item_id) or item_id


def is_aloud(card_id: str) -> bool:
    return card_id.endswith(ALOUD)


def is_missed(item: Item, score: float) -> bool:
    """Whether an answer in a quiz makes a card. A scenario has none: it is played again as a whole."""
    return score < MISSED_BELOW and not isinstance(item.interaction, Scenario)


def entered_for(item_id: str, at: datetime) -> Card:
    """The card of an item that was missed: it comes back the next day."""
    return Card(item_id, group_of(item_id), at, next_day(at), is_missed=True)


def phrases_of(content: Content, lessons: Collection[str]) -> Iterator[Phrase]:
    """The phrases of lessons that are done, in the order of the courses, each once; then terms that were practised."""
    seen: set[str] = set()
    for course in content.courses.values():
        for lesson in course.lessons:
            if lesson.id in lessons:
                for phrase in lesson.phrases:
                    if phrase.id not in seen:
                        seen.add(phrase.id)
                        yield phrase
    for _, terms in content.glossary_lists.values():
        practised = {phrase_of(item.id) for quiz in terms.quizzes if quiz.id in lessons for item in quiz.items}
        yield from (phrase for phrase in terms.phrases if phrase.id in practised)


def count_phrases(deck: Deck, content: Content, lessons: Collection[str]) -> PhraseCounts:
    groups: dict[str, list[Card]] = {}
    for card in deck.asked:
        if card.id in content.items:
            groups.setdefault(card.group, []).append(card)
    begun = [cards for group, cards in groups.items() if group in content.phrases]
    known = sum(all(map(_is_known, cards)) for cards in begun)
    new = sum(phrase.id not in groups for phrase in phrases_of(content, lessons))
    return PhraseCounts(known, len(begun) - known, new, len(groups) - len(begun))


def upcoming(deck: Deck, content: Content, *, at: datetime) -> tuple[Day, ...]:
    """The cards that come back on each day of four weeks, today with all that is late.

    New ones are not among them, and none that is held back.
    Of one group each day has one: the next waits a day, and today what was met today is over.
    """
    start = day_start(at)
    met = met_today(deck.asked, at)
    groups: dict[str, list[tuple[int, bool, datetime, str]]] = {}
    for card in deck.asked:
        item = content.items.get(card.id)
        if item is not None and not deck.holds_back(item):
            days = max(0, (card.due - start) // timedelta(days=1))
            is_over = met.get(card.group, card.id) != card.id
            groups.setdefault(card.group, []).append((days, is_over, card.due, card.id))
    counts = [0] * DAYS_AHEAD
    for cards in groups.values():
        taken = -1
        for days, is_over, *_ in sorted(cards):
            taken = max(days, taken + 1, int(is_over))
            if taken < DAYS_AHEAD:
                counts[taken] += 1
    return tuple(Day((start + timedelta(days=number)).date(), count) for number, count in enumerate(counts))


def met_today(cards: Iterable[Card], at: datetime) -> dict[str, str]:
    """The card of each group that was reviewed today."""
    start = day_start(at)
    return {card.group: card.id for card in cards if card.last_at is not None and card.last_at >= start}


def minutes_for(cards: int) -> int:
    """About how long so many cards take."""
    return ceil(cards * SECONDS_EACH / 60)


def _is_known(card: Card) -> bool:
    return card.is_settled and card.memory is not None and card.memory.stability >= KNOWN_FROM
