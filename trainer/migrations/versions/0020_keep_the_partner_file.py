"""Keep the partner file: the company, its people, promises, questions, research, news, languages and files."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WORDS = {
    "legal_name": sa.String(160),
    "native_name": sa.String(160),
    "parent_group": sa.String(160),
    "products": sa.Text(),
    "size": sa.String(160),
    "website": sa.String(300),
    "shared_customers": sa.Text(),
    "certificates": sa.Text(),
    "in_common": sa.Text(),
    "gift_rules": sa.Text(),
    "meal_rules": sa.Text(),
    "course_id": sa.String(120),
    "people_differ": sa.Text(),
}
"""What is told of a company: empty as long as nobody has told it."""


def upgrade() -> None:
    for name, kind in WORDS.items():
        op.add_column("partner", sa.Column(name, kind, nullable=False, server_default=sa.text("''")))
    op.add_column("partner", sa.Column("is_state_owned", sa.Boolean(), nullable=True))
    op.add_column("partner", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "partner_team",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        _refers("partner_team", "partner_id", "partner", "CASCADE"),
        _refers("partner_team", "team_id", "team", "CASCADE"),
        sa.PrimaryKeyConstraint("partner_id", "team_id", name=op.f("pk_partner_team")),
    )
    op.create_index(op.f("ix_partner_team_team_id"), "partner_team", ["team_id"])
    _create_people()
    _create_languages()
    _create_news()
    _create_promises()
    _create_questions()
    _create_research()
    _create_attachments()


def _create_people() -> None:
    op.create_table(
        "partner_person",
        *_own("partner_person"),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("native_name", sa.String(160), nullable=False),
        sa.Column("reading", sa.String(160), nullable=False),
        sa.Column("name_order", sa.String(12), nullable=False),
        sa.Column("address_as", sa.String(160), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("role", sa.String(160), nullable=False),
        sa.Column("interface", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("wants_interpreter", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("hours", sa.String(80), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(300), nullable=False),
        sa.Column("consent_basis", sa.String(8), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        *_changes(),
        sa.CheckConstraint(
            "consent_basis in ('interest', 'consent', 'contract')", name=op.f("ck_partner_person_consent_basis")
        ),
    )
    _index("partner_person", "partner_id", "keep_until")


def _create_languages() -> None:
    op.create_table(
        "partner_language",
        *_own("partner_language"),
        sa.Column("language", sa.String(80), nullable=False),
        sa.Column("used_for", sa.String(300), nullable=False),
        sa.Column("not_instead", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        *_changes(),
    )
    _index("partner_language", "partner_id")


def _create_news() -> None:
    op.create_table(
        "partner_news",
        *_own("partner_news"),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        *_changes(),
    )
    _index("partner_news", "partner_id")


def _create_promises() -> None:
    op.create_table(
        "promise",
        *_own("promise"),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("party", sa.String(6), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        *_changes(),
        sa.CheckConstraint("party in ('ours', 'theirs')", name=op.f("ck_promise_party")),
        sa.CheckConstraint("state in ('open', 'kept', 'broken')", name=op.f("ck_promise_state")),
        _refers("promise", "engagement_id", "engagement", "SET NULL"),
        _refers("promise", "owner_id", "user", "SET NULL"),
        _refers("promise", "person_id", "partner_person", "SET NULL"),
        _refers("promise", "made_by_id", "user", "SET NULL"),
    )
    _index("promise", "partner_id", "engagement_id", "owner_id", "person_id", "made_by_id")


def _create_questions() -> None:
    op.create_table(
        "partner_question",
        *_own("partner_question"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        *_changes(),
        _refers("partner_question", "asked_by_id", "user", "SET NULL"),
    )
    _index("partner_question", "partner_id", "asked_by_id")


def _create_research() -> None:
    op.create_table(
        "research_item",
        *_own("research_item"),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=False),
        *_changes(),
        _refers("research_item", "owner_id", "user", "SET NULL"),
    )
    _index("research_item", "partner_id", "owner_id")


def _create_attachments() -> None:
    op.create_table(
        "partner_attachment",
        *_own("partner_attachment"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _refers("partner_attachment", "added_by_id", "user", "SET NULL"),
    )
    _index("partner_attachment", "partner_id", "added_by_id")


def _own(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """What every row of the file has: an id, and the partner that it is about."""
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        _refers(table, "partner_id", "partner", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _changes() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def _refers(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
