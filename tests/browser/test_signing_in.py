"""Signing in and out, in the browser."""

from playwright.sync_api import expect

from tests.browser.axe import ask_axe
from tests.browser.conftest import Complaints, NewPerson, OpenPage
from tests.browser.server import PASSWORD, ROLES


def test_somebody_signs_in_and_out(open_page: OpenPage, newcomer: NewPerson) -> None:
    person = newcomer()
    page = open_page()
    page.goto("/")
    expect(page).to_have_url("/sign-in")

    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your next step")).to_be_visible()
    page.get_by_role("link", name=person.name).click()
    page.get_by_role("button", name="Sign out", exact=True).click()

    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    page.goto("/progress")
    expect(page).to_have_url("/sign-in?next=/progress")


def test_a_wrong_password_is_told_in_a_summary_that_has_the_focus(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(ROLES["trainer"].email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("This e-mail address and password do not go together.")
    expect(page).to_have_title("Error: Sign in · Entente")
    expect(page.get_by_label("E-mail address")).to_have_value(ROLES["trainer"].email)
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Password")).to_be_focused()


def test_signing_in_leads_to_the_page_that_was_asked_for(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lessons/japan-greeting")
    page.get_by_label("E-mail address").fill(ROLES["learner"].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url("/lessons/japan-greeting")


def test_who_guesses_passwords_is_told_to_wait(open_page: OpenPage, newcomer: NewPerson) -> None:
    person = newcomer()
    page = open_page()
    page.goto("/sign-in")
    token = page.locator("[name=csrf_token]").first.input_value()
    guess: dict[str, str | float | bool] = {"csrf_token": token, "email": person.email, "password": "a guess"}
    statuses = {page.request.post("/sign-in", form=guess).status for _ in range(10)}
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()

    assert statuses == {422}
    expect(page.get_by_role("alert")).to_contain_text("Too many tries. Wait 15 minutes, then try again.")


def test_a_form_that_is_too_old_says_what_to_do(open_page: OpenPage, complaints: Complaints) -> None:
    complaints.expect("status of 400")
    page = open_page()
    page.goto("/sign-in")
    page.context.clear_cookies()
    page.get_by_label("E-mail address").fill(ROLES["learner"].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="This form was open for too long")).to_be_visible()
    assert ask_axe(page) == []

    page.go_back()

    expect(page.get_by_label("E-mail address")).to_have_value(ROLES["learner"].email)
