"""The fonts that paper is set in, out of Python packages: Noto for the world's scripts, and what they can show."""

import re
import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import typst

from trainer.paper.words import UNKNOWN, UNSEEN

PACKAGES = ("manimgx_fonts", "noto_cjk_sans_jp_regular", "fontpkg_almarai")
"""Noto Sans for 21 scripts, with symbols and emoji; Noto Sans CJK, with the glyph forms of Japan, China and Korea;
Almarai, whose Arabic letters are one glyph each and so can be copied and read aloud, which those of Noto are not."""
_UNICODE_TABLES = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
"""Platform and encoding of the tables that map Unicode."""
_EVERY_FONT = (1 << 32) - 1


@cache
def packaged_fonts() -> typst.Fonts:
    """The packages' fonts and those inside of typst; never the system's, so that paper looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(font_folders()))


@cache
def font_folders() -> tuple[Path, ...]:
    return tuple(_folder_of(package) for package in PACKAGES)


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the fonts of {package} are not there: run python3 dev.py setup")
    return Path(spec.submodule_search_locations[0])


def showable(text: str) -> str:
    """The text with a mark for each character that no font has: a tagged PDF must not hold what cannot be seen.

    A sign over a letter stays when one font has both.
    """
    fonts = _fonts_by_character()
    shown: list[str] = []
    common = _EVERY_FONT
    for character in text:
        those_with_it = int(fonts[ord(character)])
        if shown and unicodedata.category(character).startswith("M"):
            shown.append(character if common & those_with_it else "")
            common = common & those_with_it or common
        else:
            common = those_with_it or int(fonts[ord(UNKNOWN)])
            shown.append(character if those_with_it else UNKNOWN)
    return "".join(shown)


@cache
def _fonts_by_character() -> npt.NDArray[np.uint32]:
    """For each code point, a bit for each family that has it."""
    fonts = np.zeros(0x110000, dtype=np.uint32)
    paths = [path for folder in font_folders() for path in folder.rglob("*.?tf")]
    families = sorted({_family_of(path) for path in paths})
    for path in paths:
        bit = np.uint32(1 << families.index(_family_of(path)))
        for first, last in _ranges(_character_map(path)):
            fonts[first : last + 1] |= bit
    fonts[[ord(character) for character in UNSEEN]] = _EVERY_FONT
    return fonts


def _family_of(path: Path) -> str:
    return re.split("[-[.]", path.name)[0]


def _character_map(path: Path) -> bytes:
    """The table `cmap` of an OpenType font."""
    with path.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        for _ in range(count):
            tag, offset, length = struct.unpack(">4s4xII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                return file.read(length)
    raise ValueError(f"{path.name} maps no characters")


def _ranges(table: bytes) -> list[tuple[int, int]]:
    """First and last code point of each run that the map has."""
    (count,) = struct.unpack_from(">2xH", table)
    found: list[tuple[int, int]] = []
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        if (platform, encoding) not in _UNICODE_TABLES:
            continue
        (form,) = struct.unpack_from(">H", table, offset)
        found += _segments(table, offset) if form == 4 else _groups(table, offset) if form == 12 else []
    return found


def _segments(table: bytes, offset: int) -> list[tuple[int, int]]:
    """Of format 4, for the first plane: ends, two bytes, starts."""
    (count,) = struct.unpack_from(">6xH", table, offset)
    count //= 2
    ends = struct.unpack_from(f">{count}H", table, offset + 14)
    starts = struct.unpack_from(f">{count}H", table, offset + 16 + 2 * count)
    return [pair for pair in zip(starts, ends, strict=True) if pair[0] != 0xFFFF]


def _groups(table: bytes, offset: int) -> list[tuple[int, int]]:
    """Of format 12, for all planes."""
    (count,) = struct.unpack_from(">12xI", table, offset)
    return [struct.unpack_from(">II", table, offset + 16 + 12 * number) for number in range(count)]
