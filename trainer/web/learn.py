"""Courses and lessons: read, hear, check oneself, report a fact."""

from collections.abc import Sequence

from flask import Blueprint, abort, make_response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from trainer import learning, reporting
from trainer.domain.access import Action
from trainer.domain.content import Lesson, Phrase
from trainer.speech import CannotSpeak
from trainer.web import authorize, content, db, form_token, found, me, now, page, reading, say, services, to
from trainer.web.fragments import kept_part
from trainer.web.frame import CUT
from trainer.web.security import YEAR

bp = Blueprint("learn", __name__)

SPEEDS = ("normal", "slow")
SHOWN_PHRASES = 3
"""Phrases of a function shown at once; the rest opens on demand, so that a lesson stays readable on a phone."""


class ReportForm(FlaskForm):
    problem = TextAreaField(
        "What is wrong, and how do you know?",
        [DataRequired("Say what is wrong, so that a trainer can check it."), Length(max=2000)],
    )


@bp.get("/courses")
def list_courses() -> ResponseReturnValue:
    authorize(Action.LEARN)
    done = reporting.done_by(reading(), me().id)
    return page("learn/courses.html", courses=reporting.course_progress(content(), done))


@bp.get("/courses/<course_id>")
def show_course(course_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    course = found(content().courses.get(course_id))
    return page(
        "learn/course.html",
        course=course,
        done=reporting.done_by(reading(), me().id),
        prerequisites=[content().courses[name] for name in course.prerequisites],
    )


@bp.get("/lessons/<lesson_id>")
def show_lesson(lesson_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson = found(content().lessons.get(lesson_id))
    return page(
        "learn/lesson.html",
        lesson=lesson,
        text=kept_part(f"lesson {lesson.id}", now().date().isoformat(), lambda: _render_text(lesson)),
        after=kept_part(f"after lesson {lesson.id}", "", lambda: _render_after(lesson)),
        self_check=_self_check(lesson, reporting.goals_ticked(reading(), me().id, lesson.id)),
    )


@bp.post("/lessons/<lesson_id>/done")
def finish_lesson(lesson_id: str) -> ResponseReturnValue:
    authorize(Action.LEARN)
    lesson = found(content().lessons.get(lesson_id))
    ticked = request.form.getlist("goal")
    goals = [position for position in range(len(lesson.goals)) if str(position) in ticked]
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
    phrase = found(content().phrases.get(phrase_id))
    if speed not in SPEEDS:
        abort(404)
    try:
        path = services().speech.render(phrase.audio_text, phrase.reading, phrase.lang, slow=speed == "slow")
    except CannotSpeak as error:
        abort(404, str(error))
    response = make_response(send_file(path, mimetype="audio/mpeg", conditional=True, max_age=YEAR))
    response.cache_control.private = True
    if path.stem.startswith(version):
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


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


def _render_text(lesson: Lesson) -> str:
    course = content().courses[lesson.course_id]
    return render_template(
        "learn/_lesson_text.html",
        lesson=lesson,
        course=course,
        number=course.lessons.index(lesson) + 1,
        audio=_audio_urls(lesson),
        groups=_phrase_groups(lesson),
        has_readings=any(phrase.reading for phrase in lesson.phrases),
    )


def _render_after(lesson: Lesson) -> str:
    course = content().courses[lesson.course_id]
    number = course.lessons.index(lesson)
    return render_template(
        "learn/_lesson_after.html",
        previous=course.lessons[number - 1] if number else None,
        following=course.lessons[number + 1] if number + 1 < len(course.lessons) else None,
        quizzes=[quiz for quiz in course.quizzes if lesson.id in quiz.lessons],
    )


def _self_check(lesson: Lesson, ticked: Sequence[int] | None) -> Markup:
    """The form at the end of a lesson: kept for each way to tick it, the browser's token put in."""
    form = kept_part(
        f"check {lesson.id} {ticked}",
        "",
        lambda: render_template(
            "learn/_self_check.html",
            lesson=lesson,
            ticked=ticked,
            is_last=lesson is content().courses[lesson.course_id].lessons[-1],
            cut=CUT,
        ),
    )
    return form.replace(CUT, form_token())


def _phrase_groups(lesson: Lesson) -> list[tuple[str, Sequence[Phrase], Sequence[Phrase]]]:
    """Phrases by function, in the lesson's order: those shown at once, and the rest."""
    groups: list[tuple[str, Sequence[Phrase], Sequence[Phrase]]] = []
    for function in lesson.functions:
        phrases = [phrase for phrase in lesson.phrases if phrase.function == function]
        groups.append((function, phrases[:SHOWN_PHRASES], phrases[SHOWN_PHRASES:]))
    return groups


def _audio_urls(lesson: Lesson) -> dict[str, dict[str, str]]:
    """Addresses of each phrase at each speed; a phrase that cannot be spoken has none."""
    speech = services().speech
    return {
        phrase.id: {speed: _audio_url(phrase, speed) for speed in SPEEDS}
        for phrase in lesson.phrases
        if speech.can_speak(phrase.lang)
    }


def _audio_url(phrase: Phrase, speed: str) -> str:
    version = services().speech.version(phrase.audio_text, phrase.reading, phrase.lang, slow=speed == "slow")
    return url_for("learn.play_phrase", phrase_id=phrase.id, speed=speed, version=version[:12])
