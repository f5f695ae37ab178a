"""Use cases of the files that a partner file holds."""

from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import func, insert, select

from trainer.database import Store
from trainer.models import PartnerAttachment, table
from trainer.partners.file_types import media_type_of
from trainer.partners.keeping import PartnerError, remove_row, touch_partner

MEGABYTE = 1_000_000
MOST_BYTES = 5 * MEGABYTE
"""Of one file."""
MOST_BYTES_OF_PARTNER = 50 * MEGABYTE
LONGEST_NAME = 120

_attachment = table(PartnerAttachment)


def keep_attachment(
    store: Store, partner_id: UUID, attachment_id: UUID, name: str, data: bytes, *, by: UUID, at: datetime
) -> None:
    """Add a file; the same id sent twice is kept once."""
    if len(data) > MOST_BYTES:
        raise PartnerError("This file is larger than 5 MB. Keep a shorter one, or its address among the news.")
    if not data:
        raise PartnerError("This file is empty.")
    media_type = media_type_of(name, data)
    if media_type is None:
        raise PartnerError(
            "Only PDF, PNG, JPEG, Word, Excel and PowerPoint without macros, and texts (TXT or CSV in UTF-8) are kept, "
            "and what the file holds must be what its name says."
        )
    touch_partner(store, partner_id, at=at)
    if store.scalar(select(_attachment.c.id).where(_attachment.c.id == attachment_id)) is not None:
        return
    used = store.scalar(select(func.sum(_attachment.c.size)).where(_attachment.c.partner_id == partner_id)) or 0
    if used + len(data) > MOST_BYTES_OF_PARTNER:
        raise PartnerError("A partner file holds 50 MB. Take away what nobody needs any more, then add this.")
    store.execute(
        insert(_attachment).values(
            id=attachment_id,
            partner_id=partner_id,
            name=_tidy_name(name),
            media_type=media_type,
            size=len(data),
            data=data,
            added_by_id=by,
            added_at=at,
        )
    )


def remove_attachment(store: Store, partner_id: UUID, attachment_id: UUID, *, at: datetime) -> None:
    remove_row(store, _attachment, partner_id, attachment_id, at=at)


def _tidy_name(name: str) -> str:
    """Without folders and signs that cannot be seen; its ending stays when it is cut."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable()).strip()
    path = PurePath(plain or "file")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"
