"""HTML that has been cleaned, as the XHTML that QTI asks for."""

from html.parser import HTMLParser

from trainer.interchange.entries import Text
from trainer.interchange.markup import shown_html
from trainer.interchange.writing import xml_attribute, xml_text

_VOID = {"area", "br", "col", "hr", "img", "wbr"}


class _Writer(HTMLParser):
    """Writes what it is fed, every element closed; what it gets is well-formed but for void elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = "".join(f' {name}="{xml_attribute(value or "")}"' for name, value in attrs)
        self.parts.append(f"<{tag}{attributes}{'/' if tag in _VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(xml_text(data))


def xhtml(text: Text) -> str:
    writer = _Writer()
    writer.feed(shown_html(text))
    writer.close()
    return "".join(writer.parts)
