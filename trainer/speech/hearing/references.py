"""The model voices that a take is heard against, and which others show what it is not."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio

from trainer.speech.engines import primary
from trainer.speech.lines import Line, plain
from trainer.speech.shipped import NORMAL, Shipped

FEWEST_DECOYS, MOST_DECOYS = 5, 8
"""Fewer than the first tell too little to judge by."""
LONGER = 2.0
"""Times that a decoy may be as long as the target, or as short."""
ALIKE, NEARLY_ALIKE = 70.0, 50.0
"""Of 100, from which on two texts share too much to be told apart, or so much that others are better."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A line spoken by a model voice. `digest` changes with the file; `engine` is the manifest's, or "person"."""

    line_id: str
    path: Path
    digest: str
    lang: str
    engine: str
    text: str = ""


class Kind(StrEnum):
    """How like a person a voice sounds: how well a take can be told from others depends on it."""

    NATURAL = "natural"
    PICO = "pico"
    ESPEAK = "espeak"


PERSON = "person"
_KINDS = {"pico": Kind.PICO, "espeak": Kind.ESPEAK}
_MELODIES = {"zh": {"kokoro", "gtts", PERSON}, "ja": {"openjtalk", "kokoro", "gtts", PERSON}, "vi": {"gtts", PERSON}}
"""The voices whose melody a learner may be held to, by the languages in which melody tells words apart."""
_CERTAIN = {"zh"}
"""For the others the verdict is provisional."""


def kind_of(engine: str) -> Kind:
    return _KINDS.get(engine, Kind.NATURAL)


def carries_tones(model: Reference) -> bool:
    return model.engine in _MELODIES.get(_language(model.lang), set())


def is_provisional(model: Reference) -> bool:
    return _language(model.lang) not in _CERTAIN


def choose_decoys(target: Reference, candidates: Sequence[Reference], most: int = MOST_DECOYS) -> tuple[Reference, ...]:
    """Other lines of the same language and voice, those nearest in length; the same ones each time.

    Lines that share most of their words with the target are left out, as no take could be told from both; those that
    share many come last.
    """
    fit = [each for each in candidates if _is_decoy(target, each)]
    fit.sort(
        key=lambda each: (
            _is_alike(target, each, NEARLY_ALIKE),
            round(abs(_growth(target, each)), 1),
            _lot(target, each),
        )
    )
    chosen = {each.line_id: each for each in reversed(fit)}
    return tuple(each for each in fit if chosen[each.line_id] is each)[:most]


def _is_decoy(target: Reference, other: Reference) -> bool:
    return (
        other.line_id != target.line_id
        and other.engine == target.engine
        and _language(other.lang) == _language(target.lang)
        and abs(_growth(target, other)) <= math.log(LONGER)
        and not _is_alike(target, other, ALIKE)
    )


def _is_alike(target: Reference, other: Reference, least: float) -> bool:
    """Texts that are not known are taken for others."""
    text, others = _letters(target.text), _letters(other.text)
    return bool(text and others) and partial_ratio(text, others) >= least


def _growth(target: Reference, other: Reference) -> float:
    return math.log(max(1, len(_letters(other.text))) / max(1, len(_letters(target.text))))


def _letters(text: str) -> str:
    return "".join(sign for sign in plain(text).casefold() if sign.isalnum() or sign == " ")


def _lot(target: Reference, other: Reference) -> str:
    """Decides among those of one length, for each target otherwise."""
    return sha256(f"{target.line_id}\n{other.line_id}".encode()).hexdigest()


def _language(lang: str) -> str:
    tag = primary(lang)
    return "zh" if tag == "cmn" else tag


def shipped_references(lines: Iterable[Line], shipped: Shipped) -> list[Reference]:
    """Of the lines that are shipped spoken as they are worded now, at normal speed."""
    found = ((line, shipped.find(line, NORMAL)) for line in lines)
    return [
        Reference(line.id, file[0], file[1].sha256, line.lang, file[1].engine, line.text)
        for line, file in found
        if file is not None
    ]
