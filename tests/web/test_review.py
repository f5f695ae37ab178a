"""The review in the browser: one card at a time, feedback, undo, one's own word, settings, and what is told of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.answering import right_entries
from tests.browsing import Browser, choices_of, fields_of, rows_of, text_of
from tests.company import LESSON, QUIZ, Clock, Make, Somebody
from tests.conftest import services_of
from tests.doubts import with_doubt
from trainer.decks import load_deck
from trainer.domain.content import Content, Item, OneOf
from trainer.domain.review import ReviewSettings
from trainer.models import Attempt, Response, new_id

A_DAY = timedelta(days=1)
ASSESSED = "fr-language-writing"


@pytest.fixture
def lena(make: Make) -> Somebody:
    lena = make.learner("Lena")
    make.lesson_done(lena)
    return lena


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def first(content: Content) -> Item:
    return content.items[f"{content.lessons[LESSON].phrases[0].id}.meaning"]


def option(item: Item, *, is_right: bool) -> str:
    assert isinstance(item.interaction, OneOf)
    return next(each.id for each in item.interaction.options if each.is_right is is_right)


def answer(browser: Browser, item: Item, *, is_right: bool = True) -> str:
    """Answer the card that is shown; the path of the feedback."""
    form = fields_of(browser.get("/review").text)
    given = {"response_id": form["response_id"], "options": option(item, is_right=is_right)}
    sent = browser.submit(f"/review/cards/{item.id}", given)
    assert sent.status_code == 303, sent.text
    return str(sent.location).partition("#")[0]


def test_who_has_done_no_lesson_reads_how_the_review_fills(make: Make, sign_in: Callable[[Somebody], Browser]) -> None:
    browser = sign_in(make.learner())

    assert "There is nothing to review yet" in text_of(browser.get("/review").text)
    assert "to review" not in text_of(browser.get("/").text)
    assert "Nothing yet. Phrases come back here" in text_of(browser.get("/progress").text)


def test_the_first_page_says_what_waits_and_how_long_it_takes(as_lena: Browser) -> None:
    assert "10 to review, about 4 minutes" in text_of(as_lena.get("/").text)


def test_a_card_is_asked_with_the_forms_of_the_player(as_lena: Browser, first: Item) -> None:
    page = as_lena.get("/review").text

    assert first.stem.plain in text_of(page)
    assert isinstance(first.interaction, OneOf)
    assert sorted(choices_of(page, "options")) == sorted(each.id for each in first.interaction.options)


def test_the_answer_of_a_phrase_that_nobody_settled_says_so_and_the_card_does_not(
    build_app: Callable[..., Flask], content: Content, clock: Clock, first: Item
) -> None:
    own = with_doubt(content, "japan", content.lessons[LESSON].phrases[0].id)
    app = build_app(own)
    with services_of(app).database.read_session() as session:
        make = Make(session, own, clock)
        lena = make.learner("Lena")
        make.lesson_done(lena)
    browser = Browser(app)
    browser.sign_in(lena)

    card = text_of(browser.get("/review").text)
    page = text_of(browser.get(answer(browser, first)).text)

    assert "Not settled" not in card
    assert "Not settled: ask a speaker of the language" in page


def test_the_answer_of_a_settled_phrase_says_nothing_of_a_doubt(as_lena: Browser, first: Item) -> None:
    assert "Not settled" not in text_of(as_lena.get(answer(as_lena, first)).text)


def test_an_answer_leads_to_its_feedback_which_says_when_it_comes_back(as_lena: Browser, first: Item) -> None:
    page = text_of(as_lena.get(answer(as_lena, first)).text)

    assert "Right" in page
    assert re.search(r"It comes back (tomorrow|in \d days)", page)
    assert "Too easy" in page


def test_what_was_wrong_comes_back_in_ten_minutes_and_another_is_asked_meanwhile(as_lena: Browser, first: Item) -> None:
    page = text_of(as_lena.get(answer(as_lena, first, is_right=False)).text)

    assert "It comes back in 10 minutes" in page
    assert first.stem.plain not in text_of(as_lena.get("/review").text)


def test_without_a_choice_the_same_card_comes_back_with_what_to_do(as_lena: Browser, first: Item) -> None:
    refused = as_lena.submit(f"/review/cards/{first.id}", {"response_id": new_id()})

    assert refused.status_code == 422
    assert "Choose one answer." in refused.text
    assert first.stem.plain in text_of(refused.text)


@pytest.mark.parametrize("name", ["ja-greeting-introduction-02.typed", "no-such-item", QUIZ])
def test_what_is_not_due_keeps_nothing_and_shows_what_is(as_lena: Browser, session: Session, name: str) -> None:
    refused = as_lena.submit(f"/review/cards/{name}", {"response_id": new_id(), "entry-answer": "x"})

    assert refused.status_code == 409
    assert session.scalar(select(func.count(Response.id))) == 0


def test_a_damaged_page_is_sent_back(as_lena: Browser, session: Session, first: Item) -> None:
    given = {"response_id": "no id", "options": option(first, is_right=True)}

    assert as_lena.submit(f"/review/cards/{first.id}", given).status_code == 409
    assert session.scalar(select(func.count(Response.id))) == 0


def test_the_same_page_sent_twice_is_kept_once(as_lena: Browser, session: Session, first: Item) -> None:
    form = fields_of(as_lena.get("/review").text)
    given = {"response_id": form["response_id"], "options": option(first, is_right=True)}

    sent = [as_lena.submit(f"/review/cards/{first.id}", given).location for _ in range(2)]

    assert sent[0] == sent[1]
    assert session.scalar(select(func.count(Response.id))) == 1


def test_the_last_answer_is_taken_back_and_asked_again(as_lena: Browser, session: Session, first: Item) -> None:
    path = answer(as_lena, first, is_right=False)

    gone = as_lena.submit(f"{path}/undo", follow_redirects=True)

    assert "taken back" in text_of(gone.text)
    assert first.stem.plain in text_of(gone.text)
    assert as_lena.get(path).location == "/review"
    assert session.scalars(select(Response.withdrawn_at)).one() is not None


def test_an_earlier_answer_is_not_taken_back(as_lena: Browser, make: Make, lena: Somebody, clock: Clock) -> None:
    earlier = make.review(lena)
    clock.turn(timedelta(minutes=1))
    make.review(lena)

    refused = as_lena.submit(f"/review/answers/{earlier}/undo")

    assert refused.status_code == 409
    assert "Only the last answer" in refused.text


def test_ones_own_word_can_be_said_and_taken_back(as_lena: Browser, first: Item) -> None:
    path = answer(as_lena, first)
    before = text_of(as_lena.get(path).text)

    easy = text_of(as_lena.submit(f"{path}/word", {"word": "easy"}, follow_redirects=True).text)
    assert "You said it was easy." in easy
    assert "Too easy" not in easy
    assert text_of(as_lena.submit(f"{path}/word", {"word": ""}, follow_redirects=True).text) == before


@pytest.mark.parametrize(("word", "status"), [("knew", 409), ("splendid", 400)])
def test_a_word_that_was_not_offered_is_refused(as_lena: Browser, first: Item, word: str, status: int) -> None:
    path = answer(as_lena, first)

    assert as_lena.submit(f"{path}/word", {"word": word}).status_code == status


def test_what_has_to_be_heard_waits_and_comes_when_one_can_listen(
    sign_in: Callable[[Somebody], Browser], make: Make, lena: Somebody, clock: Clock, first: Item
) -> None:
    make.review(lena, first.id)
    clock.turn(A_DAY)
    heard = first.id.replace("meaning", "listening")
    make.review(lena, heard)
    clock.turn(timedelta(days=60))
    make.review(lena, first.id)
    clock.turn(A_DAY)
    as_lena = sign_in(lena)
    as_lena.submit("/review/settings", {"retention": "0.90", "new_per_day": "0", "max_per_day": ""})

    page = text_of(as_lena.submit("/review/quiet", follow_redirects=True).text)

    assert "1 to be heard waits for you" in page
    again = as_lena.submit("/review/quiet", {"again": "1"}, follow_redirects=True).text
    assert f"/review/cards/{heard}" in again


def test_when_nothing_is_left_the_page_says_what_comes_next(
    as_lena: Browser, make: Make, lena: Somebody, clock: Clock
) -> None:
    as_lena.submit("/review/settings", {"retention": "0.90", "new_per_day": "2", "max_per_day": ""})
    for _ in range(2):
        clock.turn(timedelta(minutes=1))
        make.review(lena)

    page = text_of(as_lena.get("/review").text)

    assert "That was all for today: 2 reviewed." in page
    assert "Next: 2 in 2 days." in page


def test_what_comes_back_too_soon_to_be_asked_says_when(
    as_lena: Browser, make: Make, lena: Somebody, clock: Clock
) -> None:
    as_lena.submit("/review/settings", {"retention": "0.90", "new_per_day": "1", "max_per_day": ""})
    make.review(lena, is_right=False)
    clock.turn(timedelta(minutes=2))

    assert "One comes back in 8 minutes." in text_of(as_lena.get("/review").text)


@pytest.fixture
def otto(make: Make, clock: Clock) -> Somebody:
    """Who missed two items of a quiz yesterday, and has nothing else to review."""
    otto = make.learner("Otto")
    make.answers(otto, ASSESSED, until=2, right=0.0)
    clock.turn(A_DAY)
    return otto


def test_while_an_assessment_is_open_no_page_counts_or_asks_what_was_missed_in_its_quiz(
    sign_in: Callable[[Somebody], Browser], make: Make, otto: Somebody
) -> None:
    browser = sign_in(otto)
    telling = ("/", "/progress")
    assert all("2 to review" in text_of(browser.get(path).text) for path in telling)
    attempt_id = make.sitting(otto, ASSESSED)

    meanwhile = [text_of(browser.get(path).text) for path in (*telling, "/review")]

    assert not any("to review" in page or "Next:" in page for page in meanwhile)
    assert "Nothing is due." in meanwhile[-1]
    assert "2 questions wait until your assessment is handed in." in meanwhile[-1]
    browser.submit(f"/assessments/{attempt_id}/hand-in")
    assert all("2 to review" in text_of(browser.get(path).text) for path in telling)


def test_a_card_that_was_open_when_its_assessment_began_is_refused_and_its_answer_is_not_told(
    sign_in: Callable[[Somebody], Browser], make: Make, otto: Somebody, content: Content, session: Session
) -> None:
    browser = sign_in(otto)
    first, second = content.quizzes[ASSESSED].items[:2]
    told = f"/review/answers/{make.review(otto, first.id)}"
    assert browser.get(told).status_code == 200
    attempt_id = make.sitting(otto, ASSESSED)
    given = {"response_id": new_id()} | {
        f"entry-{slot}": words for slot, words in right_entries(second.interaction).items()
    }

    refused = browser.submit(f"/review/cards/{second.id}", given)

    assert refused.status_code == 409
    assert "waits until your assessment of its quiz is handed in" in text_of(refused.text)
    assert session.scalar(select(func.count(Response.id)).where(Response.item_id == second.id)) == 1
    assert browser.get(told).location == "/review"
    browser.submit(f"/assessments/{attempt_id}/hand-in")
    assert browser.get(told).status_code == 200


def test_settings_are_kept_and_shown_again(as_lena: Browser, session: Session, lena: Somebody, clock: Clock) -> None:
    sent = as_lena.submit("/review/settings", {"retention": "0.85", "new_per_day": "0", "max_per_day": "30"})

    assert sent.location == "/review"
    assert load_deck(session, lena.id, at=clock.at).settings == ReviewSettings(0.85, 0, 30)
    page = as_lena.get("/review/settings").text
    assert fields_of(page)["max_per_day"] == "30"
    assert re.search(r'<option selected value="0.85"', page)


@pytest.mark.parametrize(
    "wrong",
    [
        {"retention": "0.99"},
        {"retention": ""},
        {"new_per_day": "-1"},
        {"new_per_day": "51"},
        {"new_per_day": ""},
        {"new_per_day": "many"},
        {"max_per_day": "0"},
        {"max_per_day": "9" * 400},
    ],
)
def test_settings_that_make_no_sense_are_sent_back(
    as_lena: Browser, session: Session, lena: Somebody, clock: Clock, wrong: dict[str, str]
) -> None:
    given = {"retention": "0.90", "new_per_day": "5", "max_per_day": "", **wrong}

    refused = as_lena.submit("/review/settings", given)

    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert load_deck(session, lena.id, at=clock.at).settings == ReviewSettings()


def test_the_progress_page_has_the_counts_and_the_coming_weeks_as_a_table_too(
    as_lena: Browser, make: Make, lena: Somebody, content: Content, clock: Clock
) -> None:
    make.answers(lena, right=0.5)
    for _ in range(3):
        clock.turn(timedelta(minutes=1))
        make.review(lena)

    page = as_lena.get("/progress").text

    new = len(content.lessons[LESSON].phrases) - 3
    assert f"Being learnt 3 Still new {new} Missed questions" in text_of(page)
    rows = dict(row for row in rows_of(page) if len(row) == 2)
    assert rows["Saturday 5 December"] == "3"
    assert page.count('class="bars-bar"') >= 2


def test_a_sitting_of_the_review_is_no_quiz_to_go_on_with(as_lena: Browser, make: Make, lena: Somebody) -> None:
    make.review(lena)

    assert as_lena.get("/").status_code == 200
    assert as_lena.get("/courses").status_code == 200


def test_a_sitting_of_the_review_cannot_be_opened_as_a_quiz(
    as_lena: Browser, make: Make, lena: Somebody, session: Session
) -> None:
    make.review(lena)
    attempt_id = session.scalars(select(Attempt.id)).one()

    assert as_lena.get(f"/attempts/{attempt_id}").status_code == 404


def test_an_answer_of_the_review_is_told_as_such_where_the_competency_is_explained(
    as_lena: Browser, make: Make, lena: Somebody, first: Item
) -> None:
    make.review(lena, first.id)

    page = text_of(as_lena.get(f"/progress/{first.competencies[0]}").text)

    assert "in your review, counts less" in page


def test_a_drill_is_played_to_its_end_like_any_quiz(as_lena: Browser, make: Make, lena: Somebody) -> None:
    attempt_id = make.answers(lena, "drill-japan")

    page = text_of(as_lena.get(f"/attempts/{attempt_id}/summary").text)

    assert "12 of 12 answers were the best one" in page
