"""The reports of engagements: kept whenever they change, and held against what they said a week ago."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Clock, Make
from trainer import engagements, reporting
from trainer.domain.content import Content
from trainer.domain.documents import DocumentKind, with_fields
from trainer.domain.gaps import Area
from trainer.domain.mastery import Model
from trainer.domain.report import Report
from trainer.workspace import change_document

DAY = timedelta(days=1)


def keep(session: Session, content: Content, clock: Clock, only: Sequence[UUID] | None = None) -> int:
    rows = reporting.changed_reports(session, content, Model(), only, at=clock.at)
    reporting.keep_reports(session, rows)
    return len(rows)


def report(session: Session, content: Content, engagement_id: UUID) -> Report:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    readiness = reporting.assess_engagements(session, content, Model(), [head])
    return reporting.report_of(session, content, head, readiness[head.id], at=NOW)


def test_a_report_is_kept_once_until_it_says_something_else(
    session: Session, content: Content, make: Make, clock: Clock
) -> None:
    team = make.team()
    engagement = make.engagement(team)
    assert keep(session, content, clock) == 1

    clock.turn(DAY)
    assert keep(session, content, clock) == 0

    lena = make.learner("Lena", team)
    engagements.assign(session, engagement, make.seats(engagement)[0], [lena.id], at=clock.at)
    assert keep(session, content, clock) == 1


def test_only_the_reports_that_are_asked_for_are_kept(
    session: Session, content: Content, make: Make, clock: Clock
) -> None:
    team = make.team()
    one, other = make.engagement(team), make.engagement(team)

    assert keep(session, content, clock, [one]) == 1
    assert set(reporting.newest_reports(session, [one, other])) == {one}


def test_the_report_of_a_meeting_that_is_over_stays_as_it_was(
    session: Session, content: Content, make: Make, clock: Clock
) -> None:
    make.past_engagement(make.team())

    assert keep(session, content, clock) == 0


def test_a_report_is_held_against_the_newest_that_is_a_week_old(
    session: Session, content: Content, make: Make, clock: Clock
) -> None:
    team = make.team()
    engagement, lena = make.engagement(team), make.learner("Lena", team)
    keep(session, content, clock)
    clock.turn(DAY)
    for seat in make.seats(engagement)[:2]:
        engagements.assign(session, engagement, seat, [lena.id], at=clock.at)
        keep(session, content, clock)
        clock.turn(DAY)

    def taken(days: int) -> timedelta | None:
        past = reporting.past_report(session, engagement, at=NOW + days * DAY)
        return None if past is None else past.taken_at - NOW

    assert taken(0) is None
    assert taken(3) == 0 * DAY
    assert taken(8) == DAY
    assert taken(20) == 2 * DAY


def test_the_trend_is_what_was_said_last_on_each_day(
    session: Session, content: Content, make: Make, clock: Clock
) -> None:
    team = make.team()
    engagement, lena = make.engagement(team), make.learner("Lena", team)
    keep(session, content, clock)
    clock.turn(timedelta(hours=2))
    engagements.assign(session, engagement, make.seats(engagement)[0], [lena.id], at=clock.at)
    keep(session, content, clock)
    head = reporting.find_engagement(session, engagement)
    assert head is not None

    points = reporting.report_points(session, head)

    assert [point.taken_at for point in points.values()] == [clock.at]


def test_an_interpreter_who_is_booked_is_missed_no_more(session: Session, content: Content, make: Make) -> None:
    team = make.team()
    lena = make.learner("Lena", team)
    engagement = make.engagement(team, [[lena], [lena], [lena]])
    before = report(session, content, engagement)

    change_document(
        session,
        engagement,
        DocumentKind.MEETING,
        lambda document: with_fields(document, "interpreter", {"is_booked": True, "name": "Ms Mori"}),
        seen=0,
        by=lena.id,
        at=NOW,
    )

    assert Area.INTERPRETER in {reason.gap.area for reason in before.reasons}
    after = report(session, content, engagement)
    assert Area.INTERPRETER not in {reason.gap.area for reason in after.reasons}
