"""The text of a glossary with a term changed, and nothing else in it: pure functions, no database."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from trainer.authoring.entries import NotReadable, same
from trainer.authoring.entries.merging import follow, set_value
from trainer.authoring.entries.reading import places, plain, read
from trainer.interchange.glossaries import TermRow
from trainer.interchange.readings import Problem

TermData = dict[str, Any]
"""A term as it stands in the file."""
HEAD = ("title", "summary", "partner")
LONGEST_ID = 60
_TERM = ("id", "term", "meaning", "example", "in")
_RENDERING = (
    "text", "reading", "translit", "example", "example_reading", "example_meaning", "false_friends", "note",
)  # fmt: skip
_FROM_ROW = {
    "text": "term",
    "reading": "reading",
    "translit": "transliteration",
    "example": "example",
    "example_reading": "example_reading",
    "example_meaning": "example_meaning",
    "note": "note",
}
"""Keys of a rendering, and the column that each comes from."""


class Change(NamedTuple):
    """One value of a term that a table would change; `lang` is empty for the English side."""

    term: str
    lang: str
    part: str
    before: str
    after: str


@dataclass
class Merging:
    """What a table would do to a glossary: the text that it would be, and the English terms by what happens to them."""

    text: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """In those that are changed, one by one."""
    same: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not self.added and not self.changed


@dataclass
class _Terms:
    """The terms of a glossary while a table is gone through."""

    glossary_id: str
    partner: str
    terms: list[TermData]
    taken: set[str]
    lines: dict[str, int] = field(default_factory=dict)
    """Where the table speaks of a term first, by its id."""
    problems: list[Problem] = field(default_factory=list)

    def take(self, row: TermRow) -> None:
        if row.partner and row.partner.casefold() != self.partner.casefold():
            kept_for = f"is kept for {self.partner}" if self.partner else "is for work with any partner"
            self._skip(row.line, f"“{row.english}” belongs to {row.partner}, and this glossary {kept_for}")
            return
        term = self._find(row) or self._add(row)
        self.lines.setdefault(term["id"], row.line)
        if row.is_english:
            _put(term, {"term": row.term, "meaning": row.meaning, "example": row.example}, _TERM)
        else:
            rendering = term["in"].setdefault(row.language, {})
            values: TermData = {key: getattr(row, column) for key, column in _FROM_ROW.items()}
            values["false_friends"] = [
                {"text": each.text, "why": each.why or _why_of(rendering, each.text, term["term"])}
                for each in row.false_friends
            ]
            _put(rendering, values, _RENDERING)

    def drop_bare(self) -> None:
        """A term with no word in another language cannot be learnt."""
        for term in [each for each in self.terms if not each["in"]]:
            self.terms.remove(term)
            words = f"“{term['term']}” was left out: no row gives it in another language"
            self._skip(self.lines.get(term["id"]), words)

    def _find(self, row: TermRow) -> TermData | None:
        by_id = next((each for each in self.terms if row.id and each["id"] == row.id), None)
        name = row.english.casefold()
        return by_id or next((each for each in self.terms if str(each["term"]).casefold() == name), None)

    def _add(self, row: TermRow) -> TermData:
        term: TermData = {"id": new_term_id(self.glossary_id, row.english, self.taken), "term": row.english, "in": {}}
        self.taken.add(term["id"])
        self.terms.append(term)
        return term

    def _skip(self, line: int | None, words: str) -> None:
        self.problems.append(Problem(words, line, skipped=True))


def terms_of(text: str) -> list[TermData]:
    """Raises `NotReadable` when the text must be mended first."""
    terms = _data(text).get("terms")
    if not isinstance(terms, list) or not all(isinstance(each, dict) for each in terms):
        raise NotReadable("its terms are no list")
    return terms


def term_data(text: str, term_id: str) -> TermData | None:
    return next((each for each in terms_of(text) if each.get("id") == term_id), None)


def used_ids(text: str) -> set[str]:
    """The ids of its terms, and of those that are gone."""
    return {str(each.get("id")) for each in terms_of(text)} | set(_data(text).get("retired") or ())


def head_data(text: str) -> TermData:
    """What stands above the terms, as far as a form changes it."""
    data = _data(text)
    return {key: data.get(key) or "" for key in HEAD}


def with_term(text: str, term: TermData) -> str:
    """With a term in the place of the one of its id, else at the end. What is empty is left out."""
    data, terms = _data(text), terms_of(text)
    tidy = _tidy(term)
    ids = [each.get("id") for each in terms]
    if tidy["id"] in ids:
        terms[ids.index(tidy["id"])] = tidy
    else:
        terms.append(tidy)
    return set_value(text, (), {**data, "terms": terms})


def without_term(text: str, term_id: str) -> str:
    """Without a term; its id is kept among the retired ones, as answers name it still."""
    data = _data(text)
    terms = [each for each in terms_of(text) if each.get("id") != term_id]
    retired = [*(data.get("retired") or []), term_id]
    return set_value(text, (), {**data, "terms": terms, "retired": retired})


def with_head(text: str, head: Mapping[str, str]) -> str:
    data = _data(text)
    kept = {key: value for key, value in data.items() if key not in HEAD}
    told = {key: head[key] for key in HEAD if head[key]}
    order = [key for key in data if key in told or key in kept] + [key for key in told if key not in data]
    return set_value(text, (), {key: told.get(key, kept.get(key)) for key in order})


def new_term_id(glossary_id: str, english: str, taken: Collection[str]) -> str:
    """An id that tells the term and that nothing has yet."""
    letters = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", f"gl-{glossary_id}-{letters}"))[: LONGEST_ID - 5].strip("-")
    number = 1
    found = name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def merge_rows(text: str, glossary_id: str, rows: Iterable[TermRow], taken: Collection[str]) -> Merging:
    """The text with the rows taken in. A cell that is empty leaves what stands there; no term is taken out.

    `taken` has the ids that are used elsewhere.
    """
    data, before = _data(text), {each["id"]: each for each in terms_of(text)}
    merged = _Terms(glossary_id, str(data.get("partner") or ""), terms_of(text), {*taken, *used_ids(text)})
    for row in rows:
        merged.take(row)
    merged.drop_bare()
    told = [each for each in merged.terms if each["id"] in merged.lines]
    added = [each for each in told if each["id"] not in before]
    changed = [each for each in told if each["id"] in before and not same(each, before[each["id"]])]
    same_terms = [each for each in told if each["id"] in before and same(each, before[each["id"]])]
    return Merging(
        set_value(text, (), {**data, "terms": merged.terms}),
        _names(added),
        _names(changed),
        tuple(change for each in changed for change in _changes(before[each["id"]], each)),
        _names(same_terms),
        tuple(merged.problems),
    )


def field_of_line(text: str, term_id: str, line: int) -> tuple[str | int, ...]:
    """The way inside a term to the value on a line, such as ("in", "ja", "text"); empty when it stands elsewhere."""
    written = read(text)
    ids = [each.get("id") for each in terms_of(text)]
    if term_id not in ids:
        return ()
    term = follow(written.root, ("terms", ids.index(term_id)))
    found = [way for way, node in places(term) if written.number_of_line(node.start_mark.index) == line]
    return found[-1] if found else ()


def _data(text: str) -> TermData:
    data = plain(read(text).root)
    if not isinstance(data, dict):
        raise NotReadable("it is no mapping of keys to values")
    return data


def _tidy(term: TermData) -> TermData:
    tidy = {key: term[key] for key in _TERM if term.get(key)}
    tidy["in"] = {
        lang: {key: rendering[key] for key in _RENDERING if rendering.get(key)}
        for lang, rendering in term.get("in", {}).items()
    }
    return tidy


def _put(target: TermData, values: Mapping[str, Any], order: Sequence[str]) -> None:
    """Set what is not empty, and keep the keys in their order."""
    merged = {**target, **{key: value for key, value in values.items() if value}}
    target.clear()
    target.update({key: merged[key] for key in order if key in merged})


def _why_of(rendering: TermData, text: str, term: str) -> str:
    """Why it is a false friend: as it stands there already, else the least that can be said."""
    kept = (each.get("why") for each in rendering.get("false_friends") or [] if each.get("text") == text)
    return next(kept, None) or f"It does not mean “{term}”."


def _changes(before: TermData, after: TermData) -> Iterator[Change]:
    name = str(before["term"])
    for part in ("term", "meaning", "example"):
        if before.get(part) != after.get(part):
            yield Change(name, "", part, _shown(before.get(part)), _shown(after.get(part)))
    for lang, rendering in after["in"].items():
        there = before["in"].get(lang, {})
        for part in _RENDERING:
            if not same(there.get(part), rendering.get(part)):
                yield Change(name, lang, part, _shown(there.get(part)), _shown(rendering.get(part)))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(f"{each.get('text')}: {each.get('why')}" for each in value)
    return str(value or "")


def _names(terms: Iterable[TermData]) -> tuple[str, ...]:
    return tuple(str(each["term"]) for each in terms)
