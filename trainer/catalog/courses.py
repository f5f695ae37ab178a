"""Reads all that belongs to one course, whatever other courses hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from trainer.catalog.charters import read_charter_templates
from trainer.catalog.dialogues import read_dialogues
from trainer.catalog.examples import read_contrasts, read_mails
from trainer.catalog.known import Known
from trainer.catalog.lessons import CourseHead, read_course_head, read_engagement_templates, read_lessons
from trainer.catalog.phrases import read_phrases
from trainer.catalog.quizzes import read_quiz
from trainer.catalog.reading import Report
from trainer.catalog.reviews import REVIEW, read_review
from trainer.catalog.templates import read_lesson_templates
from trainer.catalog.tree import Tree
from trainer.domain.content import (
    Competency,
    Course,
    Dialogue,
    Lesson,
    LessonTemplate,
    MailModel,
    Quiz,
    RegisterContrast,
)
from trainer.domain.generating import drill_quiz


@dataclass(frozen=True)
class ReadCourse:
    """A course as it was read from files that `stamp` names, with what was wrong with them."""

    stamp: str
    report: Report
    head: CourseHead | None
    course: Course | None
    drill: Quiz | None = None


def read_course(tree: Tree, folder: str, competencies: Mapping[str, Competency], stamp: str) -> ReadCourse:
    """One course with all that belongs to it, whatever other courses hold."""
    report = Report()
    head = read_course_head(report, tree, f"{folder}/course.yaml")
    if head is None:
        return ReadCourse(stamp, report, None, None)
    phrases = read_phrases(report, tree, f"{folder}/phrases.yaml")
    lessons = read_lessons(report, tree, folder, head, competencies, phrases)
    by_id = {phrase.id: phrase for phrase in phrases}
    dialogues = read_dialogues(report, tree, f"{folder}/dialogues.yaml", lessons, by_id)
    mails = read_mails(report, tree, f"{folder}/mails.yaml", lessons, by_id)
    contrasts = read_contrasts(report, tree, f"{folder}/registers.yaml", lessons, by_id)
    templates = read_lesson_templates(report, tree, f"{folder}/templates.yaml", lessons)
    course = Course(
        id=PurePosixPath(folder).name,
        title=head.title,
        country=head.country,
        language=head.language,
        summary=head.summary,
        cover=head.cover,
        minutes=head.minutes,
        prerequisites=head.prerequisites,
        licence=head.licence,
        reviewers=head.reviewers,
        lessons=tuple(_with_examples(lesson, dialogues, mails, contrasts, templates) for lesson in lessons),
        phrases=phrases,
        quizzes=(),
        engagement_templates=read_engagement_templates(
            report, tree, f"{folder}/engagements.yaml", head.country, competencies
        ),
        dialogues=dialogues,
        charter_templates=read_charter_templates(report, tree, f"{folder}/charters.yaml"),
        templates=head.templates,
        review=read_review(report, tree, f"{folder}/{REVIEW}"),
        mails=mails,
        contrasts=contrasts,
        lesson_templates=templates,
    )
    course = replace(course, quizzes=_read_quizzes(report, tree, course, head, competencies))
    drill = None if report.problems else drill_quiz(course, competencies)
    return ReadCourse(stamp, report, head, course, drill)


def _with_examples(
    lesson: Lesson,
    dialogues: Sequence[Dialogue],
    mails: Sequence[MailModel],
    contrasts: Sequence[RegisterContrast],
    templates: Sequence[LessonTemplate],
) -> Lesson:
    """The lesson with what is shown in it."""
    return replace(
        lesson,
        dialogues=tuple(each for each in dialogues if each.lesson_id == lesson.id),
        mails=tuple(each for each in mails if each.lesson_id == lesson.id),
        contrasts=tuple(each for each in contrasts if each.lesson_id == lesson.id),
        template=next((each for each in templates if each.lesson_id == lesson.id), None),
    )


def _read_quizzes(
    report: Report, tree: Tree, course: Course, head: CourseHead, competencies: Mapping[str, Competency]
) -> tuple[Quiz, ...]:
    known = Known(
        competencies=competencies,
        lessons={lesson.id: lesson for lesson in course.lessons},
        facts={fact.id: fact for lesson in course.lessons for fact in lesson.facts},
        phrases={phrase.id: phrase for phrase in course.phrases},
        sources=head.sources,
    )
    found = [read_quiz(report, tree, name, course.id, known) for name in tree.within(f"quizzes/{course.id}", ".yaml")]
    return tuple(quiz for quiz in found if quiz is not None)


def quiz_folder(course_folder: str) -> str:
    return f"quizzes/{PurePosixPath(course_folder).name}"
