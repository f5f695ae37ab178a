"""QTI files and packages: which members hold questions, in which order, and under which titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from trainer.interchange.markup import words_of
from trainer.interchange.qti.version1 import read_items
from trainer.interchange.qti.version2 import read_item
from trainer.interchange.readings import HostileFile, Reading, Report, UnreadableFile, read_each
from trainer.interchange.safe_xml import Node, parse_xml
from trainer.interchange.safe_zip import Package, is_zip, open_package

MANIFEST = "imsmanifest.xml"
OWN_TOOL = "Entente"
"""The title of a test that we wrote is no category of its questions."""
_CANVAS_OWN = "non_cc_assessments/"
_ROOTS = {"questestinterop", "assessmentItem", "assessmentTest", "item"}
_XML = (".xml", ".qti")


@dataclass(frozen=True, slots=True)
class Placed:
    node: Node
    category: tuple[str, ...]
    tags: tuple[str, ...]


def read_qti(data: bytes) -> Reading:
    """Every item of a QTI file or package; raises UnreadableFile."""
    report = Report()
    if is_zip(data):
        _read_package(open_package(data), report)
    else:
        ignored: list[str] = []
        root = parse_xml(data, ignored)
        for each in ignored:
            report.note_file(each)
        if root.tag not in _ROOTS:
            raise UnreadableFile(_wrong_root(root.tag))
        _read_root(root, (), (), report)
    return report.reading()


def _read_root(root: Node, category: tuple[str, ...], tags: tuple[str, ...], report: Report) -> None:
    if root.tag == "questestinterop":
        read_items(root, report)
    elif root.tag == "item":
        read_items(Node("questestinterop", {}, root.line, children=[root]), report)
    elif root.tag == "assessmentItem":
        placed = Placed(root, category, tags)
        read_each(report, [(root.line, placed)], lambda each, to: read_item(each.node, each.category, each.tags, to))
    else:
        raise UnreadableFile("This is a test without its questions. Upload the whole package (zip) that holds it.")


def _read_package(package: Package, report: Report) -> None:
    names = _question_files(package, report)
    roots = {name: root for name in names if (root := _parsed(package, name, report)) is not None}
    categories = dict(_sections(roots))
    tags = _keywords(package)
    found = False
    for name, root in roots.items():
        if root.tag in _ROOTS and root.tag != "assessmentTest":
            report.member, found = name, True
            _read_root(root, categories.get(name, ()), tags.get(name, ()), report)
    report.member = ""
    if not found and not report.problems:
        raise UnreadableFile("The package holds no QTI questions. Export the quiz as QTI, or as a Common Cartridge.")
    others = sum(1 for name in package.names if not name.lower().endswith(_XML))
    if others:
        report.note_file(f"Other files of the package, such as pictures and sounds, were left out: {others}.")


def _parsed(package: Package, name: str, report: Report) -> Node | None:
    """A member's root; a damaged member is a reason, not the end."""
    try:
        return parse_xml(package.read(name))
    except HostileFile:
        raise
    except UnreadableFile as error:
        report.member = name
        report.begin(None)
        report.skip(str(error))
        report.member = ""
        return None


def _question_files(package: Package, report: Report) -> list[str]:
    """Members that may hold questions: those the manifest names, in its order, else all."""
    manifest = _manifest(package)
    known = {name: None for name in package.names if name.lower().endswith(_XML) and not name.endswith(MANIFEST)}
    if manifest is None:
        return _without_copies(list(known), report)
    path, root = manifest
    listed: dict[str, None] = {}
    for resource in root.within("resource"):
        hrefs = [resource.get("href"), *(file.get("href") for file in resource.each("file"))]
        for name in (_resolved(path, href) for href in hrefs if href):
            if name in known:
                listed[name] = None
            elif name not in package and name.lower().endswith(_XML):
                report.note_file(f"The manifest names “{name[:100]}”, which is not in the package.")
    return _without_copies(list(listed or known), report)


def _without_copies(names: list[str], report: Report) -> list[str]:
    """Canvas writes each quiz twice; its own copy says more."""
    own = {name.rpartition("/")[2].removesuffix(".xml.qti") for name in names if name.startswith(_CANVAS_OWN)}
    copies = [name for name in names if name.endswith("/assessment_qti.xml") and dirname(name) in own]
    if copies:
        report.note_file(f"{len(copies)} quizzes are in the package twice, as Canvas writes it; each was read once.")
    twice = set(copies)
    return [name for name in names if name not in twice]


def _manifest(package: Package) -> tuple[str, Node] | None:
    found = sorted((name for name in package.names if name.rpartition("/")[2] == MANIFEST), key=len)
    return (found[0], parse_xml(package.read(found[0]))) if found else None


def _sections(roots: dict[str, Node]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The titles of test and sections above each item that a test refers to."""
    for name, root in roots.items():
        if root.tag == "assessmentTest":
            yield from _below(name, root, () if root.get("toolName") == OWN_TOOL else _titled((), root))


def _below(path: str, node: Node, category: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for child in node.children:
        if child.tag == "assessmentItemRef":
            yield _resolved(path, child.get("href")), category
        elif child.tag in ("testPart", "assessmentSection"):
            yield from _below(path, child, _titled(category, child))


def _titled(category: tuple[str, ...], node: Node) -> tuple[str, ...]:
    title = words_of(node.get("title"))
    return (*category, title) if title else category


def _keywords(package: Package) -> dict[str, tuple[str, ...]]:
    """The keywords that the manifest gives a file."""
    manifest = _manifest(package)
    if manifest is None:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for resource in manifest[1].within("resource"):
        keywords = (each for keyword in resource.within("keyword") for each in keyword.each("langstring", "string"))
        tags = tuple(dict.fromkeys(each.words().strip() for each in keywords))
        found[_resolved(manifest[0], resource.get("href"))] = tuple(tag for tag in tags if tag)
    return found


def _resolved(path: str, href: str) -> str:
    return normpath(join(dirname(path), unquote(href.partition("?")[0])))


def _wrong_root(tag: str) -> str:
    if tag.startswith("qti-"):
        return "This is QTI 3. Export the questions as QTI 2.1, 2.2 or 1.2."
    return f"This XML begins with <{tag[:60]}>. QTI begins with <questestinterop> or <assessmentItem>."
