"""What two people wrote in one place of a document at once, beside one another: nobody's words are lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from trainer.domain.documents import ABSENT, Document, DocumentKind, Path
from trainer.reporting import EngagementHead
from trainer.web import page, reading
from trainer.web.engagements.changes import NOT_FIELDS, ChangeForm
from trainer.workspace import DocumentClash, document_at

TAKEN_AWAY = "taken away"


@dataclass(frozen=True, slots=True)
class ClashRow:
    """What a field was, and what each of both made of it."""

    title: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Told:
    """How a clash is told: the part that is written, where its page is, and a field and its values in words."""

    part: str
    back: str
    title_of: Callable[[Path], str]
    words_of: Callable[[Path, Any], str]


def form_clash_page(
    head: EngagementHead,
    clash: DocumentClash,
    told: Told,
    kind: DocumentKind,
    form: ChangeForm,
    fields_of: Callable[[Document], Mapping[str, Any]],
    hints: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Both changes, and the form to go on with: my words where I changed something, else theirs.

    `fields_of` finds in a document what the form is about.
    """
    seen = document_at(reading(), head.id, kind, form.seen_version)
    base, theirs = fields_of(seen.document if seen else {}), fields_of(clash.newest.document)
    form.show(_both_written(base, form.written(), theirs), clash.newest.version)
    return _page(head, clash, told, form=form, hints=hints or {})


def act_clash_page(head: EngagementHead, clash: DocumentClash, told: Told) -> ResponseReturnValue:
    """The same for what was done by a button alone: it can be sent once more, as an answer to theirs."""
    resent = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_FIELDS]
    return _page(head, clash, told, form=None, resent=resent)


def _page(head: EngagementHead, clash: DocumentClash, told: Told, **more: object) -> ResponseReturnValue:
    return page(
        "engagements/clash.html",
        409,
        head=head,
        part=told.part,
        back=told.back,
        by=clash.newest.made_by or "Somebody",
        newest=clash.newest,
        rows=_rows(clash, told),
        **more,
    )


def _rows(clash: DocumentClash, told: Told) -> list[ClashRow]:
    """A row for each field that both changed; an entry that one of them took away is one row."""

    def words(path: Path, value: Any) -> str:
        if value is ABSENT:
            return TAKEN_AWAY if len(path) == 2 else told.words_of(path, None)
        return told.words_of(path, value)

    return [
        ClashRow(
            told.title_of(each.path),
            told.words_of(each.path, None if each.base is ABSENT else each.base),
            words(each.path, each.mine),
            words(each.path, each.theirs),
        )
        for each in clash.clashes
    ]


def _both_written(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Fields to go on with: mine where I changed them, else theirs."""
    return {
        name: value if (value or None) != (base.get(name) or None) else theirs.get(name, value)
        for name, value in mine.items()
    }
