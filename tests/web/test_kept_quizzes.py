"""Content that is edited, shortened or taken away under an attempt: what was begun goes on and stays as it was."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser, choices_of, text_of
from tests.company import QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody, best, give, with_items, without_choice
from tests.conftest import services_of
from tests.web.test_statements import counted
from trainer import learning, reporting
from trainer.domain.content import Content, Item, ItemType, OneOf, Option, Quiz, Scenario
from trainer.models import Attempt, Response, new_id
from trainer.versions import load_model

EVERY_KIND, HEARD = "jp-language-writing", "fr-language-writing"


@dataclass(frozen=True)
class Edited:
    """An application of its own, Lena on it, and what she sees when it starts again with other content."""

    build: Callable[[Content], Flask]
    make: Make
    lena: Somebody

    def restart(self, edited: Content) -> Browser:
        browser = Browser(self.build(edited))
        browser.sign_in(self.lena)
        return browser


@pytest.fixture
def before(build_app: Callable[..., Flask], content: Content, clock: Clock) -> Iterator[Edited]:
    with services_of(build_app()).database.read_session() as session:
        make = Make(session, content, clock)
        yield Edited(build_app, make, make.learner("Lena"))


@pytest.fixture
def quiz(content: Content) -> Quiz:
    return content.quizzes[QUIZ]


def options_of(item: Item) -> tuple[Option, ...]:
    assert isinstance(item.interaction, OneOf)
    return item.interaction.options


def poorer(item: Item) -> Item:
    """The item with its key turned round."""
    options = tuple(replace(each, score=1.0 - each.score) for each in options_of(item))
    return replace(item, interaction=OneOf(options))


def pages_of(browser: Browser, attempt: str) -> dict[str, str]:
    """The words of the summary and of each feedback that it links to."""
    summary = browser.get(f"{attempt}/summary")
    assert summary.status_code == 200
    paths = re.findall(rf'href="({attempt}/items/[^"]+)"', summary.text)
    answers = {path: browser.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {"summary": text_of(summary.text), **{path: text_of(each.text) for path, each in answers.items()}}


EDITS: dict[str, Callable[[Content, Quiz], Content]] = {
    "corrected": lambda content, quiz: with_items(content, quiz.id, poorer(quiz.items[0]), *quiz.items[1:]),
    "shortened": lambda content, quiz: with_items(content, quiz.id, *quiz.items[:2]),
    "without an option": lambda content, quiz: with_items(
        content, quiz.id, without_choice(quiz.items[0], best(options_of(quiz.items[0]))), *quiz.items[1:]
    ),
    "grown": lambda content, quiz: with_items(content, quiz.id, *quiz.items, replace(quiz.items[0], id="one-more")),
    "deleted": lambda content, quiz: with_items(content, quiz.id),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_past_result_stays_to_the_letter(
    before: Edited, content: Content, quiz: Quiz, edit: Callable[[Content, Quiz], Content]
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, right=0.5)}"
    shown = pages_of(before.restart(content), attempt)

    edited = pages_of(before.restart(edit(content, quiz)), attempt)

    again = " Practise again"
    assert {path: words.replace(again, "") for path, words in edited.items()} == {
        path: words.replace(again, "") for path, words in shown.items()
    }
    assert len(edited) == len(quiz.items) + 1


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_open_attempt_goes_on_with_what_it_began_with(
    before: Edited, content: Content, quiz: Quiz, edit: Callable[[Content, Quiz], Content]
) -> None:
    attempt_id = before.make.answers(before.lena, until=2)
    lena = before.restart(edit(content, quiz))

    for item in quiz.items[2:]:
        asked = lena.get(f"/attempts/{attempt_id}", follow_redirects=True)
        assert asked.request.path == f"/attempts/{attempt_id}/items/{item.id}"
        state = learning.load_attempt(before.make.session, before.lena.id, attempt_id)
        before.make.session.commit()
        assert state is not None
        given = give(item, state, best)
        assert set(given.options) <= set(choices_of(asked.text, "options"))
        sent = lena.submit(
            f"/attempts/{attempt_id}/items/{item.id}/0", {"response_id": new_id(), "options": list(given.options)}
        )
        assert sent.status_code == 303

    words = text_of(lena.get(f"/attempts/{attempt_id}/summary").text)
    assert f"{len(quiz.items)} of {len(quiz.items)} answers were the best one" in words
    assert before.make.session.scalars(select(Attempt.finished_at)).one() is not None


@pytest.mark.parametrize("name", [SCENARIO_QUIZ, EVERY_KIND, "pt-times-and-invitations"])
def test_every_kind_of_item_is_told_of_after_its_quiz_its_course_and_its_phrases_are_gone(
    before: Edited, content: Content, name: str
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, name, right=0.5)}"
    course = content.quizzes[name].course_id
    left = Content(content.competencies, {key: each for key, each in content.courses.items() if key != course})
    lena = before.restart(left)

    words = pages_of(lena, attempt)

    assert len(words) > content.quizzes[name].asked
    assert not any("was changed" in each for each in words.values())
    assert lena.get(f"/quizzes/{name}").status_code == 200


def test_a_scenario_goes_on_though_the_path_that_was_taken_is_gone(before: Edited, content: Content) -> None:
    quiz = content.quizzes[SCENARIO_QUIZ]
    story = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    assert isinstance(story.interaction, Scenario)
    attempt_id = before.make.attempt(before.lena, quiz.id)
    nodes = story.interaction.nodes
    first = best([each.option for each in nodes[story.interaction.start].choices])
    data = {"response_id": new_id(), "options": first}
    before.restart(content).submit(f"/attempts/{attempt_id}/items/{story.id}/0", data)
    lena = before.restart(with_items(content, quiz.id, without_choice(story, first)))

    asked = lena.get(f"/attempts/{attempt_id}/items/{story.id}")

    assert asked.status_code == 200
    assert f'action="/attempts/{attempt_id}/items/{story.id}/1"' in asked.text


def test_a_quiz_that_is_gone_lists_ones_attempts_and_cannot_be_begun(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt_id = before.make.answers(before.lena)
    lena = before.restart(with_items(content, QUIZ))

    page = lena.get(f"/quizzes/{QUIZ}")
    begun = lena.submit(f"/quizzes/{QUIZ}/attempts")

    assert quiz.title in text_of(page.text)
    assert "no longer taught" in text_of(page.text)
    assert f"/attempts/{attempt_id}" in page.text
    assert "Practise again" not in text_of(page.text)
    assert begun.status_code == 404


def test_a_quiz_that_is_gone_is_not_there_for_whoever_never_began_it(before: Edited, content: Content) -> None:
    lena = before.restart(with_items(content, QUIZ))

    assert lena.get(f"/quizzes/{QUIZ}").status_code == 404


def test_after_an_edit_the_next_attempt_asks_the_quiz_as_it_is_now(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    before.make.answers(before.lena)
    lena = before.restart(with_items(content, QUIZ, *quiz.items[3:]))

    attempt = lena.submit(f"/quizzes/{QUIZ}/attempts").location

    assert lena.get(attempt).location == f"{attempt}/items/{quiz.items[3].id}"


def test_progress_and_readiness_work_with_answers_to_what_is_taught_no_more(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    make = before.make
    team = make.team()
    manager, member = make.manager(team), make.learner("Mia", team)
    engagement = make.engagement(team, [[member]])
    make.answers(member, QUIZ, SCENARIO_QUIZ, EVERY_KIND)
    make.answers(before.lena, QUIZ, SCENARIO_QUIZ, EVERY_KIND)
    edited = content
    for name in (QUIZ, SCENARIO_QUIZ, EVERY_KIND):
        edited = with_items(edited, name)
    lena = before.restart(edited)
    mara = Browser(before.build(edited))
    mara.sign_in(manager)
    learnt = {name for item in quiz.items for name in item.competencies}

    pages = [lena.get(path) for path in ("/", "/courses", "/progress", *(f"/progress/{name}" for name in learnt))]
    pages += [mara.get(path) for path in ("/teams", f"/engagements/{engagement}")]

    assert {page.status_code for page in pages} <= {200, 404}
    assert [page.status_code for page in pages[:3]] == [200] * 3
    assert [page.status_code for page in pages[-2:]] == [200] * 2
    assert reporting.own_progress(make.session, edited, load_model(make.session), before.lena.id, make.clock.at)


def test_what_is_to_be_heard_is_spoken_as_it_was_when_the_attempt_began(before: Edited, content: Content) -> None:
    asked = content.quizzes[HEARD]
    item = next(item for item in asked.items if item.type is ItemType.LISTENING)
    attempt_id = before.make.attempt(before.lena, HEARD)
    course = content.courses[asked.course_id]
    phrases = tuple(
        replace(each, text="Autre chose.", audio_text="Autre chose.") if each == item.audio else each
        for each in course.phrases
    )
    spoken = {}

    for name, taught in (("before", course), ("reworded", replace(course, phrases=phrases))):
        lena = before.restart(Content(content.competencies, {**content.courses, course.id: taught}))
        page = lena.get(f"/attempts/{attempt_id}/items/{item.id}")
        address = re.findall(r'data-audio="([^"]+)"', page.text)[0]
        spoken[name] = (address, lena.get(address).data)

    assert spoken["before"][0].startswith("/phrases/")
    assert spoken["reworded"][0].startswith(f"/attempts/{attempt_id}/items/{item.id}/normal-")
    assert len(spoken["before"][1]) > 1000
    assert spoken["reworded"][1] == spoken["before"][1]


def test_a_page_of_an_edited_quiz_takes_one_statement_more_and_the_next_none(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt_id: UUID = before.make.answers(before.lena, until=1)
    path = f"/attempts/{attempt_id}/items/{quiz.items[1].id}"
    same, other = before.restart(content), before.restart(with_items(content, QUIZ, *quiz.items[:3]))
    counts = []
    for browser in (same, other):
        browser.get("/account")

    for browser in (same, other, other):
        with counted(services_of(browser.application).database) as statements:
            assert browser.get(path).status_code == 200
        counts.append(len(statements))

    assert counts == [counts[0], counts[0] + 1, counts[0]]


def test_the_answers_of_an_edited_quiz_are_those_that_were_given(before: Edited, content: Content, quiz: Quiz) -> None:
    before.make.answers(before.lena, right=0.5)
    session = before.make.session
    kept = session.scalars(select(Response.given)).all()

    before.restart(with_items(content, QUIZ, poorer(quiz.items[0]))).get(f"/quizzes/{QUIZ}")

    session.expire_all()
    assert session.scalars(select(Response.given)).all() == kept
