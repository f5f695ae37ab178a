"""The quiz player: without JavaScript and with htmx, back and reload, bad input, and nothing that is lost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import ROOT
from tests.browsing import HTMX, Browser, choices_of, fields_of, text_of
from tests.company import QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody, at_once, best, give, with_items, without_choice
from tests.conftest import services_of
from trainer import learning
from trainer.catalog import load_catalog
from trainer.domain.content import Content, Effect, Item, OneOf, Option, Quiz, Scenario, SomeOf
from trainer.domain.scenario import best_path
from trainer.models import Attempt, KeptQuiz, Response, new_id

on_both = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
ALL_QUIZZES = list(load_catalog(ROOT).quizzes)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def quiz(content: Content) -> Quiz:
    return content.quizzes[QUIZ]


@pytest.fixture
def item(quiz: Quiz) -> Item:
    return quiz.items[0]


def options_of(item: Item) -> tuple[Option, ...]:
    assert isinstance(item.interaction, OneOf | SomeOf)
    return item.interaction.options


def start(browser: Browser, quiz: str = QUIZ) -> str:
    """The path of a new attempt."""
    answer = browser.submit(f"/quizzes/{quiz}/attempts")
    assert answer.status_code == 303
    return answer.location


def answer_item(
    browser: Browser, attempt: str, item: Item, *options: str, step: int = 0, **fields: str
) -> TestResponse:
    data = {"response_id": str(new_id()), "options": list(options), **fields}
    return browser.submit(f"{attempt}/items/{item.id}/{step}", data)


def kept(session: Session) -> list[Response]:
    found = list(session.scalars(select(Response).order_by(Response.step)))
    session.commit()
    return found


def test_a_phrase_to_say_that_nobody_settled_says_so_in_the_feedback(
    build_app: Callable[..., Flask], content: Content, clock: Clock, item: Item
) -> None:
    (first, *rest) = (replace(each, say=None) for each in options_of(item))
    assert isinstance(item.interaction, OneOf)
    doubtful = replace(content.courses["japan"].phrases[0], is_doubtful=True)
    interaction = replace(item.interaction, options=(replace(first, say=doubtful), *rest))
    own = with_items(content, QUIZ, replace(item, interaction=interaction))
    app = build_app(own)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner("Lena")
    browser = Browser(app)
    browser.sign_in(lena)

    sent = answer_item(browser, start(browser), item, first.id)
    page = text_of(browser.get(sent.location).text)

    assert page.count("Not settled") == 1
    assert f"{doubtful.natural} Not settled: ask a speaker of the language" in page


def test_a_quiz_says_what_it_is_before_it_starts(as_lena: Browser, quiz: Quiz) -> None:
    page = text_of(as_lena.get(f"/quizzes/{QUIZ}").text)

    assert quiz.title in page
    assert f"{len(quiz.items)} items, about {quiz.minutes} minutes" in page
    assert "Start" in page


def test_starting_shows_the_first_item(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    first = as_lena.get(attempt)
    page = as_lena.get(first.location).text

    assert first.location == f"{attempt}/items/{item.id}"
    assert set(choices_of(page, "options")) == {option.id for option in options_of(item)}
    assert UUID(fields_of(page)["response_id"]).version == 7


def test_starting_twice_goes_on_with_the_same_attempt(as_lena: Browser, session: Session) -> None:
    assert start(as_lena) == start(as_lena)
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_an_item_shows_the_order_of_options_that_its_attempt_has(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    pages = [as_lena.get(f"{attempt}/items/{item.id}").text for _ in range(2)]

    assert choices_of(pages[0], "options") == choices_of(pages[1], "options")


@pytest.mark.parametrize("quiz_id", ALL_QUIZZES)
def test_every_quiz_can_be_played_to_its_end_without_javascript(
    as_lena: Browser, lena: Somebody, content: Content, session: Session, quiz_id: str
) -> None:
    quiz = content.quizzes[quiz_id]
    page = as_lena.submit(f"/quizzes/{quiz_id}/attempts", follow_redirects=True)

    while "data-question" in page.text:
        action = re.search(r'action="(/attempts/([^"]+)/items/([^"/]+)/\d+)"', page.text)
        assert action is not None
        attempt = learning.load_attempt(session, lena.id, UUID(action[2]))
        session.commit()
        assert attempt is not None
        given = give(content.items[action[3]], attempt, best)
        fields = {name: fields_of(page.text)[name] for name in ("csrf_token", "response_id")}
        entries = {f"entry-{slot}": value for slot, value in given.entries}
        sent = as_lena.post(action[1], data={**fields, "options": list(given.options), **entries})
        assert sent.status_code == 303, sent.text
        feedback = as_lena.get(sent.location.split("#")[0])
        assert "Best next step" in feedback.text or "Right" in feedback.text
        (onward,) = re.findall(r'<a class="btn btn-primary" href="([^"]+)"', feedback.text)
        page = as_lena.get(onward, follow_redirects=True)

    assert "How it went" in page.text
    responses = kept(session)
    assert len({each.item_id for each in responses}) == quiz.asked
    assert all(each.score == 1.0 for each in responses)
    assert session.scalars(select(Attempt.finished_at)).one() is not None


def test_feedback_tells_the_choice_the_reasons_and_the_sources(as_lena: Browser, quiz: Quiz) -> None:
    item = next(item for item in quiz.items if options_of(item)[0].effect)
    bad = next(option for option in options_of(item) if option.effect is Effect.HARMFUL)
    attempt = start(as_lena)

    sent = answer_item(as_lena, attempt, item, bad.id)
    page = as_lena.get(sent.location.split("#")[0]).text

    assert sent.location == f"{attempt}/items/{item.id}/0#feedback"
    words = text_of(page)
    assert "Harmful" in words
    assert "Saved" in words
    for option in options_of(item):
        assert option.explanation.html in page
        assert option.consequence is not None
        assert option.consequence.html in page
    for source in item.sources:
        assert source.address.replace("&", "&amp;") in page


def test_before_it_is_answered_an_item_tells_no_reasons(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    page = as_lena.get(f"{attempt}/items/{item.id}").text

    assert not any(option.explanation.html in page for option in options_of(item))


def test_several_right_answers_are_sent_together(as_lena: Browser, quiz: Quiz, session: Session) -> None:
    item = next(item for item in quiz.items if isinstance(item.interaction, SomeOf))
    right = [option.id for option in options_of(item) if option.is_right]
    attempt = start(as_lena)

    sent = answer_item(as_lena, attempt, item, *right)

    assert "Right" in text_of(as_lena.get(sent.location.split("#")[0]).text)
    assert [each.score for each in kept(session)] == [1.0]


def test_a_scenario_goes_from_step_to_step_and_names_its_turning_point(as_lena: Browser, content: Content) -> None:
    quiz = content.quizzes[SCENARIO_QUIZ]
    item = next(item for item in quiz.items if isinstance(item.interaction, Scenario))
    scenario = item.interaction
    assert isinstance(scenario, Scenario)
    attempt = start(as_lena, quiz.id)
    node, step, words = scenario.nodes[scenario.start], 0, ""

    while True:
        shown = as_lena.get(f"{attempt}/items/{item.id}").text
        assert node.title in text_of(shown)
        choice = min(node.choices, key=lambda choice: choice.option.score)
        sent = answer_item(as_lena, attempt, item, choice.option.id, step=step)
        words = text_of(as_lena.get(sent.location.split("#")[0]).text)
        assert "Trust" in words
        if choice.next in scenario.endings:
            break
        node, step = scenario.nodes[choice.next], step + 1

    assert scenario.endings[choice.next].title in words
    assert "The turning point" in words


# htmx


def test_htmx_gets_the_main_part_only(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    for path in (f"{attempt}/items/{item.id}", f"/quizzes/{QUIZ}"):
        whole, part = as_lena.get(path).text, as_lena.get(path, headers=HTMX).text

        assert "<html" in whole
        assert "<html" not in part
        assert "<nav" not in part
        assert part.lstrip().startswith("<title>")


def test_an_answer_by_htmx_leads_to_the_feedback_as_a_part(as_lena: Browser, item: Item, session: Session) -> None:
    attempt = start(as_lena)
    data = {"options": options_of(item)[0].id, "response_id": new_id()}

    answer = as_lena.submit(f"{attempt}/items/{item.id}/0", data, headers=HTMX, follow_redirects=True)

    assert "<html" not in answer.text
    assert 'id="feedback"' in answer.text
    assert len(kept(session)) == 1


def test_bad_input_by_htmx_is_told_in_a_part(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    answer = as_lena.submit(f"{attempt}/items/{item.id}/0", {"response_id": new_id()}, headers=HTMX)

    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert "Choose one answer." in answer.text


def test_a_part_and_a_page_are_not_mixed_up_by_a_cache(as_lena: Browser) -> None:
    assert "HX-Request" in as_lena.get(f"/quizzes/{QUIZ}").headers["Vary"]


# Bad input


@pytest.mark.parametrize(
    ("options", "words"),
    [([], "Choose one answer."), (["nonsense"], "not offered here any more"), ([""], "Choose one answer.")],
)
def test_an_answer_that_is_none_is_asked_for_again(
    as_lena: Browser, item: Item, session: Session, options: list[str], words: str
) -> None:
    attempt = start(as_lena)

    answer = answer_item(as_lena, attempt, item, *options)

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert set(choices_of(answer.text, "options")) == {option.id for option in options_of(item)}
    assert kept(session) == []


@pytest.mark.parametrize("options", [[], ["nonsense"], ["a", "nonsense"]])
def test_several_answers_of_which_one_is_none_are_asked_for_again(
    as_lena: Browser, quiz: Quiz, session: Session, options: list[str]
) -> None:
    item = next(item for item in quiz.items if isinstance(item.interaction, SomeOf))

    answer = answer_item(as_lena, start(as_lena), item, *options)

    assert answer.status_code == 422
    assert 'class="field-problem"' in answer.text
    assert kept(session) == []


def test_a_step_that_is_not_open_shows_the_one_that_is(as_lena: Browser, item: Item, session: Session) -> None:
    attempt = start(as_lena)

    answer = answer_item(as_lena, attempt, item, options_of(item)[0].id, step=3)

    assert answer.status_code == 409
    assert "Go on from here" in text_of(answer.text)
    assert f'action="{attempt}/items/{item.id}/0"' in answer.text
    assert kept(session) == []


@pytest.mark.parametrize("response_id", ["garbage", "12345", "{}", "x" * 5000])
def test_a_garbled_id_is_told_and_the_page_offers_a_good_one(
    as_lena: Browser, item: Item, session: Session, response_id: str
) -> None:
    attempt, option = start(as_lena), options_of(item)[0].id

    answer = answer_item(as_lena, attempt, item, option, response_id=response_id)

    assert answer.status_code == 422
    assert "Send it again" in text_of(answer.text)
    assert kept(session) == []
    again = answer_item(as_lena, attempt, item, option, response_id=fields_of(answer.text)["response_id"])
    assert again.status_code == 303
    assert len(kept(session)) == 1


def test_an_answer_without_an_id_is_kept_under_a_new_one(as_lena: Browser, item: Item, session: Session) -> None:
    attempt = start(as_lena)

    answer = as_lena.submit(f"{attempt}/items/{item.id}/0", {"options": options_of(item)[0].id})

    assert answer.status_code == 303
    assert len(kept(session)) == 1


@on_both
def test_the_id_of_an_earlier_answer_is_refused_and_nothing_is_lost(
    as_lena: Browser, quiz: Quiz, session: Session
) -> None:
    first, second, *_ = quiz.items
    attempt, response_id = start(as_lena), str(new_id())
    answer_item(as_lena, attempt, first, options_of(first)[0].id, response_id=response_id)

    refused = answer_item(as_lena, attempt, second, options_of(second)[0].id, response_id=response_id)
    again = answer_item(as_lena, attempt, second, options_of(second)[0].id)

    assert refused.status_code == 422
    assert "Load the page again" in text_of(refused.text)
    assert again.status_code == 303
    assert {each.item_id for each in kept(session)} == {first.id, second.id}


@pytest.mark.parametrize("item_id", ["pt-remote-call-01", "atlantis"])
def test_an_item_that_the_quiz_does_not_have_leads_to_where_the_attempt_stands(
    as_lena: Browser, quiz: Quiz, session: Session, item_id: str
) -> None:
    attempt = start(as_lena)
    data = {"options": "a", "response_id": new_id()}

    asked = as_lena.get(f"{attempt}/items/{item_id}")
    sent = as_lena.submit(f"{attempt}/items/{item_id}/0", data, follow_redirects=True)

    assert (asked.status_code, asked.location) == (303, attempt)
    assert sent.request.path == f"{attempt}/items/{quiz.items[0].id}"
    assert "no longer in this quiz" in text_of(sent.text)
    assert kept(session) == []


def test_nobody_answers_for_another(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make, item: Item, session: Session
) -> None:
    attempt = start(as_lena)

    answer = answer_item(sign_in(make.learner()), attempt, item, options_of(item)[0].id)

    assert answer.status_code == 404
    assert kept(session) == []


# Back and reload


def test_sending_the_same_form_again_shows_the_feedback_that_is_kept(
    as_lena: Browser, item: Item, session: Session
) -> None:
    attempt, response_id = start(as_lena), str(new_id())
    first, other = options_of(item)[:2]
    answer_item(as_lena, attempt, item, first.id, response_id=response_id)

    same = answer_item(as_lena, attempt, item, first.id, response_id=response_id)
    changed = answer_item(as_lena, attempt, item, other.id)

    assert same.status_code == changed.status_code == 303
    assert same.location == changed.location == f"{attempt}/items/{item.id}/0"
    (only,) = kept(session)
    assert only.given["options"] == [first.id]


def test_going_back_to_an_answered_item_shows_its_feedback(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)
    answer_item(as_lena, attempt, item, options_of(item)[0].id)

    back = as_lena.get(f"{attempt}/items/{item.id}")

    assert (back.status_code, back.location) == (303, f"{attempt}/items/{item.id}/0")


def test_feedback_of_what_is_not_answered_shows_the_item(as_lena: Browser, item: Item) -> None:
    attempt = start(as_lena)

    ahead = as_lena.get(f"{attempt}/items/{item.id}/0")

    assert (ahead.status_code, ahead.location) == (303, f"{attempt}/items/{item.id}")


def test_a_summary_before_the_end_goes_on_with_the_quiz(as_lena: Browser) -> None:
    attempt = start(as_lena)

    answer = as_lena.get(f"{attempt}/summary", follow_redirects=True)

    assert 'name="options"' in answer.text


def test_an_attempt_goes_on_in_another_browser_after_signing_out(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], lena: Somebody, quiz: Quiz
) -> None:
    attempt = start(as_lena)
    for item in quiz.items[:3]:
        answer_item(as_lena, attempt, item, options_of(item)[0].id)
    as_lena.sign_out()

    elsewhere = sign_in(lena)
    started = elsewhere.get(f"/quizzes/{QUIZ}").text
    resumed = elsewhere.get(start(elsewhere))

    assert "Go on" in text_of(started)
    assert resumed.location == f"{attempt}/items/{quiz.items[3].id}"


def test_after_a_restart_of_the_server_an_attempt_goes_on(
    build_app: Callable[..., Flask], content: Content, quiz: Quiz
) -> None:
    """The cookie, the sign-in and the attempt all outlive the process: only the database and the key are needed."""
    first = build_app()
    with first.extensions["entente"].database.read_session() as session:
        lena = Make(session, content, first.extensions["entente"].clock).learner()
    browser = Browser(first)
    browser.sign_in(lena)
    attempt = start(browser)
    answer_item(browser, attempt, quiz.items[0], options_of(quiz.items[0])[0].id)
    cookies, token = browser.remember()

    restarted = Browser(build_app())
    restarted.recall((cookies, token))
    resumed = restarted.get(attempt)
    sent = answer_item(restarted, attempt, quiz.items[1], options_of(quiz.items[1])[0].id)

    assert resumed.location == f"{attempt}/items/{quiz.items[1].id}"
    assert sent.status_code == 303


def test_a_finished_quiz_is_practised_again_as_a_new_attempt(as_lena: Browser, make: Make, lena: Somebody) -> None:
    done = make.answers(lena)

    page = text_of(as_lena.get(f"/quizzes/{QUIZ}").text)
    again = start(as_lena)

    assert "Practise again" in page
    assert "the first attempt is the evidence" in page
    assert again != f"/attempts/{done}"


def test_a_finished_attempt_takes_no_further_answer(
    as_lena: Browser, make: Make, lena: Somebody, quiz: Quiz, session: Session
) -> None:
    attempt = f"/attempts/{make.answers(lena)}"
    before = len(kept(session))

    again = answer_item(as_lena, attempt, quiz.items[0], options_of(quiz.items[0])[0].id)
    further = answer_item(as_lena, attempt, quiz.items[0], options_of(quiz.items[0])[0].id, step=1)

    assert again.status_code == 303
    assert further.status_code in (303, 409)
    assert len(kept(session)) == before


def test_a_scenario_that_has_ended_takes_no_further_step(
    as_lena: Browser, make: Make, lena: Somebody, content: Content, session: Session
) -> None:
    item = next(item for item in content.quizzes[SCENARIO_QUIZ].items if isinstance(item.interaction, Scenario))
    attempt = f"/attempts/{make.answers(lena, SCENARIO_QUIZ)}"
    before = len(kept(session))

    answer = answer_item(as_lena, attempt, item, "a", step=40)

    assert answer.status_code in (303, 409)
    assert len(kept(session)) == before


def test_the_summary_links_every_answer(as_lena: Browser, make: Make, lena: Somebody, quiz: Quiz) -> None:
    attempt = f"/attempts/{make.answers(lena, right=0.5)}"

    page = as_lena.get(attempt, follow_redirects=True).text

    assert "this was your first attempt" in text_of(page).lower()
    assert all(f'href="{attempt}/items/{item.id}/0"' in page for item in quiz.items)


def test_the_best_of_each_is_told_as_best(as_lena: Browser, make: Make, lena: Somebody, quiz: Quiz) -> None:
    attempt = f"/attempts/{make.answers(lena)}"

    page = text_of(as_lena.get(f"{attempt}/summary").text)

    assert f"{len(quiz.items)} of {len(quiz.items)} answers were the best one" in page
    assert best(options_of(quiz.items[0]))


@on_both
def test_many_who_answer_at_once_lose_nothing(
    sign_in: Callable[[Somebody], Browser], make: Make, quiz: Quiz, session: Session
) -> None:
    browsers = [sign_in(make.learner()) for _ in range(6)]
    attempts = [start(browser) for browser in browsers]

    def sit(number: int) -> list[int]:
        browser, attempt = browsers[number], attempts[number]
        sent = [answer_item(browser, attempt, item, options_of(item)[0].id) for item in quiz.items[:4]]
        return [answer.status_code for answer in sent]

    statuses = at_once([partial(sit, number) for number in range(6)])

    assert statuses == [[303] * 4] * 6
    assert len(kept(session)) == 24


@on_both
def test_a_form_that_two_tabs_send_at_once_is_kept_once(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], lena: Somebody, item: Item, session: Session
) -> None:
    tabs = [as_lena, *(sign_in(lena) for _ in range(3))]
    attempt, response_id = start(as_lena), str(new_id())
    for tab in tabs:
        tab.token()

    def send(number: int) -> int:
        return answer_item(tabs[number], attempt, item, options_of(item)[0].id, response_id=response_id).status_code

    statuses = at_once([partial(send, number) for number in range(4)])

    assert statuses == [303] * 4
    assert len(kept(session)) == 1


# Content that is edited under an attempt from before quizzes were kept


@dataclass(frozen=True)
class Edited:
    """An application of its own, Lena on it, and what she sees when it starts again with other content."""

    build: Callable[[Content], Flask]
    make: Make
    lena: Somebody

    def restart(self, edited: Content) -> Browser:
        forget_quizzes(self.make.session)
        browser = Browser(self.build(edited))
        browser.sign_in(self.lena)
        return browser


def forget_quizzes(session: Session) -> None:
    """As if each attempt were from before quizzes were kept."""
    session.execute(update(Attempt).values(quiz_hash=None))
    session.execute(delete(KeptQuiz))
    session.commit()


@pytest.fixture
def before(build_app: Callable[..., Flask], content: Content, clock: Clock) -> Iterator[Edited]:
    with services_of(build_app()).database.read_session() as session:
        make = Make(session, content, clock)
        yield Edited(build_app, make, make.learner("Lena"))


@pytest.fixture
def quiz_of_story(content: Content) -> Quiz:
    return content.quizzes[SCENARIO_QUIZ]


@pytest.fixture
def story(quiz_of_story: Quiz) -> Item:
    return next(item for item in quiz_of_story.items if isinstance(item.interaction, Scenario))


def kept_by(edited: Edited) -> list[tuple[str, int, dict[str, object], float]]:
    return [(each.item_id, each.step, each.given, each.score) for each in kept(edited.make.session)]


def under_way(before: Edited, story: Item, steps: int) -> str:
    """The path of an attempt that has taken so many steps of the scenario, each the best."""
    attempt_id = before.make.attempt(before.lena, SCENARIO_QUIZ)
    browser = before.restart(before.make.content)
    assert isinstance(story.interaction, Scenario)
    for step, choice in enumerate(best_path(story.interaction)[:steps]):
        answer_item(browser, f"/attempts/{attempt_id}", story, choice.option.id, step=step)
    return f"/attempts/{attempt_id}"


def with_story(content: Content, quiz: Quiz, story: Item) -> Content:
    return with_items(content, quiz.id, *(story if item.id == story.id else item for item in quiz.items))


def test_feedback_on_an_option_that_is_gone_says_so_and_leads_on(
    before: Edited, content: Content, quiz: Quiz, item: Item
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, until=1)}"
    answers = kept_by(before)
    gone = best(options_of(item))
    lena = before.restart(with_items(content, QUIZ, without_choice(item, gone), *quiz.items[1:]))

    page = lena.get(f"{attempt}/items/{item.id}/0")
    words = text_of(page.text)

    assert page.status_code == 200
    assert "This question was changed since you answered it." in words
    assert "What you chose can no longer be shown." in words
    assert "▲ Right" in words
    assert "You chose" not in words
    assert "The answers as they are now" in words
    assert f'href="{attempt}/items/{quiz.items[1].id}"' in page.text
    assert kept_by(before) == answers


def test_feedback_on_a_key_that_was_corrected_keeps_the_outcome(
    before: Edited, content: Content, quiz: Quiz, item: Item
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, until=1)}"
    poorer = OneOf(tuple(replace(option, score=1.0 - option.score) for option in options_of(item)))
    lena = before.restart(with_items(content, QUIZ, replace(item, interaction=poorer), *quiz.items[1:]))

    words = text_of(lena.get(f"{attempt}/items/{item.id}/0").text)

    assert "This question was changed since you answered it." in words
    assert "▲ Right" in words
    assert "You chose" in words


@on_both
def test_feedback_on_what_was_not_changed_does_not_say_so(as_lena: Browser, make: Make, lena: Somebody) -> None:
    attempts = [f"/attempts/{make.answers(lena, name, right=0.3)}" for name in (QUIZ, SCENARIO_QUIZ)]

    summaries = [as_lena.get(f"{attempt}/summary").text for attempt in attempts]
    paths = [path for page in summaries for path in re.findall(r'href="(/attempts/[^"]+/items/[^"]+)"', page)]

    assert len(paths) > 20
    assert not any("was changed" in as_lena.get(path).text for path in paths)


def test_the_summary_and_every_page_of_a_finished_attempt_outlive_each_option_that_was_chosen(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena)}"
    shorter = [without_choice(item, best(options_of(item))) for item in quiz.items]
    lena = before.restart(with_items(content, QUIZ, *shorter))

    summary = lena.get(attempt, follow_redirects=True)
    pages = [lena.get(f"{attempt}/items/{item.id}/0") for item in quiz.items]

    assert f"{len(quiz.items)} of {len(quiz.items)} answers were the best one" in text_of(summary.text)
    assert {page.status_code for page in pages} == {200}
    assert all("was changed" in page.text for page in pages)


def test_an_option_that_is_gone_before_it_is_sent_is_asked_for_again(
    before: Edited, content: Content, quiz: Quiz, item: Item
) -> None:
    attempt, gone = f"/attempts/{before.make.attempt(before.lena)}", best(options_of(item))
    lena = before.restart(with_items(content, QUIZ, without_choice(item, gone), *quiz.items[1:]))

    sent = answer_item(lena, attempt, item, gone)

    assert sent.status_code == 422
    assert gone not in choices_of(sent.text, "options")
    assert kept_by(before) == []


@pytest.mark.parametrize("steps", [1, 2])
def test_a_scenario_whose_taken_choice_is_gone_says_so_and_the_quiz_goes_on(
    before: Edited, content: Content, quiz_of_story: Quiz, story: Item, steps: int
) -> None:
    attempt = under_way(before, story, steps)
    answers = kept_by(before)
    assert isinstance(story.interaction, Scenario)
    (first, *_) = best_path(story.interaction)
    others = [item for item in quiz_of_story.items if item is not story]
    edited = without_choice(story, first.option.id)
    lena = before.restart(with_items(content, SCENARIO_QUIZ, edited, *others))

    page = lena.get(f"{attempt}/items/{story.id}", follow_redirects=True)
    words = text_of(page.text)
    resumed = lena.get(attempt)
    sent = answer_item(lena, attempt, story, "a", step=steps)

    assert page.request.path == f"{attempt}/items/{story.id}/{steps - 1}"
    assert "This question was changed since you answered it." in words
    assert "The conversation does not go on from it." in words
    assert "Trust" not in words
    assert resumed.location == f"{attempt}/items/{others[0].id}"
    assert f'href="{resumed.location}"' in page.text
    assert sent.location == page.request.path
    assert kept_by(before) == answers


def test_a_scenario_whose_taken_node_is_gone_shows_every_step_that_was_answered(
    before: Edited, content: Content, quiz_of_story: Quiz, story: Item
) -> None:
    attempt = under_way(before, story, 2)
    assert isinstance(story.interaction, Scenario)
    start, second = (each.next for each in best_path(story.interaction)[:2])
    nodes = {
        name: replace(
            node,
            choices=tuple(replace(each, next=second) if each.next == start else each for each in node.choices),
        )
        for name, node in story.interaction.nodes.items()
        if name != start
    }
    edited = replace(story, interaction=replace(story.interaction, nodes=nodes))
    lena = before.restart(with_story(content, quiz_of_story, edited))

    first, last = (text_of(lena.get(f"{attempt}/items/{story.id}/{step}").text) for step in (0, 1))

    assert "was changed" not in first
    assert "You chose" in first
    assert "The conversation does not go on from it." in last
    assert "What you chose can no longer be shown." in last


@pytest.mark.parametrize("steps", [1, 2])
def test_a_scenario_that_became_a_choice_is_done_and_says_that_it_was_changed(
    before: Edited, content: Content, quiz_of_story: Quiz, story: Item, item: Item, steps: int
) -> None:
    attempt = under_way(before, story, steps)
    plain = replace(item, id=story.id, quiz_id=story.quiz_id)
    lena = before.restart(with_story(content, quiz_of_story, plain))

    pages = [lena.get(f"{attempt}/items/{story.id}/{step}") for step in range(steps)]

    assert all("was changed" in page.text and "You chose" not in page.text for page in pages)
    assert lena.get(f"{attempt}/items/{story.id}").location == f"{attempt}/items/{story.id}/{steps - 1}"


def test_a_choice_that_became_a_scenario_is_done_and_says_that_it_was_changed(
    before: Edited, content: Content, quiz: Quiz, item: Item, story: Item
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, until=1)}"
    told = replace(story, id=item.id, quiz_id=item.quiz_id)
    lena = before.restart(with_items(content, QUIZ, told, *quiz.items[1:]))

    page = lena.get(f"{attempt}/items/{item.id}/0")

    assert page.status_code == 200
    assert "was changed" in page.text
    assert lena.get(attempt).location == f"{attempt}/items/{quiz.items[1].id}"


def test_an_item_taken_out_while_it_is_open_leads_to_the_next(before: Edited, content: Content, quiz: Quiz) -> None:
    attempt, gone = f"/attempts/{before.make.answers(before.lena, until=1)}", quiz.items[1]
    lena = before.restart(with_items(content, QUIZ, quiz.items[0], *quiz.items[2:]))

    sent = lena.submit(
        f"{attempt}/items/{gone.id}/0",
        {"response_id": new_id(), "options": "a"},
        headers=HTMX,
        follow_redirects=True,
    )

    assert sent.request.path == f"{attempt}/items/{quiz.items[2].id}"
    assert "That question is no longer in this quiz." in text_of(sent.text)


def test_the_summary_tells_of_answers_to_items_that_were_taken_out(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena)}"
    lena = before.restart(with_items(content, QUIZ, *quiz.items[2:]))

    words = text_of(lena.get(f"{attempt}/summary").text)
    feedback = lena.get(f"{attempt}/items/{quiz.items[0].id}/0", follow_redirects=True)

    assert f"{len(quiz.items)} of {len(quiz.items)} answers were the best one" in words
    assert "2 answers to what is no longer in this quiz" in words
    assert feedback.request.path == f"{attempt}/summary"


def test_a_whole_summary_tells_of_no_answers_to_what_is_gone(as_lena: Browser, make: Make, lena: Somebody) -> None:
    attempt = f"/attempts/{make.answers(lena)}"

    assert "no longer in this quiz" not in as_lena.get(f"{attempt}/summary").text


def test_an_attempt_whose_open_items_were_taken_out_shows_its_summary_and_is_finished_by_the_next_start(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, until=2)}"
    lena = before.restart(with_items(content, QUIZ, *quiz.items[:2]))

    summary = lena.get(attempt, follow_redirects=True)
    offered = text_of(lena.get(f"/quizzes/{QUIZ}").text)
    again = start(lena)

    assert "How it went" in summary.text
    assert "Practise again" in offered
    assert ", open" not in offered
    assert again != attempt
    assert lena.get(again).location == f"{again}/items/{quiz.items[0].id}"
    assert start(lena) == again


def test_an_attempt_whose_open_items_were_taken_out_is_finished_by_the_next_answer_sent_to_it(
    before: Edited, content: Content, quiz: Quiz
) -> None:
    attempt = f"/attempts/{before.make.answers(before.lena, until=2)}"
    lena = before.restart(with_items(content, QUIZ, *quiz.items[:2]))

    sent = lena.submit(f"{attempt}/items/{quiz.items[2].id}/0", {"options": "a"}, follow_redirects=True)

    assert sent.request.path == f"{attempt}/summary"
    assert before.make.session.scalars(select(Attempt.finished_at)).one() is not None


def test_a_finished_attempt_keeps_its_summary_when_the_quiz_grows(before: Edited, content: Content, quiz: Quiz) -> None:
    shorter = replace(before.make, content=with_items(content, QUIZ, *quiz.items[:-1]))
    attempt = f"/attempts/{shorter.answers(before.lena)}"
    lena = before.restart(content)

    page = lena.get(attempt, follow_redirects=True)
    added = lena.get(f"{attempt}/items/{quiz.items[-1].id}")

    assert page.status_code == 200
    assert "How it went" in page.text
    assert "not answered" in page.text
    assert added.location == f"{attempt}/summary"


def test_lists_outlive_a_quiz_that_was_taken_away_and_go_on_with_the_one_begun_before_it(
    before: Edited, content: Content, clock: Clock
) -> None:
    before.make.answers(before.lena, SCENARIO_QUIZ)
    before.make.answers(before.lena, "pt-remote-call", until=1, at=clock.at)
    attempt = f"/attempts/{before.make.answers(before.lena, until=1, at=clock.at + timedelta(hours=1))}"
    lena = before.restart(with_items(with_items(content, QUIZ), SCENARIO_QUIZ))

    pages = {path: lena.get(path) for path in ("/", "/courses", "/courses/japan", "/courses/partnering", "/progress")}

    assert {page.status_code for page in pages.values()} == {200}
    assert "Quiz, open where you left it" in text_of(pages["/"].text)
    assert content.quizzes["pt-remote-call"].title in text_of(pages["/"].text)
    assert "· open" in text_of(pages["/courses/partnering"].text)
    assert lena.get(attempt).status_code == lena.get(f"/quizzes/{QUIZ}").status_code == 404
