"""Measures how long a readiness report takes to write, and what of the memory it keeps: `python tests/bench/paper.py`.

Each size is written in a process of its own: the first time with nothing read yet, then again with other words, so that
nothing can be taken from the time before.
"""

import argparse
import json
import multiprocessing
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.paper.papers import make_contacts, make_large_paper, make_paper, make_reasons, make_seats, make_trend
from trainer.domain.report.paper import Paper
from trainer.paper.formats import FORMATS

SIZES: dict[str, Callable[[], Paper]] = {
    "8 seats, 6 contacts, 12 reasons": lambda: make_paper(
        reasons=make_reasons(12), seats=make_seats(8), contacts=make_contacts(6), trend=make_trend(30)
    ),
    "100 seats, 50 contacts, 60 reasons": make_large_paper,
}
TICK = 0.002


@dataclass(frozen=True)
class Written:
    """Milliseconds of the clock, and kilobytes."""

    paper: str
    format: str
    first_ms: float
    again_ms: float
    file_kb: float
    memory_before_kb: int
    memory_after_kb: int
    longest_hold_ms: float
    """For how long another thread could not go on."""


def measure(rounds: int) -> list[Written]:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        tasks = [(size, suffix, rounds) for size in SIZES for suffix in FORMATS]
        return pool.starmap(write_rounds, tasks, chunksize=1)


def write_rounds(size: str, suffix: str, rounds: int) -> Written:
    paper, write = SIZES[size](), FORMATS[suffix].write
    before = memory_kb()
    first, data = timed(write, paper)
    others = [other_words(paper, number) for number in range(rounds)]
    with Ticker() as ticker:
        again = min(timed(write, other)[0] for other in others)
    return Written(size, suffix, first, again, len(data) / 1e3, before, memory_kb(), ticker.longest_ms)


def timed(write: Callable[[Paper], bytes], paper: Paper) -> tuple[float, bytes]:
    start = perf_counter()
    data = write(paper)
    return (perf_counter() - start) * 1e3, data


def other_words(paper: Paper, number: int) -> Paper:
    return replace(
        paper,
        title=f"{paper.title}, {number}",
        reasons=tuple(replace(each, what=f"{number}: {each.what}") for each in paper.reasons),
    )


def memory_kb() -> int:
    """What the process holds now, where the system tells it; else 0."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


class Ticker:
    """A thread that would go on every few milliseconds, and for how long it once could not."""

    def __enter__(self) -> "Ticker":
        self.longest_ms, self.ticks = 0.0, [perf_counter()]
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self._tick)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.set()
        self.thread.join()
        self.longest_ms = max((end - begin for begin, end in pairwise(self.ticks)), default=0.0) * 1e3

    def _tick(self) -> None:
        while not self.ends.is_set():
            sleep(TICK)
            self.ticks.append(perf_counter())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    read = parser.parse_args()
    found = measure(read.rounds)
    for each in found:
        grown = (each.memory_after_kb - each.memory_before_kb) / 1e3
        print(  # noqa: T201 - a program for the terminal
            f"{each.paper:36} {each.format:5} first {each.first_ms:6.0f} ms, again {each.again_ms:6.0f} ms, "
            f"{each.file_kb:6.0f} kB, memory +{grown:.0f} MB, longest hold {each.longest_hold_ms:.0f} ms"
        )
    if read.json:
        read.json.write_text(json.dumps([asdict(each) for each in found], indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
