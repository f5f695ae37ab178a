"""Two people changed the same at once: both texts, side by side, before whoever saves again decides."""

from typing import NamedTuple

from trainer.web.partners.fields import FileForm, plain_fields, shown

NOTHING = "nothing"


class Difference(NamedTuple):
    label: str
    theirs: str
    mine: str


def differences(form: FileForm, newest: FileForm | None, words: str) -> tuple[Difference, ...]:
    """What is in force now and what was typed, where they differ. The form keeps what was typed, and has now seen what
    is in force; without `newest` the entry is gone, and the form adds it anew."""
    form.seen.data = newest.seen.data if newest else "0"
    form.tell(words, "")
    if newest is None:
        return ()
    both = ((field.label.text, shown(newest[field.name]), shown(field)) for field in plain_fields(form))
    return tuple(
        Difference(label, theirs or NOTHING, mine or NOTHING) for label, theirs, mine in both if theirs != mine
    )
