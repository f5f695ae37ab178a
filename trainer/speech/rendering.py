"""Renders ahead of time what is to be spoken, each line at both speeds, into the folders that come with the lessons."""

import hashlib
import os
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from trainer.speech.engines import Engine, Utterance
from trainer.speech.files import write_whole
from trainer.speech.lines import Line
from trainer.speech.shipped import FOLDER, NORMAL, SLOW, Entry, read_manifest, write_manifest
from trainer.speech.sound import CannotSpeak, decode_mp3, encode_mp3
from trainer.speech.speech import key_of

BEST_FIRST = ("kokoro", "openjtalk", "pico", "espeak")
"""Engines that may speak ahead of time. Google's voices do so only when they are asked for by name."""
SPEEDS = (NORMAL, SLOW)
KEPT_EVERY = 20
"""Files after which the manifests are written: what was rendered before an interruption is not rendered again."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be made."""

    home: str
    line: Line
    speed: str
    engine: Engine
    voice: str
    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a line cannot be rendered at a speed."""

    line: Line
    speed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    tasks: tuple[Task, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What there is: `files` are those with the words of today, `missing` those that are not there."""

    phrases: int
    files: int
    missing: int
    bytes: int


class Renderer:
    """Renders into `lessons`/HOME/audio with the engines that are installed here.

    A file is made anew when the words are others, or when the voice of today would be better or is a newer one of the
    same engine. It is never replaced by a lesser voice, unless that engine is asked for by name.
    """

    def __init__(self, lessons: Path, engines: Mapping[str, Engine]) -> None:
        self._lessons = lessons
        self._engines = engines
        self._manifests: dict[str, dict[tuple[str, str], Entry]] = {}

    def plan(
        self, lines: Mapping[str, Sequence[Line]], *, engine: str | None = None, only_missing: bool = False
    ) -> Plan:
        """What is to be made. With `engine`, only that one speaks, and what it does not speak is left as it is."""
        tasks, failures = [], []
        for home, each_line in ((home, line) for home, of_home in lines.items() for line in of_home):
            for speed in SPEEDS:
                try:
                    task = self._task(home, each_line, speed, (engine,) if engine else BEST_FIRST)
                except CannotSpeak as error:
                    failures.append(Failure(each_line, speed, str(error)))
                    continue
                entry = self._entry(home, each_line, speed)
                if task is None:
                    if entry is None and engine is None:
                        failures.append(Failure(each_line, speed, f"no engine here speaks {each_line.lang}"))
                elif entry is None or not (only_missing or self._is_good(entry, task, is_asked_for=bool(engine))):
                    tasks.append(task)
        return Plan(tuple(tasks), tuple(failures))

    def render(self, tasks: Sequence[Task], *, at_once: int | None = None) -> Generator[Entry | Failure, None, None]:
        """Make the files, several at a time; what was made is kept whatever happens to the rest."""
        pool = ThreadPoolExecutor(at_once or os.cpu_count() or 1)
        try:
            waiting: dict[Future[Entry], Task] = {pool.submit(self._make, task): task for task in tasks}
            count = 0
            while waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield self._taken(waiting.pop(future), future)
                    count += 1
                    if count % KEPT_EVERY == 0:
                        self._write_manifests()
        finally:
            pool.shutdown(cancel_futures=True)
            self._write_manifests()

    def tally(self, lines: Mapping[str, Sequence[Line]]) -> Tally:
        wanted = [(home, line, speed) for home, of_home in lines.items() for line in of_home for speed in SPEEDS]
        found = [entry for entry in (self._entry(*each) for each in wanted) if entry is not None]
        return Tally(
            phrases=sum(map(len, lines.values())),
            files=len(found),
            missing=len(wanted) - len(found),
            bytes=sum(entry.bytes for entry in found),
        )

    def unspoken(self, lines: Mapping[str, Sequence[Line]]) -> tuple[Path, ...]:
        """Files of the homes that no line speaks any more."""
        names = {line.id for of_home in lines.values() for line in of_home}
        return tuple(
            self._folder(home) / entry.file
            for home in lines
            for entry in self._manifest(home).values()
            if entry.phrase not in names
        )

    def remove_unspoken(self, lines: Mapping[str, Sequence[Line]]) -> None:
        for path in self.unspoken(lines):
            path.unlink(missing_ok=True)
        names = {line.id for of_home in lines.values() for line in of_home}
        for home in lines:
            self._manifests[home] = {key: entry for key, entry in self._manifest(home).items() if key[0] in names}
        self._write_manifests()

    def _task(self, home: str, line: Line, speed: str, names: Sequence[str]) -> Task | None:
        """With the first of the engines that has a voice for the line; None when none has. Raises `CannotSpeak`."""
        utterance = line.utterance(is_slow=speed == SLOW)
        for name in names:
            engine = self._engines.get(name)
            voice = engine.voice(line.voiced) if engine is not None else None
            if engine is not None and voice is not None:
                return Task(home, line, speed, engine, voice, utterance)
        return None

    def _is_good(self, entry: Entry, task: Task, *, is_asked_for: bool) -> bool:
        is_same = entry.key == key_of(task.engine, task.voice, task.utterance)
        is_lesser = entry.engine in BEST_FIRST and _rank(task.engine.name) > _rank(entry.engine)
        return is_same or (is_lesser and not is_asked_for)

    def _make(self, task: Task) -> Entry:
        data = encode_mp3(task.engine.say(task.utterance, task.voice))
        name = f"{task.line.id}.{task.speed}.mp3"
        write_whole(self._folder(task.home) / name, data)
        sound = decode_mp3(data)
        return Entry(
            phrase=task.line.id,
            speed=task.speed,
            spoken=task.line.spoken,
            file=name,
            engine=task.engine.name,
            version=task.engine.version,
            voice=task.voice,
            licence=task.engine.licence,
            seconds=round(sound.samples.size / sound.rate, 2),
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            key=key_of(task.engine, task.voice, task.utterance),
        )

    def _taken(self, task: Task, future: Future[Entry]) -> Entry | Failure:
        try:
            entry = future.result()
        except CannotSpeak as error:
            return Failure(task.line, task.speed, str(error))
        self._manifest(task.home)[task.line.id, task.speed] = entry
        return entry

    def _entry(self, home: str, line: Line, speed: str) -> Entry | None:
        """The file of today's words, if it is there."""
        entry = self._manifest(home).get((line.id, speed))
        is_there = entry is not None and entry.spoken == line.spoken and (self._folder(home) / entry.file).is_file()
        return entry if is_there else None

    def _manifest(self, home: str) -> dict[tuple[str, str], Entry]:
        if home not in self._manifests:
            self._manifests[home] = read_manifest(self._folder(home))
        return self._manifests[home]

    def _write_manifests(self) -> None:
        for home, entries in self._manifests.items():
            if entries or self._folder(home).is_dir():
                write_manifest(self._folder(home), entries)

    def _folder(self, home: str) -> Path:
        return self._lessons / home / FOLDER


def _rank(engine: str) -> int:
    return BEST_FIRST.index(engine) if engine in BEST_FIRST else len(BEST_FIRST)
