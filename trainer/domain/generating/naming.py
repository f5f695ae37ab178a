"""How an item that was made from a phrase is named, and what its name tells."""

from enum import StrEnum

SEPARATOR = "."
"""Between a phrase and a kind: no id that an author writes holds it."""


class PhraseKind(StrEnum):
    """What is asked of a phrase; the last word of the id of its item."""

    MEANING = "meaning"
    WORDING = "wording"
    TYPED = "typed"
    LISTENING = "listening"
    DICTATION = "dictation"
    REGISTER = "register"

    @property
    def is_heard(self) -> bool:
        return self in (PhraseKind.LISTENING, PhraseKind.DICTATION)


def item_of(phrase_id: str, kind: PhraseKind) -> str:
    return f"{phrase_id}{SEPARATOR}{kind}"


def phrase_of(item_id: str) -> str | None:
    """The id of the phrase that an item was made from; None when an author wrote it."""
    phrase, separator, _ = item_id.rpartition(SEPARATOR)
    return phrase if separator else None


def phrase_kind_of(item_id: str) -> PhraseKind | None:
    _, separator, kind = item_id.rpartition(SEPARATOR)
    return PhraseKind(kind) if separator else None
