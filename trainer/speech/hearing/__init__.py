"""Hears a learner's take against a model voice: which phrase it was, when and how high it was said, and no more.

It gives no percentage and judges no single sound: what it can hear, and what not, is measured in docs/speaking.md.
"""

from trainer.speech.hearing.gates import Refusal
from trainer.speech.hearing.heard import VERSION, Hearing
from trainer.speech.hearing.levels import Span
from trainer.speech.hearing.listener import Listener
from trainer.speech.hearing.melody import PitchOverlay, ToneBand, ToneVerdict
from trainer.speech.hearing.phrase import Detector, Verdict
from trainer.speech.hearing.recordings import MAX_BYTES, MAX_SECONDS, BadSound, read_take
from trainer.speech.hearing.references import FEWEST_DECOYS, PERSON, Reference, choose_decoys
from trainer.speech.hearing.timing import Timing
from trainer.speech.sound import Sound

__all__ = [
    "FEWEST_DECOYS",
    "MAX_BYTES",
    "MAX_SECONDS",
    "PERSON",
    "VERSION",
    "BadSound",
    "Detector",
    "Hearing",
    "Listener",
    "PitchOverlay",
    "Reference",
    "Refusal",
    "Sound",
    "Span",
    "Timing",
    "ToneBand",
    "ToneVerdict",
    "Verdict",
    "choose_decoys",
    "read_take",
]
