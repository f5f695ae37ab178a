"""Templates of lessons for tests: few lines, and none of the words that are shipped."""

from collections.abc import Mapping
from dataclasses import replace

from trainer.domain.content import Content, LessonTemplate, Prose, TemplateLine, TemplateUse

CHECKLIST = {"names": "Legal name in both scripts", "group": "Owners and group", "certificates": "Certificates"}
"""What is found out of a partner, by key."""


def lesson_template(use: TemplateUse, lines: Mapping[str, str], lesson_id: str = "") -> LessonTemplate:
    told = tuple(TemplateLine(key, words) for key, words in lines.items())
    return LessonTemplate(f"template-{use.value}", lesson_id, use, "To fill in", Prose("Ask.", "Ask."), told)


def without_templates(content: Content) -> Content:
    """The content of a company that took all templates away."""
    courses = {
        course.id: replace(
            course,
            lesson_templates=(),
            lessons=tuple(replace(lesson, template=None) for lesson in course.lessons),
        )
        for course in content.courses.values()
    }
    return Content(content.competencies, courses, content.drills, content.glossaries)
