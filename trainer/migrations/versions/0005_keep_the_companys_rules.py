"""Keep the company's rules."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company_rules",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("min_answers", sa.Integer(), nullable=False),
        sa.Column("max_width", sa.Float(), nullable=False),
        sa.Column("ready_margin", sa.Float(), nullable=False),
        sa.Column("interpreter_target", sa.Float(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("visibility in ('bands', 'forecast')", name=op.f("ck_company_rules_visibility")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_company_rules_made_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_company_rules")),
    )
    # As text, which both databases read alike: to add a foreign key, Alembic would copy SQLite's table anew, and
    # dropping the old one would take the seats of every engagement with it.
    op.execute(
        "ALTER TABLE engagement ADD COLUMN rules_version INTEGER "
        "CONSTRAINT fk_engagement_rules_version REFERENCES company_rules (version)"
    )
