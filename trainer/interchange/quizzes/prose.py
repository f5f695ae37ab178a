"""Texts of question banks as our prose: one run of Markdown, with line breaks where blocks were."""

from dataclasses import dataclass
from html.parser import HTMLParser
from re import compile as pattern_of
from unicodedata import normalize

from langcodes import standardize_tag, tag_is_valid
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin

from trainer.interchange.entries import Text
from trainer.interchange.markup import shown_html

LINE = "\\\n"
"""A line break inside a run of Markdown."""
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).use(attrs_plugin, spans=True)
_STRONG = {"strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "th", "caption"}
_EMPHASIS = {"em", "i", "u", "cite", "dfn", "ins"}
_CODE = {"code", "kbd", "samp", "tt"}
_STRUCK = {"s", "del", "strike"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre", "hr", "dl"}
_LINES = {"div", "li", "tr", "section", "article", "center", "dt", "dd", "figure", "figcaption", "caption", "details",
          "summary", "header", "footer", "nav", "aside", "address"}  # fmt: skip
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ENTITY = pattern_of(r"&(?=#?[A-Za-z0-9]{1,40};)")
_BLANK = pattern_of(r"[ \t\n\r\f\v]+")
"""What a page shows as one space; a no-break space stays what it is."""
_SPACES = " \t\n\r\f\v"
_TAG_LIKE = pattern_of(r"<(?=[A-Za-z/!?])")
_MARKERS = pattern_of(r"(?<=\s)[*_]+(?=\s)|([*_])")
_UNSEEN = pattern_of("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ue000\ufeff\ufffe\uffff]")
"""Controls, and what neither a page nor a database takes; the private sign stands for a gap where texts are read."""
_GAP_LIKE = pattern_of(r"\{(?=gap-[0-9]{1,4}\})")
_FORMULA = pattern_of(r"\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]|\$\$.{1,2000}?\$\$")

STRUCK = "Words that were struck out are shown plainly."
FORMULA = "A formula in TeX is shown as it is written."
PLAIN_ONLY = "The emphasis in a text was left out; its words are kept."


@dataclass(frozen=True, slots=True)
class Words:
    """A text in our Markdown, and what it lost on the way."""

    source: str
    lost: tuple[str, ...] = ()


def words_of(text: Text) -> Words:
    """The text as one run of Markdown; what can be seen of it is the same."""
    html = composed(shown_html(text))
    writer = _written(html)
    lost = writer.lost
    if _seen(writer.source) != writer.plain:
        writer = _written(html, with_emphasis=False)
        lost = [*writer.lost, PLAIN_ONLY]
    if _FORMULA.search(writer.plain):
        lost = [*lost, FORMULA]
    return Words(writer.source, tuple(dict.fromkeys(lost)))


def plain_words(text: str) -> str:
    """Plain text as one line of Markdown."""
    return _escaped(one_line(text))


def one_line(text: str) -> str:
    """Plain text as content keeps it, on one line."""
    return _BLANK.sub(" ", composed(text)).strip()


def composed(text: str) -> str:
    """In the one form in which content is kept, without what nobody sees."""
    return normalize("NFC", _UNSEEN.sub("", text))


def _written(html: str, *, with_emphasis: bool = True) -> "_Writer":
    writer = _Writer(with_emphasis)
    writer.feed(html)
    writer.close()
    writer.finish()
    return writer


def _seen(source: str) -> str:
    """What a reader sees of Markdown, without blank space."""
    return "".join(_Seen.of(_MARKDOWN.renderInline(source)).split())


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @classmethod
    def of(cls, html: str) -> str:
        reader = cls()
        reader.feed(html)
        reader.close()
        return "".join(reader.words)


class _Writer(HTMLParser):
    """Writes Markdown while it reads HTML that is clean and well-formed.

    Emphasis is opened and closed around each run of words, so that it never goes across a line break or a gap.
    """

    def __init__(self, with_emphasis: bool) -> None:
        super().__init__()
        self._with_emphasis = with_emphasis
        self._out: list[str] = []
        self._plain: list[str] = []
        self._marks: list[tuple[str, str]] = []
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._hidden = 0
        self._pending = ""
        self._cells = 0
        self.lost: list[str] = []
        self.source = ""
        self.plain = ""

    def finish(self) -> None:
        self.source = "".join(self._out)
        self.plain = "".join("".join(self._plain).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._hidden += tag == "rp"
        self._break(min(2, len(self._pending) // len(LINE) + 1) if tag == "br" else _lines_around(tag))
        self._begin(tag)
        if tag == "a":
            self._links.append((values.get("href", ""), len(self._plain)))
        if tag in _STRUCK:
            self.lost.append(STRUCK)
        self._mark(tag, values)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "rp"
        if self._marks and self._marks[-1][0] == tag:
            self._marks.pop()
        self._end(tag)
        self._break(_lines_around(tag))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._say(data)

    def _mark(self, tag: str, values: dict[str, str]) -> None:
        """Remember what the words to come are marked with."""
        lang = values.get("lang", "")
        if tag in _STRONG:
            self._marks.append((tag, "**"))
        elif tag in _EMPHASIS:
            self._marks.append((tag, "*"))
        elif tag in _CODE:
            self._marks.append((tag, "`"))
        elif tag in ("sup", "sub"):
            self._marks.append((tag, tag))
        elif lang and tag not in ("br", "hr"):
            self._marks.append((tag, f"{{lang={standardize_tag(lang)}}}" if tag_is_valid(lang) else ""))
        elif self._marks and tag not in ("br", "hr", "wbr"):
            self._marks.append((tag, ""))

    def _begin(self, tag: str) -> None:
        """Signs that stand where a tag opens: of lists, of cells, of readings."""
        if tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            self._lists[-1] = None if number is None else number + 1
            self._say("• " if number is None else f"{number + 1}. ")
        elif tag in ("td", "th"):
            self._say(" | " if self._cells else "")
            self._cells += 1
        elif tag == "rt":
            self._say(" (")

    def _end(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "tr":
            self._cells = 0
        elif tag == "rt":
            self._say(")")
        elif tag == "a" and self._links:
            self._close_link()

    def _close_link(self) -> None:
        address, begins = self._links.pop()
        words = "".join(self._plain[begins:]).strip()
        bare = address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
        if bare and bare not in words:
            self._say(f" ({address.removeprefix('mailto:')})")

    def _break(self, lines: int) -> None:
        """A break before the next words: a paragraph's is two lines, and none comes at the start."""
        if self._out and len(self._pending) < lines * len(LINE):
            self._pending = LINE * lines

    def _say(self, data: str) -> None:
        words = _BLANK.sub(" ", data).strip(_SPACES)
        if not words:
            if data and self._out and not self._pending and not self._out[-1].endswith(" "):
                self._out.append(" ")
            return
        if self._pending:
            self._out.append(self._pending)
        elif data[:1] in _SPACES and self._out and not self._out[-1].endswith((" ", "\n")):
            self._out.append(" ")
        self._pending = ""
        self._plain.append(words := self._shifted(words))
        self._out.append(self._marked(words))
        if data[-1:] in _SPACES:
            self._out.append(" ")

    def _shifted(self, words: str) -> str:
        """Raised and lowered figures, as far as there are signs for them."""
        for tag, table, sign in (("sup", _RAISED, "^"), ("sub", _LOWERED, "_")):
            if (tag, tag) in self._marks:
                all_there = all(ord(letter) in table for letter in words)
                return words.translate(table) if all_there else f"{sign}{words}"
        return words

    def _marked(self, words: str) -> str:
        kinds = {kind for _, kind in self._marks if kind}
        if not self._with_emphasis:
            return _escaped(words)
        if "`" in kinds and "`" not in words:
            return f"`{words}`"
        written = _escaped(words)
        for sign in ("*", "**"):
            if sign in kinds:
                written = f"{sign}{written}{sign}"
        lang = next((kind for _, kind in reversed(self._marks) if kind.startswith("{lang=")), None)
        return written if lang is None else f"[{written}]{lang}"


def _lines_around(tag: str) -> int:
    """How many line breaks stand before and after it."""
    return 2 if tag in _PARAGRAPHS else 1 if tag in _LINES else 0


def _escaped(words: str) -> str:
    """Plain words as Markdown that shows them as they are."""
    text = words.replace("\\", "\\\\").replace("`", "\\`").replace("[", "\\[").replace("]", "\\]")
    text = _ENTITY.sub("&amp;", text)
    text = _TAG_LIKE.sub("&lt;", text)
    text = _GAP_LIKE.sub("&#123;", text)
    return _MARKERS.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], text)
