"""People: passwords, one-time links, sign-ins that end, teams, and the administrator who stays."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from zxcvbn.matching import RANKED_DICTIONARIES

from tests.company import PASSWORD, PASSWORD_HASH, Clock, Make, Somebody
from trainer import accounts, demo
from trainer.accounts import AccountError, NewPerson, password_problem
from trainer.accounts.passwords import JUDGED
from trainer.domain.access import Actor, Role
from trainer.models import Engagement, Invitation, User, UserSession, new_id
from trainer.tokens import hash_token

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)


def open_session(session: Session, person: Somebody, clock: Clock) -> str:
    token = accounts.open_session(session, person.id, "Firefox", LONGEST, at=clock.at)
    session.commit()
    return token


def load_actor(session: Session, token: str, clock: Clock) -> Actor | None:
    """Who is signed in with this token; each page renews when they were last seen."""
    loaded = accounts.load_actor(session, token, IDLE, at=clock.at)
    if loaded is None:
        return None
    accounts.touch_session(session, loaded[0].session_id, at=clock.at)
    return loaded[0]


def sign_ins(session: Session) -> int:
    return session.scalar(select(func.count(UserSession.id))) or 0


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short words", "12 characters or more"),
        ("x" * 129, "128 characters or fewer"),
        ("lena.hofmann.1", "your name or address"),
        ("HofmannLena2026", "your name or address"),
        ("entente-lena-ab", "your name or address"),
        ("Kobe-Seiki.26", "your name or address"),
    ],
)
def test_a_weak_password_is_refused_in_words_that_say_what_to_do(password: str, problem: str) -> None:
    found = password_problem(password, "lena.hofmann@kobe-seiki.example", "Lena Hofmann")

    assert found is not None
    assert problem in found


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("leavemealone", "common words or passwords"),
        ("Qwerty123456", "common words or passwords"),
        ("passwort12345", "common words or passwords"),
        ("password password", "common words or passwords"),
        ("Secret-secret_SECRET", "common words or passwords"),
        ("monkeydragonmaster", "common words or passwords"),
        ("Manchester United", "common words or passwords"),
        ("Welcome-2026-Welcome", "common words or passwords"),
        ("Welcome2026!!", "common words or passwords"),
        ("1029384756-ab", "common words or passwords"),
        ("123456789012", "common words or passwords"),
        ("passwordpassword", "repeats itself"),
        ("P@ssw0rdP@ssw0rd", "repeats itself"),
        ("aaaabbbbaaaabbbb", "repeats itself"),
        ("пароль пароль", "repeats itself"),
        ("x" * 128, "repeats itself"),
        ("            ", "repeats itself"),
        ("------------", "repeats itself"),
        ("abcdefghijklm", "follows the alphabet"),
        ("zxcvfrtgbnhy", "follows the keyboard"),
        ("22/11/2026 22/11/2026", "a date"),
        ("hofmannhalden123456", "your name, your address"),
    ],
)
def test_a_password_of_known_parts_is_easy_to_guess_however_long(password: str, why: str) -> None:
    found = password_problem(password, "lena.hofmann@halden.example", "Lena Hofmann")

    assert found is not None
    assert found.startswith("This password is easy to guess: ")
    assert why in found
    assert found.endswith("Choose three or more words that do not belong together.")


@pytest.mark.parametrize(
    "password",
    [
        "seven grey herons",
        "twelve chars",
        "the herons stood where the river bends " * 3 + "and sing...",
        "пароль из слов",
        "もう一度お願いしますと言う",
        "   spaces are fine  ",
        "dog cat house",
        "amber-birch-cedar",
        "correcthorsebatterystaple",
        "k8jd92lmq0xz",
        "+7%2(K|$w9}{>#%^&*!?[]" * 5,
    ],
)
def test_a_long_password_needs_no_special_signs(password: str) -> None:
    assert password_problem(password, "lena.hofmann@example.org", "Lena Hofmann") is None


def test_only_the_start_of_a_long_password_is_judged() -> None:
    """Judging takes longer than in proportion to the length: signs that stand for letters would take seconds."""
    easy = "a" * JUDGED

    assert password_problem(easy + " seven grey herons", "lena.hofmann@example.org", "Lena Hofmann") is not None


def test_what_is_known_of_one_person_is_not_kept_for_the_next() -> None:
    before = set(RANKED_DICTIONARIES)

    password_problem("seven grey herons", "lena.hofmann@example.org", "Lena Hofmann")

    assert set(RANKED_DICTIONARIES) == before


def test_a_password_that_the_demo_makes_would_be_taken_from_a_person() -> None:
    made = [demo.make_password() for _ in range(200)]

    assert all(len(set(each.split("-"))) == 3 for each in made)
    assert password_problem(made[0], "lena.hofmann@halden.example", "Lena Hofmann") is None


def test_ones_own_name_may_be_a_part_of_a_longer_password() -> None:
    assert password_problem("lena rides a blue bicycle", "lena.hofmann@example.org", "Lena Hofmann") is None


def test_a_password_is_kept_as_an_argon2id_hash_with_its_own_salt() -> None:
    first, second = accounts.hash_password(PASSWORD), accounts.hash_password(PASSWORD)

    assert first.startswith("$argon2id$")
    assert first != second


def test_the_right_password_is_that_of_its_account(make: Make, session: Session) -> None:
    lena = make.learner()

    assert accounts.check_password(session, lena.email, PASSWORD) == lena.id
    assert accounts.check_password(session, f"  {lena.email.upper()} ", PASSWORD) == lena.id
    assert accounts.check_password(session, lena.email, PASSWORD + "!") is None
    assert accounts.check_password(session, "stranger@example.org", PASSWORD) is None


def test_who_was_invited_but_has_not_joined_cannot_sign_in(make: Make, session: Session) -> None:
    make.invitation(email="nora@example.org")

    assert accounts.check_password(session, "nora@example.org", PASSWORD) is None
    assert accounts.check_password(session, "nora@example.org", "") is None


def test_an_invitation_makes_the_person_that_it_says(make: Make, session: Session, clock: Clock) -> None:
    team = make.team("Asia Sales")
    person = NewPerson("Nora@Example.org ", " Nora Neu ", is_trainer=True, team_id=team, is_manager=True)
    token = accounts.invite(session, person, at=clock.at)

    user_id = accounts.accept_invitation(session, token, " Nora N. Neu ", PASSWORD_HASH, at=clock.at)

    (nora,) = accounts.list_people(session)
    assert nora == accounts.PersonInfo(
        user_id, "Nora N. Neu", "nora@example.org", True, False, False, ("Asia Sales (manager)",)
    )


def test_only_the_hash_of_a_link_is_kept(make: Make, session: Session) -> None:
    token = make.invitation()

    kept = session.scalars(select(Invitation.token_hash)).one()

    assert token not in kept
    assert len(kept) == 64


def test_a_link_works_once(make: Make, session: Session, clock: Clock) -> None:
    token = make.invitation()
    accounts.accept_invitation(session, token, "Nora", PASSWORD_HASH, at=clock.at)

    with pytest.raises(AccountError, match="Ask for a new one"):
        accounts.accept_invitation(session, token, "Nora", PASSWORD_HASH, at=clock.at)

    assert accounts.find_invitation(session, token, at=clock.at) is None


def test_a_link_is_over_after_seven_days(make: Make, session: Session, clock: Clock) -> None:
    token = make.invitation()
    clock.turn(timedelta(days=7) - timedelta(seconds=1))
    assert accounts.find_invitation(session, token, at=clock.at) is not None
    clock.turn(timedelta(seconds=1))

    with pytest.raises(AccountError, match="too old"):
        accounts.accept_invitation(session, token, "Nora", PASSWORD_HASH, at=clock.at)

    assert not accounts.has_users(session)


def test_a_link_that_never_was_is_not_found(session: Session, clock: Clock) -> None:
    assert accounts.find_invitation(session, "made-up", at=clock.at) is None


def test_a_second_invitation_ends_the_first(make: Make, session: Session, clock: Clock) -> None:
    first = make.invitation()

    second = make.invitation()

    assert accounts.find_invitation(session, first, at=clock.at) is None
    assert accounts.find_invitation(session, second, at=clock.at) is not None


def test_who_is_here_already_is_not_invited_twice(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner("Lena")

    with pytest.raises(AccountError, match="here already"):
        accounts.invite(session, NewPerson(lena.email.upper(), "Lena again"), at=clock.at)


def test_a_new_password_ends_all_sign_ins_and_the_old_password(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    tokens = [open_session(session, lena, clock) for _ in range(2)]
    link = accounts.invite_again(session, lena.id, at=clock.at)
    found = accounts.find_invitation(session, link, at=clock.at)

    accounts.accept_invitation(session, link, "ignored", accounts.hash_password("a quite new one"), at=clock.at)

    assert found is not None
    assert found.is_reset
    assert [load_actor(session, token, clock) for token in tokens] == [None, None]
    assert accounts.check_password(session, lena.email, PASSWORD) is None
    assert accounts.check_password(session, lena.email, "a quite new one") == lena.id
    assert [person.name for person in accounts.list_people(session)] == [lena.name]


def test_asking_for_a_new_password_ends_the_sign_ins_at_once(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    token = open_session(session, lena, clock)

    accounts.invite_again(session, lena.id, at=clock.at)

    assert load_actor(session, token, clock) is None


def test_a_reset_gives_nobody_a_role_or_a_team(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    link = accounts.invite_again(session, lena.id, at=clock.at)

    accounts.accept_invitation(session, link, "Lena", PASSWORD_HASH, at=clock.at)

    (person,) = accounts.list_people(session)
    assert (person.is_admin, person.is_trainer, person.teams) == (False, False, ())


def test_a_signed_in_person_is_known_with_roles_and_teams(make: Make, session: Session, clock: Clock) -> None:
    managed, joined = make.team(), make.team()
    mara = make.person("Mara", team=managed, is_manager=True, is_trainer=True)
    accounts.set_membership(session, joined, mara.id, is_manager=False, at=clock.at)

    actor = load_actor(session, open_session(session, mara, clock), clock)

    assert actor is not None
    assert (actor.id, actor.name, actor.email) == (mara.id, "Mara", mara.email)
    assert actor.roles == {Role.LEARNER, Role.TRAINER}
    assert actor.teams == {managed, joined}
    assert actor.managed_teams == {managed}
    assert not actor.is_demo


def test_only_the_hash_of_a_sign_in_is_kept(make: Make, session: Session, clock: Clock) -> None:
    token = open_session(session, make.learner(), clock)

    (kept,) = session.scalars(select(UserSession.id))

    assert kept != token
    assert load_actor(session, kept, clock) is None


def test_a_sign_in_ends_after_eight_hours_without_a_page(make: Make, session: Session, clock: Clock) -> None:
    token = open_session(session, make.learner(), clock)
    clock.turn(timedelta(hours=7, minutes=59))
    assert load_actor(session, token, clock) is not None
    clock.turn(timedelta(hours=8))

    assert load_actor(session, token, clock) is None


def test_a_sign_in_ends_after_a_week_however_busy(make: Make, session: Session, clock: Clock) -> None:
    token = open_session(session, make.learner(), clock)
    for _ in range(7 * 4 - 1):
        clock.turn(timedelta(hours=6))
        assert load_actor(session, token, clock) is not None
    clock.turn(timedelta(hours=6))

    assert load_actor(session, token, clock) is None


def test_signing_in_sweeps_out_ones_sign_ins_that_are_over(make: Make, session: Session, clock: Clock) -> None:
    lena, other = make.learner(), make.learner()
    open_session(session, lena, clock)
    open_session(session, other, clock)
    clock.turn(LONGEST)

    open_session(session, lena, clock)

    assert sign_ins(session) == 2


def test_one_sign_in_ends_and_the_other_stays(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    here, there = (open_session(session, lena, clock) for _ in range(2))

    accounts.close_session(session, lena.id, hash_token(there))

    assert load_actor(session, there, clock) is None
    assert load_actor(session, here, clock) is not None


def test_nobody_ends_the_sign_in_of_another(make: Make, session: Session, clock: Clock) -> None:
    lena, other = make.learner(), make.learner()
    token = open_session(session, lena, clock)

    accounts.close_session(session, other.id, hash_token(token))

    assert load_actor(session, token, clock) is not None


def test_signing_out_everywhere_leaves_others_alone(make: Make, session: Session, clock: Clock) -> None:
    lena, other = make.learner(), make.learner()
    for person in (lena, lena, other):
        open_session(session, person, clock)

    accounts.close_all_sessions(session, lena.id)

    assert accounts.list_sessions(session, lena.id) == ()
    assert len(accounts.list_sessions(session, other.id)) == 1


def test_a_disabled_account_loses_its_sign_ins_at_once(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    token = open_session(session, lena, clock)

    accounts.disable_user(session, lena.id, at=clock.at)

    assert load_actor(session, token, clock) is None
    assert accounts.check_password(session, lena.email, PASSWORD) is None
    accounts.enable_user(session, lena.id, at=clock.at)
    assert load_actor(session, token, clock) is None
    assert accounts.check_password(session, lena.email, PASSWORD) == lena.id


def test_a_disabled_account_gets_no_new_password(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    link = accounts.invite_again(session, lena.id, at=clock.at)
    accounts.disable_user(session, lena.id, at=clock.at)

    with pytest.raises(AccountError, match="enable the account first"):
        accounts.invite_again(session, lena.id, at=clock.at)
    with pytest.raises(AccountError, match="Ask an administrator"):
        accounts.accept_invitation(session, link, "Lena", PASSWORD_HASH, at=clock.at)


def test_the_last_active_administrator_stays(make: Make, session: Session, clock: Clock) -> None:
    ada, ben = make.admin("Ada"), make.admin("Ben")
    accounts.disable_user(session, ben.id, at=clock.at)

    with pytest.raises(AccountError, match="Ada is the only administrator"):
        accounts.disable_user(session, ada.id, at=clock.at)

    accounts.enable_user(session, ben.id, at=clock.at)
    accounts.disable_user(session, ada.id, at=clock.at)


def test_two_teams_cannot_have_one_name(make: Make, session: Session, clock: Clock) -> None:
    make.team("Asia Sales")

    with pytest.raises(AccountError, match="Choose another name"):
        accounts.create_team(session, " asia sales ", at=clock.at)


def test_a_person_is_in_a_team_once_and_can_become_its_manager(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    lena = make.learner("Lena", team)

    accounts.set_membership(session, team, lena.id, is_manager=True, at=clock.at)

    (member,) = accounts.list_members(session, team)
    assert (member.name, member.is_manager) == ("Lena", True)


def test_teams_tell_how_many_they_are_and_who_manages(make: Make, session: Session, clock: Clock) -> None:
    asia, europe = make.team("Asia"), make.team("Europe")
    mara = make.manager(asia, "Mara")
    make.learner(team=asia)

    everyone, only_europe = accounts.list_teams(session), accounts.list_teams(session, [europe])
    accounts.leave_team(session, asia, mara.id, at=clock.at)

    assert [(team.name, team.members, team.managers) for team in everyone] == [
        ("Asia", 2, ("Mara",)),
        ("Europe", 0, ()),
    ]
    assert [team.id for team in only_europe] == [europe]
    assert [team.managers for team in accounts.list_teams(session, [asia])] == [()]


def test_who_comes_leaves_or_is_disabled_changes_the_meetings_ahead_in_which_they_can_be_named(
    make: Make, session: Session, clock: Clock
) -> None:
    asia, europe = make.team("Asia"), make.team("Europe")
    lena = make.learner("Lena", asia)
    accounts.set_membership(session, europe, lena.id, is_manager=False, at=clock.at)
    ours, theirs = make.engagement(asia), make.engagement(europe, [[lena]])
    make.past_engagement(asia)
    make.engagement(make.team())

    def changed(use: Callable[[], None]) -> set[UUID]:
        clock.turn(timedelta(minutes=1))
        use()
        session.flush()
        return set(session.scalars(select(Engagement.id).where(Engagement.updated_at == clock.at)))

    assert changed(lambda: accounts.disable_user(session, lena.id, at=clock.at)) == {ours, theirs}
    assert changed(lambda: accounts.enable_user(session, lena.id, at=clock.at)) == {ours, theirs}
    assert changed(lambda: accounts.leave_team(session, asia, lena.id, at=clock.at)) == {ours}
    assert changed(lambda: accounts.set_membership(session, asia, lena.id, is_manager=False, at=clock.at)) == {ours}


def test_demo_people_are_told_from_real_ones(make: Make, session: Session) -> None:
    lena = make.learner()
    accounts.set_demo_password(session, [lena.email], "not this one")
    assert not accounts.has_demo_users(session)

    accounts.mark_demo(session)

    assert accounts.has_demo_users(session)
    assert accounts.check_password(session, lena.email, PASSWORD) == lena.id


def test_an_address_is_kept_once(make: Make, session: Session, clock: Clock) -> None:
    """Two links for one address can both be open only if they were made at once; the second to join is refused."""
    token = make.invitation(email="nora@example.org")
    session.add(User(id=new_id(), email="nora@example.org", name="Nora", created_at=clock.at))
    session.flush()

    accounts.accept_invitation(session, token, "Other", PASSWORD_HASH, at=clock.at)

    assert [person.name for person in accounts.list_people(session)] == ["Nora"]
