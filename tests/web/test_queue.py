"""What a browser sends later: its ticket, its receipt, the pages it fetches ahead, and when it was answered."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.browsing import HTMX, Browser, choices_of, fields_of, text_of
from tests.company import QUIZ, Clock, Make, Somebody, with_items
from tests.conftest import services_of
from trainer.domain.content import Content, Item, OneOf
from trainer.models import Response, new_id

SignIn = Callable[[Somebody], Browser]
SPEAKING_QUIZ = "jp-language-writing"


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def attempt(make: Make, lena: Somebody) -> str:
    return f"/attempts/{make.attempt(lena)}"


@pytest.fixture
def items(content: Content) -> tuple[Item, ...]:
    return content.quizzes[QUIZ].items


def options_of(item: Item) -> list[str]:
    assert isinstance(item.interaction, OneOf)
    return [option.id for option in item.interaction.options]


def send_later(
    browser: Browser, attempt: str, item: Item, option: str, response_id: str | None = None, **fields: Any
) -> TestResponse:
    """As the queue of the browser sends what it kept."""
    name = response_id or str(new_id())
    data = {"response_id": name, "options": option, **fields}
    return browser.submit(f"{attempt}/items/{item.id}/0", data, headers={**HTMX, "Entente-Queue": name})


def json_of(answer: TestResponse) -> Any:
    return answer.json


def kept(session: Session) -> list[Response]:
    found = list(session.scalars(select(Response).order_by(Response.answered_at)))
    session.commit()
    return found


# The ticket


def test_the_ticket_tells_whose_it_is_and_the_token_that_forms_need(as_lena: Browser) -> None:
    ticket = json_of(as_lena.get("/queue"))

    assert f'data-learner="{ticket["learner"]}"' in as_lena.get("/courses").text
    assert as_lena.post("/account/study", data={"csrf_token": ticket["token"]}).status_code == 303


def test_the_mark_of_a_person_outlives_the_sign_in_and_is_no_id(
    sign_in: SignIn, make: Make, lena: Somebody, client: Browser
) -> None:
    first, again, other = (json_of(sign_in(each).get("/queue"))["learner"] for each in (lena, lena, make.learner()))

    assert first == again != other
    assert first not in (str(lena.id), lena.id.hex)
    assert 'data-learner=""' in client.get("/sign-in").text


def test_a_ticket_is_kept_by_no_cache(as_lena: Browser) -> None:
    assert as_lena.get("/queue").headers["Cache-Control"] == "no-store"


# The receipt


def test_what_is_sent_later_gets_a_receipt_by_its_name(
    as_lena: Browser, attempt: str, items: tuple[Item, ...], session: Session
) -> None:
    name = str(new_id())

    answer = send_later(as_lena, attempt, items[0], options_of(items[0])[0], name)

    assert answer.status_code == 200
    assert answer.json == {"kept": name, "goes_to": f"{attempt}/items/{items[0].id}/0#feedback"}
    assert "Location" not in answer.headers
    assert [str(each.id) for each in kept(session)] == [name]


def test_what_is_sent_twice_gets_its_receipt_twice_and_is_kept_once(
    as_lena: Browser, attempt: str, items: tuple[Item, ...], session: Session
) -> None:
    name = str(new_id())

    answers = [send_later(as_lena, attempt, items[0], options_of(items[0])[0], name) for _ in range(2)]

    assert [json_of(answer)["kept"] for answer in answers] == [name, name]
    assert len(kept(session)) == 1


def test_another_answer_to_what_was_answered_is_refused_in_words(
    as_lena: Browser, attempt: str, items: tuple[Item, ...], session: Session
) -> None:
    first, other, *_ = options_of(items[0])
    send_later(as_lena, attempt, items[0], first)

    answer = send_later(as_lena, attempt, items[0], other)

    assert answer.status_code == 409
    assert json_of(answer)["refused"].startswith("You answered this question before")
    assert [each.given["options"] for each in kept(session)] == [[first]]


def test_an_answer_to_what_is_no_longer_asked_is_refused_in_words(
    build_app: Callable[..., Flask], content: Content, clock: Clock, items: tuple[Item, ...]
) -> None:
    shorter = with_items(content, QUIZ, *items[1:])
    app = build_app(shorter)
    with services_of(app).database.read_session() as session:
        make = Make(session, shorter, clock)
        lena = make.learner("Lena")
        attempt = f"/attempts/{make.attempt(lena)}"
    browser = Browser(app)
    browser.sign_in(lena)

    answer = send_later(browser, attempt, items[0], options_of(items[0])[0])

    assert answer.status_code == 409
    assert json_of(answer)["refused"].startswith("That question is no longer in this quiz.")
    assert "no longer in this quiz" not in text_of(browser.get("/courses").text)


def test_an_answer_that_fits_nothing_is_refused_with_the_words_of_the_page(
    as_lena: Browser, attempt: str, items: tuple[Item, ...]
) -> None:
    answer = send_later(as_lena, attempt, items[0], "nonsense")

    assert answer.status_code == 422
    assert '<p class="field-problem" id="options-problem" role="alert">' in answer.text


def test_the_answers_of_another_person_are_not_found(
    sign_in: SignIn, make: Make, attempt: str, items: tuple[Item, ...], session: Session
) -> None:
    answer = send_later(sign_in(make.learner()), attempt, items[0], options_of(items[0])[0])

    assert answer.status_code == 404
    assert kept(session) == []


def test_who_is_signed_out_is_told_so_and_nothing_is_kept(
    as_lena: Browser, attempt: str, items: tuple[Item, ...], session: Session
) -> None:
    as_lena.sign_out()

    answer = send_later(as_lena, attempt, items[0], options_of(items[0])[0])

    assert answer.status_code == 401
    assert kept(session) == []


def test_a_form_that_is_sent_at_once_leads_on_as_before(
    as_lena: Browser, attempt: str, items: tuple[Item, ...]
) -> None:
    data = {"response_id": str(new_id()), "options": options_of(items[0])[0]}

    assert as_lena.submit(f"{attempt}/items/{items[0].id}/0", data).status_code == 303


# When it was answered


def test_an_answer_that_waited_is_placed_when_it_was_given(
    as_lena: Browser, attempt: str, items: tuple[Item, ...], session: Session, clock: Clock
) -> None:
    clock.turn(timedelta(hours=1))
    at, wrong = clock.at, timedelta(days=3)
    for item, minutes in zip(items[:2], (40, 20), strict=True):
        given = {
            "answered_at": (at + wrong - timedelta(minutes=minutes)).isoformat(),
            "sent_at": (at + wrong).isoformat().replace("+00:00", "Z"),
        }
        send_later(as_lena, attempt, item, options_of(item)[0], **given)

    first, second = kept(session)
    assert (first.answered_at, first.received_at) == (at - timedelta(minutes=40), at)
    assert (second.answered_at, second.received_at) == (at - timedelta(minutes=20), at)


@pytest.mark.parametrize(
    ("answered_at", "sent_at"),
    [
        ("", ""),
        ("yesterday", "today"),
        ("2026-12-03T08:00:00", "2026-12-03T09:00:00"),
        ("2026-12-03T08:00:00Z", ""),
        ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
        ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
        ("2026-12-03T08:00:00Z" * 50, "2026-12-03T08:00:00Z"),
    ],
)
def test_a_time_that_makes_no_sense_is_not_believed(
    as_lena: Browser,
    attempt: str,
    items: tuple[Item, ...],
    session: Session,
    clock: Clock,
    answered_at: str,
    sent_at: str,
) -> None:
    answer = send_later(as_lena, attempt, items[0], options_of(items[0])[0], answered_at=answered_at, sent_at=sent_at)

    assert answer.status_code == 200
    assert [each.answered_at for each in kept(session)] == [clock.at]


# The pages ahead


def test_the_pages_ahead_are_those_that_come_in_their_order(
    as_lena: Browser, attempt: str, items: tuple[Item, ...]
) -> None:
    send_later(as_lena, attempt, items[0], options_of(items[0])[0])

    pages = json_of(as_lena.get(f"{attempt}/ahead", headers=HTMX))

    assert [page["address"] for page in pages] == [f"{attempt}/items/{item.id}" for item in items[1:]]
    assert [re.search(r"(\d+) of 10 · Entente", page["html"])[1] for page in pages] == [  # type: ignore[index]
        str(number) for number in range(2, len(items) + 1)
    ]
    assert len({fields_of(page["html"])["response_id"] for page in pages}) == len(items) - 1


def test_a_page_ahead_is_the_page_itself(as_lena: Browser, attempt: str, items: tuple[Item, ...]) -> None:
    ahead = json_of(as_lena.get(f"{attempt}/ahead"))[0]["html"]
    page = as_lena.get(f"{attempt}/items/{items[0].id}", headers=HTMX).text

    names = fields_of(ahead)["response_id"], fields_of(page)["response_id"]
    assert ahead.replace(names[0], "") == page.replace(names[1], "")
    sent = as_lena.post(
        f"{attempt}/items/{items[0].id}/0",
        data={**fields_of(ahead), "options": choices_of(ahead, "options")[0]},
    )
    assert sent.status_code == 303


def test_what_has_to_be_heard_is_not_ahead_while_it_waits(
    as_lena: Browser, make: Make, lena: Somebody, content: Content
) -> None:
    attempt = f"/attempts/{make.attempt(lena, SPEAKING_QUIZ)}"
    spoken = [item.id for item in content.quizzes[SPEAKING_QUIZ].items if item.audio]
    loud = str(as_lena.get(f"{attempt}/ahead").json)
    as_lena.submit(f"{attempt}/quiet")

    quiet = str(as_lena.get(f"{attempt}/ahead").json)

    assert any(name in loud for name in spoken)
    assert not any(name in quiet for name in spoken)


def test_nothing_is_ahead_of_what_is_finished(as_lena: Browser, make: Make, lena: Somebody) -> None:
    assert as_lena.get(f"/attempts/{make.answers(lena)}/ahead").json == []


def test_no_more_pages_are_fetched_ahead_than_a_phone_carries(
    build_app: Callable[..., Flask], content: Content, clock: Clock, items: tuple[Item, ...]
) -> None:
    many = [replace(items[0], id=f"{items[0].id}-{number}") for number in range(40)]
    longer = with_items(content, QUIZ, *many)
    app = build_app(longer)
    with services_of(app).database.read_session() as session:
        make = Make(session, longer, clock)
        lena = make.learner("Lena")
        attempt = f"/attempts/{make.attempt(lena)}"
    browser = Browser(app)
    browser.sign_in(lena)

    assert len(json_of(browser.get(f"{attempt}/ahead"))) == 30
