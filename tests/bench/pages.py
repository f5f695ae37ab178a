"""Measures the pages of the running server against a bare Flask view: `python tests/bench/pages.py`.

Both servers run at once as `app.py` starts them, and are asked in turn, a second each, so that drift cancels. They
share the machine with the generator, which flatters the ratio of requests a second; that of CPU it does not touch.
"""

import argparse
import json
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.company import PASSWORD, PEOPLE, Company, make_company
from tests.bench.load import Load, Measured, request_bytes, run_load
from tests.bench.report import Fresh, Memory, Paced, Report, Turn, compare, cpu_us, percentile_ms, table
from tests.bench.saves import Writers
from tests.bench.servers import ROOT, Browser, Running, free_port, serving
from trainer import engagements
from trainer.catalog import load_catalog
from trainer.database import Database
from trainer.domain.content import Content, Lesson
from trainer.migrations.schema import migrate
from trainer.models import Response
from trainer.web import utc_now

SLICE = 1.0
"""Seconds for which one server is asked for one page before the other has its turn."""
TARGETS: Mapping[str, float | None] = {
    "sign-in": None,
    "lesson": 0.20,
    "save": 0.15,
    **{f"engagement of {people}": 0.10 for people in PEOPLE},
}
PACED_RATE = 50.0
PACED_WRITERS = 8
PACED_SLICE = 5.0
PACED_ROUNDS = 4
FRESH_PAGES = 15


@dataclass
class Bench:
    """The two servers and what is asked of them; `sizes` are the bytes of each page's body."""

    generator: Pool
    product: Running
    bare: Running
    connections: int
    gets: Mapping[str, bytes]
    writers: Writers
    sizes: dict[str, int] = field(default_factory=dict)
    turns: dict[str, list[tuple[Turn, Turn]]] = field(default_factory=dict)

    def warm_up(self) -> None:
        for name in TARGETS:
            self.sizes[name] = self._ask_product(name).measured.body_bytes
            self._ask_bare(name)

    def run(self, rounds: int) -> None:
        """Ask for each page in turn, of one server and then the other, and the other way round."""
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for name in TARGETS:
                if number % 2:
                    bare, product = self._ask_bare(name), self._ask_product(name)
                else:
                    product, bare = self._ask_product(name), self._ask_bare(name)
                self.turns.setdefault(name, []).append((product, bare))

    def paced_saves(self) -> Paced:
        product, bare = [], []
        request = request_bytes(self.bare.port, f"/{self.sizes['save']}", "")
        for _ in range(PACED_ROUNDS):
            product.append(self._save(PACED_WRITERS, PACED_SLICE, PACED_RATE))
            load = Load(self.bare.port, [[request]] * PACED_WRITERS, HTTPStatus.OK, PACED_SLICE, rate=PACED_RATE)
            bare.append(self._take(self.bare, load))
        return Paced(percentile_ms(product, 50), percentile_ms(product, 99), percentile_ms(bare, 99))

    def fresh(self, name: str, engagement_id: UUID, draft: engagements.EngagementDraft) -> Fresh:
        """The page asked for by one connection after each of many changes."""
        load = Load(self.product.port, [[self.gets[name]]], HTTPStatus.OK, SLICE, is_cycle=False)
        turns = []
        before = self.product.cpu_seconds()
        for _ in range(FRESH_PAGES):
            with self.writers.database.write_session() as session:
                engagements.change_engagement(session, engagement_id, draft, at=utc_now())
                session.commit()
            turns.append(self._take(self.product, load))
        cpu = (self.product.cpu_seconds() - before) / FRESH_PAGES * 1e6
        seconds = median(turn.measured.latencies[0] for turn in turns)
        return Fresh(seconds * 1e3, cpu, cpu_us([bare for _, bare in self.turns[name]]) / cpu)

    def _ask_product(self, name: str) -> Turn:
        if name == "save":
            return self._save(self.connections, SLICE)
        requests = [[self.gets[name]]] * self.connections
        return self._take(self.product, Load(self.product.port, requests, HTTPStatus.OK, SLICE))

    def _ask_bare(self, name: str) -> Turn:
        requests = [[request_bytes(self.bare.port, f"/{self.sizes[name]}", "")]] * self.connections
        return self._take(self.bare, Load(self.bare.port, requests, HTTPStatus.OK, SLICE))

    def _save(self, connections: int, seconds: float, rate: float | None = None) -> Turn:
        turn = self._take(self.product, self.writers.load(self.product.port, connections, seconds, rate))
        self.writers.take_away(turn.measured)
        return turn

    def _take(self, server: Running, load: Load) -> Turn:
        before = server.cpu_seconds()
        measured: Measured = self.generator.apply(run_load, (load,))
        return Turn(measured, server.cpu_seconds() - before)


def measure(rounds: int, connections: int, folder: Path, generator: Pool) -> Report:
    content = load_catalog(ROOT)
    database = Database(f"sqlite:///{folder / 'bench.sqlite3'}")
    company = fill(database, content)
    lesson = max(content.lessons.values(), key=lambda each: len(each.phrases))
    settings = {
        "ENTENTE_SECRET_KEY": secrets.token_urlsafe(48),
        "ENTENTE_DATA_DIR": str(folder),
        "ENTENTE_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
    }
    with ExitStack() as stack:
        product = stack.enter_context(serving(["app.py"], settings, free_port()))
        bare = stack.enter_context(serving(["tests/bench/bare.py"], settings, free_port()))
        say("signing in")
        paths = page_paths(lesson, company)
        browser = Browser(product.port)
        browser.sign_in(company.manager, PASSWORD)
        gets = {name: request_bytes(product.port, path, browser.cookie) for name, path in paths.items()}
        gets["sign-in"] = request_bytes(product.port, paths["sign-in"], "")
        writers = Writers(database, content, product.port, company.writers, max(connections, PACED_WRITERS))
        bench = Bench(generator, product, bare, connections, gets, writers)
        bench.warm_up()
        bench.run(rounds)
        report = Report(
            pages={name: compare(bench.turns[name], bench.sizes[name], target) for name, target in TARGETS.items()},
            fresh={
                name: bench.fresh(name, company.engagement_ids[people], company.draft)
                for people, name in zip(PEOPLE, list(TARGETS)[-len(PEOPLE) :], strict=True)
            },
            paced_saves=bench.paced_saves(),
            weight=weigh(product.port, browser, paths),
            memory_mib=Memory(*product.memory_mib()),
        )
    check_saves(database, company.responses + writers.saved)
    database.dispose()
    return report


def fill(database: Database, content: Content) -> Company:
    say("making the company; this takes a minute")
    migrate(database.writer)
    with database.write_session() as session:
        company = make_company(session, content, at=utc_now())
        session.commit()
    return company


def page_paths(lesson: Lesson, company: Company) -> dict[str, str]:
    return {
        "sign-in": "/sign-in",
        "lesson": f"/lessons/{lesson.id}",
        **{f"engagement of {people}": f"/engagements/{known}" for people, known in company.engagement_ids.items()},
    }


def weigh(port: int, browser: Browser, paths: Mapping[str, str]) -> dict[str, int]:
    """Compressed bytes of each page with the files it needs, as a browser's first visit loads them."""
    weights = {}
    for name, path in paths.items():
        visitor = Browser(port) if name == "sign-in" else browser
        files = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', visitor.get(path)))
        weights[name] = sum(visitor.weigh(each) for each in (path, *files))
    return weights


def check_saves(database: Database, expected: int) -> None:
    """Every save that was acknowledged is a response of its own."""
    with database.read_session() as session:
        kept = session.scalar(select(func.count()).select_from(Response))
    if kept != expected:
        raise RuntimeError(f"{expected} responses were acknowledged, {kept} are kept")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Measures pages against a bare Flask view.")
    parser.add_argument("--seconds", type=int, default=6, help="how long each page is asked of each server")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    options = parser.parse_args(argv)
    with get_context("fork").Pool(1) as generator, TemporaryDirectory() as folder:
        report = measure(options.seconds, options.connections, Path(folder), generator)
    text = json.dumps(asdict(report), indent=2) if options.json else "\n".join(table(report))
    print(text)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
