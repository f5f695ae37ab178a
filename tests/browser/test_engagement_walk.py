"""One engagement from its plan to its debrief, by its manager, a member of the team and the partner's contact."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.server import ROLES, Server
from tests.browser.walking import (
    ADDRESS,
    CONTACT,
    PARTNER,
    ZONE,
    Walk,
    agree_on_channels,
    agree_on_escalation,
    agree_on_objective,
    agree_on_times,
    be_over,
    begin_charter,
    done,
    fill,
    know_the_partner,
    name_contacts,
    next_day_at_work,
    plan,
    seat_people,
    send,
    share_out_research,
    stands,
)
from tests.company import make_draft
from trainer import engagements
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content
from trainer.models import Team, User

SENTENCE = "The objective in one sentence"
WANTED = "By 30 September both companies coat 9 of 10 lenses right the first time."
NO_OBJECTIVE = "There is no common objective in one sentence."
NO_LANGUAGES = "The languages of meetings, mail and minutes are not all agreed."
INTERNAL = "Prices, before it is clear what for"


def test_an_engagement_is_walked_from_its_plan_to_its_debrief(
    open_page: OpenPage, changing_server: Server, content: Content
) -> None:
    manager, member = (open_page(who, server=changing_server) for who in ("manager", "learner"))
    partner = open_page(server=changing_server, viewport=PHONE)
    walk = Walk(manager, member, partner, changing_server, next_day_at_work())
    prepare(walk, content)
    charter_is_agreed(walk)
    charter_changes(walk)
    both_sides_say_how_it_is(walk)
    report_is_shared(walk, open_page(server=changing_server, accept_downloads=True))
    be_over(walk)
    member_tells(walk)
    team_follows_up(walk)


def prepare(walk: Walk, content: Content) -> None:
    """Step by step, and the readiness page says after each what is left."""
    plan(walk)
    stands(walk, "Not ready", NO_OBJECTIVE, "Chair of the call: nobody has this seat.")
    seat_people(walk)
    stands(walk, "Not ready", f"Nobody at {PARTNER} is in the partner file.", closed="nobody has this seat")
    know_the_partner(walk)
    share_out_research(walk, content)
    stands(walk, "Not ready", "No place and hours are written for our side", closed="is in the partner file")
    agree_on_times(walk)
    stands(walk, "Not ready", "It is not said on which channel the call is held.", closed="No place and hours")
    agree_on_channels(walk)
    stands(walk, "Not ready", "There is no escalation ladder.", closed="which channel the call is held")
    begin_charter(walk)
    name_contacts(walk)
    agree_on_escalation(walk)
    stands(walk, "Not ready", NO_OBJECTIVE, closed="escalation")
    walk.open(walk.manager, "charter")
    agree_on_objective(walk, WANTED)
    stands(walk, "At risk", "The partner’s side has not agreed to the charter.", closed=NO_OBJECTIVE)


def charter_is_agreed(walk: Walk) -> None:
    """By both sides: for the partner by a signed link, read, commented and agreed to on a phone."""
    page = walk.manager
    walk.open(page, "charter")
    page.get_by_role("button", name="Agree for our side").click()
    done(page, "Our side has agreed to version")
    partner = walk.partner
    partner.goto(link_to(walk, "Agree to the charter"))
    expect(partner.get_by_role("main")).to_contain_text(f"For {CONTACT}")
    expect(partner.get_by_role("blockquote")).to_have_text(WANTED)
    expect(partner.get_by_role("main")).not_to_contain_text(INTERNAL)
    own = partner.get_by_role("row").filter(has_text=CONTACT).first
    expect(own.locator(".hours-line").first).to_have_text("09:00 to 18:00 Tokyo")
    fits_a_phone(partner)
    send(partner, "Send", {"What you would change, or would like to ask": "Our works council decides with us."})
    done(partner, "Thank you. The team reads it with your name.")
    partner.get_by_role("button", name="Agree to this version").click()
    done(partner, "Thank you. Your agreement is noted")
    expect(partner.get_by_role("main")).to_contain_text(f"{CONTACT} agreed to this version on")
    fits_a_phone(partner)
    stands(walk, "At risk", NO_LANGUAGES, closed="has not agreed to the charter")


def charter_changes(walk: Walk) -> None:
    """The member writes what the partner asked for, by the keyboard; then both sides agree anew."""
    member = walk.member
    member.goto("/")
    member.get_by_role("main").get_by_role("link", name=PARTNER).first.click()
    expect(member.get_by_role("region", name="Whom you meet")).to_contain_text(f"say “{ADDRESS}”")
    expect(member.get_by_role("region", name="On the day")).to_contain_text("Telephone")
    member.get_by_role("navigation", name="This engagement").get_by_role("link", name="Charter").click()
    expect(member.get_by_role("region", name="What the partner said")).to_contain_text("Our works council decides")
    write_way_of_working(member)
    expect(member.get_by_role("main")).to_contain_text(re.compile(r"agreed was version \d+"))
    stands(walk, "At risk", "it has changed since.")
    page = walk.manager
    walk.open(page, "charter")
    page.get_by_role("button", name="Agree for our side").click()
    done(page, "Our side has agreed to version")
    walk.partner.reload()
    expect(walk.partner.get_by_role("main")).to_contain_text("there is a newer version")
    expect(walk.partner.get_by_role("main")).not_to_contain_text("after the works council in Sendai")
    walk.partner.goto(link_to(walk, "Agree to the charter"))
    expect(walk.partner.get_by_role("main")).to_contain_text("after the works council in Sendai")
    walk.partner.get_by_role("button", name="Agree to this version").press("Enter")
    done(walk.partner, "Thank you. Your agreement is noted")
    stands(walk, "Ready", closed="it has changed since")
    expect(page.locator(".overall")).to_contain_text("nothing that was looked at is missing")


def both_sides_say_how_it_is(walk: Walk) -> None:
    """The health check, by a link and signed in. They lie apart, talk, and the member answers anew."""
    walk.partner.goto(link_to(walk, "Answer the health check"))
    answer_health_check(walk.partner, "4 · Mostly", "Please write before a trial, not after it.")
    done(walk.partner, "Thank you, that is kept.")
    fits_a_phone(walk.partner)
    walk.open(walk.member, "charter")
    trust = walk.member.get_by_role("region", name="Trust")
    trust.get_by_role("link", name="Health check").click()
    answer_health_check(walk.member, "2 · Hardly", "")
    both = walk.member.get_by_role("region", name="Both sides beside one another")
    expect(both).to_contain_text("Please write before a trial, not after it.")
    expect(both.get_by_role("row").filter(has_text="Goodwill").get_by_role("cell")).to_contain_text(
        ["2.0", "4.0", "2.0"]
    )
    stands(walk, "At risk", "two points or more lie between the sides in “Goodwill”")
    walk.member.reload()
    answer_health_check(walk.member, "3 · Partly", "")
    done(walk.member, "Thank you, that is kept.")
    stands(walk, "Ready", closed="two points or more lie between the sides")


def report_is_shared(walk: Walk, reader: Page) -> None:
    """Read by somebody who is not signed in, without the names of the team, and taken along as a PDF."""
    page = walk.manager
    page.goto(walk.address)
    page.get_by_role("link", name="Share the report").click()
    send(page, "Make the link", {"For whom is it?": "Board"})
    reader.goto(page.get_by_label("Link", exact=True).input_value())
    told = reader.get_by_role("main")
    expect(told.locator(".overall")).to_contain_text("Ready")
    expect(told).to_contain_text(WANTED)
    for name in ("Ingrid Solberg", "Lena Hofmann", "Mateo Vidal", CONTACT):
        expect(told).not_to_contain_text(name)
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    reader.goto(walk.address)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Sign in")


def member_tells(walk: Walk) -> None:
    """The debrief: begun from the member's first page, answered in the words of the situations that were needed."""
    member = walk.member
    member.goto("/")
    member.get_by_role("link", name=f"How did it go with {PARTNER}?").click()
    expect(member.get_by_role("heading", level=1)).to_have_text(f"How did it go with {PARTNER}?")
    for asked in member.locator("fieldset").all():
        asked.get_by_label("Most (7 in 10)").check()
    send(member, "Save the debrief", {"What surprised us": "They had tried our coating already."})
    done(member, "Thank you, that is kept.")
    walk.manager.goto(walk.address)
    walk.manager.get_by_role("link", name="How it went").click()
    surprises = walk.manager.get_by_role("region", name="What surprised the team")
    expect(surprises).to_contain_text("They had tried our coating already.")


def team_follows_up(walk: Walk) -> None:
    """Thanks and minutes are done, the promise is kept in the file, and somebody stays in touch on a day."""
    member, today = walk.member, in_zone(datetime.now(UTC), ZONE).date()
    followed(
        walk,
        "What the meeting came to",
        {"In your words": "A trial in spring."},
        "It goes on: nothing was decided yet",
    )
    expect(member.locator(".lead")).to_contain_text("four steps")
    is_done = {"Who does it?": "Lena Hofmann", "Done on": today.isoformat()}
    for step in ("Thank them", "Send the minutes"):
        followed(walk, step, is_done)
    expect(member.locator(".lead")).to_contain_text("two steps")
    promise(member, today + timedelta(days=5))
    followed(walk, "Write down what both sides promised", is_done)
    expect(member.get_by_role("region", name="Promised in this meeting")).to_contain_text("We: Send two sample lenses.")
    next_day = today + timedelta(days=10)
    followed(walk, "Stay in touch", {"Who does it?": "Ingrid Solberg", "On which day?": next_day.isoformat()})
    expect(member.get_by_role("region", name="Stay in touch")).to_contain_text(f"{next_day.day} {next_day:%b}")


def write_way_of_working(page: Page) -> None:
    """With the keyboard alone, from the link to the last field."""
    page.get_by_role("link", name="Write the way of working").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Language of meetings").focus()
    for words in ("English", "English", "English and Japanese"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    for field, country in (("Our country, for holidays", "Norway"), ("The partner’s country, for holidays", "Japan")):
        page.get_by_label(field).focus()
        page.keyboard.type(country)
    page.get_by_label("How a decision is made").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Both leads in writing, after the works council in Sendai.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    done(page, "Way of working: saved.")
    expect(page.get_by_role("region", name="Way of working")).to_contain_text(
        "Our side: Norway. The partner’s side: Japan."
    )


def promise(page: Page, due_on: date) -> None:
    """What we promised in the meeting, in the partner file."""
    page.get_by_role("link", name="Write down a promise").click()
    page.get_by_role("group", name="Whose promise?").get_by_role("radio").first.check()
    said = {
        "What is promised?": "Send two sample lenses.",
        "If we promised: who of us answers for it": "Lena Hofmann",
        "Due on": due_on.isoformat(),
    }
    send(page, "Save", said)
    expect(page.get_by_role("region", name="Promises")).to_contain_text("Send two sample lenses.")


def link_to(walk: Walk, purpose: str) -> str:
    """What the manager sends to the partner's contact."""
    page = walk.manager
    walk.open(page, "charter")
    page.get_by_role("link", name="Ask the partner").click()
    page.get_by_label(purpose).check()
    send(page, "Make the link", {"For whom?": CONTACT})
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Send this link to {CONTACT}")
    return page.get_by_label("Link", exact=True).input_value()


def answer_health_check(page: Page, answer: str, note: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("How do we work together?")
    for question in page.locator("fieldset").all():
        question.get_by_label(answer).check()
    send(page, "Save my answers", {"One thing to stop, keep or start": note})


def followed(walk: Walk, part: str, said: dict[str, str], choice: str = "") -> None:
    """The member fills in a part of what follows; it is opened first where it is closed."""
    page = walk.member
    walk.open(page, "follow-up")
    section = page.get_by_role("region", name=part)
    form = section.get_by_role("button", name="Save")
    if not form.is_visible():
        section.locator("summary").click()
    if choice:
        section.get_by_label(choice).check()
    for label, value in said.items():
        fill(section.get_by_label(label), value)
    form.click()
    done(page, "Saved.")


def fits_a_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_two_who_write_the_same_words_of_a_charter_at_once_see_both_and_lose_none(
    open_page: OpenPage, chartered: str, changing_server: Server
) -> None:
    manager, member = two_at_once(open_page, changing_server, f"{chartered}/objective")
    send(manager, "Save", {SENTENCE: "We ship in five days."})
    done(manager, "Common objective: saved.")
    send(member, "Save", {SENTENCE: "We ship in six days."})

    expect(member.get_by_role("heading", level=1)).to_have_text("Ingrid Solberg changed this while you wrote")
    row = member.get_by_role("row").filter(has_text=SENTENCE)
    expect(row.get_by_role("cell")).to_have_text(["nothing", "We ship in five days.", "We ship in six days."])
    expect(member.get_by_label(SENTENCE)).to_have_value("We ship in six days.")
    manager.goto(chartered)
    expect(manager.get_by_role("region", name="Common objective")).to_contain_text("We ship in five days.")

    send(member, "Save this", {SENTENCE: "We ship in five days, in six at the end of a year."})
    done(member, "Common objective: saved.")
    member.goto(f"{chartered}/versions")
    for words in ("We ship in five days.", "We ship in five days, in six at the end of a year."):
        expect(member.get_by_role("main")).to_contain_text(words)


def test_two_who_write_other_words_of_a_charter_at_once_both_stand(
    open_page: OpenPage, chartered: str, changing_server: Server
) -> None:
    manager, member = two_at_once(open_page, changing_server, f"{chartered}/objective")
    send(manager, "Save", {"What is counted, and where": "Days, at our dock."})
    done(manager, "Common objective: saved.")
    send(member, "Save", {"What our side wants from it": "Fewer calls."})
    done(member, "Common objective: saved.")
    for page in (manager, member):
        page.goto(f"{chartered}/contacts/sales-ours-primary")
    send(manager, "Save", {"Person": "Mateo Vidal"})
    done(manager, "Points of contact: saved.")
    send(member, "Save", {"Reached by": "+47 22 00 00 02"})
    done(member, "Points of contact: saved.")

    manager.goto(chartered)
    for words in ("Days, at our dock.", "Fewer calls.", "Mateo Vidal", "+47 22 00 00 02"):
        expect(manager.get_by_role("main")).to_contain_text(words)


@pytest.fixture
def chartered(changing_server: Server, content: Content) -> str:
    """The address of a charter that was just begun, of an engagement of the manager's and the member's team."""
    at = datetime.now(UTC)
    starts_local = in_zone(at, ZONE).replace(tzinfo=None) + timedelta(days=50)
    with changing_server.writing() as session:
        team = session.scalars(select(Team.id).where(Team.name == "Asia Sales")).one()
        manager = session.scalars(select(User.id).where(User.email == ROLES["manager"].email)).one()
        courses = content.courses.values()
        meeting = next(each for course in courses for each in course.engagement_templates)
        charter = next(each for course in courses for each in course.charter_templates)
        draft = make_draft(title="Talk about tools", partner="Akita Tools", starts_local=starts_local)
        engagement = engagements.plan_engagement(session, team, draft, meeting, at=at)
        engagements.start_charter(session, engagement, charter, by=manager, at=at)
    return f"/engagements/{engagement}/charter"


def two_at_once(open_page: OpenPage, server: Server, address: str) -> list[Page]:
    """The manager and the member, who have both opened the same page."""
    pages = [open_page(who, server=server) for who in ("manager", "learner")]
    for page in pages:
        page.goto(address)
    return pages
