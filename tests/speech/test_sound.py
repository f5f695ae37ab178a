"""An MP3 that phones play whole: equally loud, with a margin, never of silence."""

from io import BytesIO

import numpy as np
import pytest
import soundfile

from trainer.speech.sound import MARGIN, PEAK, CannotSpeak, Sound, decode_mp3, encode_mp3, halve_rate


def tone(hertz: float, *, volume: float = 0.5, seconds: float = 1.0, rate: int = 24000) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    return Sound((volume * np.sin(2 * np.pi * hertz * time)).astype(np.float32), rate)


def silence(seconds: float, rate: int = 24000) -> Sound:
    return Sound(np.zeros(round(seconds * rate), np.float32), rate)


@pytest.mark.parametrize("volume", [0.01, 0.5, 1.7])
def test_all_voices_are_made_equally_loud(volume: float) -> None:
    sound = decode_mp3(encode_mp3(tone(440, volume=volume)))

    settled = sound.samples[sound.rate // 2 : sound.rate]
    assert np.abs(settled).max() == pytest.approx(PEAK, rel=0.1)


@pytest.mark.parametrize("before", [0.0, 0.02, 0.7])
def test_speech_starts_and_ends_after_the_margin_whatever_the_engine_gives(before: float) -> None:
    given = np.concatenate([silence(before).samples, tone(440).samples, silence(before).samples])

    sound = decode_mp3(encode_mp3(Sound(given, 24000)))

    heard = np.flatnonzero(np.abs(sound.samples) > 0.1) / sound.rate
    assert heard[0] == pytest.approx(MARGIN, abs=0.02)
    assert sound.samples.size / sound.rate - heard[-1] == pytest.approx(MARGIN, abs=0.02)


@pytest.mark.parametrize("rate", [16000, 22050, 24000])
def test_the_file_is_a_mono_mp3_of_the_same_rate(rate: int) -> None:
    data = encode_mp3(tone(440, rate=rate))

    info = soundfile.info(BytesIO(data))
    assert (info.format, info.channels, info.samplerate) == ("MP3", 1, rate)


@pytest.mark.parametrize(
    "sound",
    [
        silence(0),
        silence(1),
        tone(440, volume=0.0001),
        tone(440, seconds=0.01),
        Sound(np.array([np.nan], np.float32), 24000),
    ],
)
def test_silence_is_not_made_a_file(sound: Sound) -> None:
    with pytest.raises(CannotSpeak):
        encode_mp3(sound)


@pytest.mark.parametrize(
    "data", [b"", b"<html>" * 100, b"\xff\xfb" + bytes(50), b"\xff\xfb" + bytes(5000), b"ID3" + bytes(500)]
)
def test_what_is_no_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(CannotSpeak):
        decode_mp3(data)


def test_halving_the_rate_keeps_speech_and_removes_what_would_fold_into_it() -> None:
    low = halve_rate(tone(5000, rate=48000)).samples[200:-200]
    high = halve_rate(tone(15000, rate=48000)).samples[200:-200]

    assert np.abs(low).max() == pytest.approx(0.5, rel=0.01)
    assert np.abs(high).max() < 0.0005
