"""Use cases of the teams that look after a partner: they decide who else does."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from trainer.database import Store
from trainer.models import PartnerTeam, Team, table
from trainer.partners.keeping import PartnerError, touch_partner

_keeping, _team = table(PartnerTeam), table(Team)


def let_team_in(store: Store, partner_id: UUID, team_id: UUID, *, at: datetime) -> None:
    """Make a team one of those that look after a partner; one that does already stays so."""
    touch_partner(store, partner_id, at=at)
    if store.scalar(select(_team.c.id).where(_team.c.id == team_id)) is None:
        raise PartnerError("This team is gone. Choose another.", "team")
    if team_id not in _keepers(store, partner_id):
        store.execute(insert(_keeping).values(partner_id=partner_id, team_id=team_id))


def take_team_out(store: Store, partner_id: UUID, team_id: UUID, *, at: datetime) -> None:
    """The file stays open to a team as long as it has an engagement with the partner."""
    touch_partner(store, partner_id, at=at)
    if _keepers(store, partner_id) == {team_id}:
        raise PartnerError("No other team looks after this partner. Let another team in first.")
    store.execute(delete(_keeping).where(_keeping.c.partner_id == partner_id, _keeping.c.team_id == team_id))


def _keepers(store: Store, partner_id: UUID) -> set[UUID]:
    return set(store.scalars(select(_keeping.c.team_id).where(_keeping.c.partner_id == partner_id)))
