"""Reading single values of a document that anybody may have written: what is not as it should be reads as absent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from trainer.domain.documents import Document

MAX_MINUTES = 1440
Choice = TypeVar("Choice", bound=StrEnum)


def fields_of(document: Document, section: str) -> Mapping[str, Any]:
    found = document.get(section)
    return found if isinstance(found, dict) else {}


def entries_of(document: Document, section: str) -> list[Mapping[str, Any]]:
    found = document.get(section)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(entry: Mapping[str, Any], name: str) -> str:
    found = entry.get(name)
    return found.strip() if isinstance(found, str) else ""


def number(found: object, otherwise: int) -> int:
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return found if isinstance(found, int) and is_number and 0 <= found <= MAX_MINUTES else otherwise


def one_of(kind: type[Choice], found: object, otherwise: Choice) -> Choice:
    return next((each for each in kind if each == found), otherwise)


def time_of(found: object, otherwise: time) -> time:
    try:
        return time.fromisoformat(str(found)).replace(tzinfo=None)
    except ValueError:
        return otherwise


def date_of(found: object) -> date | None:
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return None


def local_of(found: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(found)).replace(tzinfo=None)
    except ValueError:
        return None


def moment_of(found: object) -> datetime | None:
    at = local_of(found)
    return None if at is None else at.replace(tzinfo=UTC)


def people_in(reference: str, kind: str) -> tuple[UUID, ...]:
    """The person that a reference such as user:<uuid> names, of this kind; nobody for any other text."""
    found, _, rest = reference.partition(":")
    try:
        return (UUID(rest),) if found == kind else ()
    except ValueError:
        return ()


def ours_in(reference: str) -> tuple[UUID, ...]:
    return people_in(reference, "user")
