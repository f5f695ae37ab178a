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
