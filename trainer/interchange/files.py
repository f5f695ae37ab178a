"""The door of this package: a file of any format that is read."""

from collections.abc import Callable

from trainer.interchange.aiken import read_aiken
from trainer.interchange.gift.reading import read_gift
from trainer.interchange.moodle.reading import read_moodle_xml
from trainer.interchange.phrases import PhraseReading, read_phrases
from trainer.interchange.qti.package import read_qti
from trainer.interchange.readings import Reading
from trainer.interchange.sniffing import AUTO, FileFormat, format_named, sniff

_READERS: dict[FileFormat, Callable[[bytes], Reading | PhraseReading]] = {
    FileFormat.GIFT: read_gift,
    FileFormat.MOODLE_XML: read_moodle_xml,
    FileFormat.AIKEN: read_aiken,
    FileFormat.QTI: read_qti,
    FileFormat.PHRASES: read_phrases,
}


def format_of(data: bytes, named: str = AUTO) -> FileFormat:
    """The format named or found out; raises UnreadableFile, which says what to do."""
    return format_named(named) or sniff(data)


def read_file(data: bytes, named: str = AUTO) -> Reading | PhraseReading:
    """What the file holds, in the format named or found out; raises UnreadableFile, which says what to do."""
    return _READERS[format_of(data, named)](data)
