"""Use cases of promises: what we promise a partner and what it promises us, until it is kept or broken."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from trainer.database import Store
from trainer.domain.parties import Party
from trainer.domain.partners import PromiseDraft, PromiseState
from trainer.models import Engagement, PartnerPerson, PromiseRow, new_id, table
from trainer.partners.keeping import CHANGED, ChangedMeanwhile, PartnerError, remove_row, touch_partner, write_row

_promise, _person, _engagement = table(PromiseRow), table(PartnerPerson), table(Engagement)


def keep_promise(
    store: Store,
    partner_id: UUID,
    engagement_id: UUID | None,
    draft: PromiseDraft,
    *,
    promise_id: UUID | None = None,
    seen: int = 0,
    by: UUID,
    at: datetime,
) -> UUID:
    """Keep a promise, made in an engagement or at some other time; a new one unless its id and version are given.

    Ours is answered for by one of us, theirs by one of them: who is named of the other side is not kept.
    """
    if not draft.words.strip():
        raise PartnerError("Write what is promised.", "words")
    values = asdict(draft) | {"words": draft.words.strip(), "engagement_id": engagement_id}
    values["person_id" if draft.party is Party.OURS else "owner_id"] = None
    _check_belongs(store, partner_id, engagement_id, values["person_id"])
    promise_id = promise_id or new_id()
    start = {"state": PromiseState.OPEN, "closed_on": None, "closing_note": "", "made_by_id": by}
    write_row(store, _promise, partner_id, promise_id, values, seen=seen, at=at, only_new=start)
    return promise_id


def close_promise(
    store: Store, partner_id: UUID, promise_id: UUID, state: PromiseState, note: str = "", *, seen: int, at: datetime
) -> None:
    """Say that a promise was kept or broken, or that it is open after all."""
    touch_partner(store, partner_id, at=at)
    own = (_promise.c.id == promise_id, _promise.c.partner_id == partner_id)
    version = store.scalar(select(_promise.c.version).where(*own))
    if version is None:
        raise PartnerError("This promise is gone. Load the page again.")
    if version != seen:
        raise ChangedMeanwhile(CHANGED)
    closed_on = None if state is PromiseState.OPEN else at.date()
    store.execute(
        update(_promise)
        .where(*own)
        .values(state=state, closed_on=closed_on, closing_note=note.strip(), version=seen + 1, updated_at=at)
    )


def remove_promise(store: Store, partner_id: UUID, promise_id: UUID, *, at: datetime) -> None:
    """For one that was written by mistake. One that was broken is closed as broken."""
    remove_row(store, _promise, partner_id, promise_id, at=at)


def _check_belongs(store: Store, partner_id: UUID, engagement_id: UUID | None, person_id: UUID | None) -> None:
    for target, row_id, words in (
        (_engagement, engagement_id, "This engagement is with another partner."),
        (_person, person_id, "This person is no longer in the partner file. Choose another."),
    ):
        if row_id is not None:
            partner = store.scalar(select(target.c.partner_id).where(target.c.id == row_id))
            if partner != partner_id:
                raise PartnerError(words, "person_id" if target is _person else "engagement_id")
