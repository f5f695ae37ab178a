"""Plans what a file of questions becomes: one quiz, or one for each category or part where it is large."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml

from trainer.authoring.documents import list_documents, load_document
from trainer.authoring.importing.plans import Plan, PlannedDocument, Source, Wanted
from trainer.authoring.saving import AuthoringError
from trainer.database import Store
from trainer.interchange.quizzes.document import QuizFile, slug
from trainer.interchange.quizzes.mapping import MappedItem, map_entries
from trainer.interchange.readings import Problem, Reading
from trainer.library import Library

MAX_ITEMS = 200
"""Questions of one quiz: a larger file becomes several."""
NOTE = "Imported from "
"""How the note of a version begins that an import made."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HERE = "is here already, unchanged"
_TAKEN_OUT = "was taken out of the quiz here, and stays out while the file is the same"


@dataclass(frozen=True, slots=True)
class _Here:
    """The quiz of an earlier import as it stands now; `number` is its newest version."""

    title: str = ""
    digest: str = ""
    on: date | None = None
    items: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    was_edited: bool = False


def plan_questions(
    store: Store, library: Library, reading: Reading, source: Source, wanted: Wanted, *, on: date
) -> Plan:
    """What the entries would become, and what is here of them.

    Raises `AuthoringError` where a quiz of that name is here that was not imported.
    """
    base, title = _named(store, library, source, wanted)
    mapped = map_entries(reading.entries, prefix=base, lang=wanted.lang, competencies=wanted.competencies)
    by_type = dict(sorted(Counter(str(entry.type) for entry in reading.entries).items()))
    plan = Plan(source.name, "questions", reading.read, 0, by_type, (*reading.problems, *mapped.problems))
    for part, items in _parts(mapped.items, by_category=wanted.by_category):
        file = _file(part, items, base, title, source, on)
        plan = _with_quiz(plan, file, _path(wanted.course_id, file.id), _here(store, library, wanted, file.id), wanted)
    return plan


def _named(store: Store, library: Library, source: Source, wanted: Wanted) -> tuple[str, str]:
    """The id and the title of the quiz: those of an earlier import of the same file, whatever its name was then."""
    prefix = f"{wanted.course_id}-imported-"
    if not wanted.title:
        for row in list_documents(store, library):
            quiz_id = row.path.rpartition("/")[2].removesuffix(".yaml")
            if row.course_id == wanted.course_id and quiz_id.startswith(prefix):
                here = _here(store, library, wanted, quiz_id)
                if here.digest == source.digest and "-part-" not in quiz_id and not wanted.by_category:
                    return quiz_id, here.title
    title = wanted.title or source.stem
    return f"{prefix}{slug(title, source.digest)}", title


def _parts(items: Sequence[MappedItem], *, by_category: bool) -> Iterator[tuple[str, Sequence[MappedItem]]]:
    """Names of parts, empty for the whole, and the items of each."""
    groups: dict[str, list[MappedItem]] = {}
    for item in items:
        category = " / ".join(item.fields.get("from", {}).get("category", ())) if by_category else ""
        groups.setdefault(category, []).append(item)
    for name, group in groups.items():
        count = -(-len(group) // MAX_ITEMS)
        for number in range(count):
            part = f"part {number + 1} of {count}" if count > 1 else ""
            yield ", ".join(filter(None, (name, part))), group[number * MAX_ITEMS : (number + 1) * MAX_ITEMS]


def _file(part: str, items: Sequence[MappedItem], base: str, title: str, source: Source, on: date) -> QuizFile:
    questions = "1 question" if len(items) == 1 else f"{len(items)} questions"
    return QuizFile(
        id=f"{base}-{slug(part, source.digest)}" if part else base,
        title=f"{title}: {part}" if part else title,
        summary=f"{questions} from the file “{source.name}”.",
        items=items,
        file=source.name,
        format=source.format,
        on=on,
        digest=source.digest,
    )


def _path(course_id: str, quiz_id: str) -> str:
    return f"quizzes/{course_id}/{quiz_id}.yaml"


def _here(store: Store, library: Library, wanted: Wanted, quiz_id: str) -> _Here:
    document = load_document(store, library, _path(wanted.course_id, quiz_id))
    if document is None or document.text is None:
        return _Here(number=document.newest_number if document else 0)
    try:
        quiz = yaml.load(document.text, Loader=_LOADER)  # noqa: S506 - a safe loader, of C where it is there
        head = quiz["imported"]
        items = {item["id"]: item for item in quiz["items"]}
        digest, on, title = str(head.get("digest", "")), head["on"], str(quiz["title"])
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise AuthoringError(
            f"The quiz {quiz_id} is here and was not imported, or cannot be read any more. Choose another title."
        ) from error
    version = document.version
    was_edited = version is not None and not version.note.startswith(NOTE)
    return _Here(title, digest, on, items, document.newest_number, was_edited)


def _with_quiz(plan: Plan, file: QuizFile, path: str, here: _Here, wanted: Wanted) -> Plan:
    if here.digest == file.digest and _is_as_wanted(here, wanted):
        return _kept(plan, file, path, here)
    text = replace(file, on=here.on or file.on).text()
    new = [item for item in file.items if here.items.get(item.id) != item.fields]
    unchanged = tuple(_told(item, _HERE) for item in file.items if here.items.get(item.id) == item.fields)
    problems = list(plan.problems)
    if here.was_edited:
        words = (
            f"“{here.title}” was edited here. The new draft says again what the file says: compare before publishing."
        )
        problems.append(Problem(words))
    gone = here.items.keys() - {item.id for item in file.items}
    if gone:
        problems.append(Problem(f"{len(gone)} of the questions in “{here.title}” are no longer in the file."))
    return replace(
        plan,
        imported=plan.imported + len(new),
        unchanged=(*plan.unchanged, *unchanged),
        problems=tuple(problems),
        documents=(*plan.documents, PlannedDocument(path, file.title, text, here.number, len(file.items))),
    )


def _kept(plan: Plan, file: QuizFile, path: str, here: _Here) -> Plan:
    """The same file once more: the quiz stays as it is, with what was edited in it since."""
    unchanged = tuple(_told(item, _HERE) for item in file.items if item.id in here.items)
    taken_out = (_told(item, _TAKEN_OUT) for item in file.items if item.id not in here.items)
    return replace(
        plan,
        unchanged=(*plan.unchanged, *unchanged),
        problems=(*plan.problems, *taken_out),
        here=(*plan.here, (path, here.title)),
    )


def _is_as_wanted(here: _Here, wanted: Wanted) -> bool:
    """Whether nothing else is asked for than what the quiz has: its competencies, and the language typed in."""
    has = {name for item in here.items.values() for name in item.get("competencies", ())}
    langs = {item["lang"] for item in here.items.values() if "lang" in item}
    return set(wanted.competencies) <= has and (wanted.lang == "und" or langs <= {wanted.lang})


def _told(item: MappedItem, reason: str) -> Problem:
    return Problem(reason, item.origin.line, item.origin.entry or None, skipped=True)
