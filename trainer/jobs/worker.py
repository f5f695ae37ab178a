"""A worker: one process with a few threads that do jobs, until it is told to stop."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from huey import Huey
from huey.consumer import Consumer, ConsumerStopped

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

THREADS = 2
SHORTEST_WAIT, LONGEST_WAIT = 0.05, 0.2
"""Seconds between two looks into an empty queue: soon after a job at first, then rarer."""
AFTER_ERRORS = 5.0
"""Seconds between two tries to reach a Redis that is down. It tells of a job at once, so it is not looked into."""
PATIENCE = 5
"""Seconds that a job may still take after SIGTERM. If that is not enough, it is begun again by the next worker."""
TURN = 0.3
"""Seconds between two looks whether the worker before is gone."""


class Worker(Consumer):  # type: ignore[misc] # huey ships no types
    """Huey's consumer, which also ends when it is wanted no more."""

    def __init__(self, huey: Huey, is_wanted: Callable[[], bool]) -> None:
        super().__init__(
            huey,
            workers=THREADS,
            initial_delay=SHORTEST_WAIT,
            max_delay=AFTER_ERRORS if huey.storage.blocking else LONGEST_WAIT,
            scheduler_interval=5,
            shutdown_timeout=PATIENCE,
            graceful_signal="TERM",
        )
        self._is_wanted = is_wanted

    def start(self) -> None:
        super().start()
        if sys.platform != "win32":
            # Huey would begin anew with the arguments of this process, which may be those of the server.
            signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def loop(self, health_check_ts: Any = None) -> Any:
        if not self._is_wanted():
            raise ConsumerStopped
        return super().loop(health_check_ts)


def run_worker(huey: Huey, is_wanted: Callable[[], bool]) -> None:
    Worker(huey, is_wanted).run()


@contextmanager
def is_alone(path: Path | None, is_wanted: Callable[[], bool]) -> Iterator[bool]:
    """Wait until no other process works with the file; False when it was wanted no more before. None: no need to wait.

    The file holds the id of the process. Where the system knows no such locks, nobody waits.
    """
    if path is None or fcntl is None:
        yield True
        return
    with path.open("a+") as file:
        while not _is_locked(file.fileno()):
            if not is_wanted():
                yield False
                return
            time.sleep(TURN)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield True


def _is_locked(number: int) -> bool:
    """Whether this process could lock the open file: others may not have it."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
