"""Courses and lessons: read, hear, check oneself, report a fact."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from trainer import learning, reporting
from trainer.domain.access import Action, may
from trainer.domain.content import Lesson
from trainer.domain.provenance import provenance_of
from trainer.web import actor, authorize, content, db, found, kept_page, me, now, page, reading, say, to
from trainer.web.lessons import computed_of, heard, phrase_groups, phrases_elsewhere
from trainer.web.sound import audio_of, send_sound
from trainer.web.studying import set_out

bp = Blueprint("learn", __name__)

SHOWN_GLOSSARIES = 5
"""Named among the courses; their own page has them all."""


class ReportForm(FlaskForm):
    problem = TextAreaField(
        "What is wrong, and how do you know?",
        [DataRequired("Say what is wrong, so that a trainer can check it."), Length(max=2000)],
    )


@bp.get("/courses")
def list_courses() -> ResponseReturnValue:
    authorize(Action.LEARN)
    done = reporting.done_by(reading(), me().id)
    glossaries = list(content().glossaries.values())
    return page(
        "learn/courses.html",
        courses=reporting.course_progress(content(), done),
        glossaries=glossaries[:SHOWN_GLOSSARIES],
        more=len(glossaries[SHOWN_GLOSSARIES:]),
    )


@bp.get("/courses/<course_id>")
def show_course(course_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    course = found(content().courses.get(course_id))
    return page(
        "learn/course.html",
        course=course,
        done=reporting.done_by(reading(), me().id),
        prerequisites=[content().courses[name] for name in course.prerequisites],
        drill=content().drill_of.get(course.id),
        edits_content=may(me(), Action.EDIT_CONTENT),
    )


@bp.get("/courses/<course_id>/about")
def show_provenance(course_id: str) -> ResponseReturnValue:
    """Where a course comes from: its sources, who reviewed it, and what is not settled."""
    authorize(Action.LEARN)
    course = found(content().courses.get(course_id))
    return page("learn/provenance.html", told=provenance_of(course))


@bp.get("/about-content")
def show_about() -> ResponseReturnValue:
    """What the marks mean, how the content was made and reviewed, and how to report a mistake."""
    authorize(Action.LEARN)
    return page("learn/about.html", courses=[provenance_of(course) for course in content().courses.values()])


@bp.get("/lessons/<lesson_id>")
def show_lesson(lesson_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson = found(content().lessons.get(lesson_id))
    ticked = reporting.goals_ticked(reading(), me().id, lesson.id)
    edits, meetings = may(actor(), Action.EDIT_CONTENT), _meetings()
    name, day = f"lesson {lesson.id} {ticked} {edits} {meetings}", now().date().isoformat()
    return kept_page(
        "learn/lesson.html",
        name,
        day,
        lambda: {"ticked": ticked, "edits": edits, "meetings": meetings, **_lesson_values(lesson)},
    )


@bp.post("/lessons/<lesson_id>/done")
def finish_lesson(lesson_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson = found(content().lessons.get(lesson_id))
    ticked = request.form.getlist("goal")
    goals = [position for position in range(len(lesson.goals)) if str(position) in ticked]
    set_out()
    learning.finish_lesson(db(), me().id, lesson, goals, at=now())
    lessons = content().courses[lesson.course_id].lessons
    rest = lessons[lessons.index(lesson) + 1 :]
    say(f"Done: {lesson.title}.")
    return (
        to("learn.show_lesson", lesson_id=rest[0].id) if rest else to("learn.show_course", course_id=lesson.course_id)
    )


@bp.get("/phrases/<phrase_id>/<speed>-<version>.mp3")
def play_phrase(phrase_id: str, speed: str, version: str) -> ResponseReturnValue:
    """The phrase spoken. `version` names voice and text: kept for ever, unless another voice had to stand in."""
    authorize(Action.LEARN)
    return send_sound(found(content().phrases.get(phrase_id)), speed, version)


@bp.get("/facts/<fact_id>/report")
def show_report(fact_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson, fact = found(content().facts.get(fact_id))
    return page("learn/report.html", form=ReportForm(), lesson=lesson, fact=fact)


@bp.post("/facts/<fact_id>/report")
def report_fact(fact_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson, fact = found(content().facts.get(fact_id))
    form = ReportForm()
    if not form.validate_on_submit():
        return page("learn/report.html", 422, form=form, lesson=lesson, fact=fact)
    learning.report_fact(db(), me().id, content(), fact.id, form.problem.data, at=now())
    say("Thank you. A trainer will check this fact.")
    return to("learn.show_lesson", lesson_id=lesson.id)


def _meetings() -> str | None:
    """The page that lists the engagements of whoever reads: a manager's, a member's; none without a team."""
    if may(me(), Action.SEE_TEAMS):
        return "teams.show_dashboard"
    return "home.show_home" if me().teams else None


def _lesson_values(lesson: Lesson) -> dict[str, Any]:
    course = content().courses[lesson.course_id]
    number = course.lessons.index(lesson)
    following = course.lessons[number + 1] if number + 1 < len(course.lessons) else None
    return {
        "lesson": lesson,
        "course": course,
        "number": number + 1,
        "audio": {phrase.id: audio for phrase in lesson.phrases if (audio := audio_of(phrase))},
        "groups": phrase_groups(lesson),
        "elsewhere": phrases_elsewhere(lesson, course),
        "computed": computed_of(lesson, course, now()),
        "dialogues": [heard(dialogue, audio_of) for dialogue in lesson.dialogues],
        "has_readings": any(phrase.reading or phrase.translit for phrase in lesson.phrases),
        "previous": course.lessons[number - 1] if number else None,
        "following": following,
        "quizzes": [quiz for quiz in course.quizzes_by_lesson if lesson.id in quiz.lessons],
    }
