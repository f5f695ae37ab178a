"""Where a course comes from and who stands behind it: marks, sources, days of checking, and what is not settled."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.domain.content import Course, Mark, Phrase, Source


@dataclass(frozen=True, slots=True)
class Provenance:
    """`sources` with how many facts name each, those of the best tier first; `doubtful` are phrases nobody settled."""

    course: Course
    marks: Mapping[Mark, int]
    sources: tuple[tuple[Source, int], ...]
    oldest_check: date | None
    newest_check: date | None
    doubtful: tuple[Phrase, ...]

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
        sources=tuple(sorted(named.items(), key=lambda pair: (pair[0].tier, -pair[1], pair[0].title))),
        oldest_check=min(days, default=None),
        newest_check=max(days, default=None),
        doubtful=tuple(phrase for phrase in course.phrases if phrase.is_doubtful),
    )
