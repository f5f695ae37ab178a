"""Times the checking of typed answers: `python tests/bench/answers.py` prints a table, with `--json` the figures.

Answers of 10, 50 and 500 characters, right, with a slip, and wrong, each against one accepted answer and against
twenty. A comparison is one typed answer against one accepted one, judged by all nine rules; the difference is told once
an answer. Each figure is of the fastest round, which comes nearest to a quiet core.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from trainer.domain.answers import AnswerKey, Verdict, check_answer

LENGTHS = (10, 50, 500)
MANY = 20
MAX_GROWTH = 1.5
"""Of the time for a character, from 50 characters to 500: 1 is linear, 10 would be quadratic."""
WORDS = {
    "fr": "nous préparons ensemble la prochaine réunion avec l’équipe du service après vente et les acheteurs",
    "de": "wir bestätigen gern den Termin für das Gespräch über größere Mengen und schicken Unterlagen",
    "ja": "来週の会議の資料を今日中にお送りしますのでご確認のほどよろしくお願いいたします",
    "vi": "chúng tôi xin gửi quý công ty bản hợp đồng đã sửa để xem trước buổi họp ngày mai",
}
"""Of Latin letters with accents, umlauts, no alphabet, and tones: they go through different tables."""


@dataclass(frozen=True)
class Timed:
    """One kind of answer at one length; `growth` is the time for a character over that at the length before."""

    kind: str
    length: int
    accepted: int
    verdicts: dict[str, str]
    microseconds: float
    comparisons_a_second: float
    growth: float | None


@dataclass(frozen=True)
class Case:
    """What is typed for a key, made so that the rule under test decides."""

    given: str
    key: AnswerKey


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Times the checking of typed answers.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeats", type=int, default=20, help="answers judged in one round")
    options = parser.parse_args(argv)
    if min(options.rounds, options.repeats) < 1:
        parser.error("--rounds and --repeats are 1 or more")
    timed = list(timings(options.rounds, options.repeats))
    print(json.dumps([asdict(each) for each in timed], indent=2) if options.json else "\n".join(table(timed)))  # noqa: T201


def timings(rounds: int, repeats: int) -> Iterator[Timed]:
    for kind in ("right", "slip", "wrong"):
        for accepted in (1, MANY):
            before: float | None = None
            for length in LENGTHS:
                cases = {lang: case(lang, kind, length, accepted) for lang in WORDS}
                seconds = fastest(list(cases.values()), rounds, repeats)
                growth = seconds / length / before if before is not None else None
                verdicts = {lang: check_answer(each.given, each.key).verdict.value for lang, each in cases.items()}
                yield Timed(kind, length, accepted, verdicts, seconds * 1e6, accepted / seconds, growth)
                before = seconds / length


def fastest(cases: Sequence[Case], rounds: int, repeats: int) -> float:
    """Seconds for one typed answer, the mean over the cases in the fastest round."""
    laps = []
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(repeats):
            for each in cases:
                check_answer(each.given, each.key)
        laps.append(perf_counter() - start)
    return min(laps) / repeats / len(cases)


def case(lang: str, kind: str, length: int, accepted: int) -> Case:
    """The last accepted answer is the one that is typed; those before it end in other letters."""
    text = "".join(islice(cycle(f"{WORDS[lang]} "), length)).strip().ljust(length, "x")
    others = tuple(f"{text[: -number % length]}{'q' * number}" for number in range(2, accepted + 1))
    given = {"right": text, "slip": swapped(text), "wrong": text[::-1]}[kind]
    return Case(given, AnswerKey((*others, text), lang))


def swapped(text: str) -> str:
    """Two neighbours in the first long word change places."""
    longest = max(text[:12].split(), key=len)
    at = text.index(longest) + len(longest) // 2
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def table(timed: Sequence[Timed]) -> Iterator[str]:
    yield f"{'answer':<8}{'accepted':>9}{'letters':>9}{'µs':>9}{'comparisons/s':>15}{'growth':>8}  at most {MAX_GROWTH}"
    for row in timed:
        is_last = row.length == LENGTHS[-1]
        mark = "" if not is_last or row.growth is None else "  ok" if row.growth <= MAX_GROWTH else "  NO"
        growth = f"{row.growth:>8.2f}" if row.growth else f"{'':>8}"
        yield (
            f"{row.kind:<8}{row.accepted:>9}{row.length:>9}{row.microseconds:>9.0f}{row.comparisons_a_second:>15,.0f}"
            f"{growth}{mark}"
        )
    slips = sum(verdict == Verdict.TYPO for row in timed for verdict in row.verdicts.values())
    yield f"growth: time for a letter over that at the length above; {slips} of the cases end in a slip"


if __name__ == "__main__":
    main(sys.argv[1:])
