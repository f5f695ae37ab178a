"""Uploaded files, kept from the look at them to the confirmation: for one hour, one waiting file a person."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from trainer.authoring.importing.plans import Plan, Wanted, plain_name
from trainer.database import Store
from trainer.models import Upload, new_id, table

KEPT = timedelta(hours=1)
TOLD = timedelta(days=7)
"""How long it is told what became of a file."""
_upload = table(Upload)


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A file that waits, or what became of it: then there is an `outcome` and no `data`."""

    id: UUID
    name: str
    wanted: Wanted
    data: bytes | None
    outcome: dict[str, Any] | None


def keep_upload(store: Store, owner_id: UUID, name: str, data: bytes, wanted: Wanted, *, at: datetime) -> UUID:
    """Keep a file to be looked at; it takes the place of one that the person let wait. Old ones go."""
    is_own_waiting = (_upload.c.owner_id == owner_id) & _upload.c.outcome.is_(None)
    is_late = (_upload.c.uploaded_at < at - KEPT) & _upload.c.outcome.is_(None)
    store.execute(delete(_upload).where(is_own_waiting | is_late | (_upload.c.uploaded_at < at - TOLD)))
    upload_id = new_id()
    row = {
        "owner_id": owner_id,
        "id": upload_id,
        "name": plain_name(name),
        "wanted": asdict(wanted),
        "data": data,
        "uploaded_at": at,
    }
    store.execute(insert(_upload).values(row))
    return upload_id


def load_upload(
    store: Store, owner_id: UUID, upload_id: UUID, *, at: datetime, for_update: bool = False
) -> KeptUpload | None:
    """A file of this person; None when it is another's, or waited for too long."""
    query = select(_upload).where(_upload.c.owner_id == owner_id, _upload.c.id == upload_id)
    row = store.execute(query.with_for_update() if for_update else query).first()
    if row is None or (row.outcome is None and row.uploaded_at < at - KEPT):
        return None
    wanted = Wanted(**{**row.wanted, "competencies": tuple(row.wanted["competencies"])})
    return KeptUpload(row.id, row.name, wanted, row.data, row.outcome)


def finish_upload(store: Store, owner_id: UUID, upload_id: UUID, plan: Plan) -> None:
    """Keep what became of the file, and no longer the file."""
    outcome = {
        "counts": {**plan.counts(), "problems": []},
        "left_out": plan.left_out,
        "what": plan.what,
        "documents": [[document.path, document.title, document.count] for document in plan.documents],
    }
    store.execute(
        update(_upload)
        .where(_upload.c.owner_id == owner_id, _upload.c.id == upload_id)
        .values(data=None, outcome=outcome)
    )
