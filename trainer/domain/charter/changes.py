"""What changed between two versions of a charter, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trainer.domain.charter.labels import LABELS
from trainer.domain.charter.reading import is_shown

INTERNAL_PARTS = ("owners",)
"""The partner is not told of these."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is not as it was. `about` names the entry of a list, empty for other parts."""

    part: str
    about: str
    field: str
    before: Any
    after: Any


def fields_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(_changes(before, after))


def name_of_entry(part: str, entry: Mapping[str, Any]) -> str:
    match part:
        case "contacts":
            return f"{entry.get('interface', '')}, {entry.get('side', '')} {entry.get('rank', '')}"
        case "escalation":
            return f"level {entry.get('number', '')}"
        case _:
            return str(entry.get("what", ""))


def shared_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the partner may see of a document: no internal rules, and not who sees to what."""
    shown = {part: value for part, value in document.items() if part not in INTERNAL_PARTS}
    rules = shown.get("information")
    if isinstance(rules, list):
        shown["information"] = [each for each in rules if isinstance(each, dict) and is_shown(each)]
    return shown


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for part, labels in LABELS.items():
        old, new = before.get(part), after.get(part)
        if isinstance(old, list) or isinstance(new, list):
            yield from _changes_of_entries(part, _by_id(old), _by_id(new))
        else:
            yield from _changes_of_fields(part, "", labels, _fields(old), _fields(new))


def _changes_of_entries(
    part: str, before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    for entry_id in dict.fromkeys((*before, *after)):
        old, new = before.get(entry_id, {}), after.get(entry_id, {})
        yield from _changes_of_fields(part, name_of_entry(part, new or old), LABELS[part], old, new)


def _changes_of_fields(
    part: str, about: str, labels: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for field in labels:
        old, new = before.get(field), after.get(field)
        if _said(old) != _said(new):
            yield Change(part, about, field, old, new)


def _said(value: Any) -> Any:
    """None for all that means nothing written; nought is something, though it equals False."""
    return None if value is False or value in ("", []) else value


def _by_id(entries: Any) -> dict[str, Mapping[str, Any]]:
    rows = entries if isinstance(entries, list) else ()
    return {str(each["id"]): each for each in rows if isinstance(each, dict) and "id" in each}


def _fields(section: Any) -> Mapping[str, Any]:
    return section if isinstance(section, dict) else {}
