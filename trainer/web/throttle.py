"""How often a password or a link may be tried: counted where it matters, so that no other page pays for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, current_app
from limits import RateLimitItem
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter


@dataclass(frozen=True)
class Try:
    """Something tried, by whoever the key names, of which only so many are allowed in a while."""

    limit: RateLimitItem
    key: str


class Throttle:
    """The counts of tries, in this process or in the store that `url` names."""

    def __init__(self, url: str) -> None:
        self._counts = FixedWindowRateLimiter(storage_from_string(url))

    def wait_seconds(self, tries: Iterable[Try]) -> int | None:
        """How long to wait when any of the limits is used up."""
        used_up = [each.limit.get_expiry() for each in tries if not self._counts.test(each.limit, each.key)]
        return max(used_up) if used_up else None

    def count(self, tries: Iterable[Try]) -> None:
        for each in tries:
            self._counts.hit(each.limit, each.key)

    def reset(self) -> None:
        self._counts.storage.reset()


def init_throttle(app: Flask, url: str) -> None:
    app.extensions["entente_throttle"] = Throttle(url)


def throttle() -> Throttle:
    found: Throttle = current_app.extensions["entente_throttle"]
    return found
