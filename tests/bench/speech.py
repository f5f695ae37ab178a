"""Measures how phrases are heard: `python tests/bench/speech.py [--json] [--rounds N]`.

Five things: what a phrase from the cache costs beside a static file of the same size, both served by the application;
how long it takes to say that a phrase is being prepared, and until it is there; how many phrases a second each engine
renders that is installed here; how large the shipped audio is; and what it costs to hear a learner's take.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flask import Flask, send_file
from werkzeug.test import Client

from app import ROOT, create_app, work_beside
from tests.bench import speech_hearing
from tests.bench.speech_hearing import Analysis
from trainer.jobs import Beside
from trainer.parts import Services
from trainer.settings import Mode, Settings
from trainer.speech import CannotSpeak, Line, Speech
from trainer.speech.shipped import FOLDER, read_manifest
from trainer.speech.sound import encode_mp3

PHRASES = {
    "openjtalk": "ja:よろしくお願いいたします",
    "pico": "fr:Bonjour Madame, merci de nous recevoir.",
    "espeak": "ko:감사합니다",
    "kokoro": "fr:Bonjour Madame, merci de nous recevoir.",
}
CALLS = 200
SHIPPED = Line("fr-greeting-introduction-01", "Bonjour Madame.", None, "fr")


@dataclass(frozen=True)
class Heard:
    """Milliseconds of a request, at the median."""

    static_file: float
    cache_hit: float
    shipped_hit: float
    ratio: float
    """Of a cache hit to a static file."""


@dataclass(frozen=True)
class Prepared:
    """Milliseconds at the median, with a worker beside."""

    noted: float
    """Until the server knows that there is nothing yet and has asked for it: what the answer 202 takes."""
    there: float
    """Until the phrase can be played."""


@dataclass(frozen=True)
class Rendered:
    engine: str
    phrases_a_second: float
    seconds_of_speech_a_second: float


@dataclass(frozen=True)
class Shipped:
    files: int
    phrases: int
    bytes: int
    mean_bytes: float
    seconds: float


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description="Measures how phrases are heard.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of words")
    parser.add_argument("--rounds", type=int, default=3, help="phrases that each engine renders")
    parser.add_argument("--kokoro-voices", type=Path, help="the folder of Kokoro's voices, to measure it too")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        speech = Speech(Path(folder), is_online=False, lessons=ROOT / "lessons", kokoro_voices=options.kokoro_voices)
        heard, prepared = hear(speech), prepare(Path(folder), options.rounds)
        rendered, shipped = list(render(speech, options.rounds)), count()
        analyses = list(speech_hearing.measure(speech))
    if options.json:
        told = {"heard": asdict(heard), "prepared": asdict(prepared), "shipped": asdict(shipped)}
        lists = {"rendered": list(map(asdict, rendered)), "analyses": list(map(asdict, analyses))}
        print(json.dumps({**told, **lists}, indent=2))  # noqa: T201
        return
    print(*words(heard, prepared, rendered, shipped, analyses), sep="\n")  # noqa: T201


def hear(speech: Speech) -> Heard:
    """Through the whole of Flask, without the application's own sessions: both sides pay the same for the rest."""
    line = Line("bench", "Nous préparons la réunion.", None, "fr")
    path = speech.render(line).path
    app = Flask("bench")
    app.add_url_rule("/static-file", "static_file", lambda: send_file(path, conditional=True))
    app.add_url_rule("/cache", "cache", lambda: send_file(speech.render(line).path, conditional=True))
    app.add_url_rule("/shipped", "shipped", lambda: send_file(speech.render(SHIPPED).path, conditional=True))
    times = _alternating(Client(app), ("/static-file", "/cache", "/shipped"))
    return Heard(times["/static-file"], times["/cache"], times["/shipped"], times["/cache"] / times["/static-file"])


def _alternating(client: Client, addresses: Sequence[str]) -> Mapping[str, float]:
    """One after the other, so that a busy moment meets all alike."""
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    for _ in range(CALLS):
        for address in addresses:
            begun = perf_counter()
            client.get(address, buffered=True).close()
            taken[address].append((perf_counter() - begun) * 1000)
    return {address: median(each) for address, each in taken.items()}


def prepare(folder: Path, rounds: int) -> Prepared:
    """Phrases that nobody has heard, asked for one after the other, the worker idle in between."""
    settings = Settings(Mode.DEMO, "bench" * 8, folder / "data", f"sqlite:///{folder / 'bench.sqlite3'}")
    settings.data_dir.mkdir()
    app = create_app(settings)
    services: Services = app.extensions["entente"]
    noted, there = [], []
    with Beside("fork", work_beside, app):
        for number in range(rounds + 1):
            line = Line("bench", f"Nous préparons la réunion numéro {number}.", None, "fr")
            begun = perf_counter()
            assert services.speech.ready(line).spoken is None
            services.jobs.speak(line, is_slow=False)
            noted.append((perf_counter() - begun) * 1000)
            while services.speech.ready(line).spoken is None:
                sleep(0.005)
            there.append((perf_counter() - begun) * 1000)
            sleep(1)
    return Prepared(median(noted[1:]), median(there[1:]))


def render(speech: Speech, rounds: int) -> Iterator[Rendered]:
    """Each engine by itself, MP3 included; the first phrase, which loads it, is not counted."""
    for name, phrase in PHRASES.items():
        lang, _, text = phrase.partition(":")
        voice = speech.engines[name].voice(lang)
        if voice is None:
            continue
        utterance = Line("bench", text, None, lang).utterance(is_slow=False)
        try:
            sound = speech.engines[name].say(utterance, voice)
        except CannotSpeak:
            continue
        begun = perf_counter()
        for _ in range(rounds):
            encode_mp3(speech.engines[name].say(utterance, voice))
        a_second = rounds / (perf_counter() - begun)
        yield Rendered(name, a_second, a_second * sound.samples.size / sound.rate)


def count() -> Shipped:
    entries = [entry for folder in (ROOT / "lessons").glob(f"*/{FOLDER}") for entry in read_manifest(folder).values()]
    size = sum(entry.bytes for entry in entries)
    return Shipped(
        files=len(entries),
        phrases=len({entry.phrase for entry in entries}),
        bytes=size,
        mean_bytes=size / len(entries),
        seconds=sum(entry.seconds for entry in entries),
    )


def words(
    heard: Heard,
    prepared: Prepared,
    rendered: Sequence[Rendered],
    shipped: Shipped,
    analyses: Sequence[Analysis],
) -> Iterator[str]:
    yield (
        f"A phrase from the cache takes {heard.cache_hit:.2f} ms, a shipped one {heard.shipped_hit:.2f} ms, a static "
        f"file of the same size {heard.static_file:.2f} ms: {heard.ratio:.2f} times as long."
    )
    yield (
        f"A phrase without a file is noted in {prepared.noted:.1f} ms, and can be played after {prepared.there:.0f} ms."
    )
    for each in rendered:
        yield (
            f"{each.engine}: {each.phrases_a_second:.1f} phrases a second, "
            f"{each.seconds_of_speech_a_second:.1f} times as fast as speech."
        )
    yield (
        f"Shipped: {shipped.files} files of {shipped.phrases} phrases, {shipped.bytes / 1e6:.1f} MB, "
        f"{shipped.mean_bytes / 1000:.1f} kB each, {shipped.seconds / 60:.0f} minutes of speech."
    )
    for analysis in analyses:
        yield (
            f"A take of {analysis.seconds:g} s is heard ({analysis.detector}) in {analysis.milliseconds:.0f} ms of "
            f"processor time, {analysis.ratio:.0f} times as much as decoding its model's MP3."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
