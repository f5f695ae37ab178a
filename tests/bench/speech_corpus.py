"""Makes a folder for `flask evaluate-speech`: `python tests/bench/speech_corpus.py DIR [--lang fr --lang ja ...]`.

Nobody's voice is in it. The learners are engines other than the reference's (where there is none, as for Korean, other
voices of the same), men and women, slow and quick, with noise 15 dB below them, saying the phrase or another one; and
junk: noise, hum, claps, speech played backwards.
"""

import argparse
import csv
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import numpy.typing as npt
import soundfile

from app import ROOT
from tests.bench.speech_lines import LINES
from trainer.catalog import inspect_catalog
from trainer.speech import CannotSpeak, Line
from trainer.speech.engines import Engine, Utterance
from trainer.speech.espeak import Espeak
from trainer.speech.hearing.evaluation import COLUMNS, JUNK, LABELS
from trainer.speech.kokoro import Kokoro
from trainer.speech.lines import line_of
from trainer.speech.openjtalk import OpenJTalk
from trainer.speech.pico import Pico
from trainer.speech.shipped import NORMAL, Shipped
from trainer.speech.sound import Sound, encode_mp3, resample

RATE = 16_000
PHRASES = 12
OTHERS = (1, 4, 7)
"""How far on in the list the phrases stand that a learner says by mistake."""
NOISE_BELOW = 15.0
ROOM = 0.0005
"""The volume of a quiet room."""
SHIPPED = "shipped"
REFERENCES: Mapping[str, Sequence[str]] = {
    "en": ("kokoro", "pico", "espeak"),
    "fr": (SHIPPED, "pico"),
    "ja": (SHIPPED,),
    "zh": ("kokoro", "espeak"),
    "de": ("pico", "espeak"),
    "es": ("kokoro", "pico"),
    "it": ("kokoro", "pico"),
    "pt-BR": ("kokoro", "espeak"),
    "hi": ("kokoro", "espeak"),
    "ko": ("espeak",),
    "vi": ("espeak",),
    "ar": ("espeak",),
}
KOKORO = {
    "en": ("am_michael", "bf_emma"),
    "es": ("em_alex",),
    "hi": ("hm_omega",),
    "it": ("im_nicola",),
    "ja": ("jf_alpha", "jm_kumo"),
    "pt-BR": ("pm_alex",),
    "zh": ("zm_yunxi", "zf_xiaoni"),
}

Samples = npt.NDArray[np.float32]
Speak = Callable[[Utterance], Sound]


class EspeakVoices(Espeak):
    def speak(self, voice: str, rate: int, utterance: Utterance) -> Sound:
        with TemporaryDirectory() as folder:
            wav = Path(folder, "speech.wav")
            text = utterance.reading if utterance.reading and utterance.lang == "ja" else utterance.text
            self._run([voice, str(rate), str(wav)], text)
            return Sound(*soundfile.read(wav, dtype="float32"))


class OpenJTalkVoices(OpenJTalk):
    def speak(self, speed: float, half_tones: float, utterance: Utterance) -> Sound:
        labels = self._jtalk.make_label(self._features(utterance))
        samples, rate = self._jtalk.synthesize(labels, speed=speed, half_tone=half_tones)
        return Sound((samples / 2**15).astype(np.float32), rate)


def speak_pico(voice: str, speed: float, pitch: float, utterance: Utterance) -> Sound:
    with TemporaryDirectory() as folder:
        wav = Path(folder, "speech.wav")
        command = [sys.executable, "-m", "py_nanotts", "--output", str(wav), "--voice", voice, "--volume", "0.7"]
        command += ["--speed", str(speed), "--pitch", str(pitch), "--", utterance.text]
        subprocess.run(command, check=True, capture_output=True, timeout=20)
        return Sound(*soundfile.read(wav, dtype="float32"))


@dataclass(frozen=True)
class Voice:
    name: str
    engine: str
    speak: Speak
    noise: float | None = None
    """Decibels that noise is below the speech."""


@dataclass(frozen=True)
class Model:
    engine: str
    files: Mapping[str, str]
    """Of each line, in the folder; empty for those that are shipped."""


class Corpus:
    def __init__(self, folder: Path, kokoro_voices: Path | None) -> None:
        self.folder = folder
        self.kokoro = Kokoro(kokoro_voices)
        self.engines: Mapping[str, Engine] = {
            engine.name: engine for engine in (self.kokoro, Pico(), Espeak(), OpenJTalk())
        }
        self.shipped = Shipped(ROOT / "lessons")
        self.content = inspect_catalog(ROOT).content

    def rows(self, lang: str) -> Iterator[Mapping[str, str]]:
        """Of one language, as they are made."""
        lines = self._lines(lang)
        models = [model for name in REFERENCES[lang] if (model := self._model(name, lang, lines)) is not None]
        others_rows = [row for voice in self._voices(lang) for row in self._recorded(voice, lang, lines)]
        junk = list(self._junk(lang, others_rows[0][0]))
        for model in models:
            yield from self._labelled(model, lang, lines, others_rows, junk)

    def _labelled(
        self,
        model: Model,
        lang: str,
        lines: Sequence[Line],
        recorded: Sequence[tuple[str, int, Voice]],
        junk: Sequence[str],
    ) -> Iterator[Mapping[str, str]]:
        is_alone = all(voice.engine == model.engine for _, _, voice in recorded)
        for name, place, voice in recorded:
            if voice.engine == model.engine and voice.engine != "openjtalk" and not is_alone:
                continue
            for on in (0, *OTHERS):
                line = lines[(place + on) % len(lines)]
                yield self._row(name, line, lines[place].id, lang, model, voice.name)
        for number, name in enumerate(junk):
            for on in (0, *OTHERS):
                yield self._row(name, lines[(number + on) % len(lines)], JUNK, lang, model, JUNK)

    def _row(self, name: str, line: Line, said: str, lang: str, model: Model, voice: str) -> Mapping[str, str]:
        file = model.files.get(line.id, "")
        values = (name, line.id, said, lang, file, model.engine, line.text, voice)
        return dict(zip((*COLUMNS, "text", "voice"), values, strict=True))

    def _lines(self, lang: str) -> Sequence[Line]:
        if lang in LINES:
            return [Line(f"{lang}-{number:02}", text, None, lang) for number, text in enumerate(LINES[lang], 1)]
        known = [line_of(phrase) for phrase in self.content.phrases.values() if phrase.lang == lang]
        known = [line for line in known if not line.id.startswith("gl-") and self.shipped.find(line, NORMAL)]
        return known[:: len(known) // PHRASES][:PHRASES]

    def _model(self, name: str, lang: str, lines: Sequence[Line]) -> Model | None:
        if name == SHIPPED:
            found = self.shipped.find(lines[0], NORMAL)
            return Model(found[1].engine, {}) if found else None
        engine = self.engines[name]
        voice = engine.voice(lang)
        if voice is None:
            print(f"{lang}: {name} is not installed here", file=sys.stderr)  # noqa: T201
            return None
        files = {}
        for line in lines:
            path = self.folder / "references" / f"{line.id}-{name}.mp3"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(encode_mp3(engine.say(line.utterance(is_slow=False), voice)))
            files[line.id] = str(path.relative_to(self.folder))
        return Model(name, files)

    def _voices(self, lang: str) -> Iterator[Voice]:
        voice = self.engines["espeak"].voice(lang)
        if voice is not None:
            espeak = EspeakVoices().speak
            yield Voice("espeak-woman", "espeak", partial(espeak, f"{voice}+f3", 150))
            yield Voice("espeak-slow-man", "espeak", partial(espeak, f"{voice}+m3", 120))
            yield Voice("espeak-quick-woman", "espeak", partial(espeak, f"{voice}+f2", 180))
            yield Voice("espeak-noise", "espeak", partial(espeak, f"{voice}+m7", 150), NOISE_BELOW)
        pico = self.engines["pico"].voice(lang)
        if pico is not None:
            yield Voice("pico", "pico", partial(speak_pico, pico, 1.0, 1.0))
            yield Voice("pico-slow-low", "pico", partial(speak_pico, pico, 0.8, 0.8))
            yield Voice("pico-quick", "pico", partial(speak_pico, pico, 1.2, 1.1))
            yield Voice("pico-noise", "pico", partial(speak_pico, pico, 1.0, 0.9), NOISE_BELOW)
        if self.engines["openjtalk"].voice(lang) is not None:
            jtalk = OpenJTalkVoices().speak
            yield Voice("openjtalk-slow-low", "openjtalk", partial(jtalk, 0.8, -5))
            yield Voice("openjtalk-quick-high", "openjtalk", partial(jtalk, 1.2, 4))
            yield Voice("openjtalk-noise", "openjtalk", partial(jtalk, 0.9, -3), NOISE_BELOW)
        if self.kokoro.voice(lang) is not None:
            for name in KOKORO.get(lang, ()):
                yield Voice(name, "kokoro", partial(self._speak_kokoro, name))

    def _speak_kokoro(self, voice: str, utterance: Utterance) -> Sound:
        return self.kokoro.say(utterance, voice)

    def _recorded(self, voice: Voice, lang: str, lines: Sequence[Line]) -> Iterator[tuple[str, int, Voice]]:
        """The name of each recording, and the place of the line that it says."""
        for place, line in enumerate(lines):
            name = f"recordings/{lang}-{line.id}-{voice.name}.wav"
            try:
                spoken = resample(voice.speak(line.utterance(is_slow=False)), RATE)
            except CannotSpeak as error:
                print(f"{name}: {error}", file=sys.stderr)  # noqa: T201
                continue
            self._write(name, _mixed(spoken.samples, voice.noise, _random(name)))
            yield name, place, voice

    def _junk(self, lang: str, spoken: str) -> Iterator[str]:
        """Names of recordings that say nothing."""
        backwards = soundfile.read(self.folder / spoken, dtype="float32")[0][::-1]
        for what, samples in (*_noises(_random(lang)), ("backwards", backwards)):
            name = f"recordings/{lang}-{JUNK}-{what}.wav"
            self._write(name, samples)
            yield name

    def _write(self, name: str, samples: Samples) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, samples, RATE, "PCM_16")


def _mixed(speech: Samples, noise_below: float | None, random: np.random.Generator) -> Samples:
    """As a microphone in a quiet room gives it, with moments of silence around the speech."""
    loud = 0.4 * speech / np.abs(speech).max()
    padded = np.pad(loud, (RATE // 2, RATE // 3)).astype(np.float32)
    volume = ROOM
    if noise_below is not None:
        spoken = np.sqrt((loud[np.abs(loud) > 0.02] ** 2).mean())
        volume = float(spoken) * 10 ** (-noise_below / 20)
    return np.asarray(padded + volume * random.standard_normal(padded.size), np.float32)


def _noises(random: np.random.Generator) -> Iterator[tuple[str, Samples]]:
    """Two seconds each."""
    time = np.arange(2 * RATE) / RATE
    room = (ROOM * random.standard_normal(time.size)).astype(np.float32)
    hiss = 0.1 * random.standard_normal(time.size)
    hum = 0.2 * np.sin(2 * np.pi * 100 * time) + 0.1 * np.sin(2 * np.pi * 200 * time)
    claps = sum(random.standard_normal(time.size) * np.exp(-np.abs(time - at) * 60) for at in (0.5, 1.0, 1.5))
    bursts = hiss * (np.sin(2 * np.pi * 1.5 * time) > 0)
    beeps = 0.2 * np.sign(np.sin(2 * np.pi * 300 * time)) * (np.sin(2 * np.pi * 2 * time) > 0)
    found = {"silence": 0 * time, "hiss": hiss, "hum": hum, "claps": 0.2 * claps, "bursts": bursts, "beeps": beeps}
    for name, samples in found.items():
        yield name, np.asarray(samples + room, np.float32)


def _random(name: str) -> np.random.Generator:
    """The same for the same recording each time."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Makes a folder for flask evaluate-speech.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", action="append", choices=REFERENCES, help="only this language; may be repeated")
    parser.add_argument("--kokoro-voices", type=Path, help="the folder of Kokoro's voices, to let it speak too")
    options = parser.parse_args(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(options.folder, options.kokoro_voices)
    with (options.folder / LABELS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*COLUMNS, "text", "voice"))
        writer.writeheader()
        for lang in options.lang or REFERENCES:
            writer.writerows(corpus.rows(lang))
            print(f"{lang} is made", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
