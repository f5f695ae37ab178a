"""A file of the cache is whole, or not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import ROOT
from trainer.speech.cache import FAILED, Cache


def test_a_kept_file_is_found_under_the_first_letters_of_its_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    path = cache.keep("abcdef", b"speech")

    assert path == tmp_path / "ab" / "abcdef.mp3"
    assert cache.find("abcdef") == path
    assert path.read_bytes() == b"speech"


def test_a_file_that_was_not_kept_is_not_found(tmp_path: Path) -> None:
    assert Cache(tmp_path).find("abcdef") is None


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_source: str, _target: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", fail)

    with pytest.raises(OSError, match="no space left"):
        Cache(tmp_path).keep("abcdef", b"speech")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


class Hours:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_by(self, hours: float) -> None:
        self.seconds += hours * 3600


def test_the_files_that_were_not_used_for_longest_make_room(tmp_path: Path) -> None:
    hours = Hours()
    cache = Cache(tmp_path, 3000, time_now=hours)
    for key in ("aaa", "bbb", "ccc"):
        cache.keep(key, bytes(900))
        hours.pass_by(2)
    cache.find("aaa")
    hours.pass_by(2)

    cache.keep("ddd", bytes(900))

    assert [cache.find(key) is not None for key in ("aaa", "bbb", "ccc", "ddd")] == [True, False, True, True]


def test_what_was_there_before_the_process_counts(tmp_path: Path) -> None:
    hours = Hours()
    Cache(tmp_path, 3000, time_now=hours).keep("aaa", bytes(2500))
    hours.pass_by(2)

    Cache(tmp_path, 3000, time_now=hours).keep("bbb", bytes(900))

    assert Cache(tmp_path, 3000, time_now=hours).find("aaa") is None


def test_a_file_that_was_just_used_is_left_even_when_there_is_no_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10, time_now=Hours())
    cache.keep("aaa", bytes(900))

    cache.keep("bbb", bytes(900))

    assert cache.find("aaa")
    assert cache.find("bbb")


def test_being_used_does_not_change_what_browsers_know_a_file_by(tmp_path: Path) -> None:
    hours = Hours()
    cache = Cache(tmp_path, time_now=hours)
    path = cache.keep("aaa", b"speech")
    written = path.stat().st_mtime_ns
    hours.pass_by(9)

    cache.find("aaa")

    assert path.stat().st_mtime_ns == written
    assert path.stat().st_atime == pytest.approx(hours())


# Shared by several processes


WRITER = """
import sys
from pathlib import Path
from trainer.speech.cache import Cache

cache = Cache(Path(sys.argv[1]), 20_000)
for number in range(60):
    cache.keep(f"{sys.argv[2]}{number:03}", bytes(1000))
"""
SPEAKER = """
import sys
from pathlib import Path
from trainer.speech.cache import Cache

cache = Cache(Path(sys.argv[1]))
print("ready", flush=True)
input()
with cache.alone("aaa"):
    if cache.find("aaa") is None:
        with open(sys.argv[2], "a") as said:
            said.write("x")
        cache.keep("aaa", b"speech")
"""
HOLDER = """
import sys
from pathlib import Path
from trainer.speech.cache import Cache

with Cache(Path(sys.argv[1])).alone("aaa"):
    print("held", flush=True)
    input()
"""


def start(code: str, *arguments: Path | str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_processes_that_want_the_same_at_once_make_it_once(tmp_path: Path) -> None:
    said = tmp_path / "said"
    speakers = [start(SPEAKER, tmp_path / "cache", said) for _ in range(3)]
    for speaker in speakers:
        assert speaker.stdout
        speaker.stdout.readline()

    for speaker in speakers:
        assert speaker.stdin
        speaker.stdin.write("\n")
        speaker.stdin.flush()
    for speaker in speakers:
        speaker.communicate()

    assert said.read_text() == "x"


def test_a_process_that_is_killed_holds_nobody_up(tmp_path: Path) -> None:
    with start(HOLDER, tmp_path) as holder:
        assert holder.stdout
        holder.stdout.readline()
        holder.kill()

    with Cache(tmp_path).alone("aaa"):
        assert holder.wait() < 0


def test_the_limit_holds_for_all_processes_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writers = [start(WRITER.replace("from trainer.speech.cache import Cache", AGED), tmp_path, each) for each in "ab"]
    for writer in writers:
        assert writer.wait() == 0
        writer.communicate()
    monkeypatch.setattr("trainer.speech.cache.SAFE", -1.0)

    Cache(tmp_path, 20_000).keep("ccc", bytes(1000))

    sizes = [path.stat().st_size for path in tmp_path.glob("??/*.mp3")]
    assert sum(sizes) <= 20_000
    assert list(tmp_path.rglob("*.part")) == []


AGED = """
import trainer.speech.cache
from trainer.speech.cache import Cache

trainer.speech.cache.SAFE = -1.0
"""
"""What was just used may be dropped too."""


def test_a_failure_is_noted_for_every_process_and_for_a_while(tmp_path: Path) -> None:
    hours = Hours()
    Cache(tmp_path, time_now=hours).fail("aaa", "hoarse")
    other = Cache(tmp_path, time_now=hours)

    assert other.failure("aaa") == "hoarse"
    assert other.failure("bbb") is None
    hours.seconds += FAILED
    assert other.failure("aaa") is None


def test_what_succeeds_has_not_failed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.fail("aaa", "hoarse")

    cache.keep("aaa", b"speech")

    assert cache.failure("aaa") is None


def test_notes_and_locks_are_never_counted_nor_dropped_for_room(tmp_path: Path) -> None:
    hours = Hours()
    cache = Cache(tmp_path, 3000, time_now=hours)
    cache.fail("bbb", "hoarse " * 1000)
    with cache.alone("bbb"):
        cache.keep("aaa", bytes(900))
    hours.pass_by(0.05)

    cache.keep("ccc", bytes(900))

    assert cache.find("aaa")
    assert cache.failure("bbb")
    assert (tmp_path / "bb" / "one.lock").exists()


def test_old_notes_and_what_crashes_left_are_cleared(tmp_path: Path) -> None:
    hours = Hours()
    cache = Cache(tmp_path, time_now=hours)
    cache.fail("aaa", "hoarse")
    (tmp_path / "aa" / "half.part").touch()
    os.utime(tmp_path / "aa" / "half.part", (hours(), hours()))
    hours.pass_by(0.5)
    cache.fail("aab", "hoarse")

    cache.tidy()
    assert sorted(path.name for path in (tmp_path / "aa").iterdir()) == ["aab.failed", "half.part"]
    hours.pass_by(1)
    cache.tidy()

    assert list((tmp_path / "aa").iterdir()) == []
