"""Opens the database the way the write path needs it: readers never block, one writer at a time on SQLite."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, TextClause, bindparam, create_engine, event, text
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
        session.execute(_upsert_statement(target), rows)


@cache
def _upsert_statement(target: Table) -> TextClause:
    """As text, which SQLite and PostgreSQL read alike: SQLAlchemy compiles its own upsert anew each time."""
    names = [column.name for column in target.c]
    keys = [column.name for column in target.primary_key]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    statement = text(
        f'INSERT INTO "{target.name}" ({_listed(names)}) VALUES ({", ".join(f":{name}" for name in names)}) '  # noqa: S608
        f"ON CONFLICT ({_listed(keys)}) DO UPDATE SET {changes}"
    )
    return statement.bindparams(*(bindparam(column.name, type_=column.type) for column in target.c))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


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
