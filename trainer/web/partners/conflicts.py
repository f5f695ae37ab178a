"""Two people changed the same at once: both texts, side by side, before whoever saves again decides."""

from typing import NamedTuple

from trainer.web.partners.fields import FileForm, plain_fields, shown

NOTHING = "nothing"


class Difference(NamedTuple):
    label: str
    theirs: str
    mine: str


class Conflict(NamedTuple):
    """What happened, in words, and where both differ; nowhere when the other one took it away."""

    words: str
    differences: tuple[Difference, ...]


def conflict_of(form: FileForm, newest: FileForm | None, words: str) -> Conflict:
    """What is in force now beside what was typed.

    The form keeps what was typed, and has now seen what is in force; without `newest` the entry is gone, and the form
    adds it anew.
    """
    form.seen.data = newest.seen.data if newest else "0"
    if newest is None:
        return Conflict(words, ())
    both = ((field.label.text, shown(newest[field.name]), shown(field)) for field in plain_fields(form))
    differing = (
        Difference(label, theirs or NOTHING, mine or NOTHING) for label, theirs, mine in both if theirs != mine
    )
    return Conflict(words, tuple(differing))
