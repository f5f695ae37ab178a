"""Administration: inviting, links, disabling, teams and who is in them."""

import re
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import HTMX, Browser, rows_of, text_of
from tests.company import PASSWORD, Make, Somebody
from trainer import accounts
from trainer.models import Invitation, new_id

OLGA = {"name": "Olga Neu", "email": "Olga@Example.org", "team": ""}


@pytest.fixture
def ada(make: Make) -> Somebody:
    return make.admin("Ada")


@pytest.fixture
def as_admin(sign_in: Callable[[Somebody], Browser], ada: Somebody) -> Browser:
    return sign_in(ada)


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


def link_of(page: str) -> str:
    found = re.search(r'value="http://localhost(/invitations/[^"]+)"', page)
    assert found is not None
    return found[1]


def invitations(session: Session) -> int:
    count = session.scalar(select(func.count(Invitation.id)).where(Invitation.used_at.is_(None))) or 0
    session.commit()
    return count


def test_everyone_is_listed_with_teams_and_roles(as_admin: Browser, make: Make, team: UUID) -> None:
    make.manager(team, "Mara")
    make.trainer("Tina")

    rows = {row[0].split()[0]: row[1:3] for row in rows_of(as_admin.get("/people").text)[1:]}

    assert rows == {
        "Ada": ["none", "administrator"],
        "Mara": ["Support (manager)", "learner"],
        "Tina": ["none", "trainer"],
    }


def test_a_link_is_made_shown_once_and_lets_the_person_in(
    as_admin: Browser, client: Browser, make: Make, team: UUID, session: Session
) -> None:
    form = {**OLGA, "team": str(team), "is_manager": "y", "is_trainer": "y"}

    page = as_admin.submit("/people/invite", form)
    link = link_of(page.text)
    client.submit(link, {"name": "Olga", "password": PASSWORD, "again": PASSWORD})

    assert "Send this link to Olga Neu" in text_of(page.text)
    assert link not in as_admin.get("/people").text
    olga = next(person for person in accounts.list_people(session) if person.name == "Olga")
    assert (olga.email, olga.is_trainer, olga.is_admin, olga.teams) == (
        "olga@example.org", True, False, ("Support (manager)",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write the person's name."),
        ({"name": "x" * 121}, "120"),
        ({"email": ""}, "Write the person's e-mail address."),
        ({"email": "olga"}, "This is not an e-mail address."),
        ({"email": "olga@example"}, "This is not an e-mail address."),
        ({"email": "olga@exa mple.org"}, "This is not an e-mail address."),
        ({"email": "x" * 250 + "@example.org"}, "254"),
        ({"team": "x"}, "Not a valid choice"),
        ({"team": str(new_id())}, "Not a valid choice"),
    ],
)
def test_a_bad_invitation_says_what_to_do_and_keeps_what_was_typed(
    as_admin: Browser, session: Session, change: Mapping[str, str], words: str
) -> None:
    before = invitations(session)

    answer = as_admin.submit("/people/invite", {**OLGA, **change})

    assert answer.status_code == 422
    assert words in text_of(answer.text).replace("&#39;", "'")
    if "name" not in change:
        assert 'value="Olga Neu"' in answer.text
    assert invitations(session) == before


def test_who_is_here_is_not_invited_again(as_admin: Browser, make: Make) -> None:
    lena = make.learner("Lena")

    answer = as_admin.submit("/people/invite", {**OLGA, "email": lena.email.upper()})

    assert answer.status_code == 422
    assert f"Lena <{lena.email}> is here already" in text_of(answer.text)


def test_a_new_password_link_is_made_for_a_person(as_admin: Browser, make: Make, client: Browser) -> None:
    lena = make.learner("Lena")

    link = link_of(as_admin.submit(f"/people/{lena.id}/link").text)

    assert "Choose a new password" in text_of(client.get(link).text)


def test_a_disabled_person_gets_no_link(as_admin: Browser, make: Make) -> None:
    lena = make.learner("Lena")
    as_admin.submit(f"/people/{lena.id}/disable")

    answer = as_admin.submit(f"/people/{lena.id}/link", follow_redirects=True)

    assert "Lena is disabled; enable the account first" in text_of(answer.text)


def test_disabling_and_enabling_is_said_and_shown(as_admin: Browser, make: Make, client: Browser) -> None:
    lena = make.learner("Lena")

    disabled = text_of(as_admin.submit(f"/people/{lena.id}/disable", follow_redirects=True).text)
    refused = client.sign_in(lena)
    enabled = text_of(as_admin.submit(f"/people/{lena.id}/enable", follow_redirects=True).text)

    assert "Lena can no longer sign in. Their records are kept." in disabled
    assert "disabled" in disabled.split("Lena person")[1][:80]
    assert refused.status_code == 422
    assert "Lena can sign in again." in enabled
    assert client.sign_in(lena).status_code == 303


def test_the_only_administrator_cannot_shut_themselves_out(as_admin: Browser, ada: Somebody) -> None:
    answer = as_admin.submit(f"/people/{ada.id}/disable")

    assert (answer.status_code, answer.location) == (303, "/people")
    assert "Ada is the only administrator" in text_of(as_admin.get("/people").text)
    assert as_admin.is_signed_in


def test_an_administrator_who_leaves_is_signed_out(as_admin: Browser, ada: Somebody, make: Make) -> None:
    make.admin("Ben")

    answer = as_admin.submit(f"/people/{ada.id}/disable")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not as_admin.is_signed_in


@pytest.mark.parametrize("action", ["link", "disable", "enable"])
def test_a_person_who_is_not_there_is_not_found(as_admin: Browser, action: str) -> None:
    assert as_admin.submit(f"/people/{new_id()}/{action}").status_code == 404


def test_a_team_is_made_once(as_admin: Browser) -> None:
    made = as_admin.submit("/people/teams", {"name": " Lab "}, follow_redirects=True)
    again = as_admin.submit("/people/teams", {"name": "lab"}, follow_redirects=True)
    nameless = as_admin.submit("/people/teams", {"name": " "}, follow_redirects=True)
    endless = as_admin.submit("/people/teams", {"name": "x" * 121}, follow_redirects=True)

    assert "is made. Add its people." in text_of(made.text)
    assert "There is a team named lab already." in text_of(again.text)
    assert "The team needs a name." in text_of(nameless.text)
    assert endless.text.count("/people/teams/") == 1


def test_people_are_put_into_a_team_made_managers_and_taken_out(
    as_admin: Browser, make: Make, team: UUID, session: Session
) -> None:
    lena = make.learner("Lena")
    path = f"/people/teams/{team}"

    def members() -> list[tuple[str, bool]]:
        found = [(member.name, member.is_manager) for member in accounts.list_members(session, team)]
        session.commit()
        return found

    as_admin.submit(f"{path}/members", {"user": str(lena.id)})
    joined = members()
    as_admin.submit(f"{path}/members", {"user": str(lena.id), "is_manager": "y"})
    managing = members()
    page = text_of(as_admin.get(path).text)
    as_admin.submit(f"{path}/members/{lena.id}/leave")

    assert joined == [("Lena", False)]
    assert managing == [("Lena", True)]
    assert "manager" in page
    assert members() == []


@pytest.mark.parametrize("user", ["", "x", "nobody", "disabled"])
def test_only_people_of_the_list_are_put_into_a_team(
    as_admin: Browser, make: Make, team: UUID, session: Session, user: str
) -> None:
    lena = make.learner("Lena")
    as_admin.submit(f"/people/{lena.id}/disable")
    chosen = {"nobody": str(new_id()), "disabled": str(lena.id)}.get(user, user)

    answer = as_admin.submit(f"/people/teams/{team}/members", {"user": chosen}, follow_redirects=True)

    assert "Choose a person from the list." in text_of(answer.text)
    assert accounts.list_members(session, team) == ()


def test_a_team_that_is_not_there_is_not_found(as_admin: Browser) -> None:
    assert as_admin.get(f"/people/teams/{new_id()}").status_code == 404
    assert as_admin.submit(f"/people/teams/{new_id()}/members", {"user": str(new_id())}).status_code == 404


def test_who_becomes_a_manager_sees_the_team_with_the_next_page(
    as_admin: Browser, sign_in: Callable[[Somebody], Browser], make: Make, team: UUID
) -> None:
    lena = make.learner("Lena", team)
    browser = sign_in(lena)
    before = browser.get(f"/teams/{team}").status_code

    as_admin.submit(f"/people/teams/{team}/members", {"user": str(lena.id), "is_manager": "y"})
    managing = browser.get(f"/teams/{team}").status_code
    as_admin.submit(f"/people/teams/{team}/members/{lena.id}/leave")

    assert (before, managing, browser.get(f"/teams/{team}").status_code) == (403, 200, 403)


def test_names_are_printed_as_text(as_admin: Browser, make: Make, team: UUID) -> None:
    make.learner("<script>alert(1)</script>", team)
    as_admin.submit("/people/teams", {"name": "<img src=x>"})

    for path in ("/people", f"/people/teams/{team}"):
        page = as_admin.get(path).text

        assert "<script>alert" not in page
        assert "<img src=x>" not in page


def test_a_part_for_htmx_has_no_frame(as_admin: Browser, team: UUID) -> None:
    for path in ("/people", "/people/invite", f"/people/teams/{team}"):
        assert "<html" not in as_admin.get(path, headers=HTMX).text
