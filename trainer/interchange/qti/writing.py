"""Entries as a QTI 2.1 content package: a manifest, a test with a section for each category, an item file for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trainer.interchange.entries import Entry
from trainer.interchange.qti.items import NAMESPACE, identifier_of, write_item
from trainer.interchange.qti.package import MANIFEST, OWN_TOOL
from trainer.interchange.readings import Report, Written
from trainer.interchange.writing import write_each, xml_attribute, xml_text

_TEST = "assessment.xml"
_DATE = (1980, 1, 1, 0, 0, 0)
"""The same entries make the same bytes."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    identifier: str
    entry: Entry
    xml: str


def write_qti(entries: Iterable[Entry], title: str = "Questions") -> Written:
    """The package (zip), and what of the entries QTI 2.1 has no place for."""
    report = Report()
    numbered = list(entries)
    files: list[_File] = []
    taken: set[str] = set()
    for entry, xml in write_each(numbered, report, lambda each, to: write_item(each, to.read, to)):
        identifier = identifier_of(entry, report.read)
        if identifier in taken:
            report.note(f"The id of “{entry.name}” is taken by another entry; both are in the package.")
            identifier = f"{identifier}-{report.read}"
        taken.add(identifier)
        files.append(_File(f"items/item-{report.read:05}.xml", identifier, entry, xml))
    return Written(_packed(files, title), tuple(report.problems))


def _packed(files: list[_File], title: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in (
            (MANIFEST, _manifest(files)),
            (_TEST, _test(files, title)),
            *((file.name, file.xml) for file in files),
        ):
            info = ZipInfo(name, _DATE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def _manifest(files: list[_File]) -> str:
    resources = "\n".join(_resource(file) for file in files)
    return (
        f'{_HEAD}<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_v1p2" identifier="entente-package">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n<organizations/>\n"
        f'<resources>\n<resource identifier="entente-test" type="imsqti_test_xmlv2p1" href="{_TEST}">'
        f'<file href="{_TEST}"/></resource>\n{resources}\n</resources>\n</manifest>\n'
    )


def _resource(file: _File) -> str:
    words = "".join(
        f"<imsmd:keyword><imsmd:langstring>{xml_text(tag)}</imsmd:langstring></imsmd:keyword>"
        for tag in file.entry.tags
    )
    metadata = f"<metadata><imsmd:lom><imsmd:general>{words}</imsmd:general></imsmd:lom></metadata>" if words else ""
    return (
        f'<resource identifier="{file.identifier}" type="imsqti_item_xmlv2p1" href="{file.name}">'
        f'{metadata}<file href="{file.name}"/></resource>'
    )


def _test(files: list[_File], title: str) -> str:
    sections = []
    for number, file in enumerate(files, start=1):
        names = file.entry.category or ("",)
        reference = f'<assessmentItemRef identifier="ref-{number}" href="{file.name}"/>'
        for depth, name in reversed(list(enumerate(names))):
            reference = (
                f'<assessmentSection identifier="section-{number}-{depth}" title="{xml_attribute(name)}" '
                f'visible="false">{reference}</assessmentSection>'
            )
        sections.append(reference)
    return (
        f'{_HEAD}<assessmentTest xmlns="{NAMESPACE}" identifier="entente-test" title="{xml_attribute(title)}" '
        f'toolName="{OWN_TOOL}">\n'
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">\n'
        + "\n".join(sections)
        + "\n</testPart>\n</assessmentTest>\n"
    )
