"""The manager's pages: the verdict, who needs what, what is never shown of a person, planning and changing."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import HTMX, Browser, choices_of, rows_of, text_of
from tests.builders import NOW
from tests.company import CALL, Clock, Make, Somebody, make_draft
from trainer import engagements, learning, reporting
from trainer.domain.content import Content, OneOf, SomeOf, TemplateUse
from trainer.domain.mastery import Model
from trainer.models import Engagement, new_id
from trainer.reporting import EngagementHead

CALL_QUIZZES = (
    "pt-remote-call",
    "jp-hospitality-and-contact",
    "jp-language-calls-and-mail",
    "pt-contacts-and-escalation",
    "pt-information-and-trust",
    "jp-language-meeting",
)
FORM = {
    "partner": "Kobe Seiki",
    "country": "JP",
    "language": "ja",
    "title": "Yearly talk",
    "is_call": "call",
    "place": "Video call",
    "day": "2027-01-14",
    "time": "09:30",
    "zone": "Asia/Tokyo",
    "agenda_minutes": "45",
    "template": CALL,
}


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def as_manager(sign_in: Callable[[Somebody], Browser], make: Make, team: UUID) -> Browser:
    return sign_in(make.manager(team, "Mara"))


@pytest.fixture
def engagement(make: Make, team: UUID) -> UUID:
    return make.engagement(team)


def learn(make: Make, person: Somebody, right: float) -> None:
    for day in (9, 5):
        make.answers(person, *CALL_QUIZZES, right=right, at=NOW - timedelta(days=day))


def head_of(session: Session, engagement_id: UUID) -> EngagementHead:
    head = reporting.find_engagement(session, engagement_id)
    session.commit()
    assert head is not None
    return head


def number_of_engagements(session: Session) -> int:
    count = session.scalar(select(func.count(Engagement.id))) or 0
    session.commit()
    return count


def main_of(page: str) -> str:
    """The page between its navigation and its icons."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


# What the manager reads


def test_the_first_line_can_be_said_aloud(as_manager: Browser, make: Make, team: UUID) -> None:
    good, bad = make.learner("Good", team), make.learner("Bad", team)
    engagement_id = make.engagement(team, [[good], [good, bad], [bad]])
    learn(make, good, 1.0)
    learn(make, bad, 0.0)

    page = as_manager.get(f"/engagements/{engagement_id}").text

    verdict = re.search(r'<p class="verdict">(.*?)</p>', page, re.S)
    assert verdict is not None
    assert text_of(verdict[1]).startswith(
        "Two of three seats are ready for Kobe Seiki on Thursday 24 December; "
        "the weakest seat is the writer of the follow-up’s: "
    )


def test_a_seat_that_nobody_has_asks_for_someone(as_manager: Browser, engagement: UUID) -> None:
    page = text_of(as_manager.get(f"/engagements/{engagement}").text)

    assert "None of three seats is ready for Kobe Seiki" in page
    assert "nobody has the seat of chair of the call yet" in page
    assert "Chair of the call : assign someone." in page
    assert "Nobody is assigned." in page


def test_who_has_not_started_is_told_from_who_is_not_ready(as_manager: Browser, make: Make, team: UUID) -> None:
    idle, new, bad = (make.learner(name, team) for name in ("Idle", "New", "Bad"))
    engagement_id = make.engagement(team, [[idle, new, bad]])
    make.answers(new, "pt-remote-call", until=3)
    learn(make, bad, 0.0)

    page = as_manager.get(f"/engagements/{engagement_id}").text

    rows = {row[0].split()[0]: row[1:] for row in rows_of(page) if row[0].split()[0] in ("Idle", "New", "Bad")}
    assert all("– Not started" in cell for cell in rows["Idle"] if cell)
    assert all("? Not enough evidence" in cell for cell in rows["New"] if cell)
    assert all("▽ Not ready" in cell for cell in rows["Bad"] if cell)
    assert "has not started" in text_of(page)


def test_who_is_not_ready_gets_lessons_and_quizzes_that_help(
    as_manager: Browser, make: Make, team: UUID, content: Content
) -> None:
    engagement_id = make.engagement(team, [[make.learner("Lena", team)]])

    page = as_manager.get(f"/engagements/{engagement_id}").text

    needed = {each.competency for each in make.template(CALL).seats[0].requirements}
    of_template = content.templates[TemplateUse.LANGUAGES].lesson_id
    linked = set(re.findall(r'href="/lessons/([^"]+)"', main_of(page))) - {of_template}
    assert linked
    assert all(needed & set(content.lessons[lesson].competencies) for lesson in linked)


def test_an_interpreter_is_advised_while_nobody_who_speaks_has_the_language(
    as_manager: Browser, make: Make, team: UUID
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena], [lena], [lena]])
    before = text_of(as_manager.get(f"/engagements/{engagement_id}").text)
    learn(make, lena, 1.0)

    after = text_of(as_manager.get(f"/engagements/{engagement_id}").text)

    assert "Take an interpreter for Chair of the call and Support contact." in before
    assert "Chair of the call: there is not enough evidence yet (" in before
    assert re.search(r"for what would take \d+ minutes plan \d+\.", before)
    template = make.content.templates[TemplateUse.LANGUAGES]
    assert f"Template: {template.title}" in before
    assert all(group is None or group in before for group, _ in template.groups)
    assert all(line.words in before for line in template.lines)
    assert "Not needed for the language of the speaking seats" in after


def test_the_page_says_what_is_missing_in_words_and_never_a_persons_number(
    as_manager: Browser, make: Make, team: UUID
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena, 0.4)
    engagement_id = make.engagement(team, [[lena]])

    answer = as_manager.get(f"/engagements/{engagement_id}").text
    page = text_of(answer)

    assert re.search(r"What is missing, what matters most first.*Support contact: nobody has this seat", page)
    assert re.search(
        r"Chair of the call: .+? Lena: study .+? helps its seat( a lot| a little, as more is missing)?", page
    )
    section = answer[answer.index('id="reasons-title"') : answer.index('id="gaps-title"')]
    assert not re.search(r"\d+ in 10|0\.\d|\d ?%", section)


def test_the_page_says_what_changed_since_last_week(
    as_manager: Browser, make: Make, team: UUID, session: Session, content: Content
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    path = f"/engagements/{engagement_id}"
    before = text_of(as_manager.get(path).text)
    reporting.take_snapshots(session, content, Model(), at=NOW - timedelta(days=8))
    session.commit()
    make.answers(lena, "pt-remote-call", right=1.0)

    page = text_of(as_manager.get(path).text)

    assert "What changed since" not in before
    assert "What changed since Wednesday 25 November" in page
    assert re.search(r"Lena \(Chair of the call\), [^:]+: not started before, [a-z ]+ now, after \d+ new answers", page)


def test_a_change_of_the_target_is_told_as_such(
    as_manager: Browser, make: Make, team: UUID, session: Session, content: Content
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena, 1.0)
    engagement_id = make.engagement(team, [[lena]])
    reporting.take_snapshots(session, content, Model(), at=NOW - timedelta(days=8))
    seat = reporting.seats_of(session, [engagement_id])[engagement_id][0]
    for each in seat.requirements:
        engagements.require(session, engagement_id, seat.id, each.competency, target=0.99, is_must=True, at=NOW)
    session.commit()

    page = text_of(as_manager.get(f"/engagements/{engagement_id}").text)

    assert "the target was changed" in page


def test_the_seats_page_names_who_could_stand_in(as_manager: Browser, make: Make, team: UUID) -> None:
    lena, mara = make.learner("Lena", team), make.learner("Mara Stand-in", team)
    learn(make, mara, 1.0)
    engagement_id = make.engagement(team, [[lena], [mara]])

    page = text_of(as_manager.get(f"/engagements/{engagement_id}/seats").text)

    assert "Ready for this seat on the day as well: Mara Stand-in." in page
    assert "Nobody else of the team is expected to be ready for this seat on the day." in page


def test_a_requirement_says_how_much_it_matters(as_manager: Browser, make: Make, engagement: UUID) -> None:
    (seat, *_) = make.seats(engagement)
    path = f"/engagements/{engagement}/seats/{seat}/requirements"

    answer = as_manager.submit(
        path, {"competency": "ja-meetings", "target": "80", "weight": "3"}, follow_redirects=True
    )

    assert "8 in 10, matters most of all" in text_of(answer.text)


def test_high_stakes_are_named_with_the_advice(as_manager: Browser, make: Make, team: UUID) -> None:
    lena = make.learner(team=team)
    learn(make, lena, 0.7)
    engagement_id = make.engagement(team, [[lena], [lena], [lena]], is_high_stakes=True)

    assert "and the stakes are high" in text_of(as_manager.get(f"/engagements/{engagement_id}").text)


def test_the_page_follows_a_new_answer_a_change_and_a_new_day(
    as_manager: Browser, make: Make, team: UUID, clock: Clock, session: Session
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    path = f"/engagements/{engagement_id}"
    pages = [text_of(as_manager.get(path).text)]
    make.answers(lena, "pt-remote-call", until=1)
    pages.append(text_of(as_manager.get(path).text))
    clock.turn(timedelta(minutes=1))
    engagements.add_seat(session, engagement_id, "Observer", is_speaking=False, at=clock.at)
    session.commit()
    pages.append(text_of(as_manager.get(path).text))
    clock.turn(timedelta(hours=5))
    same_day = text_of(as_manager.get(path).text)
    clock.turn(timedelta(hours=1))
    pages.append(text_of(as_manager.get(path).text))

    assert len(set(pages)) == 4
    assert same_day == pages[2]
    assert "Observer" in pages[2]
    assert "Days left 21" in pages[2]
    assert "Days left 20" in pages[3]


def test_who_is_disabled_leaves_the_page_at_once(
    as_manager: Browser, sign_in: Callable[[Somebody], Browser], make: Make, team: UUID
) -> None:
    lena, otto = make.learner("Lena", team), make.learner("Otto", team)
    engagement_id = make.engagement(team, [[lena, otto]])
    before = as_manager.get(f"/engagements/{engagement_id}").text

    sign_in(make.admin()).submit(f"/people/{lena.id}/disable")
    after = as_manager.get(f"/engagements/{engagement_id}").text

    assert "Lena" in before
    assert "Lena" not in after
    assert "Otto" in after


def test_an_engagement_that_is_over_is_still_answered(
    as_manager: Browser, make: Make, team: UUID, clock: Clock, sign_in: Callable[[Somebody], Browser]
) -> None:
    engagement_id = make.engagement(team, [[make.learner(team=team)]], in_days=2)
    clock.turn(timedelta(days=5))
    browser = sign_in(make.manager(team))

    assert "Days left over" in text_of(browser.get(f"/engagements/{engagement_id}").text)
    assert "Engagements that are over" in text_of(browser.get("/teams").text)


def test_an_engagement_without_seats_says_what_to_do(
    as_manager: Browser, make: Make, engagement: UUID, session: Session
) -> None:
    for seat in make.seats(engagement):
        as_manager.submit(f"/engagements/{engagement}/seats/{seat}/remove")

    page = text_of(as_manager.get(f"/engagements/{engagement}").text)

    assert "No seats are planned yet for Kobe Seiki" in page
    assert "Add the seats that this meeting needs" in page


def test_a_part_for_htmx_has_no_frame(as_manager: Browser, engagement: UUID) -> None:
    for path in (f"/engagements/{engagement}", f"/engagements/{engagement}/seats", "/teams"):
        assert "<html" not in as_manager.get(path, headers=HTMX).text


# What is never shown of a person


def test_the_page_holds_no_number_that_the_model_made_of_a_person(
    as_manager: Browser, make: Make, team: UUID, content: Content, session: Session
) -> None:
    people = [make.learner(name, team) for name in ("Lena", "Otto")]
    engagement_id = make.engagement(team, [people, [people[0]], [people[1]]])
    learn(make, people[0], 0.8)
    make.answers(people[1], *CALL_QUIZZES, right=0.4, at=NOW - timedelta(days=3))
    reporting.take_snapshots(session, content, Model(), at=NOW - timedelta(days=2))
    session.commit()

    page = main_of(as_manager.get(f"/engagements/{engagement_id}").text)

    words = text_of(re.sub(r"<details.*?</details>", "", page, flags=re.S))
    assert re.findall(r"\d[.,]\d", words) == []
    assert "%" not in words
    assert re.findall(r"\d+ (?:in|of) 10\b", words.replace("handle 6 in 10 of the language situations", "")) == []
    assert "score" not in words.lower()
    head = head_of(session, engagement_id)
    for seat in reporting.assess_engagements(session, content, Model(), [head])[engagement_id].seats:
        for person in seat.people:
            for standing in person.standings:
                for value in (*standing.forecast[:3], person.chance):
                    assert f"{value:.2f}" not in words
                    assert f"{value * 100:.1f}" not in words


def test_the_page_holds_no_answer_no_attempt_and_no_time_of_study(
    as_manager: Browser, make: Make, team: UUID, content: Content, session: Session
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    attempt = make.answers(lena, "pt-remote-call", right=0.5, at=NOW - timedelta(days=3, hours=2, minutes=17))
    learning.finish_lesson(session, lena.id, content.lessons["partnering-remote-meetings"], [0], at=NOW)
    session.commit()

    page = as_manager.get(f"/engagements/{engagement_id}").text

    assert str(attempt) not in page
    assert "06:43" not in page
    for item in content.quizzes["pt-remote-call"].items:
        assert item.stem.html not in page
        if isinstance(item.interaction, OneOf | SomeOf):
            assert not any(option.text.html in page for option in item.interaction.options)


@pytest.mark.parametrize(("people", "is_drawn"), [(1, False), (4, False), (5, True)])
def test_figures_of_a_group_are_those_of_five_people_or_more(
    as_manager: Browser, make: Make, team: UUID, content: Content, session: Session, people: int, is_drawn: bool
) -> None:
    """Of one person, the trend of expected ready people would be that person's forecast, drawn."""
    engagement_id = make.engagement(team, [[make.learner(team=team) for _ in range(people)]])
    reporting.take_snapshots(session, content, Model(), at=NOW - timedelta(days=8))
    session.commit()

    page, dashboard = as_manager.get(f"/engagements/{engagement_id}").text, as_manager.get("/teams").text

    for shown in (page, dashboard):
        assert ('<svg class="trend"' in shown) is is_drawn
    assert ("<dt>Expected ready</dt>" in page) is is_drawn


def test_the_learner_reads_the_same_bands_as_the_manager(
    as_manager: Browser, sign_in: Callable[[Somebody], Browser], make: Make, team: UUID
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena], [], [lena]])
    learn(make, lena, 0.7)

    managers = rows_of(as_manager.get(f"/engagements/{engagement_id}").text)
    own = rows_of(sign_in(lena).get("/progress").text)

    titles = managers[0][1:]
    seen_by_manager = {
        (title, *re.findall(r"(\D+) (\d.*)", cell)[0])
        for row in managers[1:]
        for title, cell in zip(titles, row[1:], strict=True)
        if cell
    }
    seen_by_learner = {
        (row[0].removesuffix(" must"), row[1], row[2].removesuffix(" ago"))
        for row in own
        if len(row) == 3 and row[0] != "Needed"
    }
    assert len(seen_by_learner) == 5
    assert seen_by_learner == seen_by_manager


def test_the_progress_page_says_what_is_seen_without_a_seat(sign_in: Callable[[Somebody], Browser], make: Make) -> None:
    lena = make.learner()
    make.answers(lena)

    assert "a manager of your team only sees your name where you are ready for a seat" in text_of(
        sign_in(lena).get("/progress").text
    )


def test_names_and_titles_are_printed_as_text(as_manager: Browser, make: Make, team: UUID, clock: Clock) -> None:
    evil = "<script>alert(1)</script>"
    lena = make.learner(evil, team)
    draft = make_draft(title=f"T{evil}", partner=f"P{evil}", place=f"L{evil}")
    session = make.session
    engagement_id = engagements.plan_engagement(session, team, draft, make.template(), at=clock.at)
    seat = engagements.add_seat(session, engagement_id, f"S{evil}", is_speaking=True, at=clock.at)
    engagements.assign(session, engagement_id, seat, [lena.id], at=clock.at)
    session.commit()

    for path in (f"/engagements/{engagement_id}", f"/engagements/{engagement_id}/seats", "/teams", f"/teams/{team}"):
        page = as_manager.get(path).text

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# All engagements


def test_the_dashboard_shows_what_is_ahead_of_ones_own_teams(
    as_manager: Browser, make: Make, team: UUID, content: Content, session: Session, clock: Clock
) -> None:
    other = make.team("Sales")
    make.manager(other)
    make.engagement(team, in_days=5)
    foreign = make.engagement(other)
    reporting.take_snapshots(session, content, Model(), at=NOW - timedelta(days=8))
    session.commit()

    page = as_manager.get("/teams").text

    assert str(foreign) not in page
    (row,) = rows_of(page)[1:]
    assert row[0].startswith("Kobe Seiki")
    assert "in 5 days" in row[1]
    assert row[2].startswith("▽ Not ready")
    assert "weakest: nobody yet" in row[3]
    assert row[3].startswith("0 of 3")


def test_a_team_page_lists_its_people_and_engagements(as_manager: Browser, make: Make, team: UUID) -> None:
    make.learner("Lena", team)
    engagement_id = make.engagement(team)

    page = as_manager.get(f"/teams/{team}").text

    assert "Lena" in page
    assert f"/engagements/{engagement_id}" in page
    assert "Mara manager" in text_of(page)


# Planning


def test_planning_asks_for_the_country_first(as_manager: Browser, team: UUID) -> None:
    page = text_of(as_manager.get(f"/teams/{team}/engagements/new").text)

    assert "Country of the partner" in page
    assert "Japan" in page


def test_the_plan_comes_filled_for_the_country(as_manager: Browser, team: UUID) -> None:
    page = as_manager.get(f"/teams/{team}/engagements/new?country=JP").text

    assert '<option selected value="Asia/Tokyo">' in page
    assert '<option selected value="ja">' in page
    assert choices_of(page, "template") == [
        "engagement-japan-first-meeting", "engagement-japan-negotiation", "engagement-japan-working-call",
    ]  # fmt: skip


def test_a_country_without_a_course_gets_the_general_templates(as_manager: Browser, team: UUID) -> None:
    page = as_manager.get(f"/teams/{team}/engagements/new?country=BR").text

    assert choices_of(page, "template") == ["engagement-any-first-meeting", "engagement-any-working-call"]
    assert "America/Sao_Paulo" in page


@pytest.mark.parametrize("country", ["XX", "", "<script>", "JPN"])
def test_a_country_that_is_none_is_asked_for_again(as_manager: Browser, team: UUID, country: str) -> None:
    answer = as_manager.get(f"/teams/{team}/engagements/new", query_string={"country": country})

    assert answer.status_code == 200
    assert "Country of the partner" in answer.text


def test_a_plan_leads_to_its_seats(as_manager: Browser, team: UUID, session: Session) -> None:
    answer = as_manager.submit(f"/teams/{team}/engagements/new", FORM, follow_redirects=True)

    assert "The engagement is planned. Say who takes each seat." in text_of(answer.text)
    (head,) = reporting.list_engagements(session, [team])
    assert [seat.title for seat in reporting.seats_of(session, [head.id])[head.id]] == [
        "Chair of the call", "Support contact", "Writer of the follow-up",
    ]  # fmt: skip


BAD_FORMS: list[tuple[Mapping[str, str], str]] = [
    ({"partner": " "}, "Write the partner's name."),
    ({"partner": "x" * 161}, "160"),
    ({"title": ""}, "Write a title."),
    ({"place": "x" * 201}, "200"),
    ({"day": ""}, "Choose the date"),
    ({"day": "14.01.2027"}, "date"),
    ({"day": "2027-02-30"}, "date"),
    ({"day": "2026-12-01"}, "This date is over"),
    ({"time": "25:00"}, "time"),
    ({"time": ""}, "Choose the time"),
    ({"zone": "Europe/Paris", "day": "2027-03-28", "time": "02:30"}, "skip 02:30 on that day"),
    ({"zone": "America/New_York", "day": "9999-12-31", "time": "23:30"}, "too far"),
    ({"zone": "Asia/Tokyo", "day": "0001-01-01", "time": "00:30"}, "too far"),
    ({"zone": "CST"}, "Not a valid choice"),
    ({"country": "Atlantis"}, "Not a valid choice"),
    ({"language": "tlh"}, "Not a valid choice"),
    ({"template": "engagement-france-negotiation"}, "Not a valid choice"),
    ({"template": ""}, "Choose the kind of meeting"),
    ({"agenda_minutes": "an hour"}, "from 5 to 1440"),
    ({"agenda_minutes": "0"}, "from 5 to 1440"),
    ({"agenda_minutes": "99999999999999999999"}, "from 5 to 1440"),
    ({"is_call": "perhaps"}, "Not a valid choice"),
]


@pytest.mark.parametrize(("change", "words"), BAD_FORMS, ids=[str(dict(change))[:50] for change, _ in BAD_FORMS])
def test_a_bad_plan_is_told_at_the_field_and_nothing_that_was_typed_is_lost(
    as_manager: Browser, team: UUID, session: Session, change: Mapping[str, str], words: str
) -> None:
    answer = as_manager.submit(f"/teams/{team}/engagements/new", {**FORM, **change})

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert words in text_of(answer.text)
    if "title" not in change:
        assert 'value="Yearly talk"' in answer.text
    assert number_of_engagements(session) == 0


def test_an_empty_plan_is_asked_for_again(as_manager: Browser, team: UUID) -> None:
    answer = as_manager.submit(f"/teams/{team}/engagements/new", {})

    assert answer.status_code == 422


# Changing


def test_the_form_for_changing_shows_what_is(as_manager: Browser, engagement: UUID) -> None:
    page = as_manager.get(f"/engagements/{engagement}/edit").text

    assert 'value="Monthly service call"' in page
    assert 'value="2026-12-24"' in page
    assert 'value="09:00"' in page
    assert '<option selected value="Asia/Tokyo">' in page
    assert re.search(r'<input[^>]*checked[^>]*value="call"', page)


def test_a_change_shows_on_the_page(as_manager: Browser, engagement: UUID) -> None:
    answer = as_manager.submit(f"/engagements/{engagement}/edit", FORM, follow_redirects=True)

    page = text_of(answer.text)
    assert "Kobe Seiki: Yearly talk" in page
    assert "Thursday 14 January 2027" in page
    assert "09:30" in page


@pytest.mark.parametrize(
    ("change", "words"), BAD_FORMS[:6], ids=[str(dict(change))[:50] for change, _ in BAD_FORMS[:6]]
)
def test_a_bad_change_changes_nothing(
    as_manager: Browser, engagement: UUID, session: Session, change: Mapping[str, str], words: str
) -> None:
    answer = as_manager.submit(f"/engagements/{engagement}/edit", {**FORM, **change})

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert head_of(session, engagement).title == "Monthly service call"


def test_a_change_to_a_time_that_the_clocks_skip_is_told(as_manager: Browser, engagement: UUID) -> None:
    form = {**FORM, "zone": "Europe/Paris", "day": "2027-03-28", "time": "02:30"}

    answer = as_manager.submit(f"/engagements/{engagement}/edit", form)

    assert answer.status_code == 422
    assert "skip 02:30" in text_of(answer.text)


def test_an_engagement_taken_away_is_gone(as_manager: Browser, engagement: UUID, session: Session) -> None:
    answer = as_manager.submit(f"/engagements/{engagement}/cancel", follow_redirects=True)

    assert "What people learnt for it stays theirs" in text_of(answer.text)
    assert reporting.find_engagement(session, engagement) is None
    session.commit()
    assert as_manager.get(f"/engagements/{engagement}").status_code == 403


# Seats


def test_people_are_put_in_a_seat_and_shown_there(
    as_manager: Browser, make: Make, team: UUID, engagement: UUID
) -> None:
    lena, otto = make.learner("Lena", team), make.learner("Otto", team)
    (seat, *_) = make.seats(engagement)

    answer = as_manager.submit(f"/engagements/{engagement}/seats/{seat}/people", {"people": [lena.id, otto.id]})
    page = as_manager.get(f"/engagements/{engagement}/seats").text

    assert answer.location == f"/engagements/{engagement}/seats#seat-{seat}"
    assert len(re.findall(r'type="checkbox" name="people" [^>]*checked', page)) == 2


@pytest.mark.parametrize("people", ["stranger", "garbage", "nobody"])
def test_only_people_of_the_team_are_put_in_a_seat(
    as_manager: Browser, make: Make, engagement: UUID, people: str
) -> None:
    (seat, *_) = make.seats(engagement)
    chosen = {"stranger": str(make.learner().id), "garbage": "x", "nobody": str(new_id())}[people]

    answer = as_manager.submit(
        f"/engagements/{engagement}/seats/{seat}/people", {"people": chosen}, follow_redirects=True
    )

    assert "Choose people of the team." in text_of(answer.text)
    assert "checked" not in main_of(answer.text).split("What the seat needs")[0]


def test_a_seat_that_is_gone_is_told(as_manager: Browser, engagement: UUID) -> None:
    for path in (f"{new_id()}/people", f"{new_id()}/remove", f"{new_id()}/requirements/escalation/drop"):
        answer = as_manager.submit(f"/engagements/{engagement}/seats/{path}", follow_redirects=True)

        assert "This seat is gone. Load the page again." in text_of(answer.text)


def test_the_seat_of_an_engagement_of_another_team_cannot_be_changed(
    as_manager: Browser, make: Make, engagement: UUID, session: Session
) -> None:
    foreign = make.engagement(make.team())
    (seat, *_) = make.seats(foreign)

    answer = as_manager.submit(f"/engagements/{engagement}/seats/{seat}/remove", follow_redirects=True)

    assert "This seat is gone" in text_of(answer.text)
    assert seat in make.seats(foreign)


def test_a_seat_needs_a_name(as_manager: Browser, make: Make, engagement: UUID) -> None:
    answer = as_manager.submit(f"/engagements/{engagement}/seats", {"title": "  "})

    assert answer.status_code == 422
    assert "Write what the person does." in text_of(answer.text)
    assert len(make.seats(engagement)) == 3


def test_a_seat_is_added_with_what_it_needs(as_manager: Browser, make: Make, engagement: UUID) -> None:
    as_manager.submit(f"/engagements/{engagement}/seats", {"title": "Interpreter", "is_speaking": "y"})
    *_, seat = make.seats(engagement)
    path = f"/engagements/{engagement}/seats/{seat}/requirements"

    answer = as_manager.submit(path, {"competency": "ja-meetings", "target": "80"}, follow_redirects=True)

    page = text_of(answer.text)
    assert "Interpreter speaks" in page
    assert "What the seat needs (1)" in page
    assert "8 in 10" in page


@pytest.mark.parametrize(
    "form", [{"competency": "juggling", "target": "70"}, {"competency": "escalation", "target": "x"}]
)
def test_a_requirement_comes_from_the_lists(
    as_manager: Browser, make: Make, engagement: UUID, form: dict[str, str]
) -> None:
    (seat, *_) = make.seats(engagement)

    answer = as_manager.submit(f"/engagements/{engagement}/seats/{seat}/requirements", form, follow_redirects=True)

    assert "Choose a competency, a target and how much it matters from the lists." in text_of(answer.text)


def test_a_requirement_that_the_content_no_longer_knows_does_not_break_the_pages(
    as_manager: Browser, make: Make, team: UUID, session: Session, clock: Clock
) -> None:
    """A competency can be taken out of the content while an engagement still asks for it."""
    engagement_id = make.engagement(team, [[make.learner("Lena", team)]])
    (seat, *_) = make.seats(engagement_id)
    engagements.require(session, engagement_id, seat, "taken-away", target=0.7, is_must=True, at=clock.at)
    session.commit()

    for path in (f"/engagements/{engagement_id}", f"/engagements/{engagement_id}/seats", "/teams"):
        assert as_manager.get(path).status_code == 200
    dropped = as_manager.submit(
        f"/engagements/{engagement_id}/seats/{seat}/requirements/taken-away/drop", follow_redirects=True
    )
    assert "The requirement is dropped." in text_of(dropped.text)


def test_a_seated_learner_with_such_a_requirement_still_has_their_pages(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, session: Session, clock: Clock, app: Flask
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    (seat, *_) = make.seats(engagement_id)
    engagements.require(session, engagement_id, seat, "taken-away", target=0.9, is_must=True, at=clock.at)
    session.commit()
    browser = sign_in(lena)

    for path in ("/", "/progress"):
        assert browser.get(path).status_code == 200
