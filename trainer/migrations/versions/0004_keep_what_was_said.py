"""Keep what was said of each seat and person, and how much a requirement matters."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.add_column(sa.Column("weight", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_requirement_weight"), "weight >= 1 and weight <= 3")
    op.add_column("readiness_snapshot", sa.Column("told", sa.JSON(), nullable=True))
    op.create_table(
        "past_standing",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("competency_id", sa.String(length=120), nullable=False),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id", "taken_on"],
            ["readiness_snapshot.engagement_id", "readiness_snapshot.taken_on"],
            name=op.f("fk_past_standing_engagement_id_taken_on"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_past_standing_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "engagement_id", "taken_on", "seat_id", "learner_id", "competency_id", name=op.f("pk_past_standing")
        ),
    )
    op.create_index(op.f("ix_past_standing_learner_id"), "past_standing", ["learner_id"])
