"""Where a quiz belongs: to a course, or to a glossary in one language."""

from typing import NamedTuple

from flask import url_for

from trainer.domain.content import Quiz
from trainer.web import content


class Home(NamedTuple):
    title: str
    address: str


def home_of(quiz: Quiz) -> Home | None:
    """None when what it belonged to is gone."""
    course = content().courses.get(quiz.course_id)
    if course is not None:
        return Home(course.title, url_for("learn.show_course", course_id=course.id))
    for competency in quiz.competencies:
        if competency in content().glossary_lists:
            glossary, shown = content().glossary_lists[competency]
            return Home(glossary.title, url_for("glossaries.show_glossary", glossary_id=glossary.id, lang=shown.lang))
    return None
