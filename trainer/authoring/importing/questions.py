"""Plans what a file of questions becomes: one quiz, or one for each category or part where it is large."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml

from trainer.authoring.documents import Document, check_document, load_document
from trainer.authoring.importing.plans import Plan, PlannedDocument, Wanted
from trainer.authoring.saving import AuthoringError
from trainer.database import Store
from trainer.domain.content import Item
from trainer.interchange.quizzes.document import QuizFile, slug
from trainer.interchange.quizzes.mapping import MappedItem, Mapping as MappedEntries
from trainer.interchange.quizzes.mapping import map_entries
from trainer.interchange.readings import Problem, Reading
from trainer.library import Library

MAX_ITEMS = 200
"""Questions of one quiz: a larger file becomes several."""
SHOWN = 5
NOTE = "Imported from "
"""How the note of a version begins that an import made."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Part:
    """Questions that become one quiz; its name is added to that of the file, if it has one."""

    name: str
    items: tuple[MappedItem, ...]


def plan_questions(
    store: Store, library: Library, reading: Reading, name: str, digest: str, form: str, wanted: Wanted, *, on: date
) -> Plan:
    """What the entries would become, and what is here of them. Raises `AuthoringError` when it would break content."""
    title = wanted.title or PurePosixPath(name).stem or "Questions"
    base = f"{wanted.course_id}-imported-{slug(title, digest)}"
    mapped = map_entries(reading.entries, prefix=base, lang=wanted.lang, competencies=wanted.competencies)
    by_type = dict(sorted(Counter(str(entry.type) for entry in reading.entries).items()))
    plan = Plan(name, "questions", reading.read, 0, by_type, (*reading.problems, *mapped.problems), (), ())
    parts = _parts(mapped, reading, by_category=wanted.by_category)
    lines = {item.id: (entry.origin.line, entry.origin.entry) for item, entry in _with_entries(mapped, reading, base)}
    for part in parts:
        file = _file(part, parts, base, title, name, form, digest, on)
        plan = _with_part(store, library, plan, file, wanted, lines)
    return plan


def _parts(mapped: MappedEntries, reading: Reading, *, by_category: bool) -> tuple[_Part, ...]:
    groups: dict[str, list[MappedItem]] = {}
    for item in mapped.items:
        category = " / ".join(item.fields.get("from", {}).get("category", ())) if by_category else ""
        groups.setdefault(category, []).append(item)
    return tuple(part for name, items in groups.items() for part in _cut(name, items))


def _cut(name: str, items: Sequence[MappedItem]) -> Iterator[_Part]:
    if len(items) <= MAX_ITEMS:
        yield _Part(name, tuple(items))
        return
    count = -(-len(items) // MAX_ITEMS)
    for number in range(count):
        part = f"part {number + 1} of {count}"
        yield _Part(f"{name}, {part}" if name else part, tuple(items[number * MAX_ITEMS : (number + 1) * MAX_ITEMS]))


def _file(
    part: _Part, parts: Sequence[_Part], base: str, title: str, name: str, form: str, digest: str, on: date
) -> QuizFile:
    count = len(part.items)
    questions = "1 question" if count == 1 else f"{count} questions"
    return QuizFile(
        id=f"{base}-{slug(part.name, digest)}" if part.name else base,
        title=f"{title}: {part.name}" if part.name else title,
        summary=f"{questions} from the file “{name}”.",
        items=part.items,
        file=name,
        format=form,
        on=on,
        digest=digest,
    )
