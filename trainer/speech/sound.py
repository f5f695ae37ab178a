"""What an engine says, and the MP3 that a browser plays."""

import math
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
import soundfile

PEAK = 0.708
"""-3 dBFS: all voices are equally loud, and no player clips."""
MARGIN = 0.1
"""Seconds before and after the speech: phones swallow the first moments of a sound."""
COMPRESSION = 0.9
"""Of libsndfile's 0 to 1; about 30 kbit/s for speech."""
ENCODING = ("mp3", "vbr", COMPRESSION, PEAK, MARGIN)
"""Whatever changes the bytes of a file, so that its key changes with it."""

_AUDIBLE = 0.005  # of the peak; what is softer at either end is silence
_FAINTEST_PEAK = 0.001
_SHORTEST = 0.05
_TAPS = 127
_AROUND = 1024
"""Samples of silence after the last, so that the end does not ring into the beginning."""


class CannotSpeak(Exception):
    """No speech could be made; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of samples around 0, of any volume; `rate` is a second's, and one that MP3 knows."""

    samples: npt.NDArray[np.float32]
    rate: int


def encode_mp3(sound: Sound) -> bytes:
    """Speech as MP3 with the margins and the volume of all. Raises `CannotSpeak` if nothing is heard."""
    level = np.abs(sound.samples)
    peak = float(level.max(initial=0.0))
    if not _FAINTEST_PEAK < peak < np.inf:
        raise CannotSpeak("the voice stayed silent")
    heard = np.flatnonzero(level > peak * _AUDIBLE)
    if heard[-1] - heard[0] < _SHORTEST * sound.rate:
        raise CannotSpeak("the voice gave a click instead of speech")
    margin = round(MARGIN * sound.rate)
    padded = np.pad(sound.samples * (PEAK / peak), margin)
    return write_mp3(Sound(padded[heard[0] : heard[-1] + 2 * margin + 1].astype(np.float32), sound.rate))


def write_mp3(sound: Sound) -> bytes:
    """The sound as it is, as MP3."""
    file = BytesIO()
    soundfile.write(
        file,
        sound.samples,
        sound.rate,
        format="MP3",
        subtype="MPEG_LAYER_III",
        compression_level=COMPRESSION,
        bitrate_mode="VARIABLE",
    )
    return file.getvalue()


def decode_mp3(data: bytes) -> Sound:
    """The sound of an MP3 file that came from elsewhere. Raises `CannotSpeak` if it is none."""
    if not _looks_like_mp3(data):
        raise CannotSpeak("the answer holds no MP3")
    try:
        samples, rate = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise CannotSpeak(f"the answer holds a broken MP3 ({error})") from error
    return Sound(samples.mean(axis=1), rate)


def join(sounds: list[Sound]) -> Sound:
    """One after the other; all of one rate."""
    return Sound(np.concatenate([sound.samples for sound in sounds]), sounds[0].rate)


def halve_rate(sound: Sound) -> Sound:
    """Half as many samples a second; what they cannot carry is filtered out first (more than 60 dB down)."""
    time = np.arange(_TAPS) - (_TAPS - 1) / 2
    low_pass = np.sinc(0.46 * time) * np.kaiser(_TAPS, 8)
    filtered = np.convolve(sound.samples, low_pass / low_pass.sum(), "same")
    return Sound(filtered[::2].astype(np.float32), sound.rate // 2)


def resample(sound: Sound, rate: int) -> Sound:
    """The same at another rate, by its spectrum: what the lower rate of the two cannot carry is cut off."""
    if sound.rate == rate:
        return sound
    common = math.gcd(sound.rate, rate)
    step, into = sound.rate // common, rate // common
    length = -(-(sound.samples.size + _AROUND) // step)
    spectrum = np.fft.rfft(sound.samples, length * step)
    found = np.fft.irfft(spectrum[: length * into // 2 + 1], length * into) * (into / step)
    return Sound(found[: int(sound.samples.size * into / step)].astype(np.float32), rate)


def _looks_like_mp3(data: bytes) -> bool:
    return len(data) > 100 and (data[:3] == b"ID3" or (data[0] == 0xFF and data[1] & 0xE0 == 0xE0))
