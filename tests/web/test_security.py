"""What every answer carries, cookies, sign-ins that rotate, tries that are counted, addresses that stay here."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.browsing import HTMX, Browser, choices_of, fields_of, text_of
from tests.company import LESSON, PASSWORD, Clock, Make, Somebody
from tests.conftest import emptied, running, services_of, settings_for
from trainer.domain.access import Action
from trainer.domain.content import Content
from trainer.models import UserSession, new_id
from trainer.web import authorize, local_path
from trainer.web.assets import asset_tag

PUBLIC = "https://entente.example.com"
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


def try_to_sign_in(browser: Browser, person: Somebody, password: str, address: str) -> TestResponse:
    return browser.sign_in(person, password, environ_base={"REMOTE_ADDR": address})


def sign_ins(session: Session) -> int:
    count = session.scalar(select(func.count(UserSession.id))) or 0
    session.commit()
    return count


# What every answer carries


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in", 200),
        ("/progress", 303),
        ("/nowhere", 404),
        ("/healthz", 200),
        (f"/assets/{asset_tag('app.css')}/app.css", 200),
        ("/assets/x/nothing.css", 404),
    ],
)
def test_every_answer_carries_the_headers(client: Browser, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == CSP
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1


def test_a_page_is_not_kept_by_browsers_or_proxies(
    client: Browser, sign_in: Callable[[Somebody], Browser], lena: Somebody
) -> None:
    for browser, path in ((client, "/sign-in"), (sign_in(lena), "/progress")):
        answer = browser.get(path)

        assert answer.headers["Cache-Control"] == "no-store"
        assert "HX-Request" in answer.headers["Vary"]


def test_a_file_of_the_application_is_kept_for_ever(client: Browser) -> None:
    answer = client.get(f"/assets/{asset_tag('app.js')}/app.js")

    assert answer.cache_control.public
    assert answer.cache_control.immutable
    assert answer.cache_control.max_age == 31_536_000


def test_a_page_names_its_assets_by_their_content(client: Browser) -> None:
    page = client.get("/sign-in").text

    for name in ("app.css", "app.js", "bootstrap.css", "htmx.js"):
        assert f"/assets/{asset_tag(name)}/{name}" in page


def test_no_page_needs_what_the_policy_forbids(
    sign_in: Callable[[Somebody], Browser], make: Make, client: Browser
) -> None:
    team = make.team()
    manager = sign_in(make.manager(team))
    engagement_id = make.engagement(team)
    pages = [manager.get(path).text for path in ("/", "/courses", f"/lessons/{LESSON}", "/progress", "/teams")]
    pages += [manager.get(f"/engagements/{engagement_id}").text, client.get("/sign-in").text]

    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "javascript:" not in page
        assert "https://cdn" not in page
        assert all(tag.startswith(' src="/assets/') for tag in page.split("<script")[1:])


# HTTPS


@pytest.fixture(scope="module")
def https_app(content: Content, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("https")
    yield from running(
        settings_for(folder, f"sqlite:///{folder / 'entente.sqlite3'}", public_url=PUBLIC), content, clock
    )


@pytest.fixture
def https(https_app: Flask, clock: Clock) -> Flask:
    return emptied(https_app, clock)


@pytest.fixture
def https_lena(https: Flask, content: Content, clock: Clock) -> Somebody:
    with services_of(https).database.read_session() as session:
        return Make(session, content, clock).learner("Lena")


def post_by_https(browser: Browser, path: str, data: dict[str, str]) -> TestResponse:
    token = fields_of(browser.get("/sign-in", base_url=PUBLIC, follow_redirects=True).text)["csrf_token"]
    return browser.post(
        path, data={**data, "csrf_token": token}, base_url=PUBLIC, headers={"Referer": f"{PUBLIC}/sign-in"}
    )


def test_on_https_browsers_are_told_to_stay_there(https: Flask) -> None:
    answer = Browser(https).get("/sign-in", base_url=PUBLIC)

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_on_https_the_cookie_is_bound_to_the_host(https: Flask, https_lena: Somebody) -> None:
    answer = post_by_https(Browser(https), "/sign-in", {"email": https_lena.email, "password": PASSWORD})

    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    (own,) = [cookie for cookie in cookies if cookie.startswith("__Host-entente=")]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(own.split("; "))
    assert "Domain" not in own
    assert all("Secure" in cookie for cookie in cookies)


def test_on_http_the_cookie_has_a_plain_name_and_scripts_cannot_read_it(client: Browser, lena: Somebody) -> None:
    answer = client.sign_in(lena)

    (own,) = [cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("entente=")]
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(own.split("; "))
    assert "Secure" not in own


def test_on_https_a_form_from_elsewhere_is_refused(https: Flask, https_lena: Somebody) -> None:
    browser = Browser(https)
    token = fields_of(browser.get("/sign-in", base_url=PUBLIC).text)["csrf_token"]
    data = {"email": https_lena.email, "password": PASSWORD, "csrf_token": token}

    for headers in ({"Referer": "https://evil.example/"}, {}):
        assert browser.post("/sign-in", data=data, base_url=PUBLIC, headers=headers).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "entente.example.com.evil.example", "evil.example:443", "10.0.0.7"])
@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere", "/healthz/", "/assets/x/app.css", "//evil.example"])
def test_another_host_name_is_refused(https: Flask, host: str, path: str) -> None:
    answer = Browser(https).get(path, base_url=f"https://{host}")

    assert answer.status_code == 400
    assert answer.text == "This host name is not served here.\n"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["", "evil example", "entente.example.com\\@evil.example", "entente.example.com:0"])
def test_a_host_that_is_none_is_refused(https: Flask, host: str) -> None:
    assert Browser(https).get("/sign-in", headers={"Host": host}).status_code == 400


def test_a_form_is_not_looked_at_for_another_host_name(https: Flask) -> None:
    answer = Browser(https).post("/sign-in", data={"email": "x"}, base_url="https://evil.example")

    assert (answer.status_code, answer.text) == (400, "This host name is not served here.\n")


@pytest.mark.parametrize("host", ["entente.example.com", "127.0.0.1:5000", "localhost"])
def test_the_public_host_and_this_machine_are_answered(https: Flask, host: str) -> None:
    assert Browser(https).get("/sign-in", base_url=f"http://{host}").status_code == 200


def test_a_host_name_is_the_same_in_capitals(build_app: Callable[..., Flask]) -> None:
    app = build_app(public_url="https://Entente.Example.com:8443")

    assert Browser(app).get("/sign-in", base_url="https://entente.example.com:8443").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.0.0.7:5000", "[fd00::7]:5000", "entente-7f9c", "entente.example.com", ""])
def test_a_load_balancer_asks_for_the_health_by_any_name(https: Flask, path: str, host: str) -> None:
    answer = Browser(https).get(path, headers={"Host": host})

    assert answer.status_code == 200
    assert answer.is_json


def test_a_link_for_a_person_has_the_public_address_whatever_host_was_asked(
    https: Flask, content: Content, clock: Clock
) -> None:
    with services_of(https).database.read_session() as session:
        make = Make(session, content, clock)
        admin, lena = make.admin(), make.learner("Lena")
    browser = Browser(https)
    post_by_https(browser, "/sign-in", {"email": admin.email, "password": PASSWORD})

    answer = post_by_https(browser, f"/people/{lena.id}/link", {})

    assert f'value="{PUBLIC}/invitations/' in answer.text


@pytest.mark.parametrize(("proxies", "address"), [(0, "203.0.113.9"), (1, "198.51.100.7")])
def test_the_address_of_a_visitor_is_believed_only_from_trusted_proxies(
    build_app: Callable[..., Flask], proxies: int, address: str
) -> None:
    def show_address() -> str:
        authorize(Action.VISIT)
        return str(request.remote_addr)

    app = build_app(trusted_proxies=proxies)
    app.add_url_rule("/address", view_func=show_address)

    answer = Browser(app).get(
        "/address", headers={"X-Forwarded-For": "198.51.100.7"}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
    )

    assert answer.text == address


# No redirect leaves


NASTY = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    " //evil.example",
    "http:evil.example",
    "http:/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "//localhost@evil.example",
    "http://localhost:evil@evil.example",
    "http://localhost//evil.example",
    "http://[",
    "//[evil",
    "//evil.example／x",
    "//ａ℀b",
    "/\r\nLocation: https://evil.example",
    "?next=//evil.example",
    "",
]


@pytest.mark.parametrize("target", NASTY)
def test_signing_in_never_leads_away(client: Browser, lena: Somebody, target: str) -> None:
    data = {"email": lena.email, "password": PASSWORD, "next": target}

    answer = client.submit("/sign-in", data)

    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\"))
    assert "\n" not in answer.location


@pytest.mark.parametrize("target", ["/quizzes/jp-first-meeting", "/courses?from=mail", "http://localhost/courses"])
def test_signing_in_leads_to_pages_of_ours(client: Browser, lena: Somebody, target: str) -> None:
    answer = client.submit("/sign-in", {"email": lena.email, "password": PASSWORD, "next": target})

    assert answer.location == target.removeprefix("http://localhost")


@pytest.mark.parametrize("referrer", ["https://evil.example/courses", "http://[", "//evil.example"])
def test_choosing_colours_never_leads_away(client: Browser, referrer: str) -> None:
    answer = client.submit("/theme", {"theme": "dark"}, headers={"Referer": referrer})

    assert (answer.status_code, answer.location) == (303, "/")


def test_only_known_colours_are_kept(client: Browser) -> None:
    client.submit("/theme", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get("/sign-in").text

    client.submit("/theme", {"theme": '"><script>'})

    assert "data-bs-theme" not in client.get("/sign-in").text


def test_an_address_is_read_the_way_browsers_read_it(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://localhost:5000"):
        assert local_path("http://localhost:5000/a?b=c#d") == "/a?b=c"
        assert local_path("http://localhost/a") == "/"
        assert local_path(None) == "/"


# Signing in and out


def test_signing_in_gives_the_browser_a_new_token(client: Browser, lena: Somebody, session: Session) -> None:
    before = client.get_cookie("entente")
    client.token()
    anonymous = client.get_cookie("entente")

    client.sign_in(lena)

    signed_in = client.get_cookie("entente")
    assert before is None
    assert anonymous is not None
    assert signed_in is not None
    assert signed_in.value != anonymous.value
    assert client.is_signed_in


def test_signing_in_again_ends_what_the_browser_had_before(client: Browser, lena: Somebody, session: Session) -> None:
    client.sign_in(lena)
    first = client.get_cookie("entente")
    token = fields_of(client.get("/account").text)["csrf_token"]

    answer = client.post("/sign-in", data={"email": lena.email, "password": PASSWORD, "csrf_token": token})

    assert answer.status_code == 303
    assert sign_ins(session) == 1
    assert first is not None
    stolen = Browser(client.application)
    stolen.set_cookie("entente", first.value)
    assert not stolen.is_signed_in
    assert client.is_signed_in


def test_a_form_from_before_signing_in_is_no_longer_taken(client: Browser, lena: Somebody) -> None:
    before = client.token()
    client.sign_in(lena)

    answer = client.post("/account/sign-out-everywhere", data={"csrf_token": before})

    assert answer.status_code == 400
    assert client.is_signed_in


def test_the_cookie_carries_nothing_about_the_person(client: Browser, lena: Somebody, app: Flask) -> None:
    client.sign_in(lena)

    with client.session_transaction() as cookie:
        words = str(dict(cookie))

    assert str(lena.id) not in words
    assert lena.email not in words
    assert "Lena" not in words


def test_after_signing_out_the_old_cookie_opens_nothing(client: Browser, lena: Somebody) -> None:
    client.sign_in(lena)
    cookie = client.get_cookie("entente")
    assert cookie is not None

    answer = client.submit("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    client.set_cookie("entente", cookie.value)
    assert not client.is_signed_in


def test_signing_out_everywhere_ends_all_browsers(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> None:
    here, there = sign_in(lena), sign_in(lena)

    here.submit("/account/sign-out-everywhere")

    assert not here.is_signed_in
    assert not there.is_signed_in


def test_another_browser_is_signed_out_from_the_account_page(
    sign_in: Callable[[Somebody], Browser], lena: Somebody
) -> None:
    here, there = sign_in(lena), sign_in(lena)
    page = here.get("/account").text
    (end,) = [part.split('"')[0] for part in page.split('action="')[1:] if part.startswith("/account/sessions/")]

    here.submit(end)

    assert here.is_signed_in
    assert not there.is_signed_in


def test_nobody_signs_out_the_browser_of_another(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, make: Make, session: Session
) -> None:
    theirs = sign_in(lena)
    session_id = session.scalars(select(UserSession.id)).one()
    session.commit()

    sign_in(make.admin()).submit(f"/account/sessions/{session_id}/end")

    assert theirs.is_signed_in


def test_a_disabled_person_is_out_with_the_next_page(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, make: Make
) -> None:
    browser, admin = sign_in(lena), sign_in(make.admin())

    admin.submit(f"/people/{lena.id}/disable")

    assert not browser.is_signed_in
    assert browser.sign_in(lena).status_code == 422


@pytest.mark.parametrize(("hours", "is_in"), [(7.9, True), (8.1, False)])
def test_a_browser_that_rests_is_signed_out(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, clock: Clock, hours: float, is_in: bool
) -> None:
    browser = sign_in(lena)
    clock.turn(timedelta(hours=hours))

    assert browser.is_signed_in is is_in


def test_a_busy_browser_stays_signed_in_for_a_week_and_no_longer(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, clock: Clock
) -> None:
    browser = sign_in(lena)
    for _ in range(7 * 4 - 1):
        clock.turn(timedelta(hours=6))
        assert browser.is_signed_in
    clock.turn(timedelta(hours=6))

    assert not browser.is_signed_in


def test_a_wrong_password_and_a_wrong_address_are_told_alike(client: Browser, lena: Somebody) -> None:
    stranger = Somebody(lena.id, "Nobody", "nobody@example.org")

    wrong, unknown = client.sign_in(lena, "wrong"), client.sign_in(stranger, "wrong")

    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in text_of(wrong.text)
    assert text_of(wrong.text) == text_of(unknown.text)


@pytest.mark.parametrize("data", [{}, {"email": "x"}, {"password": "x"}, {"email": "x" * 300, "password": "y" * 200}])
def test_a_sign_in_that_lacks_something_says_what(client: Browser, data: dict[str, str]) -> None:
    answer = client.submit("/sign-in", data)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_what_was_typed_is_printed_as_text(client: Browser) -> None:
    answer = client.submit("/sign-in", {"email": '"><script>alert(1)</script>', "next": '"><b>', "password": "secret"})

    assert "<script>alert" not in answer.text
    assert '"><b>' not in answer.text
    assert "secret" not in answer.text


# Tries that are counted


def test_the_eleventh_wrong_try_from_one_address_has_to_wait(client: Browser, lena: Somebody) -> None:
    tries = [try_to_sign_in(client, lena, f"wrong {number}", "203.0.113.9") for number in range(11)]

    assert [answer.status_code for answer in tries] == [422] * 10 + [429]
    assert int(tries[-1].headers["Retry-After"]) == 900
    assert "Too many tries. Wait 15 minutes" in text_of(tries[-1].text)


def test_the_right_password_has_to_wait_too(client: Browser, lena: Somebody) -> None:
    """Else the throttle would tell which try was right."""
    for number in range(10):
        try_to_sign_in(client, lena, f"wrong {number}", "203.0.113.9")

    assert try_to_sign_in(client, lena, PASSWORD, "203.0.113.9").status_code == 429


def test_another_address_still_signs_in(app: Flask, client: Browser, lena: Somebody) -> None:
    for number in range(12):
        try_to_sign_in(client, lena, f"wrong {number}", "203.0.113.9")

    assert try_to_sign_in(Browser(app), lena, PASSWORD, "198.51.100.7").status_code == 303


def test_another_account_at_that_address_still_signs_in(
    app: Flask, client: Browser, make: Make, lena: Somebody
) -> None:
    for number in range(12):
        try_to_sign_in(client, lena, f"wrong {number}", "203.0.113.9")

    assert try_to_sign_in(Browser(app), make.learner(), PASSWORD, "203.0.113.9").status_code == 303


def test_right_passwords_do_not_count(app: Flask, lena: Somebody) -> None:
    for _ in range(12):
        assert try_to_sign_in(Browser(app), lena, PASSWORD, "203.0.113.9").status_code == 303


def test_a_device_that_is_known_keeps_its_own_count(app: Flask, client: Browser, lena: Somebody) -> None:
    """A colleague at the same address who guesses does not lock the person out."""
    known = Browser(app)
    try_to_sign_in(known, lena, PASSWORD, "203.0.113.9")
    known.sign_out()
    for number in range(11):
        try_to_sign_in(client, lena, f"wrong {number}", "203.0.113.9")

    assert try_to_sign_in(client, lena, PASSWORD, "203.0.113.9").status_code == 429
    assert try_to_sign_in(known, lena, PASSWORD, "203.0.113.9").status_code == 303


def test_guessing_from_many_addresses_does_not_lock_out_a_known_device(
    app: Flask, client: Browser, lena: Somebody
) -> None:
    known = Browser(app)
    try_to_sign_in(known, lena, PASSWORD, "203.0.113.9")
    known.sign_out()
    statuses = [
        try_to_sign_in(client, lena, f"wrong {number}", f"198.51.100.{number}").status_code for number in range(101)
    ]

    assert statuses == [422] * 100 + [429]
    assert try_to_sign_in(client, lena, PASSWORD, "192.0.2.1").status_code == 429
    assert try_to_sign_in(known, lena, PASSWORD, "203.0.113.9").status_code == 303


def test_guessing_many_accounts_from_one_address_has_to_wait(client: Browser, make: Make) -> None:
    people = [make.learner() for _ in range(61)]

    statuses = [try_to_sign_in(client, person, "wrong", "203.0.113.9").status_code for person in people]

    assert statuses == [422] * 60 + [429]


def test_a_known_device_that_guesses_has_to_wait_too(app: Flask, lena: Somebody) -> None:
    known = Browser(app)
    known.sign_in(lena)
    known.sign_out()

    statuses = [known.sign_in(lena, f"wrong {number}").status_code for number in range(11)]

    assert statuses == [422] * 10 + [429]


def test_a_device_cookie_for_another_account_or_made_up_helps_nobody(
    app: Flask, client: Browser, lena: Somebody, make: Make
) -> None:
    other = make.learner()
    client.sign_in(other)
    client.sign_out()
    forged = Browser(app)
    forged.set_cookie("entente_device", f'"{lena.email}".c2lnbmF0dXJl')
    for number in range(10):
        try_to_sign_in(forged, lena, f"wrong {number}", "203.0.113.9")

    assert try_to_sign_in(client, lena, PASSWORD, "203.0.113.9").status_code == 429
    assert try_to_sign_in(forged, lena, PASSWORD, "203.0.113.9").status_code == 429


# Error pages


def test_a_page_that_is_not_allowed_says_whom_to_ask(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> None:
    answer = sign_in(lena).get("/people")

    assert answer.status_code == 403
    assert "ask an administrator" in text_of(answer.text)


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/people", 403)])
def test_an_error_in_a_fragment_is_a_fragment(
    sign_in: Callable[[Somebody], Browser], lena: Somebody, path: str, status: int
) -> None:
    answer = sign_in(lena).get(path, headers=HTMX)

    assert answer.status_code == status
    assert "<html" not in answer.text
    assert "<h1>" in answer.text


def test_too_much_is_refused(client: Browser) -> None:
    answer = client.post("/sign-in", data={"csrf_token": client.token(), "email": "x" * 1_000_001})

    assert answer.status_code == 413
    assert "less than 1 megabyte" in text_of(answer.text)


def test_too_many_parts_are_refused(client: Browser) -> None:
    parts = {f"part{number}": (None, "x") for number in range(501)}
    body = {"csrf_token": client.token(), **{name: value[1] for name, value in parts.items()}}

    answer = client.post("/sign-in", data=body, content_type="multipart/form-data")

    assert answer.status_code == 413


def test_a_form_that_is_no_form_is_refused(client: Browser) -> None:
    answer = client.post("/sign-in", data=b"\xff\xfe\x00", content_type="application/octet-stream")

    assert answer.status_code == 400


TOO_LONG = "This form was open for too long"
KEPT = "Nothing was changed. Go back: your browser keeps what you typed."


def test_a_form_without_its_token_was_open_for_too_long(client: Browser) -> None:
    answer = client.post("/sign-in", data={"email": "lena@example.org", "password": PASSWORD})

    assert answer.status_code == 400
    assert f"{TOO_LONG} {KEPT} Send it again." in text_of(answer.text)


@pytest.mark.parametrize("email", ["lena\0@example.org", "\0"])
def test_a_form_with_a_character_that_is_not_kept_says_so(client: Browser, email: str) -> None:
    answer = client.submit("/sign-in", {"email": email, "password": PASSWORD})

    assert answer.status_code == 400
    assert TOO_LONG not in answer.text
    assert KEPT in text_of(answer.text)
    assert "cannot be seen and is not kept (NUL)" in text_of(answer.text)


def test_any_other_bad_request_says_its_own_words(build_app: Callable[..., Flask]) -> None:
    def puzzled() -> str:
        authorize(Action.VISIT)
        return request.form["not there"]

    app = build_app()
    app.add_url_rule("/planted", view_func=puzzled, methods=["POST"])

    answer = Browser(app).submit("/planted")

    assert answer.status_code == 400
    assert TOO_LONG not in answer.text
    assert f"What was sent could not be read {KEPT}" in text_of(answer.text)


# Compression


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_plain_page_and_a_file_are_compressed(client: Browser, encoding: str) -> None:
    for path in ("/sign-in", f"/assets/{asset_tag('bootstrap.css')}/bootstrap.css"):
        answer = client.get(path, headers={"Accept-Encoding": encoding})

        assert answer.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_what_is_compressed_is_the_same_page(client: Browser) -> None:
    path = f"/assets/{asset_tag('app.css')}/app.css"

    packed = client.get(path, headers={"Accept-Encoding": "gzip"}).data

    assert gzip.decompress(packed) == client.get(path).data


def test_a_page_that_prints_what_was_sent_is_not_compressed(client: Browser, lena: Somebody) -> None:
    headers = {"Accept-Encoding": "gzip"}

    echo = client.get("/sign-in?next=/courses", headers=headers)
    refused = client.submit("/sign-in", {"email": "what was typed"}, headers=headers)

    assert "Content-Encoding" not in echo.headers
    assert "Content-Encoding" not in refused.headers


# Invitations


def test_who_is_invited_joins_and_signs_in(client: Browser, make: Make) -> None:
    link = f"/invitations/{make.invitation('Nora Neu', 'nora@example.org')}"
    page = client.get(link).text
    assert 'value="Nora Neu"' in page

    answer = client.submit(link, {"name": "Nora N.", "password": PASSWORD, "again": PASSWORD}, follow_redirects=True)

    assert "Your password is set" in answer.text
    assert client.sign_in(Somebody(new_id(), "Nora", "nora@example.org")).status_code == 303
    assert "Nora N." in client.get("/account").text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "Nora", "password": "short", "again": "short"}, "12 characters or more"),
        ({"name": "Nora", "password": PASSWORD, "again": "other"}, "The two do not match"),
        ({"name": "", "password": PASSWORD, "again": PASSWORD}, "Write your name"),
        ({"name": "Nora", "password": "", "again": ""}, "Choose a password"),
        ({"name": "Nora", "password": "noraneu nora", "again": "noraneu nora"}, "your name or address"),
        ({"name": "Nora", "password": "passwordpassword", "again": "passwordpassword"}, "is easy to guess"),
        ({"name": "N" * 121, "password": PASSWORD, "again": PASSWORD}, "120"),
    ],
)
def test_a_bad_join_form_says_what_to_do_and_leaves_the_link_open(
    client: Browser, make: Make, data: dict[str, str], words: str
) -> None:
    link = f"/invitations/{make.invitation('Nora Neu', 'nora.neu@example.org')}"

    answer = client.submit(link, data)

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert client.get(link).status_code == 200


def test_a_link_that_is_over_says_so(client: Browser, make: Make, clock: Clock) -> None:
    link = f"/invitations/{make.invitation()}"
    clock.turn(timedelta(days=8))

    shown = client.get(link)
    sent = client.submit(link, {"name": "Nora", "password": PASSWORD, "again": PASSWORD})

    assert shown.status_code == sent.status_code == 410
    assert "Ask an administrator" in text_of(shown.text)


def test_a_new_password_link_asks_for_no_name_and_ends_the_sign_ins(
    sign_in: Callable[[Somebody], Browser], client: Browser, make: Make, lena: Somebody
) -> None:
    browser = sign_in(lena)
    page = sign_in(make.admin()).submit(f"/people/{lena.id}/link").text
    found = re.search(r'value="http://localhost(/invitations/[^"]+)"', page)
    assert found is not None
    path = found[1]
    assert choices_of(client.get(path).text, "name") == []

    answer = client.submit(path, {"password": "a brand new phrase", "again": "a brand new phrase"})

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not browser.is_signed_in
    assert client.sign_in(lena).status_code == 422
    assert client.sign_in(lena, "a brand new phrase").status_code == 303
    assert client.get(path).status_code == 410
