"""What is to be spoken: one line for each phrase, and for each line of a dialogue that says no phrase."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trainer.domain.content import Content, Course, Phrase, Sayable
from trainer.speech.engines import Utterance
from trainer.speech.sound import CannotSpeak

LONGEST = 500
"""Characters of one line."""
ANYBODY = "any"
GLOSSARIES = "glossaries"
"""The home of phrases that belong to no course."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be spoken; `id` names the same line when its words are others. `speaker` is man, woman or any."""

    id: str
    text: str
    reading: str | None
    lang: str
    speaker: str = ANYBODY

    @property
    def voiced(self) -> str:
        """The language tag with whose voice it should be, for engines that have a choice: fr-x-man.

        BCP 47 leaves such a part to private use, and an engine that does not know it is asked without it.
        """
        return self.lang if self.speaker == ANYBODY else f"{self.lang}-x-{self.speaker}"

    @property
    def spoken(self) -> str:
        """Tells words from other words: equal for those that are spoken alike, whatever their id and whoever speaks."""
        parts = [self.lang.casefold(), plain(self.text), plain(self.reading or "")]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def utterance(self, *, is_slow: bool) -> Utterance:
        """Raises `CannotSpeak` for what nobody can say."""
        text = plain(self.text)
        if not any(sign.isalnum() for sign in text):
            raise CannotSpeak("There is nothing to say aloud in this text.")
        if len(text) > LONGEST:
            raise CannotSpeak(f"This text is too long to be spoken: {len(text)} characters, {LONGEST} at most.")
        return Utterance(text, plain(self.reading or "") or None, self.lang, is_slow)


def line_of(said: Sayable) -> Line:
    speaker = said.speaker if isinstance(said, Phrase) else ANYBODY
    return Line(said.id, said.audio_text, said.reading, said.lang, speaker)


def lines_of(content: Content) -> Mapping[str, tuple[Line, ...]]:
    """All that is to be spoken, by its home: the folder in lessons/ whose audio/ holds it."""
    homes = {course.id: tuple(map(line_of, _said_in(course))) for course in content.courses.values()}
    named = {line.id for lines in homes.values() for line in lines}
    others = tuple(line_of(phrase) for phrase in content.phrases.values() if phrase.id not in named)
    return {home: lines for home, lines in (*homes.items(), (GLOSSARIES, others)) if lines}


def _said_in(course: Course) -> Iterator[Sayable]:
    yield from course.phrases
    for dialogue in course.dialogues:
        yield from dialogue.own_lines


def plain(text: str) -> str:
    """NFC, one kind of space, nothing that is not a character (controls, halves of a pair)."""
    signs = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cc", "Cs"))
