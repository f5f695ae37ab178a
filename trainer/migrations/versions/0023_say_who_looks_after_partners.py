"""Give each partner that no team looks after the team that planned the first engagement with it."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One that was not cancelled comes first: to plan and cancel is no way to look after a partner."""
    op.execute(
        "insert into partner_team (partner_id, team_id) "
        "select partner.id, (select engagement.team_id from engagement where engagement.partner_id = partner.id "
        "order by engagement.cancelled_at is not null, engagement.created_at, engagement.id limit 1) from partner "
        "where partner.id not in (select partner_id from partner_team) "
        "and partner.id in (select partner_id from engagement)"
    )
