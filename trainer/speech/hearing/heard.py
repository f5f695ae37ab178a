"""What is told of a take, and how it is kept: raw measures beside what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer.speech.hearing.gates import Refusal
from trainer.speech.hearing.levels import Span
from trainer.speech.hearing.melody import PitchOverlay, ToneBand, ToneVerdict
from trainer.speech.hearing.phrase import Detector, Verdict
from trainer.speech.hearing.timing import Timing

VERSION = 1
"""Of the measures and the thresholds together: one more whenever the same take may be told otherwise."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Hearing:
    """`measures` are raw, for recalibration and for one's own progress; they are no score and are not shown as one."""

    verdict: Verdict
    refusal: Refusal | None
    """Of a take that is refused; the rest is then as far as it could be measured."""
    other: str | None
    """The id of the line that was said instead, where it stands out."""
    measures: Mapping[str, float]
    timing: Timing | None
    """None unless it may be the phrase."""
    pitch: PitchOverlay | None
    """None unless it may be the phrase, and both have a voice."""
    detector: Detector
    version: int = VERSION

    def to_json(self) -> dict[str, Any]:
        """Plain and short: it is kept in a row."""
        return {
            "version": self.version,
            "detector": self.detector.value,
            "verdict": self.verdict.value,
            "refusal": self.refusal.value if self.refusal else None,
            "other": self.other,
            "measures": {name: round(value, _DIGITS) for name, value in self.measures.items()},
            "timing": _timing_json(self.timing) if self.timing else None,
            "pitch": _pitch_json(self.pitch) if self.pitch else None,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Hearing":
        """Raises `KeyError` or `ValueError` for what was never kept."""
        return cls(
            verdict=Verdict(row["verdict"]),
            refusal=Refusal(row["refusal"]) if row["refusal"] else None,
            other=row["other"],
            measures=dict(row["measures"]),
            timing=_timing(row["timing"]) if row["timing"] else None,
            pitch=_pitch(row["pitch"]) if row["pitch"] else None,
            detector=Detector(row["detector"]),
            version=row["version"],
        )


def _timing_json(timing: Timing) -> dict[str, Any]:
    return {
        "seconds": round(timing.seconds, 2),
        "model_seconds": round(timing.model_seconds, 2),
        "pauses": _spans_json(timing.pauses),
        "model_pauses": _spans_json(timing.model_pauses),
    }


def _timing(row: Mapping[str, Any]) -> Timing:
    return Timing(row["seconds"], row["model_seconds"], _spans(row["pauses"]), _spans(row["model_pauses"]))


def _pitch_json(pitch: PitchOverlay) -> dict[str, Any]:
    tone = pitch.tone
    return {
        "step": round(pitch.step, 3),
        "model": list(pitch.model),
        "take": list(pitch.take),
        "is_flat": pitch.is_flat,
        "tone": {"band": tone.band.value, "is_provisional": tone.is_provisional} if tone else None,
        "disagreements": _spans_json(pitch.disagreements),
    }


def _pitch(row: Mapping[str, Any]) -> PitchOverlay:
    tone = row["tone"]
    return PitchOverlay(
        step=row["step"],
        model=tuple(row["model"]),
        take=tuple(row["take"]),
        is_flat=row["is_flat"],
        tone=ToneVerdict(ToneBand(tone["band"]), tone["is_provisional"]) if tone else None,
        disagreements=_spans(row["disagreements"]),
    )


def _spans_json(spans: tuple[Span, ...]) -> list[list[float]]:
    return [[round(start, 2), round(end, 2)] for start, end in spans]


def _spans(rows: list[list[float]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in rows)
