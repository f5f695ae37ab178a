"""What falls due for one person, from all places where somebody can owe something.

Another source is another function that answers `DueThing`s for a person; it is named in `_SOURCES`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, select

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.documents import DocumentKind
from trainer.domain.gaps import Area
from trainer.domain.mail import (
    DueFacts,
    DueKind,
    DueThing,
    Reader,
    due_of_gap,
    due_of_step,
    is_worth_telling,
)
from trainer.domain.parties import Party
from trainer.domain.partners import PromiseState
from trainer.models import (
    Assignment,
    Engagement,
    Membership,
    Partner,
    PartnerTeam,
    PromiseRow,
    ResearchRow,
    SeatRow,
    table,
)
from trainer.reporting.debriefs import debriefs_due
from trainer.reporting.engagements import HEADS, EngagementHead, assess_engagements, to_head
from trainer.reporting.follow_ups import follow_up_of
from trainer.reporting.mail.lookup import Lookup
from trainer.reporting.reports import reports_of
from trainer.workspace import NO_DOCUMENT, newest_documents

DAY = timedelta(days=1)
FOLLOWED_FOR = timedelta(days=75)
"""For so long after a meeting its steps are told of: the next contact is due within sixty days."""
MOST_ENGAGEMENTS = 12
"""So many meetings ahead, and as many of before, are looked into: those nearest to today."""
MOST_DUE = 30
"""Of more things than this the most urgent are told of."""
OF_MEETING = frozenset((Area.INTERPRETER, Area.CHANNEL, Area.CALENDAR, Area.AGENDA))
MEETING_PAGE, CHARTER_PAGE = "meeting", "charter"
OF_PARTNER = ("partner:promise:", "partner:research:")
"""How the keys of gaps begin that have a source of their own."""
_partner, _promise, _item = table(Partner), table(PromiseRow), table(ResearchRow)
_membership, _seat, _assignment = table(Membership), table(SeatRow), table(Assignment)
_engagement, _partner_team = table(Engagement), table(PartnerTeam)


@dataclass(frozen=True, slots=True)
class Debtor:
    """Whose things are looked for; `zone` is where they live, `ahead` and `over` are the meetings of their teams and
    those in which they have a seat.
    """

    id: UUID
    zone: str
    ahead: tuple[EngagementHead, ...]
    over: tuple[EngagementHead, ...]


Source = Callable[[Lookup, Debtor, datetime], Iterator[DueThing]]


def due_facts(look: Lookup, reader: Reader, zone: str, *, at: datetime) -> DueFacts | None:
    """What a mail says today of what falls due; None when no mail goes out."""
    today = in_zone(at, zone).date()
    things = due_things(look, reader.id, zone, until=today + DAY, at=at)
    if not any(is_worth_telling(thing, today) for thing in things):
        return None
    return DueFacts(reader, today, things)


def due_things(look: Lookup, user_id: UUID, zone: str, *, until: date, at: datetime) -> tuple[DueThing, ...]:
    """What a person should have done by a day, or can do now as its time is short: the most urgent first.

    A bounded number of statements, however much there is.
    """
    heads = _heads(look.store, user_id, at)
    over = tuple(head for head in heads if head.starts_at <= at)[-MOST_ENGAGEMENTS:]
    ahead = tuple(head for head in heads if head.starts_at > at)[:MOST_ENGAGEMENTS]
    debtor, today = Debtor(user_id, zone, ahead, over), in_zone(at, zone).date()
    found = [thing for source in _SOURCES for thing in source(look, debtor, at)]
    wanted = [thing for thing in found if thing.due_on <= until or (thing.since is not None and thing.since <= today)]
    return tuple(sorted(wanted, key=lambda thing: (thing.due_on, thing.kind, thing.about))[:MOST_DUE])


def _heads(store: Store, user_id: UUID, at: datetime) -> list[EngagementHead]:
    """Meetings of somebody's teams, and those in which they have a seat, in the order of their dates."""
    teams = select(_membership.c.team_id).where(_membership.c.user_id == user_id)
    seats = select(_seat.c.engagement_id).join(_assignment, _assignment.c.seat_id == _seat.c.id)
    rows = store.execute(
        HEADS.where(
            Engagement.starts_at > at - FOLLOWED_FOR,
            Engagement.team_id.in_(teams) | Engagement.id.in_(seats.where(_assignment.c.user_id == user_id)),
        ).order_by(Engagement.starts_at, Engagement.id)
    )
    return [to_head(row) for row in rows]


def _debriefs(look: Lookup, debtor: Debtor, at: datetime) -> Iterator[DueThing]:
    """Meetings of which somebody has not said yet how they went; what is told of on the day after."""
    for each in debriefs_due(look.store, debtor.id, at=at):
        head = each.engagement
        if not each.has_told:
            yield DueThing(
                kind=DueKind.DEBRIEF,
                about=head.title,
                partner=head.partner,
                due_on=in_zone(each.until, debtor.zone).date(),
                path=f"/engagements/{head.id}/debrief",
                since=_day_after(head, debtor.zone),
            )


def _follow_ups(look: Lookup, debtor: Debtor, at: datetime) -> Iterator[DueThing]:
    """Steps after meetings that bear somebody's name."""
    kinds = [DocumentKind.FOLLOW_UP, DocumentKind.CHARTER]
    documents = newest_documents(look.store, [head.id for head in debtor.over], kinds)
    for head in debtor.over:
        kept = documents.get((head.id, DocumentKind.FOLLOW_UP))
        if kept is not None and _ends_at(head) <= at:
            path, day_after = f"/engagements/{head.id}/follow-up", _day_after(head, debtor.zone)
            charter = documents.get((head.id, DocumentKind.CHARTER), NO_DOCUMENT)
            for step in follow_up_of(head, kept.document, charter.document).open_steps():
                if step.owner == f"user:{debtor.id}":
                    yield due_of_step(step, head.title, head.partner, path, debtor.zone, day_after)


def _promises(look: Lookup, debtor: Debtor, _at: datetime) -> Iterator[DueThing]:
    """What somebody is to keep of what we promised."""
    rows = look.store.execute(
        select(_promise.c.words, _promise.c.due_on, _promise.c.partner_id, _partner.c.name)
        .join(_partner, _partner.c.id == _promise.c.partner_id)
        .where(
            _promise.c.owner_id == debtor.id,
            _promise.c.party == Party.OURS,
            _promise.c.state == PromiseState.OPEN,
            _promise.c.due_on.is_not(None),
            _promise.c.partner_id.in_(_partners_of(debtor)),
        )
    )
    return (DueThing(DueKind.PROMISE, row.words, row.name, row.due_on, f"/partners/{row.partner_id}") for row in rows)


def _research(look: Lookup, debtor: Debtor, _at: datetime) -> Iterator[DueThing]:
    """What somebody has taken on to find out."""
    rows = look.store.execute(
        select(_item.c.words, _item.c.due_on, _item.c.partner_id, _partner.c.name)
        .join(_partner, _partner.c.id == _item.c.partner_id)
        .where(
            _item.c.owner_id == debtor.id,
            _item.c.done_on.is_(None),
            _item.c.due_on.is_not(None),
            _item.c.partner_id.in_(_partners_of(debtor)),
        )
    )
    return (DueThing(DueKind.RESEARCH, row.words, row.name, row.due_on, f"/partners/{row.partner_id}") for row in rows)


def _partners_of(debtor: Debtor) -> CompoundSelect[Any]:
    """The partners of somebody's teams: who has left a team is told of its partners no more."""
    teams = select(_membership.c.team_id).where(_membership.c.user_id == debtor.id)
    meeting = select(_engagement.c.partner_id).where(_engagement.c.team_id.in_(teams))
    return meeting.union(select(_partner_team.c.partner_id).where(_partner_team.c.team_id.in_(teams)))


def _gaps(look: Lookup, debtor: Debtor, at: datetime) -> Iterator[DueThing]:
    """What the reports of meetings ahead miss, where it bears somebody's name and a day; of the partner file it is told
    in its own words, whether a meeting is ahead or not.
    """
    if not debtor.ahead:
        return
    readiness = assess_engagements(look.store, look.content, look.model, debtor.ahead)
    reports = reports_of(look.store, look.content, debtor.ahead, readiness, at=at)
    for head in debtor.ahead:
        for reason in reports[head.id].reasons:
            page = MEETING_PAGE if reason.gap.area in OF_MEETING else CHARTER_PAGE
            thing = due_of_gap(reason.gap, head.partner, f"/engagements/{head.id}/{page}")
            is_told = reason.gap.key.startswith(OF_PARTNER)
            if thing is not None and not is_told and debtor.id in reason.gap.owners:
                yield thing


def _ends_at(head: EngagementHead) -> datetime:
    return head.starts_at + timedelta(minutes=head.agenda_minutes)


def _day_after(head: EngagementHead, zone: str) -> date:
    return in_zone(_ends_at(head), zone).date() + DAY


_SOURCES: tuple[Source, ...] = (_debriefs, _follow_ups, _promises, _research, _gaps)
