"""The queue: what is asked for is done, once, and neither a failure nor a crash loses it or repeats it for ever."""

import json
import pickle
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import services_of
from trainer.jobs import Queue
from trainer.jobs.queue import LOST, TRIES
from trainer.jobs.work import JOBS
from trainer.parts import Services
from trainer.speech import CannotSpeak, Line

BONJOUR = Line("bonjour", "Bonjour.", None, "fr")
KLINGON = Line("nuqneh", "nuqneH", None, "tlh")


class Desk:
    """The queue of an application, and a look into its file."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.speech = services.speech
        self.folder = services.settings.data_dir
        self.queue = Queue(services.settings, lambda: services)

    def ask(self, line: Line = BONJOUR) -> None:
        """As a page does, whose process does no jobs."""
        self.services.jobs.speak(line, is_slow=False)

    def is_there(self, line: Line = BONJOUR) -> bool:
        return self.speech.find(line) is not None

    def read(self, statement: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "jobs.db")) as connection:
            return [row[0] for row in connection.execute(statement)]

    def records(self) -> list[Mapping[str, Any]]:
        return [json.loads(value) for value in self.read("SELECT value FROM kv")]

    def waiting(self) -> int:
        return int(self.read("SELECT count(*) FROM task")[0])

    def later(self) -> int:
        return int(self.read("SELECT count(*) FROM schedule")[0])

    def begin_and_die(self) -> None:
        """A worker takes what waits, notes that it begins, and is killed."""
        with closing(sqlite3.connect(self.folder / "jobs.db")) as connection, connection:
            ((key, value),) = connection.execute("SELECT key, value FROM kv").fetchall()
            record = json.loads(value)
            begun = json.dumps({**record, "tries": record["tries"] + 1}).encode()
            connection.execute("UPDATE kv SET value = ? WHERE key = ?", (begun, key))
            connection.execute("DELETE FROM task")


def in_a_minute() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


@pytest.fixture
def desk(build_app: Callable[..., Flask]) -> Desk:
    return Desk(services_of(build_app(make_jobs=Queue)))


def test_what_is_asked_for_waits_until_a_worker_does_it(desk: Desk) -> None:
    desk.ask()
    assert not desk.is_there()

    done = desk.queue.work_off()

    assert done == 1
    assert desk.is_there()
    assert (desk.records(), desk.waiting()) == ([], 0)


def test_what_waits_already_is_not_asked_for_twice(desk: Desk) -> None:
    desk.ask()
    desk.ask()

    desk.ask(replace(BONJOUR, text="Bonsoir."))

    assert desk.waiting() == 2


def test_what_is_being_done_is_not_asked_for_again(desk: Desk) -> None:
    desk.ask()
    desk.begin_and_die()

    desk.ask()

    assert desk.waiting() == 0


def test_what_was_done_can_be_asked_for_again(desk: Desk) -> None:
    desk.ask()
    desk.queue.work_off()

    desk.ask()

    assert desk.waiting() == 1


def test_what_a_worker_left_when_it_died_is_done_by_the_next(desk: Desk) -> None:
    desk.ask()
    desk.begin_and_die()

    desk.queue.recover()
    desk.queue.recover()

    assert desk.waiting() == 1
    desk.queue.work_off()
    assert desk.is_there()
    assert desk.records() == []


def test_what_another_worker_may_still_be_doing_is_left_to_it(desk: Desk) -> None:
    desk.ask()
    desk.begin_and_die()

    desk.queue.recover(LOST)

    assert desk.waiting() == 0


def test_a_job_that_kills_its_worker_each_time_is_given_up(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.ask()
    for _ in range(TRIES):
        desk.begin_and_die()
        desk.queue.recover()

    desk.queue.work_off()

    assert not desk.is_there()
    assert (desk.records(), desk.waiting(), desk.later()) == ([], 0, 0)
    assert "is given up after 3 tries" in caplog.text
    with pytest.raises(CannotSpeak, match="the rendering failed"):
        desk.speech.ready(BONJOUR)


def test_a_job_that_fails_is_logged_and_tried_again_later(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    (desk.folder / "audio").write_text("a file where the folder should be")
    desk.ask()

    desk.queue.work_off()
    assert "NotADirectoryError" in caplog.text
    assert (desk.waiting(), desk.later(), desk.records()[0]["tries"]) == (0, 1, 1)
    (desk.folder / "audio").unlink()
    desk.queue.work_off(in_a_minute())

    assert desk.is_there()
    assert (desk.records(), desk.waiting(), desk.later()) == ([], 0, 0)


def test_a_job_that_fails_each_time_is_given_up(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    (desk.folder / "audio").write_text("a file where the folder should be")
    desk.ask()

    done = [desk.queue.work_off(in_a_minute()) for _ in range(TRIES + 2)]

    assert sum(done) >= TRIES
    assert (desk.records(), desk.waiting(), desk.later()) == ([], 0, 0)
    assert "is given up after 3 tries" in caplog.text


def test_a_phrase_that_no_voice_speaks_is_no_failure_of_the_job(desk: Desk) -> None:
    desk.ask(KLINGON)

    assert desk.queue.work_off() == 1

    assert (desk.records(), desk.later()) == ([], 0)


def test_a_queue_that_somebody_tampered_with_runs_no_code(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.ask()
    trace = tmp_path / "it ran"

    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (trace,)

    with closing(sqlite3.connect(desk.folder / "jobs.db")) as connection, connection:
        connection.execute("UPDATE task SET data = ?", (pickle.dumps(Evil()),))

    with pytest.raises(Exception, match="this is no job"):
        desk.queue.work_off()

    assert not trace.exists()


def test_a_worker_begins_whatever_stands_in_the_file(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.ask()
    desk.ask(replace(BONJOUR, text="Bonsoir."))
    with closing(sqlite3.connect(desk.folder / "jobs.db")) as connection, connection:
        for table, column in (("task", "data"), ("kv", "value")):
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = 1", (b"\xff no job",))  # noqa: S608
        connection.execute("UPDATE kv SET value = ? WHERE rowid = 2", (b'{"name": "of_tomorrow", "given": []}',))

    desk.queue.recover()

    assert desk.records() == []
    assert caplog.text.count("of no job that is known here") == 2


def test_each_job_keeps_the_name_that_stands_in_the_queue() -> None:
    assert list(JOBS) == ["speak", "hear_take", "keep_report", "send_digest", "send_due"]


def test_an_application_that_asks_for_nothing_makes_no_queue(desk: Desk) -> None:
    assert not (desk.folder / "jobs.db").exists()
