"""After the meeting: the team fills in one plan, and what two write at once is not lost."""

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.browsing import Browser, fields_of, text_of
from tests.builders import NOW
from tests.company import Make, Somebody
from trainer.domain.content import Content, TemplateUse
from trainer.domain.documents import DocumentKind
from trainer.models import Membership
from trainer.workspace import change_document, newest_document

SignIn = Callable[[Somebody], Browser]


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team()


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def as_lena(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


def test_before_the_meeting_the_page_says_what_will_follow(as_lena: Browser, make: Make, team: UUID) -> None:
    page = text_of(as_lena.get(f"/engagements/{make.engagement(team)}/follow-up").text)

    assert "The meeting is not over" in page
    assert "Stay in touch" in page


def test_the_template_of_its_lesson_stands_with_what_follows(
    as_lena: Browser, make: Make, content: Content, team: UUID
) -> None:
    page = as_lena.get(f"/engagements/{make.engagement(team)}/follow-up").text

    template = content.templates[TemplateUse.FOLLOW_UP]
    assert f"Template: {template.title}" in text_of(page)
    assert f'href="/lessons/{template.lesson_id}"' in page


def test_thanks_that_nobody_sent_within_a_day_are_late(as_lena: Browser, make: Make, team: UUID) -> None:
    page = text_of(as_lena.get(f"/engagements/{make.past_engagement(team)}/follow-up").text)

    assert "Thank them ▽ Was due on" in page
    assert "Still to do: say what it came to and four steps, three of them late." in page


def test_the_next_contact_is_due_on_a_day_and_at_no_hour(as_lena: Browser, make: Make, team: UUID) -> None:
    path = f"/engagements/{make.past_engagement(team, days_ago=0)}/follow-up"
    as_lena.submit(
        f"{path}/next_contact", {"next_contact-seen": "0", "next_contact-owner": "", "next_contact-on": "2026-12-15"}
    )

    page = text_of(as_lena.get(path).text)

    assert re.search(r"Thank them ○ By \d+ Dec, \d\d:\d\d", page)
    assert re.search(r"Stay in touch ○ By 15 Dec (?!,)", page)


def test_minutes_are_due_when_the_charter_says(
    as_lena: Browser, make: Make, session: Session, team: UUID, lena: Somebody
) -> None:
    engagement = make.past_engagement(team)
    path = f"/engagements/{engagement}/follow-up"
    before = text_of(as_lena.get(path).text)

    change_document(
        session,
        engagement,
        DocumentKind.CHARTER,
        lambda _: {"working": {"minutes_within": 480}},
        seen=0,
        by=lena.id,
        at=NOW,
    )
    session.commit()

    assert "Send the minutes ▽ Was due on" in before
    assert "Send the minutes ▽ Was due on" not in text_of(as_lena.get(path).text)


def test_who_left_the_team_stays_the_owner_of_a_step_that_is_changed(
    as_lena: Browser, session: Session, make: Make, team: UUID
) -> None:
    otto = make.learner("Otto", team)
    engagement = make.past_engagement(team)
    path, owner = f"/engagements/{engagement}/follow-up", f"user:{otto.id}"
    as_lena.submit(f"{path}/thanks", {"thanks-seen": "0", "thanks-owner": owner})
    session.execute(delete(Membership).where(Membership.user_id == otto.id))
    session.commit()

    page = as_lena.get(path).text
    answer = as_lena.submit(f"{path}/thanks", {"thanks-seen": "1", "thanks-owner": owner, "thanks-note": "Card"})

    assert "Otto (no longer in the team)" in text_of(page)
    assert answer.status_code == 303
    kept = newest_document(session, engagement, DocumentKind.FOLLOW_UP).document["thanks"]
    assert (kept["owner"], kept["note"]) == (owner, "Card")


def test_a_step_that_is_done_says_when(as_lena: Browser, make: Make, team: UUID, lena: Somebody) -> None:
    path = f"/engagements/{make.past_engagement(team)}/follow-up"
    as_lena.submit(
        f"{path}/thanks",
        {"thanks-seen": "0", "thanks-owner": f"user:{lena.id}", "thanks-done_on": "2026-12-01", "thanks-note": "Card"},
    )

    page = as_lena.get(path).text

    assert "Thank them ▲ Done on 1 Dec" in text_of(page)
    assert 'value="2026-12-01"' in page


def test_after_no_deal_the_next_contact_is_proposed_all_the_same(as_lena: Browser, make: Make, team: UUID) -> None:
    path = f"/engagements/{make.past_engagement(team)}/follow-up"
    as_lena.submit(f"{path}/outcome", {"outcome-seen": "0", "outcome-result": "no_deal", "outcome-note": "Too dear."})

    page = text_of(as_lena.get(path).text)

    assert "No deal this time" in page
    assert "Stay in touch ○ By 29 Jan 2027" in page


def test_phrases_of_the_partners_language_are_at_hand(as_lena: Browser, make: Make, team: UUID) -> None:
    page = as_lena.get(f"/engagements/{make.past_engagement(team)}/follow-up").text

    assert page.count('lang="ja"') >= 6


def test_what_two_write_at_once_is_shown_to_the_second_and_nothing_is_lost(
    as_lena: Browser, make: Make, team: UUID, sign_in: SignIn, session: Session
) -> None:
    engagement = make.past_engagement(team)
    path, second = f"/engagements/{engagement}/follow-up/outcome", sign_in(make.learner("Omar", team))
    mine = {"outcome-seen": "0", "outcome-result": "open", "outcome-note": "They want a sample."}
    as_lena.submit(path, {"outcome-seen": "0", "outcome-result": "agreement", "outcome-note": "Signed."})

    answer = second.submit(path, mine)

    assert answer.status_code == 409
    page = text_of(answer.text)
    assert "Lena changed this while you wrote" in page
    assert "Signed." in page
    assert "They want a sample." in answer.text
    assert second.submit(path, {**mine, "outcome-seen": "1"}).status_code == 303
    kept = newest_document(session, engagement, DocumentKind.FOLLOW_UP)
    assert (kept.version, kept.document["outcome"]["note"]) == (2, "They want a sample.")


def test_different_parts_that_two_write_at_once_are_both_kept(
    as_lena: Browser, make: Make, team: UUID, sign_in: SignIn, session: Session
) -> None:
    engagement = make.past_engagement(team)
    path, second = f"/engagements/{engagement}/follow-up", sign_in(make.learner("Omar", team))
    as_lena.submit(f"{path}/outcome", {"outcome-seen": "0", "outcome-result": "open", "outcome-note": ""})

    second.submit(f"{path}/thanks", {"thanks-seen": "0", "thanks-owner": "", "thanks-note": "A card."})

    kept = newest_document(session, engagement, DocumentKind.FOLLOW_UP).document
    assert kept["outcome"]["result"] == "open"
    assert kept["thanks"]["note"] == "A card."


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "７"])
def test_a_version_that_is_no_number_is_taken_as_the_first(as_lena: Browser, make: Make, team: UUID, seen: str) -> None:
    answer = as_lena.submit(
        f"/engagements/{make.past_engagement(team)}/follow-up/thanks",
        {"thanks-seen": seen, "thanks-owner": "", "thanks-note": "A card."},
    )

    assert answer.status_code == 303


def test_what_came_of_it_must_be_chosen(as_lena: Browser, make: Make, team: UUID) -> None:
    answer = as_lena.submit(
        f"/engagements/{make.past_engagement(team)}/follow-up/outcome", {"outcome-seen": "0", "outcome-note": "Fine."}
    )

    assert answer.status_code == 422
    assert "Choose what it came to." in text_of(answer.text)
    assert "Fine." in answer.text


def test_no_such_part_is_not_found(as_lena: Browser, make: Make, team: UUID) -> None:
    answer = as_lena.submit(f"/engagements/{make.past_engagement(team)}/follow-up/gifts", {"gifts-seen": "0"})

    assert answer.status_code == 404


def test_promises_of_the_meeting_stand_with_it_and_flow_into_the_partner_file(
    as_lena: Browser, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.past_engagement(team)
    path, partner = f"/engagements/{engagement}/follow-up", make.partner_of(engagement)
    link = re.search(r'href="(/partners/[^"]+/promises/new\?engagement_id=[^"]+)"', as_lena.get(path).text)
    assert link is not None
    form = as_lena.get(unescape(link[1])).text
    assert re.search(rf'<option selected[^>]*value="{engagement}"', form)
    sent = {"seen": fields_of(form)["seen"], "engagement_id": str(engagement), "person_id": ""}
    address = re.search(r'action="([^"]+/promises/[^"]+/edit)"', form)
    assert address is not None

    as_lena.submit(
        address[1],
        {**sent, "party": "ours", "words": "Send a sample.", "owner_id": str(lena.id), "due_on": "2026-12-10"},
    )

    assert "We: Send a sample. Lena, by Thursday 10 December" in text_of(as_lena.get(path).text)
    assert "Send a sample." in text_of(as_lena.get(f"/partners/{partner}").text)


def test_a_fact_that_proved_wrong_leads_to_content_health(as_lena: Browser, make: Make, team: UUID) -> None:
    page = as_lena.get(f"/engagements/{make.past_engagement(team)}/follow-up").text

    reports = re.findall(r'href="(/facts/[^"]+/report)"', page)

    assert reports
    assert as_lena.get(reports[0]).status_code == 200
