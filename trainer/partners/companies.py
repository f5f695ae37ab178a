"""Use cases of the company itself: a new file, and what is told of the company."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update

from trainer.database import Store
from trainer.domain.partners import CompanyDraft
from trainer.models import Partner, PartnerTeam, new_id, table
from trainer.partners.keeping import CHANGED, ChangedMeanwhile, PartnerError, touch_partner

_partner, _team = table(Partner), table(PartnerTeam)


def make_partner(store: Store, name: str, country: str, language: str, team_id: UUID, *, at: datetime) -> UUID:
    """A new file that a team looks after."""
    name = name.strip()
    if store.scalar(select(_partner.c.id).where(func.lower(_partner.c.name) == name.lower())) is not None:
        raise PartnerError(
            "There is a partner of this name already. Its file is open to your team while it has an engagement "
            "with it; for more, ask the team that looks after it.",
            "name",
        )
    partner_id = new_id()
    store.execute(insert(_partner).values(id=partner_id, name=name, country=country, language=language, created_at=at))
    store.execute(insert(_team).values(partner_id=partner_id, team_id=team_id))
    return partner_id


def change_company(store: Store, partner_id: UUID, draft: CompanyDraft, *, seen: int, at: datetime) -> None:
    """Raises `ChangedMeanwhile` when the company has another version than the one that was seen."""
    touch_partner(store, partner_id, at=at)
    there = store.execute(select(_partner).where(_partner.c.id == partner_id)).mappings().one()
    values = asdict(draft)
    if all(there[name] == value for name, value in values.items()):
        return
    if there["version"] != seen:
        raise ChangedMeanwhile(CHANGED)
    store.execute(update(_partner).where(_partner.c.id == partner_id).values({**values, "version": seen + 1}))
