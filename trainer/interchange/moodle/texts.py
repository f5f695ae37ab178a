"""Texts of Moodle XML: where they stand and in which format."""

from trainer.interchange.entries import NO_TEXT, Text, TextFormat
from trainer.interchange.gift.texts import SPACE
from trainer.interchange.readings import Report
from trainer.interchange.safe_xml import Node, inner_html

FORMAT_NAMES = {
    "moodle_auto_format": TextFormat.MOODLE,
    "html": TextFormat.HTML,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
}


def format_of(node: Node | None, otherwise: TextFormat, report: Report) -> TextFormat:
    name = node.get("format").strip(SPACE) if node is not None else ""
    if not name:
        return otherwise
    if name == "wiki_like":
        report.note("A text in Moodle's old wiki format is read as plain text.")
        return TextFormat.PLAIN
    return FORMAT_NAMES.get(name, TextFormat.HTML)


def raw_text(node: Node | None) -> str:
    """What stands in the `<text>` below; tags that were not packed as text are taken for HTML."""
    inside = node.first("text") if node is not None else None
    if inside is None:
        return ""
    return (inner_html(inside) if inside.children else inside.text).strip(SPACE)


def text_at(node: Node, name: str, otherwise: TextFormat, report: Report) -> Text:
    found = node.first(name)
    return report.text(raw_text(found), format_of(found, otherwise, report)) or NO_TEXT
