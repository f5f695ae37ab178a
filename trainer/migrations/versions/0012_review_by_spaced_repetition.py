"""Review phrases and missed items by spaced repetition; let a response be withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "review_settings",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("retention", sa.Float(), nullable=False),
        sa.Column("new_per_day", sa.Integer(), nullable=False),
        sa.Column("max_per_day", sa.Integer(), nullable=True),
        sa.CheckConstraint("retention > 0 and retention < 1", name=op.f("ck_review_settings_retention")),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_review_settings_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_review_settings")),
    )
    op.create_table(
        "review",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.String(length=120), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=True),
        sa.Column("retention", sa.Float(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rating between 1 and 4", name=op.f("ck_review_rating")),
        sa.ForeignKeyConstraint(["learner_id"], ["user.id"], name=op.f("fk_review_learner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "response_id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_learner_id_card_id"), "review", ["learner_id", "card_id"])
    op.create_table(
        "review_card",
        sa.Column("learner_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.String(length=120), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_missed", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Float(), nullable=True),
        sa.Column("hardness", sa.Float(), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["user.id"], name=op.f("fk_review_card_learner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learner_id", "card_id", name=op.f("pk_review_card")),
        sqlite_with_rowid=False,
    )
