"""Taking a quiz: with the mouse, with the keyboard, without scripts; nothing is answered twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPerson, OpenPage
from tests.browser.player import Player
from tests.browser.server import Server
from trainer.domain.content import Content, ItemType, SomeOf

BRANCHING = "pt-remote-call"
PLAIN = "jp-first-meeting"


def test_a_quiz_is_taken_with_the_mouse(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person), content, BRANCHING)
    player.begin()
    answered = 0
    while not player.is_over():
        kind = player.item().type
        expect(player.save_state).to_have_text("Saved as you go")
        player.answer()
        answered += 1
        expect(player.verdict).to_contain_text(
            "Best next step" if kind is ItemType.BRANCHING else re.compile("Best|Right")
        )
        expect(player.page.get_by_role("heading", name="The other answers")).to_be_visible()
        player.go_on()

    assert answered > len(player.quiz.items)
    assert server.count_responses(person) == answered
    expect(player.page.get_by_text(f"{answered} of {answered} answers were the best one.")).to_be_visible()
    expect(player.page.get_by_text("This was your first attempt: it counts as evidence")).to_be_visible()


def test_a_quiz_is_taken_with_the_keyboard_alone(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    page = open_page(person)
    player = Player(page, content, PLAIN)
    page.goto(f"/quizzes/{PLAIN}")
    page.keyboard.press("Enter")
    for number, item in enumerate(player.quiz.items):
        expect(page.get_by_text(f"{number} of {len(player.quiz.items)}", exact=True)).to_be_visible()
        if number:
            expect(player.question.locator("legend")).to_be_focused()
        wanted = {option.id for option in player.right_options()}
        for key, value in enumerate(player.values(), start=1):
            if value in wanted:
                page.keyboard.press(str(key))
                expect(player.question.locator(f"[value={value}]")).to_be_checked()
                expect(player.question.locator(f"[value={value}]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(player.verdict).to_be_focused()
        expect(player.verdict).to_have_text(re.compile(r"(Best next step|Right)\s+Saved"))
        expect(page).to_have_title(f"Feedback: {player.quiz.title} · Entente")
        assert isinstance(item.interaction, SomeOf) == (len(wanted) > 1)
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
    assert server.count_responses(person) == len(player.quiz.items)


def test_a_key_pressed_as_soon_as_the_feedback_shows_loads_no_whole_page(
    open_page: OpenPage, newcomer: NewPerson, content: Content
) -> None:
    page = open_page(newcomer())
    player = Player(page, content, PLAIN)
    player.begin()
    page.evaluate("""() => {
        window.isSamePage = true;
        document.addEventListener("focusin", (event) => {
            if (event.target.id === "feedback") setTimeout(() => document.querySelector("[data-enter]").click(), 0);
        });
    }""")
    player.choose()
    player.check.click()  # the feedback may be gone before anybody sees it

    expect(page.get_by_text(f"1 of {len(player.quiz.items)}", exact=True)).to_be_visible()

    expect(player.question.locator("legend")).to_be_focused()
    assert page.evaluate("() => window.isSamePage")


def test_the_keys_are_listed_on_a_question_mark(open_page: OpenPage) -> None:
    page = open_page("learner")
    page.goto("/courses")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_without_scripts_a_quiz_is_taken_to_its_summary(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person, java_script_enabled=False), content, BRANCHING)
    player.begin()
    answered = 0
    repaired = False
    while not player.is_over():
        is_first_of_scenario = player.item().type is ItemType.BRANCHING and not player.page.locator(".meters").count()
        player.answer(is_worst=is_first_of_scenario)
        repaired = repaired or is_first_of_scenario
        answered += 1
        assert player.page.url.endswith("#feedback")
        expect(player.verdict).to_be_in_viewport()
        player.go_on()

    assert repaired
    assert server.count_responses(person) == answered
    expect(player.page.get_by_text(f"{answered - 1} of {answered} answers were the best one.")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_item_without_an_answer_comes_back_with_what_is_missing(
    has_scripts: bool, open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person, java_script_enabled=has_scripts), content, PLAIN)
    player.begin()
    player.check.click()

    expect(player.question.get_by_role("alert")).to_have_text("Choose one answer.")
    expect(player.page).to_have_title(re.compile("^Error: "))
    assert server.count_responses(person) == 0
    player.page.reload()
    player.answer()
    assert server.count_responses(person) == 1


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_back_and_reload_never_answer_twice(
    has_scripts: bool, open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person, java_script_enabled=has_scripts), content, PLAIN)
    player.begin()
    player.answer(is_worst=True)
    words = player.page.locator(".chosen").inner_text()
    player.page.reload()
    expect(player.page.locator(".chosen")).to_have_text(words, use_inner_text=True)
    with player.page.expect_event("load"):
        player.page.go_back()
    player.page.reload()

    expect(player.verdict).to_be_visible()
    expect(player.page.locator(".chosen")).to_have_text(words, use_inner_text=True)
    assert server.count_responses(person) == 1
    player.go_on()
    player.answer()
    assert server.count_responses(person) == 2


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_pressing_twice_answers_once(
    has_scripts: bool, open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person, java_script_enabled=has_scripts), content, PLAIN)
    player.begin()
    player.choose()
    player.check.dblclick()

    expect(player.verdict).to_be_visible()
    assert server.count_responses(person) == 1


def test_a_form_that_is_sent_again_answers_once(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    player = Player(open_page(person), content, PLAIN)
    player.begin()
    action = player.question.get_attribute("action")
    assert action is not None
    form = {
        "csrf_token": player.question.locator("[name=csrf_token]").input_value(),
        "response_id": player.question.locator("[name=response_id]").input_value(),
    }
    first, other = player.values()[:2]
    answers = [player.page.request.post(action, form={**form, "options": chosen}) for chosen in (first, first, other)]

    assert {answer.status for answer in answers} == {200}
    assert len({re.sub(r'value="[^"]+"', "", answer.text()) for answer in answers}) == 1
    assert server.count_responses(person) == 1
