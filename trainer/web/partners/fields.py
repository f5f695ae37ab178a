"""What the forms of a partner file are made of: kinds of fields, and how drafts go into them and come out."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp

LONG, SHORT = 2000, 160
ADDRESS = Regexp(r"^https?://\S+$", message="Write the whole address, with https:// in front.")
EMAIL = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message="This is not an e-mail address. Write it as name@company.com.")
Choices = Mapping[Any, str]
"""Values, as text or as names of the domain, with their words."""
F = TypeVar("F", bound="FileForm")


def short(label: str, *validators: object, most: int = SHORT) -> StringField:
    return StringField(label, [*validators, Length(max=most, message=f"{most} characters at most.")], default="")


def long(label: str, *validators: object, most: int = LONG) -> TextAreaField:
    return TextAreaField(label, [*validators, Length(max=most, message=f"{most:,} characters at most.")], default="")


def chosen(label: str, *validators: object) -> SelectField:
    return SelectField(label, list(validators), default="")


def day(label: str, *validators: object) -> DateField:
    return DateField(label, list(validators) or [Optional()])


def offered(choices: Choices, nothing: str | None = None) -> list[SelectChoice]:
    first = [] if nothing is None else [SelectChoice("", nothing)]
    return [*first, *(SelectChoice(str(value), words) for value, words in choices.items())]


def offer_kept(field: SelectField, value: object | None, words: str) -> None:
    """Add what is kept where it is not offered, or saving anything else would drop it."""
    if value is not None and str(value) not in [each.value for each in field.choices]:
        field.choices = [*field.choices, SelectChoice(str(value), words)]


class FileForm(FlaskForm):
    """`seen` is the version that was shown, 0 for what is new."""

    seen = HiddenField(default="0")

    @property
    def version(self) -> int:
        typed = (self.seen.data or "")[:9]
        return int(typed) if typed.isascii() and typed.isdecimal() else 0

    def also_offer(self, entry: Any) -> None:
        """Keep on offer what an entry holds though it can be chosen no more: who is gone, what was cancelled."""

    def tell(self, words: str, field: str) -> None:
        """Put a mistake beside the field that it is about, else beside the first."""
        own = self[field] if field in self else plain_fields(self)[0]
        own.errors = [*own.errors, words]


def fill_plainly(form: F, entry: object) -> F:
    """Put what is kept into the fields of the same names, and the version that is shown."""
    for name, field in form._fields.items():
        if hasattr(entry, name):
            field.data = getattr(entry, name)
    form.seen.data = str(getattr(entry, "version", 0))
    return form


def said_in(form: FileForm) -> dict[str, Any]:
    """What is in the fields, without blanks around it."""
    return {field.name: tidy(field.data) for field in plain_fields(form)}


def plain_fields(form: FileForm) -> list[Field]:
    """Those that somebody fills in."""
    return [field for field in form if field.type not in ("HiddenField", "CSRFTokenField")]


def tidy(value: Any) -> Any:
    return "\n".join(line.rstrip() for line in value.strip().splitlines()) if isinstance(value, str) else value


def id_in(field: Field) -> UUID | None:
    return UUID(field.data) if field.data else None


def shown(field: Field) -> str:
    """What a field holds, as a person reads it."""
    match field:
        case BooleanField():
            return "yes" if field.data else "no"
        case SelectField():
            return next((str(each.label) for each in field.choices if each.value == str(field.data or "")), "")
        case _:
            return str(field.data or "")
