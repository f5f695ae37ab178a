"""Puts vowels into Arabic text: as it is usually written it lacks most of them, and espeak-ng speaks what it sees."""

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

VOWEL_MARKS = re.compile("[\u064b-\u0652\u0670]")
_IS_THERE = all(map(find_spec, ("text2tashkeel", "onnxruntime")))
_lock = Lock()


def with_vowels(text: str) -> str:
    """The text as a model reads it, which errs at times; as it is where it has marks, or without the model's package.

    An author's reading is better than both.
    """
    if not _IS_THERE or VOWEL_MARKS.search(text):
        return text
    with _lock:
        return str(_model().diacritize(text))


@cache
def _model() -> Any:
    return import_module("text2tashkeel")
