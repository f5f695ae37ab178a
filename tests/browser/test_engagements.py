"""The manager: the page of an engagement, and planning one from the country to its page."""

import re
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.world import World

BANDS = re.compile("Ready|Borderline|Not ready|Not enough evidence|Not started")


def test_an_engagement_says_first_who_is_ready_for_the_day(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto("/teams")
    page.get_by_role("link", name="Ateliers Morvan").click()

    expect(page).to_have_url(f"/engagements/{world['mixed']}")
    expect(page.locator(".verdict")).to_have_text(
        re.compile(
            r"^(None|One|Two|Three|All) (of )?four seats (is|are) ready for Ateliers Morvan on \w+day \d+ \w+.*\.$"
        )
    )
    first = page.locator("main > :nth-child(1), main > :nth-child(2), main > :nth-child(3), main > :nth-child(4)")
    expect(first.filter(has_text="seats")).to_have_class("verdict")


def test_an_engagement_shows_each_seat_with_its_people_and_their_band(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto(f"/engagements/{world['unready']}")
    seats = page.get_by_role("region", name="Coverage by seat").locator(".seat")

    expect(seats.get_by_role("heading", level=3)).to_have_text(
        ["Chair of the call", "Support contact", "Writer of the follow-up"]
    )
    expect(seats.nth(1).get_by_role("listitem")).to_have_text([re.compile("Fatima Noor"), re.compile("Lucy Grant")])
    for seat in seats.all():
        expect(seat.locator(".state").first).to_have_text(BANDS)
    expect(seats.filter(has_text="Hanna Lehto").locator(".state").last).to_have_text(re.compile("Not started"))


def test_the_heat_map_is_a_table_of_people_and_competencies(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto(f"/engagements/{world['ready']}")
    table = page.get_by_role("region", name="On the day, seat by seat").get_by_role("table")

    people = table.locator("tbody").get_by_role("rowheader")
    expect(people.filter(has_text="Ingrid Solberg")).to_have_text(["Ingrid Solberg Lead negotiator"])
    columns = table.get_by_role("columnheader").count()
    assert columns > 3
    for row in table.locator("tbody").get_by_role("row").all():
        expect(row.get_by_role("cell")).to_have_count(columns - 1)
    told = table.get_by_role("cell").filter(has_text="answers")
    expect(told).not_to_have_count(0)
    for cell in told.all():
        assert re.match(
            r"^\W+(Ready|Borderline|Not ready|Not enough evidence) *\d+ answers, \d+ days?$",
            cell.inner_text().replace("\n", " "),
        )


def test_who_needs_what_leads_to_the_lesson_or_quiz_that_helps(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto(f"/engagements/{world['unready']}")
    gaps = page.get_by_role("region", name="Who needs what")

    expect(gaps.get_by_text("Hanna Lehto")).to_be_visible()
    expect(gaps.get_by_text("has not started")).to_be_visible()
    help_link = gaps.get_by_role("link").first
    expect(help_link.locator("xpath=..")).to_have_text(re.compile(r"\d+ min"))
    words = help_link.inner_text()
    help_link.click()
    expect(page).to_have_url(re.compile("/(lessons|quizzes)/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_interpreter_advice_gives_its_reason(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto(f"/engagements/{world['unready']}")

    advice = page.get_by_role("region", name="Interpreter")
    expect(advice).to_contain_text(
        re.compile(r"Take an interpreter for .+\. Below \d+ in 10 of the language situations")
    )
    expect(advice.get_by_role("listitem").first).to_contain_text(
        re.compile(r"(expected to be handled|enough evidence)")
    )
    advice.get_by_text("Template: ").click()
    expect(advice.get_by_role("heading", name="Three days before")).to_be_visible()


def test_an_engagement_is_planned_from_the_country_to_its_page(open_page: OpenPage) -> None:
    page = open_page("manager")
    page.goto("/teams")
    page.get_by_role("listitem").filter(has_text="Asia Sales").get_by_role("link", name="Plan an engagement").click()
    page.get_by_label("Country of the partner").select_option(label="Japan")
    page.get_by_role("button", name="Go on").click()
    fill_plan(page, today() + timedelta(days=40), "10:30")
    page.get_by_role("button", name="Plan it").click()

    expect(page.get_by_role("status")).to_have_text("The engagement is planned. Say who takes each seat.")
    seats = page.locator(".seat-edit")
    expect(seats.get_by_role("heading")).to_have_text(
        ["Head of delegation", "Technical expert", "Note-taker", "Host of the evening"]
    )
    seats.nth(0).get_by_label("Ingrid Solberg").check()
    seats.nth(0).get_by_label("Mateo Vidal").check()
    seats.nth(0).get_by_role("button", name="Save people").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.locator(".seat-edit").nth(0).get_by_role("checkbox", checked=True)).to_have_count(2)
    change_seats(page)
    page.get_by_role("link", name="To the readiness page").click()

    expect(page.locator(".verdict")).to_have_text(re.compile(r"four seats (is|are) ready for Nagoya Optics on "))
    shown = page.get_by_role("region", name="Coverage by seat").locator(".seat")
    expect(shown.first).to_contain_text("Mateo Vidal")
    expect(shown.last).to_contain_text("Nobody is assigned.")
    take_away(page)


def fill_plan(page: Page, day: date, time: str) -> None:
    page.get_by_label("First meeting").check()
    page.get_by_label("Partner company").fill("Nagoya Optics")
    page.get_by_label("What is it about?").fill("Lenses for the new bench")
    page.get_by_label("At a place").check()
    page.get_by_label("Place, or address of the call").fill("Nagoya, room 2")
    page.get_by_label("Date there").fill(day.isoformat())
    page.get_by_label("Time there").fill(time)


def change_seats(page: Page) -> None:
    """Add a requirement and a seat, and take both away again."""
    seat = page.locator(".seat-edit").nth(1)
    seat.get_by_text(re.compile("^What the seat needs")).click()
    seat.get_by_label("Add or change a competency").select_option(label="Japanese on a call")
    seat.get_by_role("button", name="Save requirement").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    seat.get_by_text(re.compile("^What the seat needs")).click()
    row = seat.get_by_role("listitem").filter(has_text="Japanese on a call")
    expect(row).to_contain_text("7 in 10, a must")
    row.get_by_role("button", name="Drop").click()
    expect(page.get_by_role("status")).to_have_text("The requirement is dropped.")
    page.get_by_label("Name of the seat").fill("Driver")
    page.get_by_role("button", name="Add the seat").click()
    expect(page.get_by_role("status")).to_contain_text("Seat “Driver” is added.")
    added = page.locator(".seat-edit").last
    added.get_by_text(re.compile("^What the seat needs")).click()
    page.once("dialog", lambda dialog: dialog.accept())
    added.get_by_role("button", name="Remove this seat").click()
    expect(page.get_by_role("status")).to_have_text("The seat is removed.")


def take_away(page: Page) -> None:
    """Not at the first question, but at the second."""
    page.get_by_role("link", name="Change date or partner").click()
    address = page.url
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Take the engagement away").click()
    expect(page).to_have_url(address)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Take the engagement away").click()
    expect(page.get_by_role("status")).to_contain_text("“Lenses for the new bench” is taken away.")
    expect(page.get_by_role("link", name="Nagoya Optics")).to_have_count(0)


def test_a_time_that_the_clocks_skip_is_refused_and_what_was_typed_is_kept(open_page: OpenPage, world: World) -> None:
    page = open_page("manager")
    page.goto(f"/teams/{world['team']}/engagements/new?country=FR")
    day = next_spring_forward()
    fill_plan(page, day, "02:30")
    page.get_by_label("Time zone").select_option("Europe/Paris")
    page.get_by_label("Minutes planned for the agenda").fill("75")
    page.get_by_role("button", name="Plan it").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("The clocks in Europe/Paris skip 02:30 on that day. Choose another time.")
    expect(page.get_by_label("First meeting")).to_be_checked()
    expect(page.get_by_label("Partner company")).to_have_value("Nagoya Optics")
    expect(page.get_by_label("What is it about?")).to_have_value("Lenses for the new bench")
    expect(page.get_by_label("At a place")).to_be_checked()
    expect(page.get_by_label("Place, or address of the call")).to_have_value("Nagoya, room 2")
    expect(page.get_by_label("Country")).to_have_value("FR")
    expect(page.get_by_label("Date there")).to_have_value(day.isoformat())
    expect(page.get_by_label("Time there")).to_have_value(re.compile("^02:30"))
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Paris")
    expect(page.get_by_label("Minutes planned for the agenda")).to_have_value("75")


def today() -> date:
    return datetime.now(UTC).date()


def next_spring_forward() -> date:
    """The last Sunday of the next March."""
    last = date(today().year + (today().month > 2), 3, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def test_a_learner_cannot_open_an_engagement(open_page: OpenPage, world: World) -> None:
    page = open_page("learner")
    answer = page.goto(f"/engagements/{world['ready']}")

    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", name="This page is not for your role")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Readiness")).to_have_count(0)
