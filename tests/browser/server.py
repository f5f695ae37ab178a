"""The real server for the browser: `python app.py` on a copy of the demo database, to be killed and started again."""

import fcntl
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen
from uuid import UUID

from playwright.sync_api import Playwright, StorageState
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from trainer import accounts, demo
from trainer.database import Database
from trainer.domain.content import Content
from trainer.migrations.schema import migrate
from trainer.models import Response, Team, User, UserSession

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "amber-birch-cedar"
PATIENCE = timedelta(seconds=120)


@dataclass(frozen=True)
class Person:
    """Someone who can sign in."""

    name: str
    email: str
    password: str = PASSWORD


ROLES = {role: Person(name, demo.email_of(name)) for role, name in demo.SIGN_INS.items()}
"""The people of the demo who can sign in. Tests only read as them; who writes is a newcomer."""


def seed_once(folder: Path, content: Content) -> Path:
    """The demo database, made by the first of the test processes that asks."""
    path = folder / "demo.sqlite3"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            _seed(new, content)
            new.rename(path)
    return path


def _seed(path: Path, content: Content) -> None:
    database = Database(f"sqlite:///{path}")
    migrate(database.writer)
    with database.write_session() as session:
        demo.seed(session, content, PASSWORD, at=datetime.now(UTC))
        session.commit()
    database.dispose()


class Server:
    """One server process with its own data folder and port; both stay the same when it is started again."""

    def __init__(self, folder: Path, seeded: Path, env: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._copy(seeded, folder / "entente.sqlite3")
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = Database(f"sqlite:///{folder / 'entente.sqlite3'}")
        self._log = folder / "server.log"
        self._env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")},
            "ENTENTE_MODE": "demo",
            "ENTENTE_DATA_DIR": str(folder),
            "ENTENTE_PORT": str(self.port),
            "ENTENTE_DEMO_PASSWORD": PASSWORD,
            **(env or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._states: dict[str, StorageState] = {}

    def start(self) -> None:
        """Returns when it serves."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        give_up_at = datetime.now(UTC) + PATIENCE
        while not self.is_ready():
            assert datetime.now(UTC) < give_up_at, f"the server does not answer:\n{self.log()}"
            self._wait_or_fail(self._process)

    def kill(self) -> None:
        """As a power cut would: SIGKILL to all its processes at once."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE.seconds)
        self._process = None

    def children(self) -> list[int]:
        """The processes that its first one began, where the system tells (Linux)."""
        assert self._process is not None
        listed = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(number) for each in listed for number in each.read_text(encoding="ascii").split()]

    def interrupt(self) -> None:
        """As Ctrl-C in its terminal does: SIGINT to all its processes at once, and then none is left."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGINT)
        assert self._process.wait(PATIENCE.seconds) == 0, self.log()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
            raise AssertionError("it left a process behind")
        self._process = None

    @contextmanager
    def beheaded(self) -> Iterator[None]:
        """SIGKILL to the first of its processes, which began the others; to what is left of them afterwards."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE.seconds)
        yield
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None

    def stop(self) -> None:
        """Ask it to end; by force if it does not."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE.seconds)
                self._process = None
            except subprocess.TimeoutExpired:
                self.kill()
        self.database.dispose()

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def state_of(self, person: Person, playwright: Playwright) -> StorageState:
        """The cookies of a browser where this person is signed in; the signing in is done once."""
        if person.email not in self._states:
            self._states[person.email] = self._sign_in(person, playwright)
        return self._states[person.email]

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction on the database of the running server."""
        with self.database.write_session() as session:
            yield session
            session.commit()

    def join(self, person: Person, team: str | None = None) -> UUID:
        """Let a person join, by the use cases."""
        at = datetime.now(UTC)
        with self.writing() as session:
            team_id = session.scalar(select(Team.id).where(Team.name == team))
            token = accounts.invite(session, accounts.NewPerson(person.email, person.name, team_id=team_id), at=at)
            hashed = accounts.hash_password(person.password)
            return accounts.accept_invitation(session, token, person.name, hashed, at=at)

    def count_responses(self, person: Person) -> int:
        """How many responses of this person are kept."""
        with self.database.read_session() as session:
            kept = select(func.count(Response.id)).join(User, User.id == Response.learner_id)
            return session.scalar(kept.where(User.email == person.email)) or 0

    def end_sessions(self, person: Person) -> None:
        """Let the sign-ins of this person expire now."""
        self._states.pop(person.email, None)
        with self.writing() as session:
            user_id = session.scalars(select(User.id).where(User.email == person.email)).one()
            over = datetime.now(UTC) - timedelta(minutes=1)
            session.execute(update(UserSession).where(UserSession.user_id == user_id).values(expires_at=over))

    def _sign_in(self, person: Person, playwright: Playwright) -> StorageState:
        request = playwright.request.new_context(base_url=self.url)
        try:
            form = request.get("/sign-in").text()
            found = re.search(r'name="csrf_token" value="([^"]+)"', form)
            assert found, form
            fields = {"csrf_token": found[1], "email": person.email, "password": person.password, "next": "/"}
            answer = request.post("/sign-in", form=fields, headers={"Referer": f"{self.url}/sign-in"})
            assert answer.url == f"{self.url}/", answer.text()
            return request.storage_state()
        finally:
            request.dispose()

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=10) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except HTTPError as error:
            error.close()
            return False
        except (URLError, OSError):
            return False

    def _wait_or_fail(self, process: subprocess.Popen[bytes]) -> None:
        """Give the process a moment; fail at once when it has ended."""
        try:
            code = process.wait(0.05)
        except subprocess.TimeoutExpired:
            return
        raise AssertionError(f"the server ended with {code}:\n{self.log()}")

    @staticmethod
    def _copy(seeded: Path, to: Path) -> None:
        with closing(sqlite3.connect(seeded)) as source, closing(sqlite3.connect(to)) as copy:
            source.backup(copy)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
