"""Pages that are the same for all who may see them: made once for each version, the least used dropped."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import current_app

from trainer.web.frame import Own

MAX_BYTES = 10_000_000
"""What all kept pages may hold together."""


class KeptPages:
    """The newest version of each page, by its name."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, Own]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, name: str, version: str, make: Callable[[], Own]) -> Own:
        """The page in this version."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(name)
                return kept[1]
        made = make()
        with self._lock:
            self._drop(name)
            self._kept[name] = (version, made)
            self._size += made.size
            while self._size > MAX_BYTES and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))
        return made

    def _drop(self, name: str) -> None:
        kept = self._kept.pop(name, None)
        if kept is not None:
            self._size -= kept[1].size


def kept_pages() -> KeptPages:
    found: KeptPages = current_app.extensions.setdefault("entente_kept_pages", KeptPages())
    return found
