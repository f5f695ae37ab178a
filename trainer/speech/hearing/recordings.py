"""Reads what a learner's browser sends, which is one kind of file only; all else is refused in words."""

import struct

import numpy as np

from trainer.speech.sound import Sound
from trainer.speech.uploads import lasting
from trainer.speech.wav import chunks, is_wav

RATE = 16_000
MAX_SECONDS = 15
MAX_BYTES = 600_000
"""Of a file: 15 seconds take 480 kB."""
_PCM, _BITS, _CHANNELS = 1, 16, 1
_BYTES = _BITS // 8
_FORM = struct.Struct("<HHIIHH")

AGAIN = "Record the phrase again."


class BadSound(Exception):
    """Not a sound that can be analysed; the message says why and what to do."""


def read_take(data: bytes) -> Sound:
    """The sound of a WAV file with 16 bits, one channel and 16 kHz, the only one that the page sends.

    Raises `BadSound`. The header is believed only as far as the file goes.
    """
    if not data:
        raise BadSound(f"The recording is empty. {AGAIN}")
    if len(data) > MAX_BYTES:
        raise BadSound(
            f"The recording has {len(data) / 1e6:.1f} MB, too much for {MAX_SECONDS} seconds. Record a shorter one."
        )
    if not is_wav(data):
        raise BadSound("This is no WAV recording. Record with the button on the page.")
    start, size = _place_of_samples(data)
    samples = np.frombuffer(data, "<i2", size // _BYTES, start)
    return Sound((samples / 2**15).astype(np.float32), RATE)


def _place_of_samples(data: bytes) -> tuple[int, int]:
    """Where they start and how many bytes they are."""
    has_form = False
    for name, start, size in chunks(data):
        if name == b"fmt ":
            _check_form(data, start, size)
            has_form = True
        elif name == b"data" and has_form:
            _check_size(len(data) - start, size)
            return start, size
    raise BadSound(f"The recording is broken: it holds no sound. {AGAIN}")


def _check_form(data: bytes, start: int, size: int) -> None:
    if size < _FORM.size or start + _FORM.size > len(data):
        raise BadSound(f"The recording is broken: it does not say how it was made. {AGAIN}")
    form, channels, rate, _, _, bits = _FORM.unpack_from(data, start)
    if (form, channels, rate, bits) != (_PCM, _CHANNELS, RATE, _BITS):
        raise BadSound(
            "The recording is no mono WAV of 16 bits and 16 kHz "
            f"(it says {channels} channels, {rate} Hz, {bits} bits). Record with the button on the page."
        )


def _check_size(there: int, promised: int) -> None:
    seconds = promised / _BYTES / RATE
    if seconds > MAX_SECONDS:
        raise BadSound(
            f"The recording lasts {lasting(seconds)}. {MAX_SECONDS} seconds at most are heard: record a shorter one."
        )
    if promised > there or promised % _BYTES:
        raise BadSound(f"The recording is cut off: its beginning promises more than there is. {AGAIN}")
    if not promised:
        raise BadSound(f"The recording is empty. {AGAIN}")
