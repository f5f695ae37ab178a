"""Entries as the items of a quiz, each with an id that the same entry gets again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from trainer.interchange.entries import Entry, Origin
from trainer.interchange.quizzes.asked import Asked, Fields
from trainer.interchange.quizzes.bodies import write_body
from trainer.interchange.quizzes.prose import one_line
from trainer.interchange.readings import Problem, Unrepresentable

UNDETERMINED = "und"
"""BCP 47 for a language that nobody named."""
ID_DIGITS = 10


@dataclass(frozen=True, slots=True)
class MappedItem:
    """One item: its id, where it stood in the file, and its keys as they stand in a quiz."""

    id: str
    origin: Origin
    fields: Fields


@dataclass(frozen=True, slots=True)
class Mapping:
    """The items of a quiz, and what of the entries they could not hold; skipped entries are among the problems."""

    items: tuple[MappedItem, ...]
    problems: tuple[Problem, ...]


def map_entries(
    entries: Sequence[Entry], *, prefix: str, lang: str = UNDETERMINED, competencies: Sequence[str] = ()
) -> Mapping:
    """Each entry as an item, or the reason why it cannot be one; ids begin with the prefix."""
    items: list[MappedItem] = []
    problems: list[Problem] = []
    for entry, name in zip(entries, item_names(entries), strict=True):
        asked = Asked(entry, lang)
        try:
            fields = _item(asked, f"{prefix}-{name}", competencies)
        except Unrepresentable as why:
            problems.append(asked.skip(str(why)))
        else:
            items.append(MappedItem(fields["id"], entry.origin, fields))
            problems.extend(asked.problems)
    return Mapping(tuple(items), tuple(problems))


def _item(asked: Asked, item_id: str, competencies: Sequence[str]) -> Fields:
    entry = asked.entry
    write_body(entry.body, asked)
    for result, text in (("right", entry.when_right), ("partly", entry.when_partly), ("wrong", entry.when_wrong)):
        asked.remark(result, text)
    if any(entry.hints):
        asked.note("Its hints were left out: here each answer is explained instead.")
    body = asked.fields
    fields: Fields = {"id": item_id, "type": body.pop("type")}
    if competencies:
        fields["competencies"] = list(competencies)
    origin = _origin(entry)
    if origin:
        fields["from"] = origin
    fields |= {"stem": body.pop("stem"), "ask": body.pop("ask"), **body, **asked.explained(entry.general_feedback)}
    if asked.remarks:
        fields["remarks"] = {
            result: asked.remarks[result] for result in ("right", "partly", "wrong") if result in asked.remarks
        }
    return fields


def _origin(entry: Entry) -> Fields:
    """What the file says of the entry besides, for those who look after it."""
    title = one_line(entry.title)
    named = {"title": title, "id": one_line(entry.id)}
    listed = {"category": _each(entry.category), "tags": _each(entry.tags)}
    return {name: value for name, value in {**named, **listed}.items() if value}


def _each(names: Iterable[str]) -> list[str]:
    plain = (one_line(name) for name in names)
    return [name for name in plain if name]


def item_names(entries: Sequence[Entry]) -> list[str]:
    """A name for each entry that stays when the entry is corrected: from its id, its title, or else its question."""
    titles = Counter(entry.title for entry in entries)
    ids = Counter(entry.id for entry in entries)
    taken: Counter[str] = Counter()
    names = []
    for entry in entries:
        name = sha256("\n".join(_key(entry, titles, ids)).encode()).hexdigest()[:ID_DIGITS]
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return names


def _key(entry: Entry, titles: Counter[str], ids: Counter[str]) -> tuple[str, ...]:
    if entry.id and ids[entry.id] == 1:
        return "id", entry.id
    if entry.title and titles[entry.title] == 1:
        return "title", entry.title
    return "question", entry.type, entry.title, entry.prompt.text
