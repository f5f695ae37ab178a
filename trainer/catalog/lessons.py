"""Reads a course folder: course.yaml, lessons as NN-topic.md and engagements.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from trainer.catalog.front_matter import read_body, read_front_matter
from trainer.catalog.reading import Fields, Report, read_yaml, records, unique
from trainer.catalog.reviews import NOTES
from trainer.catalog.tree import Tree
from trainer.domain.content import (
    FUNCTIONS,
    TOPICS,
    CefrLevel,
    Competency,
    CompetencyKind,
    CourseTemplate,
    EngagementTemplate,
    Fact,
    Lesson,
    Mark,
    Phrase,
    Prose,
    RequirementTemplate,
    SeatTemplate,
    Source,
    WrongAdvice,
)
from trainer.domain.readiness import MAX_WEIGHT

_LESSON_FILE = re.compile(r"\d\d-[a-z0-9-]+\.md\Z")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True)
class CourseHead:
    """What course.yaml says, before the lessons are known."""

    fields: Fields
    title: str
    country: str | None
    language: str | None
    summary: Prose
    cover: Prose
    minutes: int
    prerequisites: tuple[str, ...]
    licence: str
    reviewers: tuple[str, ...]
    sources: Mapping[str, Source]
    templates: tuple[CourseTemplate, ...]


def read_competencies(report: Report, tree: Tree, name: str) -> dict[str, Competency]:
    competencies = {}
    for fields in records(report, tree, name, "a competency"):
        competency = _competency(fields)
        fields.end()
        if competency.id:
            competencies[competency.id] = competency
    return competencies


def read_course_head(report: Report, tree: Tree, name: str) -> CourseHead | None:
    value = read_yaml(report, tree, name) if name in tree else None
    if value is None:
        if name not in tree:
            report.add(name, 1, "is missing: a course folder needs a course.yaml")
        return None
    fields = Fields(report, name, value, "a course")
    country = fields.optional_text("country")
    if country is not None and not _COUNTRY.match(country):
        fields.problem(f"{country!r} is not an ISO 3166-1 alpha-2 country code such as JP", "country")
    head = CourseHead(
        fields=fields,
        title=fields.text("title"),
        country=country,
        language=fields.language("language") if fields.has("language") else None,
        summary=fields.prose("summary"),
        cover=fields.prose("cover"),
        minutes=fields.whole("minutes", 1, 6000),
        prerequisites=fields.texts("prerequisites", empty_ok=True),
        licence=fields.text("licence"),
        reviewers=fields.texts("reviewers", empty_ok=True),
        sources={key: _source(key, source) for key, source in fields.named("sources", "a source").items()},
        templates=_templates(fields),
    )
    fields.end()
    return head


def _templates(fields: Fields) -> tuple[CourseTemplate, ...]:
    named = fields.texts("templates", allowed=CourseTemplate) if fields.has("templates") else ()
    return tuple(map(CourseTemplate, named))


def read_lessons(
    report: Report,
    tree: Tree,
    folder: str,
    head: CourseHead,
    competencies: Mapping[str, Competency],
    phrases: tuple[Phrase, ...],
) -> tuple[Lesson, ...]:
    lessons = []
    for name in tree.within(folder, ".md"):
        if PurePosixPath(name).stem.lower() in NOTES:
            continue
        if not _LESSON_FILE.match(PurePosixPath(name).name):
            report.add(name, 1, "a lesson's file is named NN-topic.md, such as 03-names.md")
        lesson = _read_lesson(report, tree, name, head, competencies, phrases)
        if lesson is not None:
            lessons.append(lesson)
    if not lessons:
        report.add(f"{folder}/course.yaml", 1, "the course has no lesson")
    return tuple(lessons)


def read_engagement_templates(
    report: Report, tree: Tree, name: str, country: str | None, competencies: Mapping[str, Competency]
) -> tuple[EngagementTemplate, ...]:
    if name not in tree:
        return ()
    templates = []
    for fields in records(report, tree, name, "an engagement template"):
        seats = fields.mappings("seats", "a seat")
        templates.append(
            EngagementTemplate(
                id=fields.identity(),
                title=fields.text("title"),
                country=country,
                seats=tuple(_seat(seat, competencies) for seat in seats),
            )
        )
        unique(seats, lambda seat: seat.text("id"))
        fields.end()
    return tuple(templates)


def _competency(fields: Fields) -> Competency:
    kind = fields.member("kind", CompetencyKind)
    is_language = kind is CompetencyKind.LANGUAGE
    if not is_language:
        for key in ("language", "scale", "level", "functions"):
            if fields.has(key):
                fields.problem(f"{key!r} belongs to language competencies only", key)
    return Competency(
        id=fields.identity(),
        kind=kind,
        title=fields.text("title"),
        can_do=fields.text("can_do"),
        language=fields.language("language") if is_language else None,
        scale=fields.text("scale") if is_language else None,
        level=fields.member("level", CefrLevel) if is_language else None,
        functions=fields.texts("functions", allowed=FUNCTIONS) if is_language else (),
    )


def _source(key: str, fields: Fields) -> Source:
    source = Source(key, fields.text("title"), fields.text("address"), fields.one_of("tier", ("A", "B", "C")))
    if source.address and not _ADDRESS.match(source.address):
        fields.problem(f"source {key!r} has no address: {source.address!r} does not start with http(s)://", "address")
    fields.end()
    return source


def _read_lesson(
    report: Report,
    tree: Tree,
    name: str,
    head: CourseHead,
    competencies: Mapping[str, Competency],
    phrases: tuple[Phrase, ...],
) -> Lesson | None:
    parts = read_front_matter(report, tree, name)
    if parts is None:
        return None
    value, body, first_line = parts
    fields = Fields(report, name, value, "a lesson")
    lesson = _lesson(fields, head, competencies, phrases, read_body(report, name, body, first_line))
    fields.end()
    return lesson


def _lesson(
    fields: Fields,
    head: CourseHead,
    competencies: Mapping[str, Competency],
    phrases: tuple[Phrase, ...],
    body: Prose,
) -> Lesson:
    functions = fields.texts("functions", allowed=FUNCTIONS, empty_ok=True)
    return Lesson(
        id=fields.identity(),
        course_id=PurePosixPath(fields.path).parent.name,
        title=fields.text("title"),
        topic=fields.one_of("topic", TOPICS) if fields.has("topic") or head.country else None,
        competencies=tuple(c.id for c in fields.references("competencies", competencies)),
        goals=fields.prose_list("goals"),
        minutes=fields.whole("minutes", 1, 120),
        functions=functions,
        phrases=tuple(phrase for phrase in phrases if phrase.function in functions),
        facts=tuple(_fact(fact, head.sources) for fact in fields.mappings("facts", "a fact")),
        body=body,
        wrong_advice=_wrong_advice(fields.mapping("wrong_advice", "wrong_advice")),
        safe_default=fields.optional_prose("safe_default"),
        people_differ=fields.optional_prose("people_differ"),
        file=fields.path,
        see_functions=_see_functions(fields),
    )


def _see_functions(fields: Fields) -> tuple[str, ...]:
    return fields.texts("see_functions", allowed=FUNCTIONS) if fields.has("see_functions") else ()


def _fact(fields: Fields, sources: Mapping[str, Source]) -> Fact:
    fact = Fact(
        id=fields.identity(),
        text=fields.prose("text"),
        mark=fields.member("mark", Mark),
        sources=fields.references("sources", sources),
        checked=fields.day("checked"),
        volatile=fields.truth("volatile"),
    )
    fields.end()
    return fact


def _wrong_advice(fields: Fields | None) -> WrongAdvice | None:
    if fields is None:
        return None
    advice = WrongAdvice(fields.prose("advice"), fields.prose("why"))
    fields.end()
    return advice


def _seat(fields: Fields, competencies: Mapping[str, Competency]) -> SeatTemplate:
    requirements = []
    for each in fields.mappings("requirements", "a requirement"):
        competency = each.reference("competency", competencies, "competency")
        target = each.number("target", 0.1, 0.99)
        is_must = each.truth("must")
        weight = each.whole("weight", 1, MAX_WEIGHT) if each.has("weight") else 1
        each.end()
        if competency is not None:
            requirements.append(RequirementTemplate(competency.id, target, is_must, weight))
    seat = SeatTemplate(fields.local_id(), fields.text("title"), fields.truth("speaking"), tuple(requirements))
    fields.end()
    return seat
