"""The pages of partner files: found, read, changed by two at once, exported, and never shown to whoever has no part."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from tests.browsing import Browser, fields_of, rows_of, text_of
from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from tests.web.conftest import Bare
from trainer import engagements, partners, reporting
from trainer.domain.content import Content, TemplateUse
from trainer.domain.parties import Party
from trainer.domain.partners import CompanyDraft, NewsDraft, QuestionDraft, ResearchDraft
from trainer.jobs import work
from trainer.models import Membership, new_id

TODAY = NOW.date()
PERSON = {
    "name": "Kazuo Tanabe",
    "name_order": "family-first",
    "language_1": "ja",
    "level_1": "C2",
    "purpose": "Decides on supply",
    "consent_basis": "interest",
    "keep_until": "2027-12-31",
    "seen": "0",
}


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Supply")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def partner(make: Make, team: UUID) -> UUID:
    return make.partner(team)


@pytest.fixture
def as_member(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


def path_of(partner: UUID, *rest: object) -> str:
    return "/".join(map(str, ("/partners", partner, *rest)))


def test_a_new_file_says_what_is_missing(as_member: Browser, content: Content, partner: UUID) -> None:
    to_find_out = len(content.lines_for(TemplateUse.RESEARCH))
    words = text_of(as_member.get(path_of(partner)).text)

    assert "Nobody at Kobe Seiki is in the partner file." in words
    assert "It is not known whether Kobe Seiki is state-owned." in words
    assert f"{to_find_out} items of the research on Kobe Seiki are with nobody." in words
    assert f"0 of {to_find_out} items of the research are done" in words


def test_the_questions_of_the_lesson_are_added_once(
    as_member: Browser, session: Session, content: Content, lena: Somebody, partner: UUID
) -> None:
    lent = list(content.lines_for(TemplateUse.QUESTIONS).values())
    path = path_of(partner, "questions", "of-lesson")
    own = QuestionDraft(lent[0])
    partners.keep_question(session, partner, new_id(), own, seen=0, by=lena.id, at=NOW)
    session.commit()
    before = text_of(as_member.get(path_of(partner)).text)

    answer = as_member.submit(path, {})
    first = text_of(as_member.get(path_of(partner)).text)
    as_member.submit(path, {})
    second = text_of(as_member.get(path_of(partner)).text)

    assert "Add the questions of the lesson" in before
    assert (answer.status_code, answer.location) == (303, f"/partners/{partner}#questions")
    assert re.search(r"\w+ questions are added\. Take out what does not fit them\.", first)
    assert "All questions of the lesson are here already." in second
    assert "Add the questions of the lesson" not in first
    assert [each.words for each in reporting.questions_of(session, partner)] == lent


def test_templates_of_lessons_stand_folded_in_a_partner_file(
    as_member: Browser, content: Content, partner: UUID
) -> None:
    page = as_member.get(path_of(partner)).text

    for use in (TemplateUse.QUESTIONS, TemplateUse.RESEARCH):
        template = content.templates[use]
        assert f"Template: {template.title}" in text_of(page)
        assert f'href="/lessons/{template.lesson_id}"' in page


def test_without_templates_a_file_has_its_own_research_and_no_questions_to_add(bare: Bare) -> None:
    team = bare.make.team("Supply")
    lena, partner = bare.make.learner("Lena", team), bare.make.partner(team)

    page = text_of(bare.browser_of(lena).get(path_of(partner)).text)

    assert "0 of 0 items of the research are done" in page
    assert "Add the questions of the lesson" not in page
    assert "Template:" not in page


def test_a_person_is_added_and_their_page_says_why_and_until_when(as_member: Browser, partner: UUID) -> None:
    person = new_id()

    answer = as_member.submit(path_of(partner, "people", person, "edit"), {**PERSON, "phone": "078 000 0142"})
    words = text_of(as_member.get(path_of(partner, "people", person)).text)

    assert (answer.status_code, answer.location) == (303, f"/partners/{partner}#people")
    assert "Family name first" in words
    assert "Japanese C2" in words
    assert "+81 78-000-0142" in words
    assert "Decides on supply" in words
    assert "Friday 31 December 2027; the day after, it is deleted" in words
    assert "tell a manager of a team that looks after this partner" in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"purpose": ""}, "Say what you keep this for."),
        ({"keep_until": ""}, "Choose the last day on which it is needed."),
        ({"keep_until": "2020-01-01"}, "This day is over."),
        ({"phone": "soon"}, "This is no phone number."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"consent_basis": "consent"}, "Say on which day they agreed."),
        ({"zone": "Mars/Base"}, "Not a valid choice"),
        ({"name": ""}, "Write the name."),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(
    as_member: Browser, session: Session, partner: UUID, changes: dict[str, str], words: str
) -> None:
    answer = as_member.submit(path_of(partner, "people", new_id(), "edit"), {**PERSON, "role": "Buyer", **changes})

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert 'value="Buyer"' in answer.text
    assert reporting.people_of(session, partner) == ()


def test_two_who_change_a_person_at_once_see_both_texts(as_member: Browser, make: Make, partner: UUID) -> None:
    person = make.partner_person(partner, role="Buyer")
    path = path_of(partner, "people", person, "edit")
    assert fields_of(as_member.get(path).text)["seen"] == "1"
    as_member.submit(path, {**PERSON, "role": "Head of purchasing", "seen": "1"})

    late = as_member.submit(path, {**PERSON, "role": "Chief buyer", "notes": "Call him.", "seen": "1"})

    assert late.status_code == 409
    assert rows_of(late.text) == [
        ["What", "In force now", "As you typed it"],
        ["Role", "Head of purchasing", "Chief buyer"],
        ["Notes on contact", "nothing", "Call him."],
    ]
    assert 'value="Chief buyer"' in late.text
    again = as_member.submit(path, {**PERSON, "role": "Chief buyer", "seen": fields_of(late.text)["seen"]})
    assert again.status_code == 303


def test_what_was_taken_away_meanwhile_is_not_lost(as_member: Browser, session: Session, partner: UUID) -> None:
    entry = new_id()
    path = path_of(partner, "news", entry, "edit")
    typed = {"words": "A new hall", "told_on": "2026-11-02", "source": "Their page"}
    as_member.submit(path, {**typed, "seen": "0"})
    as_member.submit(path_of(partner, "news", entry, "remove"))

    late = as_member.submit(path, {**typed, "words": "Two new halls", "seen": "1"})

    assert late.status_code == 409
    assert "took this away" in text_of(late.text)
    assert "Two new halls" in late.text
    as_member.submit(path, {**typed, "words": "Two new halls", "seen": fields_of(late.text)["seen"]})
    assert [each.words for each in reporting.news_of(session, partner)] == ["Two new halls"]


def test_two_who_change_the_company_at_once_see_both_texts(as_member: Browser, session: Session, partner: UUID) -> None:
    partners.change_company(session, partner, CompanyDraft("JP", "ja", size="640", is_state_owned=True), seen=1, at=NOW)
    session.commit()

    late = as_member.submit(
        path_of(partner, "company"), {"country": "JP", "language": "ja", "size": "600", "seen": "1"}
    )

    assert late.status_code == 409
    assert ["Size", "640", "600"] in rows_of(late.text)
    assert ["Is it state-owned?", "Yes", "Not known"] in rows_of(late.text)


def test_a_state_owned_partner_warns_of_gifts(as_member: Browser, session: Session, partner: UUID) -> None:
    before = text_of(as_member.get(path_of(partner)).text)
    as_member.submit(
        path_of(partner, "company"), {"country": "JP", "language": "ja", "is_state_owned": "yes", "seen": "1"}
    )

    after = text_of(as_member.get(path_of(partner, "brief")).text)

    assert "give nothing and pay for nobody" in before
    assert "treat its people as public officials" in after


def test_a_language_that_must_not_be_replaced_is_told_with_the_reason(as_member: Browser, partner: UUID) -> None:
    told = {"language": "ca", "not_instead": "es", "reason": "They write to us in Catalan by choice."}
    as_member.submit(path_of(partner, "languages", new_id(), "edit"), told)

    words = text_of(as_member.get(path_of(partner)).text)

    assert "Never Spanish in its place. They write to us in Catalan by choice." in words


def test_a_promise_is_added_and_ended(as_member: Browser, session: Session, lena: Somebody, partner: UUID) -> None:
    promise = new_id()
    told = {"party": "ours", "words": "Send the drawings.", "owner_id": lena.id, "due_on": "2026-12-01"}
    as_member.submit(path_of(partner, "promises", promise, "edit"), told)
    late = text_of(as_member.get(path_of(partner)).text)

    as_member.submit(path_of(partner, "promises", promise, "end"), {"state": "kept", "note": "On time", "seen": "1"})

    assert "We promised “Send the drawings.” and are late." in late
    (kept,) = reporting.promises_of(session, partner_id=partner)
    assert (kept.owner, kept.state, kept.closing_note) == ("Lena", "kept", "On time")


def chosen_in(page: str) -> dict[str, str]:
    """What a page's form sends of its inputs and of what is chosen in its lists."""
    selects = re.findall(r'<select[^>]*name="([^"]*)".*?</select>', page, re.DOTALL)
    options = re.findall(r'<option selected value="([^"]*)"', page)
    assert len(selects) == len(options)
    return {**fields_of(page), **dict(zip(selects, options, strict=True))}


def test_who_left_the_team_and_a_cancelled_meeting_stay_with_a_promise_that_is_changed(
    as_member: Browser, session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    otto, engagement = make.learner("Otto", team), make.engagement(team)
    path = path_of(partner, "promises", make.promise(partner, otto, engagement=engagement), "edit")
    session.execute(delete(Membership).where(Membership.user_id == otto.id))
    engagements.cancel_engagement(session, engagement, at=NOW)
    session.commit()

    page = as_member.get(path).text
    answer = as_member.submit(path, {**chosen_in(page), "party": "ours", "words": "Send them at once."})

    assert "Otto (no longer in the team)" in page
    assert "Monthly service call (cancelled)" in page
    assert answer.status_code == 303
    (kept,) = reporting.promises_of(session, partner_id=partner)
    assert (kept.words, kept.owner, kept.engagement_id) == ("Send them at once.", "Otto", engagement)


def test_who_left_the_team_stays_with_research_that_is_changed(
    as_member: Browser, session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    otto, item = make.learner("Otto", team), new_id()
    partners.keep_entry(session, partner, item, ResearchDraft("Samples", otto.id), seen=0, at=NOW)
    session.execute(delete(Membership).where(Membership.user_id == otto.id))
    session.commit()
    path = path_of(partner, "research", item, "edit")

    as_member.submit(path, {**chosen_in(as_member.get(path).text), "words": "Samples, two"})

    kept = next(each for each in reporting.research_of(session, partner, {}) if each.id == item)
    assert (kept.words, kept.owner) == ("Samples, two", "Otto")


def test_two_who_end_a_promise_at_once_see_both_ends(
    as_member: Browser, make: Make, lena: Somebody, partner: UUID
) -> None:
    path = path_of(partner, "promises", make.promise(partner, lena), "end")
    as_member.submit(path, {"state": "kept", "note": "Sent", "seen": "1"})

    late = as_member.submit(path, {"state": "broken", "note": "Not there", "seen": "1"})

    assert late.status_code == 409
    assert ["How did it end?", "Kept", "Broken"] in rows_of(late.text)
    assert ["What happened", "Sent", "Not there"] in rows_of(late.text)


def test_nobody_outside_of_the_teams_can_be_made_to_answer(
    as_member: Browser, make: Make, partner: UUID, session: Session
) -> None:
    stranger = make.learner("Otto", make.team("Sales"))
    told = {"party": "ours", "words": "Send the drawings.", "owner_id": stranger.id}

    answer = as_member.submit(path_of(partner, "promises", new_id(), "edit"), told)

    assert answer.status_code == 422
    assert reporting.promises_of(session, partner_id=partner) == ()


def test_a_partner_is_found_by_a_name_without_its_accents(
    as_member: Browser, make: Make, lena: Somebody, partner: UUID
) -> None:
    make.partner_person(partner, "Michiko Ōnishi", native_name="大西 美智子")
    hidden = make.partner(make.team("Sales"), "Ōnishi Foods")

    page = as_member.get("/partners?q=ONISHI").text

    assert "1 partner found" in text_of(page)
    assert "Michiko Ōnishi" in page
    assert str(hidden) not in page
    assert "Nothing in the files that you may see" in as_member.get("/partners?q=nowhere").text
    assert "大西" in as_member.get("/partners?q=大西").text


def test_words_of_the_file_never_become_markup(as_member: Browser, make: Make, lena: Somebody, partner: UUID) -> None:
    make.promise(partner, lena, "<script>alert(1)</script>")
    person = make.partner_person(partner, "<b>Bold</b>", email="a@b.example")

    for path in ("", "brief", f"people/{person}"):
        page = as_member.get(path_of(partner, path).rstrip("/")).text
        assert "<script>alert" not in page
        assert "<b>Bold" not in page


def test_a_link_of_news_is_an_address_of_the_web(as_member: Browser, session: Session, partner: UUID) -> None:
    told = {"words": "New", "told_on": "2026-11-02", "source": "x", "address": "javascript:alert(1)"}

    answer = as_member.submit(path_of(partner, "news", new_id(), "edit"), told)

    assert answer.status_code == 422
    assert reporting.news_of(session, partner) == ()


def test_a_file_is_sent_to_be_kept_and_never_shown(as_member: Browser, session: Session, partner: UUID) -> None:
    sent = as_member.submit(path_of(partner, "files", "new"), {"file": (BytesIO(b"<b>hello</b>"), "naïve “note”.txt")})
    (kept,) = reporting.attachments_of(session, partner)

    answer = as_member.get(path_of(partner, "files", kept.id))

    assert sent.status_code == 303
    assert answer.data == b"<b>hello</b>"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/plain"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ((BytesIO(b"<svg/>"), "a.svg"), "Only PDF"),
        ((BytesIO(b"<html>"), "a.pdf"), "Only PDF"),
        ((BytesIO(b""), "a.txt"), "This file is empty."),
        (None, "Choose the file."),
    ],
)
def test_a_file_that_is_not_kept_says_why(
    as_member: Browser, session: Session, partner: UUID, file: object, words: str
) -> None:
    answer = as_member.submit(path_of(partner, "files", "new"), {"file": file} if file else {})

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert reporting.attachments_of(session, partner) == ()


def test_a_manager_exports_and_deletes_what_is_kept_of_a_person(
    sign_in: Callable[[Somebody], Browser], session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    browser = sign_in(make.manager(team, "Mara"))
    person = make.partner_person(partner)
    make.promise(partner, lena, "Drawings by Kazuo Tanabe", party=Party.THEIRS, person_id=person)

    exported = browser.get(path_of(partner, "people", person, "export.json"))
    record = json.loads(exported.text)
    deleted = browser.submit(path_of(partner, "people", person, "delete"))

    assert record["person"]["name"] == "Kazuo Tanabe"
    assert [each["words"] for each in record["promises"]] == ["Drawings by Kazuo Tanabe"]
    assert exported.headers["Content-Disposition"] == "attachment; filename=person.json"
    assert deleted.location == f"/partners/{partner}#people"
    assert browser.get(path_of(partner, "people", person)).status_code == 404
    assert "Drawings by (deleted)" in text_of(browser.get(path_of(partner)).text)


def test_a_team_with_an_engagement_sees_the_file_and_never_manages_the_data_of_people(
    sign_in: Callable[[Somebody], Browser], session: Session, make: Make, partner: UUID
) -> None:
    other, person = make.team("Sales"), make.partner_person(partner)
    browser = sign_in(make.manager(other, "Otto"))
    engagement = make.engagement(other)
    own = path_of(partner, "people", person)

    assert browser.get(own).status_code == 200
    assert browser.get(f"{own}/export.json").status_code == 403
    assert browser.submit(f"{own}/delete").status_code == 403
    assert browser.submit(path_of(partner, "teams"), {"team": str(other)}).status_code == 403

    engagements.cancel_engagement(session, engagement, at=NOW)
    session.commit()

    assert browser.get(path_of(partner)).status_code == 403
    assert [each.id for each in reporting.people_of(session, partner)] == [person]


def test_a_manager_lets_another_team_in_and_takes_it_out(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, partner: UUID
) -> None:
    other = make.team("Sales")
    mara, otto = sign_in(make.manager(team, "Mara")), sign_in(make.manager(other, "Otto"))
    path = path_of(partner, "teams")

    let_in = mara.submit(path, {"team": str(other)})

    assert let_in.location == path
    assert "Sales" in text_of(otto.get(path).text)
    taken_out = otto.submit(f"{path}/{other}/remove")
    assert taken_out.location == "/partners"
    assert otto.get(path).status_code == 403
    alone = mara.submit(f"{path}/{team}/remove")
    assert alone.status_code == 422
    assert "Let another team in first" in text_of(alone.text)
    assert mara.submit(path, {"team": ""}).status_code == 422


def test_a_manager_begins_a_file_for_a_team_of_theirs(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, partner: UUID
) -> None:
    browser = sign_in(make.manager(team, "Mara"))
    draft = {"name": "Osaka Lens", "country": "JP", "language": "ja", "team": str(team)}

    made = browser.submit("/partners/new", draft)
    taken = browser.submit("/partners/new", {**draft, "name": "KOBE SEIKI"})

    assert made.status_code == 303
    assert browser.get(made.location).status_code == 200
    assert taken.status_code == 422
    assert "of this name already" in text_of(taken.text)


def test_past_and_cancelled_engagements_are_told_apart(
    as_member: Browser, session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    make.past_engagement(team)
    engagements.cancel_engagement(session, make.engagement(team), at=NOW)
    session.commit()

    words = text_of(as_member.get(path_of(partner)).text)

    assert "Supply · over" in words
    assert "Supply · cancelled" in words
    assert "No meeting is planned." in words


def test_the_rail_leads_whoever_is_in_a_team_to_the_partners(
    sign_in: Callable[[Somebody], Browser], make: Make, lena: Somebody
) -> None:
    assert re.search(r'<a href="/partners"', sign_in(lena).get("/").text)
    assert not re.search(r'<a href="/partners"', sign_in(make.learner("Nobody")).get("/").text)


def test_the_daily_job_deletes_people_whose_last_day_is_over(
    app: Flask, session: Session, make: Make, partner: UUID, clock: Clock
) -> None:
    make.partner_person(partner, keep_until=TODAY + timedelta(days=1))
    clock.turn(timedelta(days=2))

    work.delete_outdated_people(services_of(app))

    assert reporting.people_of(session, partner) == ()
    daily = next(due for run, due in work.NOW_AND_THEN if run is work.delete_outdated_people)
    assert sum(daily(NOW.replace(hour=hour, minute=minute)) for hour in range(24) for minute in range(60)) == 1


def test_the_daily_job_goes_on_when_somebody_cannot_be_deleted(
    build_app: Callable[..., Flask], content: Content, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    services = services_of(build_app())
    with services.database.write_session() as session:
        make = Make(session, content, clock)
        partner = make.partner(make.team())
        for name in ("First of all", "Stuck fast", "Last of all"):
            make.partner_person(partner, name, keep_until=TODAY + timedelta(days=1))
        session.execute(
            text(
                "create trigger stuck before delete on partner_person when old.name = 'Stuck fast' "
                "begin select raise(abort, 'stuck'); end"
            )
        )
        session.commit()
    clock.turn(timedelta(days=2))

    work.delete_outdated_people(services)

    with services.database.read_session() as session:
        assert [each.name for each in reporting.people_of(session, partner)] == ["Stuck fast"]
    assert "was not deleted" in caplog.text


def test_a_brief_holds_three_questions_and_the_newest_news(
    as_member: Browser, session: Session, lena: Somebody, partner: UUID
) -> None:
    for number in range(5):
        as_member.submit(path_of(partner, "questions", new_id(), "edit"), {"words": f"Question {number}?"})
        draft = NewsDraft(TODAY - timedelta(days=number), f"News {number}", "Press")
        partners.keep_entry(session, partner, new_id(), draft, seen=0, at=NOW)
        session.commit()

    words = text_of(as_member.get(path_of(partner, "brief")).text)

    assert words.count("Question ") == 3
    assert "News 0" in words
    assert "News 3" not in words
