"""Assessments in the browser: without JavaScript, within their time, telling no more than they may."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.answering import right_entries
from tests.browsing import Browser, choices_of, fields_of, text_of
from tests.builders import NOW
from tests.company import SCENARIO_QUIZ, Clock, Make, Somebody, at_once, best, give, with_items
from tests.conftest import services_of
from trainer import learning
from trainer.domain.content import Assessment, Content, Item, OneOf, Option, Quiz, Scenario, SomeOf, Typed
from trainer.domain.scenario import best_path
from trainer.models import Attempt, DraftAnswer, Response, new_id

on_both = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
OPEN_END, CLOSED_END, CHOICES = "fr-language-writing", "jp-language-writing", "fr-language-meeting"
"""The first tells the answers at its end, the second does not, the third is shipped without an assessment."""
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def other_app(
    build_app: Callable[..., Flask], content: Content, clock: Clock
) -> Iterator[Callable[..., tuple[Browser, Quiz, Make]]]:
    """Makes an application on which a quiz has an assessment of these rules, and Lena on it."""

    def build(name: str = CHOICES, **rules: object) -> tuple[Browser, Quiz, Make]:
        assessment = Assessment(**{"minutes": 15, "attempts": 2, "pass_share": 0.7, **rules})  # type: ignore[arg-type]
        quiz = replace(content.quizzes[name], assessment=assessment)
        course = content.courses[quiz.course_id]
        quizzes = tuple(quiz if each.id == name else each for each in course.quizzes)
        taught = Content(content.competencies, {**content.courses, course.id: replace(course, quizzes=quizzes)})
        app = build_app(taught)
        sessions.append(services_of(app).database.read_session())
        make = Make(sessions[-1], taught, clock)
        browser = Browser(app)
        browser.sign_in(make.learner("Lena"))
        return browser, quiz, make

    sessions: list[Session] = []
    yield build
    for session in sessions:
        session.close()


def start(browser: Browser, quiz: str = OPEN_END) -> str:
    """The path of a new assessment."""
    answer = browser.submit(f"/quizzes/{quiz}/assessments")
    assert answer.status_code == 303
    assert answer.location.startswith("/assessments/")
    return answer.location


def form_of(item: Item) -> dict[str, Any]:
    """The best answer to an item that is no conversation and no calendar, as its form sends it."""
    match item.interaction:
        case OneOf(options):
            return {"options": best(options)}
        case SomeOf(options):
            return {"options": [option.id for option in options if option.is_right]}
        case interaction:
            return {f"entry-{slot}": words for slot, words in right_entries(interaction).items()}


def save(
    browser: Browser, sitting: str, item: Item, fields: dict[str, Any] | None = None, *, step: int = 0
) -> TestResponse:
    """Send an answer, by default the best."""
    return browser.submit(f"{sitting}/items/{item.id}/{step}", form_of(item) if fields is None else fields)


def asked(browser: Browser, sitting: str, quiz: Quiz) -> list[Item]:
    """The items that a sitting asks, in order."""
    links = re.findall(
        rf'href="{sitting}/items/([^"]+)"', browser.get(sitting).text.split('class="plain-list results"')[1]
    )
    by_id = {item.id: item for item in quiz.items}
    return [by_id[link] for link in links]


def rows(session: Session, model: type) -> list[object]:
    found: list[object] = list(session.scalars(select(model)))
    session.commit()
    return found


def secrets_of(item: Item) -> set[str]:
    """Words that tell the key of an item or explain it, as they would stand in a page."""
    proses = [getattr(item.interaction, "explanation", None), item.misreading, item.counter_case]
    if isinstance(item.interaction, OneOf | SomeOf):
        proses += [option.explanation for option in item.interaction.options]
        proses += [option.consequence for option in item.interaction.options]
    if isinstance(item.interaction, Scenario):
        choices = [choice.option for node in item.interaction.nodes.values() for choice in node.choices]
        proses += [part for option in choices for part in (option.explanation, option.consequence)]
        proses += [ending.text for ending in item.interaction.endings.values()]
    return {prose.html for prose in proses if prose is not None and len(prose.html) > 12}


# Before it begins


def test_the_first_page_tells_both_ways_and_what_differs(as_lena: Browser) -> None:
    page = text_of(as_lena.get(f"/quizzes/{OPEN_END}").text)

    for words in (
        "Practise Every answer is explained at once.",
        "Sit it as an assessment",
        "You have 15 minutes",
        "Nothing is explained until you hand in.",
        "accents, articles and slips count",
        "It needs sound",
        "70% is needed to pass",
        "you see the result, what was right, and every answer explained",
        "You have 2 of 2 attempts left.",
        "Your manager sees neither the result nor your answers.",
    ):
        assert words in page


def test_a_quiz_that_is_only_practised_says_nothing_of_assessments(as_lena: Browser) -> None:
    page = as_lena.get(f"/quizzes/{CHOICES}").text

    assert "ssessment" not in text_of(page)
    assert as_lena.submit(f"/quizzes/{CHOICES}/assessments").location == f"/quizzes/{CHOICES}"


def test_the_time_that_a_person_has_is_told_and_given(
    sign_in: Callable[[Somebody], Browser], as_lena: Browser, lena: Somebody, make: Make
) -> None:
    admin = sign_in(make.admin())
    admin.submit(f"/people/{lena.id}/time", {"allowance": "1.5"})

    page = text_of(as_lena.get(f"/quizzes/{OPEN_END}").text)
    sitting = text_of(as_lena.get(start(as_lena)).text)

    assert "You have 23 minutes: 1.5 times the usual 15" in page
    assert "You have until 09:23 UTC : 23 minutes left" in sitting
    assert "1.5 times the usual time" in text_of(as_lena.get("/account").text)
    assert "1.5 times the usual time" in text_of(admin.get(f"/people/{lena.id}").text)


def test_who_has_no_limit_sees_no_clock(
    sign_in: Callable[[Somebody], Browser], as_lena: Browser, lena: Somebody, make: Make, clock: Clock
) -> None:
    sign_in(make.admin()).submit(f"/people/{lena.id}/time", {"allowance": "untimed"})
    sitting = start(as_lena)
    clock.turn(timedelta(hours=5))

    page = as_lena.get(sitting)

    assert "You have no time limit." in text_of(page.text)
    assert "data-clock" not in page.text


@pytest.mark.parametrize("allowance", ["3", "", "none"])
def test_a_time_that_is_not_offered_is_refused(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, make: Make, allowance: str
) -> None:
    assert sign_in(make.admin()).submit(f"/people/{lena.id}/time", {"allowance": allowance}).status_code == 422


def test_a_manager_sees_nothing_of_somebodys_time(sign_in: Callable[[Somebody], Browser], make: Make) -> None:
    team = make.team()
    member, manager = make.learner("Mia", team), make.manager(team)
    engagement = make.engagement(team, [[member]])
    sign_in(make.admin()).submit(f"/people/{member.id}/time", {"allowance": "2"})
    browser = sign_in(manager)

    pages = [browser.get(path) for path in (f"/teams/{team}", f"/engagements/{engagement}", "/teams")]

    assert all(page.status_code == 200 and "usual time" not in page.text for page in pages)
    assert browser.get(f"/people/{member.id}").status_code == 403


# While it is open


@pytest.mark.parametrize("name", [OPEN_END, CLOSED_END, "pt-times-and-invitations"])
def test_every_assessment_that_is_shipped_can_be_sat_to_its_end_without_javascript(
    as_lena: Browser, lena: Somebody, content: Content, session: Session, name: str
) -> None:
    quiz = content.quizzes[name]
    sitting = start(as_lena, name)
    items = asked(as_lena, sitting, quiz)
    page = as_lena.get(f"{sitting}/items/{items[0].id}")

    for _ in items:
        action = re.search(rf'action="({sitting}/items/([^"/]+)/0)"', page.text)
        assert action is not None
        attempt = learning.load_attempt(session, lena.id, session.scalars(select(Attempt.id)).one())
        session.commit()
        assert attempt is not None
        given = give(content.items[action[2]], attempt, best)
        entries = {f"entry-{slot}": value for slot, value in given.entries}
        page = as_lena.submit(action[1], {"options": list(given.options), **entries}, follow_redirects=True)

    assert f"{quiz.asked} of {quiz.asked} answered" in text_of(page.text)
    handed = text_of(as_lena.submit(f"{sitting}/hand-in", follow_redirects=True).text)
    assert "Passed" in handed
    assert "Your result is 100%" in handed
    assert len(rows(session, Response)) == quiz.asked == len(items)


@pytest.mark.parametrize("name", [OPEN_END, CLOSED_END, "pt-times-and-invitations"])
def test_no_page_of_an_open_assessment_tells_a_key(as_lena: Browser, content: Content, name: str) -> None:
    quiz = content.quizzes[name]
    sitting = start(as_lena, name)
    items = asked(as_lena, sitting, quiz)
    for item in items:
        save(as_lena, sitting, item)

    pages = [as_lena.get(sitting).text, *(as_lena.get(f"{sitting}/items/{item.id}").text for item in items)]

    for item in items:
        assert not any(secret in page for secret in secrets_of(item) for page in pages)
    assert not any("Not right" in page or 'class="feedback"' in page for page in pages)


def test_a_conversation_tells_nothing_of_how_well_it_goes(other_app: Callable[..., tuple[Browser, Quiz, Make]]) -> None:
    lena, quiz, _ = other_app(SCENARIO_QUIZ)
    sitting = start(lena, quiz.id)
    story = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    assert isinstance(story.interaction, Scenario)
    pages = []

    for step, choice in enumerate(best_path(story.interaction)):
        pages.append(lena.get(f"{sitting}/items/{story.id}").text)
        assert save(lena, sitting, story, {"options": choice.option.id}, step=step).status_code == 303
    pages.append(lena.get(f"{sitting}/items/{story.id}").text)

    assert "each choice is final" in text_of(pages[0])
    assert "come to its end" in text_of(pages[-1])
    assert not any("meter" in page or secret in page for page in pages for secret in secrets_of(story))
    again = save(lena, sitting, story, {"options": best_path(story.interaction)[0].option.id})
    assert again.location == f"{sitting}/items/{story.id}"


def test_a_saved_answer_is_filled_in_and_may_be_changed(as_lena: Browser, content: Content, session: Session) -> None:
    sitting = start(as_lena)
    item = next(
        item for item in asked(as_lena, sitting, content.quizzes[OPEN_END]) if isinstance(item.interaction, Typed)
    )
    save(as_lena, sitting, item, {"entry-answer": "premier"})

    first = fields_of(as_lena.get(f"{sitting}/items/{item.id}").text)["entry-answer"]
    save(as_lena, sitting, item, {"entry-answer": "second"})
    second = fields_of(as_lena.get(f"{sitting}/items/{item.id}").text)["entry-answer"]

    assert (first, second) == ("premier", "second")
    assert len(rows(session, DraftAnswer)) == 1


def test_an_item_is_flagged_with_its_answer_or_left_for_later_without_one(as_lena: Browser, content: Content) -> None:
    sitting = start(as_lena)
    first, second, third, *_ = asked(as_lena, sitting, content.quizzes[OPEN_END])
    save(as_lena, sitting, first, {**form_of(first), "flag": "1"})
    left = save(as_lena, sitting, second, {"act": "later"})
    save(as_lena, sitting, third)

    overview = as_lena.get(sitting).text
    flagged = [item.id for item in (first, second, third) if "⚑" in line_of(overview, sitting, item)]

    assert left.location == f"{sitting}/items/{third.id}"
    assert flagged == [first.id, second.id]
    assert "Not answered" in line_of(overview, sitting, second)
    assert "Answered" in line_of(overview, sitting, first)
    assert "2 of 11 answered" in text_of(overview)
    save(as_lena, sitting, first)
    assert "⚑" not in line_of(as_lena.get(sitting).text, sitting, first)


def line_of(overview: str, sitting: str, item: Item) -> str:
    """The words of one item's line."""
    lines = overview.split('class="plain-list results"')[1].split("<li>")
    (line,) = [each for each in lines if f"{sitting}/items/{item.id}" in each]
    return text_of(line.split("</li>")[0])


@pytest.mark.parametrize(("fields", "words"), [({"entry-answer": ""}, "Write your answer."), ({"flag": "1"}, "Write")])
def test_an_answer_that_is_none_is_asked_for_again(
    as_lena: Browser, content: Content, session: Session, fields: dict[str, str], words: str
) -> None:
    sitting = start(as_lena)
    item = next(
        item for item in asked(as_lena, sitting, content.quizzes[OPEN_END]) if isinstance(item.interaction, Typed)
    )

    answer = save(as_lena, sitting, item, fields)

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert rows(session, DraftAnswer) == []


@pytest.mark.parametrize("item_id", ["pt-remote-call-01", "atlantis"])
def test_an_item_that_it_does_not_ask_leads_to_the_overview(as_lena: Browser, item_id: str) -> None:
    sitting = start(as_lena)

    answers = (
        as_lena.get(f"{sitting}/items/{item_id}"),
        as_lena.submit(f"{sitting}/items/{item_id}/0", {"options": "a"}),
    )

    assert [(each.status_code, each.location) for each in answers] == [(303, sitting)] * 2


def test_a_step_that_an_item_does_not_have_is_not_saved(as_lena: Browser, content: Content, session: Session) -> None:
    sitting = start(as_lena)
    item = asked(as_lena, sitting, content.quizzes[OPEN_END])[0]

    assert save(as_lena, sitting, item, step=3).status_code in (303, 409)
    assert rows(session, DraftAnswer) == []


def test_an_assessment_of_another_is_not_found(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make, content: Content
) -> None:
    sitting = start(as_lena)
    item = content.quizzes[OPEN_END].items[0]
    stranger = sign_in(make.learner())

    answers = [
        stranger.get(sitting),
        stranger.get(f"{sitting}/items/{item.id}"),
        save(stranger, sitting, item),
        stranger.submit(f"{sitting}/hand-in"),
        stranger.get(f"{sitting}/items/{item.id}/0/feedback"),
    ]

    assert {answer.status_code for answer in answers} == {404}


# Practice beside it


def test_the_pages_of_practice_lead_an_assessment_to_its_own(
    as_lena: Browser, content: Content, session: Session
) -> None:
    sitting = start(as_lena)
    attempt = sitting.replace("/assessments/", "/attempts/")
    item = asked(as_lena, sitting, content.quizzes[OPEN_END])[0]
    save(as_lena, sitting, item)

    answers = [
        *(as_lena.get(f"{attempt}{path}") for path in ("", "/summary", f"/items/{item.id}", f"/items/{item.id}/0")),
        as_lena.submit(f"{attempt}/items/{item.id}/0", {**form_of(item), "response_id": new_id()}),
        as_lena.submit(f"{attempt}/quiet"),
    ]

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, sitting)}
    assert rows(session, Response) == []


def test_while_it_is_open_what_was_practised_before_tells_no_answer(
    as_lena: Browser, make: Make, lena: Somebody, content: Content
) -> None:
    attempt_id = make.answers(lena, OPEN_END, until=3)
    practice = f"/attempts/{attempt_id}"
    item = content.quizzes[OPEN_END].items[0]
    sitting = start(as_lena)

    answers = [
        as_lena.get(f"{practice}{path}") for path in ("", "/summary", f"/items/{item.id}/0", f"/items/{item.id}")
    ]
    begun = as_lena.submit(f"/quizzes/{OPEN_END}/attempts")

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, sitting)}
    assert begun.location == f"/quizzes/{OPEN_END}"
    as_lena.submit(f"{sitting}/hand-in")
    assert as_lena.get(f"{practice}/items/{item.id}/0").status_code == 200


def test_another_quiz_is_practised_meanwhile(as_lena: Browser, make: Make, lena: Somebody) -> None:
    start(as_lena)

    assert as_lena.get(f"/attempts/{make.answers(lena)}/summary").status_code == 200


def test_a_quiz_for_assessment_only_offers_no_practice(other_app: Callable[..., tuple[Browser, Quiz, Make]]) -> None:
    lena, quiz, _ = other_app(is_practised=False)

    page = lena.get(f"/quizzes/{quiz.id}").text

    assert "Practise" not in text_of(page)
    assert lena.submit(f"/quizzes/{quiz.id}/attempts").location == f"/quizzes/{quiz.id}"


# Handing in


@on_both
def test_a_hand_in_that_two_tabs_send_at_once_is_one(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], lena: Somebody, content: Content, session: Session
) -> None:
    sitting = start(as_lena)
    for item in asked(as_lena, sitting, content.quizzes[OPEN_END])[:3]:
        save(as_lena, sitting, item)
    tabs = [as_lena, *(sign_in(lena) for _ in range(3))]
    for tab in tabs:
        tab.token()

    def send(tab: Browser) -> tuple[int, str]:
        answer = tab.submit(f"{sitting}/hand-in")
        return answer.status_code, answer.location

    answers = at_once([partial(send, tab) for tab in tabs])

    assert answers == [(303, sitting)] * 4
    assert len(rows(session, Response)) == 3


def test_after_handing_in_nothing_can_be_saved(as_lena: Browser, content: Content, session: Session) -> None:
    sitting = start(as_lena)
    item = asked(as_lena, sitting, content.quizzes[OPEN_END])[0]
    as_lena.submit(f"{sitting}/hand-in")

    answer = save(as_lena, sitting, item)

    assert (answer.status_code, answer.location) == (303, sitting)
    assert rows(session, Response) == rows(session, DraftAnswer) == []


def test_when_no_attempt_is_left_the_page_says_so_and_a_trainer_can_grant_one(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make, lena: Somebody
) -> None:
    for _ in range(2):
        as_lena.submit(f"{start(as_lena)}/hand-in")
    trainer = sign_in(make.trainer("Tina"))

    page = text_of(as_lena.get(f"/quizzes/{OPEN_END}").text)
    refused = as_lena.submit(f"/quizzes/{OPEN_END}/assessments", follow_redirects=True)
    listed = text_of(trainer.get("/desk/attempts").text)
    without = trainer.submit(f"/desk/attempts/{OPEN_END}/{lena.id}", {"reason": " "})
    granted = trainer.submit(
        f"/desk/attempts/{OPEN_END}/{lena.id}", {"reason": "The line broke."}, follow_redirects=True
    )

    assert "You have no attempt left. If you need another, ask a trainer" in page
    assert "You have no attempt left." in text_of(refused.text)
    assert "Lena" in listed
    assert "Passed" not in listed
    assert "assed" not in listed
    assert without.status_code == 422
    assert "The line broke. Tina" in text_of(granted.text)
    assert "You have 1 of 3 attempts left." in text_of(as_lena.get(f"/quizzes/{OPEN_END}").text)
    assert start(as_lena)


# The deadline


def test_the_end_of_the_time_is_told_without_scripts(as_lena: Browser, clock: Clock) -> None:
    sitting = start(as_lena)
    clock.turn(3 * A_MINUTE)

    assert "You have until 09:15 UTC : 12 minutes left" in text_of(as_lena.get(sitting).text)


@pytest.mark.parametrize("way", ["looking", "saving", "handing in", "starting"])
def test_after_its_time_what_was_saved_is_handed_in_by_whatever_comes_next(
    as_lena: Browser, content: Content, session: Session, clock: Clock, way: str
) -> None:
    quiz = content.quizzes[OPEN_END]
    sitting = start(as_lena)
    first, second, *_ = asked(as_lena, sitting, quiz)
    save(as_lena, sitting, first)
    clock.turn(16 * A_MINUTE)

    match way:
        case "looking":
            page = as_lena.get(sitting)
        case "saving":
            page = as_lena.submit(f"{sitting}/items/{second.id}/0", form_of(second), follow_redirects=True)
            assert "this answer came too late and was not saved" in text_of(page.text)
        case "handing in":
            page = as_lena.submit(f"{sitting}/hand-in", follow_redirects=True)
        case _:
            page = as_lena.submit(f"/quizzes/{OPEN_END}/assessments", follow_redirects=True)

    assert page.request.path == sitting
    assert "The time was up: what you had saved was handed in by itself." in text_of(page.text)
    assert "You answered 1 of 11 items." in text_of(page.text)
    assert [each.item_id for each in rows(session, Response)] == [first.id]  # type: ignore[attr-defined]
    assert session.scalars(select(Attempt.finished_at)).one() == NOW + 15 * A_MINUTE


def test_an_answer_that_was_on_its_way_when_the_time_was_up_is_saved(
    as_lena: Browser, content: Content, session: Session, clock: Clock
) -> None:
    sitting = start(as_lena)
    item = asked(as_lena, sitting, content.quizzes[OPEN_END])[0]
    clock.turn(15 * A_MINUTE + timedelta(seconds=29))

    assert save(as_lena, sitting, item).status_code == 303
    assert len(rows(session, DraftAnswer)) == 1


def test_the_command_hands_in_what_nobody_comes_back_to(
    app: Flask, as_lena: Browser, content: Content, session: Session, clock: Clock
) -> None:
    sitting = start(as_lena)
    save(as_lena, sitting, asked(as_lena, sitting, content.quizzes[OPEN_END])[0])
    runner = app.test_cli_runner()

    told = []
    for minutes in (16, 0, 0):
        with app.app_context():
            told.append(runner.invoke(args=["hand-in-due"]).output)
        clock.turn(minutes * A_MINUTE)

    assert told == [
        "Handed in 0 assessments.\n",
        "Handed in 1 assessments.\n",
        "Handed in 0 assessments.\n",
    ]
    assert len(rows(session, Response)) == 1


# What the end tells


def handed_in(browser: Browser, quiz: Quiz, *, until: int | None = None) -> tuple[str, list[Item]]:
    sitting = start(browser, quiz.id)
    items = asked(browser, sitting, quiz)
    for item in items[:until]:
        save(browser, sitting, item)
    browser.submit(f"{sitting}/hand-in")
    return sitting, items


def pages_after(browser: Browser, sitting: str, items: list[Item]) -> list[str]:
    attempt = sitting.replace("/assessments/", "/attempts/")
    paths = [sitting, f"{attempt}/summary"]
    for item in items:
        paths += [f"{sitting}/items/{item.id}", f"{sitting}/items/{item.id}/0/feedback", f"{attempt}/items/{item.id}/0"]
    return [browser.get(path, follow_redirects=True).text for path in paths]


def test_where_it_may_tell_all_each_answer_is_explained(as_lena: Browser, content: Content) -> None:
    sitting, items = handed_in(as_lena, content.quizzes[OPEN_END])

    result = as_lena.get(sitting).text
    links = re.findall(rf'href="({sitting}/items/[^"]+/feedback)"', result)
    pages = [as_lena.get(link).text for link in links]

    assert len(links) == len(items)
    assert "Your result is 100%; 70% was needed." in text_of(result)
    for item, page in zip(items, pages, strict=True):
        assert any(secret in page for secret in secrets_of(item))
        assert f'href="{sitting}"' in page


def test_the_answers_of_an_earlier_one_wait_while_another_is_open(as_lena: Browser, content: Content) -> None:
    earlier, items = handed_in(as_lena, content.quizzes[OPEN_END], until=1)
    told = f"{earlier}/items/{items[0].id}/0/feedback"
    sitting = start(as_lena)

    answer = as_lena.get(told)

    assert (answer.status_code, answer.location) == (303, sitting)
    as_lena.submit(f"{sitting}/hand-in")
    assert as_lena.get(told).status_code == 200


def test_where_it_may_tell_what_was_right_no_page_tells_the_answers(as_lena: Browser, content: Content) -> None:
    sitting, items = handed_in(as_lena, content.quizzes[CLOSED_END], until=4)

    pages = pages_after(as_lena, sitting, items)

    words = text_of(pages[0])
    assert "Not passed this time" in words
    assert words.count("▲ Right") == 4
    assert words.count("not answered") == len(items) - 4
    assert not any(secret in page for item in items for secret in secrets_of(item) for page in pages)


def test_where_it_may_not_tell_what_was_right_only_the_outcome_is_told(
    other_app: Callable[..., tuple[Browser, Quiz, Make]],
) -> None:
    lena, quiz, _ = other_app(shows_correctness=False)
    sitting, items = handed_in(lena, quiz)

    pages = pages_after(lena, sitting, items)
    competencies = {name for item in items for name in item.competencies}
    stories = [lena.get(f"/progress/{name}").text for name in competencies]

    words = text_of(pages[0])
    assert "Passed 70% was needed. You answered" in words
    assert not any("Your result is" in page or "▲" in page for page in pages)
    assert not any(secret in page for item in items for secret in secrets_of(item) for page in pages)
    assert all("Not told" in page for page in stories)
    assert not any("▲ Right" in text_of(page) for page in stories)


def test_what_the_end_tells_stays_as_it_was_when_it_was_sat(
    as_lena: Browser, build_app: Callable[..., Flask], content: Content, clock: Clock
) -> None:
    app = build_app()
    with services_of(app).database.read_session() as session:
        lena = Make(session, content, clock).learner()
    before = Browser(app)
    before.sign_in(lena)
    sitting, items = handed_in(before, content.quizzes[OPEN_END])
    before.get(sitting)
    told = [text_of(page) for page in pages_after(before, sitting, items)]
    after = Browser(build_app(with_items(content, OPEN_END)))
    after.sign_in(lena)

    again = [text_of(page) for page in pages_after(after, sitting, items)]

    assert [page.replace(" To the quiz", "") for page in told] == again


def test_the_list_of_assessments_leads_to_their_results(as_lena: Browser, content: Content) -> None:
    sitting, _ = handed_in(as_lena, content.quizzes[OPEN_END], until=1)

    page = as_lena.get(f"/quizzes/{OPEN_END}")

    assert f'href="{sitting}"' in page.text
    assert "Assessment 1" in text_of(page.text)


def options_of(item: Item) -> tuple[Option, ...]:
    assert isinstance(item.interaction, OneOf | SomeOf)
    return item.interaction.options


def test_the_order_of_options_stays_in_a_sitting(other_app: Callable[..., tuple[Browser, Quiz, Make]]) -> None:
    lena, quiz, _ = other_app()
    sitting = start(lena, quiz.id)
    item = quiz.items[0]

    pages = [lena.get(f"{sitting}/items/{item.id}").text for _ in range(2)]

    assert choices_of(pages[0], "options") == choices_of(pages[1], "options")
    assert set(choices_of(pages[0], "options")) == {option.id for option in options_of(item)}
