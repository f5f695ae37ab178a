"""What is shown when somebody else saved meanwhile: what it was, theirs and yours; nothing typed is lost."""

from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from trainer.authoring.entries import Entry
from trainer.domain.authoring import LinePair, difference
from trainer.web import page
from trainer.web.authoring.blueprint import Opened
from trainer.web.authoring.words import title_of

NOT_KEPT = ("csrf_token", "base", "shown", "do", "on_top")


def entry_conflict_page(
    shown: Opened, before: Entry, theirs: Entry | None, base_text: str, my_text: str
) -> ResponseReturnValue:
    """The lines of the entry as they were, as somebody saved them, and as they would be with what was typed."""
    old = _lines(base_text, before)
    mine = _lines(my_text, shown.with_text(my_text).again(before))
    return page(
        "authoring/conflict.html",
        HTTPStatus.CONFLICT,
        opened=shown,
        entry=before,
        theirs=theirs,
        title=title_of(before),
        their_changes=their_changes(shown, before, base_text),
        my_changes=difference(old, mine),
        typed=typed(),
        typed_shown=request.form.get("shown", "0"),
    )


def their_changes(shown: Opened, before: Entry, base_text: str) -> tuple[tuple[LinePair, ...], ...]:
    """How the entry was changed since a form began; nothing when it was not."""
    return difference(_lines(base_text, before), _lines(shown.text, shown.entry(before.key)))


def text_conflict_page(shown: Opened, base_text: str, my_text: str, both: str | None) -> ResponseReturnValue:
    return page(
        "authoring/text_conflict.html",
        HTTPStatus.CONFLICT,
        opened=shown,
        their_changes=difference(base_text, shown.text),
        my_changes=difference(base_text, my_text),
        mine=my_text,
        both=both,
    )


def typed() -> list[tuple[str, str]]:
    """All that was sent, to be sent again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]


def _lines(text: str, entry: Entry | None) -> str:
    if entry is None:
        return ""
    return "\n".join(text.split("\n")[entry.first_line - 1 : entry.last_line])
