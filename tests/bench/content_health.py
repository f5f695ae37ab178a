"""Measures what the page of content health costs as the log grows: `python tests/bench/content_health.py`.

Every answer is a first one, and those that are typed and wrong are of fifty kinds, so that little can be added up.
`--url postgresql+psycopg://…` measures on that (empty) database instead of SQLite; `--json` prints the figures.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.answering import NOT_IT, right_entries, wrong_entries
from tests.bench.stage import check, counted
from trainer import reporting
from trainer.catalog import load_catalog
from trainer.database import Database
from trainer.domain.content import Content, SlotSearch
from trainer.domain.grading import Given, grade
from trainer.domain.item_analysis import Asked, asked_of
from trainer.migrations.schema import migrate
from trainer.models import Attempt, Response, User, new_id, table

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 12, 3, 9, tzinfo=UTC)
SIZES = (25_000, 50_000, 100_000)
ROUNDS = 3
KINDS_OF_WRONG = 50


@dataclass(frozen=True)
class Measured:
    """Of the best of the rounds: `seconds` by the clock, `processor` those of this process, which a busy machine does
    not lengthen and which leave out a database server. `known` is of how much that is asked there are figures."""

    answers: int
    people: int
    statements: int
    seconds: float
    processor: float
    known: int


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Measures what the page of content health costs.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--url", help="an empty database; SQLite in a folder of its own without it")
    options = parser.parse_args(argv)
    with TemporaryDirectory() as folder:
        found = measure(options.url or f"sqlite:///{folder}/bench.sqlite3", load_catalog(ROOT), SIZES)
    print(json.dumps([asdict(each) for each in found]) if options.json else "\n".join(table_of(found)))  # noqa: T201


def measure(url: str, content: Content, sizes: Sequence[int], rounds: int = ROUNDS) -> list[Measured]:
    """The log grows from each size to the next."""
    database = Database(url)
    migrate(database.writer)
    people, answers, found = 0, 0, []
    random = Random("answered")
    for size in sizes:
        with database.write_session() as session:
            while answers < size:
                people += 1
                answers += sit_all(session, random, content, people)
            session.commit()
        found.append(_measure(database, content, answers, people, rounds))
    database.dispose()
    return found


def _measure(database: Database, content: Content, answers: int, people: int, rounds: int) -> Measured:
    times, busy = [], []
    for _ in range(rounds):
        with database.read_connection() as store, counted(database) as statements:
            start, busy_before = perf_counter(), process_time()
            health = reporting.content_health(content, reporting.read_log(store), on=AT.date())
            times.append(perf_counter() - start)
            busy.append(process_time() - busy_before)
    known = sum(bool(analysis.people) for analysis in health.analyses)
    check(all(analysis.people in (0, people) for analysis in health.analyses), "somebody's answers were left out")
    return Measured(answers, people, len(statements), min(times), min(busy), known)


def table_of(found: Sequence[Measured]) -> Iterator[str]:
    yield (
        f"{'answers':>10}{'people':>8}{'statements':>12}{'seconds':>9}{'processor':>11}{'µs an answer':>14}{'known':>7}"
    )
    for each in found:
        yield (
            f"{each.answers:>10,}{each.people:>8,}{each.statements:>12}{each.seconds:>9.2f}{each.processor:>11.2f}"
            f"{each.processor / each.answers * 1e6:>14.1f}{each.known:>7}"
        )


def sit_all(session: Session, random: Random, content: Content, number: int) -> int:
    """Somebody sits every quiz and answers all of it, but for what is drawn anew; how many answers that is."""
    person, chance = new_id(), 1.0 / (1.0 + exp(-random.gauss(0.8, 0.8)))
    attempts, responses = [], []
    at = AT - timedelta(days=random.randrange(1, 300))
    for quiz in (quiz for course in content.courses.values() for quiz in course.quizzes):
        attempt_id = new_id()
        attempt = {"learner_id": person, "id": attempt_id, "quiz_id": quiz.id, "number": 1, "started_at": at}
        attempts.append({**attempt, "finished_at": at + timedelta(hours=1), "is_quiet": False})
        asked = [each for item in quiz.items for each in asked_of(quiz, item)]
        for step, each in enumerate(each for each in asked if not isinstance(each.item.interaction, SlotSearch)):
            at += timedelta(seconds=random.randrange(15, 120))
            given = _given(random, each, random.random() < chance)
            responses.append(_row(person, attempt_id, each, step, given, at))
    user = {"id": person, "email": f"person{number}@example.org", "name": f"Person {number}", "created_at": AT}
    session.execute(insert(table(User)), [{**user, "is_trainer": False, "is_admin": False, "is_demo": False}])
    session.execute(insert(table(Attempt)), attempts)
    session.execute(insert(table(Response)), responses)
    return len(responses)


def _given(random: Random, asked: Asked, is_right: bool) -> Given:
    if asked.options:
        wanted = [option.id for option in asked.options if (option.id in asked.best) == is_right]
        return Given((random.choice(wanted),), asked.node.id if asked.node else None)
    interaction = asked.item.interaction
    entries = (right_entries if is_right else wrong_entries)(interaction)
    kind = random.randrange(KINDS_OF_WRONG)
    return Given(
        entries=tuple((place, text + str(kind) if text == NOT_IT else text) for place, text in entries.items())
    )


def _row(person: UUID, attempt: UUID, asked: Asked, step: int, given: Given, at: datetime) -> dict[str, Any]:
    graded = grade(asked.item, given)
    parts = {
        part.slot: {"verdict": part.checked.verdict, "canon": part.checked.canon}
        for part in graded.parts
        if part.checked
    }
    kept: dict[str, Any] = {"options": list(given.options), "node": given.node}
    return {
        "learner_id": person, "id": new_id(), "attempt_id": attempt, "item_id": asked.item.id, "step": step,
        "item_key": asked.key, "competencies": list(asked.item.competencies),
        "given": {**kept, "entries": dict(given.entries)} if given.entries else kept,
        "score": graded.score, "kind": "first", "expected": 0.5, "difficulty": 0.0,
        "checks": {"parts": parts} if parts else None, "content_hash": asked.item.content_hash, "rules_version": 2,
        "model_version": 1, "answered_at": at, "received_at": at,
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
