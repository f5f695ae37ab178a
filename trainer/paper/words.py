"""Text as it may stand on paper: one line, nothing in it that steers a reader's program."""

import re
import unicodedata
from datetime import date
from zoneinfo import ZoneInfo

from trainer.domain.report.paper import Paper, PaperReason

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS = "…"
UNTITLED = "An engagement without a title"
NOBODY, NO_DEPUTY, NO_DAY = "Nobody yet", "No deputy yet", "No day set"
UNSEEN = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
"""Characters that are not seen and yet belong to words: joiners, marks of direction, isolates."""
_ISOLATES, _POP = frozenset("\u2066\u2067\u2068"), "\u2069"


def plain(text: str, limit: int = 2000) -> str:
    """One line of at most so many characters, without control characters and without overrides of direction.

    Empty when nothing in it can be seen.
    """
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    line = " ".join(shown.split())
    if UNSEEN.issuperset(line.replace(" ", "")):
        return ""
    short = line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS
    return short if _is_closed(short) else re.sub("[\u2066-\u2069]", "", short)


def _shown(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs" | "Cn":
            return UNKNOWN
        case "Cf" if character not in UNSEEN:
            return ""
    return character


def _is_closed(text: str) -> bool:
    """Whether each isolate ends in the text itself, so that none turns what stands behind it."""
    depth = 0
    for character in text:
        depth += (character in _ISOLATES) - (character == _POP)
        if depth < 0:
            return False
    return depth == 0


def title_words(paper: Paper) -> str:
    """Whom the engagement is with and what it is, as on its page."""
    return ": ".join(filter(None, (plain(paper.partner, 100), plain(paper.title, 100)))) or UNTITLED


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def made_at_words(paper: Paper) -> str:
    """When the paper was made, told in its zone."""
    local = paper.made_at.astimezone(ZoneInfo(paper.zone))
    return f"{day_words(local.date())}, {local:%H:%M} ({paper.zone})"


def owner_words(paper: Paper, reason: PaperReason) -> str:
    """Who closes it. Without a name in the whole paper nothing is said: names may have been left out of it."""
    is_named = any(each.owner for each in paper.reasons)
    return reason.owner or (NOBODY if is_named else "")


def people_words(people: tuple[tuple[str, str, str], ...]) -> str:
    return "; ".join(f"{name}: {mark} {band}" for name, mark, band in people)
