"""What the weekly mail tells of: the engagements that somebody manages or has a seat in, and what they do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from trainer.database import Store
from trainer.decks import load_deck
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content
from trainer.domain.gaps import Area
from trainer.domain.mail import Concern, DigestFacts, EngagementNews, OwnSeatLine, Reader, Since, Step
from trainer.domain.planning import Done, needs_of, next_step
from trainer.domain.readiness import Changes, Driver, Readiness, Snapshot, changes_since
from trainer.domain.report import Reason, Report, changes_of_report, gravest
from trainer.domain.review import minutes_for, todays_turns
from trainer.models import Membership, User, table
from trainer.reporting.engagements import EngagementHead, assess_engagements, list_engagements
from trainer.reporting.learner import OwnSeat, done_by, own_progress, own_seats, targets_of
from trainer.reporting.mail.due import due_things
from trainer.reporting.mail.lookup import Lookup
from trainer.reporting.reports import past_report, reports_of
from trainer.reporting.snapshots import history_of
from trainer.reporting.study import own_plan

MOST_ENGAGEMENTS = 8
"""So many engagements of a manager are told of, the next first: how many more there are is said."""
MOST_SEATS = 8
MOST_CONCERNS = 3
WEEK = timedelta(days=7)
OF_PEOPLE = "people:"
"""How the keys of gaps of people begin."""
_membership, _user = table(Membership), table(User)


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
        due=due_things(look, reader.id, zone, until=today + WEEK, at=at),
    )


def _managed(store: Store, user_id: UUID, at: datetime) -> list[EngagementHead]:
    """Engagements ahead of the teams that somebody manages, the next first."""
    teams = store.scalars(
        select(_membership.c.team_id).where(_membership.c.user_id == user_id, _membership.c.is_manager)
    ).all()
    return [head for head in list_engagements(store, teams) if head.starts_at > at] if teams else []


def _news(look: Lookup, heads: list[EngagementHead], today: date, at: datetime) -> Iterator[EngagementNews]:
    if not heads:
        return
    readiness = assess_engagements(look.store, look.content, look.model, heads)
    reports = reports_of(look.store, look.content, heads, readiness, at=at)
    reasons = {head.id: gravest(reports[head.id].reasons, MOST_CONCERNS) for head in heads}
    names = _names(look.store, {owner for each in reasons.values() for reason in each for owner in reason.gap.owners})
    for head in heads:
        found, report = readiness[head.id], reports[head.id]
        yield EngagementNews(
            partner=head.partner,
            title=head.title,
            team=head.team,
            starts_at=head.starts_at,
            zone=head.zone,
            days_left=head.days_left(at),
            state=report.state,
            ready_seats=found.ready_seats,
            seats=len(found.seats),
            since=_since(look, head, found, report, today, at),
            concerns=tuple(_concerns(reasons[head.id], found, look.content, names)),
            path=f"/engagements/{head.id}",
        )


def _names(store: Store, people: set[UUID]) -> dict[UUID, str]:
    rows = store.execute(select(_user.c.id, _user.c.name).where(_user.c.id.in_(people))) if people else ()
    return {row.id: row.name for row in rows}


def _since(
    look: Lookup, head: EngagementHead, readiness: Readiness, report: Report, today: date, at: datetime
) -> Since | None:
    """Two statements for an engagement."""
    then = history_of(look.store, head.id, today=today).then
    past = past_report(look.store, head.id, at=at)
    days = [each for each in (then and then.taken_on, past and in_zone(past.taken_at, head.zone).date()) if each]
    if not days:
        return None
    other = changes_of_report(past, report) if past is not None else None
    return Since(
        day=min(days),
        state=None if past is None else past.state,
        changes=None if then is None else _changes(look, head, readiness, then),
        closed=tuple(gap.what for gap in other.closed if not gap.key.startswith(OF_PEOPLE)) if other else (),
        opened=tuple(gap.what for gap in other.opened if gap.area is not Area.PEOPLE) if other else (),
    )


def _changes(look: Lookup, head: EngagementHead, readiness: Readiness, then: Snapshot) -> Changes:
    """With the titles of competencies in the place of their names."""
    found = changes_since(then, readiness, head.starts_at, look.model.version)
    titled = tuple(
        replace(each, competency=look.content.competencies[each.competency].title) for each in found.standings
    )
    return replace(found, standings=titled)


def _concerns(
    reasons: Sequence[Reason], readiness: Readiness, content: Content, names: Mapping[UUID, str]
) -> Iterator[Concern]:
    """What the report says of people is said anew in the reader's language; the rest stands as the report says it."""
    of_people = {_key(driver): driver for driver in readiness.drivers}
    for gap in (reason.gap for reason in reasons):
        driver = of_people.get(gap.key)
        owners = tuple(names[owner] for owner in gap.owners if owner in names)
        if driver is None:
            yield Concern(words=gap.what, owners=owners, due_on=gap.due_on)
        else:
            title = None if driver.competency is None else content.competencies[driver.competency].title
            yield Concern(driver.seat.title, title, owners=owners, due_on=gap.due_on)


def _key(driver: Driver) -> str:
    """Of the gap that a driver becomes in the report."""
    seat = driver.seat.id
    return f"{OF_PEOPLE}open:{seat}" if driver.competency is None else f"{OF_PEOPLE}{seat}:{driver.competency}"


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
