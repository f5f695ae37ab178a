"""Where a course comes from and who stands behind it: marks, sources, days of checking, and what is not settled."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.domain.content import Content, Course, Item, Mark, Source, Wording
from trainer.domain.generating import phrase_of


class DoubtPlace(StrEnum):
    """What words stand in."""

    PHRASE = "phrase"
    DIALOGUE = "dialogue"
    MAIL = "mail"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class DoubtfulWords:
    """Words that a speaker of the language should look at; `name` is a phrase's id, or the title of what they are in.

    `meaning` is left out where it would say the same again.
    """

    text: str
    lang: str
    meaning: str | None
    place: DoubtPlace
    name: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """`sources` with how many facts name each, those of the best tier first; nobody settled the `doubtful`.

    `single_voices` counts the facts whose sources are all of tier C.
    """

    course: Course
    marks: Mapping[Mark, int]
    single_voices: int
    sources: tuple[tuple[Source, int], ...]
    oldest_check: date | None
    newest_check: date | None
    doubtful: tuple[DoubtfulWords, ...]

    @property
    def facts(self) -> int:
        return sum(self.marks.values())


def provenance_of(course: Course) -> Provenance:
    facts = [fact for lesson in course.lessons for fact in lesson.facts]
    marks = Counter(fact.mark for fact in facts)
    named = Counter(source for fact in facts for source in fact.sources)
    days = [fact.checked for fact in facts]
    return Provenance(
        course=course,
        marks={mark: marks[mark] for mark in Mark},
        single_voices=sum(fact.best_tier == "C" for fact in facts),
        sources=tuple(sorted(named.items(), key=lambda pair: (pair[0].tier, -pair[1], pair[0].title))),
        oldest_check=min(days, default=None),
        newest_check=max(days, default=None),
        doubtful=tuple(_doubtful(course)),
    )


def rests_on_doubt(content: Content, item: Item) -> bool:
    """Whether an item plays a doubtful phrase, or was made from one."""
    made_from = content.phrases.get(phrase_of(item.id) or "")
    return any(phrase is not None and phrase.is_doubtful for phrase in (made_from, item.audio))


def _doubtful(course: Course) -> Iterator[DoubtfulWords]:
    """Words that say a phrase are told once, as the phrase."""
    for phrase in course.phrases:
        if phrase.is_doubtful:
            yield DoubtfulWords(phrase.text, phrase.lang, phrase.natural, DoubtPlace.PHRASE, phrase.id)
    for dialogue in course.dialogues:
        for line in dialogue.own_lines:
            if line.is_doubtful:
                yield DoubtfulWords(line.text, line.lang, line.natural, DoubtPlace.DIALOGUE, dialogue.title)
    for place, lang, title, words in _examples(course):
        if words.is_doubtful and words.phrase is None:
            yield DoubtfulWords(words.text, lang, words.natural, place, title)


def _examples(course: Course) -> Iterator[tuple[DoubtPlace, str, str, Wording]]:
    """Every wording of the e-mails and contrasts, with where it stands."""
    for mail in course.mails:
        for words in (mail.subject, *mail.lines):
            yield DoubtPlace.MAIL, mail.lang, mail.title, words
    for contrast in course.contrasts:
        for form in contrast.forms:
            yield DoubtPlace.CONTRAST, contrast.lang, contrast.title, form.wording
