"""What falls due for one person, from all places where somebody can owe something.

Another source is another function that answers `DueThing`s for a person with one statement; it is named in `_SOURCES`.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from trainer.database import Store
from trainer.domain.calendar import in_zone
from trainer.domain.mail import DueFacts, DueKind, DueThing, Reader, is_worth_telling
from trainer.reporting.debriefs import debriefs_due

AHEAD = timedelta(days=1)
MOST_DUE = 30
"""More than so many things are not told of in one mail: the oldest are."""
Source = Callable[[Store, UUID, str, datetime], Iterator[DueThing]]
"""What a person owes, with the zone in which they live."""


def due_facts(store: Store, reader: Reader, zone: str, *, at: datetime) -> DueFacts | None:
    """What a mail says today of what falls due; None when no mail goes out."""
    today = in_zone(at, zone).date()
    things = due_things(store, reader.id, zone, until=today + AHEAD, at=at)
    if not any(is_worth_telling(thing, today) for thing in things):
        return None
    return DueFacts(reader, today, things)


def due_things(store: Store, user_id: UUID, zone: str, *, until: date, at: datetime) -> tuple[DueThing, ...]:
    """What a person should have done by a day, or can do now as its time is short: the most urgent first.

    One statement for each source.
    """
    found = [thing for source in _SOURCES for thing in source(store, user_id, zone, at)]
    wanted = [thing for thing in found if thing.due_on <= until or thing.since is not None]
    return tuple(sorted(wanted, key=lambda thing: (thing.due_on, thing.kind, thing.about))[:MOST_DUE])


def _debriefs(store: Store, user_id: UUID, zone: str, at: datetime) -> Iterator[DueThing]:
    """Meetings of which somebody has not said yet how they went; what is told of on the day after."""
    for each in debriefs_due(store, user_id, at=at):
        head = each.engagement
        if not each.has_told:
            yield DueThing(
                kind=DueKind.DEBRIEF,
                about=head.title,
                partner=head.partner,
                due_on=in_zone(each.until, zone).date(),
                path=f"/engagements/{head.id}/debrief",
                since=in_zone(head.starts_at, zone).date() + timedelta(days=1),
            )


_SOURCES: tuple[Source, ...] = (_debriefs,)
