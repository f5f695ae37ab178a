"""What came out of reading or writing a file: the entries, what could not be kept, and the errors that end it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypedDict, TypeVar

from trainer.interchange import limits
from trainer.interchange.entries import Entry, Origin, Text, TextFormat
from trainer.interchange.markup import TooMuchMarkup, clean

Unit = TypeVar("Unit")


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the text says what to do."""


class HostileFile(UnreadableFile):
    """The file asks for more than a question bank ever would, or for something that none needs."""


class Unrepresentable(Exception):
    """One entry cannot be kept; the text says why."""


class ProblemData(TypedDict):
    line: int | None
    entry: int | None
    reason: str


class Counts(TypedDict):
    read: int
    imported: int
    skipped: int
    by_type: dict[str, int]
    problems: list[ProblemData]


@dataclass(frozen=True, slots=True)
class Problem:
    """`skipped` tells whether the entry is missing for it; otherwise it was kept without the thing named."""

    reason: str
    line: int | None = None
    entry: int | None = None
    skipped: bool = False

    def data(self) -> ProblemData:
        return {"line": self.line, "entry": self.entry, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Reading:
    """`read` counts every entry met, kept or not."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    read: int

    @property
    def skipped(self) -> int:
        return self.read - len(self.entries)

    def counts(self) -> Counts:
        by_type = Counter(str(entry.type) for entry in self.entries)
        return counts_of(self.read, len(self.entries), dict(sorted(by_type.items())), self.problems)


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what of the entries it could not hold; `entry` of a problem counts from 1."""

    data: bytes
    problems: tuple[Problem, ...] = ()


def counts_of(read: int, imported: int, by_type: dict[str, int], problems: Iterable[Problem]) -> Counts:
    return {
        "read": read,
        "imported": imported,
        "skipped": read - imported,
        "by_type": by_type,
        "problems": [problem.data() for problem in problems],
    }


@dataclass(slots=True)
class Report:
    """Collects while a file is read or written: entries in, reasons beside them."""

    member: str = ""
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    line: int | None = None

    def begin(self, line: int | None) -> None:
        """Another entry is met, at this line."""
        self.read += 1
        self.line = line
        if self.read > limits.MAX_ENTRIES:
            raise HostileFile(
                f"The file has more than {limits.MAX_ENTRIES:,} entries. Split it and read the parts one by one."
            )

    def keep(self, entry: Entry) -> None:
        self.entries.append(replace(entry, origin=Origin(self.read, self.line, self.member)))

    def note(self, reason: str, line: int | None = None) -> None:
        """Something about the present entry was left out or read in a way that may surprise."""
        self._add(Problem(self._placed(reason), line or self.line, self.read or None))

    def note_file(self, reason: str, line: int | None = None) -> None:
        """Something that belongs to no entry."""
        self._add(Problem(self._placed(reason), line, None))

    def skip(self, reason: str) -> None:
        self._add(Problem(self._placed(reason), self.line, self.read, skipped=True))

    def text(self, raw: str, text_format: TextFormat) -> Text:
        """The text made harmless; what was taken out is noted."""
        if not raw:
            return Text("", text_format)
        try:
            cleaned = clean(raw, text_format)
        except TooMuchMarkup as much:
            raise Unrepresentable(str(much)) from much
        for removed in cleaned.removed:
            self.note(removed)
        return Text(cleaned.text, text_format)

    def reading(self) -> Reading:
        return Reading(tuple(self.entries), tuple(self.problems), self.read)

    def _placed(self, reason: str) -> str:
        return f"{self.member}: {reason}" if self.member else reason

    def _add(self, problem: Problem) -> None:
        if len(self.problems) < limits.MAX_PROBLEMS:
            self.problems.append(problem)
        elif len(self.problems) == limits.MAX_PROBLEMS:
            self.problems.append(Problem("There are more problems than are listed here."))


def read_each(report: Report, units: Iterable[tuple[int | None, Unit]], parse: Callable[[Unit, Report], Entry]) -> None:
    """Each unit becomes an entry or a reason why not."""
    for line, unit in units:
        report.begin(line)
        try:
            report.keep(parse(unit, report))
        except Unrepresentable as why:
            report.skip(str(why))
