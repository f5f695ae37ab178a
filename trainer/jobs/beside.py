"""Processes beside the server's first: begun again when they die, ended with the first, however that ends."""

import logging
import os
import signal
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)

Work = Callable[..., None]
PAUSE = 1.0
"""Seconds between the death of one and the start of the next, which may die as soon."""
PATIENCE = 10.0
"""Seconds to end in before it is killed: more than a worker gives its jobs."""
TURN = 0.5
"""Seconds between two looks whether the process that began this one is there."""


class Beside:
    """`with Beside("fork", work, app):` calls `work(is_wanted, app)` in another process meanwhile.

    `is_wanted` is false as soon as this process is gone.
    """

    def __init__(self, method: str, work: Work, *given: Any) -> None:
        """`method` is how multiprocessing starts it; all but `fork` hand over what can be pickled only."""
        self._context = get_context(method)
        self._work = work
        self._given = given
        self._is_over = Event()
        self._lock = Lock()

    def __enter__(self) -> None:
        self._process = self._started()
        self._watcher = Thread(target=self._watch, name="jobs", daemon=True)
        self._watcher.start()

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        with self._lock:
            self._is_over.set()
            self._process.terminate()
        self._watcher.join(PATIENCE)
        if self._watcher.is_alive():
            self._process.kill()
            self._watcher.join()

    def _watch(self) -> None:
        while True:
            self._process.join()
            if self._is_over.wait(PAUSE):
                return
            with self._lock:
                if self._is_over.is_set():
                    return
                log.warning("the process that does the jobs ended (%s): another begins", self._process.exitcode)
                self._process = self._started()

    def _started(self) -> BaseProcess:
        process: BaseProcess = self._context.Process(  # type: ignore[attr-defined] # each context has its own
            target=_begin, name="jobs", args=(self._work, os.getpid(), *self._given), daemon=True
        )
        process.start()
        return process


def _begin(work: Work, parent: int, *given: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork has that of the server
    leave_interrupts()
    work(lambda: os.getppid() == parent, *given)


def leave_interrupts() -> None:
    """Leave Ctrl-C to the first process, which ends this one in order.

    The terminal interrupts all of them at once. What ends at that and is told to end by the first in the same moment
    may wait for itself for ever, as granian's workers do; what ended already would be begun again.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def end_with(parent: int) -> None:
    """Let this process end in order when the one that began it is gone, even if that was killed."""
    Thread(target=_end_after, args=(parent,), name="parent", daemon=True).start()


def _end_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(TURN)
    os.kill(os.getpid(), signal.SIGTERM)
