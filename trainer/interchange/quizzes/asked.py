"""What stands for an entry in a quiz, key by key, and what it loses by becoming an item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from trainer.interchange.entries import Entry, Text
from trainer.interchange.quizzes.prose import LINE, words_of
from trainer.interchange.readings import Problem, Unrepresentable

Fields = dict[str, Any]


@dataclass(slots=True)
class Asked:
    """Collects the keys of an item while its entry is read."""

    entry: Entry
    lang: str
    fields: Fields = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_in_gap: bool = False

    def note(self, reason: str) -> None:
        """Something that was left out, or is otherwise here; said once."""
        problem = self._problem(reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def skip(self, reason: str) -> Problem:
        return self._problem(reason, skipped=True)

    def words(self, text: Text) -> str:
        """The text as our prose; it may come out empty."""
        words = words_of(text)
        for lost in words.lost:
            self.note(lost)
        return words.source

    def needed(self, text: Text, what: str) -> str:
        """The text as our prose; raises Unrepresentable where nothing of it is left."""
        words = self.words(text)
        if not words:
            raise Unrepresentable(f"{what} has no words")
        return words

    def explained(self, text: Text) -> Fields:
        words = self.words(text) if text else ""
        return {"explanation": words} if words else {}

    def remark(self, result: str, text: Text) -> None:
        """What is said when an answer comes out so; after what is said already."""
        words = self.words(text) if text else ""
        if words:
            self.remarks[result] = LINE.join(filter(None, (self.remarks.get(result), words)))

    def say_otherwise(self, text: Text) -> None:
        """What the file says to every answer that it does not name: to the question it is a remark, a gap has none."""
        if self.is_in_gap and text:
            self.note("What the file says to any other answer in a gap was left out.")
        else:
            self.remark("wrong", text)

    def _problem(self, reason: str, *, skipped: bool = False) -> Problem:
        origin = self.entry.origin
        words = f"{origin.member}: {reason}" if origin.member else reason
        return Problem(words, origin.line, origin.entry or None, skipped)


def lettered(rows: Iterable[Fields]) -> list[Fields]:
    """The rows with ids: a, b, c and so on."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        {"id": letters[place] if place < len(letters) else f"n{place + 1}", **row} for place, row in enumerate(rows)
    ]
