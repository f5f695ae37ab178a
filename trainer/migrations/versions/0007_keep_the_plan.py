"""Say how long study takes, and keep the plan that a learner set out on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("daily_minutes", sa.Integer(), nullable=True))
    op.create_table(
        "study_plan",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_study_plan_learner_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_study_plan_engagement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "engagement_id", name=op.f("pk_study_plan")),
    )
    op.create_index(op.f("ix_study_plan_engagement_id"), "study_plan", ["engagement_id"])
    op.create_index(op.f("ix_attempt_quiz_id_finished_at"), "attempt", ["quiz_id", "finished_at"])
