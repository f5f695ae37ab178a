"""Choosing which mails one gets, and stopping them from the mail itself."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

import pytest
from flask import Flask

from tests.browsing import Browser, text_of
from tests.company import Make, Somebody
from tests.conftest import services_of
from trainer import mail_choices
from trainer.domain.mail import MailChoice, MailKind

CHOICE = {"wants_due": "y", "language": "ja", "zone": "Asia/Tokyo", "quiet_from": "20:00", "quiet_until": "09:30"}


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


def choice_of(app: Flask, person: Somebody) -> MailChoice:
    services = services_of(app)
    with services.database.read_connection() as store:
        return mail_choices.choice_of(store, person.id, services.mail.usual)


def stop_path(app: Flask, person: Somebody, kind: MailKind = MailKind.DIGEST) -> str:
    return f"/mail/stop/{services_of(app).mail.stopping.token(person.id, kind)}"


def test_who_has_chosen_nothing_gets_both_mails_as_the_company_says(app: Flask, lena: Somebody) -> None:
    assert choice_of(app, lena) == MailChoice("en", "UTC")


def test_a_choice_is_kept_and_shown(app: Flask, as_lena: Browser, lena: Somebody) -> None:
    answer = as_lena.submit("/account/mail", CHOICE)

    page = as_lena.get("/account/mail").text
    assert answer.status_code == 303
    assert choice_of(app, lena) == MailChoice("ja", "Asia/Tokyo", False, True, time(20), time(9, 30))
    assert 'value="20:00"' in page
    assert '<option selected value="Asia/Tokyo">' in page
    assert lena.email in page


def test_the_account_page_leads_to_the_choice(as_lena: Browser) -> None:
    assert 'href="/account/mail"' in as_lena.get("/account").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_until": ""}, "Write both times, or leave both empty."),
        ({"quiet_from": ""}, "Write both times, or leave both empty."),
        ({"quiet_from": "25:00"}, "Not a valid time value."),
        ({"zone": "CET"}, "Not a valid choice"),
        ({"language": "tlh"}, "Not a valid choice"),
    ],
)
def test_a_wrong_choice_is_named_and_not_kept(
    app: Flask, as_lena: Browser, lena: Somebody, wrong: dict[str, str], words: str
) -> None:
    answer = as_lena.submit("/account/mail", {**CHOICE, **wrong})

    assert answer.status_code == 422
    assert words in answer.text
    assert choice_of(app, lena) == MailChoice("en", "UTC")


def test_looking_at_the_link_in_a_mail_stops_nothing(app: Flask, client: Browser, lena: Somebody) -> None:
    page = client.get(stop_path(app, lena))

    assert "Stop the weekly mail?" in text_of(page.text)
    assert choice_of(app, lena).wants_digest


def test_its_button_stops_one_kind_and_leaves_the_rest_as_it_was(
    app: Flask, client: Browser, as_lena: Browser, lena: Somebody
) -> None:
    as_lena.submit("/account/mail", CHOICE)

    answer = client.submit(stop_path(app, lena, MailKind.DUE))

    assert answer.status_code == 200
    assert "You get no more of this kind" in text_of(answer.text)
    assert choice_of(app, lena) == MailChoice("ja", "Asia/Tokyo", False, False, time(20), time(9, 30))
    assert "You get no more of this kind" in text_of(client.get(stop_path(app, lena, MailKind.DUE)).text)


def test_a_mail_program_stops_it_with_one_click_and_no_cookie(app: Flask, lena: Somebody) -> None:
    answer = Browser(app).post(stop_path(app, lena), data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not choice_of(app, lena).wants_digest


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_stops_nothing(app: Flask, client: Browser, lena: Somebody, method: str) -> None:
    path = stop_path(app, lena)

    answers = [getattr(client, method)(each) for each in (path[:-1], path + "x", "/mail/stop/x")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert choice_of(app, lena).wants_digest


def test_a_link_to_somebody_who_is_gone_leads_nowhere(app: Flask, client: Browser) -> None:
    nobody = Somebody(UUID(int=7), "Nobody", "nobody@example.org")

    assert client.post(stop_path(app, nobody)).status_code == 404
