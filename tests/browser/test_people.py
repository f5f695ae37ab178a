"""An administrator invites somebody; a trainer tends to what learners report."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewPerson, OpenPage


def test_an_invitation_works_once_in_the_browser_of_who_was_invited(open_page: OpenPage) -> None:
    admin = open_page("admin")
    admin.goto("/people")
    admin.get_by_role("link", name="Invite someone").click()
    admin.get_by_label("Name").fill("Rosa Lima")
    admin.get_by_label("E-mail address").fill("rosa.lima@halden.example")
    admin.get_by_label("Team", exact=True).select_option(label="Supply")
    admin.get_by_role("button", name="Make the link").click()
    expect(admin.get_by_role("heading", name="Send this link to Rosa Lima")).to_be_visible()
    link = admin.get_by_label("Link").input_value()

    invited = open_page()
    invited.goto(link)
    expect(invited.get_by_text("rosa.lima@halden.example")).to_be_visible()
    expect(invited.get_by_label("Your name")).to_have_value("Rosa Lima")
    invited.get_by_label("New password").fill("seven kettles sing")
    invited.get_by_label("The same again").fill("seven kettles sing")
    invited.get_by_role("button", name="Join").click()
    expect(invited.get_by_role("status")).to_have_text("Your password is set. Sign in with it.")
    invited.get_by_label("E-mail address").fill("rosa.lima@halden.example")
    invited.get_by_label("Password").fill("seven kettles sing")
    invited.get_by_role("button", name="Sign in").click()
    expect(invited.get_by_role("link", name="Rosa Lima")).to_be_visible()

    stranger = open_page()
    answer = stranger.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(stranger.get_by_role("heading", name="This link was used already, or is too old")).to_be_visible()
    admin.goto("/people")
    expect(admin.get_by_role("row").filter(has_text="Rosa Lima")).to_contain_text("Supply")


def test_a_password_that_is_easy_to_guess_is_refused_with_why(open_page: OpenPage, world: dict[str, str]) -> None:
    page = open_page()
    page.goto(f"/invitations/{world['invitation']}")
    page.get_by_label("New password").fill("password1234")
    page.get_by_label("The same again").fill("password1234")
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("it is made of common words or passwords")
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Your name")).to_have_value("Nia New")


def test_a_disabled_account_loses_its_sign_ins_at_once(open_page: OpenPage, newcomer: NewPerson) -> None:
    person = newcomer()
    page = open_page(person)
    page.goto("/courses")
    admin = open_page("admin")
    admin.goto("/people")
    row = admin.get_by_role("row").filter(has_text=person.email)
    row.get_by_label(f"Actions for {person.name}", exact=True).click()
    admin.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Disable").click()
    expect(admin.get_by_role("status")).to_contain_text(f"{person.name} can no longer sign in.")
    page.reload()

    expect(page).to_have_url("/sign-in?next=/courses")


def test_a_trainer_sees_and_closes_what_a_learner_reports(open_page: OpenPage, newcomer: NewPerson) -> None:
    person = newcomer()
    learner = open_page(person)
    learner.goto("/lessons/japan-names")
    fact = learner.locator(".fact").first
    text = fact.locator("p").first.inner_text()
    fact.get_by_role("link", name="Report a problem with this fact").click()
    expect(learner.get_by_role("blockquote")).to_have_text(text)
    problem = f"{person.name} saw it done otherwise."
    learner.get_by_label("What is wrong, and how do you know?").fill(problem)
    learner.get_by_role("button", name="Send to a trainer").click()
    expect(learner.get_by_role("status").first).to_have_text("Thank you. A trainer will check this fact.")

    trainer = open_page("trainer")
    trainer.goto("/")
    trainer.get_by_role("link", name="Content", exact=True).click()
    report = trainer.get_by_role("listitem").filter(has_text=problem)
    expect(report).to_contain_text(text)
    expect(report).to_contain_text(person.name)
    report.get_by_label("What was decided, and why?").fill("The source says so; the lesson stays.")
    report.get_by_role("button", name="Close the report").click()

    expect(trainer.get_by_role("status")).to_have_text("The report is closed.")
    trainer.locator("summary").filter(has_text="closed").click()
    expect(report).to_contain_text(re.compile("closed The source says so; the lesson stays."))
    expect(report.get_by_role("button")).to_have_count(0)
