"""Forms of what a team writes together: each carries the version that was seen, so that two people lose nothing."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FloatField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    TimeField,
)

NOT_FIELDS = ("csrf_token", "seen")


class ChangeForm(FlaskForm):
    """What somebody changes in a document, and the version in which they saw it."""

    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        """Of whatever was sent; 0, from which all is new, for what is no number."""
        sent = self.seen.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    @property
    def asked(self) -> list[Field]:
        """The fields that people fill in."""
        return [each for each in self if each.short_name not in NOT_FIELDS]

    def written(self) -> dict[str, Any]:
        """What was filled in, as a document keeps it."""
        return {each.short_name: _kept(each) for each in self.asked}

    def show(self, fields: Mapping[str, Any], seen: int) -> None:
        """Fill it in from what a document keeps."""
        self.seen.data = str(seen)
        for each in self.asked:
            if each.short_name in fields:
                each.data = _shown(each, fields[each.short_name])
                each.raw_data = None


def _kept(field: Field) -> Any:
    value = field.data
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(field, FloatField | IntegerField | BooleanField):
        return value
    if isinstance(field, SelectMultipleField):
        return sorted(value or ())
    return (value or "").strip()


def _shown(field: Field, value: Any) -> Any:
    """A value of a document for a field; None where it is none of this kind."""
    try:
        if isinstance(field, DateField) and not isinstance(field, TimeField):
            return date.fromisoformat(value) if value else None
        if isinstance(field, TimeField):
            return time.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None
    if isinstance(field, FloatField) and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
