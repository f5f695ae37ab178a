"""Keep what learners said aloud: what was heard in each take, and how close it felt."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "take",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.String(120), nullable=False),
        sa.Column("spoken", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(12), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("hearing", sa.JSON(), nullable=True),
        sa.Column("closeness", sa.Integer(), nullable=True),
        sa.Column("retention", sa.Float(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'heard', 'failed')", name=op.f("ck_take_state")),
        sa.CheckConstraint("closeness between 1 and 4", name=op.f("ck_take_closeness")),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_take_learner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "id", name=op.f("pk_take")),
    )
    op.create_index(op.f("ix_take_learner_id_line_id"), "take", ["learner_id", "line_id"])
    op.create_index(op.f("ix_take_kept_at"), "take", ["kept_at"])
    op.create_index(op.f("ix_take_state"), "take", ["state"])
