"""What importing a file does, or would do: a plan that is shown before it is carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer.domain.content import Item, Phrase
from trainer.interchange.readings import Problem, counts_of


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
class PlannedDocument:
    """A file of content that would be saved; `base` is the newest version that it would follow."""

    path: str
    title: str
    text: str
    base: int
    count: int
    """How many questions or phrases of the imported file it holds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`imported` counts what is new or changed, `unchanged` is what is here already; all of them were read.

    `here` are the titles and paths of documents that stay as they are.
    """

    file: str
    what: str
    read: int
    imported: int
    by_type: Mapping[str, int]
    problems: tuple[Problem, ...]
    unchanged: tuple[Problem, ...]
    documents: tuple[PlannedDocument, ...]
    here: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    @property
    def left_out(self) -> int:
        return self.read - self.imported - len(self.unchanged)

    def counts(self) -> dict[str, Any]:
        """As JSON tells it; what is here already counts as skipped, with that reason."""
        problems = sorted((*self.problems, *self.unchanged), key=lambda problem: (problem.line or 0, problem.entry or 0))
        counts: dict[str, Any] = dict(counts_of(self.read, self.imported, dict(self.by_type), problems))
        counts["unchanged"] = len(self.unchanged)
        counts["documents"] = [document.path for document in self.documents]
        return counts
