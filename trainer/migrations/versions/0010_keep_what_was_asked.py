"""Keep the quiz that an attempt began with, so that editing it changes no past result."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_quiz",
        sa.Column("content_hash", sa.String(32), nullable=False),
        sa.Column("quiz_id", sa.String(120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("content_hash", name=op.f("pk_kept_quiz")),
    )
    op.create_index(op.f("ix_kept_quiz_quiz_id"), "kept_quiz", ["quiz_id"])
    op.add_column("attempt", sa.Column("quiz_hash", sa.String(32), nullable=True))
