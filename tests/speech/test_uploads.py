"""A person's recording is made fit to be played, or refused in words that say why and what to do."""

import struct
from io import BytesIO
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from trainer.speech.sound import MARGIN, decode_mp3
from trainer.speech.uploads import LOUDEST_PEAK, LOUDNESS, MAX_BYTES, BadUpload, upload_from

Samples = npt.NDArray[np.float64]
RATE = 48000


def speech(seconds: float = 1.0, *, volume: float = 0.2, rate: int = RATE) -> Samples:
    """Something with the ups and downs of speech."""
    time = np.arange(round(seconds * rate)) / rate
    return np.asarray(volume * np.sin(2 * np.pi * 220 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)))


def file_of(samples: Samples, form: str = "WAV", *, rate: int = RATE, subtype: str | None = None) -> bytes:
    file = BytesIO()
    soundfile.write(file, samples, rate, format=form, subtype=subtype)
    return file.getvalue()


def wav_header(rate: int, size: int, *, bits: int = 16) -> bytes:
    """The beginning of a mono WAV file that says it holds so many bytes of sound."""
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * bits // 8, bits // 8, bits)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + size)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", size)
    )


@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG", "MP3"])
@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_each_format_becomes_an_mp3_of_the_same_length(form: str, rate: int) -> None:
    upload = upload_from(file_of(speech(rate=rate), form, rate=rate))

    sound = decode_mp3(upload.data)
    assert sound.rate == 24000
    assert sound.samples.size / sound.rate == pytest.approx(1 + 2 * MARGIN, abs=0.15)
    assert upload.seconds == pytest.approx(sound.samples.size / sound.rate, abs=0.1)


@pytest.mark.parametrize("volume", [0.02, 0.2, 0.9])
def test_it_is_made_as_loud_as_the_others(volume: float) -> None:
    sound = decode_mp3(upload_from(file_of(speech(volume=volume))).data)

    spoken = sound.samples[sound.rate // 4 : sound.rate]
    assert np.sqrt((spoken**2).mean()) == pytest.approx(LOUDNESS, rel=0.1)


def test_no_peak_is_cut_when_it_is_made_louder() -> None:
    knock = speech(volume=0.1)
    knock[RATE // 2 : RATE // 2 + 480] = 0.9 * np.sin(2 * np.pi * 3000 / RATE * np.arange(480))

    sound = decode_mp3(upload_from(file_of(knock)).data)

    assert np.abs(sound.samples).max() == pytest.approx(LOUDEST_PEAK, rel=0.12)


def test_silence_at_both_ends_is_cut_off() -> None:
    hiss = np.random.default_rng(1).normal(0, 0.0005, 3 * RATE)
    hiss[RATE : 2 * RATE] += speech()

    assert upload_from(file_of(hiss)).seconds == pytest.approx(1 + 2 * MARGIN, abs=0.1)


def test_stereo_is_mixed() -> None:
    both = np.column_stack([speech(), np.zeros(RATE)])

    assert upload_from(file_of(both)).seconds == pytest.approx(1 + 2 * MARGIN, abs=0.1)


REFUSED = {
    "nothing": (b"", "empty"),
    "zero bytes": (bytes(5000), "no sound file"),
    "random bytes": (Random(1).randbytes(5000), "no sound file"),
    "a page": (b"<html>hello</html>" * 100, "no sound file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "no sound file"),
    "an AIFF file": (file_of(speech(), "AIFF"), "no sound file"),
    "a video": (b"\x1aE\xdf\xa3" + bytes(500), "no sound file"),
    "only the name of WAV": (b"RIFF\x00\x00\x00\x00WAVE", "broken"),
    "random bytes in a WAV": (b"RIFF\x10\x00\x00\x00WAVE" + Random(2).randbytes(5000), "broken"),
    "random bytes in an MP3": (b"\xff\xfb\x90\x00" + Random(3).randbytes(5000), "broken"),
    "random bytes in an OGG": (b"OggS" + Random(4).randbytes(5000), "broken"),
    "random bytes in a FLAC": (b"fLaC" + Random(5).randbytes(5000), "broken"),
    "a header of three hours": (wav_header(48000, 3 * 3600 * 96000) + bytes(9600), "3.0 hours"),
    "more promised than there is": (wav_header(48000, 96000) + bytes(9600), "cut off"),
    "half a file": (file_of(speech())[: RATE // 2], "cut off"),
    "too long": (file_of(speech(15.2)), "15 seconds at most"),
    "too long an OGG": (file_of(speech(16), "OGG"), "15 seconds at most"),
    "too long an MP3": (file_of(speech(16), "MP3"), "15 seconds at most"),
    "three channels": (file_of(np.column_stack([speech()] * 3)), "3 channels"),
    "a rate that nobody records at": (file_of(speech(rate=4000), rate=4000), "4000 Hz"),
    "silence": (file_of(np.zeros(RATE)), "Nothing is heard"),
    "a whisper far away": (file_of(speech(volume=0.005)), "Nothing is heard"),
    "a click": (file_of(np.concatenate([np.zeros(RATE), speech(0.05), np.zeros(RATE)])), "no speech"),
    "far too loud": (file_of(np.clip(speech(volume=5), -1, 1)), "too loud"),
    "what is no number": (file_of(np.full(RATE, np.nan), subtype="FLOAT"), "broken"),
    "a speech without end": (file_of(speech()) + bytes(MAX_BYTES), "MB at most"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_played_is_refused_in_clear_words(data: bytes, words: str) -> None:
    with pytest.raises(BadUpload, match=words):
        upload_from(data)
