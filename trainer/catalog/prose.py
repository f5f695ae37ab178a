"""Turns an author's Markdown into safe HTML; `[words]{lang=ja}` becomes a span with language and direction."""

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from langcodes import Language, standardize_tag, tag_is_valid
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "span", "blockquote", "table", "thead", "tbody", "tr",
         "th", "td", "br", "code", "hr"}  # fmt: skip
_ATTRIBUTES = {"span": {"lang"}}
_MARK_UP = re.compile(r"<[a-zA-Z/!]")
_LANGUAGE = re.compile(r"""\]\{[^}]*\blang=["']?([^\s"'}]+)""")
_FOREIGN = re.compile(r'<span lang="([A-Za-z0-9-]+)">')
_RIGHT_TO_LEFT = {"Arab", "Hebr", "Thaa", "Syrc"}

_markdown = (
    MarkdownIt("commonmark", {"html": False, "typographer": True})
    .enable(["table", "smartquotes"])
    .use(attrs_plugin, spans=True)
)
_cleaner = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None)
KEPT = 30_000
"""Texts whose HTML is kept: whoever edits a course has all of it read again with each change."""


@lru_cache(maxsize=KEPT)
def render_block(source: str) -> str:
    """Paragraphs, sub-headings, lists and tables."""
    return _clean(_markdown.render(source))


@lru_cache(maxsize=KEPT)
def render_inline(source: str) -> str:
    """One run of words, with emphasis and foreign words only."""
    return _clean(_markdown.renderInline(source))


def mistakes(source: str) -> Iterator[str]:
    """What is wrong with the words of an author, each to be read after the name of what holds them."""
    if _MARK_UP.search(source):
        yield "holds HTML: write Markdown"
    for tag in _LANGUAGE.findall(source):
        if not is_language(tag):
            yield f"marks words with {tag!r}, which is not a BCP 47 language tag (such as ja, fr or zh-Hans)"


def is_language(tag: str) -> bool:
    """Whether it is a BCP 47 language tag in its usual spelling."""
    return bool(tag_is_valid(tag)) and standardize_tag(tag) == tag


def direction(language: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    if not tag_is_valid(language):
        return "ltr"
    return "rtl" if Language.get(language).maximize().script in _RIGHT_TO_LEFT else "ltr"


def in_latin(language: str) -> str:
    """The tag of a language in Latin letters: ko becomes ko-Latn, and zh-Hans, whose script gives way, zh-Latn."""
    return f"{language.partition('-')[0]}-Latn"


def language_of_reading(language: str) -> str:
    """Pinyin is Latin letters; other readings are in a script of the language."""
    return in_latin(language) if language.partition("-")[0] == "zh" else language


def _clean(html: str) -> str:
    return _FOREIGN.sub(_mark_foreign, _cleaner.clean(html))


def _mark_foreign(match: re.Match[str]) -> str:
    language = match[1]
    return f'<span class="foreign" lang="{language}" dir="{direction(language)}">'
