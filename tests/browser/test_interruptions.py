"""A quiz that is interrupted: it goes on where it stopped, and what was acknowledged is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, NewPerson, OpenPage
from tests.browser.player import Player
from tests.browser.server import Person, Server
from trainer.domain.content import Content

QUIZ = "jp-first-meeting"
KEPT = "Kept on this device. It is sent as soon as the connection is back."
SERVER_AWAY = r"net::ERR_|htmx:(sendError|afterRequest)"


def sign_in(page: Page, person: Person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()


def answer_some(player: Player, number: int) -> None:
    """Answer this many items and stop at the next."""
    player.begin()
    for _ in range(number):
        player.answer()
        player.go_on()
    expect(player.question).to_be_visible()


def test_a_quiz_goes_on_after_the_tab_was_closed(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    before = Player(open_page(person), content, QUIZ)
    answer_some(before, 3)
    stopped_at = before.item()
    before.page.context.close()
    after = Player(open_page(person), content, QUIZ)
    after.page.goto("/")
    after.page.get_by_role("link", name="Go on").click()
    after.page.get_by_role("button", name="Go on").click()

    expect(after.question).to_be_visible()
    assert after.item() == stopped_at
    expect(after.page.get_by_text("3 of 10", exact=True)).to_be_visible()
    assert server.count_responses(person) == 3


def test_a_quiz_goes_on_after_signing_out_and_in(
    open_page: OpenPage, newcomer: NewPerson, content: Content, server: Server
) -> None:
    person = newcomer()
    page = open_page(person)
    player = Player(page, content, QUIZ)
    answer_some(player, 2)
    stopped_at = player.item()
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(page, person)
    expect(page.get_by_role("heading", name="Your next step")).to_be_visible()
    player.begin()

    assert player.item() == stopped_at
    assert server.count_responses(person) == 2


def test_killing_the_server_in_the_middle_of_a_quiz_loses_nothing_that_was_acknowledged(
    own_server: Server, open_page: OpenPage, newcomer: NewPerson, content: Content, complaints: Complaints
) -> None:
    complaints.expect(SERVER_AWAY)
    person = newcomer(own_server)
    player = Player(open_page(person, server=own_server), content, QUIZ)
    answer_some(player, 2)
    player.choose()
    with player.page.expect_response(re.compile(r"/items/[\w-]+/0$")) as sent:
        player.check.click()
    own_server.kill()
    assert sent.value.status == 303
    kept = own_server.count_responses(person)
    own_server.start()

    assert kept == 3
    assert own_server.count_responses(person) == kept
    player.begin()
    expect(player.page.get_by_text("3 of 10", exact=True)).to_be_visible()
    assert player.item() == player.quiz.items[3]
    player.answer()
    assert own_server.count_responses(person) == 4


def test_an_answer_that_was_not_saved_stays_chosen_and_is_saved_once_when_the_server_is_back(
    own_server: Server, open_page: OpenPage, newcomer: NewPerson, content: Content, complaints: Complaints
) -> None:
    complaints.expect(SERVER_AWAY)
    person = newcomer(own_server)
    player = Player(open_page(person, server=own_server), content, QUIZ)
    answer_some(player, 1)
    own_server.kill()
    player.choose()
    chosen = player.option(player.right_options()[0]).locator("input")
    player.check.click()
    expect(player.save_state).to_contain_text(KEPT)
    expect(chosen).to_be_checked()
    assert own_server.count_responses(person) == 1
    own_server.start()
    expect(chosen).to_be_checked()
    player.page.get_by_role("button", name="Send now").click()

    expect(player.verdict).to_be_focused()
    assert own_server.count_responses(person) == 2


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_sign_in_that_ends_during_a_quiz_leads_to_signing_in_and_back(
    has_scripts: bool,
    open_page: OpenPage,
    newcomer: NewPerson,
    content: Content,
    server: Server,
    complaints: Complaints,
) -> None:
    complaints.expect("status of 401")
    person = newcomer()
    page = open_page(person, java_script_enabled=has_scripts)
    player = Player(page, content, QUIZ)
    answer_some(player, 1)
    item = page.url
    server.end_sessions(person)
    player.choose()
    player.check.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert server.count_responses(person) == 1
    sign_in(page, person)

    if has_scripts:  # the answer was kept on the device, and is sent now
        expect(player.verdict).to_be_visible()
    else:
        expect(page).to_have_url(item)
        assert server.count_responses(person) == 1
        player.answer()
    assert server.count_responses(person) == 2
