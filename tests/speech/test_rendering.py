"""Rendering ahead of time: each line at both speeds, once, never worse than before, and kept if interrupted."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from trainer.speech import Line
from trainer.speech.engines import Engine, Utterance
from trainer.speech.rendering import Failure, Plan, Renderer, Tally
from trainer.speech.shipped import Entry, read_manifest
from trainer.speech.sound import CannotSpeak, Sound

HELLO = Line("hello", "Bonjour", None, "fr")
THANKS = Line("thanks", "Merci", None, "fr")
LINES = {"france": [HELLO, THANKS]}


@dataclass
class Whistle:
    """An engine for tests: a tone as long as the text."""

    name: str
    version: str = "1"
    langs: Sequence[str] = ("fr",)
    licence: str = "CC0-1.0"
    is_approximate: bool = False
    broken: set[str] = field(default_factory=set)
    said: list[tuple[str, bool]] = field(default_factory=list)

    def voice(self, lang: str) -> str | None:
        return "tin" if lang in self.langs else None

    def is_up(self) -> bool:
        return True

    def say(self, utterance: Utterance, voice: str) -> Sound:
        if utterance.text in self.broken:
            raise CannotSpeak("it broke")
        self.said.append((utterance.text, utterance.is_slow))
        time = np.arange(round(24000 * 0.1 * len(utterance.text) / utterance.speed)) / 24000
        return Sound((0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32), 24000)


def renderer(folder: Path, *engines: Engine) -> Renderer:
    return Renderer(folder, {engine.name: engine for engine in engines})


def run(folder: Path, *engines: Engine, **options: object) -> list[Entry | Failure]:
    made = renderer(folder, *engines)
    return list(made.render(made.plan(LINES, **options).tasks, at_once=2))  # type: ignore[arg-type]


def manifest(folder: Path) -> dict[tuple[str, str], Entry]:
    return read_manifest(folder / "france" / "audio")


def test_each_line_has_a_file_at_each_speed_and_a_line_in_the_manifest(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))

    entries = manifest(tmp_path)
    assert set(entries) == {(name, speed) for name in ("hello", "thanks") for speed in ("normal", "slow")}
    entry = entries["hello", "normal"]
    data = (tmp_path / "france" / "audio" / entry.file).read_bytes()
    assert (entry.engine, entry.version, entry.voice, entry.licence) == ("pico", "1", "tin", "CC0-1.0")
    assert (entry.bytes, entry.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert entry.spoken == HELLO.spoken
    assert entry.seconds == pytest.approx(0.9, abs=0.1)
    assert entries["hello", "slow"].seconds > 1.2 * entry.seconds


def test_the_manifest_has_one_line_for_each_file_in_order(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))

    text = (tmp_path / "france" / "audio" / "manifest.json").read_text("utf-8")
    assert [row["file"] for row in json.loads(text)["files"]] == [
        "hello.normal.mp3", "hello.slow.mp3", "thanks.normal.mp3", "thanks.slow.mp3",
    ]  # fmt: skip
    assert len(text.splitlines()) == 4 + 2


def test_what_is_there_is_not_rendered_again(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))

    assert run(tmp_path, Whistle("pico")) == []


def test_a_line_with_other_words_is_rendered_again_in_its_place(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))
    pico = Whistle("pico")
    made = renderer(tmp_path, pico)
    lines = {"france": [replace(HELLO, text="Bonsoir"), THANKS]}

    list(made.render(made.plan(lines, only_missing=True).tasks))

    assert {text for text, _ in pico.said} == {"Bonsoir"}
    assert made.tally(lines).missing == 0
    assert len(manifest(tmp_path)) == 4


@pytest.mark.parametrize(
    ("before", "now", "is_made_anew"),
    [
        (Whistle("pico"), Whistle("kokoro"), True),
        (Whistle("pico"), Whistle("pico", "2"), True),
        (Whistle("kokoro"), Whistle("pico"), False),
        (Whistle("pico"), Whistle("espeak"), False),
    ],
)
def test_a_file_gives_way_to_a_better_voice_and_never_to_a_lesser(
    tmp_path: Path, before: Whistle, now: Whistle, is_made_anew: bool
) -> None:
    run(tmp_path, before)

    assert bool(run(tmp_path, now)) is is_made_anew


def test_only_what_is_missing_leaves_all_files_as_they_are(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))
    (tmp_path / "france" / "audio" / "hello.slow.mp3").unlink()

    made = run(tmp_path, Whistle("kokoro"), only_missing=True)

    assert [entry.file for entry in made if isinstance(entry, Entry)] == ["hello.slow.mp3"]


def test_an_engine_that_is_asked_for_speaks_whatever_is_better(tmp_path: Path) -> None:
    run(tmp_path, Whistle("kokoro"))

    run(tmp_path, Whistle("kokoro"), Whistle("espeak"), engine="espeak")

    assert {entry.engine for entry in manifest(tmp_path).values()} == {"espeak"}


def test_an_engine_that_is_asked_for_leaves_other_languages_alone(tmp_path: Path) -> None:
    plan = renderer(tmp_path, Whistle("openjtalk", langs=("ja",))).plan(LINES, engine="openjtalk")

    assert plan == Plan((), ())


def test_google_is_not_asked_unless_by_name(tmp_path: Path) -> None:
    made = renderer(tmp_path, Whistle("gtts"))

    assert made.plan(LINES).tasks == ()
    assert len(made.plan(LINES, engine="gtts").tasks) == 4


def test_what_nobody_speaks_is_told(tmp_path: Path) -> None:
    failures = renderer(tmp_path, Whistle("pico")).plan({"x": [Line("k", "nuqneH", None, "tlh")]}).failures

    assert [(each.line.id, each.speed, each.reason) for each in failures] == [
        ("k", "normal", "no engine here speaks tlh"),
        ("k", "slow", "no engine here speaks tlh"),
    ]


def test_a_line_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    made = run(tmp_path, Whistle("pico", broken={"Bonjour"}))

    assert {each.reason for each in made if isinstance(each, Failure)} == {"it broke"}
    assert {name for name, _ in manifest(tmp_path)} == {"thanks"}


def test_what_was_rendered_before_an_interruption_is_kept(tmp_path: Path) -> None:
    made = renderer(tmp_path, Whistle("pico"))
    rendering = made.render(made.plan(LINES).tasks, at_once=1)
    next(rendering)
    rendering.close()

    kept = len(manifest(tmp_path))
    assert kept >= 1
    assert len(run(tmp_path, Whistle("pico"))) == 4 - kept


def test_planning_writes_nothing(tmp_path: Path) -> None:
    made = renderer(tmp_path, Whistle("pico"))
    made.plan(LINES)

    assert made.tally(LINES) == Tally(phrases=2, files=0, missing=4, bytes=0)
    assert list(tmp_path.iterdir()) == []


def test_files_of_phrases_that_are_gone_are_found_and_removed(tmp_path: Path) -> None:
    run(tmp_path, Whistle("pico"))
    made = renderer(tmp_path, Whistle("pico"))
    rest = {"france": [HELLO]}

    assert {path.name for path in made.unspoken(rest)} == {"thanks.normal.mp3", "thanks.slow.mp3"}
    made.remove_unspoken(rest)

    assert set(manifest(tmp_path)) == {("hello", "normal"), ("hello", "slow")}
    assert not (tmp_path / "france" / "audio" / "thanks.slow.mp3").exists()
