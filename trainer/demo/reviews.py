"""The review in the demo's story: some people come back to their phrases most evenings."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import learning
from trainer.decks import lessons_done, load_deck
from trainer.domain.content import Content, Item, OneOf, Typed
from trainer.domain.grading import Given
from trainer.domain.mastery import Model
from trainer.domain.review import todays_turns

REVIEWERS: Mapping[str, Sequence[int]] = {
    "Lena Hofmann": (20, 18, 15, 12, 9, 6, 4, 2, 1),
    "Ingrid Solberg": (11, 7, 3),
    "Claire Beaumont": (6, 2),
}
"""How many days ago each of them reviewed."""
CARDS_A_DAY = 6
REMEMBERED = 0.85


def reviews_of(name: str, end: datetime) -> list[datetime]:
    """When someone of the story reviews, each time in the evening."""
    days = REVIEWERS.get(name, ())
    return [(end - timedelta(days=each)).replace(hour=17, minute=30, second=0, microsecond=0) for each in days]


def review(session: Session, content: Content, model: Model, rng: random.Random, learner: UUID, at: datetime) -> None:
    """One evening: a few cards, most of them remembered."""
    for _ in range(CARDS_A_DAY):
        at += timedelta(seconds=rng.randrange(12, 35))
        deck = load_deck(session, learner, at=at)
        today = todays_turns(deck, content, lessons_done(session, learner), _is_asked, at=at)
        turn = today.next_turn(deck.last.group if deck.last else None, at)
        if turn is None:
            return
        item = content.items[turn.item_id]
        learning.review_item(
            session,
            model,
            content,
            learner,
            item,
            _given(item, is_right=rng.random() < REMEMBERED),
            _is_asked,
            response_id=UUID(int=rng.getrandbits(128), version=4),
            at=at,
        )


def _is_asked(item: Item) -> bool:
    """Nobody of the story listens, and what they review is chosen or typed."""
    return item.audio is None and isinstance(item.interaction, OneOf | Typed)


def _given(item: Item, *, is_right: bool) -> Given:
    match item.interaction:
        case OneOf(options):
            return Given((next(option.id for option in options if option.is_right is is_right),))
        case Typed(gap):
            return Given(entries=((gap.id, gap.key.accepted[0] if is_right else "..."),))
        case _:
            raise TypeError(f"nobody of the story reviews {item.id}")
