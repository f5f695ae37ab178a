"""Which of all that is asked the table shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField

from trainer.domain.content import Content, Course
from trainer.domain.item_analysis import Analysis
from trainer.web.desk.items import TYPES

ALL = ""


class FilterForm(Form):
    """Sent with GET; what is not known counts as not chosen."""

    course = SelectField("Course", default=ALL, validate_choice=False)
    quiz = SelectField("Quiz", default=ALL, validate_choice=False)
    type = SelectField("Type", default=ALL, validate_choice=False)
    found = BooleanField("Only what needs a look, and first signs")

    @classmethod
    def of(cls, content: Content, arguments: MultiDict[str, str]) -> Self:
        form = cls(arguments)
        courses = content.courses.values()
        form.course.choices = [(ALL, "All courses"), *((course.id, course.title) for course in courses)]
        form.quiz.choices = [
            (ALL, "All quizzes"),
            *((quiz.id, f"{course.title}: {quiz.title}") for course in courses for quiz in course.quizzes),
        ]
        form.type.choices = [(ALL, "All types"), *((kind.value, words) for kind, words in TYPES.items())]
        for field in (form.course, form.quiz, form.type):
            if field.data not in dict(field.choices):
                field.data = ALL
        return form

    @property
    def is_used(self) -> bool:
        return any(field.data for field in self)

    @property
    def query(self) -> dict[str, str]:
        """To ask for the same again."""
        return {field.name: field.data if field.data is not True else "y" for field in self if field.data}


@dataclass(frozen=True, slots=True)
class CourseLine:
    """How much is asked in a course, and how much of it is known."""

    course: Course
    asked: int
    known: int
    looks: int
    signs: int


def chosen_of(form: FilterForm, analyses: Sequence[Analysis]) -> tuple[Analysis, ...]:
    return tuple(each for each in analyses if _fits(form, each))


def courses_of(content: Content, analyses: Sequence[Analysis]) -> tuple[CourseLine, ...]:
    lines = []
    for course in content.courses.values():
        of_course = [each for each in analyses if each.asked.quiz.course_id == course.id]
        lines.append(
            CourseLine(
                course=course,
                asked=len(of_course),
                known=sum(bool(each.people) for each in of_course),
                looks=sum(each.needs_a_look for each in of_course),
                signs=sum(each.has_a_sign for each in of_course),
            )
        )
    return tuple(lines)


def _fits(form: FilterForm, analysis: Analysis) -> bool:
    asked = analysis.asked
    return (
        form.course.data in (ALL, asked.quiz.course_id)
        and form.quiz.data in (ALL, asked.quiz.id)
        and form.type.data in (ALL, asked.item.type.value)
        and (not form.found.data or bool(analysis.findings))
    )
