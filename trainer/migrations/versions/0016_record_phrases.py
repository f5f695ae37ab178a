"""Keep recordings of phrases that a person spoke."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phrase_id", sa.String(120), nullable=False),
        sa.Column("speed", sa.String(6), nullable=False),
        sa.Column("spoken", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("speaker", sa.String(80), nullable=False),
        sa.Column("licence", sa.String(20), nullable=False),
        sa.Column("kept_by_id", sa.Uuid(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("speed in ('normal', 'slow')", name=op.f("ck_recording_speed")),
        sa.ForeignKeyConstraint(["kept_by_id"], ["user.id"], name=op.f("fk_recording_kept_by_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("phrase_id", "speed", name=op.f("uq_recording_phrase_id_speed")),
    )
