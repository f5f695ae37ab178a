"""What importing a file does, or would do: a plan that is shown before it is carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from trainer.domain.content import Item, Phrase
from trainer.interchange.quizzes.prose import one_line
from trainer.interchange.readings import Problem, counts_of
from trainer.models import FILE_NAME_LENGTH


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the format (`auto` to find it out), the course, and how the quiz shall be.

    Without a title the quiz is called like the file; `lang` is the language of what is typed.
    """

    course_id: str
    format: str = "auto"
    title: str = ""
    competencies: tuple[str, ...] = ()
    lang: str = "und"
    by_category: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The file: its name, the format it is in, and what tells it from others."""

    name: str
    format: str
    digest: str

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem.strip() or "Questions"


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A file of content that would be saved after version `base`; `count` questions or phrases of it are the file's."""

    path: str
    title: str
    text: str
    base: int
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`imported` counts what is new or changed, `unchanged` tells what is here already; all of it was read.

    `here` are paths and titles of documents that stay as they are. `items` and `phrases` are the first that there
    would be, as learners see them.
    """

    file: str
    what: str
    """`questions` or `phrases`."""
    read: int
    imported: int
    by_type: Mapping[str, int]
    problems: tuple[Problem, ...]
    unchanged: tuple[Problem, ...] = ()
    documents: tuple[PlannedDocument, ...] = ()
    here: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    @property
    def left_out(self) -> int:
        return self.read - self.imported - len(self.unchanged)

    def counts(self) -> dict[str, Any]:
        """As JSON tells it; what is here already counts as skipped, with that reason."""
        problems = sorted((*self.problems, *self.unchanged), key=lambda each: (each.line or 0, each.entry or 0))
        counts: dict[str, Any] = dict(counts_of(self.read, self.imported, dict(self.by_type), problems))
        counts["unchanged"] = len(self.unchanged)
        counts["documents"] = [document.path for document in self.documents] or [path for path, _ in self.here]
        return counts


def plain_name(name: str) -> str:
    """The name of a file as it is shown and kept: without folders, on one line."""
    plain = one_line(PurePosixPath(name.replace("\\", "/")).name)
    return plain[-FILE_NAME_LENGTH:] or "file"
