"""PDF read by Poppler's programs, which know nothing of how it was written."""

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory


def text_of(pdf: bytes) -> str:
    """What a reader copies: without the signs by which Poppler marks direction, pages parted by form feeds."""
    return re.sub("[\u200b\u202a-\u202e]", "", _ask(pdf, "pdftotext", "FILE", "-"))


def words_of(pdf: bytes) -> str:
    """The text with each gap as one space, so that it does not matter where lines end."""
    return " ".join(text_of(pdf).split())


def pages_of(pdf: bytes) -> list[str]:
    return text_of(pdf).split("\f")[:-1]


def structure_of(pdf: bytes) -> list[str]:
    """The tags and their text, a line each. Poppler gives a heading's title twice, once as UTF-16."""
    return [line.strip() for line in _ask(pdf, "pdfinfo", "-struct-text", "FILE").splitlines()]


def facts_of(pdf: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in _ask(pdf, "pdfinfo", "FILE").splitlines())
    return {name: value.strip() for name, _, value in lines}


def metadata_of(pdf: bytes) -> str:
    return _ask(pdf, "pdfinfo", "-meta", "FILE")


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Name of each font, without the tag of its subset, and whether it is in the file."""
    lines = _ask(pdf, "pdffonts", "FILE").splitlines()[2:]
    return {line.split()[0].partition("+")[2]: line.split()[-5] == "yes" for line in lines}


def edges_of(pdf: bytes) -> list[tuple[float, float]]:
    """Where each word begins and ends on the line, in points from the left edge of the page."""
    found = re.findall(
        r'<word xMin="(-?[\d.]+)" yMin="[-\d.]+" xMax="(-?[\d.]+)"', _ask(pdf, "pdftotext", "-bbox", "FILE", "-")
    )
    return [(float(begin), float(end)) for begin, end in found]


def picture_of(pdf: bytes) -> bytes:
    """The first page as the bytes of a picture."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "60", "-singlefile", str(path), str(path.with_suffix(""))], check=True)
        return path.with_suffix(".ppm").read_bytes()


def _ask(pdf: bytes, program: str, *arguments: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = [program, *(str(path) if each == "FILE" else each for each in arguments)]
        done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")
