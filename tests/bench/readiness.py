"""Measures a team's readiness, its page and its plan, and how they grow: `python tests/bench/readiness.py`.

All times are of the processor, the best of the rounds, in one process. Beside them stands how many bare Flask views
that is, asked in the same rounds: so a slow machine does not make a slow product.
"""

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bare import create_app as create_bare_app
from tests.bench.crowd import AT, DAYS_AHEAD, evidence_of, make_content, seats_of
from tests.bench.stage import Shown, Stage, check, open_stage
from trainer.domain.content import Content
from trainer.domain.mastery import forecast, gather, outlook
from trainer.domain.readiness import Rules, assess

BARE_BYTES, BARE_TIMES = 20_000, 20
"""The bare view's answer, and how often it is asked in each round: one is too short to time."""
THIRTY = 30
TINY = 1e-9
SLOW = 1.0
"""What takes longer than so many seconds is timed once: luck is a small part of it."""
FORECAST, GATHER, ASSESS, PERSON, BARE = "forecast", "gathering it", "assessment", "person x 30 items", "bare view"
PLAN_PEOPLE = 20
PLAN_MS = 200.0
TARGETS_MS = {FORECAST: 5.0, PERSON: 5.0}


@dataclass(frozen=True)
class Size:
    """Engagements of so many people with `enough` answers of each, and so many answers in the largest of them.

    With `enough` a plan is made for nearly everybody.
    """

    people: Sequence[int] = (5, 10, 20, 50)
    answers: Sequence[int] = (10, 100, 1000, 5000)
    enough: int = 1000
    competencies: int = 40
    items: int = 10
    rounds: int = 5


@dataclass(frozen=True)
class Part:
    """Milliseconds of the processor, and how many bare views that is."""

    ms: float
    bare_views: float
    target_ms: float | None


@dataclass(frozen=True)
class Page:
    """An engagement's page made anew, of which its readiness with all queries and its plan; and the page kept."""

    people: int
    answers: int
    planned: int
    anew: Part
    readiness: Part
    plan: Part
    kept: Part
    statements: int
    kept_statements: int
    bytes: int


@dataclass(frozen=True)
class Report:
    bare_us: float
    parts: Mapping[str, Part]
    by_people: Sequence[Page]
    by_evidence: Sequence[Page]


@dataclass
class Laps:
    """What is to be timed, and the best time of each so far in seconds."""

    works: dict[str, Callable[[], object]] = field(default_factory=dict)
    best: dict[str, float] = field(default_factory=dict)

    def run(self) -> None:
        for name, work in self.works.items():
            if self.best.get(name, 0.0) > SLOW:
                continue
            start = process_time()
            work()
            self.best[name] = min(process_time() - start, self.best.get(name, float("inf")))

    def part(self, name: str, target_ms: float | None = None) -> Part:
        return Part(self.best[name] * 1e3, self.best[name] * BARE_TIMES / self.best[BARE], target_ms)


def measure(size: Size, folder: Path) -> Report:
    content, laps = make_content(size.competencies, size.items), Laps()
    add_bare_view(laps)
    add_domain(laps, content, max(size.people), size.enough)
    of_people, of_evidence = list[Shown](), list[Shown]()
    with ExitStack() as opened:
        for answers in sorted({*size.answers, size.enough}):
            say(f"filling a database: {max(size.people)} people with {answers} answers each")
            people = size.people if answers == size.enough else [max(size.people)]
            stage = opened.enter_context(open_stage(folder / f"{answers}", content, people, answers))
            shown = [add_page(laps, stage, each) for each in people]
            of_people += shown if answers == size.enough else []
            of_evidence.append(shown[-1])
        gc.collect()
        gc.freeze()  # as `app.py` does before it serves
        for number in range(size.rounds):
            say(f"round {number + 1} of {size.rounds}")
            laps.run()
        gc.unfreeze()
    return Report(
        bare_us=laps.best[BARE] / BARE_TIMES * 1e6,
        parts={name: laps.part(name, TARGETS_MS.get(name)) for name in (FORECAST, GATHER, ASSESS, PERSON)},
        by_people=[page(laps, each) for each in of_people],
        by_evidence=[page(laps, each) for each in of_evidence],
    )


def add_bare_view(laps: Laps) -> None:
    client = create_bare_app().test_client()

    def ask() -> None:
        for _ in range(BARE_TIMES):
            answer = client.get(f"/{BARE_BYTES}")
            check(len(answer.data) == BARE_BYTES, "the bare view is not whole")

    laps.works[BARE] = ask


def add_domain(laps: Laps, content: Content, people: int, answers: int) -> None:
    """The arithmetic alone, without database and page."""
    evidence, shared = evidence_of(content, people, answers)
    seats, on = seats_of(content, people), AT + DAYS_AHEAD
    cells = [each.cell for each in evidence.values()]
    gathered = gather(cells, shared.constants)
    many = outlook(gathered, on, shared)
    for cell in (0, len(cells) // 2, len(cells) - 1):
        gaps = [
            abs(one - other) for one, other in zip(many.forecast(cell), forecast(cells[cell], on, shared), strict=True)
        ]
        check(max(gaps) <= TINY, "the forecast of many is not that of one")
    of_one = [cell for cell in cells if cell.ability is cells[0].ability]
    thirty = of_one[0]._replace(
        memories=[memory for cell in of_one for memory in cell.memories][:THIRTY],
        items=[item for cell in of_one for item in cell.items][:THIRTY],
    )
    one = forecast(thirty, on, shared)
    check(0.0 < one.low < one.mean < one.high < 1.0, "the interval does not hold the forecast")
    readiness = assess(seats, evidence, content.competencies, on, shared, Rules())
    check(sum(len(seat.people[0].standings) for seat in readiness.seats) == len(cells), "not everybody is assessed")
    laps.works |= {
        FORECAST: lambda: outlook(gathered, on, shared),
        GATHER: lambda: gather(cells, shared.constants),
        ASSESS: lambda: assess(seats, evidence, content.competencies, on, shared, Rules()),
        PERSON: lambda: forecast(thirty, on, shared),
    }


def add_page(laps: Laps, stage: Stage, people: int) -> Shown:
    shown = stage.look(people)
    laps.works |= {
        f"{shown.name} anew": lambda: stage.get_anew(people),
        f"{shown.name} kept": lambda: stage.get(people),
        f"{shown.name} readiness": lambda: stage.assess(people),
        f"{shown.name} plan": lambda: stage.plan(shown),
    }
    return shown


def page(laps: Laps, shown: Shown) -> Page:
    return Page(
        people=shown.people,
        answers=shown.answers,
        planned=shown.known,
        anew=laps.part(f"{shown.name} anew"),
        readiness=laps.part(f"{shown.name} readiness"),
        plan=laps.part(f"{shown.name} plan", PLAN_MS if shown.people == PLAN_PEOPLE else None),
        kept=laps.part(f"{shown.name} kept"),
        statements=shown.statements,
        kept_statements=shown.kept_statements,
        bytes=shown.bytes,
    )


def table(report: Report) -> Iterator[str]:
    yield f"a bare view takes {report.bare_us:.0f} us; in brackets how many of it"
    yield ""
    for name, part in report.parts.items():
        yield f"{name:<20}{_shown(part):>24}"
    for words, pages in (("by people", report.by_people), ("by answers of each", report.by_evidence)):
        yield ""
        times = f"{'page':>24}{'readiness':>24}{'plan':>34}{'kept page':>24}"
        yield f"{words:<20}{'people':>7}{'answers':>9}{'planned':>9}{times}{'statements':>12}{'kB':>6}"
        for each in pages:
            yield (
                f"{'':<20}{each.people:>7}{each.answers:>9}{each.planned:>9}{_shown(each.anew):>24}"
                f"{_shown(each.readiness):>24}{_shown(each.plan):>34}{_shown(each.kept):>24}"
                f"{f'{each.statements}, {each.kept_statements}':>12}{each.bytes // 1000:>6}"
            )


def _shown(part: Part) -> str:
    mark = "" if part.target_ms is None else f" {part.target_ms:.0f} {'ok' if part.ms <= part.target_ms else 'NO'}"
    return f"{part.ms:.1f} ms ({part.bare_views:.1f}){mark}"


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Measures a team's readiness, its page and its plan.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the tables")
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    options = parser.parse_args(argv)
    if options.rounds < 1:
        parser.error("--rounds must be 1 at least")
    with TemporaryDirectory() as folder:
        report = measure(Size(rounds=options.rounds), Path(folder))
    print(json.dumps(asdict(report), indent=2) if options.json else "\n".join(table(report)))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
