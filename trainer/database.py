"""Opens the database the way the write path needs it: readers never block, one writer at a time on SQLite."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Table, TextClause, bindparam, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

Store = Session | Connection
"""What answers a statement: a session, or the connection of a request that keeps no objects."""

BUSY_SECONDS = 15
"""How long a SQLite writer waits for another process before it gives up."""


class Database:
    """The engines of one database.

    SQLite has three: a request that reads begins no transaction, a command that reads begins one plainly, and writes
    begin IMMEDIATE, one after another.
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self.reader, self.writer = _sqlite_engine(url, "BEGIN"), _sqlite_engine(url, "BEGIN IMMEDIATE")
            self._glancer = _sqlite_engine(url, None)
            self.engines = {self.reader, self.writer, self._glancer}
        else:
            self.reader = self.writer = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
            self._glancer = self.reader.execution_options(isolation_level="AUTOCOMMIT")
            self.engines = {self.reader}
        self._write_lock = threading.Lock()

    def read_connection(self) -> Connection:
        """To read, each statement by itself: begins and ends no transaction."""
        return self._glancer.connect()

    def read_session(self) -> Session:
        """To read in one transaction."""
        return Session(self.reader, expire_on_commit=False)

    @contextmanager
    def write_connection(self) -> Iterator[Connection]:
        """A connection that holds this process's turn to write. Commits only if the caller does."""
        with self._write_lock if self.is_sqlite else nullcontext(), self.writer.connect() as connection:
            yield connection

    @contextmanager
    def write_session(self) -> Iterator[Session]:
        """A session on such a connection."""
        with self.write_connection() as connection, session_on(connection) as session:
            yield session

    def dispose(self) -> None:
        for engine in self.engines:
            engine.dispose()


def session_on(connection: Connection) -> Session:
    """A session whose commit is that of the connection."""
    return Session(connection, expire_on_commit=False, join_transaction_mode="control_fully")


def dialect_of(store: Store) -> str:
    """`sqlite` or `postgresql`."""
    return (store if isinstance(store, Connection) else store.get_bind()).dialect.name


def upsert(store: Store, target: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or update those whose primary key is there."""
    if rows:
        store.execute(_upsert_statement(target), rows)


def insert_missing(store: Store, target: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; those whose primary key is there stay as they are."""
    if rows:
        store.execute(_insert_statement(target, "NOTHING"), rows)


@cache
def _upsert_statement(target: Table) -> TextClause:
    keys = [column.name for column in target.primary_key]
    changes = ", ".join(f'"{column.name}" = excluded."{column.name}"' for column in target.c if column.name not in keys)
    return _insert_statement(target, f"UPDATE SET {changes}")


@cache
def _insert_statement(target: Table, on_conflict: str) -> TextClause:
    """As text, which SQLite and PostgreSQL read alike: SQLAlchemy compiles its own upsert anew each time."""
    names = [column.name for column in target.c]
    keys = [column.name for column in target.primary_key]
    statement = text(
        f'INSERT INTO "{target.name}" ({_listed(names)}) VALUES ({", ".join(f":{name}" for name in names)}) '  # noqa: S608
        f"ON CONFLICT ({_listed(keys)}) DO {on_conflict}"
    )
    return statement.bindparams(*(bindparam(column.name, type_=column.type) for column in target.c))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _sqlite_engine(url: str, begin: str | None) -> Engine:
    """Transactions begin with `begin`; without it there are none."""
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    if begin is None:
        engine = create_engine(
            url, connect_args=arguments, pool_size=20, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
    else:
        engine = create_engine(url, connect_args=arguments, pool_size=20)
        event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    event.listen(engine, "connect", _configure_sqlite)
    return engine


def _begin(connection: Connection, statement: str) -> None:
    """By the driver: a statement of the toolkit would cost more than the transaction."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute(statement)


def _configure_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """WAL with synchronous FULL: an acknowledged response survives a power cut, and readers never wait."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
