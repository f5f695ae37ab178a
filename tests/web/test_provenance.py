"""Learners can read where a course comes from, what is computed for it, and what nobody has settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.browsing import Browser, text_of
from tests.builders import prose
from tests.company import Clock, Make
from tests.conftest import services_of
from tests.doubts import doubted, settled, with_course, with_doubt, with_doubtful_dialogue
from trainer.domain.content import (
    Content,
    Course,
    Form,
    MailKind,
    MailModel,
    Mark,
    Register,
    RegisterContrast,
    Wording,
)
from trainer.domain.country import Span
from trainer.domain.provenance import DoubtfulWords, DoubtPlace, provenance_of, rests_on_doubt
from trainer.web.lessons import phrases_elsewhere
from trainer.web.wording.dates import span_words


@pytest.fixture
def as_lena(sign_in: Callable[..., Browser], make: Make) -> Browser:
    return sign_in(make.learner("Lena"))


@pytest.fixture
def unsettled(content: Content) -> Course:
    """Of all its words one line of a dialogue, one of a mail and one form of a contrast are doubtful."""
    course = settled(content.courses["france"])
    dialogue = next(each for each in course.dialogues if each.own_lines)
    number = dialogue.lines.index(dialogue.own_lines[0])
    lesson_id, here = dialogue.lesson_id, prose()
    subject = Wording("Objet", None, None, "Subject", is_doubtful=True)
    plain = Wording("Bonjour", None, None, "Hello")
    no = Wording("Non", None, None, "No", is_doubtful=True)
    return replace(
        course,
        dialogues=(with_doubtful_dialogue(dialogue, number),),
        mails=(
            MailModel("mail", lesson_id, "fr", MailKind.FIRST_CONTACT, "A first mail", here, subject, (plain,), here),
        ),
        contrasts=(
            RegisterContrast("contrast", lesson_id, "fr", "To refuse", (Form(no, Register.CASUAL, "a friend"),), here),
        ),
    )


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


def signed_in(app: Flask, own: Content, clock: Clock) -> Browser:
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner("Lena")
    browser = Browser(app)
    browser.sign_in(lena)
    return browser


def test_sources_stand_by_tier_and_facts_are_counted_once(content: Content) -> None:
    course = content.courses["japan"]
    told = provenance_of(course)

    assert [source.tier for source, _ in told.sources] == sorted(source.tier for source, _ in told.sources)
    assert told.facts == sum(len(lesson.facts) for lesson in course.lessons)


def test_a_fact_that_only_single_voices_tell_says_so(as_lena: Browser, content: Content) -> None:
    told = {tier: next(pair for pair in content.facts.values() if pair[1].best_tier == tier) for tier in "ABC"}

    for tier, (lesson, fact) in told.items():
        page = as_lena.get(f"/lessons/{lesson.id}").text
        foot = page.partition(f'id="{fact.id}"')[2].partition("</li>")[0]
        assert ("tier C only" in foot) == (tier == "C"), fact.id

    course = content.courses[told["C"][0].course_id]
    number = sum(all(each.tier == "C" for each in fact.sources) for lesson in course.lessons for fact in lesson.facts)
    assert f"Tier C only {number} facts" in text_of(as_lena.get(f"/courses/{course.id}/about").text)


def test_phrases_that_nobody_settled_are_listed(content: Content) -> None:
    first = content.courses["japan"].phrases[0]
    doubtful = with_doubt(content, "japan", first.id).courses["japan"]

    assert provenance_of(doubtful).doubtful == (
        DoubtfulWords(first.text, first.lang, first.natural, DoubtPlace.PHRASE, first.id),
    )


def test_own_words_of_dialogues_mails_and_contrasts_that_nobody_settled_are_listed(
    unsettled: Course,
) -> None:
    told = provenance_of(unsettled).doubtful

    assert [(words.place, words.name, words.text) for words in told] == [
        (DoubtPlace.DIALOGUE, unsettled.dialogues[0].title, unsettled.dialogues[0].own_lines[0].text),
        (DoubtPlace.MAIL, "A first mail", "Objet"),
        (DoubtPlace.CONTRAST, "To refuse", "Non"),
    ]


def test_words_of_a_phrase_that_nobody_settled_are_listed_once(unsettled: Course) -> None:
    phrase = doubted(unsettled.phrases[0])
    words = Wording(phrase.text, None, None, phrase.natural, phrase, is_doubtful=True)
    course = replace(
        unsettled,
        phrases=(phrase,),
        dialogues=(),
        mails=tuple(replace(mail, lines=(words,)) for mail in unsettled.mails),
        contrasts=(),
    )

    assert [each.text for each in provenance_of(course).doubtful] == [phrase.text, "Objet"]


def test_a_course_shows_what_is_not_settled_with_its_meaning_and_place(
    build_app: Callable[..., Flask], content: Content, clock: Clock, unsettled: Course
) -> None:
    own = with_course(content, unsettled)
    browser = signed_in(build_app(own), own, clock)

    shown = text_of(browser.get("/courses/france/about").text)
    line = unsettled.dialogues[0].own_lines[0]

    assert "Words that are not settled" in shown
    assert f"{line.text} {line.natural} · dialogue: {unsettled.dialogues[0].title}" in shown
    assert "Objet Subject · e-mail: A first mail" in shown
    assert "Non No · the same, said to different people: To refuse" in shown
    assert "3 wordings not settled" in text_of(browser.get("/about-content").text)


def test_an_item_rests_on_a_doubt_when_it_was_made_from_a_doubtful_phrase_or_plays_one(content: Content) -> None:
    phrase = content.courses["france"].phrases[0]
    own = with_doubt(content, "france", phrase.id)
    written = next(item for item in content.quizzes["jp-first-meeting"].items if item.audio is None)

    assert rests_on_doubt(own, own.items[f"{phrase.id}.meaning"])
    assert not rests_on_doubt(own, written)
    assert rests_on_doubt(own, replace(written, audio=doubted(phrase)))


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
