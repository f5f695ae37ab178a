"""Phrases that come back to be said aloud: by the learner's own word alone, and beside the cards that are asked.

No machine here can judge how something was said, so nothing but the learner's word moves these cards, and no readiness
follows from them. They neither take a place in the day's review nor keep other cards of the phrase away: a learner who
practises aloud all morning loses nothing of it.
"""

from datetime import datetime
from enum import IntEnum

from trainer.domain.content import Content, Phrase
from trainer.domain.generating import phrase_of
from trainer.domain.review.cards import ALOUD, Deck, is_aloud, next_day
from trainer.domain.review.ratings import Rating


class Closeness(IntEnum):
    """How close to the model a take felt to whoever said it."""

    FAR = 1
    PARTLY = 2
    CLOSE = 3
    AT_EASE = 4

    @property
    def rating(self) -> Rating:
        """What it says of the card."""
        return Rating(self.value)


def aloud_card(phrase_id: str) -> str:
    """The id of the card on which a phrase comes back to be said."""
    return f"{phrase_id}{ALOUD}"


def due_aloud(deck: Deck, content: Content, *, at: datetime) -> tuple[Phrase, ...]:
    """The phrases to be said aloud today, the longest due first; what was far off comes back after some minutes."""
    end = next_day(at)
    cards = (card for card in deck.cards if is_aloud(card.id) and card.due < (end if card.is_settled else at))
    found = (content.phrases.get(phrase_of(card.id) or "") for card in sorted(cards, key=lambda card: card.due))
    return tuple(phrase for phrase in found if phrase is not None)
