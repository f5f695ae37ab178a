"""Texts of others made harmless: what may run, load or submit is taken out, and said."""

from dataclasses import dataclass
from html import escape, unescape
from re import ASCII, IGNORECASE
from re import compile as pattern_of

import nh3
from markdown_it import MarkdownIt

from trainer.interchange import limits
from trainer.interchange.entries import Text, TextFormat

_PICTURES = {"img", "map", "area"}
_TAGS = set(nh3.ALLOWED_TAGS) - _PICTURES
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": {"lang", "title", "dir"}}
_ATTRIBUTES.pop("img", None)
_SCHEMES = {"http", "https", "mailto"}
_MARKDOWN = MarkdownIt("commonmark")
_MARKUP = pattern_of(r"<[A-Za-z/!?]")
"""Without one of these no browser sees a tag."""

_NOT_CARRIED = {
    "script": "A script was removed",
    "iframe": "An embedded page was left out",
    "object": "An embedded object was left out",
    "embed": "An embedded object was left out",
    "applet": "An embedded object was left out",
    "form": "A form was left out",
    "input": "A form field was left out",
    "textarea": "A form field was left out",
    "select": "A form field was left out",
    "button": "A button was left out",
    "img": "A picture was left out",
    "svg": "A drawing was left out",
    "math": "A formula was left out",
    "audio": "A sound was left out",
    "video": "A video was left out",
    "link": "A reference to another file was left out",
    "meta": "A page setting was left out",
    "base": "A page setting was left out",
}
_OPENING = pattern_of(rf"<({'|'.join(_NOT_CARRIED)})\b([^<>]{{0,2000}})", IGNORECASE | ASCII)
_ALTERNATIVE = pattern_of(r"""\balt\s{0,5}=\s{0,5}(?:"([^"]{1,300})"|'([^']{1,300})')""", IGNORECASE)
_EVENT = pattern_of(r"""<[A-Za-z][^<>]{0,500}?[\s"'/]on[a-z]{3,30}\s{0,20}=""", IGNORECASE | ASCII)
_ADDRESS = pattern_of(
    r"""\b(?:href|src|action|data|cite|formaction)\s{0,20}=\s{0,20}["']?[\s\x00-\x20]{0,20}(javascript|vbscript|data)\s{0,20}:""",
    IGNORECASE | ASCII,
)


class TooMuchMarkup(Exception):
    """A text is longer, or has more tags, than anybody writes."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    text: str
    removed: tuple[str, ...] = ()


def clean(raw: str, text_format: TextFormat) -> Cleaned:
    """The text as it may be stored and shown in its format.

    HTML comes back in one canonical spelling, so that cleaning twice changes nothing. Moodle's format is HTML only
    where it has tags; plain text and Markdown stay as written, since they are shown through an escape.
    """
    if len(raw) > limits.MAX_TEXT_CHARACTERS:
        raise TooMuchMarkup(f"a text is longer than {limits.MAX_TEXT_CHARACTERS:,} characters")
    if text_format is TextFormat.PLAIN:
        return Cleaned(raw)
    if raw.count("<") > limits.MAX_TAGS_IN_TEXT:
        raise TooMuchMarkup(f"a text has more than {limits.MAX_TAGS_IN_TEXT:,} tags")
    if text_format is TextFormat.MARKDOWN:
        return Cleaned(raw, _removals(raw))
    if text_format is TextFormat.MOODLE and not _MARKUP.search(raw):
        return Cleaned(raw)
    return Cleaned(clean_html(raw), _removals(raw))


def clean_html(raw: str) -> str:
    """HTML of others without scripts, events, pictures and foreign frames, well-formed."""
    return nh3.clean(raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES).strip()


def html_of(plain: str) -> str:
    """Plain text as HTML that shows the same."""
    return clean_html(escape(plain, quote=False).replace("\n", "<br>"))


def shown_html(text: Text) -> str:
    """A text of any format as HTML that may be shown."""
    if text.format is TextFormat.HTML:
        return clean_html(text.text)
    if text.format is TextFormat.MARKDOWN:
        return clean_html(_MARKDOWN.render(text.text))
    if text.format is TextFormat.MOODLE and _MARKUP.search(text.text):
        return clean_html(text.text.replace("\n", "<br>\n"))
    return html_of(text.text)


def words_of(raw: str) -> str:
    """A title: one line of plain text."""
    text = raw[: limits.MAX_TEXT_CHARACTERS]
    if _MARKUP.search(text) and text.count("<") <= limits.MAX_TAGS_IN_TEXT:
        text = unescape(nh3.clean(text, tags=set()))
    return " ".join(text.split())


def _removals(raw: str) -> tuple[str, ...]:
    """What cleaning takes out that a trainer would miss or should know of; said once each, in the order met."""
    if not _MARKUP.search(raw):
        return ()
    found: dict[str, None] = {}
    for opening in _OPENING.finditer(raw):
        found[_naming(opening.group(1).lower(), opening.group(2))] = None
    if _EVENT.search(raw):
        found["A script in an event attribute was removed"] = None
    address = _ADDRESS.search(unescape(raw))
    if address:
        found[f"A {address.group(1).lower()}: address was removed"] = None
    return tuple(f"{each}." for each in found)


def _naming(tag: str, attributes: str) -> str:
    alternative = _ALTERNATIVE.search(attributes) if tag == "img" else None
    if alternative is None:
        return _NOT_CARRIED[tag]
    words = unescape(alternative.group(1) or alternative.group(2))
    return f"{_NOT_CARRIED[tag]} (“{words}”)"
