"""Learners can read where a course comes from, what is computed for it, and what nobody has settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.browsing import Browser, text_of
from tests.company import Make
from trainer.domain.content import Content, Mark
from trainer.domain.country import Span
from trainer.domain.provenance import provenance_of
from trainer.web.lessons import phrases_elsewhere
from trainer.web.wording.dates import span_words


@pytest.fixture
def as_lena(sign_in: Callable[..., Browser], make: Make) -> Browser:
    return sign_in(make.learner("Lena"))


def test_the_page_about_the_content_names_marks_tiers_and_every_course(as_lena: Browser, content: Content) -> None:
    shown = text_of(as_lena.get("/about-content").text)

    assert all(words in shown for words in ("Widely agreed", "Contested", "Tendency", "tier A", "Report a problem"))
    assert all(course.title in shown for course in content.courses.values())


def test_a_course_names_each_source_with_how_many_facts_rest_on_it(as_lena: Browser, content: Content) -> None:
    told = provenance_of(content.courses["japan"])

    shown = text_of(as_lena.get("/courses/japan/about").text)

    assert told.sources
    for source, number in told.sources:
        assert f"tier {source.tier} {number} fact" in shown
    assert f"{told.marks[Mark.CONSENSUS]} facts" in shown


def test_sources_stand_by_tier_and_facts_are_counted_once(content: Content) -> None:
    course = content.courses["japan"]
    told = provenance_of(course)

    assert [source.tier for source, _ in told.sources] == sorted(source.tier for source, _ in told.sources)
    assert told.facts == sum(len(lesson.facts) for lesson in course.lessons)


def test_phrases_that_nobody_settled_are_listed(content: Content) -> None:
    course = content.courses["japan"]
    first, *rest = course.phrases
    doubtful = replace(
        course, phrases=(replace(first, is_doubtful=True), *(replace(p, is_doubtful=False) for p in rest))
    )

    assert [phrase.id for phrase in provenance_of(doubtful).doubtful] == [first.id]


def test_the_lesson_at_a_glance_computes_what_it_does_not_say(as_lena: Browser) -> None:
    shown = text_of(as_lena.get("/lessons/japan-at-a-glance").text)

    assert "Japan in figures" in shown
    assert "Tokyo UTC+9" in shown
    assert "Saturday and Sunday" in shown
    assert "Japanese Yen (JPY" in shown


def test_the_lesson_on_the_calendar_lists_the_holidays_to_come(as_lena: Browser) -> None:
    shown = text_of(as_lena.get("/lessons/japan-calendar").text)

    assert "Public holidays of the coming year" in shown
    assert "Vernal Equinox Day" in shown


def test_a_lesson_points_to_the_one_that_shows_the_phrases(content: Content) -> None:
    course = content.courses["japan"]
    home = next(lesson for lesson in course.lessons if "clarify" in lesson.functions)
    pointing = replace(course.lessons[0], see_functions=("clarify",))

    assert phrases_elsewhere(pointing, course) == [("clarify", home)]
    assert phrases_elsewhere(replace(pointing, see_functions=()), course) == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "Tue 24 November 2026"),
        (date(2027, 2, 6), date(2027, 2, 8), "Sat 6 to Mon 8 February 2027"),
        (date(2027, 4, 30), date(2027, 5, 3), "Fri 30 April to Mon 3 May 2027"),
    ],
)
def test_a_span_of_days_off_names_each_month_once(first: date, last: date, words: str) -> None:
    assert span_words(Span(first, last, "Holiday", is_expected=False, is_worked=False)) == words
