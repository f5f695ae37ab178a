"""What must hold before a take is compared with anything: speech, long enough, clean enough."""

from enum import StrEnum

from trainer.speech.hearing.levels import Levels


class Refusal(StrEnum):
    """Why a take is not judged; nothing is said about the phrase then."""

    TOO_SHORT = "too_short"
    """Much shorter than the phrase takes, or hardly a sound."""
    TOO_LONG = "too_long"
    """Much longer than the phrase takes: something else was said too."""
    SILENT = "silent"
    """The microphone gave nothing."""
    TOO_QUIET = "too_quiet"
    CLIPPED = "clipped"
    """Louder than the microphone can tell."""
    NOISY = "noisy"
    """What is behind the speech is nearly as loud, or there is only noise."""
    NO_SPEECH = "no_speech"
    """Something is heard, and it is no voice."""


SHORTEST = 0.3
"""Seconds of speech."""
SILENT_PEAK = 0.001
"""-60 dBFS: what a microphone that is switched off gives."""
QUIET = -50.0
"""Decibels below full scale, of the speech."""
LEAST_SNR = 12.0
MOST_CLIPPED = 0.01
LEAST_VOICED = 0.1
"""Of the speech, in which a pitch must be heard: whispering and rustling have none."""
SHORTEST_RATIO, LONGEST_RATIO = 0.4, 2.5
"""Of the speech to the model's."""


def refusal_of_sound(levels: Levels) -> Refusal | None:
    """What can be said without the phrase."""
    if levels.peak < SILENT_PEAK:
        return Refusal.SILENT
    if levels.seconds < SHORTEST:
        return Refusal.TOO_SHORT
    if levels.clipped >= MOST_CLIPPED:
        return Refusal.CLIPPED
    if levels.loud < QUIET:
        return Refusal.TOO_QUIET
    if levels.snr < LEAST_SNR:
        return Refusal.NOISY
    if levels.speech_seconds < SHORTEST:
        return Refusal.TOO_SHORT
    return None


def refusal_of_speech(voiced: float, length_ratio: float) -> Refusal | None:
    """What can be said once the model is known. `voiced` is the share of the speech that has a pitch."""
    if voiced < LEAST_VOICED:
        return Refusal.NO_SPEECH
    if length_ratio < SHORTEST_RATIO:
        return Refusal.TOO_SHORT
    if length_ratio > LONGEST_RATIO:
        return Refusal.TOO_LONG
    return None
