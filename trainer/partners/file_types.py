"""What a file is, by its first bytes and its name: only kinds that open nowhere in a browser as a page of ours."""

from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

SIGNATURES: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}
OFFICE = "application/vnd.openxmlformats-officedocument"
OFFICE_FILES: dict[str, tuple[str, str]] = {
    ".docx": ("word/document.xml", f"{OFFICE}.wordprocessingml.document"),
    ".xlsx": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet"),
    ".pptx": ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation"),
}
"""The part that makes a zip one of them."""
TEXTS = {".txt": "text/plain", ".csv": "text/csv"}
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}
"""Bytes that no text has."""


def media_type_of(name: str, data: bytes) -> str | None:
    """The type of a file whose name and content agree, None for any other."""
    ending = PurePath(name.casefold()).suffix
    if ending in SIGNATURES:
        start, media_type = SIGNATURES[ending]
        return media_type if data.startswith(start) else None
    if ending in OFFICE_FILES:
        part, media_type = OFFICE_FILES[ending]
        return media_type if _is_office_file(data, part) else None
    return TEXTS[ending] if ending in TEXTS and _is_text(data) else None


def _is_office_file(data: bytes, part: str) -> bool:
    """Only the list of names is read, so nothing is unpacked. One with macros is none."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    return {"[content_types].xml", part} <= names and not any(name.endswith("vbaproject.bin") for name in names)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return CONTROLS.isdisjoint(data)
