"""Ask in every way: let listening wait, and keep how what was typed was read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("checks", sa.JSON(), nullable=True))
    op.add_column("attempt", sa.Column("is_quiet", sa.Boolean(), server_default=sa.false(), nullable=False))
