"""Opens the database the way the write path needs it: readers never block, one writer at a time on SQLite."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 15
"""How long a SQLite writer waits for another process before it gives up."""


class Database:
    """The engines of one database. SQLite has two: reads begin plainly, writes IMMEDIATE and one after another."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.reader = _engine(url, begin="BEGIN")
        self.writer = _engine(url, begin="BEGIN IMMEDIATE") if self.is_sqlite else self.reader
        self._write_lock = threading.Lock()

    def read_session(self) -> Session:
        return Session(self.reader, expire_on_commit=False)

    @contextmanager
    def write_session(self) -> Iterator[Session]:
        """A session that holds this process's turn to write. Commits only if the caller does."""
        lock = self._write_lock if self.is_sqlite else threading.Lock()
        with lock, Session(self.writer, expire_on_commit=False) as session:
            yield session

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def upsert(session: Session, target: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or update those whose primary key is there."""
    if rows:
        session.execute(_upsert_statement(target, session.get_bind().dialect.name), rows)


@cache
def _upsert_statement(target: Table, dialect: str) -> Insert:
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(target)
    keys = [column.name for column in target.primary_key]
    changed = {column.name: statement.excluded[column.name] for column in target.c if column.name not in keys}
    upserting: Insert = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return upserting


def _engine(url: str, begin: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, pool_size=20)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _configure_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """WAL with synchronous FULL: an acknowledged response survives a power cut, and readers never wait."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
