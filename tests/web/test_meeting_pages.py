"""Times and agenda of an engagement: what a team writes, finds and takes along; two at once lose nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4, uuid5

import ics
import pytest
import vobject
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser, fields_of, text_of
from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from tests.web.conftest import Bare
from trainer import engagements, links
from trainer.domain.content import Content, TemplateUse
from trainer.domain.documents import Document, DocumentKind
from trainer.links import Purpose
from trainer.workspace import change_document, newest_document

SignIn = Callable[[Somebody], Browser]
KOBE = {
    "country": "JP", "name": "Kobe", "party": "theirs", "subdivision": "", "zone": "Asia/Tokyo",
    "opens": "09:00", "closes": "18:00",
}  # fmt: skip
OSLO = {
    **KOBE,
    "country": "NO",
    "name": "Oslo",
    "party": "ours",
    "zone": "Europe/Oslo",
    "opens": "08:00",
    "closes": "16:00",
}
LONDON = {**KOBE, "country": "GB", "name": "London", "party": "ours", "subdivision": "ENG", "zone": "Europe/London"}
CHANNELS = {
    "primary": "Teams, link in the invitation", "backup": "Telephone", "after_minutes": "5", "caller": "",
    "called": "", "phone": "", "email": "", "notes": "",
}  # fmt: skip
MEANINGLESS = (
    "minutes=0&first=2027-03-01&days=14",
    "minutes=60&first=x&days=14",
    "minutes=60&first=2027-03-01&days=999",
    "minutes=60&first=9999-12-31&days=14",
)


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def engagement(make: Make, team: UUID, lena: Somebody) -> UUID:
    """A call at nine in Tokyo."""
    return make.engagement(team, [[lena]])


@pytest.fixture
def as_lena(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def at(engagement: UUID) -> Callable[[str], str]:
    return lambda path: f"/engagements/{engagement}/meeting{path}"


def add(browser: Browser, path: str, data: dict[str, Any], seen: int = 0) -> str:
    """The id of a new entry."""
    entry = str(uuid4())
    answer = browser.submit(f"{path}/{entry}", {**data, "seen": seen})
    assert answer.status_code == 303, text_of(answer.text)
    return entry


def plan_of(session: Session, engagement: UUID) -> Document:
    session.commit()  # what others have kept since is seen from here on
    return newest_document(session, engagement, DocumentKind.MEETING).document


def chosen(page: str, name: str) -> str:
    """What is chosen in a list of a form."""
    found = re.search(rf'<select[^>]*name="{name}".*?<option selected value="([^"]*)"', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_an_empty_page_says_what_is_missing_and_what_to_do(as_lena: Browser, at: Callable[[str], str]) -> None:
    words = text_of(as_lena.get(at("")).text)

    assert "No place and hours are written for the partner" in words
    assert "It is not said on which channel the call is held." in words
    assert "There is no agenda." in words
    assert "Calendar data: holidays 0." in words


def test_places_show_their_local_time_and_who_is_out_of_hours(as_lena: Browser, at: Callable[[str], str]) -> None:
    add(as_lena, at("/places"), KOBE)
    add(as_lena, at("/places"), OSLO, seen=1)

    words = text_of(as_lena.get(at("")).text)

    assert "09:00 on Thursday 24 December in Kobe; 01:00 on Thursday 24 December in Oslo" in words
    assert "Oslo gets up early: 01:00, 7 h before work begins." in words
    assert "UTC+9" in words


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({**KOBE, "name": ""}, "Write a city or an office."),
        ({**KOBE, "zone": "CST"}, "Not a valid choice"),
        ({**KOBE, "opens": "19:00"}, "In Kobe work ends before it begins. Change the hours."),
        ({**LONDON, "subdivision": ""}, "Not a valid choice"),
        ({**KOBE, "country": "XX"}, "The holidays of XX are not known here."),
    ],
)
def test_a_place_that_would_be_reckoned_wrong_is_refused(
    as_lena: Browser, at: Callable[[str], str], data: dict[str, str], problem: str
) -> None:
    answer = as_lena.submit(at(f"/places/{uuid4()}"), {**data, "seen": 0})

    assert answer.status_code == 422
    assert problem in text_of(answer.text)


def test_two_places_of_one_name_are_refused(as_lena: Browser, at: Callable[[str], str]) -> None:
    add(as_lena, at("/places"), KOBE)

    answer = as_lena.submit(at(f"/places/{uuid4()}"), {**KOBE, "seen": 1})

    assert answer.status_code == 422
    assert "There is a place of this name already." in text_of(answer.text)


def test_a_new_place_begins_with_its_country_and_offers_its_parts_and_zones(
    as_lena: Browser, at: Callable[[str], str]
) -> None:
    asked = as_lena.get(at("/places/new"))
    offered = as_lena.get(at("/places/new?country=GB"))

    assert "In which country is the place?" in text_of(asked.text)
    assert chosen(asked.text, "country") == "JP"
    assert "Northern Ireland" in text_of(offered.text)
    assert chosen(offered.text, "zone") == "Europe/London"


def test_an_agenda_is_timed_in_each_zone_and_what_does_not_fit_is_parked(
    as_lena: Browser, at: Callable[[str], str]
) -> None:
    add(as_lena, at("/places"), KOBE)
    add(as_lena, at("/places"), OSLO, seen=1)
    add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "30", "lead": ""}, seen=2)
    add(as_lena, at("/agenda"), {"title": "Service", "minutes": "40", "lead": ""}, seen=3)

    words = text_of(as_lena.get(at("")).text)

    assert "Prices 09:00 – 09:30 01:00 – 01:30 30 nobody yet" in words
    assert "Parked: it does not fit Service 40 minutes" in words
    assert "“Service” must wait" in words


def test_an_item_moves_up(as_lena: Browser, at: Callable[[str], str], session: Session, engagement: UUID) -> None:
    add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "5", "lead": ""})
    second = add(as_lena, at("/agenda"), {"title": "Service", "minutes": "5", "lead": ""}, seen=1)

    as_lena.submit(at(f"/agenda/{second}/up"), {"seen": 2})
    as_lena.submit(at(f"/agenda/{second}/up"), {"seen": 3})

    assert [item["title"] for item in plan_of(session, engagement)["agenda"]] == ["Service", "Prices"]


def test_an_entry_can_be_changed_and_removed(
    as_lena: Browser, at: Callable[[str], str], session: Session, engagement: UUID
) -> None:
    entry = add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "5", "lead": ""})

    form = fields_of(as_lena.get(at(f"/agenda/{entry}")).text)
    as_lena.submit(at(f"/agenda/{entry}"), {**form, "title": "All prices"})
    changed = plan_of(session, engagement)["agenda"]
    as_lena.submit(at(f"/agenda/{entry}/remove"), {"seen": 2})

    assert [item["title"] for item in changed] == ["All prices"]
    assert plan_of(session, engagement)["agenda"] == []
    assert as_lena.get(at(f"/agenda/{entry}")).status_code == 404


def test_an_interpreter_doubles_the_minutes(as_lena: Browser, at: Callable[[str], str]) -> None:
    add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "15", "lead": ""})
    as_lena.submit(at("/interpreter"), {"mode": "consecutive", "is_booked": "y", "seen": 1})

    words = text_of(as_lena.get(at("")).text)

    assert "09:00 – 09:30 30" in words
    assert "one is booked" in words


def test_channels_name_who_calls_whom_and_how_they_are_reached(
    as_lena: Browser, at: Callable[[str], str], lena: Somebody
) -> None:
    as_lena.submit(at("/channels"), {**CHANNELS, "caller": f"user:{lena.id}", "seen": 0})

    words = text_of(as_lena.get(at("")).text)

    assert "Lena calls nobody yet after 5 minutes." in words
    assert lena.email in words
    assert "Teams, link in the invitation" in words


def test_somebody_of_another_company_cannot_be_named(as_lena: Browser, at: Callable[[str], str], make: Make) -> None:
    stranger = make.learner("Otto")

    answer = as_lena.submit(at("/channels"), {**CHANNELS, "caller": f"user:{stranger.id}", "seen": 0})

    assert answer.status_code == 422


def test_the_check_list_is_taken_over_and_ticked_off(
    as_lena: Browser, at: Callable[[str], str], session: Session, content: Content, engagement: UUID
) -> None:
    usual = content.lines_for(TemplateUse.LINE).values()
    as_lena.submit(at("/usual-checks"), {"seen": 0})
    checks = plan_of(session, engagement)["checks"]

    as_lena.submit(at(f"/checks/{checks[0]['id']}/done"), {"seen": 1})
    words = text_of(as_lena.get(at("")).text)
    as_lena.submit(at(f"/checks/{checks[0]['id']}/done"), {"seen": 2})

    assert [(each["id"], each["what"]) for each in checks] == [(str(uuid5(engagement, each)), each) for each in usual]
    assert f"{next(iter(usual))} tried by Lena" in words
    assert plan_of(session, engagement)["checks"][0]["done_at"] == ""


def test_templates_of_lessons_stand_folded_where_agenda_and_line_are_planned(
    as_lena: Browser, at: Callable[[str], str], content: Content
) -> None:
    page = as_lena.get(at("")).text

    for use in (TemplateUse.AGENDA, TemplateUse.LINE):
        template = content.templates[use]
        assert f"Template: {template.title}" in text_of(page)
        assert f'href="/lessons/{template.lesson_id}"' in page


def test_without_a_template_of_the_line_no_usual_list_is_offered(bare: Bare) -> None:
    team = bare.make.team("Support")
    lena, meeting = bare.make.learner("Lena", team), bare.make.engagement(team)

    page = text_of(bare.browser_of(lena).get(f"/engagements/{meeting}/meeting").text)

    assert "Nothing is on the list." in page
    assert "Take over the usual list" not in page
    assert "Template:" not in page


def test_the_usual_list_of_an_old_page_is_not_said_to_be_taken_over_when_there_is_none(bare: Bare) -> None:
    team = bare.make.team("Support")
    lena, meeting = bare.make.learner("Lena", team), bare.make.engagement(team)
    browser = bare.browser_of(lena)

    browser.submit(f"/engagements/{meeting}/meeting/usual-checks", {"seen": 0})

    page = text_of(browser.get(f"/engagements/{meeting}/meeting").text)
    assert "There is no usual list any more" in page
    assert "is taken over" not in page
    assert plan_of(bare.make.session, meeting) == {}


def test_a_time_with_an_ambiguous_zone_is_flagged(as_lena: Browser, at: Callable[[str], str]) -> None:
    as_lena.submit(at("/channels"), {**CHANNELS, "notes": "We dial in at 10:00 CST.", "seen": 0})

    assert "A time is written with “CST”." in text_of(as_lena.get(at("")).text)


def test_two_people_at_once_lose_nothing(
    as_lena: Browser,
    sign_in: SignIn,
    make: Make,
    team: UUID,
    at: Callable[[str], str],
    session: Session,
    engagement: UUID,
) -> None:
    as_mara = sign_in(make.manager(team, "Mara"))
    for browser, name in ((as_lena, "Prices"), (as_mara, "Service")):
        add(browser, at("/agenda"), {"title": name, "minutes": "10", "lead": ""})
    as_mara.submit(at("/channels"), {**CHANNELS, "seen": 0})

    assert {item["title"] for item in plan_of(session, engagement)["agenda"]} == {"Prices", "Service"}
    assert plan_of(session, engagement)["channels"]["backup"] == "Telephone"


def test_two_people_who_change_the_same_are_shown_both_texts_and_choose(
    as_lena: Browser,
    sign_in: SignIn,
    make: Make,
    team: UUID,
    at: Callable[[str], str],
    session: Session,
    engagement: UUID,
) -> None:
    as_mara = sign_in(make.manager(team, "Mara"))
    as_mara.submit(at("/channels"), {**CHANNELS, "backup": "Zoom", "seen": 0})

    answer = as_lena.submit(at("/channels"), {**CHANNELS, "backup": "<b>Telephone</b>", "seen": 0})
    words = text_of(answer.text)
    kept = plan_of(session, engagement)["channels"]["backup"]
    resent = {name: unescape(value) for name, value in fields_of(answer.text).items()}
    again = as_lena.submit(at("/channels"), resent)

    assert answer.status_code == 409
    assert "Mara changed this while you wrote" in words
    assert "Second channel nothing Zoom <b>Telephone</b>" in words
    assert kept == "Zoom"
    assert again.status_code == 303
    assert plan_of(session, engagement)["channels"]["backup"] == "<b>Telephone</b>"


@pytest.mark.parametrize("seen", ["-1", "x", "99999999999999999999", "7", ""])
def test_a_version_that_there_never_was_keeps_nothing_or_counts_as_the_first(
    as_lena: Browser, at: Callable[[str], str], seen: str
) -> None:
    assert as_lena.submit(at("/channels"), {**CHANNELS, "seen": seen}).status_code == 303


def test_windows_turns_and_traps_are_found(as_lena: Browser, at: Callable[[str], str]) -> None:
    few = as_lena.get(at("/times"))
    add(as_lena, at("/places"), LONDON)
    add(
        as_lena,
        at("/places"),
        {**KOBE, "name": "New York", "country": "US", "subdivision": "NY", "zone": "America/New_York"},
        seen=1,
    )
    add(as_lena, at("/places"), KOBE, seen=2)

    found = as_lena.get(at("/times?minutes=60&first=2027-03-01&days=14&times=8"))
    words = text_of(found.text)

    assert "Add 2 to 5 places first; there are none." in text_of(few.text)
    assert found.status_code == 200
    assert "Never in these days." in words
    assert "Taking turns" in words
    assert "New York:" in words


@pytest.mark.parametrize("query", MEANINGLESS)
def test_a_search_that_makes_no_sense_is_told_so(as_lena: Browser, at: Callable[[str], str], query: str) -> None:
    add(as_lena, at("/places"), LONDON)
    add(as_lena, at("/places"), KOBE, seen=1)

    answer = as_lena.get(at(f"/times?{query}"))

    assert "There is a problem" in answer.text


def test_a_journey_is_held_against_the_rule_of_thumb(
    as_lena: Browser, make: Make, session: Session, engagement: UUID, at: Callable[[str], str], lena: Somebody
) -> None:
    add(as_lena, at("/places"), KOBE)
    journey = {"who": f"user:{lena.id}", "from_zone": "America/New_York", "day": "2026-09-23", "time": "18:00"}
    entry = add(as_lena, at("/travel"), {**journey, "is_night_flight": "y"}, seen=1)

    page = as_lena.get(at(f"/travel/{entry}")).text
    form = fields_of(page)

    assert (form["day"], form["time"], chosen(page, "from_zone")) == ("2026-09-23", "18:00", "America/New_York")


@pytest.mark.parametrize(
    ("path", "tab", "current"),
    [
        ("meeting", "Times and agenda", "page"),
        ("meeting/times", "Times and agenda", "true"),
        ("meeting/channels", "Times and agenda", "true"),
        ("charter/working", "Charter", "true"),
        ("health-check", "Charter", "true"),
        ("follow-up", "Afterwards", "page"),
    ],
)
def test_each_page_of_an_engagement_shows_under_which_tab_it_stands(
    as_lena: Browser, engagement: UUID, path: str, tab: str, current: str
) -> None:
    page = as_lena.get(f"/engagements/{engagement}/{path}").text

    assert re.findall(r'aria-current="(page|true)">([^<]+)</a></li>', page) == [(current, tab)]


def test_the_clock_of_the_meetings_place_comes_first(as_lena: Browser, at: Callable[[str], str]) -> None:
    add(as_lena, at("/places"), OSLO)
    add(as_lena, at("/places"), KOBE, seen=1)

    words = text_of(as_lena.get(at("")).text)

    assert words.index("in Kobe;") < words.index("in Oslo.")


def test_an_engagement_is_taken_into_a_calendar(as_lena: Browser, engagement: UUID, at: Callable[[str], str]) -> None:
    add(as_lena, at("/places"), KOBE)
    add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "30", "lead": ""}, seen=1)
    as_lena.submit(at("/channels"), {**CHANNELS, "seen": 2})

    answer = as_lena.get(f"/engagements/{engagement}/calendar.ics")
    event = vobject.readOne(answer.text).vevent

    assert answer.content_type.startswith("text/calendar")
    assert event.dtstart.value == NOW + timedelta(days=21) - timedelta(hours=9)
    assert "09:00–09:30 Prices" in event.description.value
    assert "If it breaks: Telephone" in event.description.value


def test_each_change_makes_a_newer_sequence_under_the_same_id(
    as_lena: Browser, engagement: UUID, at: Callable[[str], str], clock: Clock
) -> None:
    def read() -> Any:
        return vobject.readOne(as_lena.get(f"/engagements/{engagement}/calendar.ics").text).vevent

    before = read()
    clock.turn(timedelta(minutes=2))
    add(as_lena, at("/places"), KOBE)
    after = read()

    assert before.uid.value == after.uid.value
    assert int(before.sequence.value) < int(after.sequence.value)


def test_a_feed_holds_what_one_is_seated_in_and_what_one_manages(
    app: Flask, as_lena: Browser, sign_in: SignIn, make: Make, team: UUID, engagement: UUID
) -> None:
    make.engagement(make.team("Others"))
    other = make.engagement(team, in_days=30)
    addresses = [_make_feed(browser) for browser in (as_lena, sign_in(make.manager(team, "Mara")))]

    events = [ics.Calendar(Browser(app).get(address).text).events for address in addresses]
    uids = [{each.uid for each in found if each.uid.startswith("engagement-")} for found in events]

    assert uids[0] == {f"engagement-{engagement}@entente"}
    assert uids[1] == {f"engagement-{engagement}@entente", f"engagement-{other}@entente"}
    assert {each.name for each in events[0]} == {
        "Kobe Seiki: " + next(each.name for each in events[0] if each.uid.startswith("engagement")).split(": ")[1],
        "Try the connection: Kobe Seiki",
        "Thank them: Kobe Seiki",
        "Send the minutes: Kobe Seiki",
    }


def test_a_feed_follows_the_charter_and_what_was_done_after_the_meeting(
    app: Flask, as_lena: Browser, lena: Somebody, engagement: UUID, session: Session, make: Make
) -> None:
    def keep(kind: DocumentKind, document: Document) -> None:
        change_document(session, engagement, kind, lambda _: document, seen=0, by=lena.id, at=NOW)
        session.commit()

    address = _make_feed(as_lena)
    keep(DocumentKind.CHARTER, {"working": {"minutes_within": 72}})
    keep(
        DocumentKind.FOLLOW_UP,
        {
            "outcome": {"result": "open"},
            "thanks": {"done_on": "2026-12-24"},
            "minutes": {"owner": f"user:{lena.id}", "note": "In both languages"},
        },
    )

    days = {each.name: each for each in ics.Calendar(Browser(app).get(address).text).events}

    ends = NOW + timedelta(days=21)
    assert "Thank them: Kobe Seiki" not in days
    assert (days["Send the minutes: Kobe Seiki"].begin.date() - ends.date()).days in (3, 4)
    assert "Who: Lena" in days["Send the minutes: Kobe Seiki"].description
    assert "In both languages" in days["Send the minutes: Kobe Seiki"].description
    assert "Stay in touch: Kobe Seiki" in days


def test_an_engagement_that_is_taken_away_is_cancelled_in_the_feed_and_in_its_file(
    app: Flask, sign_in: SignIn, make: Make, team: UUID, engagement: UUID, session: Session, clock: Clock
) -> None:
    as_mara = sign_in(make.manager(team, "Mara"))
    address = _make_feed(as_mara)
    clock.turn(timedelta(minutes=1))
    engagements.cancel_engagement(session, engagement, at=clock.at)
    session.commit()

    (event,) = vobject.readOne(Browser(app).get(address).text).vevent_list
    file = vobject.readOne(as_mara.get(f"/engagements/{engagement}/calendar.ics").text).vevent

    assert (event.status.value, file.status.value) == ("CANCELLED", "CANCELLED")


def test_a_feed_is_shown_once_and_ends_when_its_owner_says_so(
    app: Flask, as_lena: Browser, lena: Somebody, session: Session
) -> None:
    address = _make_feed(as_lena)
    (link,) = links.feeds_of(session, lena.id)
    before = Browser(app).get(address).status_code
    shown_again = address in as_lena.get("/account").text

    as_lena.submit(f"/account/feeds/{link.id}/end")

    assert (before, Browser(app).get(address).status_code) == (200, 404)
    assert not shown_again


def test_nobody_ends_the_feed_of_another(
    app: Flask, as_lena: Browser, sign_in: SignIn, make: Make, lena: Somebody, session: Session
) -> None:
    address = _make_feed(as_lena)
    (link,) = links.feeds_of(session, lena.id)

    sign_in(make.learner("Otto")).submit(f"/account/feeds/{link.id}/end")

    assert Browser(app).get(address).status_code == 200


def test_a_link_for_something_else_and_a_guess_are_no_feed(
    app: Flask, make: Make, lena: Somebody, session: Session
) -> None:
    token = links.make_link(session, Purpose.REPORT, user_id=lena.id, by=lena.id, at=NOW)
    session.commit()

    assert Browser(app).get(f"/feeds/{token}.ics").status_code == 404
    assert Browser(app).get("/feeds/guess.ics").status_code == 404


def test_no_more_than_ten_addresses(as_lena: Browser) -> None:
    for _ in range(10):
        _make_feed(as_lena)

    assert as_lena.submit("/account/feeds").status_code == 303


def test_what_stands_in_a_document_does_not_break_the_page(
    as_lena: Browser, lena: Somebody, session: Session, engagement: UUID, at: Callable[[str], str]
) -> None:
    odd = {
        "places": [{"id": str(uuid4()), "name": "Chicago", "country": "US", "zone": "CST"}],
        "agenda": [{"id": str(uuid4())}],
        "checks": [{"id": str(uuid4()), "done_at": "x", "owner": "person:gone"}],
        "channels": {"caller": "user:gone", "after_minutes": "x"},
    }
    change_document(session, engagement, DocumentKind.MEETING, lambda _: odd, seen=0, by=lena.id, at=NOW)
    session.commit()

    answer = as_lena.get(at(""))

    assert answer.status_code == 200
    assert "CST has several meanings" in text_of(answer.text)


def _make_feed(browser: Browser) -> str:
    """The path of a new address."""
    answer = browser.submit("/account/feeds")
    assert answer.status_code == 200
    return urlsplit(
        fields_of(answer.text)["address"] if "address" in fields_of(answer.text) else _value(answer.text)
    ).path


def _value(page: str) -> str:
    found = re.search(r'id="address"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_what_was_never_added_cannot_be_removed_when_it_comes_back_with_errors(
    as_lena: Browser, at: Callable[[str], str]
) -> None:
    wrong = {"title": "", "minutes": "0", "lead": ""}
    kept = add(as_lena, at("/agenda"), {"title": "Prices", "minutes": "5", "lead": ""})

    new = as_lena.submit(at(f"/agenda/{uuid4()}"), {**wrong, "seen": "1"})
    changed = as_lena.submit(at(f"/agenda/{kept}"), {**wrong, "seen": "1"})

    assert (new.status_code, changed.status_code) == (422, 422)
    assert "Add an item" in text_of(new.text)
    assert "Remove it" not in text_of(new.text)
    assert "Remove it" in text_of(changed.text)
