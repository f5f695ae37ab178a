"""Learn the shared terms."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("constants", sa.JSON(), nullable=False),
        sa.Column("population", sa.JSON(), nullable=False),
        sa.Column("item_novelty", sa.JSON(), nullable=False),
        sa.Column("competency_novelty", sa.JSON(), nullable=False),
        sa.Column("learnt_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("learnt_id", sa.Uuid(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_model")),
    )
    op.create_table(
        "difficulty",
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.Column("variance", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["model.version"], name=op.f("fk_difficulty_version"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scope", "key", "version", name=op.f("pk_difficulty")),
    )
    op.create_index(op.f("ix_difficulty_version"), "difficulty", ["version"])
    op.add_column("response", sa.Column("kind", sa.String(length=12), server_default="first", nullable=False))
    op.add_column("response", sa.Column("person_mean", sa.Float(), server_default="0", nullable=False))
    op.add_column("response", sa.Column("person_variance", sa.Float(), server_default="2.5", nullable=False))
    op.add_column("response", sa.Column("item_novelty", sa.Float(), server_default="1", nullable=False))
    op.add_column("response", sa.Column("competency_novelty", sa.Float(), server_default="1", nullable=False))
    op.create_index(op.f("ix_response_received_at_id"), "response", ["received_at", "id"])
    op.add_column("mastery", sa.Column("stability", sa.Float(), nullable=True))
    op.add_column("mastery", sa.Column("hardness", sa.Float(), nullable=True))
