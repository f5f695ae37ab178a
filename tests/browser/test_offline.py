"""A quiz without a connection: it goes on, what was answered is kept, and arrives once and in order."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from sqlalchemy import select

from tests.browser.axe import ask_axe
from tests.browser.conftest import PHONE, Complaints, NewPerson, OpenPage
from tests.browser.player import Player
from tests.browser.server import Person, Server
from tests.browser.test_pages import SMALL_TARGETS, TOO_WIDE
from trainer.domain.content import Content, Scenario
from trainer.models import Response, User

QUIZ = "jp-first-meeting"
KEPT = "Kept on this device. It is sent as soon as the connection is back."
AWAY = r"net::ERR_|htmx:(sendError|afterRequest|timeout)|Status Error Code (400|50[234])|status of (400|401|50[234])"
CAN_GO_ON = "No connection. You can go on: answers are kept on this device."


class Offline(Player):
    """Somebody who takes a quiz while the connection comes and goes."""

    @property
    def board(self) -> Locator:
        """The words in the frame that say how kept answers stand."""
        return self.page.get_by_role("complementary", name="Answers on this device")

    @property
    def state(self) -> Locator:
        return self.board.get_by_role("status")

    @property
    def next(self) -> Locator:
        return self.question.get_by_role("button", name="Next question")

    @property
    def send_now(self) -> Locator:
        return self.board.get_by_role("button", name="Send now")

    def begin_ahead(self) -> None:
        """Start the quiz, and have all its items fetched."""
        with self.page.expect_response("**/ahead") as fetched:
            self.begin()
        fetched.value.finished()

    def cut(self) -> None:
        self.page.context.set_offline(True)
        expect(self.state).to_contain_text("No connection.")

    def restore(self) -> None:
        self.page.context.set_offline(False)

    def keep(self, *, is_worst: bool = False) -> None:
        """Answer the item on the page; it is kept here."""
        self.choose(is_worst=is_worst)
        self.check.click()
        expect(self.save_state).to_contain_text(KEPT)

    def keep_and_go_on(self) -> None:
        before = self.page.url
        self.keep()
        self.next.click()
        expect(self.page).not_to_have_url(before)
        expect(self.check).to_be_visible()


@pytest.fixture
def away(complaints: Complaints) -> None:
    """The browser may complain that nothing answers."""
    complaints.expect(AWAY)


@pytest.fixture
def play(open_page: OpenPage, content: Content) -> Callable[..., Offline]:
    def opened(person: Person, quiz_id: str = QUIZ, **options: Any) -> Offline:
        return Offline(open_page(person, **options), content, quiz_id)

    return opened


def responses_of(server: Server, person: Person) -> list[Response]:
    """What the server keeps of a person, in the order of answering."""
    with server.database.read_session() as session:
        kept = select(Response).join(User, User.id == Response.learner_id).where(User.email == person.email)
        return list(session.scalars(kept.order_by(Response.answered_at)))


def leave_hanging(_: Route) -> None:
    """Nothing answers, and nobody says so."""


def sign_in(page: Page, person: Person) -> None:
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()


Play = Callable[..., Offline]


def test_a_quiz_says_that_it_is_connected(newcomer: NewPerson, play: Play) -> None:
    player = play(newcomer())
    player.begin()

    expect(player.state).to_have_text("✓ Connected")


@pytest.mark.usefixtures("away")
def test_what_is_answered_without_a_connection_arrives_once_and_in_order(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.answer()
    player.go_on()
    player.cut()
    expect(player.state).to_have_text(f"◇ {CAN_GO_ON}")
    player.keep_and_go_on()
    expect(player.state).to_have_text("◇ No connection. 1 answer waits to be sent.")
    player.keep_and_go_on()
    player.keep()
    expect(player.state).to_have_text("◇ No connection. 3 answers wait to be sent.")
    assert server.count_responses(person) == 1
    player.restore()

    expect(player.verdict).to_be_focused()
    expect(player.state).to_have_text("✓ All answers are sent.")
    expect(player.board.get_by_role("link")).to_have_text(
        [f"Feedback: {player.quiz.title}, question {number}" for number in (2, 3)]
    )
    kept = responses_of(server, person)
    assert [each.item_id for each in kept] == [item.id for item in player.quiz.items[:4]]
    assert all(each.answered_at <= each.received_at for each in kept)
    assert all(one.received_at < other.received_at for one, other in pairwise(kept))
    assert kept[3].answered_at < kept[1].received_at
    player.board.get_by_role("link").first.click()
    expect(player.verdict).to_be_visible()
    assert player.item() == player.quiz.items[1]


@pytest.mark.usefixtures("away")
def test_the_next_question_is_there_when_the_connection_goes_on_the_feedback(newcomer: NewPerson, play: Play) -> None:
    player = play(newcomer())
    player.begin_ahead()
    player.answer()
    player.cut()
    player.onward.click()

    expect(player.check).to_be_visible()
    assert player.item() == player.quiz.items[1]
    expect(player.page).to_have_title(re.compile("2 of 10"))
    expect(player.question.locator("legend")).to_be_focused()


@pytest.mark.usefixtures("away")
def test_a_server_that_is_killed_gets_the_answers_when_it_is_back(
    own_server: Server, newcomer: NewPerson, play: Play
) -> None:
    person = newcomer(own_server)
    player = play(person, server=own_server)
    player.begin_ahead()
    own_server.kill()
    player.keep_and_go_on()
    player.keep()
    own_server.start()
    player.send_now.click()

    expect(player.verdict).to_be_focused()
    assert [each.item_id for each in responses_of(own_server, person)] == [item.id for item in player.quiz.items[:2]]


@pytest.mark.usefixtures("away")
def test_an_answer_that_arrived_but_whose_reply_was_lost_is_not_doubled(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()

    def lose_reply(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    player.page.route(re.compile(r"/items/[\w-]+/0$"), lose_reply, times=1)
    player.choose()
    player.check.click()

    expect(player.verdict).to_be_focused()
    (kept,) = responses_of(server, person)
    assert kept.answered_at == kept.received_at
    expect(player.state).not_to_contain_text("wait")


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("status", [502, 503, 504])
def test_an_answer_that_only_a_proxy_got_is_sent_again(
    status: int, newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.page.route(re.compile(r"/items/[\w-]+/0$"), lambda route: route.fulfill(status=status), times=1)
    player.choose()
    player.check.click()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
def test_somebody_on_the_way_who_answers_in_place_of_the_server_is_not_believed(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    """The page of a network that one has to sign in to, in a hotel."""
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.cut()
    player.keep()
    player.page.route("**/queue", lambda route: route.fulfill(status=200, body="<h1>Welcome to the hotel</h1>"))
    with player.page.expect_response("**/queue"):
        player.restore()
    expect(player.state).to_have_text("◇ No connection. 1 answer waits to be sent.")
    assert server.count_responses(person) == 0
    player.page.unroute("**/queue")
    player.send_now.click()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
def test_a_token_that_has_expired_is_fetched_anew(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.question.locator("[name=csrf_token]").evaluate("field => { field.value = 'expired'; }")
    player.choose()
    player.check.click()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
def test_answers_wait_until_the_same_person_signs_in_again(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.cut()
    player.keep_and_go_on()
    player.keep()
    server.end_sessions(person)
    player.restore()
    expect(player.state).to_have_text("◇ Sign in again to send 2 answers.")
    player.board.get_by_role("link", name="Sign in").click()
    expect(player.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(player.state).to_have_text("◇ Sign in again to send 2 answers.")
    assert server.count_responses(person) == 0
    sign_in(player.page, person)

    expect(player.verdict).to_be_visible()
    expect(player.state).to_have_text("✓ All answers are sent.")
    assert server.count_responses(person) == 2


@pytest.mark.usefixtures("away")
def test_another_person_on_the_device_neither_sees_nor_sends_them(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    lena, otto = newcomer(), newcomer()
    player = play(lena)
    page = player.page
    player.begin_ahead()
    player.cut()
    player.keep()
    server.end_sessions(lena)
    other = page.context.new_page()
    player.restore()
    other.goto("/sign-in")
    expect(other.locator("[data-queue-state]")).to_be_hidden()
    sign_in(other, otto)
    expect(other.get_by_role("heading", name="Your next step")).to_be_visible()
    expect(other.locator("[data-queue-state]")).to_be_hidden()
    page.bring_to_front()
    expect(player.state).to_contain_text("to send 1 answer.")
    assert server.count_responses(lena) == server.count_responses(otto) == 0
    other.goto("/account")
    other.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(other, lena)

    expect(other.get_by_role("link", name=re.compile("^Feedback"))).to_be_visible()
    assert (server.count_responses(lena), server.count_responses(otto)) == (1, 0)


@pytest.mark.usefixtures("away")
def test_two_tabs_send_each_answer_once(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    other = player.page.context.new_page()
    other.goto("/courses")
    posted: list[str] = []
    player.page.context.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    player.cut()
    player.keep_and_go_on()
    player.keep()
    expect(other.get_by_role("status")).to_contain_text("2 answers wait to be sent.")
    player.restore()

    expect(player.verdict).to_be_visible()
    expect(other.get_by_role("link", name=re.compile("^Feedback"))).to_have_count(2)
    expect(other.get_by_role("status")).to_have_text("✓ All answers are sent.")
    assert len(posted) == len(set(posted)) == server.count_responses(person) == 2


@pytest.mark.usefixtures("away")
def test_kept_answers_outlive_a_reload_without_a_connection(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.cut()
    player.keep()
    address = player.page.url
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        player.page.reload()
    player.restore()
    player.page.goto("/progress")

    expect(player.state).to_have_text("✓ All answers are sent.")
    assert server.count_responses(person) == 1
    player.page.goto(address)
    expect(player.verdict).to_be_visible()


@pytest.mark.usefixtures("away")
def test_a_question_whose_answer_waits_is_not_asked_again_after_a_reload(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.cut()
    player.keep()
    player.page.route("**/queue", lambda route: route.abort())
    player.restore()
    player.page.reload()

    expect(player.save_state).to_contain_text(KEPT)
    chosen = player.option(player.right_options()[0]).locator("input")
    expect(chosen).to_be_checked()
    expect(chosen).to_be_disabled()
    player.page.unroute("**/queue")
    player.send_now.click()
    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 1


NO_STORAGE = """
IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError"); };
"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.usefixtures("away")
def test_where_the_database_is_refused_the_plain_storage_keeps_them(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.page.add_init_script(NO_STORAGE)
    player.begin_ahead()
    player.cut()
    player.keep_and_go_on()
    player.keep()
    player.restore()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 2


@pytest.mark.usefixtures("away")
def test_a_browser_that_keeps_nothing_says_so_and_the_form_stays_filled(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.page.add_init_script(NO_STORAGE + FULL)
    player.begin_ahead()
    player.cut()
    player.choose()
    chosen = player.option(player.right_options()[0]).locator("input")
    player.check.click()
    expect(player.save_state).to_contain_text("Not saved: there is no connection, and this browser keeps nothing")
    expect(player.state).to_have_text(re.compile("^▽ No connection, and this browser keeps nothing"))
    expect(chosen).to_be_checked()
    expect(chosen).to_be_enabled()
    player.restore()
    player.check.click()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
def test_an_answer_that_is_not_taken_is_shown_with_the_reason_until_it_is_discarded(
    newcomer: NewPerson, play: Play, server: Server, open_page: OpenPage, content: Content
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.cut()
    player.keep()
    elsewhere = Player(open_page(person), content, QUIZ)
    elsewhere.begin()
    elsewhere.answer(is_worst=True)
    player.restore()

    refused = player.board.get_by_role("region", name="An answer that was not taken")
    expect(refused).to_contain_text("You answered this question before, in another tab or on another device.")
    expect(refused).to_contain_text(player.right_options()[0].text.plain)
    player.page.goto("/courses")
    expect(refused).to_be_visible()
    refused.get_by_role("button", name="Copy").click()
    player.page.once("dialog", lambda dialog: dialog.dismiss())
    refused.get_by_role("button", name="Discard").click()
    expect(refused).to_be_visible()
    player.page.once("dialog", lambda dialog: dialog.accept())
    refused.get_by_role("button", name="Discard").click()
    expect(refused).to_be_hidden()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
def test_signing_out_with_answers_that_wait_asks_first(newcomer: NewPerson, play: Play) -> None:
    player = play(newcomer())
    page = player.page
    player.begin_ahead()
    player.cut()
    player.keep()
    page.route("**/queue", lambda route: route.abort())
    player.restore()
    page.goto("/account")
    expect(player.state).to_contain_text("1 answer waits to be sent.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    assert asked[0].startswith("Not sent yet: 1 answer.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("[data-queue-state]")).to_be_hidden()


@pytest.mark.usefixtures("away")
def test_with_the_keyboard_alone_a_quiz_goes_on_without_a_connection(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person, viewport=PHONE)
    keys = player.page.keyboard
    player.begin_ahead()
    player.cut()
    first = player.item()
    keys.press("1")
    keys.press("Enter")
    expect(player.next).to_be_focused()
    expect(player.save_state).to_contain_text(KEPT)
    keys.press("Enter")
    expect(player.question.locator("legend")).to_be_focused()
    assert player.item() != first
    keys.press("2")
    keys.press("Enter")
    expect(player.next).to_be_focused()
    player.restore()

    expect(player.verdict).to_be_focused()
    assert server.count_responses(person) == 2


@pytest.mark.usefixtures("away")
def test_a_conversation_waits_for_the_connection_and_the_quiz_goes_on_beside_it(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person, "pt-remote-call")
    player.begin_ahead()
    story = next(item for item in player.quiz.items if isinstance(item.interaction, Scenario))
    with player.page.expect_response("**/ahead") as fetched:
        player.page.goto(re.sub("/items/.*", f"/items/{story.id}", player.page.url))
    fetched.value.finished()
    player.cut()
    player.keep()
    expect(player.save_state).to_contain_text("The conversation goes on then.")
    player.next.click()
    expect(player.page).not_to_have_url(re.compile(story.id))
    player.restore()
    player.board.get_by_role("link", name=re.compile("^Feedback")).click()

    expect(player.verdict).to_be_visible()
    assert server.count_responses(person) == 1
    player.onward.click()
    expect(player.check).to_be_visible()


@pytest.mark.usefixtures("away")
def test_after_the_last_question_that_was_loaded_the_page_says_so(newcomer: NewPerson, play: Play) -> None:
    player = play(newcomer())
    player.begin_ahead()
    player.cut()
    for _ in player.quiz.items[1:]:
        player.keep_and_go_on()
    player.keep()

    expect(player.save_state).to_have_text(f"{KEPT} No further question is loaded here.")
    expect(player.save_state).to_be_focused()
    player.restore()
    expect(player.verdict).to_be_focused()
    player.go_on()
    assert player.is_over()


@pytest.mark.usefixtures("away")
def test_a_phrase_that_was_fetched_is_heard_without_a_connection(newcomer: NewPerson, play: Play) -> None:
    player = play(newcomer(), "jp-language-writing")
    spoken = next(item for item in player.quiz.items[1:] if item.audio)
    with player.page.expect_response("**/slow-*.mp3"):
        player.begin_ahead()
    player.cut()
    while player.item() != spoken:
        player.page.evaluate("entente.ahead.show(entente.ahead.next([location.pathname]))")
        player.page.evaluate("entente.ahead.forget(location.pathname)")
    button = player.page.get_by_role("button", name="Play: ")
    expect(button).to_have_attribute("data-audio", re.compile("^blob:"))
    button.click()

    expect(button).to_have_class(re.compile("is-playing"))


IMPATIENT = """
const { get, set } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "timeout");
const { timeout } = AbortSignal;
const hurried = new Set();
const hurry = (what, time) => (hurried.has(what) ? time : (hurried.add(what), time / 10));
Object.defineProperty(XMLHttpRequest.prototype, "timeout", {
  get, set(time) { set.call(this, hurry("form", time)); }
});
AbortSignal.timeout = (time) => timeout.call(AbortSignal, hurry("queue", time));
"""
"""The first form and the first word of the queue have a tenth of their time; those after them all of it."""


@pytest.mark.usefixtures("away")
def test_a_line_that_hangs_is_not_waited_for(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.page.evaluate(f"() => {{ {IMPATIENT} }}")
    player.page.route(re.compile(r"/items/[\w-]+/0$"), leave_hanging, times=1)
    player.page.route("**/queue", leave_hanging, times=1)
    player.keep_and_go_on()
    assert server.count_responses(person) == 0
    player.answer()

    assert [each.item_id for each in responses_of(server, person)] == [item.id for item in player.quiz.items[:2]]


@pytest.mark.usefixtures("away")
def test_an_answer_whose_tab_was_closed_while_it_was_sent_is_sent_by_the_next_page(
    newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.page.route(re.compile(r"/items/[\w-]+/0$"), leave_hanging)
    player.choose()
    with player.page.expect_request(re.compile(r"/items/[\w-]+/0$")):
        player.check.click()
    context = player.page.context
    player.page.close()
    later = context.new_page()
    later.clock.install(time=datetime.now(UTC) + timedelta(minutes=1))
    later.goto("/courses")

    expect(later.get_by_role("link", name=re.compile("^Feedback"))).to_be_visible()
    assert server.count_responses(person) == 1


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("days", [-400, 400])
def test_a_device_whose_clock_is_wrong_does_not_move_an_answer_in_time(
    days: int, newcomer: NewPerson, play: Play, server: Server
) -> None:
    person = newcomer()
    player = play(person)
    player.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
    player.begin_ahead()
    player.cut()
    player.keep()
    player.restore()
    expect(player.verdict).to_be_focused()

    (kept,) = responses_of(server, person)
    assert timedelta() <= kept.received_at - kept.answered_at < timedelta(minutes=1)


@pytest.mark.usefixtures("away")
def test_a_form_that_stays_open_sends_what_was_given_last(newcomer: NewPerson, play: Play, server: Server) -> None:
    person = newcomer()
    player = play(person)
    player.begin_ahead()
    player.question.evaluate("form => { form.dataset.queueOpen = ''; }")
    player.cut()
    player.keep(is_worst=True)
    player.keep()
    expect(player.state).to_contain_text("1 answer waits")
    player.restore()

    expect(player.board.get_by_role("link", name=re.compile("^Feedback"))).to_be_visible()
    (kept,) = responses_of(server, person)
    assert kept.score == 1.0


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_without_a_connection_is_accessible_on_a_phone(
    scheme: str, newcomer: NewPerson, play: Play, open_page: OpenPage, content: Content
) -> None:
    person = newcomer()
    player = play(person, viewport=PHONE, color_scheme=scheme)
    player.begin_ahead()
    player.cut()
    player.keep_and_go_on()
    player.keep()
    problems = ask_axe(player.page) + player.page.evaluate(TOO_WIDE) + player.page.evaluate(SMALL_TARGETS)
    elsewhere = Player(open_page(person), content, QUIZ)
    elsewhere.begin()
    elsewhere.answer(is_worst=True)
    player.restore()
    expect(player.board.get_by_role("region")).to_be_visible()
    expect(player.verdict).to_be_visible()
    problems += ask_axe(player.page) + player.page.evaluate(TOO_WIDE) + player.page.evaluate(SMALL_TARGETS)

    assert not problems, "\n".join(problems)


def test_without_scripts_a_form_that_the_browser_sends_again_is_kept_once(
    newcomer: NewPerson, play: Play, server: Server, complaints: Complaints
) -> None:
    """Nothing is kept on the device then: the browser itself sends the form again when the page is loaded again."""
    complaints.expect(AWAY)
    person = newcomer()
    player = play(person, java_script_enabled=False)
    player.begin()

    def lose_reply(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=502, content_type="text/html", body='<link rel="icon" href="data:,">Bad gateway')

    player.page.route(re.compile(r"/items/[\w-]+/0$"), lose_reply, times=1)
    player.question.locator("[name=options]").first.check()
    player.check.click()
    expect(player.page.get_by_text("Bad gateway")).to_be_visible()
    assert server.count_responses(person) == 1
    with player.page.expect_request(lambda request: request.method == "POST"):
        player.page.reload()

    expect(player.verdict).to_be_visible()
    assert server.count_responses(person) == 1
