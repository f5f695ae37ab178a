"""Words that do not belong into a course: sweeping ones, what the application computes, and what is hard to read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import Any

from trainer.catalog.packs.measures import options_of
from trainer.catalog.packs.places import Finding
from trainer.domain.content import Content, Course, Item, Lesson, Prose
from trainer.domain.flags import COUNTRIES, PEOPLES, WHOLE_NATIONS

WORD_LEVELS = "cefrpy"
"""The package that knows the CEFR level of English words; for checks only."""
HARDEST_SHARE = 0.03
"""Of the words of a lesson, so many may be above B2."""
LONGEST_SENTENCE = 18
"""Words of a sentence of a lesson, on average."""
TERMS = {
    "agenda", "bilingual", "cannot", "counterpart", "decimal", "deputy", "escalation", "honorific", "interpreter",
    "kana", "kanji", "negotiator", "postpone", "refusal", "romanisation", "stakeholder", "subsidiary", "template",
    "unanswered", "voucher", "yen",
}  # fmt: skip
"""Words of the trade that the lessons explain, and words that the list of levels lacks at their true level."""

_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘(?:[^’]|(?<=\w)’(?=\w))*’(?!\w)|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*'(?!\w)"
)
"""Each mark up to the one that closes it; between letters it is an apostrophe."""
_FOREIGN = re.compile(r"\[[^\]]*\]\{[^}]*\}")
_WHO = (
    r"(?:they|people|everyone|everybody|(?:business ?)?(?:partners|customers|colleagues|managers|companies|firms)|"
    rf"(?-i:{PEOPLES})|the (?-i:{WHOLE_NATIONS}))"
)
_WHERE = rf"(?: here| there| (?:in|from) (?-i:(?:North |South )?(?:{COUNTRIES})))?"
_SWEEPING = re.compile(rf"\b{_WHO}{_WHERE} (?:will )?(?:always|never)\b", re.IGNORECASE)
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NOT_ONE_WEEK = r"(?!,? (?:of |in )?(?:the )?(?:this|that|next|last|coming|following) week)"
_DATE = re.compile(rf"(?<!since )\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b|\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b")
_HOLIDAY = re.compile(
    r"\b(?:holidays?|festival|New Year|T[eế]t|Seollal|Chuseok|Diwali|Holi|Eid|Ramadan|Golden Week|Obon|Easter|Carnival|"
    r"Qingming|Dragon Boat|Mid-Autumn|National Day|Republic Day|Independence Day|Reunification Day)\b"
)
_COMPUTED = (
    (re.compile(r"\b(?:UTC|GMT) ?[+−–-] ?\d"), "a UTC offset"),
    (
        re.compile(
            r"\b(?:\w+|\d[\d½.]*) (?:and a half )?hours? (?:ahead|behind)\b"
            r"(?!(?: of)? (?:(?:the|our|your|their|its|each|any) )?"
            r"(?:plan|schedule|time|deadline|meeting|call|visit)\b)"
        ),
        "a difference of local times",
    ),
    (
        re.compile(rf"\b{_WEEKDAY}s? (?:and|or) {_WEEKDAY}s?\b{_NOT_ONE_WEEK}(?=[^.;]*\b(?:week|free|rest\b|office))"),
        "the days of a week",
    ),
    (re.compile(rf"\b(?:weekend|day of rest)[^.;]{{0,30}}\b{_WEEKDAY}s?\b"), "the days of a weekend"),
)
_RANGE = re.compile(rf"\b{_WEEKDAY}s? (?:to|through|until|–) {_WEEKDAY}s?\b{_NOT_ONE_WEEK}")
_OF_A_WEEK = re.compile(
    r"(?<!this )(?<!that )(?<!next )(?<!last )\bweek(?:s|ly)?\b|"
    r"\b(?:weekdays?|work(?:s|ing|days?)?|offices?|open|closed|free|rest)\b"
)


def badly_said(course: Course) -> Iterator[Finding]:
    lessons = (text for lesson in course.lessons for text in _texts(lesson))
    quizzes = ((item.id, text) for quiz in course.quizzes for item in quiz.items for text in _taught(item))
    for where, text in chain(lessons, quizzes):
        plain = _QUOTED.sub(" ", _unmarked(text))
        yield from _sweeping(where, plain)
        yield from _computed(where, plain)
    for phrase in course.phrases:
        yield from _sweeping(phrase.id, _QUOTED.sub(" ", _unmarked(phrase.note)))
    yield from _twice(course)


def hard_words(course: Course, content: Content) -> Iterator[Finding]:
    """Words above B2 in what tells learners what to do; sentences and words of lessons that are hard on the whole."""
    for lesson in course.lessons:
        yield from _above(lesson.id, (goal.source for goal in lesson.goals))
        yield from _hard_to_read(lesson)
        for name in lesson.competencies:
            yield from _above(name, [content.competencies[name].can_do])
    for quiz in course.quizzes:
        for item in quiz.items:
            yield from _above(item.id, [item.ask.source] if item.ask else [])


def _texts(lesson: Lesson) -> Iterator[tuple[str, Prose]]:
    yield lesson.id, lesson.body
    for fact in lesson.facts:
        yield fact.id, fact.text
    if lesson.wrong_advice is not None:
        yield lesson.id, lesson.wrong_advice.why
    for prose in (lesson.safe_default, lesson.people_differ):
        if prose is not None:
            yield lesson.id, prose


def _taught(item: Item) -> Iterator[Prose]:
    """What an item says after it is answered. Scenes are left alone: what is said and dated there is a story's."""
    yield from (option.explanation for option in options_of(item))
    yield from (text for text in (item.explanation, item.misreading, item.counter_case) if text is not None)


def _unmarked(prose: Prose) -> str:
    return _FOREIGN.sub(" ", " ".join(prose.source.split()))


def _sweeping(where: str, plain: str) -> Iterator[Finding]:
    for match in _SWEEPING.finditer(plain):
        yield Finding(where, f"says “{match[0]}”: say of whom it is true, and how often")


def _computed(where: str, plain: str) -> Iterator[Finding]:
    for pattern, words in _COMPUTED:
        for match in pattern.finditer(plain):
            yield Finding(where, f"“{match[0]}” is {words}, which the application computes")
    for sentence in re.split(r"(?<=[.?;:]) ", plain):
        days = _RANGE.search(sentence)
        if days and _OF_A_WEEK.search(sentence):
            yield Finding(where, f"“{days[0]}” is the days of a week, which the application computes")
        date = _DATE.search(sentence)
        if date and _HOLIDAY.search(sentence):
            yield Finding(where, f"“{date[0]}” seems to be the date of a holiday, which the application computes")


def _twice(course: Course) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for phrase in course.phrases:
        key = "".join(sign for sign in phrase.text.casefold() if unicodedata.category(sign)[0] in "LNM")
        first = seen.setdefault(f"{phrase.lang} {key}", phrase.id)
        if first != phrase.id:
            yield Finding(phrase.id, f"says the same as {first}")


def _hard_to_read(lesson: Lesson) -> Iterator[Finding]:
    plain = _unmarked(lesson.body)
    words = _words(plain)
    sentences = [each for each in re.split(r"[.?!]\s|##|\s- ", plain) if _words(each)]
    if sentences and len(words) > LONGEST_SENTENCE * len(sentences):
        yield Finding(lesson.id, f"its sentences have more than {LONGEST_SENTENCE} words on average")
    hard = [word for word in words if _is_above_b2(word)]
    if len(hard) > HARDEST_SHARE * len(words):
        listed = ", ".join(sorted(set(hard)))
        yield Finding(lesson.id, f"{len(hard)} of {len(words)} words are above B2: {listed}")


def _above(where: str, texts: Iterable[str]) -> Iterator[Finding]:
    for text in texts:
        for word in _words(_QUOTED.sub(" ", _FOREIGN.sub(" ", text))):
            if _is_above_b2(word):
                yield Finding(where, f"“{word}” is above B2: use a word that more people know")


def _words(text: str) -> list[str]:
    """Words in lower case; names and what begins a sentence would be told as words that nobody knows."""
    return re.findall(r"(?<![\w'’-])[a-z]+(?![\w'’-])", text)


def _is_above_b2(word: str) -> bool:
    levels = _levels()
    return levels is not None and word not in TERMS and str(levels.get_average_word_level_CEFR(word)) in ("C1", "C2")


@cache
def _levels() -> Any:
    return import_module(WORD_LEVELS).CEFRAnalyzer() if find_spec(WORD_LEVELS) else None
