"""The parts of a WAV file, as its header tells them: nothing here believes that they are there."""

import struct
from collections.abc import Iterator


def is_wav(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name of each part, where it starts and how long it says it is, which may be more than there is."""
    place = 12
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        yield name, place + 8, size
        place += 8 + size + size % 2
