"""What a lesson shows beside its own words: what is computed, its phrases in groups, dialogues with their sound."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.domain.calendar import countries
from trainer.domain.content import Course, Dialogue, DialogueLine, Lesson, Phrase, Sayable
from trainer.domain.country import CountryFacts, DaysAhead, country_facts, days_ahead
from trainer.web.places import zones_of

Audio = Mapping[str, str]
"""Addresses and label, as `audio_of` gives them."""

SHOWN_PHRASES = 3
"""Phrases of a function shown at once; the rest opens on demand, so that a lesson stays readable on a phone."""


def phrase_groups(lesson: Lesson) -> list[tuple[str, Sequence[Phrase], Sequence[Phrase]]]:
    """Phrases by function, in the lesson's order: those shown at once, and the rest."""
    groups: list[tuple[str, Sequence[Phrase], Sequence[Phrase]]] = []
    for function in lesson.functions:
        phrases = [phrase for phrase in lesson.phrases if phrase.function == function]
        groups.append((function, phrases[:SHOWN_PHRASES], phrases[SHOWN_PHRASES:]))
    return groups


def phrases_elsewhere(lesson: Lesson, course: Course) -> list[tuple[str, Lesson]]:
    """The functions that it points to, each with the lesson that shows their phrases."""
    return [
        (function, other)
        for function in lesson.see_functions
        for other in course.lessons
        if function in other.functions and other is not lesson
    ]


def sayables_of(lesson: Lesson) -> tuple[Sayable, ...]:
    """All of a lesson that can be said: its phrases, then what its dialogues add."""
    return (*lesson.phrases, *(line for dialogue in lesson.dialogues for line in dialogue.own_lines))


@dataclass(frozen=True)
class Computed:
    """What a lesson need not say, as it can be computed: of a country in general, or its days off to come."""

    facts: CountryFacts | None = None
    ahead: DaysAhead | None = None


def computed_of(lesson: Lesson, course: Course, at: datetime) -> Computed:
    """Nothing but in the two lessons of a country that are about it."""
    if course.country is None or course.country not in countries():
        return Computed()
    match lesson.topic:
        case "at_a_glance":
            return Computed(facts=country_facts(course.country, course.language, zones_of(course.country), at))
        case "calendar":
            return Computed(ahead=days_ahead(course.country, at.date()))
        case _:
            return Computed()


@dataclass(frozen=True)
class Heard:
    """A dialogue with the sound of each line. `audio` is by what is said, `voices` says whose voices are heard."""

    dialogue: Dialogue
    audio: Mapping[str, Audio]

    @property
    def voices(self) -> str:
        return "; ".join(dict.fromkeys(audio["label"] for audio in self.audio.values()))

    @property
    def has_readings(self) -> bool:
        return any(line.reading or line.translit for line in self.dialogue.lines)

    def is_learners(self, line: DialogueLine) -> bool:
        return line.party == self.dialogue.learner


def heard(dialogue: Dialogue, audio_of: Callable[[Sayable], Audio | None]) -> Heard:
    return Heard(dialogue, {line.said.id: audio for line in dialogue.lines if (audio := audio_of(line.said))})
