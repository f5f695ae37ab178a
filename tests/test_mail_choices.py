"""Who wants which mails and which are done with; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make, Somebody, hears_all
from tests.web.test_statements import counted
from trainer import accounts, mail_choices, reporting
from trainer.database import Database, Store
from trainer.domain.content import Content
from trainer.domain.mail import MailChoice, MailKind, Reader
from trainer.pace import Pace
from trainer.versions import load_model

USUAL = MailChoice("de", "Europe/Oslo")
OWN = MailChoice("ja", "Asia/Tokyo", True, False, time(20), time(7, 30))


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def write(database: Database) -> Callable[[Callable[[Store], object]], None]:
    """In a transaction of its own."""

    def committed(act: Callable[[Store], object]) -> None:
        with database.write_connection() as store:
            act(store)
            store.commit()

    return committed


Write = Callable[[Callable[[Store], object]], None]


def test_who_has_chosen_nothing_has_what_is_usual(session: Session, lena: Somebody) -> None:
    (found,) = mail_choices.subscribers(session, USUAL)

    assert mail_choices.choice_of(session, lena.id, USUAL) == USUAL
    assert (found.reader, found.choice) == (Reader(lena.id, "Lena", lena.email), USUAL)
    assert found.last == {MailKind.DIGEST: None, MailKind.DUE: None}


def test_the_last_choice_counts(session: Session, lena: Somebody, write: Write) -> None:
    write(lambda store: mail_choices.choose(store, lena.id, USUAL))
    write(lambda store: mail_choices.choose(store, lena.id, OWN))

    assert mail_choices.choice_of(session, lena.id, USUAL) == OWN
    assert [each.choice for each in mail_choices.subscribers(session, USUAL)] == [OWN]


def test_stopping_a_kind_leaves_all_else_as_it_was(session: Session, lena: Somebody, write: Write) -> None:
    write(lambda store: mail_choices.choose(store, lena.id, OWN))

    write(lambda store: mail_choices.stop(store, lena.id, MailKind.DIGEST, USUAL))

    assert mail_choices.choice_of(session, lena.id, USUAL) == replace(OWN, wants_digest=False)
    assert mail_choices.stop(session, UUID(int=7), MailKind.DIGEST, USUAL) is False


def test_a_mail_that_is_done_with_is_not_to_be_sent(session: Session, lena: Somebody, write: Write) -> None:
    for key in ("2026-12-02", "2026-12-03", "2026-12-03"):
        write(lambda store, key=key: mail_choices.note_done(store, lena.id, MailKind.DUE, key, at=NOW))  # type: ignore[misc]

    (found,) = mail_choices.subscribers(session, USUAL)
    assert found.last == {MailKind.DIGEST: None, MailKind.DUE: "2026-12-03"}
    assert mail_choices.subscriber(session, lena.id, MailKind.DUE, "2026-12-03", USUAL) is None
    assert mail_choices.subscriber(session, lena.id, MailKind.DUE, "2026-12-04", USUAL) is not None
    assert mail_choices.subscriber(session, lena.id, MailKind.DIGEST, "2026-12-03", USUAL) is not None


def test_what_is_known_of_old_mails_is_forgotten(session: Session, lena: Somebody, write: Write) -> None:
    write(lambda store: mail_choices.note_done(store, lena.id, MailKind.DUE, "2026-12-03", at=NOW))

    write(lambda store: mail_choices.forget_old(store, at=NOW + timedelta(days=61)))

    assert mail_choices.subscriber(session, lena.id, MailKind.DUE, "2026-12-03", USUAL) is not None


def test_who_is_not_here_any_more_gets_none(session: Session, make: Make, lena: Somebody) -> None:
    accounts.disable_user(session, lena.id, at=NOW)
    session.commit()

    assert mail_choices.subscribers(session, USUAL) == ()
    assert mail_choices.subscriber(session, lena.id, MailKind.DUE, "2026-12-03", USUAL) is None


def test_everybody_is_found_with_one_statement(database: Database, make: Make) -> None:
    for _ in range(5):
        make.learner()

    with counted(database) as statements, database.read_connection() as store:
        found = mail_choices.subscribers(store, USUAL)

    assert len(found) == 5
    assert len(statements) == 1


def test_a_week_takes_two_more_statements_for_each_engagement_and_else_a_fixed_number(
    database: Database, make: Make, content: Content
) -> None:
    team = make.team()
    ingrid = make.manager(team)
    people = [make.learner(team=team) for _ in range(3)]
    counts: list[int] = []
    for engagements in (1, 6):
        for number in range(engagements - len(counts)):
            make.engagement(team, [[ingrid, *people]], in_days=14 + number)
            make.past_engagement(team, [[ingrid]], days_ago=1 + number)
        with counted(database) as statements, database.read_connection() as store:
            look = reporting.Lookup(store, content, load_model(store), Pace(), hears_all)
            facts = reporting.digest_facts(look, Reader(ingrid.id, "Ingrid", ingrid.email), "Europe/Oslo", at=NOW)
        assert len(facts.managed) == len(facts.seated) == len(facts.due) == engagements
        counts.append(len(statements))

    one, six = counts
    assert six - one <= 2 * 5
    assert one <= 60, one
