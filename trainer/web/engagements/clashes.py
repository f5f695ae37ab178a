"""What two people wrote in one place of a document at once, beside one another: nobody's words are lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trainer.domain.documents import ABSENT, Clash, Path

TAKEN_AWAY = "taken away"


@dataclass(frozen=True, slots=True)
class ClashRow:
    """What a field was, and what each of both made of it."""

    title: str
    base: str
    mine: str
    theirs: str


def clash_rows(
    clashes: Iterable[Clash], title_of: Callable[[Path], str], words_of: Callable[[Path, Any], str]
) -> list[ClashRow]:
    """A row for each field that both changed; an entry that one of them took away is one row."""

    def words(path: Path, value: Any) -> str:
        return TAKEN_AWAY if value is ABSENT and len(path) == 2 else words_of(path, None if value is ABSENT else value)

    return [
        ClashRow(
            title_of(clash.path),
            words(clash.path, clash.base),
            words(clash.path, clash.mine),
            words(clash.path, clash.theirs),
        )
        for clash in clashes
    ]


def both_written(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Fields to go on with: mine where I changed them, else theirs."""
    return {
        name: value if (value or None) != (base.get(name) or None) else theirs.get(name, value)
        for name, value in mine.items()
    }
