"""From bytes to text: UTF-8 and marked UTF-16, and a plain word about everything else."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from re import compile as pattern_of

from trainer.interchange import limits
from trainer.interchange.readings import HostileFile, UnreadableFile

ZIP_MARK = b"PK\x03\x04"
_NONCHARACTERS = pattern_of("[\ufdd0-\ufdef]")
_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))


def check_size(data: bytes) -> None:
    if len(data) > limits.MAX_FILE_BYTES:
        raise HostileFile(
            f"The file is larger than {limits.MAX_FILE_BYTES // 1024 // 1024} MB. "
            "Split it, or leave pictures and sounds out of it."
        )


def decode(data: bytes, *, any_line: bool = False) -> str:
    """The text of a file; raises UnreadableFile with what to do, never guesses an old encoding.

    Lines of XML may be of any length: a picture packed into the text is one.
    """
    check_size(data)
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableFile("This is not a text file. Export the questions as text, XML or a zip package.")
    if not any_line and any(len(line) > limits.MAX_LINE_CHARACTERS for line in text.split("\n")):
        raise HostileFile(
            "A line of the file is longer than a megabyte. Export the questions again, with line breaks between."
        )
    return _NONCHARACTERS.sub("\ufffd", text)


def _decoded(data: bytes) -> str:
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        raise UnreadableFile("The file is saved as UTF-32. Open it in your editor and save it as UTF-8.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    return _strictly(data, "utf-8")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data[:1000] and encoding == "utf-8":
            raise UnreadableFile(
                "This is not a text file, or it is UTF-16 without its mark. Save it as UTF-8 and try again."
            ) from error
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding == "utf-8" else "UTF-16"
        raise UnreadableFile(
            f"The file is not {name}: line {line} has a byte that does not fit. Was it saved as Windows-1252, Latin-1 "
            "or Shift-JIS? Open it in the program that made it, choose “Save as … UTF-8”, and try again."
        ) from error
