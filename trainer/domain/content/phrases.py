"""Phrases: one thing to say each, and what not to say instead."""

from dataclasses import dataclass

from trainer.domain.content.words import Prose, Register


@dataclass(frozen=True, slots=True)
class WrongForm:
    """What a learner may be tempted to say instead, and why not to."""

    text: str
    why: Prose


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing to say, in one register; `reading` is what decides its pronunciation where the script does not.

    A doubtful one is to be looked at by a speaker of the language.
    """

    id: str
    lang: str
    function: str
    text: str
    reading: str | None
    translit: str | None
    literal: str
    natural: str
    register: Register
    channel: tuple[str, ...]
    to_role: str
    to_gender: str
    audio_text: str
    wrong: tuple[WrongForm, ...]
    note: Prose
    politeness: str | None = None
    speaker: str = "any"
    is_doubtful: bool = False
