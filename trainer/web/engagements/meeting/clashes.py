"""Answers a save that meets another one: both texts side by side, and nothing lost of either."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from trainer.domain.documents import ABSENT, Path
from trainer.reporting import EngagementHead
from trainer.web import page
from trainer.workspace import DocumentClash

NOT_RESENT = ("csrf_token", "seen")


@dataclass(frozen=True, slots=True)
class ClashLine:
    """What both made of one thing, as text."""

    what: str
    mine: str
    theirs: str


def clash_page(
    head: EngagementHead, clash: DocumentClash, back: str, words: Callable[[Path, Any], tuple[str, str]]
) -> ResponseReturnValue:
    """Both versions, with a form that sends mine once more as an answer to theirs. `back` leads to theirs.

    `words` gives the label of a path and the text of a value there.
    """
    lines = [
        ClashLine(words(each.path, each.mine)[0], words(each.path, each.mine)[1], words(each.path, each.theirs)[1])
        for each in clash.clashes
    ]
    resent = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_RESENT]
    return page(
        "engagements/meeting/clash.html",
        409,
        head=head,
        lines=lines,
        newest=clash.newest,
        resent=resent,
        action=request.path,
        back=back,
    )


def text_of_value(value: object, labels: Mapping[str, str], show: Callable[[str], str]) -> str:
    """A field or a whole entry as text; `show` words a single value."""
    if value is ABSENT or value is None:
        return "(taken away)"
    if isinstance(value, dict):
        parts = (f"{labels[name]}: {show(str(each))}" for name, each in value.items() if name in labels and each)
        return "; ".join(parts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return show(str(value)) or "(empty)"
