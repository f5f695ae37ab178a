"""Parts of pages that are the same for everyone: made once for each version, the least used dropped."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import current_app

MAX_CHARACTERS = 10_000_000
"""What all kept parts may hold together."""


class Fragments:
    """The newest version of each part, by its name."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, name: str, version: str, make: Callable[[], str]) -> str:
        """The part in this version."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(name)
                return kept[1]
        part = make()
        with self._lock:
            self._size += len(part) - len(self._kept.pop(name, ("", ""))[1])
            self._kept[name] = (version, part)
            while self._size > MAX_CHARACTERS and len(self._kept) > 1:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._size -= len(dropped)
        return part


def fragments() -> Fragments:
    found: Fragments = current_app.extensions.setdefault("entente_fragments", Fragments())
    return found
