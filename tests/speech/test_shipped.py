"""The audio that is shipped is all there, is heard, is small, and may be passed on. Nothing here asks anybody."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
import soundfile

from app import ROOT
from trainer.domain.content import Content
from trainer.speech import Line, lines_of
from trainer.speech.shipped import FOLDER, Entry, Shipped, read_manifest

LESSONS = ROOT / "lessons"
LICENCES = {"Apache-2.0", "CC-BY-3.0", "none: the output of a program"}
"""Under these a company may pass the files on; NOTICE says whom to name. What espeak-ng says is under no licence."""
MEAN_BYTES = 15_000
SECONDS_A_SIGN = {
    "ja": (0.06, 0.9), "ko": (0.06, 0.9), "hi": (0.05, 0.6), "zh-Hans": (0.03, 0.5), "vi": (0.03, 0.5),
    "fr": (0.03, 0.5), "en": (0.03, 0.5),
}  # fmt: skip
"""From a hurried normal speed to a slow one, for a sign of the text: less is cut off, more is spelt out."""


@pytest.fixture(scope="module")
def lines(request: pytest.FixtureRequest) -> Mapping[str, tuple[Line, ...]]:
    content: Content = request.getfixturevalue("content")
    return lines_of(content)


@pytest.fixture(scope="module")
def entries() -> dict[Path, Entry]:
    """By path."""
    return {
        folder / entry.file: entry
        for folder in sorted(LESSONS.glob(f"*/{FOLDER}"))
        for entry in read_manifest(folder).values()
    }


def test_every_phrase_is_shipped_as_it_is_worded_at_both_speeds(lines: Mapping[str, tuple[Line, ...]]) -> None:
    shipped = Shipped(LESSONS)

    missing = [
        (line.id, speed)
        for of_home in lines.values()
        for line in of_home
        for speed in ("normal", "slow")
        if shipped.find(line, speed) is None
    ]

    assert missing == []


def test_each_file_is_named_by_a_manifest_and_each_name_has_its_file(entries: Mapping[Path, Entry]) -> None:
    assert sorted(entries) == sorted(LESSONS.glob(f"*/{FOLDER}/*.mp3"))


def test_nothing_is_shipped_for_phrases_that_are_gone(
    entries: Mapping[Path, Entry], lines: Mapping[str, tuple[Line, ...]]
) -> None:
    spoken = {line.id for of_home in lines.values() for line in of_home}

    assert {entry.phrase for entry in entries.values()} <= spoken


def test_each_file_is_the_one_that_was_rendered(entries: Mapping[Path, Entry]) -> None:
    changed = [
        path.name
        for path, entry in entries.items()
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256 or path.stat().st_size != entry.bytes
    ]

    assert changed == []


def test_each_file_is_heard_from_its_beginning_to_its_end(entries: Mapping[Path, Entry]) -> None:
    with ThreadPoolExecutor() as pool:
        found = [name for name in pool.map(_trouble, entries.items()) if name]

    assert found == []


def test_slow_is_slower_than_normal(entries: Mapping[Path, Entry]) -> None:
    seconds = {(entry.phrase, entry.speed): entry.seconds for entry in entries.values()}

    quick = [
        name for name, speed in seconds if speed == "slow" and seconds[name, speed] < 1.1 * seconds[name, "normal"]
    ]

    assert quick == []


def test_a_phrase_lasts_as_long_as_its_text_takes(
    entries: Mapping[Path, Entry], lines: Mapping[str, tuple[Line, ...]]
) -> None:
    spoken = {line.id: line for of_home in lines.values() for line in of_home}
    odd = []
    for entry in entries.values():
        line = spoken[entry.phrase]
        signs = sum(sign.isalnum() for sign in line.reading or line.text)
        least, most = SECONDS_A_SIGN[line.lang]
        if not least * signs + 0.2 <= entry.seconds <= most * signs + 1.2:
            odd.append((entry.file, entry.seconds, signs))

    assert odd == []


def test_a_file_is_small_on_average(entries: Mapping[Path, Entry]) -> None:
    assert mean(entry.bytes for entry in entries.values()) < MEAN_BYTES


def test_each_voice_may_be_passed_on_and_is_named_in_the_notice(entries: Mapping[Path, Entry]) -> None:
    notice = (LESSONS / "NOTICE").read_text("utf-8")
    voices = Counter((entry.engine, entry.voice, entry.licence) for entry in entries.values())

    assert {licence for _, _, licence in voices} <= LICENCES
    for engine, voice, licence in voices:
        assert f"{engine} {voice}: {licence}" in notice


def test_one_voice_speaks_a_language_or_one_of_a_woman_and_one_of_a_man(
    entries: Mapping[Path, Entry], lines: Mapping[str, tuple[Line, ...]]
) -> None:
    spoken = {line.id: line for of_home in lines.values() for line in of_home}
    voices: dict[tuple[str, bool], set[tuple[str, str]]] = {}
    for entry in entries.values():
        line = spoken[entry.phrase]
        voices.setdefault((line.lang, line.speaker == "man"), set()).add((entry.engine, entry.voice))

    assert {key: found for key, found in voices.items() if len(found) > 1} == {}


def test_a_manifest_that_is_not_there_names_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}
    assert Shipped(tmp_path).find(Line("a", "Oui", None, "fr"), "normal") is None
    assert Shipped(None).find(Line("a", "Oui", None, "fr"), "normal") is None


def test_the_manifests_say_which_form_they_have() -> None:
    for path in LESSONS.glob(f"*/{FOLDER}/manifest.json"):
        assert json.loads(path.read_text("utf-8"))["schema"] == 1


def _trouble(file: tuple[Path, Entry]) -> str | None:
    """What is wrong with the sound of a file: broken, silent, soft, clipped, or with a long pause at either end."""
    path, entry = file
    samples, rate = soundfile.read(path, dtype="float32")
    level = np.abs(samples)
    frames = level[: samples.size // 480 * 480].reshape(-1, 480).max(axis=1)
    heard = np.flatnonzero(frames > 0.05 * level.max()) * 480 / rate
    checks = {
        "stereo": samples.ndim != 1,
        "not as long as the manifest says": abs(samples.size / rate - entry.seconds) > 0.05,
        "soft": level.max() < 0.35 or np.sqrt((samples**2).mean()) < 0.04,
        "clipped": level.max() >= 0.999,
        "silent at the beginning": heard[0] > 0.5,
        "silent at the end": samples.size / rate - heard[-1] > 0.7,
        "with a long pause": np.diff(heard).max(initial=0.0) > 1.7,
    }
    return next((f"{path.name} is {words}" for words, is_so in checks.items() if is_so), None)
