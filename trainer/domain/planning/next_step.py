"""The next step: the one lesson or quiz that helps a learner most towards what they need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trainer.domain.content import Content, Course, Lesson, Quiz
from trainer.domain.mastery import Forecast


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a learner needs, and by how much the forecast falls short of its target (<= 0: met)."""

    competency: str
    shortfall: float


@dataclass(frozen=True, slots=True)
class Done:
    """What a learner has done already, and the quizzes that are open, the one begun last first."""

    lessons: Collection[str]
    finished_quizzes: Collection[str]
    open_quizzes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """One lesson or one quiz, and the competency that it is for."""

    lesson: Lesson | None
    quiz: Quiz | None
    competency: str | None
    is_open: bool = False

    @property
    def title(self) -> str:
        return self.lesson.title if self.lesson else self.quiz.title if self.quiz else ""

    @property
    def minutes(self) -> int:
        return self.lesson.minutes if self.lesson else self.quiz.minutes if self.quiz else 0


def needs_of(targets: Mapping[str, float], forecasts: Mapping[str, Forecast]) -> tuple[Need, ...]:
    """Competencies with a target, the largest shortfall first; without a forecast all of the target is short."""
    needs = [
        Need(name, target - (forecasts[name].mean if name in forecasts and forecasts[name].answers else 0.0))
        for name, target in targets.items()
    ]
    return tuple(sorted(needs, key=lambda need: (-need.shortfall, need.competency)))


def next_step(content: Content, needs: Sequence[Need], done: Done) -> NextStep | None:
    """An open quiz goes on first. Then, for the largest need: a lesson not done, a quiz not finished, a replay.

    Without needs, the first thing not done of a course that is begun, else of the first; None when all is done.
    """
    open_quiz = next((content.quizzes[name] for name in done.open_quizzes if name in content.quizzes), None)
    if open_quiz is not None:
        return NextStep(None, open_quiz, None, is_open=True)
    for need in needs:
        if need.shortfall > 0:
            step = study_for(content, need.competency, done)
            if step is not None:
                return step
    for course in sorted(content.courses.values(), key=lambda course: not _is_started(course, done)):
        step = _first_undone(course, done)
        if step is not None:
            return step
    return None


def study_for(content: Content, competency: str, done: Done) -> NextStep | None:
    """A lesson that is not done, else a quiz not finished, else the quiz with most items for the competency."""
    lessons = [lesson for lesson in content.lessons.values() if competency in lesson.competencies]
    quizzes = _quizzes_for(content, competency)
    for lesson in lessons:
        if lesson.id not in done.lessons:
            return NextStep(lesson, None, competency)
    for quiz in quizzes:
        if quiz.id not in done.finished_quizzes:
            return NextStep(None, quiz, competency)
    return NextStep(None, quizzes[0], competency) if quizzes else None


def material_for(content: Content, competency: str) -> tuple[Lesson | None, Quiz | None]:
    """The first lesson for a competency, and the quiz that has most of its items."""
    return (
        next((lesson for lesson in content.lessons.values() if competency in lesson.competencies), None),
        next(iter(_quizzes_for(content, competency)), None),
    )


def _quizzes_for(content: Content, competency: str) -> list[Quiz]:
    """Quizzes that serve a competency, the one with most items for it first."""
    return sorted(
        (quiz for quiz in content.counted_quizzes if competency in quiz.competencies),
        key=lambda quiz: -sum(competency in item.competencies for item in quiz.items),
    )


def _is_started(course: Course, done: Done) -> bool:
    return any(lesson.id in done.lessons for lesson in course.lessons) or any(
        quiz.id in done.finished_quizzes for quiz in course.quizzes
    )


def _first_undone(course: Course, done: Done) -> NextStep | None:
    for lesson in course.lessons:
        if lesson.id not in done.lessons:
            return NextStep(lesson, None, None)
    for quiz in course.quizzes:
        if quiz.id not in done.finished_quizzes:
            return NextStep(None, quiz, None)
    return None
