"""The queue: what waits, what is being done, and how it is asked for. Huey keeps it, in SQLite or in Redis."""

import hashlib
import json
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, cast
from uuid import UUID

from huey import Huey
from huey.exceptions import HueyException
from huey.registry import Message
from huey.serializer import Serializer
from huey.signals import SIGNAL_COMPLETE, SIGNAL_ERROR
from huey.storage import PriorityRedisStorage, SqliteStorage

from trainer.jobs.work import JOBS, NOW_AND_THEN
from trainer.jobs.worker import is_alone, run_worker
from trainer.parts import Services
from trainer.settings import Settings
from trainer.speech import Line

log = logging.getLogger(__name__)

TRIES = 3
"""How often a job is begun before it is given up, whether it failed or its process died."""
RETRY = 10
"""Seconds between a failure and the next try."""
LOST = 600.0
"""Seconds after which a job that was begun and is not done is begun again, as whoever did it must be gone."""
FILE, LOCK_FILE = "jobs.db", "jobs.lock"


class Asking(ABC):
    """How each job is asked for."""

    def speak(self, line: Line, *, is_slow: bool) -> None:
        self._ask("speak", asdict(line), is_slow)

    def hear_take(self, learner_id: UUID, take_id: UUID) -> None:
        self._ask("hear_take", str(learner_id), str(take_id))

    def keep_report(self, engagement_id: UUID) -> None:
        self._ask("keep_report", str(engagement_id))

    def send_digest(self, user_id: UUID, key: str) -> None:
        self._ask("send_digest", str(user_id), key)

    def send_due(self, user_id: UUID, key: str) -> None:
        self._ask("send_due", str(user_id), key)

    @abstractmethod
    def _ask(self, name: str, *given: Any) -> None: ...


class AtOnce(Asking):
    """Does each job in the caller, for tests: a failure is the caller's."""

    def __init__(self, _settings: Settings, services: Callable[[], Services]) -> None:
        self._services = services

    def _ask(self, name: str, *given: Any) -> None:
        JOBS[name].run(self._services(), *json.loads(json.dumps(given)))


class Queue(Asking):
    """Notes jobs for a worker, and is the worker's list of them.

    What is known of a job stands in its record until it is done or given up. Huey's own queue holds only keys of
    records, and forgets each when a worker takes it: the record is what a crash leaves, and what shows that the same
    is asked for again.
    """

    def __init__(self, settings: Settings, services: Callable[[], Services]) -> None:
        """`services` gives the parts that jobs are done with; whoever only asks needs none."""
        self._services = services
        self._folder = settings.data_dir
        self._is_embedded = settings.jobs_url is None
        self._huey = _huey(settings.jobs_url, settings.data_dir)
        self._one = self._huey.task(name="do", retries=TRIES - 1, retry_delay=RETRY)(self._do)
        self._huey.signal(SIGNAL_COMPLETE)(self._note_done)
        self._huey.signal(SIGNAL_ERROR)(self._note_failed)
        self._huey.periodic_task(lambda at: at.minute % 10 == 0, name="recover")(partial(self.recover, LOST))
        for do, is_due in NOW_AND_THEN:
            self._huey.periodic_task(is_due, name=do.__name__)(partial(_with_services, do, services))
        self._is_prepared = False
        self._guard = Lock()

    def work(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Do jobs until a signal ends it, or until it is wanted no more. The queue in a file has one worker at a time:
        another one waits for its turn.
        """
        self._prepare()
        with is_alone(self._folder / LOCK_FILE if self._is_embedded else None, is_wanted) as is_first:
            if is_first:
                self.recover(0 if self._is_embedded else LOST)
                run_worker(self._huey, is_wanted)

    def work_off(self, at: datetime | None = None) -> int:
        """Do what waits, and what is due to be tried again by `at`, else by now; return how much that was."""
        self._prepare()
        moment = at and at.astimezone(UTC).replace(tzinfo=None)
        for task in self._huey.read_schedule(moment):
            self._huey.enqueue(task)
        count = 0
        while (task := self._huey.dequeue()) is not None:
            self._huey.execute(task, moment)
            count += 1
        return count

    def recover(self, age: float = 0.0) -> None:
        """Put back what was begun so many seconds ago and is neither done nor waits."""
        waiting = set(self._waiting())
        for key in self._huey.storage.result_items():
            record = self._record(key)
            if record is not None and key not in waiting and time.time() - record["at"] >= age:
                log.warning("job %s (%s) was begun and not finished: it waits again", record["name"], key)
                self._huey.enqueue(self._one.s(key, priority=JOBS[record["name"]].priority))

    def _ask(self, name: str, *given: Any) -> None:
        self._prepare()
        key = hashlib.sha256(json.dumps([name, *given]).encode()).hexdigest()
        record = {"name": name, "given": given, "tries": 0, "at": time.time()}
        if self._huey.put_if_empty(key, record):
            self._huey.enqueue(self._one.s(key, priority=JOBS[name].priority))

    def _do(self, key: str) -> None:
        record = self._record(key)
        if record is None:
            return
        if record["tries"] >= TRIES:
            self._give_up(key, record)
            return
        self._huey.put(key, {**record, "tries": record["tries"] + 1, "at": time.time()})
        JOBS[record["name"]].run(self._services(), *record["given"])

    def _note_done(self, _signal: str, task: Any) -> None:
        for key in _keys(task):
            self._huey.delete(key)

    def _note_failed(self, _signal: str, task: Any, _error: Exception) -> None:
        """Huey has logged the error, and tries again as long as the record is there."""
        for key in _keys(task):
            record = self._record(key)
            if record is not None and record["tries"] >= TRIES:
                self._give_up(key, record)

    def _give_up(self, key: str, record: dict[str, Any]) -> None:
        log.error("job %s (%s) is given up after %d tries: %s", record["name"], key, record["tries"], record["given"])
        self._huey.delete(key)
        JOBS[record["name"]].give_up(self._services(), *record["given"])

    def _record(self, key: str) -> dict[str, Any] | None:
        """None when it is done, or when this version knows no such job: then it is forgotten."""
        try:
            found = self._huey.get(key, peek=True)
            if found is None or found["name"] in JOBS:
                return cast(dict[str, Any] | None, found)
        except (HueyException, KeyError, TypeError):
            pass
        log.error("record %s is of no job that is known here: it is deleted", key)
        self._huey.delete(key)
        return None

    def _waiting(self) -> Iterator[str]:
        storage = self._huey.storage
        for data in (*storage.enqueued_items(), *storage.scheduled_items()):
            with suppress(HueyException):
                yield from _keys(self._huey.deserialize_task(data))

    def _prepare(self) -> None:
        """Make the tables, when they are needed first: not every command asks for a job."""
        with self._guard:
            if self._is_embedded and not self._is_prepared:
                self._huey.storage.initialize_schema()
            self._is_prepared = True


class Json(Serializer):  # type: ignore[misc] # huey ships no types
    """JSON in place of huey's pickle, with which whoever writes into the queue could make a worker run anything."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data, default=datetime.isoformat).encode()

    def _deserialize(self, data: bytes) -> Any:
        """A task is a list, a record is none. Raises `HueyException`, which a worker logs and passes over."""
        try:
            found = json.loads(bytes(data))
            if not isinstance(found, list):
                return found
            message = Message(*found)
            return message._replace(eta=message.eta and datetime.fromisoformat(message.eta))
        except (ValueError, TypeError) as error:
            raise HueyException(f"this is no job: {error}") from error


def _huey(url: str | None, folder: Path) -> Huey:
    options = {"serializer": Json(), "results": False}
    if url is not None:
        return Huey("entente", storage_class=PriorityRedisStorage, url=url, **options)
    return Huey("entente", storage_class=SqliteStorage, filename=str(folder / FILE), create_tables=False, **options)


def _keys(task: Any) -> list[str]:
    """Of the record that a task is about; none if it is one that nobody asked for."""
    return list(task.args or ())


def _with_services(do: Callable[[Services], None], services: Callable[[], Services]) -> None:
    do(services())
