"""Documents that a team writes together: every version is kept, and nothing that two people write at once is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make
from trainer.domain.documents import Document, DocumentKind, with_fields
from trainer.models import Engagement
from trainer.workspace import (
    NO_DOCUMENT,
    DocumentClash,
    NoSuchVersion,
    change_document,
    document_at,
    newest_document,
    newest_documents,
    versions_of,
)

CHARTER = DocumentKind.CHARTER
LATER = NOW + timedelta(minutes=5)


def objective(**fields: str) -> Callable[[Document], Document]:
    """The change of a document that writes these fields."""
    return lambda document: with_fields(document, "objective", fields)


def test_before_anybody_writes_a_document_is_empty(session: Session, make: Make) -> None:
    engagement = make.engagement(make.team())

    assert newest_document(session, engagement, CHARTER) == NO_DOCUMENT
    assert versions_of(session, engagement, CHARTER) == ()


def test_each_change_is_a_version_with_who_made_it(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()

    for number, words in enumerate(("One price", "One price and a date")):
        change_document(
            session,
            engagement,
            CHARTER,
            objective(sentence=words),
            seen=number,
            by=lena.id,
            at=NOW,
        )

    kept = versions_of(session, engagement, CHARTER)
    assert [(each.version, each.document["objective"]["sentence"], each.made_by) for each in kept] == [
        (2, "One price and a date", lena.name),
        (1, "One price", lena.name),
    ]
    assert document_at(session, engagement, CHARTER, 1) == kept[1]
    assert newest_document(session, engagement, CHARTER) == kept[0]


def test_what_two_people_change_at_once_is_put_together(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()
    for fields in ({"sentence": "One price"}, {"measure": "A signed sheet"}):
        change_document(
            session,
            engagement,
            CHARTER,
            objective(**fields),
            seen=0,
            by=lena.id,
            at=NOW,
        )

    newest = newest_document(session, engagement, CHARTER)
    assert newest.document == {"objective": {"sentence": "One price", "measure": "A signed sheet"}}


def test_the_same_changed_in_two_ways_is_refused_until_the_newest_was_seen(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()

    def change(words: str, seen: int) -> int:
        return change_document(
            session,
            engagement,
            CHARTER,
            objective(sentence=words),
            seen=seen,
            by=lena.id,
            at=NOW,
        )

    change("One price", 0)
    with pytest.raises(DocumentClash) as clash:
        change("Two prices", 0)

    assert clash.value.newest.document == {"objective": {"sentence": "One price"}}
    assert [(each.mine, each.theirs) for each in clash.value.clashes] == [("Two prices", "One price")]
    assert change("Two prices", clash.value.newest.version) == 2


def test_a_change_that_changes_nothing_makes_no_version(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()

    assert change_document(session, engagement, CHARTER, dict, seen=0, by=lena.id, at=NOW) == 0
    assert versions_of(session, engagement, CHARTER) == ()


def test_a_version_that_never_was_is_refused(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()

    with pytest.raises(NoSuchVersion):
        change_document(session, engagement, CHARTER, dict, seen=7, by=lena.id, at=NOW)


def test_a_change_gives_the_engagement_a_new_version(session: Session, make: Make) -> None:
    engagement, lena = make.engagement(make.team()), make.learner()

    change_document(
        session,
        engagement,
        CHARTER,
        objective(sentence="One price"),
        seen=0,
        by=lena.id,
        at=LATER,
    )

    session.expire_all()
    assert session.get_one(Engagement, engagement).updated_at == LATER


def test_documents_of_several_engagements_are_read_together(session: Session, make: Make) -> None:
    one, other, lena = make.engagement(make.team()), make.engagement(make.team()), make.learner()
    for engagement in (one, other):
        for kind in (CHARTER, DocumentKind.MEETING):
            change_document(
                session,
                engagement,
                kind,
                objective(sentence="One price"),
                seen=0,
                by=lena.id,
                at=NOW,
            )

    found = newest_documents(session, [one, other], [CHARTER])

    assert set(found) == {(one, CHARTER), (other, CHARTER)}
