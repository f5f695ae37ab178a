"""Reads lessons/COURSE/templates.yaml: what a lesson gives to fill in, and where the workspace uses it."""

from collections.abc import Iterable, Mapping, Sequence

from trainer.catalog.reading import Fields, Report, records, unique
from trainer.catalog.tree import Tree
from trainer.domain.content import Course, Lesson, LessonTemplate, TemplateLine, TemplateUse

FEWEST_LINES, MOST_LINES = 3, 20
MOST_CHARACTERS = {TemplateUse.LINE: 160, TemplateUse.RESEARCH: 300, TemplateUse.QUESTIONS: 500}
"""Of a line that the workspace keeps: as many as its form has room for."""
NO_WORDS_TWICE = {TemplateUse.LINE, TemplateUse.QUESTIONS}
"""Their lines are kept by their words, so two with the same would be one."""


def read_lesson_templates(
    report: Report, tree: Tree, name: str, lessons: Sequence[Lesson]
) -> tuple[LessonTemplate, ...]:
    if name not in tree:
        return ()
    by_id = {lesson.id: lesson for lesson in lessons}
    found: dict[str, LessonTemplate] = {}
    for fields in records(report, tree, name, "a template"):
        template = _template(fields, by_id)
        if template is not None and template.lesson_id in found:
            words = f"lesson {template.lesson_id!r} has a template already: {found[template.lesson_id].id!r}"
            fields.problem(words, "lesson")
        elif template is not None:
            found[template.lesson_id] = template
    return tuple(found.values())


def check_uses(report: Report, courses: Iterable[Course]) -> None:
    """Tell of two templates of one use, in whichever courses: the workspace could show only one of them."""
    taken: dict[TemplateUse, str] = {}
    for template in (each for course in courses for each in course.lesson_templates):
        first = taken.setdefault(template.use, template.id)
        if first != template.id:
            here, there = report.ids[template.id], report.ids[first]
            words = f"use {template.use.value!r} is taken already by {first!r} at {there.path}:{there.line}"
            report.add(here.path, here.line, words)


def _template(fields: Fields, lessons: Mapping[str, Lesson]) -> LessonTemplate | None:
    template_id = fields.identity()
    lesson = fields.reference("lesson", lessons, "lesson")
    use = fields.member("use", TemplateUse)
    title, lead = fields.text("title"), fields.prose("lead")
    rows = fields.mappings("lines", "a line")
    if not FEWEST_LINES <= len(rows) <= MOST_LINES:
        fields.problem(f"a template has {FEWEST_LINES} to {MOST_LINES} lines, not {len(rows)}", "lines")
    lines = tuple(_line(row) for row in rows)
    unique(rows, lambda row: row.text("id"))
    _check_groups(rows, lines)
    _check_lengths(rows, lines, use)
    if use in NO_WORDS_TWICE:
        _check_words(rows, lines)
    fields.end()
    return LessonTemplate(template_id, lesson.id, use, title, lead, lines) if lesson and template_id else None


def _line(fields: Fields) -> TemplateLine:
    line = TemplateLine(
        fields.local_id(), fields.text("words"), fields.optional_prose("help"), fields.optional_text("group")
    )
    fields.end()
    return line


def _check_lengths(rows: Sequence[Fields], lines: Sequence[TemplateLine], use: TemplateUse) -> None:
    for row, line in zip(rows, lines, strict=True):
        most = MOST_CHARACTERS.get(use)
        if most is not None and len(line.words) > most:
            row.problem(f"'words' has {len(line.words)} characters, at most {most} for {use.value!r}", "words")


def _check_words(rows: Sequence[Fields], lines: Sequence[TemplateLine]) -> None:
    seen: dict[str, str] = {}
    for row, line in zip(rows, lines, strict=True):
        first = seen.setdefault(" ".join(line.words.casefold().split()), line.id)
        if line.words and first != line.id:
            row.problem(f"'words' are the same as in {first!r}", "words")


def _check_groups(rows: Sequence[Fields], lines: Sequence[TemplateLine]) -> None:
    """Tell of lines that would be read under a heading that is not theirs."""
    before: str | None = None
    seen: set[str] = set()
    for row, line in zip(rows, lines, strict=True):
        if line.group is None and before is not None:
            row.problem(f"a line without a group stands before all that have one, not after {before!r}")
        elif line.group is not None and line.group != before and line.group in seen:
            row.problem(f"group {line.group!r} stands in two places: put its lines together", "group")
        if line.group is not None:
            seen.add(line.group)
            before = line.group
