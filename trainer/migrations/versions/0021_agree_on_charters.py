"""Keep who agreed to which version of a charter, what the partner said of it, and answers to health checks."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charter_agreement",
        *_said_of_a_version("charter_agreement"),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party in ('ours', 'theirs')", name=op.f("ck_charter_agreement_party")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_charter_agreement_user_id"), ondelete="SET NULL"
        ),
    )
    op.create_index(op.f("ix_charter_agreement_engagement_id"), "charter_agreement", ["engagement_id"])
    op.create_table(
        "charter_comment",
        *_said_of_a_version("charter_comment"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party in ('ours', 'theirs')", name=op.f("ck_charter_comment_party")),
    )
    op.create_index(op.f("ix_charter_comment_engagement_id"), "charter_comment", ["engagement_id"])
    op.create_table(
        "health_answer",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("respondent", sa.String(50), nullable=False),
        sa.Column("party", sa.String(6), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party in ('ours', 'theirs')", name=op.f("ck_health_answer_party")),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_health_answer_engagement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("engagement_id", "quarter", "respondent", name=op.f("pk_health_answer")),
    )


def _said_of_a_version(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(6), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f(f"fk_{table}_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["link_id"], ["signed_link.id"], name=op.f(f"fk_{table}_link_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
