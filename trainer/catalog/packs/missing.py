"""What a course lacks of the templates that it says it fills."""

from collections import Counter
from collections.abc import Iterator, Mapping

from trainer.catalog.packs.places import Finding
from trainer.domain.content import (
    TOPICS,
    Course,
    CourseTemplate,
    Item,
    ItemType,
    Lesson,
    MailKind,
    Mark,
    Scenario,
    TemplateUse,
)

FEWEST: Mapping[str, int] = {
    "greeting_introduction": 6, "business_card": 3, "name_check": 2, "small_talk": 5, "open_meeting": 5,
    "turn_taking": 4, "present": 4, "ask_opinion": 3, "agree_acknowledge": 4, "disagree": 4, "soft_refusal": 5,
    "clarify": 6, "price_terms": 6, "propose_concede": 4, "buy_time": 3, "close_meeting": 4, "phone": 4,
    "call_trouble": 5, "email_opening": 3, "email_body": 3, "email_closing": 2, "scheduling": 5, "apology": 4,
    "thanks_followup": 4, "dining_toast": 6, "escalate_support": 5,
}  # fmt: skip
"""Phrases of a language pack, by function."""
DIALOGUES, MAILS, CONTRASTS = 6, len(MailKind), 4
FACTS = range(2, 5)
PARTNERING_FACTS = range(2, 6)
QUIZZES, SCENARIOS = 6, 2
LESSON_ITEMS, LESSON_SCENES = 4, 2
MISLED_SHARE = 0.2
"""Of the situations of a country, in so many a rule about the country would mislead."""
OFFICIAL = "A"
"""The tier of a law, an authority or a library: one such source is enough for a fact that nobody disputes."""
SITUATIONAL = {
    ItemType.BEST_NEXT_STEP, ItemType.WHAT_DOES_IT_MEAN, ItemType.RATE_EACH, ItemType.MOST_AND_LEAST,
    ItemType.SPOT_THE_PROBLEM, ItemType.BRANCHING, ItemType.CALENDAR,
}  # fmt: skip
"""Types of items that put somebody into a situation; a choice may, too."""
SCENES = SITUATIONAL - {ItemType.SPOT_THE_PROBLEM, ItemType.CALENDAR}
"""Those in which somebody acts towards a partner."""


def missing_in(course: Course) -> Iterator[Finding]:
    if course.review is None:
        yield Finding("", "has no REVIEW.md: a pack says who looked at it, when, and what is open")
    yield from _functions(course)
    if CourseTemplate.COUNTRY in course.templates:
        yield from _country(course)
    if CourseTemplate.PARTNERING in course.templates:
        yield from _partnering(course)
    if CourseTemplate.LANGUAGE in course.templates:
        yield from _language(course, 1)
    if CourseTemplate.HALF_LANGUAGE in course.templates:
        yield from _language(course, 2)


def situational_items(course: Course) -> list[Item]:
    """Situations of the quizzes. An item with a CEFR level asks for the language, and is none."""
    items = (item for quiz in course.quizzes for item in quiz.items)
    return [item for item in items if item.type in SITUATIONAL and item.level is None]


def _functions(course: Course) -> Iterator[Finding]:
    """Each function of the phrases is shown by one lesson, and others point to that."""
    shown: dict[str, str] = {}
    for lesson in course.lessons:
        for function in lesson.functions:
            first = shown.setdefault(function, lesson.id)
            if first != lesson.id:
                words = f"shows the phrases of {function!r}, as {first} does: point to them with 'see_functions'"
                yield Finding(lesson.id, words)
    for lesson in course.lessons:
        for function in lesson.see_functions:
            if function not in shown:
                yield Finding(lesson.id, f"points to the phrases of {function!r}, which no lesson of the course shows")
    for function in sorted({phrase.function for phrase in course.phrases} - shown.keys()):
        yield Finding("", f"has phrases of {function!r}, which no lesson shows: name it in 'functions' of one")


def _country(course: Course) -> Iterator[Finding]:
    topics = {lesson.topic: lesson for lesson in course.lessons}
    asked = {item.lesson_id for item in situational_items(course)}
    for topic in TOPICS:
        if topic not in topics:
            yield Finding("", f"has no lesson on {topic!r}")
    for lesson in course.lessons:
        yield from _lesson(lesson, FACTS)
        if not lesson.functions and not lesson.see_functions:
            yield Finding(lesson.id, "links to no phrase function")
        if lesson.people_differ is None:
            yield Finding(lesson.id, "has no 'people_differ': it is the guard against stereotypes")
        if lesson.id not in asked:
            yield Finding(lesson.id, "has no situational item: name it as 'lesson' of one")
    yield from _scenario_quizzes(course)


def _lesson(lesson: Lesson, facts: range) -> Iterator[Finding]:
    if len(lesson.facts) not in facts:
        yield Finding(lesson.id, f"has {len(lesson.facts)} facts, not {facts.start} to {facts.stop - 1}")
    if lesson.wrong_advice is None:
        yield Finding(lesson.id, "has no 'wrong_advice'")
    if lesson.safe_default is None:
        yield Finding(lesson.id, "has no 'safe_default'")
    for fact in lesson.facts:
        if fact.mark is Mark.CONSENSUS and len(fact.sources) == 1 and fact.sources[0].tier != OFFICIAL:
            yield Finding(fact.id, "is called consensus and rests on one source: find a second, or call it contested")


def _scenario_quizzes(course: Course) -> Iterator[Finding]:
    scenes = [quiz for quiz in course.quizzes if any(item.type in SCENES for item in quiz.items)]
    if len(scenes) < QUIZZES:
        yield Finding("", f"has {len(scenes)} scenario quizzes; a country has {QUIZZES} or more")
    found = sum(isinstance(item.interaction, Scenario) for item in situational_items(course))
    if found < SCENARIOS:
        yield Finding("", f"has {found} branching scenarios; a country has {SCENARIOS} or more")
    items = [item for item in situational_items(course) if item.type is not ItemType.CALENDAR]
    misled = sum(item.guess_misleads for item in items)
    if misled < MISLED_SHARE * len(items):
        words = "situations a rule about the country misleads; one in five is asked for"
        yield Finding("", f"in {misled} of {len(items)} {words}")


def _language(course: Course, part: int) -> Iterator[Finding]:
    """`part` is 1 for a whole pack and 2 for half of one."""
    counts = Counter(phrase.function for phrase in course.phrases)
    for function, fewest in FEWEST.items():
        if counts[function] < _share(fewest, part):
            yield Finding("", f"has {counts[function]} phrases of {function!r}, not {_share(fewest, part)}")
    for words, found, fewest in (
        ("dialogues", len(course.dialogues), DIALOGUES),
        ("e-mail models", len({mail.kind for mail in course.mails}), MAILS),
        ("register contrasts", len(course.contrasts), CONTRASTS),
    ):
        if found < _share(fewest, part):
            yield Finding("", f"has {found} {words}, not {_share(fewest, part)}")


def _partnering(course: Course) -> Iterator[Finding]:
    for use in sorted(set(TemplateUse) - {template.use for template in course.lesson_templates}):
        yield Finding("", f"has no template for {use.value!r} in the workspace")
    for lesson in course.lessons:
        yield from _lesson(lesson, PARTNERING_FACTS)
        if lesson.template is None:
            yield Finding(lesson.id, "has no template: name it as 'lesson' of one in templates.yaml")
        items = [item for quiz in course.quizzes for item in quiz.items if item.lesson_id == lesson.id]
        scenes = sum(item.type in SCENES for item in items)
        if len(items) < LESSON_ITEMS or scenes < LESSON_SCENES:
            words = f"has {len(items)} items, {scenes} of them scenarios; a lesson has {LESSON_ITEMS} or more"
            yield Finding(lesson.id, f"{words}, {LESSON_SCENES} of them scenarios")


def _share(fewest: int, part: int) -> int:
    return -(-fewest // part)
