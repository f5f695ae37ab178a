"""What the weekly mail tells of: the engagements that somebody manages or has a seat in, and what they do next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from trainer.database import Store
from trainer.decks import load_deck
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content, Item
from trainer.domain.mail import Concern, DigestFacts, EngagementNews, OwnSeatLine, Reader, Step
from trainer.domain.mastery import Model
from trainer.domain.planning import Done, needs_of, next_step
from trainer.domain.readiness import Changes, Driver, Readiness, changes_since
from trainer.domain.review import minutes_for, todays_turns
from trainer.models import Membership, table
from trainer.pace import Pace
from trainer.reporting.engagements import EngagementHead, assess_engagements, list_engagements
from trainer.reporting.learner import OwnSeat, done_by, own_progress, own_seats, targets_of
from trainer.reporting.mail.due import due_things
from trainer.reporting.snapshots import history_of
from trainer.reporting.study import own_plan

MOST_ENGAGEMENTS = 8
"""So many engagements of a manager are told of, the next first: how many more there are is said."""
MOST_SEATS = 8
MOST_CONCERNS = 3
WEEK = timedelta(days=7)
_membership = table(Membership)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What facts are gathered with; `can_hear` says whether an item can be played on this machine."""

    store: Store
    content: Content
    model: Model
    pace: Pace
    can_hear: Callable[[Item], bool]


def digest_facts(look: Lookup, reader: Reader, zone: str, *, at: datetime) -> DigestFacts:
    """The facts of one reader's week: a bounded number of statements, however much there is to tell.

    Of people it holds what a manager's page shows in any company: bands, never a score.
    """
    today = in_zone(at, zone).date()
    done, seats = done_by(look.store, reader.id), own_seats(look.store, reader.id, at=at)
    managed = _managed(look.store, reader.id, at)
    reviews = _reviews(look, reader.id, done, at)
    return DigestFacts(
        reader=reader,
        today=today,
        managed=tuple(_news(look, managed[:MOST_ENGAGEMENTS], today, at)),
        more_managed=max(0, len(managed) - MOST_ENGAGEMENTS),
        seated=tuple(_seat_line(seat, at) for seat in seats[:MOST_SEATS]),
        step=_step(look, reader.id, done, seats, at),
        reviews=reviews,
        review_minutes=minutes_for(reviews) if reviews else 0,
        due=due_things(look.store, reader.id, zone, until=today + WEEK, at=at),
    )


def _managed(store: Store, user_id: UUID, at: datetime) -> list[EngagementHead]:
    """Engagements ahead of the teams that somebody manages, the next first."""
    teams = store.scalars(
        select(_membership.c.team_id).where(_membership.c.user_id == user_id, _membership.c.is_manager)
    ).all()
    return [head for head in list_engagements(store, teams) if head.starts_at > at] if teams else []


def _news(look: Lookup, heads: list[EngagementHead], today: date, at: datetime) -> Iterator[EngagementNews]:
    readiness = assess_engagements(look.store, look.content, look.model, heads) if heads else {}
    for head in heads:
        found = readiness[head.id]
        yield EngagementNews(
            partner=head.partner,
            title=head.title,
            team=head.team,
            starts_at=head.starts_at,
            zone=head.zone,
            days_left=head.days_left(at),
            state=found.state,
            ready_seats=found.ready_seats,
            seats=len(found.seats),
            changes=_changes(look, head, found, today),
            concerns=tuple(_concern(each, look.content) for each in found.drivers[:MOST_CONCERNS]),
            path=f"/engagements/{head.id}",
        )


def _changes(look: Lookup, head: EngagementHead, readiness: Readiness, today: date) -> Changes | None:
    then = history_of(look.store, head.id, today=today).then
    if then is None:
        return None
    found = changes_since(then, readiness, head.starts_at, look.model.version)
    titled = tuple(
        replace(each, competency=look.content.competencies[each.competency].title) for each in found.standings
    )
    return replace(found, standings=titled)


def _concern(driver: Driver, content: Content) -> Concern:
    title = None if driver.competency is None else content.competencies[driver.competency].title
    return Concern(seat=driver.seat.title, competency=title)


def _seat_line(seat: OwnSeat, at: datetime) -> OwnSeatLine:
    head = seat.engagement
    return OwnSeatLine(head.partner, head.title, seat.title, head.starts_at, head.zone, head.days_left(at))


def _step(look: Lookup, learner_id: UUID, done: Done, seats: tuple[OwnSeat, ...], at: datetime) -> Step | None:
    """As on the first page: the next day of the plan for the next seat, else the one lesson or quiz that helps most."""
    on = seats[0].engagement.starts_at if seats else at
    own = own_progress(look.store, look.content, look.model, learner_id, on)
    needs = needs_of(targets_of(seats), {name: each.forecast for name, each in own.items()})
    step = next_step(look.content, needs, done)
    if seats and not (step and step.is_open):
        plan = own_plan(look.store, look.content, look.model, look.pace, learner_id, seats[0], at=at)
        if plan.next_day is not None:
            activities = plan.next_day.activities
            return Step(tuple(each.title for each in activities), sum(each.minutes for each in activities))
    return None if step is None else Step((step.title,), step.minutes)


def _reviews(look: Lookup, learner_id: UUID, done: Done, at: datetime) -> int:
    deck = load_deck(look.store, learner_id, at=at)
    return todays_turns(deck, look.content, done.lessons, look.can_hear, at=at).left
