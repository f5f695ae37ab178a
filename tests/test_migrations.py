"""The tables: made by the migrations from nothing, the same as the models say, on both databases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import column, insert, inspect, select
from sqlalchemy import table as plain_table

from app import check_start
from tests import postgres
from tests.builders import NOW
from tests.conftest import settings_for
from trainer import reporting
from trainer.database import Database
from trainer.domain.company import SHIPPED_RULES
from trainer.migrations.schema import is_current, migrate
from trainer.models import Base, SeatRow, new_id


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.sqlite3'}"
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    return server.make_database(f"new{new_id().hex}")


@pytest.fixture
def new_database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()


def test_an_empty_database_is_brought_to_the_newest_tables(new_database: Database) -> None:
    assert not is_current(new_database.writer)

    migrate(new_database.writer)

    assert is_current(new_database.writer)
    tables = set(inspect(new_database.reader).get_table_names())
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(new_database: Database) -> None:
    migrate(new_database.writer)
    migrate(new_database.writer)

    assert is_current(new_database.writer)


def test_the_migrated_tables_are_those_of_the_models(new_database: Database) -> None:
    migrate(new_database.writer)

    with new_database.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_engagements_from_before_the_companys_rules_keep_their_seats_and_the_shipped_rules(
    new_database: Database,
) -> None:
    """To add the column, SQLite's table must not be made anew: dropping the old one would take the seats along."""
    migrate(new_database.writer, to="0003")
    team, partner, engagement, seat = (new_id() for _ in range(4))
    with new_database.write_connection() as connection:
        for name, values in (
            ("team", {"id": team, "name": "Support", "created_at": NOW}),
            ("partner", {"id": partner, "name": "Kobe", "country": "JP", "language": "ja", "created_at": NOW}),
            ("engagement", {
                "id": engagement, "team_id": team, "partner_id": partner, "title": "Call", "template_id": "call",
                "place": "", "is_call": True, "starts_local": NOW.replace(tzinfo=None), "zone": "UTC",
                "starts_at": NOW, "agenda_minutes": 45, "is_high_stakes": False, "created_at": NOW, "updated_at": NOW,
            }),
            ("seat", {"id": seat, "engagement_id": engagement, "position": 0, "title": "Lead", "is_speaking": True}),
        ):  # fmt: skip
            known = Base.metadata.tables[name].c
            as_it_was = plain_table(name, *(column(each, known[each].type) for each in values))
            connection.execute(insert(as_it_was).values(values))
        connection.commit()

    migrate(new_database.writer)

    with new_database.read_session() as session:
        assert session.scalars(select(SeatRow.id)).all() == [seat]
        head = reporting.find_engagement(session, engagement)
    assert head is not None
    assert (head.title, head.kept) == ("Call", SHIPPED_RULES)


def test_the_team_of_the_first_engagement_looks_after_a_partner_from_before(new_database: Database) -> None:
    migrate(new_database.writer, to="0022")
    first, second, third, known, unknown = (new_id() for _ in range(5))

    def planned(partner: UUID, team: UUID, day: int, is_cancelled: bool = False) -> tuple[str, dict[str, object]]:
        made = NOW + timedelta(days=day)
        return "engagement", {
            "id": new_id(), "team_id": team, "partner_id": partner, "title": "Call", "template_id": "call",
            "place": "", "is_call": True, "starts_local": NOW.replace(tzinfo=None), "zone": "UTC",
            "starts_at": NOW, "agenda_minutes": 45, "is_high_stakes": False, "created_at": made, "updated_at": made,
            "rules_version": None, "cancelled_at": NOW if is_cancelled else None,
        }  # fmt: skip

    rows: tuple[tuple[str, dict[str, object]], ...] = (
        *(("team", {"id": team, "name": team.hex, "created_at": NOW}) for team in (first, second, third)),
        *(
            ("partner", {"id": partner, "name": partner.hex, "country": "JP", "language": "ja", "created_at": NOW})
            for partner in (known, unknown)
        ),
        ("partner_team", {"partner_id": known, "team_id": third}),
        planned(known, first, 0),
        planned(unknown, first, 0, is_cancelled=True),
        planned(unknown, second, 1),
        planned(unknown, third, 2),
    )
    with new_database.write_connection() as connection:
        for name, values in rows:
            known_columns = Base.metadata.tables[name].c
            as_it_was = plain_table(name, *(column(each, known_columns[each].type) for each in values))
            connection.execute(insert(as_it_was).values(values))
        connection.commit()

    migrate(new_database.writer)

    with new_database.read_session() as session:
        assert reporting.partner_teams(session, known) == {third: True, first: False}
        assert reporting.partner_teams(session, unknown) == {second: True, third: False}


def test_what_a_learner_does_is_keyed_by_the_learner_first(new_database: Database) -> None:
    migrate(new_database.writer)

    keys = inspect(new_database.reader)
    for name in ("attempt", "response", "mastery", "lesson_done", "debrief", "debrief_note"):
        assert keys.get_pk_constraint(name)["constrained_columns"][0] == "learner_id"


def test_foreign_keys_are_enforced_by_the_database(new_database: Database) -> None:
    migrate(new_database.writer)

    for table in Base.metadata.sorted_tables:
        there = {key["referred_table"] for key in inspect(new_database.reader).get_foreign_keys(table.name)}
        assert there == {key.column.table.name for key in table.foreign_keys}


def test_the_server_does_not_start_on_old_tables(url: str, tmp_path: Path, new_database: Database) -> None:
    settings = settings_for(tmp_path, url)

    before = check_start(settings)
    migrate(new_database.writer)

    assert before == "The database is not up to date. Run: flask --app app migrate"
    assert check_start(settings) is None


def test_sqlite_is_opened_for_durable_writes_that_readers_do_not_wait_for(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'own.sqlite3'}")

    for engine in (database.reader, database.writer):
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]
    database.dispose()
