"""Whether a take is the phrase: by how much nearer it is to its model than to other phrases of the same voice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trainer.speech.hearing.references import FEWEST_DECOYS, Kind


class Verdict(StrEnum):
    RECOGNISED = "recognised"
    ANOTHER = "another"
    NOT_SURE = "not_sure"
    REFUSED = "refused"


class Detector(StrEnum):
    """What hears: the model, or the mel cepstra where it is not installed."""

    EMBEDDING = "embedding"
    MFCC = "mfcc"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Of the margin."""

    recognised: float
    another: float


THRESHOLDS: Mapping[tuple[Detector, Kind], Thresholds] = {
    (Detector.EMBEDDING, Kind.NATURAL): Thresholds(1.2, 0.95),
    (Detector.EMBEDDING, Kind.PICO): Thresholds(1.2, 0.95),
    (Detector.EMBEDDING, Kind.ESPEAK): Thresholds(1.15, 0.95),
    (Detector.MFCC, Kind.NATURAL): Thresholds(1.2, 0.75),
    (Detector.MFCC, Kind.PICO): Thresholds(1.2, 0.75),
    (Detector.MFCC, Kind.ESPEAK): Thresholds(1.3, 0.75),
}
"""Measured on synthetic learners (docs/speaking.md): what is not the phrase stays below the first, the phrase above the
second. Pico's margins are like those of natural voices, espeak-ng's narrower below 1."""


SHORT, SHORT_MARGIN = 1.2, 1.4
"""Seconds of a model below which a take must be told from others more clearly: "Enchantée" is near to "C'est noté"."""


@dataclass(frozen=True, slots=True)
class Costs:
    """How far a take is from its model, and from each of the decoys."""

    target: float
    decoys: Sequence[float]

    @property
    def margin(self) -> float | None:
        """How many times as far the nearest decoy is as the model; None without decoys."""
        return min(self.decoys) / max(self.target, 1e-6) if self.decoys else None

    @property
    def nearest(self) -> int | None:
        """The place of the nearest decoy."""
        return min(range(len(self.decoys)), key=lambda place: self.decoys[place]) if self.decoys else None

    @property
    def others_margin(self) -> float | None:
        """How many times as far the next nearest of all is as the nearest decoy."""
        if self.nearest is None:
            return None
        others = [self.target, *(cost for place, cost in enumerate(self.decoys) if place != self.nearest)]
        return min(others) / max(self.decoys[self.nearest], 1e-6)


def thresholds_for(detector: Detector, kind: Kind, seconds: float) -> Thresholds:
    """Those for a model that speaks for so many seconds."""
    usual = THRESHOLDS[detector, kind]
    return usual if seconds >= SHORT else replace(usual, recognised=max(usual.recognised, SHORT_MARGIN))


def judge(costs: Costs, thresholds: Thresholds) -> Verdict:
    """With too few decoys the nearest may be far by chance: then nothing is said."""
    if costs.margin is None or len(costs.decoys) < FEWEST_DECOYS:
        return Verdict.NOT_SURE
    if costs.margin >= thresholds.recognised:
        return Verdict.RECOGNISED
    return Verdict.ANOTHER if costs.margin <= thresholds.another else Verdict.NOT_SURE


def recognised_decoy(costs: Costs, thresholds: Thresholds) -> int | None:
    """The place of the decoy that was said, if it stands out as a model must."""
    margin = costs.others_margin
    return costs.nearest if margin is not None and margin >= thresholds.recognised else None
