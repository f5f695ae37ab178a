"""Debriefs: who may say what until when, what the team reads of it, and from how many people on."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Clock, Make, Somebody
from tests.web.test_statements import counted
from trainer import engagements, reporting
from trainer.database import Database
from trainer.domain.content import Content
from trainer.domain.debrief import Told
from trainer.engagements import EngagementError
from trainer.models import DebriefNoteRow, DebriefRow
from trainer.reporting import DueDebrief, TeamDebrief

REMOTE, TOUCH = "remote-meetings", "jp-keeping-in-touch"
DAY = timedelta(days=1)


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def over(make: Make, team: UUID, lena: Somebody) -> UUID:
    """A call three days ago; its first seat needs three competencies."""
    return make.past_engagement(team, [[lena]])


def tell(
    session: Session,
    engagement_id: UUID,
    person: Somebody,
    told: Sequence[Told] = (Told(REMOTE, 0.7),),
    surprise: str = "",
) -> None:
    engagements.keep_debrief(session, engagement_id, person.id, told, surprise, at=NOW)
    session.commit()


def shares(session: Session) -> dict[str, tuple[bool, float | None]]:
    rows = session.execute(select(DebriefRow.competency_id, DebriefRow.was_needed, DebriefRow.share))
    found = {name: (was_needed, share) for name, was_needed, share in rows}
    session.commit()
    return found


def team_debrief(session: Session, content: Content, engagement_id: UUID, days: int = 0) -> TeamDebrief:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    found = reporting.team_debrief(session, content, head, at=NOW + days * DAY)
    session.commit()
    return found


def test_who_held_a_seat_says_what_was_needed_and_how_it_went(session: Session, over: UUID, lena: Somebody) -> None:
    tell(session, over, lena, [Told(REMOTE, 0.7), Told(TOUCH, None)])

    assert shares(session) == {REMOTE: (True, 0.7), TOUCH: (False, None)}


def test_what_is_said_again_stands_in_place_of_what_was_said(session: Session, over: UUID, lena: Somebody) -> None:
    tell(session, over, lena, surprise="They were early.")

    tell(session, over, lena, [Told(REMOTE, None)], "They were late.")

    assert shares(session) == {REMOTE: (False, None)}
    assert session.scalars(select(DebriefNoteRow.surprise)).all() == ["They were late."]


def test_a_surprise_that_is_emptied_is_gone(session: Session, over: UUID, lena: Somebody) -> None:
    tell(session, over, lena, surprise="They were early.")

    tell(session, over, lena, surprise="  ")

    assert session.scalars(select(DebriefNoteRow)).all() == []


def test_nobody_speaks_of_what_their_seat_did_not_require(
    make: Make, session: Session, team: UUID, over: UUID, lena: Somebody
) -> None:
    for person, name in ((lena, "escalation"), (make.learner(team=team), REMOTE)):
        with pytest.raises(EngagementError, match="no longer needs"):
            tell(session, over, person, [Told(name, 0.5)])

    assert shares(session) == {}


@pytest.mark.parametrize("share", [0.0, 0.6, 1.5, -1.0])
def test_only_the_five_steps_can_be_said(session: Session, over: UUID, lena: Somebody, share: float) -> None:
    with pytest.raises(EngagementError, match="Choose one"):
        tell(session, over, lena, [Told(REMOTE, share)])


def test_nothing_is_said_before_the_meeting_begins(make: Make, session: Session, team: UUID, lena: Somebody) -> None:
    ahead = make.engagement(team, [[lena]])

    with pytest.raises(EngagementError, match="has not begun"):
        tell(session, ahead, lena)


def test_after_fourteen_days_it_is_fixed(make: Make, session: Session, team: UUID, lena: Somebody) -> None:
    old = make.past_engagement(team, [[lena]], days_ago=14)

    with pytest.raises(EngagementError, match="is fixed"):
        tell(session, old, lena)


def test_a_meeting_that_was_cancelled_is_not_debriefed(session: Session, over: UUID, lena: Somebody) -> None:
    engagements.cancel_engagement(session, over, at=NOW)

    with pytest.raises(EngagementError, match="taken away"):
        tell(session, over, lena)


def test_one_is_asked_about_all_that_ones_seats_required_once_each(
    make: Make, session: Session, content: Content, team: UUID, lena: Somebody
) -> None:
    over = make.past_engagement(team, [[lena], [lena], [make.learner(team=team)]])
    tell(session, over, lena, [Told(REMOTE, 0.7)], "They were early.")

    own = reporting.own_debrief(session, content, over, lena.id)

    assert own.competencies == (REMOTE, TOUCH, "ja-calls", "escalation", "ja-clarifying", "ja-terms")
    assert own.told == {REMOTE: Told(REMOTE, 0.7)}
    assert own.surprise == "They were early."


def test_surprises_are_read_by_name_at_once(
    make: Make, session: Session, content: Content, team: UUID, over: UUID, lena: Somebody
) -> None:
    tell(session, over, lena, surprise="They were early.")

    told = team_debrief(session, content, over)

    assert [(each.author, each.words) for each in told.surprises] == [("Lena", "They were early.")]


def test_figures_are_told_of_five_people_once_all_is_fixed(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    people = [make.learner(team=team) for _ in range(5)]
    over = make.past_engagement(team, [people])
    for person, share in zip(people, (0.5, 0.7, 0.7, 0.7, 0.9), strict=True):
        tell(session, over, person, [Told(REMOTE, share), Told(TOUCH, None if share == 0.5 else share)])

    early, late = team_debrief(session, content, over), team_debrief(session, content, over, days=11)

    assert early.figures is None
    assert late.figures is not None
    assert {each.competency: (each.people, each.needed) for each in late.figures} == {REMOTE: (5, 5), TOUCH: (5, 4)}
    assert {each.competency: each.share for each in late.figures} == {REMOTE: pytest.approx(0.7), TOUCH: None}


def test_of_four_people_there_are_no_figures(make: Make, session: Session, content: Content, team: UUID) -> None:
    people = [make.learner(team=team) for _ in range(4)]
    over = make.past_engagement(team, [people])
    for person in people:
        tell(session, over, person)

    assert team_debrief(session, content, over, days=20).figures == ()


def due(session: Session, person: Somebody, after: timedelta) -> tuple[DueDebrief, ...]:
    found = reporting.debriefs_due(session, person.id, at=NOW + after)
    session.commit()
    return found


def test_a_debrief_is_due_from_the_end_of_the_meeting_until_it_is_fixed(
    make: Make, session: Session, team: UUID, lena: Somebody, clock: Clock
) -> None:
    """The call of the builder starts at nine in Tokyo, nine hours before nine in UTC, and takes 45 minutes."""
    engagement_id = make.engagement(team, [[lena], [lena]], in_days=1)
    start = DAY - timedelta(hours=9)

    times = (timedelta(minutes=44), timedelta(minutes=45), 14 * DAY - timedelta(seconds=1), 14 * DAY)
    found = [[each.engagement.id for each in due(session, lena, start + after)] for after in times]

    assert found == [[], [engagement_id], [engagement_id], []]


def test_a_debrief_that_is_due_tells_whether_something_was_said(session: Session, over: UUID, lena: Somebody) -> None:
    before = due(session, lena, timedelta())
    tell(session, over, lena)

    assert [each.has_told for each in (*before, *due(session, lena, timedelta()))] == [False, True]


def test_no_debrief_is_due_of_a_meeting_of_others_or_one_that_was_cancelled(
    make: Make, session: Session, team: UUID, over: UUID, lena: Somebody
) -> None:
    other = make.learner(team=team)
    assert due(session, other, timedelta()) == ()

    engagements.cancel_engagement(session, over, at=NOW)

    assert due(session, lena, timedelta()) == ()


def test_debriefs_take_the_same_statements_for_two_people_and_for_twenty(
    make: Make, session: Session, content: Content, team: UUID, database: Database
) -> None:
    counts = []
    for size in (2, 20):
        people = [make.learner(team=team) for _ in range(size)]
        over = make.past_engagement(team, [people])
        for person in people:
            tell(session, over, person, surprise="They were early.")
        head = reporting.find_engagement(session, over)
        assert head is not None
        with counted(database) as statements:
            reporting.team_debrief(session, content, head, at=NOW)
            reporting.debriefs_due(session, people[0].id, at=NOW)
        session.commit()
        counts.append(len(statements))

    assert counts == [3, 3]
