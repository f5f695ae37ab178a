"""The lists that fields choose from: words of the house, and what the course has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from trainer.authoring.entries import Data
from trainer.catalog.phrases import GENDERS, ROLES
from trainer.catalog.quizzes import WRONG
from trainer.catalog.wordings import NEEDED
from trainer.domain.calendar import countries, zones
from trainer.domain.content import CHANNELS, FUNCTIONS, TOPICS, CefrLevel, Content, Course, CourseTemplate, KeyStatus
from trainer.wording import EFFECTS, MARKS, OUTCOMES, REGISTERS

Pairs = tuple[tuple[str, str], ...]
SHOWN = 90
"""Characters of a fact in a list."""
_TIERS = {"A": "A, official or scholarly", "B": "B, edited", "C": "C, a single voice"}
_KEY_STATUS = {
    KeyStatus.AUTHOR: "their author alone",
    KeyStatus.REVIEWED: "a second person, who reviewed them",
    KeyStatus.RATED: "people of this culture, who rated them",
}


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


_HOUSE: Mapping[str, Pairs] = {
    "topics": tuple((topic, _words(topic)) for topic in TOPICS),
    "functions": tuple(FUNCTIONS.items()),
    "marks": tuple((mark.value, words[0]) for mark, words in MARKS.items()),
    "levels": tuple((level.value, level.value) for level in CefrLevel),
    "registers": tuple((register.value, words) for register, words in REGISTERS.items()),
    "effects": tuple((effect.value, words[1]) for effect, words in EFFECTS.items()),
    "outcomes": tuple((outcome.value, words[1]) for outcome, words in OUTCOMES.items()),
    "channels": tuple((channel, channel) for channel in CHANNELS),
    "roles": tuple((role, role) for role in ROLES),
    "genders": tuple((gender, gender) for gender in GENDERS),
    "doubts": ((NEEDED, "a speaker should look at it"),),
    "guesses": ((WRONG, "wrong here"),),
    "templates": tuple((template.value, _words(template.value)) for template in CourseTemplate),
    "tiers": tuple(_TIERS.items()),
    "key_status": tuple((status.value, words) for status, words in _KEY_STATUS.items()),
}


@dataclass(frozen=True)
class Choices:
    """`sources` are those of the course as its file has them now; `places` the steps and endings of a scenario."""

    content: Content
    course: Course | None
    sources: Mapping[str, Data]
    places: tuple[str, ...] = ()

    def named(self, name: str) -> Pairs:
        return _HOUSE[name] if name in _HOUSE else self._own[name]

    def codes(self, name: str) -> frozenset[str]:
        return frozenset(code for code, _ in self.named(name))

    def chosen_first(self, name: str, chosen: tuple[str, ...]) -> Pairs:
        """Those that are chosen in their order, with those that the list does not know, then the others."""
        words = dict(self.named(name))
        return (*((code, words.pop(code, "unknown")) for code in chosen), *words.items())

    @cached_property
    def _own(self) -> Mapping[str, Pairs]:
        course = self.course
        lessons = course.lessons if course else ()
        phrases = course.phrases if course else ()
        return {
            "competencies": tuple((each.id, each.title) for each in self.content.competencies.values()),
            "courses": tuple((each.id, each.title) for each in self.content.courses.values()),
            "lessons": tuple((each.id, each.title) for each in lessons),
            "facts": tuple((fact.id, _short(fact.text.plain)) for lesson in lessons for fact in lesson.facts),
            "phrases": tuple((each.id, f"{each.text} ({each.natural})") for each in phrases),
            "sources": tuple((key, _short(_title(value))) for key, value in self.sources.items()),
            "places": tuple((place, place) for place in self.places),
            "countries": tuple((code, code) for code in sorted(countries())),
            "zones": tuple((zone, zone) for zone in sorted(zones())),
        }


def _title(source: Data) -> str:
    return str(source.get("title", "")) if isinstance(source, dict) else ""


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
