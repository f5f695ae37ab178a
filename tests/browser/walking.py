"""An engagement on its way: what its manager, a member of the team and the partner's contact do, each in a browser."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update

from tests.browser.server import ROLES, Server
from trainer import partners, reporting
from trainer.domain.calendar import Fit, Place, attend, in_zone, moment
from trainer.domain.content import Content, TemplateUse
from trainer.domain.parties import Party
from trainer.domain.partners import ResearchDraft
from trainer.models import Engagement, User

PARTNER, TITLE = "Sendai Optics", "Coatings for the new line"
HOUR, MINUTES, ZONE = 16, 45, "Asia/Tokyo"
REASONS = "What is missing, what matters most first"
CONTACT, ADDRESS = "Aoki Haruka", "Aoki-kachō"


@dataclass
class Walk:
    """The browsers of the manager, of a member and, without a sign-in and on a phone, of the partner's contact."""

    manager: Page
    member: Page
    partner: Page
    server: Server
    day: date
    address: str = ""

    @cached_property
    def id(self) -> UUID:
        return UUID(self.address.rsplit("/", 1)[-1])

    def open(self, page: Page, name: str) -> None:
        """One of the pages of the engagement, anew: what it said of the last save is gone."""
        page.goto(f"{self.address}/{name}")


def next_day_at_work() -> date:
    """A day of three weeks from now or later on which both sides are at work at the hour of the call."""
    places = Place("Oslo", Party.OURS, "NO", "Europe/Oslo"), Place("Sendai", Party.THEIRS, "JP", ZONE)
    ahead = (in_zone(datetime.now(UTC), ZONE).date() + timedelta(days=20 + more) for more in range(60))
    return next(
        day for day in ahead if all(attend(each, _starts_on(day), MINUTES).fit is not Fit.OFF for each in places)
    )


def _starts_on(day: date) -> datetime:
    return moment(datetime(day.year, day.month, day.day, HOUR), ZONE)  # noqa: DTZ001 - local to the zone


def plan(walk: Walk) -> None:
    page = walk.manager
    page.goto("/teams")
    page.get_by_role("listitem").filter(has_text="Asia Sales").get_by_role("link", name="Plan an engagement").click()
    page.get_by_label("Country of the partner").select_option(label="Japan")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Working call").check()
    said = {
        "Partner company": PARTNER,
        "What is it about?": TITLE,
        "Date there": walk.day.isoformat(),
        "Time there": f"{HOUR}:00",
        "Time zone": ZONE,
        "Minutes planned for the agenda": str(MINUTES),
    }
    send(page, "Plan it", said)
    done(page, "The engagement is planned. Say who takes each seat.")
    walk.address = page.url.removesuffix("/seats")


def seat_people(walk: Walk) -> None:
    """Everybody of the team is in question for each seat."""
    page = walk.manager
    for title in ("Chair of the call", "Support contact", "Writer of the follow-up"):
        walk.open(page, "seats")
        seat = page.get_by_role("region", name=title)
        for box in seat.get_by_role("group", name="Who takes this seat").get_by_role("checkbox").all():
            box.check()
        seat.get_by_role("button", name="Save people").click()
        done(page, "Saved.")


def know_the_partner(walk: Walk) -> None:
    """The company, one of its people with how to address them, and what the member finds out."""
    page = walk.manager
    until = (walk.day + timedelta(days=365)).isoformat()
    page.goto(walk.address)
    page.get_by_role("navigation", name="This engagement").get_by_role("link", name="Partner").click()
    page.get_by_role("link", name="Change what is told of the company").click()
    page.get_by_role("group", name="state-owned").get_by_label("No", exact=True).check()
    send(page, "Save", {"Legal name": "Sendai Optics K.K."})
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Family name first").check()
    person = {
        "Name in Latin letters": CONTACT,
        "Name in their own script": "青木 遥",
        "How to address them": ADDRESS,
        "Role": "Head of coating",
        "What we keep this for": "Contact for coatings",
        "Keep until": until,
    }
    send(page, "Save", person)
    expect(page.get_by_role("main")).to_contain_text(f"Say “{ADDRESS}”.")
    page.get_by_role("link", name="Add something to find out").click()
    asked = {"What is to be found out?": "Who signs for trials?", "Who finds it out": "Lena Hofmann", "Until": until}
    send(page, "Save", asked)
    research = page.get_by_role("region", name="Research").get_by_role("listitem")
    expect(research.filter(has_text="Who signs for trials?")).to_contain_text("Lena Hofmann")


def share_out_research(walk: Walk, content: Content) -> None:
    """What nobody has taken on yet of the list that everybody has is the member's."""
    with walk.server.writing() as session:
        member = session.scalars(select(User.id).where(User.email == ROLES["learner"].email)).one()
        partner = session.scalars(select(Engagement.partner_id).where(Engagement.id == walk.id)).one()
        for item in reporting.research_of(session, partner, content.lines_for(TemplateUse.RESEARCH)):
            if item.owner_id is None:
                draft = ResearchDraft(item.words, member, walk.day)
                partners.keep_entry(session, partner, item.id, draft, seen=item.version, at=datetime.now(UTC))


def agree_on_times(walk: Walk) -> None:
    page = walk.manager
    for country, place, party in (("Japan", "Sendai", "The partner’s"), ("Norway", "Oslo", "Ours")):
        walk.open(page, "meeting")
        page.get_by_role("link", name="Add a place").click()
        page.get_by_label("Country").select_option(label=country)
        page.get_by_role("button", name="Next").click()
        page.get_by_label(party, exact=True).check()
        send(page, "Save", {"Name of the place": place, "Work begins": "08:00", "Work ends": "18:00"})
        done(page, "Saved.")
    for title in ("Who is who", "The first trial"):
        page.get_by_role("link", name="Add an item").click()
        item = {"What is talked about": title, "Minutes, in one language": "15", "Who leads it": "Ingrid Solberg"}
        send(page, "Save", item)
        done(page, "Saved.")


def agree_on_channels(walk: Walk) -> None:
    """With a second one for when the first breaks; and all of it is tried."""
    page = walk.manager
    walk.open(page, "meeting")
    page.get_by_role("link", name="Change channels").click()
    channels = {
        "Channel and its address": "Teams, link in the invitation",
        "If it breaks: second channel": "Telephone",
        "Who of us calls": "Ingrid Solberg",
        "Whom of the partner": CONTACT,
        "After how many minutes": "5",
    }
    send(page, "Save", channels)
    page.get_by_role("button", name="Take over the usual list").click()
    done(page, "The usual list is taken over.")
    tried = page.get_by_role("button", name=re.compile("^Tried"))
    for left in range(tried.count(), 0, -1):
        expect(tried).to_have_count(left)
        tried.first.click()
    expect(tried).to_have_count(0)


def begin_charter(walk: Walk) -> None:
    page = walk.manager
    walk.open(page, "charter")
    page.get_by_label("First contact call").check()
    page.get_by_role("button", name="Begin the charter").click()
    done(page, "The charter is begun.")


def name_contacts(walk: Walk) -> None:
    """Whoever answers on each side, and a deputy, with their hours."""
    page = walk.manager
    ours = {
        "Time zone": "Europe/Oslo",
        "At work from": "08:00",
        "At work until": "16:30",
        "Reached by": "+47 22 00 00 01",
    }
    theirs = {"Time zone": ZONE, "At work from": "09:00", "At work until": "18:00", "Reached by": "+81 22 000 0001"}
    contacts = {
        "Our side contact": {"Person": "Mateo Vidal", **ours},
        "Our side deputy": {"Person": "Grace Adeyemi", **ours},
        "The partner’s side contact": {"Person": CONTACT, **theirs},
        "The partner’s side deputy": {"Role": "Office of the coating line", **theirs},
    }
    for place, said in contacts.items():
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=place))
        row.get_by_role("link", name="Change").click()
        send(page, "Save", said)
        done(page, "Points of contact: saved.")


def agree_on_escalation(walk: Walk) -> None:
    """The level that the template lacks."""
    page = walk.manager
    page.get_by_role("link", name="Add a level").click()
    level = {
        "Level": "2",
        "Hours without an answer": "40",
        "Or their role on our side": "Head of sales",
        "Or their role on the partner’s side": "Head of the works",
        "By which channel": "Call",
        "Reached within hours": "48",
        "Who tells the counterpart first": "The Sales contact who could not solve it",
    }
    send(page, "Save", level)
    done(page, "Escalation: saved.")


def agree_on_objective(walk: Walk, sentence: str) -> None:
    page = walk.manager
    page.get_by_role("link", name="Write the objective").click()
    said = {
        "The objective in one sentence": sentence,
        "What is counted, and where": "Lenses without a fault, at the end of their line",
        "By which day": (walk.day + timedelta(days=200)).isoformat(),
        "What our side wants from it": "Fewer returns",
        "What the partner’s side wants from it": "A second line",
        "Agreed on our side by": "Ingrid Solberg",
        "Agreed on the partner’s side by": CONTACT,
        "Agreed on": in_zone(datetime.now(UTC), ZONE).date().isoformat(),
    }
    send(page, "Save", said)
    done(page, "Common objective: saved.")


def be_over(walk: Walk) -> None:
    """The meeting was two hours ago: it is moved there, as no test waits three weeks."""
    at = datetime.now(UTC)
    starts_at = at.replace(second=0, microsecond=0) - timedelta(hours=2)
    local = in_zone(starts_at, ZONE).replace(tzinfo=None)
    with walk.server.writing() as session:
        moved = update(Engagement).where(Engagement.id == walk.id)
        session.execute(moved.values(starts_at=starts_at, starts_local=local, updated_at=at))


def stands(walk: Walk, state: str, *missing: str, closed: str = "") -> None:
    """What the readiness page says all in all, and what it names as missing, and what no longer."""
    page = walk.manager
    page.goto(walk.address)
    expect(page.locator(".overall .state")).to_contain_text(state)
    told = page.get_by_role("region", name=REASONS)
    for words in missing:
        expect(told).to_contain_text(words)
    if closed:
        expect(told).not_to_contain_text(closed)


def send(page: Page, button: str, said: dict[str, str]) -> None:
    """Fill in the fields of these labels, and press the button."""
    for label, value in said.items():
        fill(page.get_by_label(label, exact=True), value)
    page.get_by_role("button", name=button, exact=True).click()


def fill(field: Locator, value: str) -> None:
    if field.evaluate("field => field.localName") == "select":
        field.select_option(label=value)
    else:
        field.fill(value)


def done(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)
