"""A file of the cache is whole, or not there."""

import os
from pathlib import Path

import pytest

from trainer.speech.cache import Cache


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
