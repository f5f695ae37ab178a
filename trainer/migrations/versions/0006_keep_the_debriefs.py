"""Keep the debriefs, and the engagements that are cancelled."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("engagement", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "debrief",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("competency_id", sa.String(length=120), nullable=False),
        sa.Column("was_needed", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("share >= 0 and share <= 1", name=op.f("ck_debrief_share")),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_debrief_learner_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_debrief_engagement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "engagement_id", "competency_id", name=op.f("pk_debrief")),
    )
    op.create_index(op.f("ix_debrief_engagement_id"), "debrief", ["engagement_id"])
    op.create_table(
        "debrief_note",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("surprise", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_debrief_note_learner_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_debrief_note_engagement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "engagement_id", name=op.f("pk_debrief_note")),
    )
    op.create_index(op.f("ix_debrief_note_engagement_id"), "debrief_note", ["engagement_id"])
