"""What to do next: an open quiz, then the largest need, then the courses in order."""

import pytest

from tests.builders import content, course, item, lesson, quiz
from trainer.domain.content import Content
from trainer.domain.mastery import Forecast
from trainer.domain.planning import Done, Need, NextStep, material_for, needs_of, next_step, study_for

NOTHING_DONE = Done(lessons=(), finished_quizzes=())


def sample() -> Content:
    """Two courses: greeting has a lesson and two quizzes, deciding a lesson and one quiz, gifts only a quiz."""
    return content(
        course(
            "japan",
            lessons=(lesson("names", "greeting"), lesson("yes-no", "deciding")),
            quizzes=(
                quiz("first", item("i1", "greeting"), item("i2", "deciding")),
                quiz("second", item("i3", "greeting"), item("i4", "greeting")),
            ),
        ),
        course("france", lessons=(lesson("cards", "cards"),), quizzes=(quiz("third", item("i5", "gifts")),)),
    )


def done(*lessons: str, quizzes: tuple[str, ...] = (), open_quizzes: tuple[str, ...] = ()) -> Done:
    return Done(lessons, quizzes, open_quizzes)


def named(step: NextStep | None) -> tuple[str, str | None]:
    """The id of a step's lesson or quiz, and its competency."""
    assert step is not None
    thing = step.lesson or step.quiz
    assert thing is not None
    return thing.id, step.competency


# Needs


def test_the_largest_shortfall_is_the_first_need() -> None:
    targets = {"greeting": 0.7, "deciding": 0.8}
    forecasts = {"greeting": Forecast(0.4, 0.3, 0.5, 9), "deciding": Forecast(0.7, 0.6, 0.8, 9)}

    needs = needs_of(targets, forecasts)

    assert [need.competency for need in needs] == ["greeting", "deciding"]
    assert [need.shortfall for need in needs] == pytest.approx([0.3, 0.1])


def test_a_target_that_is_met_has_no_shortfall() -> None:
    (need,) = needs_of({"greeting": 0.7}, {"greeting": Forecast(0.8, 0.7, 0.9, 9)})

    assert need.shortfall <= 0.0


@pytest.mark.parametrize("forecasts", [{}, {"greeting": Forecast(0.5, 0.1, 0.9, 0)}], ids=["no forecast", "a guess"])
def test_without_any_answer_all_of_the_target_is_short(forecasts: dict[str, Forecast]) -> None:
    assert needs_of({"greeting": 0.7}, forecasts) == (Need("greeting", 0.7),)


def test_equal_needs_stand_in_alphabetical_order() -> None:
    needs = needs_of({"gifts": 0.7, "deciding": 0.7, "greeting": 0.7}, {})

    assert [need.competency for need in needs] == ["deciding", "gifts", "greeting"]


# The next step


def test_an_open_quiz_goes_on_first() -> None:
    step = next_step(sample(), [Need("greeting", 0.5)], done(open_quizzes=("third", "first")))

    assert named(step) == ("third", None)
    assert step is not None
    assert step.is_open


def test_an_open_quiz_that_is_gone_from_the_content_is_passed_over() -> None:
    step = next_step(sample(), [Need("greeting", 0.5)], done(open_quizzes=("withdrawn",)))

    assert named(step) == ("names", "greeting")
    assert step is not None
    assert not step.is_open


def test_an_open_quiz_that_is_gone_does_not_hide_the_one_that_was_begun_before_it() -> None:
    step = next_step(sample(), [Need("greeting", 0.5)], done(open_quizzes=("withdrawn", "third")))

    assert named(step) == ("third", None)


def test_the_largest_need_is_served_first() -> None:
    needs = needs_of({"greeting": 0.6, "deciding": 0.8}, {})

    assert named(next_step(sample(), needs, NOTHING_DONE)) == ("yes-no", "deciding")


def test_a_need_that_is_met_is_passed_over() -> None:
    needs = [Need("greeting", 0.0), Need("deciding", -0.1), Need("gifts", 0.1)]

    assert named(next_step(sample(), needs, NOTHING_DONE)) == ("third", "gifts")


def test_a_need_that_nothing_serves_is_passed_over() -> None:
    needs = [Need("juggling", 0.9), Need("deciding", 0.1)]

    assert named(next_step(sample(), needs, NOTHING_DONE)) == ("yes-no", "deciding")


def test_without_needs_the_first_thing_not_done_in_the_order_of_the_courses_is_next() -> None:
    catalog = sample()
    order = []
    lessons: list[str] = []
    quizzes: list[str] = []
    while (step := next_step(catalog, [], done(*lessons, quizzes=tuple(quizzes)))) is not None:
        name, competency = named(step)
        (lessons if step.lesson else quizzes).append(name)
        order.append(name)
        assert competency is None

    assert order == ["names", "yes-no", "first", "second", "cards", "third"]


@pytest.mark.parametrize("begun", [done("cards"), done(quizzes=("third",))], ids=["by a lesson", "by a quiz"])
def test_without_needs_a_course_that_is_begun_goes_on_before_another_is_started(begun: Done) -> None:
    name, _ = named(next_step(sample(), [], begun))

    assert name == ("third" if begun.lessons else "cards")


def test_when_the_course_that_was_begun_is_done_the_first_of_the_others_is_next() -> None:
    assert named(next_step(sample(), [], done("cards", quizzes=("third",)))) == ("names", None)


def test_when_all_is_done_and_no_need_is_left_there_is_no_next_step() -> None:
    all_done = done("names", "yes-no", "cards", quizzes=("first", "second", "third"))

    assert next_step(sample(), [Need("greeting", 0.0)], all_done) is None


def test_when_all_is_done_a_need_is_served_by_a_replay() -> None:
    all_done = done("names", "yes-no", "cards", quizzes=("first", "second", "third"))

    assert named(next_step(sample(), [Need("greeting", 0.2)], all_done)) == ("second", "greeting")


# Study for one competency


def test_a_lesson_comes_before_its_quizzes() -> None:
    assert named(study_for(sample(), "greeting", NOTHING_DONE)) == ("names", "greeting")


def test_of_the_quizzes_not_finished_the_one_with_most_items_for_it_comes_first() -> None:
    assert named(study_for(sample(), "greeting", done("names"))) == ("second", "greeting")
    assert named(study_for(sample(), "greeting", done("names", quizzes=("second",)))) == ("first", "greeting")


def test_nothing_serves_an_unknown_competency() -> None:
    assert study_for(sample(), "juggling", NOTHING_DONE) is None


def test_the_material_for_a_competency_is_its_first_lesson_and_the_quiz_with_most_items() -> None:
    reading, practice = material_for(sample(), "greeting")

    assert reading is not None
    assert practice is not None
    assert (reading.id, practice.id) == ("names", "second")


def test_a_competency_may_lack_a_lesson_or_a_quiz() -> None:
    assert [each and each.id for each in material_for(sample(), "gifts")] == [None, "third"]
    assert [each and each.id for each in material_for(sample(), "cards")] == ["cards", None]
    assert material_for(sample(), "juggling") == (None, None)


def test_a_step_says_its_title_and_minutes() -> None:
    reading = study_for(sample(), "greeting", NOTHING_DONE)
    practice = study_for(sample(), "greeting", done("names"))

    assert reading is not None
    assert practice is not None
    assert (reading.title, reading.minutes) == ("Names", 8)
    assert (practice.title, practice.minutes) == ("Second", 12)
    assert (NextStep(None, None, None).title, NextStep(None, None, None).minutes) == ("", 0)
