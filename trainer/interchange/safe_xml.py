"""XML as a small tree with line numbers: no entities, no document types, nothing fetched, bounded depth and size.

The parser is expat with the handlers that refuse; it opens no file and no address by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from re import IGNORECASE
from re import compile as pattern_of
from xml.parsers import expat

from trainer.interchange import limits
from trainer.interchange.decoding import check_size, decode
from trainer.interchange.readings import HostileFile, UnreadableFile

_DECLARATION = pattern_of(r"\s*<\?xml\s[^<>]{0,200}\?>")
_ENCODING = pattern_of(r"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""", IGNORECASE)
_DOCTYPE = pattern_of(
    r"""<!DOCTYPE\s+[^<>\[\]"']{1,200}(?:"[^"<>]{0,500}"|'[^'<>]{0,500}'|\s){0,9}(?:\[([^\]]{0,10000})\]\s{0,9})?>"""
)
_DECLARED = {"iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii", "windows-1250", "windows-1251"}
"""Old encodings that are read when the file itself names them: that is no guess."""
_BUFFER = 1024 * 1024
"""Long texts come in few pieces, so that putting them together does not take the square of their length."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(slots=True, eq=False)
class Node:
    """An element without its namespace; `text` comes before the children, `tail` after the element."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    tail: str = ""
    children: list["Node"] = field(default_factory=list)

    def get(self, name: str, otherwise: str = "") -> str:
        return self.attributes.get(name, otherwise)

    def each(self, *tags: str) -> Iterator["Node"]:
        """Children of these names, in order."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *path: str) -> "Node | None":
        """The first child of this name, the first child of that, and so on."""
        node: Node | None = self
        for tag in path:
            node = next(node.each(tag), None) if node is not None else None
        return node

    def within(self, *tags: str) -> Iterator["Node"]:
        """Descendants of these names, in the order of the document."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.within(*tags)

    def words(self) -> str:
        """All characters below, as they stand."""
        return self.text + "".join(child.words() + child.tail for child in self.children)

    def words_at(self, *path: str) -> str:
        found = self.first(*path)
        return "" if found is None else found.words().strip()


def parse_xml(data: bytes, ignored: list[str] | None = None) -> Node:
    """The root of a document.

    A document type is left unread, and `ignored` told; one that declares entities is refused.
    """
    text = _without_doctype(_text_of(data), ignored)
    builder = _Builder()
    try:
        builder.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"The XML is not well-formed at line {error.lineno}: {expat.ErrorString(error.code)}. "
            "Export the file again from the program that made it."
        ) from error
    if builder.root is None:
        raise UnreadableFile("The XML file is empty.")
    return builder.root


def inner_html(node: Node) -> str:
    """What an element contains, written as HTML; not yet cleaned."""
    parts = [escape(node.text, quote=False)]
    for child in node.children:
        parts.append(outer_html(child))
        parts.append(escape(child.tail, quote=False))
    return "".join(parts)


def outer_html(node: Node) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in _VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{inner_html(node)}</{node.tag}>"


def _text_of(data: bytes) -> str:
    """The decoded document without its XML declaration, whose lines still count."""
    check_size(data)
    head = _ENCODING.search(data[:300].decode("latin-1").partition("?>")[0])
    named = head.group(1).lower() if head else "utf-8"
    if named in _DECLARED:
        try:
            text = data.decode(named)
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"The XML file says it is {named}, but is not. Save it as UTF-8.") from error
    else:
        text = decode(data, any_line=True)
    declaration = _DECLARATION.match(text)
    if declaration is None:
        return text.lstrip("\ufeff")
    return "\n" * declaration.group().count("\n") + text[declaration.end() :]


def _without_doctype(text: str, ignored: list[str] | None) -> str:
    at = text.find("<!DOCTYPE", 0, 10_000)
    if at < 0:
        return text
    doctype = _DOCTYPE.match(text, at)
    if doctype is None or "ENTITY" in (doctype.group(1) or "").upper() or "%" in (doctype.group(1) or ""):
        raise HostileFile(
            "The XML file declares a document type with entities, which can be used for attacks. "
            "Delete everything from <!DOCTYPE to ]> and try again."
        )
    if ignored is not None:
        ignored.append("The document type (DOCTYPE) was not fetched or used.")
    return text[:at] + "\n" * doctype.group().count("\n") + text[doctype.end() :]


class _Builder:
    def __init__(self) -> None:
        self.root: Node | None = None
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.buffer_size = _BUFFER
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._open: list[Node] = []
        self._count = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= limits.MAX_XML_DEPTH or self._count > limits.MAX_XML_ELEMENTS:
            raise HostileFile("The XML is nested deeper, or has more elements, than a question bank ever needs.")
        node = Node(
            _local(name), {_local(key): value for key, value in attributes.items()}, self.parser.CurrentLineNumber
        )
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        self._open.append(node)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        if not self._open:
            return
        inside = self._open[-1]
        if inside.children:
            inside.children[-1].tail += text
        else:
            inside.text += text

    def _refuse(self, *details: object) -> int:
        raise HostileFile("The XML file declares a document type or entities, which can be used for attacks.")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
