"""Keep the forecasts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("competency_id", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("p", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_forecast_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_forecast_learner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("engagement_id", "learner_id", "competency_id", "made_on", name=op.f("pk_forecast")),
    )
    op.create_index(op.f("ix_forecast_learner_id"), "forecast", ["learner_id"])
