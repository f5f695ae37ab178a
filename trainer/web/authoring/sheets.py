"""What stands in the form of an entry: printed from its data, read as it was sent, and made into data again.

What was not changed in the form is not changed in the data, however it was printed.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from trainer.authoring.entries import Data
from trainer.web.authoring.fields import Field, FieldKind

MAX_GROUPS = 1_000
"""More than anybody writes in one file: the rest of such a form is not even read."""
_DECIMAL = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
Printed = str | tuple[str, ...]
Posted = MultiDict[str, str]


@dataclass(frozen=True)
class Row:
    """One group of several; `was` is its place in the data that the form began with."""

    sheet: "Sheet"
    was: int | None = None


@dataclass(frozen=True)
class Sheet:
    """Values of fields as they stand in the form, groups by their name."""

    values: Mapping[str, Printed] = field(default_factory=dict)
    inner: Mapping[str, "Sheet"] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    """Names of what is true where nothing is said: that it is ticked says nothing."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is filled in."""
        below = [*self.inner.values(), *(row.sheet for rows in self.rows.values() for row in rows)]
        return not any(value for name, value in self.values.items() if name not in self.said) and all(
            each.is_blank for each in below
        )

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "\n".join(value)

    def chosen(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else (value,) if value else ()


def sheet_of(fields: Sequence[Field], data: Mapping[str, Data]) -> Sheet:
    """How data is printed."""
    values: dict[str, Printed] = {}
    inner: dict[str, Sheet] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for each in fields:
        value = data.get(each.name)
        if each.kind is FieldKind.GROUPS:
            members = _members(each, value)
            rows[each.name] = tuple(Row(sheet_of(each.fields, one), place) for place, one in enumerate(members))
        elif each.kind is FieldKind.GROUP:
            inner[each.name] = sheet_of(each.fields, value if isinstance(value, dict) else {})
        else:
            values[each.name] = _print(each, value)
    return Sheet(values, inner, rows, said_by(fields))


def read_sheet(fields: Sequence[Field], posted: Posted, prefix: str = "") -> Sheet:
    """What was sent; names of fields in groups are such as `options.0.text`."""
    values: dict[str, Printed] = {}
    inner: dict[str, Sheet] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for each in fields:
        name = prefix + each.name
        if each.kind is FieldKind.GROUPS:
            origins = posted.getlist(f"{name}.was")[:MAX_GROUPS]
            rows[each.name] = tuple(
                Row(read_sheet(each.fields, posted, f"{name}.{place}."), int(was) if _WHOLE.fullmatch(was) else None)
                for place, was in enumerate(origins)
            )
        elif each.kind is FieldKind.GROUP:
            inner[each.name] = read_sheet(each.fields, posted, f"{name}.")
        elif each.kind is FieldKind.SEVERAL:
            values[each.name] = tuple(_clean(value) for value in posted.getlist(name))
        else:
            values[each.name] = _clean(posted.get(name, ""))
    return Sheet(values, inner, rows, said_by(fields))


def data_of(fields: Sequence[Field], sheet: Sheet, old: Mapping[str, Data]) -> dict[str, Data]:
    """The data that a sheet stands for; keys that no field asks for stay as they are."""
    before = sheet_of(fields, old)
    data: dict[str, Data] = {}
    for each in fields:
        if _is_unchanged(each, sheet, before):
            is_plain_no = each.kind is FieldKind.TRUTH and not each.is_optional
            found = (old[each.name],) if each.name in old else (False,) if is_plain_no else ()
        elif each.kind is FieldKind.GROUPS:
            found = _groups(each, sheet.rows[each.name], old.get(each.name))
        elif each.kind is FieldKind.GROUP:
            inner = old.get(each.name)
            value = data_of(each.fields, sheet.inner[each.name], inner if isinstance(inner, dict) else {})
            found = () if each.is_optional and not any(value.values()) else (value,)
        else:
            found = _value(each, sheet, is_there=each.name in old)
        data |= dict.fromkeys([each.name], found[0]) if found else {}
    named = {each.name for each in fields}
    return data | {key: value for key, value in old.items() if key not in named}


def said_by(fields: Sequence[Field]) -> frozenset[str]:
    return frozenset(each.name for each in fields if each.is_yes)


def act(fields: Sequence[Field], sheet: Sheet, words: str) -> Sheet:
    """Add, remove or move a group, as a button says: `add options`, `up gaps.0.rejected.1`. Others do nothing."""
    what, _, way = words.partition(" ")
    steps = way.split(".")
    named = {each.name: each for each in fields}
    first = named.get(steps[0])
    if first is None:
        return sheet
    if first.kind is FieldKind.GROUP:
        inner = act(first.fields, sheet.inner[first.name], f"{what} {'.'.join(steps[1:])}")
        return replace(sheet, inner={**sheet.inner, first.name: inner})
    if first.kind is not FieldKind.GROUPS:
        return sheet
    return replace(sheet, rows={**sheet.rows, first.name: _act_on_rows(first, sheet.rows[first.name], what, steps[1:])})


def _act_on_rows(group: Field, rows: tuple[Row, ...], what: str, steps: Sequence[str]) -> tuple[Row, ...]:
    if not steps:
        is_added = what == "add" and len(rows) < MAX_GROUPS
        return (*rows, Row(sheet_of(group.fields, {"id": _free_id(rows)}))) if is_added else rows
    place = int(steps[0]) if steps[0].isdecimal() and int(steps[0]) < len(rows) else None
    if place is None:
        return rows
    if len(steps) > 1:
        inner = act(group.fields, rows[place].sheet, f"{what} {'.'.join(steps[1:])}")
        return (*rows[:place], replace(rows[place], sheet=inner), *rows[place + 1 :])
    rest = [*rows[:place], *rows[place + 1 :]]
    if what in ("up", "down"):
        rest.insert(max(0, place + (1 if what == "down" else -1)), rows[place])
    return tuple(rest) if what in ("up", "down", "remove") else rows


def _free_id(rows: Sequence[Row]) -> str:
    """The next letter that no group has: a new option is proposed a name."""
    taken = {row.sheet.text("id") for row in rows}
    return next((letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken), "")


def _members(each: Field, value: Data) -> list[Mapping[str, Data]]:
    if isinstance(value, dict) and each.is_keyed:
        return [{"id": key, **(one if isinstance(one, dict) else {})} for key, one in value.items()]
    return [one if isinstance(one, dict) else {} for one in value] if isinstance(value, list) else []


def _groups(each: Field, rows: Sequence[Row], old: Data) -> tuple[Data, ...]:
    members = _members(each, old)
    found = []
    for row in rows:
        was = members[row.was] if row.was is not None and 0 <= row.was < len(members) else {}
        found.append(data_of(each.fields, row.sheet, was))
    if not found and each.is_optional:
        return ()
    if not each.is_keyed:
        return (found,)
    return ({str(one.get("id", "")): {key: value for key, value in one.items() if key != "id"} for one in found},)


def _is_unchanged(each: Field, sheet: Sheet, before: Sheet) -> bool:
    match each.kind:
        case FieldKind.GROUPS:
            return sheet.rows.get(each.name, ()) == before.rows.get(each.name, ())
        case FieldKind.GROUP:
            return sheet.inner.get(each.name) == before.inner.get(each.name)
        case FieldKind.SEVERAL:
            return set(sheet.chosen(each.name)) == set(before.chosen(each.name))
        case _:
            return _clean(sheet.text(each.name)) == _clean(before.text(each.name))


def _print(each: Field, value: Data) -> Printed:
    match each.kind:
        case FieldKind.SEVERAL:
            return tuple(map(str, value)) if isinstance(value, list) else ()
        case FieldKind.LINES:
            return "\n".join(str(one).replace("\n", " ") for one in value) if isinstance(value, list) else _word(value)
        case FieldKind.ORDERS:
            orders = [one for one in value if isinstance(one, list)] if isinstance(value, list) else []
            return "\n".join(", ".join(map(str, one)) for one in orders)
        case FieldKind.TRUTH:
            return "true" if value is True or (value is None and each.is_yes) else ""
        case _:
            return _word(value)


def _word(value: Data) -> str:
    return "" if value is None else str(value)


def _value(each: Field, sheet: Sheet, *, is_there: bool) -> tuple[Data, ...]:
    """The value of a field that was changed, or nothing where its key is left out."""
    if each.kind is FieldKind.SEVERAL:
        chosen = list(sheet.chosen(each.name))
        return (chosen,) if chosen or not each.is_optional else ()
    typed = sheet.text(each.name)
    if each.kind is FieldKind.TRUTH:
        return (typed == "true",) if typed or not each.is_optional or is_there or each.is_yes else ()
    if each.kind in (FieldKind.LINES, FieldKind.ORDERS):
        found = [one.strip() for one in typed.split("\n") if one.strip()]
        orders = [[word.strip() for word in one.split(",") if word.strip()] for one in found]
        return (orders if each.kind is FieldKind.ORDERS else found,) if found or not each.is_optional else ()
    typed = typed.strip() if each.kind is not FieldKind.BODY else typed
    if not typed:
        return (None,) if each.may_be_null else () if each.is_optional or each.kind is FieldKind.CHOICE else ("",)
    if each.kind is FieldKind.NUMBER and _WHOLE.fullmatch(typed):
        return (int(typed),)
    if each.kind is FieldKind.NUMBER and _DECIMAL.fullmatch(typed):
        return (float(typed),)
    return (_day(typed),) if each.kind is FieldKind.DAY else (typed,)


def _day(typed: str) -> Data:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return typed


def _clean(typed: str) -> str:
    """As content is kept: lines end as in files, letters are composed, and nothing is appended."""
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
