"""What a QTI 1.2 item shows: its texts, its places to answer, its feedback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from trainer.interchange import limits
from trainer.interchange.entries import NO_TEXT, Text, TextFormat
from trainer.interchange.readings import Report, Unrepresentable
from trainer.interchange.safe_xml import Node, inner_html

_RESPONSES = {"response_lid", "response_str", "response_num", "response_grp", "response_xy"}
_FLOWS = {"flow", "flow_mat", "presentation"}
_MEDIA = {
    "matimage": "A picture was left out.",
    "mataudio": "A sound was left out.",
    "matvideo": "A video was left out.",
    "matapplet": "A program was left out.",
    "matapplication": "A file was left out.",
}
_TEXTS = {"mattext", "matemtext", "mat_formattedtext"}
_HTML = {"text/html", "html"}


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_html: bool

    @property
    def html(self) -> str:
        return self.text if self.is_html else escape(self.text, quote=False).replace("\n", "<br>")


@dataclass(frozen=True, slots=True)
class Label:
    ident: str
    text: Text
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """A place to answer; `label` is the text of its own, such as the left side of a pair."""

    node: Node
    ident: str
    cardinality: str
    label: Text
    labels: tuple[Label, ...]

    @property
    def is_text(self) -> bool:
        return (
            self.node.tag in ("response_str", "response_num") or next(self.node.within("render_fib"), None) is not None
        )

    @property
    def is_number(self) -> bool:
        kinds = {fib.get("fibtype").lower() for fib in self.node.within("render_fib")}
        return self.node.tag == "response_num" or bool(kinds & {"decimal", "integer", "scientific"})


def metadata(item: Node) -> dict[str, str]:
    found = {}
    for each in item.within("qtimetadatafield", "qti_metadatafield"):
        found[each.words_at("fieldlabel").lower()] = each.words_at("fieldentry")
    for name in ("qmd_itemtype", "bbmd_questiontype"):
        for each in item.within(name):
            found[name] = each.words().strip()
    return found


def flow(item: Node, report: Report) -> list[Piece | Response]:
    """Texts and places to answer, in the order in which they are shown."""
    presentation = item.first("presentation")
    shown = [] if presentation is None else list(_flow(presentation, report))
    if len(shown) > 2 * limits.MAX_OPTIONS:
        raise Unrepresentable("it has more parts than any question needs")
    return shown


def text_of(pieces: list[Piece], report: Report) -> Text:
    """Pieces as one text: plain if all of them are."""
    if not pieces:
        return NO_TEXT
    if any(piece.is_html for piece in pieces):
        return report.text("".join(piece.html for piece in pieces), TextFormat.HTML)
    return report.text("".join(piece.text for piece in pieces).strip(), TextFormat.PLAIN)


def material(node: Node, report: Report) -> list[Piece]:
    """The texts of everything below."""
    found: list[Piece] = []
    for child in node.children:
        if child.tag in _TEXTS:
            found.append(_mattext(child))
        elif child.tag == "matbreak":
            found.append(Piece("\n", is_html=False))
        elif child.tag in _MEDIA:
            report.note(_MEDIA[child.tag], child.line)
        else:
            found.extend(material(child, report))
    return found


def feedbacks(item: Node, report: Report) -> tuple[dict[str, Text], tuple[Text, ...]]:
    """Feedback texts by their ident, and hints."""
    texts, hints = {}, []
    for each in item.each("itemfeedback"):
        hint = each.first("hint")
        text = text_of(material(hint or each, report), report)
        if hint is not None:
            hints.append(text)
        elif text:
            texts[each.get("ident")] = text
    return texts, tuple(hint for hint in hints if hint)


def _flow(node: Node, report: Report) -> Iterator[Piece | Response]:
    for child in node.children:
        if child.tag == "material":
            yield from material(child, report)
        elif child.tag in _RESPONSES:
            yield _response(child, report)
        elif child.tag in _FLOWS:
            yield from _flow(child, report)


def _response(node: Node, report: Report) -> Response:
    if node.tag in ("response_grp", "response_xy"):
        raise Unrepresentable("points on a picture or groups to drag are not supported")
    for kind in ("render_slider", "render_hotspot"):
        if next(node.within(kind), None) is not None:
            raise Unrepresentable(f"a question answered by {kind.removeprefix('render_')} is not supported")
    own = [piece for child in node.each("material") for piece in material(child, report)]
    labels = tuple(
        Label(each.get("ident"), text_of(material(each, report), report), each.attributes)
        for each in node.within("response_label")
    )
    if len(labels) > limits.MAX_OPTIONS:
        raise Unrepresentable(f"there are more than {limits.MAX_OPTIONS} answers")
    return Response(node, node.get("ident"), node.get("rcardinality", "Single").lower(), text_of(own, report), labels)


def _mattext(node: Node) -> Piece:
    if node.children:
        return Piece(inner_html(node), is_html=True)
    kind = node.get("texttype") or node.get("type")
    return Piece(node.text.strip() if kind.lower() in _HTML else node.text, kind.lower() in _HTML)
