"""Signed links: whoever has one is let in, until it is over or revoked, for what it was made only."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make
from trainer.links import Purpose, feeds_of, links_of, make_link, note_use, open_link, revoke_link
from trainer.models import SignedLink

WEEK = timedelta(days=7)


def test_a_link_opens_what_it_was_made_for_and_nothing_else(session: Session, make: Make) -> None:
    engagement, mara = make.engagement(make.team()), make.learner()
    token = make_link(
        session,
        Purpose.CHARTER,
        engagement_id=engagement,
        label="Ms Tanaka",
        details={"version": 3},
        by=mara.id,
        at=NOW,
    )

    link = open_link(session, token, Purpose.CHARTER, at=NOW)

    assert link is not None
    assert (link.engagement_id, link.label, link.details) == (engagement, "Ms Tanaka", {"version": 3})
    assert open_link(session, token, Purpose.REPORT, at=NOW) is None
    assert open_link(session, token + "x", Purpose.CHARTER, at=NOW) is None


def test_a_link_ends_when_its_time_is_over(session: Session, make: Make) -> None:
    engagement, mara = make.engagement(make.team()), make.learner()
    token = make_link(session, Purpose.REPORT, engagement_id=engagement, expires_at=NOW + WEEK, by=mara.id, at=NOW)

    assert open_link(session, token, Purpose.REPORT, at=NOW + WEEK - timedelta(seconds=1)) is not None
    assert open_link(session, token, Purpose.REPORT, at=NOW + WEEK) is None


def test_a_revoked_link_opens_nothing_and_only_its_own_engagement_revokes_it(session: Session, make: Make) -> None:
    engagement, other, mara = make.engagement(make.team()), make.engagement(make.team()), make.learner()
    token = make_link(session, Purpose.REPORT, engagement_id=engagement, by=mara.id, at=NOW)
    link = links_of(session, engagement)[0]

    revoke_link(session, link.id, engagement_id=other, at=NOW)
    assert open_link(session, token, Purpose.REPORT, at=NOW) is not None

    revoke_link(session, link.id, engagement_id=engagement, at=NOW)
    assert open_link(session, token, Purpose.REPORT, at=NOW) is None
    assert links_of(session, engagement)[0].revoked_at == NOW


def test_the_database_holds_no_token(session: Session, make: Make) -> None:
    engagement, mara = make.engagement(make.team()), make.learner()
    token = make_link(session, Purpose.REPORT, engagement_id=engagement, by=mara.id, at=NOW)

    row = session.execute(select(SignedLink.__table__)).one()

    assert token not in str(tuple(row))


def test_a_feed_is_a_persons(session: Session, make: Make) -> None:
    lena, mara = make.learner(), make.learner()
    make_link(session, Purpose.FEED, user_id=lena.id, by=lena.id, at=NOW)

    assert [link.user_id for link in feeds_of(session, lena.id)] == [lena.id]
    assert feeds_of(session, mara.id) == ()


def test_the_last_use_of_a_link_is_noted(session: Session, make: Make) -> None:
    engagement, mara = make.engagement(make.team()), make.learner()
    make_link(session, Purpose.CHARTER, engagement_id=engagement, by=mara.id, at=NOW)

    note_use(session, links_of(session, engagement)[0].id, at=NOW + WEEK)

    assert links_of(session, engagement)[0].used_at == NOW + WEEK
