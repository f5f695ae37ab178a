"""The readiness report by a link: without an account, without names, until it is over."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.browsing import Browser, text_of
from tests.company import Clock, Make, Somebody
from trainer.domain.documents import DocumentKind
from trainer.workspace import change_document


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team()


@pytest.fixture
def as_manager(make: Make, team: UUID, sign_in: Callable[[Somebody], Browser]) -> Browser:
    return sign_in(make.manager(team))


@pytest.fixture
def engagement(make: Make, team: UUID) -> UUID:
    lena = make.learner("Lena Hofmann", team)
    make.answers(lena, "pt-remote-call", right=0.5)
    return make.engagement(team, [[lena], [lena], [lena]])


def share(manager: Browser, engagement: UUID, days: str = "14") -> str:
    """The path of a new link."""
    page = manager.submit(f"/engagements/{engagement}/share", {"label": "Board", "days": days}).text
    address = re.search(r'value="(https?://[^/"]+(/reports/[^"]+))"', page)
    assert address is not None
    return address[2]


def test_whoever_has_the_link_reads_the_report_and_no_name(
    as_manager: Browser, client: Browser, engagement: UUID
) -> None:
    answer = client.get(share(as_manager, engagement))

    page = text_of(answer.text)
    assert answer.status_code == 200
    assert "What is missing, what matters most first" in page
    assert "Chair of the call" in page
    assert "Lena" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_link_ends_with_its_days(as_manager: Browser, client: Browser, engagement: UUID, clock: Clock) -> None:
    path = share(as_manager, engagement, "7")
    clock.turn(timedelta(days=7))

    answer = client.get(path)

    assert answer.status_code == 404
    assert "This link is over" in text_of(answer.text)


def test_a_link_that_is_ended_is_over_at_once(as_manager: Browser, client: Browser, engagement: UUID) -> None:
    path = share(as_manager, engagement)
    page = as_manager.get(f"/engagements/{engagement}/share").text
    end = re.search(r'action="(/engagements/[^"]+/end)"', page)
    assert end is not None

    as_manager.submit(end[1])

    assert client.get(path).status_code == 404
    assert "1 link that is over" in text_of(as_manager.get(f"/engagements/{engagement}/share").text)


def test_the_link_of_a_meeting_that_was_taken_away_is_over(
    as_manager: Browser, client: Browser, engagement: UUID
) -> None:
    path = share(as_manager, engagement)
    as_manager.submit(f"/engagements/{engagement}/cancel")

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("sent", [{"label": "", "days": "14"}, {"label": "Board", "days": "3650"}])
def test_a_link_for_nobody_or_for_ever_is_not_made(as_manager: Browser, engagement: UUID, sent: dict[str, str]) -> None:
    answer = as_manager.submit(f"/engagements/{engagement}/share", sent)

    assert answer.status_code == 422


@pytest.mark.parametrize(("suffix", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_the_report_is_taken_out_as_a_file_with_names_by_the_manager_and_without_by_a_link(
    as_manager: Browser, client: Browser, engagement: UUID, suffix: str, begins: bytes
) -> None:
    own = as_manager.get(f"/engagements/{engagement}/report.{suffix}")
    shared = client.get(f"{share(as_manager, engagement)}/report.{suffix}")

    for answer in (own, shared):
        assert answer.status_code == 200
        assert answer.data.startswith(begins)
        assert answer.headers["Content-Disposition"].endswith(f'-kobe-seiki-readiness.{suffix}"')
    if suffix == "csv":
        assert "Lena" in own.text
        assert "Lena" not in shared.text


def test_a_format_that_is_not_offered_is_not_found(as_manager: Browser, client: Browser, engagement: UUID) -> None:
    assert as_manager.get(f"/engagements/{engagement}/report.docx").status_code == 404
    assert client.get(f"{share(as_manager, engagement)}/report.docx").status_code == 404
    assert client.get("/reports/none/report.pdf").status_code == 404


def test_the_report_holds_contacts_and_the_objective_and_outsiders_read_no_name(
    as_manager: Browser, client: Browser, make: Make, team: UUID
) -> None:
    lena = make.learner("Lena Hofmann", team)
    engagement = make.engagement(team, [[lena]])
    person = make.partner_person(make.partner_of(engagement), "Kazuo Tanabe")
    contact = {"interface": "Sales", "side": "theirs", "rank": "primary", "who": f"person:{person}",
               "zone": "Asia/Tokyo", "opens": "09:00", "closes": "17:30"}  # fmt: skip
    ours = {**contact, "side": "ours", "who": f"user:{lena.id}", "zone": "Europe/Oslo", "opens": "08:00"}
    charter = {
        "objective": {"sentence": "A price for 400 sensors by May."},
        "contacts": [{"id": "a", **contact}, {"id": "b", **ours}],
    }
    change_document(
        make.session, engagement, DocumentKind.CHARTER, lambda _: charter, seen=0, by=lena.id, at=make.clock.at
    )
    make.session.commit()

    own = as_manager.get(f"/engagements/{engagement}/report.csv").text
    shared = client.get(f"{share(as_manager, engagement)}/report.csv").text

    assert "Kazuo Tanabe" in own
    assert "09:00 to 17:30 Tokyo" in own
    for table in (own, shared):
        assert "A price for 400 sensors by May." in table
    assert "Kazuo" not in shared
    assert "Lena" not in shared


def test_what_the_team_wrote_is_not_shared(as_manager: Browser, client: Browser, make: Make, team: UUID) -> None:
    lena = make.learner("Lena Hofmann", team)
    engagement = make.engagement(team, [[lena]])
    for words in ("Lower the price to 12", "Lower the price to 11"):
        make.promise(make.partner_of(engagement), lena, words, due_on=date(2026, 11, 1))
    meeting = {"agenda": [{"id": "a", "title": "Our walk-away price", "minutes": 600}],
               "checks": [{"id": "b", "what": "Ring Tanabe at home"}]}  # fmt: skip
    change_document(
        make.session, engagement, DocumentKind.MEETING, lambda _: meeting, seen=0, by=lena.id, at=make.clock.at
    )
    make.session.commit()
    secrets = ("Lower the price", "walk-away", "Tanabe")

    own = as_manager.get(f"/engagements/{engagement}").text
    path = share(as_manager, engagement)

    assert all(words in own for words in secrets)
    for page in (client.get(path).text, client.get(f"{path}/report.csv").text):
        assert page.count("A promise of ours is late.") == 1
        assert not [words for words in secrets if words in page]
