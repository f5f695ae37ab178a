"""The review of whoever is signed in, and the words that are said of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.decks import load_deck
from trainer.domain.content import Item
from trainer.domain.review import (
    Card,
    Day,
    Deck,
    PhraseCounts,
    Stage,
    Today,
    count_phrases,
    day_start,
    due_aloud,
    minutes_for,
    todays_turns,
    upcoming,
)
from trainer.speech import line_of
from trainer.web.charts import Bars, day_bars
from trainer.web.current import content, me, now, reading, services
from trainer.web.wording import day, day_short
from trainer.wording import count


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """What the progress page says of the review."""

    has_cards: bool
    line: str
    following: str
    phrases: PhraseCounts
    bars: Bars
    days: tuple[Day, ...]


CORRECTIONS = {
    "knew": ("I knew it", "Then it counts as remembered."),
    "easy": ("Too easy", "Then it rests longer."),
    "guessed": ("I guessed", "Then it comes back soon."),
}
CORRECTED = {2: "hard to remember", 3: "remembered", 4: "easy", 1: "not remembered"}
"""Words for a rating that was put right, by its number."""


def hearing() -> Callable[[Item], bool]:
    """Whether an item can be played on this machine; asked once for each language."""
    speech = services().speech
    return lambda item: item.audio is None or speech.can_speak(line_of(item.audio))


def todays_review(lessons: Collection[str]) -> tuple[Deck, Today]:
    deck = load_deck(reading(), me().id, at=now())
    return deck, todays_turns(deck, content(), lessons, hearing(), at=now())


def review_line(today: Today) -> str:
    """Such as "12 to review, about 4 minutes"; empty when there is nothing."""
    if not today.left:
        return ""
    return f"{today.left} to review, about {count(minutes_for(today.left), 'minute')}"


def aloud_line(deck: Deck) -> str:
    """Such as "3 phrases to say aloud"; empty when there is none."""
    due = due_aloud(deck, content(), at=now())
    return f"{count(len(due), 'phrase')} to say aloud" if due else ""


def review_figures(lessons: Collection[str]) -> ReviewFigures:
    deck, today = todays_review(lessons)
    days = upcoming(deck, content(), at=now())
    return ReviewFigures(
        has_cards=bool(deck.cards),
        line=review_line(today),
        following=next_words(days),
        phrases=count_phrases(deck, content(), lessons),
        bars=day_bars(days, day_short),
        days=tuple(each for each in days if each.cards),
    )


def last_of_today(deck: Deck, at: datetime) -> Card | None:
    """The card whose answer can still be taken back."""
    last = deck.last
    return last if last is not None and last.last_at is not None and last.last_at >= day_start(at) else None


def return_words(card: Card) -> str:
    """When a card comes back, after it was reviewed."""
    assert card.memory is not None
    if card.memory.stage is not Stage.REVIEW:
        return f"It comes back in {_minutes(card.due)}."
    return f"It comes back {_when(card.due.date())}."


def waiting_words(today: Today) -> str:
    """What comes back in this sitting, when it is too early for it."""
    if today.later_at is None:
        return ""
    noun = "One comes" if len(today.later) == 1 else f"{len(today.later)} come"
    return f"{noun} back in {_minutes(today.later_at)}."


def next_words(ahead: Collection[Day]) -> str:
    """What comes after today, such as "Next: 6 tomorrow."; empty when nothing is in sight."""
    following = next((each for each in ahead if each.cards and each.on > now().date()), None)
    return "" if following is None else f"Next: {following.cards} {_when(following.on)}."


def _minutes(at: datetime) -> str:
    return count(max(1, -(-(at - now()) // timedelta(minutes=1))), "minute")


def _when(on: date) -> str:
    days = (on - now().date()).days
    if days <= 0:
        return "today"
    return "tomorrow" if days == 1 else f"on {day(on)}" if days > 6 else f"in {days} days"
