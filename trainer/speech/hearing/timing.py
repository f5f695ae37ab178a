"""When things were said, beside the model: facts, not grades."""

from dataclasses import dataclass

import numpy as np

from trainer.speech.hearing.alignment import Path
from trainer.speech.hearing.features import Features
from trainer.speech.hearing.levels import Span
from trainer.speech.hearing.spectra import STEP


@dataclass(frozen=True, slots=True)
class Timing:
    seconds: float
    """Of speech, from its first to its last moment."""
    model_seconds: float
    pauses: tuple[Span, ...]
    """Silences within the speech that are longer than a stop between sounds, in seconds from its first moment."""
    model_pauses: tuple[Span, ...]

    @property
    def length_ratio(self) -> float:
        """1.4 is 1.4 times as long as the model."""
        return self.seconds / self.model_seconds

    @property
    def longest_pause(self) -> float:
        return max((end - start for start, end in self.pauses), default=0.0)


def timing_of(take: Features, model: Features) -> Timing:
    return Timing(take.seconds, model.seconds, take.pauses, model.pauses)


def warp_deviation(path: Path) -> float:
    """How far the take runs before or behind the model on average, in seconds of the model, at one even speed."""
    even = path.first * (path.second[-1] / max(1, path.first[-1]))
    return float(np.abs(path.second - even).mean() * STEP)
