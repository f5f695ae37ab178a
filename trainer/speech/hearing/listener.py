"""Hears a take: gates, then the phrase, then when and how high it was said."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from trainer.speech.files import write_whole
from trainer.speech.hearing.alignment import align, cheapest, distances
from trainer.speech.hearing.embedding import MODEL
from trainer.speech.hearing.features import SCHEMA, Features, features_of, pack, unpack
from trainer.speech.hearing.gates import Refusal, refusal_of_sound, refusal_of_speech
from trainer.speech.hearing.heard import Hearing
from trainer.speech.hearing.levels import Levels, levels_of
from trainer.speech.hearing.melody import agreement, correlation, melodies, overlay, tone_of
from trainer.speech.hearing.phrase import Costs, Detector, Verdict, judge, recognised_decoy, thresholds_for
from trainer.speech.hearing.recordings import RATE
from trainer.speech.hearing.references import Reference, carries_tones, is_provisional, kind_of
from trainer.speech.hearing.timing import timing_of, warp_deviation
from trainer.speech.sound import Sound, decode_mp3, resample

log = logging.getLogger(__name__)


class Listener:
    """Safe to use from several threads. `folder` keeps what was computed of the model voices, some kB each.

    Without `model`, the file of the speech embedding, phrases are told apart by their mel cepstra: it says more often
    that it is not sure.
    """

    def __init__(self, folder: Path, *, model: Path | None = MODEL) -> None:
        self._folder = folder
        self._model = model

    @property
    def has_embedding(self) -> bool:
        return self._model is not None

    @property
    def detector(self) -> Detector:
        return Detector.EMBEDDING if self.has_embedding else Detector.MFCC

    def hear(self, take: Sound, model: Reference, decoys: Sequence[Reference]) -> Hearing:
        """What can be told of a take of `model`; `decoys` are other lines of the same voice, five at least.

        Raises `CannotSpeak` or `OSError` if a reference cannot be read.
        """
        sound = resample(take, RATE)
        levels = levels_of(sound)
        measures = _measures_of(levels)
        refusal = refusal_of_sound(levels)
        if refusal is not None:
            return self._refused(refusal, measures)
        own, other = features_of(sound, levels, self._model), self._features(model)
        voiced = float((~np.isnan(own.pitch)).mean())
        ratio = own.seconds / max(other.seconds, 0.01)
        measures |= {"voiced_share": voiced, "length_ratio": ratio}
        refusal = refusal_of_speech(voiced, ratio)
        if refusal is not None:
            return self._refused(refusal, measures)
        return self._judged(own, model, decoys, measures)

    def _judged(
        self, take: Features, model: Reference, decoys: Sequence[Reference], measures: dict[str, float]
    ) -> Hearing:
        costs = self._costs(take, model, decoys)
        thresholds = thresholds_for(self.detector, kind_of(model.engine), self._features(model).seconds)
        verdict = judge(costs, thresholds)
        measures |= {"target_cost": costs.target, "n_decoys": float(len(decoys))}
        if costs.margin is not None:
            measures |= {"best_decoy_cost": min(costs.decoys), "margin": costs.margin}
        if verdict is Verdict.ANOTHER:
            said = recognised_decoy(costs, thresholds)
            line_id = decoys[said].line_id if said is not None else None
            return Hearing(verdict, None, line_id, measures, None, None, self.detector)
        return self._compared(take, model, verdict, measures)

    def _compared(self, take: Features, model: Reference, verdict: Verdict, measures: dict[str, float]) -> Hearing:
        """Timing and melody, which mean something only where it may be the phrase."""
        other = self._features(model)
        path = align(distances(take.cepstra, other.cepstra))
        timing = timing_of(take, other)
        measures |= {
            "pauses": float(len(timing.pauses)),
            "longest_pause": timing.longest_pause,
            "warp_deviation": warp_deviation(path),
        }
        found = melodies(take.pitch, other.pitch, path)
        if found is None:
            return Hearing(verdict, None, None, measures, timing, None, self.detector)
        share, likeness = agreement(found), correlation(found)
        measures |= {"pitch_range": found.take_range, "model_pitch_range": found.model_range}
        measures |= {"direction_agreement": share} if share is not None else {}
        measures |= {"pitch_r": likeness} if likeness is not None else {}
        is_told = verdict is Verdict.RECOGNISED and carries_tones(model)
        tone = tone_of(share, is_provisional=is_provisional(model)) if is_told else None
        return Hearing(verdict, None, None, measures, timing, overlay(found, tone), self.detector)

    def _refused(self, refusal: Refusal, measures: dict[str, float]) -> Hearing:
        return Hearing(Verdict.REFUSED, refusal, None, measures, None, None, self.detector)

    def _costs(self, take: Features, model: Reference, decoys: Sequence[Reference]) -> Costs:
        own = self._frames(take)
        tables = [distances(own, self._frames(self._features(each))) for each in (model, *decoys)]
        target, *others = cheapest(tables)
        return Costs(target, others)

    def _frames(self, features: Features) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return features.sounds if self.has_embedding else features.cepstra

    def _features(self, reference: Reference) -> Features:
        """Of a model voice: kept, or computed and kept."""
        path = self._path(reference)
        try:
            return unpack(path.read_bytes())
        except FileNotFoundError:
            pass
        except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
            log.warning("what was kept of a model voice is broken (%s): it is made again", type(error).__name__)
        sound = resample(decode_mp3(reference.path.read_bytes()), RATE)
        packed = pack(features_of(sound, levels_of(sound), self._model))
        write_whole(path, packed)
        return unpack(packed)

    def _path(self, reference: Reference) -> Path:
        parts = f"{SCHEMA}\n{self.detector}\n{reference.digest}"
        key = hashlib.sha256(parts.encode()).hexdigest()[:32]
        return self._folder / key[:2] / f"{key}.npz"


def _measures_of(levels: Levels) -> dict[str, float]:
    return {
        "seconds": levels.seconds,
        "speech_seconds": levels.speech_seconds,
        "snr_db": levels.snr,
        "loud_db": levels.loud,
        "clipped_share": levels.clipped,
        "peak": levels.peak,
    }
