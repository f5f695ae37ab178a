"""Judges the readiness forecast on a log of real answers: `python tests/bench/forecast.py LOG.csv.gz`.

The constants are those that the product ships with; simpler forecasters are fitted to the log's training students.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.forecast_report import as_json, frozen_json, frozen_table, table
from tests.bench.judging import frozen_report, report
from tests.bench.logs import Log, LogError, read_log


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Judges the forecast on a log of answers.")
    parser.add_argument("log", type=Path, help="user,item,skill,t_days,correct,kind,split as .csv or .csv.gz")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the tables")
    parser.add_argument("--frozen", action="store_true", help="forecast scores to a date instead of the next answer")
    parser.add_argument("--bootstraps", type=int, default=1000, help="draws of students for the intervals; 0 for none")
    options = parser.parse_args(argv)
    if options.bootstraps < 0:
        parser.error("--bootstraps cannot be negative")
    try:
        text = judge(read_log(options.log), options.bootstraps, is_frozen=options.frozen, is_json=options.json)
    except LogError as error:
        parser.exit(1, f"{error}\n")
    print(text)  # noqa: T201


def judge(log: Log, bootstraps: int, *, is_frozen: bool, is_json: bool) -> str:
    """The figures as text: of the forecast to a date, or else of that of each next answer."""
    if is_frozen:
        dated = frozen_report(log, bootstraps)
        return json.dumps(frozen_json(dated), indent=2) if is_json else "\n".join(frozen_table(dated))
    found = report(log, bootstraps, say)
    return json.dumps(as_json(found), indent=2) if is_json else "\n".join(table(found))


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
