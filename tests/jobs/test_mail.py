"""Mails from the clock to the reader: who is told what and when, once, through a real mail server."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from tests.mail.server import Inbox, running_inbox
from tests.web.test_statements import counted
from trainer import accounts, engagements, mail_choices, partners, reporting
from trainer.domain.content import Content
from trainer.domain.debrief import Told
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.mail import MailChoice, MailKind
from trainer.domain.parties import Party
from trainer.domain.partners import ResearchDraft
from trainer.jobs import Queue
from trainer.jobs.work import ask_for_mail, delete_old_mail, send_due
from trainer.models import new_id
from trainer.parts import Services
from trainer.settings import Encryption, Mode, SmtpServer
from trainer.versions import load_model
from trainer.workspace import change_document

ADDRESS = "https://entente.example.com"
MONDAY = datetime(2026, 12, 7, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
QUARTER = timedelta(minutes=15)
USUAL = MailChoice("en", "UTC")


@dataclass
class Office:
    """An application that sends mail, its builders, its clock, and where the mail arrives."""

    app: Flask
    make: Make
    clock: Clock
    inbox: Inbox

    @property
    def services(self) -> Services:
        return services_of(self.app)

    def strike(self, at: datetime) -> None:
        """The clock of the jobs at a quarter of an hour."""
        self.clock.at = at
        ask_for_mail(self.services)

    def choose(self, person: Somebody, **changes: object) -> None:
        with self.services.database.write_connection() as store:
            mail_choices.choose(store, person.id, replace(USUAL, **changes))  # type: ignore[arg-type]
            store.commit()

    def to(self, person: Somebody) -> list[EmailMessage]:
        """What somebody received."""
        return [each for each in self.inbox.messages if each["To"].addresses[0].addr_spec == person.email]

    def browser(self, person: Somebody | None = None) -> Browser:
        browser = Browser(self.app)
        if person is not None:
            browser.sign_in(person)
        return browser


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with running_inbox() as inbox:
        yield inbox


@pytest.fixture
def open_office(
    build_app: Callable[..., Flask], content: Content, clock: Clock, inbox: Inbox
) -> Iterator[Callable[..., Office]]:
    sessions: list[Session] = []

    def make_office(**options: object) -> Office:
        smtp = SmtpServer("127.0.0.1", inbox.port, Encryption.NEVER)
        values = {"smtp": smtp, "mail_from": "Entente <entente@example.com>", "public_url": ADDRESS, **options}
        app = build_app(**values)
        sessions.append(Session(services_of(app).database.reader, expire_on_commit=False))
        return Office(app, Make(sessions[-1], content, clock), clock, inbox)

    yield make_office
    for session in sessions:
        session.close()


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    return open_office()


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def links_in(message: EmailMessage) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', html_of(message)))


def test_a_managers_week_tells_how_each_engagement_stands(office: Office) -> None:
    team = office.make.team("Support Nordic")
    ingrid, lena = office.make.manager(team, "Ingrid Solberg"), office.make.learner("Lena Hofmann", team)
    office.make.answers(lena, right=0.3)
    office.make.engagement(team, [[lena]], in_days=14)

    office.strike(MONDAY)

    (message,) = office.to(ingrid)
    text = text_of(message)
    assert message["Subject"] == "Your week: Kobe Seiki in 10 days"
    assert "Kobe Seiki · Monthly service call" in text
    assert "in 10 days · ▽ not ready" in text
    assert "Support Nordic · Thursday, 17 December 2026, 00:00 your time (09:00 in Tokyo)" in text
    assert "What would help most" in text
    assert "1. It is not said on which channel the call is held." in text
    assert re.search(r"\d\. Nobody has the seat .+ yet\.", text)


def test_a_mail_says_the_same_in_text_and_in_html_and_its_links_lead_somewhere(
    open_office: Callable[..., Office],
) -> None:
    office = open_office(public_url=None)
    team = office.make.team()
    ingrid = office.make.manager(team)
    office.make.engagement(team, [[ingrid]], in_days=14)
    office.make.past_engagement(team, [[ingrid]], days_ago=1)

    office.strike(MONDAY)

    (message,) = office.to(ingrid)
    links = links_in(message)
    assert links == set(re.findall(r"http://\S+", text_of(message)))
    browser = office.browser(ingrid)
    for link in links:
        assert link.startswith(f"{office.services.settings.address}/")
        assert browser.get(urlsplit(link).path).status_code == 200, link
    words = re.sub(r"<[^>]+>", " ", html_of(message).split("</head>")[1])
    for line in ("Kobe Seiki", "Monthly service call", "What would help most", "Your seats", "Your next step"):
        assert line in words
        assert line in text_of(message)


def test_a_managers_mail_holds_bands_and_never_a_score(office: Office) -> None:
    team, content = office.make.team(), office.make.content
    ingrid, lena = office.make.manager(team), office.make.learner("Lena", team)
    engagement = office.make.engagement(team, [[lena]], in_days=14)
    with office.services.database.write_session() as session:
        reporting.take_snapshots(session, content, load_model(session), at=NOW)
        session.commit()
    quizzes = [quiz.id for quiz in content.courses["japan"].quizzes]
    office.make.answers(lena, *quizzes, right=0.9)
    with office.services.database.read_session() as session:
        head = reporting.find_engagement(session, engagement)
        assert head is not None
        readiness = reporting.assess_engagements(session, content, load_model(session), [head])[engagement]
    means = [each.forecast.mean for seat in readiness.seats for person in seat.people for each in person.standings]

    office.strike(MONDAY)

    told = text_of(office.to(ingrid)[0])
    assert "Changed since Thu 3 Dec" in told
    assert "Lena (" in told
    assert means
    for mean in means:
        assert f"{mean:.0%}" not in told
        assert f"{mean:.2f}" not in told
    assert "%" not in told


def test_a_members_week_tells_their_next_step_their_seats_and_their_review(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=14)
    office.make.answers(lena, right=0.0)

    office.strike(MONDAY)

    text = text_of(office.to(lena)[0])
    assert re.search(r"Your next step\n=+\n\n\d+ minutes: \S", text)
    assert re.search(r"\d+ cards to review · about \d+ minutes?\n", text)
    assert re.search(r"Your seats\n=+\n\nKobe Seiki · Monthly service call\n  .+ · in 10 days\n", text)
    assert "Your teams" not in text


def test_the_clock_strikes_each_quarter_and_a_mail_is_sent_once(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=40)

    for number in range(8 * 4 * 24):
        office.strike(MONDAY + number * QUARTER)

    subjects = [message["Subject"] for message in office.to(lena)]
    assert subjects == ["Your week: Kobe Seiki in 36 days", "Your week: Kobe Seiki in 29 days"]


def test_who_has_nothing_to_be_told_gets_no_mail(office: Office) -> None:
    office.make.learner("New here")

    office.strike(MONDAY)

    assert office.inbox.messages == []


def test_each_reader_is_written_to_in_their_language_and_at_their_eight(office: Office) -> None:
    team = office.make.team()
    people = {
        language: (office.make.learner(language, team), zone)
        for language, zone in (
            ("en", "Europe/London"),
            ("de", "Europe/Oslo"),
            ("fr", "Europe/Paris"),
            ("ja", "Asia/Tokyo"),
        )
    }
    office.make.engagement(team, [[person for person, _ in people.values()]], in_days=14)
    for language, (person, zone) in people.items():
        office.choose(person, language=language, zone=zone)

    office.strike(MONDAY - timedelta(hours=9))
    first = [message["Content-Language"] for message in office.inbox.messages]
    office.strike(MONDAY - timedelta(hours=1))
    office.strike(MONDAY)

    assert first == ["ja"]
    subjects = {message["Content-Language"]: message["Subject"] for message in office.inbox.messages}
    assert subjects == {
        "en": "Your week: Kobe Seiki in 10 days",
        "de": "Ihre Woche: Kobe Seiki in 10 Tagen",
        "fr": "Votre semaine : Kobe Seiki dans 10 jours",
        "ja": "今週の予定：Kobe Seiki（10日後）",
    }
    (japanese,) = office.to(people["ja"][0])
    assert "2026年12月17日木曜日 9:00" in text_of(japanese)
    assert '<html lang="ja">' in html_of(japanese)


def test_quiet_hours_put_a_mail_off(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=14)
    office.choose(lena, quiet_from=time(7), quiet_until=time(10))

    office.strike(MONDAY)
    office.strike(MONDAY + timedelta(hours=1, minutes=45))
    before = len(office.inbox.messages)
    office.strike(MONDAY + timedelta(hours=2))

    assert (before, len(office.inbox.messages)) == (0, 1)


def test_who_stopped_a_mail_or_is_not_here_any_more_gets_none(office: Office) -> None:
    team = office.make.team()
    stopped, gone, still = (office.make.learner(name, team) for name in ("Stopped", "Gone", "Still"))
    office.make.engagement(team, [[stopped, gone, still]], in_days=14)
    office.choose(stopped, wants_digest=False)
    with office.services.database.write_session() as session:
        accounts.disable_user(session, gone.id, at=NOW)
        session.commit()

    office.strike(MONDAY)

    assert office.inbox.recipients == [still.email]


def test_the_link_in_a_mail_stops_its_kind_for_who_is_signed_out(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=40)
    office.strike(MONDAY)
    (message,) = office.to(lena)
    link = message["List-Unsubscribe"].strip("<>")

    one_click = office.browser().post(urlsplit(link).path, base_url=ADDRESS, data={"List-Unsubscribe": "One-Click"})
    office.strike(MONDAY + timedelta(days=7))

    assert link in links_in(message)
    assert one_click.status_code == 200
    assert len(office.to(lena)) == 1


def test_a_debrief_is_asked_for_on_the_day_after_and_not_every_day(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.choose(lena, wants_digest=False)
    engagement = office.make.past_engagement(team, [[lena]], days_ago=0)

    told = {}
    for day in range(18):
        before = len(office.inbox.messages)
        office.strike(datetime(2026, 12, 3, 10, tzinfo=UTC) + timedelta(days=day))
        told[day] = len(office.inbox.messages) - before

    assert [day for day, count in told.items() if count] == [1, 13]
    first, last = office.to(lena)
    assert first["Subject"] == "One thing falls due"
    assert "Debrief: Monthly service call\n  Kobe Seiki · due by Thu 17 Dec" in text_of(first)
    assert f"{ADDRESS}/engagements/{engagement}/debrief" in links_in(first)
    assert "due tomorrow" in text_of(last)


def test_who_has_said_how_it_went_is_not_asked_again(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.choose(lena, wants_digest=False)
    engagement = office.make.past_engagement(team, [[lena]], days_ago=0)
    _give_debrief(office, lena, engagement)

    office.strike(datetime(2026, 12, 4, 8, tzinfo=UTC))

    assert office.inbox.messages == []


def test_a_step_after_a_meeting_falls_due_for_whose_name_it_bears(office: Office) -> None:
    team = office.make.team()
    lena, ola = office.make.learner("Lena", team), office.make.learner("Ola", team)
    engagement = office.make.past_engagement(team, [], days_ago=0)
    with office.services.database.write_connection() as store:
        change_document(
            store,
            engagement,
            DocumentKind.FOLLOW_UP,
            lambda _: {
                "thanks": {"owner": f"user:{lena.id}"},
                "minutes": {"owner": f"user:{ola.id}", "done_on": "2026-12-03"},
            },
            seen=0,
            by=lena.id,
            at=NOW,
        )
        store.commit()

    office.strike(datetime(2026, 12, 4, 8, tzinfo=UTC))

    assert office.to(ola) == []
    (message,) = office.to(lena)
    assert "Thanks: Monthly service call\n  Kobe Seiki · due today" in text_of(message)
    assert f"{ADDRESS}/engagements/{engagement}/follow-up" in links_in(message)


def test_minutes_fall_due_when_the_charter_says(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.choose(lena, wants_digest=False)
    engagement = office.make.past_engagement(team, [], days_ago=0)
    follow_up: Document = {"minutes": {"owner": f"user:{lena.id}"}}
    charter: Document = {"working": {"minutes_within": 24 * 20}}
    with office.services.database.write_connection() as store:
        change_document(store, engagement, DocumentKind.FOLLOW_UP, lambda _: follow_up, seen=0, by=lena.id, at=NOW)
        change_document(store, engagement, DocumentKind.CHARTER, lambda _: charter, seen=0, by=lena.id, at=NOW)
        store.commit()

    office.strike(datetime(2026, 12, 8, 8, tzinfo=UTC))

    assert "Minutes" not in "".join(text_of(message) for message in office.to(lena))


def test_what_somebody_promised_or_is_to_find_out_falls_due_for_them_alone(office: Office) -> None:
    team = office.make.team()
    lena, ola = office.make.learner("Lena", team), office.make.learner("Ola", team)
    office.make.engagement(team, [[lena, ola]], in_days=14)
    partner = office.make.partner_of(office.make.engagement(team, in_days=15))
    for person in (lena, ola):
        office.choose(person, wants_digest=False)
    tomorrow, over = date(2026, 12, 8), date(2026, 12, 6)
    office.make.promise(partner, lena, "Send the price list", due_on=over)
    office.make.promise(partner, lena, "Name a deputy", due_on=date(2026, 12, 20))
    office.make.promise(partner, ola, "They send drawings", party=Party.THEIRS, due_on=tomorrow)
    draft = ResearchDraft("Who decides?", owner_id=lena.id, due_on=tomorrow)
    with office.services.database.write_session() as session:
        partners.keep_entry(session, partner, new_id(), draft, seen=0, at=NOW)
        session.commit()

    office.strike(MONDAY)

    (message,) = office.inbox.messages
    assert office.to(lena) == [message]
    assert message["Subject"] == "2 things fall due"
    assert "Promise: Send the price list\n  Kobe Seiki · overdue by one day\n" in text_of(message)
    assert "Research: Who decides?\n  Kobe Seiki · due tomorrow\n" in text_of(message)
    assert f"{ADDRESS}/partners/{partner}" in links_in(message)


def test_a_refused_recipient_holds_nobody_up_and_is_not_tried_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    team = office.make.team()
    first, second, third = (office.make.learner(name, team) for name in ("One", "Two", "Three"))
    office.make.engagement(team, [[first, second, third]], in_days=14)
    office.inbox.refused[second.email] = "550 No such user"

    office.strike(MONDAY)
    office.inbox.refused.clear()
    office.strike(MONDAY + QUARTER)

    assert sorted(office.inbox.recipients) == sorted([first.email, third.email])
    assert "is not sent: the mail server answered 550 No such user" in caplog.text


def test_a_server_that_fails_is_tried_again_and_given_up_until_the_next_quarter(
    open_office: Callable[..., Office], caplog: pytest.LogCaptureFixture
) -> None:
    office = open_office(make_jobs=Queue)
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=14)
    office.inbox.answer = "451 Try again"
    queue = office.services.jobs
    assert isinstance(queue, Queue)

    office.strike(MONDAY)
    for _ in range(4):
        queue.work_off(datetime.now(UTC) + timedelta(minutes=1))
    given_up = caplog.text
    office.inbox.answer = "250 Taken"
    office.strike(MONDAY + QUARTER)
    office.strike(MONDAY + QUARTER)
    queue.work_off()

    assert "is given up after 3 tries" in given_up
    assert f"the mail of 2026-12-07 to user {lena.id} was not sent" in given_up
    assert len(office.to(lena)) == 1


def test_a_mail_that_waited_until_it_was_stale_is_not_sent(office: Office) -> None:
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.past_engagement(team, [[lena]], days_ago=0)
    office.clock.at = datetime(2026, 12, 4, 23, tzinfo=UTC)

    send_due(office.services, str(lena.id), "2026-12-04")

    assert office.inbox.messages == []


@pytest.mark.parametrize("settings", [{"smtp": None}, {"mode": Mode.DEMO}], ids=["no server", "a demo"])
def test_without_a_server_and_in_a_demo_mails_are_written_to_a_folder(
    open_office: Callable[..., Office], settings: dict[str, object]
) -> None:
    office = open_office(**settings)
    team = office.make.team()
    lena = office.make.learner("Lena", team)
    office.make.engagement(team, [[lena]], in_days=14)

    office.strike(MONDAY)

    (path,) = Path(office.services.settings.data_dir / "mail").iterdir()
    assert path.name == f"2026-12-07-digest-{lena.id.hex}.eml"
    assert b"Subject: Your week: Kobe Seiki in 10 days\r\n" in path.read_bytes()
    assert office.inbox.messages == []


def test_what_was_sent_is_forgotten_when_it_could_not_be_sent_again(office: Office) -> None:
    lena = office.make.learner("Lena")
    with office.services.database.write_connection() as store:
        mail_choices.note_done(store, lena.id, MailKind.DUE, "2026-12-03", at=NOW)
        store.commit()

    for days, is_known in ((59, True), (61, False)):
        office.clock.at = NOW + timedelta(days=days)
        delete_old_mail(office.services)
        with office.services.database.read_connection() as store:
            still_to_get = mail_choices.subscriber(store, lena.id, MailKind.DUE, "2026-12-03", USUAL)
        assert (still_to_get is None) is is_known


def test_a_manager_of_many_engagements_is_told_of_the_next_and_how_many_more_there_are(office: Office) -> None:
    team = office.make.team()
    ingrid = office.make.manager(team)
    counts: list[int] = []
    for more in (9, 3):
        for number in range(more):
            office.make.engagement(team, [[ingrid]], in_days=14 + number)
        with counted(office.services.database) as statements:
            office.strike(MONDAY + timedelta(days=7 * len(counts)))
        counts.append(len(statements))

    first, second = office.to(ingrid)[0], office.to(ingrid)[-1]
    assert "One more engagement is on the page of your teams" in text_of(first)
    assert "4 more engagements are on the page of your teams" in text_of(second)
    assert counts[1] <= counts[0] + 2


def _give_debrief(office: Office, person: Somebody, engagement: UUID) -> None:
    with office.services.database.write_session() as session:
        own = reporting.own_debrief(session, office.make.content, engagement, person.id)
        told = [Told(name, 0.5) for name in own.competencies]
        engagements.keep_debrief(session, engagement, person.id, told, "", at=NOW)
        session.commit()
