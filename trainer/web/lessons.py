"""What a lesson shows beside its own words."""

from collections.abc import Sequence

from trainer.domain.content import Lesson, Phrase

SHOWN_PHRASES = 3
"""Phrases of a function shown at once; the rest opens on demand, so that a lesson stays readable on a phone."""


def phrase_groups(lesson: Lesson) -> list[tuple[str, Sequence[Phrase], Sequence[Phrase]]]:
    """Phrases by function, in the lesson's order: those shown at once, and the rest."""
    groups: list[tuple[str, Sequence[Phrase], Sequence[Phrase]]] = []
    for function in lesson.functions:
        phrases = [phrase for phrase in lesson.phrases if phrase.function == function]
        groups.append((function, phrases[:SHOWN_PHRASES], phrases[SHOWN_PHRASES:]))
    return groups
