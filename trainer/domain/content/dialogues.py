"""Dialogues: what two people say to each other in a scene of a lesson."""

from dataclasses import dataclass

from trainer.domain.content.phrases import Phrase
from trainer.domain.content.words import Prose


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who speaks in a dialogue; `id` is unique within it."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """What a party says in one turn. A line that says a phrase has the phrase's words, and its sound.

    `id` is made of the dialogue's and its place in it. `natural` is left out where it would say the same again.
    """

    id: str
    party: Party
    lang: str
    text: str
    reading: str | None
    translit: str | None
    natural: str | None
    audio_text: str
    phrase: Phrase | None = None
    note: Prose | None = None
    is_doubtful: bool = False

    @property
    def said(self) -> "Phrase | DialogueLine":
        """What is heard: lines that say one phrase share one sound."""
        return self.phrase or self


Sayable = Phrase | DialogueLine
"""What can be heard."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`learner` is the side that the learner normally takes."""

    id: str
    lesson_id: str
    lang: str
    title: str
    scene: Prose
    parties: tuple[Party, ...]
    learner: Party
    lines: tuple[DialogueLine, ...]

    @property
    def own_lines(self) -> tuple[DialogueLine, ...]:
        """Those that say no phrase."""
        return tuple(line for line in self.lines if line.phrase is None)
