"""How a row of a partner file is kept: with a version, so that two people who change it at once lose nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update

from trainer.database import Store
from trainer.models import Engagement, Partner, table

_partner, _engagement = table(Partner), table(Engagement)


class PartnerError(ValueError):
    """A rule about partner files was broken; the text says what to do. `field` is what it is about, if one thing."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class ChangedMeanwhile(PartnerError):
    """Somebody else changed the row since it was shown, or took it away; nothing was kept."""


CHANGED = "Somebody changed this while you worked on it. Compare below: saving again puts yours in its place."
GONE = "Somebody took this away while you worked on it. What you wrote stands below: saving it adds it anew."


def write_row(
    store: Store,
    target: Table,
    partner_id: UUID,
    row_id: UUID,
    values: Mapping[str, Any],
    *,
    seen: int,
    at: datetime,
    only_new: Mapping[str, Any] | None = None,
) -> None:
    """Keep a row of a partner: a new one when `seen` is 0, else in place of the version that was seen.

    The same sent twice is kept once. `only_new` is what a row gets when it is made and never after.
    Raises `ChangedMeanwhile` when the row has another version by now.
    """
    touch_partner(store, partner_id, at=at)
    there = store.execute(select(target).where(target.c.id == row_id)).mappings().first()
    if there is None and seen:
        raise ChangedMeanwhile(GONE)
    if there is None:
        own = {"id": row_id, "partner_id": partner_id, "version": 1, "created_at": at, "updated_at": at}
        store.execute(insert(target).values({**values, **(only_new or {}), **own}))
        return
    if there["partner_id"] != partner_id:
        raise PartnerError("This belongs to another partner.")
    if all(there[name] == value for name, value in values.items()):
        return
    if there["version"] != seen:
        raise ChangedMeanwhile(CHANGED)
    store.execute(update(target).where(target.c.id == row_id).values({**values, "version": seen + 1, "updated_at": at}))


def remove_row(store: Store, target: Table, partner_id: UUID, row_id: UUID, *, at: datetime) -> None:
    """Take a row away; one that is gone already stays so."""
    touch_partner(store, partner_id, at=at)
    store.execute(delete(target).where(target.c.id == row_id, target.c.partner_id == partner_id))


def touch_partner(store: Store, partner_id: UUID, *, at: datetime) -> None:
    """Give all engagements of a partner a new version. Comes first: whoever else changes its file waits until then."""
    store.execute(select(_partner.c.id).where(_partner.c.id == partner_id).with_for_update())
    store.execute(update(_engagement).where(_engagement.c.partner_id == partner_id).values(updated_at=at))
