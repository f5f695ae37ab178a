"""Characters of GIFT: escapes, blank space as Moodle trims it, formats in brackets, ids and tags in comments.

Facts from Moodle's `question/format/gift/format.php`; the code is our own.
"""

from dataclasses import dataclass
from re import compile as pattern_of

from trainer.interchange.entries import Text, TextFormat
from trainer.interchange.readings import Report

SPACE = " \t\n\r\0\x0b"
"""What Moodle trims; an ideographic or no-break space stays."""
_ESCAPED = {":": "\ufdd0", "#": "\ufdd1", "=": "\ufdd2", "{": "\ufdd3", "}": "\ufdd4", "~": "\ufdd5", "n": "\ufdd6"}
_PLAIN = {ord(mark): "\n" if letter == "n" else letter for letter, mark in _ESCAPED.items()}
_ESCAPE = pattern_of(r"\\([\\:#={}~n])")
_RESERVED = str.maketrans(
    {
        **{letter: f"\\{letter}" for letter in "\\#=~{}:"},
        "\n": "\\n",
        "\r": "",
    }
)
_ID = pattern_of(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f]){1,250})\]")
_TAG = pattern_of(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f]){1,250})\]")
_CATEGORY_CUT = pattern_of(r"(?<!/)/(?!/)")
_CONTEXT = pattern_of(r"\$[a-z]+\$")


@dataclass(frozen=True, slots=True)
class Label:
    """What the comments above a question say of it."""

    id: str = ""
    tags: tuple[str, ...] = ()


def hide_escapes(text: str) -> str:
    """Escaped characters become placeholders, so that what is left is syntax."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found.group(1), "\\"), text)


def show_escapes(text: str) -> str:
    return text.translate(_PLAIN)


def escape(text: str) -> str:
    return text.translate(_RESERVED)


def formatted(text: str, otherwise: TextFormat, report: Report) -> Text:
    """A text with its format in brackets before it, or else in the format of the question."""
    text_format, text = _split_format(text, otherwise)
    return report.text(show_escapes(text).strip(SPACE), text_format)


def literal(text: str) -> str:
    """An answer as it is typed: no HTML, whatever the format of the question; its own brackets are dropped."""
    return show_escapes(_split_format(text.strip(SPACE), TextFormat.PLAIN)[1]).strip(SPACE)


def _split_format(text: str, otherwise: TextFormat) -> tuple[TextFormat, str]:
    if text.startswith("["):
        name, closed, rest = text[1:].partition("]")
        if closed and name in set(TextFormat):
            return TextFormat(name), rest
    return otherwise, text


def label_in(comments: str) -> Label:
    found = _ID.search(comments)
    tags = (each.group(1).strip(SPACE).replace("\\]", "]") for each in _TAG.finditer(comments))
    return Label(
        id=found.group(1).strip(SPACE).replace("\\]", "]") if found else "",
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
    )


def category_path(path: str) -> tuple[str, ...]:
    """The names of a category from the top; `//` is a slash in a name, a context such as `$course$` is left out."""
    names = [name.replace("//", "/").strip(SPACE) for name in _CATEGORY_CUT.split(path)]
    if names and _CONTEXT.fullmatch(names[0]):
        names.pop(0)
    if names and names[0] == "top":
        names.pop(0)
    return tuple(name for name in names if name)
