"""Parts of pages that are the same for everyone: made once for each key, the least used dropped."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import current_app
from markupsafe import Markup

KEPT = 512


class Fragments:
    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Markup] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], str]) -> Markup:
        """The part for this key. `make` renders it with our own autoescaping templates."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        part = Markup(make())  # noqa: S704
        with self._lock:
            self._kept[key] = part
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return part


def kept_part(key: tuple[str, ...], make: Callable[[], str]) -> Markup:
    """A part of a page of this application, made if it is not there yet."""
    fragments: Fragments = current_app.extensions.setdefault("entente_fragments", Fragments())
    return fragments.get(key, make)
