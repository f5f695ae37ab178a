"""What the entries of a quiz may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.domain.content import Competency, Fact, Lesson, Phrase, Source
from trainer.domain.generating import lexicon_of


@dataclass(frozen=True)
class Known:
    """What a quiz may refer to."""

    competencies: Mapping[str, Competency]
    lessons: Mapping[str, Lesson]
    facts: Mapping[str, Fact]
    phrases: Mapping[str, Phrase]
    sources: Mapping[str, Source]

    @cached_property
    def lexicon(self) -> Mapping[str, frozenset[str]]:
        return lexicon_of(self.phrases.values())
