"""The process that does the jobs: it does what requests ask for, may be killed, and ends with the server."""

import fcntl
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import ROOT
from tests.browser.server import PATIENCE, Server
from tests.browsing import Browser
from tests.company import Clock, Make
from tests.conftest import SECRET_KEY, services_of
from trainer.database import Database
from trainer.domain.content import Content
from trainer.jobs import Queue
from trainer.migrations.schema import migrate
from trainer.speech import line_of
from trainer.speech.files import alone_with


class Company:
    """An application whose jobs wait for a worker, and workers as processes of their own."""

    def __init__(self, app: Flask, folder: Path, browser: Browser, address: str, key: str) -> None:
        self.app = app
        self.folder = folder
        self.browser = browser
        self.address = address
        self.key = key

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")},
            "ENTENTE_SECRET_KEY": SECRET_KEY,
            "ENTENTE_PUBLIC_URL": "http://127.0.0.1",
            "ENTENTE_DATA_DIR": str(self.folder),
        }
        process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "work"], cwd=ROOT, env=env)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE.seconds)

    def status(self) -> int:
        return self.browser.get(self.address).status_code

    def is_begun(self) -> bool:
        with closing(sqlite3.connect(self.folder / "jobs.db")) as connection:
            rows = connection.execute("SELECT value FROM kv").fetchall()
        return [json.loads(value)["tries"] for (value,) in rows] == [1]

    def is_there(self) -> bool:
        return self.status() == 200


@pytest.fixture
def company(build_app: Callable[..., Flask], content: Content, clock: Clock, tmp_path: Path) -> Company:
    """With one phrase that was never spoken."""
    course = content.courses["france"]
    phrase = replace(course.phrases[0], audio_text="Une phrase toute neuve.")
    own = Content(content.competencies, {"france": replace(course, phrases=(phrase, *course.phrases[1:]))})
    app = build_app(own, make_jobs=Queue)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner()
    browser = Browser(app)
    browser.sign_in(lena)
    key = services_of(app).speech.version(line_of(phrase))
    return Company(app, tmp_path, browser, f"/phrases/{phrase.id}/normal-{key[:12]}.mp3", key)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    give_up_at = datetime.now(UTC) + PATIENCE
    while not is_so():
        assert datetime.now(UTC) < give_up_at
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(0.05)
            raise AssertionError(f"the process ended with {code}")


def test_what_a_request_asks_for_is_done_by_another_process_even_after_one_was_killed_in_the_middle(
    company: Company,
) -> None:
    assert company.status() == 202
    with alone_with(company.folder / "audio" / company.key[:2] / "one.lock"), company.worker() as worker:
        wait_until(company.is_begun, worker)
        worker.kill()
        worker.wait()
    assert company.status() == 202

    with company.worker() as worker:
        wait_until(company.is_there, worker)
    assert worker.returncode == 0


# Beside the server


@pytest.fixture
def server(tmp_path: Path, content: Content, clock: Clock) -> Iterator[Server]:
    """With one person, so that it needs no demo company."""
    database = Database(f"sqlite:///{tmp_path / 'company.sqlite3'}")
    migrate(database.writer)
    with database.read_session() as session:
        Make(session, content, clock).learner()
    database.dispose()
    server = Server(tmp_path / "server", tmp_path / "company.sqlite3")
    server.start()
    yield server
    server.stop()


def worker_of(server: Server) -> int | None:
    """The process that does the jobs; None when there is none."""
    try:
        with (server.folder / "jobs.lock").open() as file:
            return None if is_free(file.fileno()) else int(file.read() or 0) or None
    except FileNotFoundError:
        return None


def is_free(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_worker(server: Server, is_right: Callable[[int | None], bool]) -> int | None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as pause:
        wait_until(lambda: is_right(worker_of(server)), pause)
    return worker_of(server)


def test_a_worker_that_is_killed_is_followed_by_another_and_the_last_ends_with_the_server(server: Server) -> None:
    first = wait_for_worker(server, lambda found: found is not None)
    assert first is not None
    os.kill(first, signal.SIGKILL)

    second = wait_for_worker(server, lambda found: found not in (None, first))

    assert second is not None
    server.stop()
    assert worker_of(server) is None


def test_a_worker_ends_when_the_server_is_killed(server: Server) -> None:
    wait_for_worker(server, lambda found: found is not None)

    with server.beheaded():
        wait_for_worker(server, lambda found: found is None)
        wait_for_worker(server, lambda _: not is_answering(server))


def is_answering(server: Server) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port)).close()
    except ConnectionRefusedError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the processes that another began")
def test_an_interrupt_from_the_terminal_is_for_the_first_process_only(server: Server) -> None:
    worker = wait_for_worker(server, lambda found: found is not None)
    children = server.children()
    assert len(children) == 2

    for number in children:
        os.kill(number, signal.SIGINT)

    assert all(server.is_ready() for _ in range(20))
    assert worker_of(server) == worker
    assert server.children() == children


def test_an_interrupt_from_the_terminal_ends_all_processes_in_order_each_time(server: Server) -> None:
    for _ in range(2):
        server.interrupt()
        server.start()

    server.interrupt()
    assert "refused to gracefully stop" not in server.log()
    assert "another begins" not in server.log()
