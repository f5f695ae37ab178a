"""One kind of file is read, and everything else is refused in words; nothing makes it fail otherwise."""

import struct
from io import BytesIO
from random import Random

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.speech.hearing.conftest import RATE, hiss, voice
from trainer.speech.hearing import MAX_BYTES, MAX_SECONDS, BadSound, Sound, read_take


def wav(samples: np.ndarray[tuple[int, ...], np.dtype[np.float32]], **form: object) -> bytes:
    file = BytesIO()
    soundfile.write(file, samples, **{"samplerate": RATE, "format": "WAV", "subtype": "PCM_16", **form})
    return file.getvalue()


def header(*, size: int, form: int = 1, channels: int = 1, rate: int = RATE, bits: int = 16) -> bytes:
    a_sample = channels * bits // 8
    shape = struct.pack("<HHIIHH", form, channels, rate, rate * a_sample, a_sample, bits)
    parts = struct.pack("<4sI", b"fmt ", len(shape)) + shape + struct.pack("<4sI", b"data", size)
    return struct.pack("<4sI4s", b"RIFF", (36 + size) % 2**32, b"WAVE") + parts


def test_a_take_of_the_page_is_read_as_it_is() -> None:
    samples = voice(200)

    take = read_take(wav(samples))

    assert take.rate == RATE
    assert np.abs(take.samples - samples).max() < 2 / 2**15


def test_parts_that_are_not_needed_are_passed_over() -> None:
    plain = wav(voice(200))
    strange = plain[:12] + struct.pack("<4sI", b"LIST", 3) + b"abc\0" + plain[12:]

    assert read_take(strange).samples.size == RATE


def test_the_longest_take_is_read() -> None:
    assert read_take(wav(hiss(MAX_SECONDS))).samples.size == MAX_SECONDS * RATE


REFUSED = {
    "nothing": (b"", "empty"),
    "zero bytes": (bytes(5000), "no WAV"),
    "random bytes": (Random(1).randbytes(5000), "no WAV"),
    "a page": (b"<html>hello</html>" * 100, "no WAV"),
    "webm, as browsers record it": (b"\x1aE\xdf\xa3" + bytes(500), "no WAV"),
    "FLAC": (wav(voice(200), format="FLAC"), "no WAV"),
    "MP3": (b"\xff\xf3\x84\xc4" + bytes(500), "no WAV"),
    "only the name of WAV": (b"RIFF\x00\x00\x00\x00WAVE", "holds no sound"),
    "a form that is cut off": (b"RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00", "does not say"),
    "random bytes in a WAV": (b"RIFF\x10\x00\x00\x00WAVE" + Random(2).randbytes(5000), "broken"),
    "three hours by its header": (header(size=3 * 3600 * RATE * 2) + bytes(9600), "3.0 hours"),
    "the most that a header can say": (header(size=2**32 - 1) + bytes(9600), "hours"),
    "too long by little": (wav(hiss(15.1)), "15 seconds at most"),
    "more promised than there is": (header(size=9600) + bytes(960), "cut off"),
    "half a sample": (header(size=961) + bytes(961), "cut off"),
    "no sample": (header(size=0), "empty"),
    "stereo": (wav(np.column_stack([voice(200)] * 2)), "2 channels"),
    "another rate": (wav(voice(200), samplerate=48000), "48000 Hz"),
    "eight bits": (wav(voice(200), subtype="PCM_U8"), "8 bits"),
    "floating point": (wav(voice(200), subtype="FLOAT"), "32 bits"),
    "a file without end": (wav(voice(200)) + bytes(MAX_BYTES), "MB"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused_in_clear_words(data: bytes, words: str) -> None:
    with pytest.raises(BadSound, match=words):
        read_take(data)


def outcome(data: bytes) -> Sound | str:
    """What is read, or the words of the refusal."""
    try:
        return read_take(data)
    except BadSound as refused:
        return str(refused)


@given(st.binary(max_size=400), st.sampled_from([b"", b"RIFF\0\0\0\0WAVE", header(size=64)]))
@settings(max_examples=300)
def test_whatever_is_sent_is_a_sound_or_refused(data: bytes, beginning: bytes) -> None:
    found = outcome(beginning + data)

    if isinstance(found, Sound):
        assert found.rate == RATE
        assert np.abs(found.samples).max() <= 1
    else:
        assert found.endswith(".")


@given(st.integers(0, 60), st.integers(0, 255))
@settings(max_examples=200)
def test_a_take_with_one_wrong_byte_is_a_sound_or_refused(place: int, value: int) -> None:
    data = bytearray(wav(voice(200, 0.05)))
    data[place] = value

    found = outcome(bytes(data))

    assert isinstance(found, Sound) or found.endswith(".")
