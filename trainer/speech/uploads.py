"""Makes a recording that somebody uploads fit to be played: checked, cut to the speech, equally loud, as MP3."""

import struct
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
import soundfile

from trainer.speech.sound import MARGIN, Sound, resample, write_mp3
from trainer.speech.wav import chunks, is_wav

MAX_BYTES = 5_000_000
MAX_SECONDS = 15
MIN_SECONDS = 0.3
"""Of speech."""
RATES = range(8_000, 192_001)
CHANNELS = (1, 2)
RATE = 24_000

LOUDNESS = 0.1
"""The root mean square of what is spoken, -20 dBFS: as loud as the synthetic voices."""
LOUDEST_PEAK = 0.89
"""-1 dBFS."""
FAINTEST_PEAK = 0.01
"""-40 dBFS: what is softer would be mostly noise when it is made as loud as the others."""
CLIPPED = 0.999
MAX_CLIPPED = 0.01
"""The share of samples at the very limit from which on a recording sounds broken."""
FRAME = 0.01
SPOKEN_BELOW_PEAK = 30.0
"""Decibels below the loudest moment that still count as speech."""

FORMATS = {"WAV", "WAVEX", "FLAC", "OGG", "MP3", "MPEG"}


class BadUpload(Exception):
    """The recording cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An MP3 that is fit to be played."""

    data: bytes
    seconds: float


def upload_from(data: bytes) -> Upload:
    """The recording in a WAV, MP3, FLAC or OGG file. Raises `BadUpload`."""
    _check_file(data)
    speech = _made_loud(_cut(_checked(_read(data))))
    return Upload(write_mp3(speech), round(speech.samples.size / speech.rate, 2))


def _check_file(data: bytes) -> None:
    if not data:
        raise BadUpload("The file is empty. Choose the file with your recording.")
    if len(data) > MAX_BYTES:
        raise BadUpload(f"The file has {len(data) / 1e6:.1f} MB. Send {MAX_BYTES // 1_000_000} MB at most.")
    is_mp3 = data[:3] == b"ID3" or (data[0] == 0xFF and data[1:2] != b"" and data[1] & 0xE0 == 0xE0)
    if not (is_wav(data) or is_mp3 or data[:4] in (b"fLaC", b"OggS")):
        raise BadUpload("This is no sound file that can be used. Save the recording as WAV, MP3, FLAC or OGG.")
    if is_wav(data):
        _check_wav(data)


def _check_wav(data: bytes) -> None:
    """Believe the header only as far as the file goes: readers differ in what they make of one that lies."""
    a_second = 0
    for name, start, size in chunks(data):
        if name == b"fmt " and start + 16 <= len(data):
            a_second = struct.unpack_from("<I", data, start + 8)[0]
        if name == b"data":
            if a_second and size / a_second > MAX_SECONDS:
                raise BadUpload(_too_long(size / a_second))
            if start + size > len(data):
                raise BadUpload("The file is cut off: its beginning promises more than there is. Save it again.")


def _read(data: bytes) -> Sound:
    """Never more than is allowed, whatever the header says."""
    try:
        with soundfile.SoundFile(BytesIO(data)) as file:
            if file.format not in FORMATS:
                raise BadUpload(f"{file.format} is not taken. Save the recording as WAV, MP3, FLAC or OGG.")
            if file.samplerate not in RATES or file.channels not in CHANNELS:
                raise BadUpload(
                    f"{file.channels} channels of {file.samplerate} Hz are not taken. Record in mono or stereo at "
                    "44.1 or 48 kHz."
                )
            samples = file.read(MAX_SECONDS * file.samplerate + 1, dtype="float32", always_2d=True)
            rate = int(file.samplerate)
            if len(samples) > MAX_SECONDS * rate:
                raise BadUpload(_too_long(max(file.frames, len(samples)) / rate))
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
        raise BadUpload("The file is broken and cannot be played. Save the recording again.") from error
    return Sound(samples.mean(axis=1), rate)


def _too_long(seconds: float) -> str:
    return f"The recording lasts {lasting(seconds)}. A phrase lasts {MAX_SECONDS} seconds at most: cut out the rest."


def lasting(seconds: float) -> str:
    """In words; files may say that they last for hours."""
    return f"{seconds / 3600:.1f} hours" if seconds >= 3600 else f"{seconds:.0f} seconds"


def _checked(sound: Sound) -> Sound:
    level = np.abs(sound.samples)
    if not np.isfinite(level).all():
        raise BadUpload("The file is broken and cannot be played. Save the recording again.")
    if level.max(initial=0.0) < FAINTEST_PEAK:
        raise BadUpload("Nothing is heard, or too softly. Record nearer to the microphone.")
    if (level >= CLIPPED).mean() > MAX_CLIPPED:
        raise BadUpload("The recording is too loud and sounds broken. Turn the microphone down and record again.")
    return sound


def _cut(sound: Sound) -> Sound:
    """From just before the first sound to just after the last, with one margin for all voices."""
    loud = np.flatnonzero(_loudness(sound) > 10 ** (-SPOKEN_BELOW_PEAK / 20))
    frame = round(FRAME * sound.rate)
    start, end = loud[0] * frame, (loud[-1] + 1) * frame
    if end - start < MIN_SECONDS * sound.rate:
        raise BadUpload("There is a click and no speech. Record the whole phrase.")
    margin = round(MARGIN * sound.rate)
    padded = np.pad(sound.samples, margin)
    return resample(Sound(padded[start : end + 2 * margin], sound.rate), RATE)


def _loudness(sound: Sound) -> npt.NDArray[np.float32]:
    """Of each frame, with the loudest at 1."""
    frame = round(FRAME * sound.rate)
    whole = np.pad(sound.samples, (0, -sound.samples.size % frame)).reshape(-1, frame)
    found = np.sqrt((whole.astype(np.float64) ** 2).mean(axis=1))
    share: npt.NDArray[np.float32] = (found / found.max()).astype(np.float32)
    return share


def _made_loud(sound: Sound) -> Sound:
    """As loud as the others while it is spoken; pauses do not count, and no peak is cut."""
    frame = round(FRAME * sound.rate)
    spoken = np.repeat(_loudness(sound) > 10 ** (-SPOKEN_BELOW_PEAK / 20), frame)[: sound.samples.size]
    now = float(np.sqrt((sound.samples[spoken].astype(np.float64) ** 2).mean()))
    gain = min(LOUDNESS / now, LOUDEST_PEAK / float(np.abs(sound.samples).max()))
    return Sound((sound.samples * gain).astype(np.float32), sound.rate)
