"""How well takes are told apart: the separation of margins in a folder of labelled recordings."""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from trainer.speech.engines import primary
from trainer.speech.hearing.heard import Hearing
from trainer.speech.hearing.listener import Listener
from trainer.speech.hearing.phrase import THRESHOLDS, Detector, Thresholds, Verdict
from trainer.speech.hearing.recordings import BadSound, read_take
from trainer.speech.hearing.references import Kind, Reference, choose_decoys, kind_of
from trainer.speech.sound import CannotSpeak

LABELS = "labels.csv"
COLUMNS = ("recording", "line", "said", "lang", "reference", "engine")
TEXT = "text"
"""A column that may be there: what the line says, so that lines with nearly the same words are no decoys."""
JUNK = "junk"
"""In the column `said`, of what is no phrase of the language."""
TAIL = 0.01
"""The share that the hint lets each threshold get wrong."""

Find = Callable[[str], Reference | None]
"""The shipped file of a line."""


class BadLabels(Exception):
    """The folder cannot be evaluated; each line of the message is a mistake as path:line: message."""


@dataclass(frozen=True, slots=True)
class Label:
    """One row: what somebody was to say, and said."""

    place: str
    """As path:line."""
    recording: Path
    said: str
    model: Reference

    @property
    def truth(self) -> str:
        return JUNK if self.said == JUNK else "same" if self.said == self.model.line_id else "different"


@dataclass(frozen=True, slots=True)
class Heard:
    label: Label
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the recordings of one truth: their margins (of those that have one), and what is said of them as shares."""

    count: int
    least: float | None
    median: float | None
    most: float | None
    recognised: float
    another: float
    not_sure: float
    refused: float


@dataclass(frozen=True, slots=True)
class Group:
    """One language and one kind of model voice."""

    lang: str
    kind: Kind
    engines: tuple[str, ...]
    spreads: Mapping[str, Spread]
    """By truth: same, different, junk."""
    error: float | None
    """The equal error rate of same and different: at the margin where as many of each are taken for the other."""
    hint: Thresholds | None
    """Where the thresholds would be if one in a hundred of these may be told wrongly; None without both truths."""


def read_labels(folder: Path, shipped: Find) -> list[Label]:
    """The rows of a folder's labels.csv. Raises `BadLabels`."""
    path = folder / LABELS
    try:
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadLabels(f"{path}:1: this file cannot be read ({error}).") from error
    if not rows:
        raise BadLabels(f"{path}:1: there is no recording in it; its columns are {', '.join(COLUMNS)}.")
    missing = [name for name in COLUMNS if name not in rows[0]]
    if missing:
        raise BadLabels(f"{path}:1: {', '.join(missing)} is missing among the columns.")
    labels: list[Label] = []
    mistakes = []
    for number, row in enumerate(rows, 2):
        try:
            labels.append(_label(folder, f"{path}:{number}", row, shipped))
        except ValueError as error:
            mistakes.append(f"{path}:{number}: {error}")
    if mistakes:
        raise BadLabels("\n".join(mistakes))
    return labels


def _label(folder: Path, place: str, row: Mapping[str, str | None], shipped: Find) -> Label:
    values = {name: (row.get(name) or "").strip() for name in (*COLUMNS, TEXT)}
    empty = [name for name in ("recording", "line", "said", "lang") if not values[name]]
    if empty:
        raise ValueError(f"{', '.join(empty)} is empty.")
    recording = folder / values["recording"]
    if not recording.is_file():
        raise ValueError(f"there is no file {values['recording']}.")
    return Label(place, recording, values["said"], _reference(folder, values, shipped))


def _reference(folder: Path, values: Mapping[str, str], shipped: Find) -> Reference:
    line = values["line"]
    if not values["reference"]:
        found = shipped(line)
        if found is None:
            raise ValueError(f"no file is shipped for the line {line}: name one in the column reference.")
        return found
    path = folder / values["reference"]
    if not path.is_file():
        raise ValueError(f"there is no file {values['reference']}.")
    if not values["engine"]:
        raise ValueError("engine is empty, and the voice is none that is shipped.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Reference(line, path, digest, values["lang"], values["engine"], values[TEXT])


def hear_all(listener: Listener, labels: Sequence[Label], shipped: Sequence[Reference] = ()) -> Iterator[Heard]:
    """One after the other. `shipped` are lines that may be decoys beside those of the folder. Raises `BadLabels`."""
    models = {(label.model.line_id, label.model.digest): label.model for label in labels}
    candidates = [*models.values(), *(each for each in shipped if (each.line_id, each.digest) not in models)]
    for label in labels:
        try:
            take = read_take(label.recording.read_bytes())
            hearing = listener.hear(take, label.model, choose_decoys(label.model, candidates))
        except (BadSound, CannotSpeak, OSError) as error:
            raise BadLabels(f"{label.place}: {error}") from error
        yield Heard(label, hearing)


def group(heard: Sequence[Heard]) -> list[Group]:
    by_group: dict[tuple[str, Kind], list[Heard]] = {}
    for each in heard:
        model = each.label.model
        by_group.setdefault((primary(model.lang), kind_of(model.engine)), []).append(each)
    return [_group(lang, kind, members) for (lang, kind), members in sorted(by_group.items())]


def _group(lang: str, kind: Kind, heard: Sequence[Heard]) -> Group:
    by_truth: dict[str, list[Hearing]] = {}
    for each in heard:
        by_truth.setdefault(each.label.truth, []).append(each.hearing)
    same, different = (_margins(by_truth.get(truth, ())) for truth in ("same", "different"))
    wrong = sorted([*different, *_margins(by_truth.get(JUNK, ()))])
    return Group(
        lang=lang,
        kind=kind,
        engines=tuple(sorted({each.label.model.engine for each in heard})),
        spreads={truth: _spread(hearings) for truth, hearings in sorted(by_truth.items())},
        error=equal_error_rate(same, different) if same and different else None,
        hint=Thresholds(_quantile(wrong, 1 - TAIL), _quantile(sorted(same), TAIL)) if same and wrong else None,
    )


def _margins(hearings: Sequence[Hearing]) -> list[float]:
    return [each.measures["margin"] for each in hearings if "margin" in each.measures]


def _spread(hearings: Sequence[Hearing]) -> Spread:
    margins = _margins(hearings)
    shares = {
        verdict: sum(each.verdict is verdict for each in hearings) / len(hearings) for verdict in Verdict
    }  # fmt: skip
    return Spread(
        count=len(hearings),
        least=min(margins, default=None),
        median=median(margins) if margins else None,
        most=max(margins, default=None),
        recognised=shares[Verdict.RECOGNISED],
        another=shares[Verdict.ANOTHER],
        not_sure=shares[Verdict.NOT_SURE],
        refused=shares[Verdict.REFUSED],
    )


def equal_error_rate(same: Sequence[float], different: Sequence[float]) -> float:
    """The least that both error rates can be at once, over all thresholds between two margins."""
    worst = 1.0
    for threshold in sorted({*same, *different}):
        missed = sum(margin < threshold for margin in same) / len(same)
        passed = sum(margin >= threshold for margin in different) / len(different)
        worst = min(worst, max(missed, passed))
    return worst


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, max(0, round(share * (len(ordered) - 1))))]


def thresholds_of(detector: Detector, kind: Kind) -> Thresholds:
    return THRESHOLDS[detector, kind]
