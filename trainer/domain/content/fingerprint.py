"""Names a value of content by what it holds: the same words in the same places have the same name everywhere.

What has its default does not count: a field that a later release adds changes no name.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

LENGTH = 32


def fingerprint(value: object) -> str:
    """A name of `LENGTH` hexadecimal digits. The order of a mapping and of a set does not count."""
    canonical = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:LENGTH]


def _plain(value: object) -> object:
    """With the name of each class: options that are chosen and options that are rated hold the same."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
        told = {each.name: _plain(held[each.name]) for each in fields(value) if held[each.name] != _default(each)}
        return [type(value).__name__, told]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()
