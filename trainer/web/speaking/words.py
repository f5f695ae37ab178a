"""The words for what was heard in a take: facts about the recording, and no more than the software can tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.content import Sayable
from trainer.domain.review import Closeness
from trainer.learning import Said, Take
from trainer.speech.hearing import FEWEST_DECOYS, Hearing, PitchOverlay, Refusal, Timing, ToneBand, Verdict
from trainer.web.speaking.overlay import Melody, melody_of

CLOSENESS: Mapping[str, tuple[str, str]] = {
    str(Closeness.FAR.value): ("Far off", "It comes back in some minutes."),
    str(Closeness.PARTLY.value): ("Partly", "It comes back soon."),
    str(Closeness.CLOSE.value): ("Close", "It comes back when you may begin to lose it."),
    str(Closeness.AT_EASE.value): ("At ease", "It rests longer."),
}
"""What can be said of a take, by its number, and what follows."""

REFUSALS: Mapping[Refusal, tuple[str, str]] = {
    Refusal.TOO_SHORT: ("That was too short", "Say the whole phrase between Record and Stop."),
    Refusal.TOO_LONG: (
        "That was much longer than the phrase",
        "Say this phrase only, in one go.",
    ),
    Refusal.SILENT: (
        "The microphone gave silence",
        "It may be muted, or another microphone may be chosen in the settings of your device.",
    ),
    Refusal.TOO_QUIET: ("That was too quiet", "Speak up, or come closer to the microphone."),
    Refusal.CLIPPED: ("That was too loud", "Move away from the microphone a little, or turn it down."),
    Refusal.NOISY: (
        "There is too much noise around you",
        "Find a quieter place, come closer to the microphone, or use a headset.",
    ),
    Refusal.NO_SPEECH: ("No voice was heard", "Say the phrase aloud: what is whispered cannot be compared."),
}

TONES: Mapping[ToneBand, str] = {
    ToneBand.CLOSE: "Your voice mostly goes up and down where the model’s does.",
    ToneBand.PARTLY: "Your voice goes the model’s way in part. Listen again where the ground is shaded.",
    ToneBand.DIFFERENT: "Your voice often goes another way than the model’s. Listen where the ground is shaded.",
}
OUTCOMES: Mapping[Verdict, str] = {
    Verdict.RECOGNISED: "recognised",
    Verdict.ANOTHER: "sounded like another phrase",
    Verdict.REFUSED: "could not be compared",
}
PART_BELOW = 0.65
"""Of the model's length, from which on something was probably left out."""
SAME_PACE = 1.15
"""Times as long, or as short, that nobody would notice."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of a hearing: a verdict with its advice, facts, and the drawing of the melodies."""

    mark: str
    headline: str
    advice: str
    other: Sayable | None
    facts: tuple[str, ...]
    melody: Melody | None
    melody_words: tuple[str, ...]


def hearing_lines(hearing: Hearing, neighbours: Mapping[str, Sayable]) -> Told:
    """`neighbours` are the phrases that may be named when one of them was heard instead."""
    if hearing.refusal is not None:
        return Told("refused", *REFUSALS[hearing.refusal], None, (), None, ())
    other = neighbours.get(hearing.other or "")
    return Told(
        hearing.verdict.value,
        *_verdict(hearing, other),
        other,
        _facts(hearing.timing) if hearing.timing else (),
        melody_of(hearing.pitch) if hearing.pitch else None,
        _melody_words(hearing.pitch) if hearing.pitch else (),
    )


def take_line(take: Take) -> str:
    """A take in a list."""
    if take.hearing is not None and take.hearing.refusal is not None:
        return REFUSALS[take.hearing.refusal][0].lower()
    return _outcome(take.state, None if take.hearing is None else take.hearing.verdict)


def said_line(said: Said) -> str:
    """How the last take of a line went."""
    return _outcome(said.state, said.verdict)


def _outcome(state: str, verdict: str | None) -> str:
    if verdict is None:
        return "could not be heard" if state == "failed" else "is being heard"
    return OUTCOMES.get(Verdict(verdict), "not sure")


def _verdict(hearing: Hearing, other: Sayable | None) -> tuple[str, str]:
    verdict = hearing.verdict
    if verdict is Verdict.RECOGNISED:
        return (
            "We recognised this phrase",
            "It is nearer to this phrase than to the few others that it was compared with.",
        )
    if verdict is Verdict.ANOTHER:
        named = "That sounded like another phrase" + (" of this lesson:" if other else "")
        return named, "Hear the model once more, and say it again."
    if hearing.measures.get("n_decoys", FEWEST_DECOYS) < FEWEST_DECOYS:
        return (
            "It cannot be told whether this was the phrase",
            "Too few phrases are spoken here by this voice.",
        )
    return "We are not sure that this was the phrase", "Say it once more, a little slower and clearer."


def _facts(timing: Timing) -> tuple[str, ...]:
    return _pace(timing), _pauses(timing)


def _pace(timing: Timing) -> str:
    ratio = timing.length_ratio
    took = f"You took {timing.seconds:.1f} seconds, the model {timing.model_seconds:.1f}"
    if 1 / SAME_PACE <= ratio <= SAME_PACE:
        return f"{took}: the same pace."
    if ratio < PART_BELOW:
        return f"{took}: perhaps you said only a part of it."
    return f"{took}: {ratio:.1f} times as long." if ratio > 1 else f"{took}: you were faster."


def _pauses(timing: Timing) -> str:
    if not timing.pauses:
        return "You made no pause longer than a quarter of a second" + (
            f"; the model makes {len(timing.model_pauses)}." if timing.model_pauses else "."
        )
    there = len(timing.model_pauses)
    beside = "the model makes none" if not there else f"the model makes {there}"
    often = "once" if len(timing.pauses) == 1 else f"{len(timing.pauses)} times"
    return f"You paused {often} ({timing.longest_pause:.1f} seconds at most); {beside}."


def _melody_words(pitch: PitchOverlay) -> tuple[str, ...]:
    words = []
    if pitch.is_flat:
        words.append("Your voice is flatter than the model: it goes up and down less than half as far.")
    if pitch.tone is not None:
        words.append(TONES[pitch.tone.band])
        if pitch.tone.is_provisional:
            words.append(
                "For this language the comparison of melodies has been tried on few voices: take it as a hint."
            )
    return tuple(words)
