"""The form of one entry, with what learners would see beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from trainer import authoring
from trainer.authoring.entries import Data, Entry, EntryKind, NotReadable, find_entry, kind_of, same, write_entry
from trainer.authoring.together import on_top
from trainer.domain.content import Scenario
from trainer.web import content, db, found, me, now, page, reading, say, to
from trainer.web.authoring.blueprint import Opened, bp, library, number_sent, open_document, opened
from trainer.web.authoring.choices import Choices
from trainer.web.authoring.conflicts import entry_conflict_page, their_changes
from trainer.web.authoring.fields import PLAIN_FORMS, Field
from trainer.web.authoring.item_fields import NODE, item_fields
from trainer.web.authoring.previews import preview
from trainer.web.authoring.problems import place
from trainer.web.authoring.sheets import Sheet, act, data_of, read_sheet, sheet_of
from trainer.web.authoring.words import kind_words, title_of


@dataclass(frozen=True)
class Desk:
    """One entry that is worked on: the document as it is now, the entry as its form began, and its fields."""

    shown: Opened
    base_text: str
    entry: Entry
    fields: tuple[Field, ...]

    @property
    def path(self) -> str:
        return self.shown.path


@bp.get("/entries/<key>/<path:path>")
def edit_entry(key: str, path: str) -> ResponseReturnValue:
    shown = open_document(path)
    entry = found(shown.entry(key))
    desk = Desk(shown, shown.text, entry, fields_of(entry))
    return _page(desk, sheet_of(desk.fields, entry.data), shown.text)


@bp.post("/entries/<key>/<path:path>")
def save_entry(key: str, path: str) -> ResponseReturnValue:
    desk = _desk(key, path)
    sheet = read_sheet(desk.fields, request.form)
    do = request.form.get("do", "save")
    try:
        if do == "save":
            return _save(desk, sheet)
        changed = act(desk.fields, sheet, do)
        return _page(desk, changed, _written(desk, changed), is_touched=True)
    except (NotReadable, authoring.AuthoringError) as error:
        return _page(desk, sheet, desk.base_text, HTTPStatus.UNPROCESSABLE_ENTITY, notice=str(error))


@bp.post("/previews/<key>/<path:path>")
def preview_entry(key: str, path: str) -> ResponseReturnValue:
    """What learners would see of what is typed now; nothing is kept."""
    desk = _desk(key, path)
    try:
        text = _written(desk, read_sheet(desk.fields, request.form))
    except NotReadable as error:
        return page("authoring/preview.html", title=title_of(desk.entry), seen=None, notice=str(error))
    return page("authoring/preview.html", title=title_of(desk.entry), **_seen(desk, text))


def fields_of(entry: Entry) -> tuple[Field, ...]:
    match entry.kind:
        case EntryKind.ITEM:
            return item_fields(str(entry.data.get("type")))
        case EntryKind.NODE:
            return NODE
        case _:
            return PLAIN_FORMS[entry.kind]


def _desk(key: str, path: str) -> Desk:
    """The entry as it stood in the version that the form began with."""
    shown = open_document(path)
    number = number_sent("shown")
    if number == shown.document.number or number < 0:
        text = shown.text
    else:
        text = (shown.document.shipped if number == 0 else authoring.load_version(reading(), path, number)) or ""
    try:
        entry = found(find_entry(path, text, key))
    except NotReadable:
        entry = found(shown.entry(key))
        text = shown.text
    return Desk(shown, text, entry, fields_of(entry))


def _written(desk: Desk, sheet: Sheet) -> str:
    return write_entry(desk.path, desk.base_text, desk.entry.key, data_of(desk.fields, sheet, desk.entry.data))


def _save(desk: Desk, sheet: Sheet) -> ResponseReturnValue:
    data = data_of(desk.fields, sheet, desk.entry.data)
    text = write_entry(desk.path, desk.base_text, desk.entry.key, data)
    document = desk.shown.document
    told = ""
    if desk.base_text != desk.shown.text:
        theirs = desk.shown.entry(desk.entry.key)
        is_on_top = "on_top" in request.form and number_sent("base") == document.newest_number
        if theirs is None or not (is_on_top or same(dict(theirs.data), dict(desk.entry.data))):
            return entry_conflict_page(desk.shown, desk.entry, theirs, desk.base_text, text)
        data = on_top(desk.entry.data, data, theirs.data)
        text = write_entry(desk.path, desk.shown.text, desk.entry.key, data)
        told = f" {desk.shown.last_author} changed this file meanwhile: both changes are in it."
    number = authoring.save_document(
        db(),
        library(),
        desk.path,
        text,
        base=document.newest_number,
        author_id=me().id,
        note=_note(desk.entry, data),
        at=now(),
    )
    if number == document.newest_number:
        say("Nothing was changed, so nothing was saved.")
    else:
        say(f"Saved as a draft, version {number}.{told} Learners do not see it before it is published.")
    return to("authoring.edit_entry", path=desk.path, key=_key_after(desk.entry, data))


def _note(entry: Entry, data: Mapping[str, Data]) -> str:
    """What was changed, for the list of versions."""
    changed = [name for name in dict.fromkeys([*data, *entry.data]) if data.get(name) != entry.data.get(name)]
    words = ", ".join(name.replace("_", " ") for name in changed)
    return f"{entry.id or kind_words(entry)}: {words}" if words else entry.id


def _key_after(entry: Entry, data: Mapping[str, Data]) -> str:
    """The key of the entry once it is saved: its id may be another."""
    if data.get("id") == entry.data.get("id") or ":" not in entry.key:
        return entry.key
    return f"{entry.list_key}:{data.get('id')}"


def _page(
    desk: Desk,
    filled: Sheet,
    text: str,
    status: int = HTTPStatus.OK,
    *,
    notice: str = "",
    is_touched: bool = False,
) -> ResponseReturnValue:
    """The form with what is typed; `text` is the document as it would be with that."""
    seen = _seen(desk, text)
    entry = seen["entry_now"]
    placed = place(desk.path, text, entry, desk.fields, seen["problems"])
    document = desk.shown.document
    sibling = [each for each in desk.shown.entries if each.list_key == desk.entry.list_key and ":" in each.key]
    where = next((number for number, each in enumerate(sibling) if each.key == desk.entry.key), None)
    return page(
        "authoring/entry.html",
        status,
        opened=desk.shown,
        document=document,
        entry=desk.entry,
        fields=desk.fields,
        filled=filled,
        placed=placed,
        choices=_choices(desk),
        title=title_of(entry),
        kind=kind_words(entry),
        above=_above(desk),
        inner=[(each, title_of(each), kind_words(each)) for each in _inner(desk)],
        before=sibling[where - 1] if where else None,
        after=sibling[where + 1] if where is not None and where + 1 < len(sibling) else None,
        base=number_sent("base") if request.method == "POST" else document.newest_number,
        shown_number=number_sent("shown") if request.method == "POST" else document.number,
        is_on_top="on_top" in request.form,
        is_touched=is_touched,
        map_link=_map_link(desk.entry),
        their_changes=their_changes(desk.shown, desk.entry, desk.base_text),
        notice=notice,
        lang=filled.text("lang") or _language(desk),
        **seen,
    )


def _map_link(entry: Entry) -> str | None:
    """The picture of a scenario as it is taught, where there is one."""
    item = content().items.get(entry.id) if entry.kind is EntryKind.ITEM else None
    has_map = item is not None and isinstance(item.interaction, Scenario)
    return url_for("scenarios.show_scenario", item_id=entry.id) if has_map else None


def _language(desk: Desk) -> str:
    course = content().courses.get(desk.shown.course_id)
    return (course.language if course else None) or "en"


def _above(desk: Desk) -> Entry | None:
    """The item that a step belongs to."""
    return desk.shown.entry(desk.entry.list_key.rpartition(":")[0])


def _inner(desk: Desk) -> Sequence[Entry]:
    return [each for each in desk.shown.entries if each.key.startswith(f"{desk.entry.key}:")]


def _seen(desk: Desk, text: str) -> dict[str, Any]:
    """What learners would see with this text, and all problems of the content."""
    checked = authoring.check_document(reading(), library(), desk.path, text)
    now_shown = desk.shown.with_text(text)
    entry = now_shown.again(desk.entry) or desk.entry
    above = now_shown.entry(entry.list_key.rpartition(":")[0])
    if entry.kind in (EntryKind.FACT, EntryKind.BODY):
        above = now_shown.entry("head")
    values = preview(checked.content, kind_of(desk.path), desk.shown.course_id, entry, above)
    return {"problems": checked.of(desk.path), "entry_now": entry, "seen": None, **values}


def _choices(desk: Desk) -> Choices:
    course_id = desk.shown.course_id
    head = authoring.load_document(reading(), library(), f"lessons/{course_id}/course.yaml")
    sources: Mapping[str, Data] = {}
    if head is not None and head.text is not None:
        course = opened(head).entry("head")
        found_sources = course.data.get("sources") if course else None
        sources = found_sources if isinstance(found_sources, dict) else {}
    item = desk.entry if desk.entry.kind is EntryKind.ITEM else _above(desk)
    places = tuple(each.id for each in desk.shown.entries if item and each.key.startswith(f"{item.key}:"))
    return Choices(content(), content().courses.get(course_id), sources, places)
