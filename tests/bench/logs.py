"""Reads a log of graded answers, one row an answer or an exposure, and refuses what does not fit its schema."""

import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite, nan
from pathlib import Path
from typing import NamedTuple, TextIO

COLUMNS = ("user", "item", "skill", "t_days", "correct", "kind", "split")
KINDS = ("test", "study")
SPLITS = ("train", "test")


class LogError(Exception):
    """The log cannot be judged; the message says where and why."""


class Row(NamedTuple):
    """One contact of a student with an item; `correct` means nothing when it was only studied."""

    item: str
    skill: str
    day: float
    correct: int
    is_study: bool


class Student(NamedTuple):
    """One student's rows in the order of time, `day` being days since the first of them."""

    name: str
    rows: tuple[Row, ...]


class Log(NamedTuple):
    training: tuple[Student, ...]
    held_out: tuple[Student, ...]


def read_log(path: Path) -> Log:
    """Read a `.csv` or `.csv.gz`; LogError when it cannot be read, has another schema, or nobody to judge."""
    try:
        with _open(path) as file:
            return parse_log(file)
    except FileNotFoundError:
        raise LogError(f"{path}: there is no such file") from None
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, csv.Error) as error:
        raise LogError(f"{path}: cannot be read: {error}") from error
    except LogError as error:
        raise LogError(f"{path}:{error}") from None


def parse_log(lines: Iterable[str]) -> Log:
    """The log that the lines of a CSV with a header hold; messages of LogError start with the line's number."""
    reader = csv.DictReader(lines)
    _check_columns(reader.fieldnames or ())
    rows: dict[str, list[Row]] = {}
    splits: dict[str, str] = {}
    for cells in reader:
        try:
            user, row, split = cells["user"], _row(cells), _one_of(cells, "split", SPLITS)
            if splits.setdefault(user, split) != split:
                raise ValueError(f"user {user} is in both splits")
            earlier = rows.setdefault(user, [])
            if earlier and row.day < earlier[-1].day:
                raise ValueError(f"user {user} goes back in time")
        except ValueError as error:
            raise LogError(f"{reader.line_num}: {error}") from None
        earlier.append(row)
    students = {split: tuple(_students(rows, splits, split)) for split in SPLITS}
    if not all(any(not row.is_study for student in each for row in student.rows) for each in students.values()):
        raise LogError(" needs answers of students of both splits, train and test")
    return Log(students["train"], students["test"])


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _check_columns(found: Iterable[str]) -> None:
    present = tuple(found)
    missing = [name for name in COLUMNS if name not in present]
    if missing:
        raise LogError(f"1: no column {', '.join(missing)}; found {', '.join(present) or 'nothing'}")


def _row(cells: Mapping[str, str]) -> Row:
    if None in cells.values():
        raise ValueError("the row is too short")
    correct = int(_one_of(cells, "correct", ("0", "1")))
    return Row(cells["item"], cells["skill"], _day(cells["t_days"]), correct, _one_of(cells, "kind", KINDS) == "study")


def _day(text: str) -> float:
    try:
        day = float(text)
    except ValueError:
        day = nan
    if not isfinite(day):
        raise ValueError(f"t_days is {text!r}, not a number of days")
    return day


def _one_of(cells: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> str:
    if cells[column] not in allowed:
        raise ValueError(f"{column} is {cells[column]!r}, not {' or '.join(allowed)}")
    return cells[column]


def _students(rows: Mapping[str, list[Row]], splits: Mapping[str, str], split: str) -> Iterator[Student]:
    return (Student(user, tuple(each)) for user, each in rows.items() if splits[user] == split)
