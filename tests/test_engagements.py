"""Planning an engagement: when it is, with whom, which seats it has, who takes them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import CALL, Clock, Make, Somebody, at_once, make_draft
from trainer import accounts, engagements, reporting
from trainer.database import Database
from trainer.domain.calendar import ImpossibleTime
from trainer.domain.mastery import Model
from trainer.domain.readiness import Requirement, Seat
from trainer.engagements import EngagementError
from trainer.models import (
    Assignment,
    Base,
    MasteryRow,
    Partner,
    ReadinessSnapshot,
    RequirementRow,
    SeatRow,
    new_id,
)
from trainer.reporting import EngagementHead


def local(words: str) -> datetime:
    return datetime.fromisoformat(words)


def head_of(session: Session, engagement_id: UUID) -> EngagementHead:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    return head


def seats_of(session: Session, engagement_id: UUID) -> tuple[Seat, ...]:
    return reporting.seats_of(session, [engagement_id]).get(engagement_id, ())


def number_of(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_engagement_has_the_seats_of_its_template(make: Make, session: Session) -> None:
    template = make.template(CALL)

    engagement_id = make.engagement(make.team(), template=CALL)

    assert [
        (seat.title, seat.is_speaking, [(each.competency, each.target, each.is_must) for each in seat.requirements])
        for seat in seats_of(session, engagement_id)
    ] == [
        (seat.title, seat.is_speaking, [(each.competency, each.target, each.is_must) for each in seat.requirements])
        for seat in template.seats
    ]


def test_an_engagement_starts_at_the_moment_of_its_local_time(make: Make, session: Session, clock: Clock) -> None:
    draft = make_draft(starts_local=local("2027-01-14 09:30"), zone="Asia/Tokyo")

    engagement_id = engagements.plan_engagement(session, make.team(), draft, make.template(), at=clock.at)

    head = head_of(session, engagement_id)
    assert head.starts_at == datetime(2027, 1, 14, 0, 30, tzinfo=UTC)
    assert (head.starts_local, head.zone) == (local("2027-01-14 09:30"), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("starts_local", "zone"),
    [(local("2027-03-28 02:30"), "Europe/Paris"), (local("2027-01-14 09:00"), "Mars/Olympus")],
)
def test_a_time_that_does_not_exist_is_refused(
    make: Make, session: Session, clock: Clock, starts_local: datetime, zone: str
) -> None:
    draft = make_draft(starts_local=starts_local, zone=zone)

    with pytest.raises(ImpossibleTime):
        engagements.plan_engagement(session, make.team(), draft, make.template(), at=clock.at)


def test_a_date_that_is_over_is_refused(make: Make, session: Session, clock: Clock) -> None:
    an_hour_ago_in_tokyo = (NOW + timedelta(hours=8)).replace(tzinfo=None)

    with pytest.raises(EngagementError, match="lies ahead"):
        engagements.plan_engagement(
            session, make.team(), make_draft(starts_local=an_hour_ago_in_tokyo), make.template(), at=clock.at
        )


def test_a_partner_is_known_by_its_name_however_it_is_written(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    for name, language in (("Kobe Seiki", "ja"), (" kobe seiki ", "en")):
        draft = make_draft(partner=name, language=language)
        engagements.plan_engagement(session, team, draft, make.template(), at=clock.at)

    (partner,) = session.scalars(select(Partner).execution_options(populate_existing=True))

    assert (partner.name, partner.language) == ("Kobe Seiki", "en")


def test_changing_an_engagement_keeps_its_seats_and_people(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    before = seats_of(session, engagement_id)
    draft = make_draft(title="The yearly talk", partner="Osaka Denki", starts_local=local("2027-02-01 15:00"))

    engagements.change_engagement(session, engagement_id, draft, at=clock.at)

    head = head_of(session, engagement_id)
    assert (head.title, head.partner) == ("The yearly talk", "Osaka Denki")
    assert head.starts_at == datetime(2027, 2, 1, 6, 0, tzinfo=UTC)
    assert seats_of(session, engagement_id) == before


def test_changing_to_a_time_that_does_not_exist_is_refused(make: Make, session: Session, clock: Clock) -> None:
    engagement_id = make.engagement(make.team())
    draft = make_draft(starts_local=local("2027-03-28 02:30"), zone="Europe/Paris")

    with pytest.raises(ImpossibleTime):
        engagements.change_engagement(session, engagement_id, draft, at=clock.at)

    assert head_of(session, engagement_id).zone == "Asia/Tokyo"


def test_cancelling_takes_the_seats_and_leaves_what_was_learnt(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    lena = make.learner(team=team)
    engagement_id = make.engagement(team, [[lena]])
    make.answers(lena)
    reporting.take_snapshots(session, make.content, Model(), at=clock.at)

    engagements.cancel_engagement(session, engagement_id, at=clock.at)

    assert reporting.find_engagement(session, engagement_id) is None
    assert reporting.list_engagements(session, [team]) == ()
    assert reporting.own_seats(session, lena.id, at=clock.at) == ()
    gone = (SeatRow, RequirementRow, Assignment, ReadinessSnapshot)
    assert [number_of(session, table) for table in gone] == [0, 0, 0, 0]
    assert number_of(session, MasteryRow) > 0


def test_only_members_of_the_team_take_a_seat(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    member, stranger = make.learner(team=team), make.learner(team=make.team())
    engagement_id = make.engagement(team, [[member]])
    (seat, *_) = make.seats(engagement_id)

    with pytest.raises(EngagementError, match="Only members"):
        engagements.assign(session, engagement_id, seat, [member.id, stranger.id], at=clock.at)

    assert [person.id for person in seats_of(session, engagement_id)[0].people] == [member.id]


def test_assigning_says_who_all_take_the_seat(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    lena, mara, otto = (make.learner(name, team) for name in ("Lena", "Mara", "Otto"))
    engagement_id = make.engagement(team, [[lena, mara]])
    (seat, *_) = make.seats(engagement_id)

    engagements.assign(session, engagement_id, seat, [otto.id, mara.id, otto.id], at=clock.at)

    assert [person.name for person in seats_of(session, engagement_id)[0].people] == ["Mara", "Otto"]


def test_a_seat_can_be_emptied(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    engagement_id = make.engagement(team, [[make.learner(team=team)]])
    (seat, *_) = make.seats(engagement_id)

    engagements.assign(session, engagement_id, seat, [], at=clock.at)

    assert seats_of(session, engagement_id)[0].people == ()


def test_a_disabled_person_takes_no_seat_any_more(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    lena, mara = make.learner("Lena", team), make.learner("Mara", team)
    engagement_id = make.engagement(team, [[lena, mara]])

    accounts.disable_user(session, lena.id, at=clock.at)
    session.flush()

    assert [person.name for person in seats_of(session, engagement_id)[0].people] == ["Mara"]


def test_a_seat_is_added_after_the_others(make: Make, session: Session, clock: Clock) -> None:
    engagement_id = make.engagement(make.team())
    titles = [seat.title for seat in seats_of(session, engagement_id)]

    engagements.add_seat(session, engagement_id, " Interpreter ", is_speaking=True, at=clock.at)

    added = seats_of(session, engagement_id)[-1]
    assert [seat.title for seat in seats_of(session, engagement_id)] == [*titles, "Interpreter"]
    assert (added.is_speaking, added.requirements, added.people) == (True, (), ())


def test_a_removed_seat_goes_with_its_requirements(make: Make, session: Session, clock: Clock) -> None:
    team = make.team()
    engagement_id = make.engagement(team, [[make.learner(team=team)]])
    first, *others = make.seats(engagement_id)

    engagements.remove_seat(session, engagement_id, first, at=clock.at)
    session.flush()

    assert make.seats(engagement_id) == others
    assert number_of(session, Assignment) == 0


def test_a_requirement_is_added_changed_and_dropped(make: Make, session: Session, clock: Clock) -> None:
    engagement_id = make.engagement(make.team())
    seat = engagements.add_seat(session, engagement_id, "Observer", is_speaking=False, at=clock.at)

    def require(competency: str, target: float, is_must: bool) -> None:
        engagements.require(
            session, engagement_id, seat, competency, target=target, is_must=is_must, at=clock.at
        )  # fmt: skip
        session.flush()

    require("escalation", 0.7, True)
    require("building-trust", 0.6, False)
    require("escalation", 0.9, False)
    added = seats_of(session, engagement_id)[-1].requirements
    engagements.drop_requirement(session, engagement_id, seat, "escalation", at=clock.at)

    assert added == (Requirement("escalation", 0.9, False), Requirement("building-trust", 0.6, False))
    assert seats_of(session, engagement_id)[-1].requirements == (Requirement("building-trust", 0.6, False),)


CHANGES: dict[str, Callable[[Session, UUID, UUID], None]] = {
    "assign": lambda session, own, seat: engagements.assign(session, own, seat, [], at=NOW),
    "remove": lambda session, own, seat: engagements.remove_seat(session, own, seat, at=NOW),
    "require": lambda session, own, seat: engagements.require(
        session, own, seat, "escalation", target=0.7, is_must=True, at=NOW
    ),
    "drop": lambda session, own, seat: engagements.drop_requirement(session, own, seat, "escalation", at=NOW),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_seat_of_another_engagement_is_refused(
    make: Make, session: Session, change: Callable[[Session, UUID, UUID], None]
) -> None:
    team = make.team()
    own, other = make.engagement(team), make.engagement(team)
    (foreign, *_) = make.seats(other)
    before = seats_of(session, other)

    for seat in (foreign, new_id()):
        with pytest.raises(EngagementError, match="Load the page again"):
            change(session, own, seat)

    assert seats_of(session, other) == before


def test_each_change_gives_the_engagement_a_new_version(make: Make, session: Session, clock: Clock) -> None:
    """The page that is kept for a version must never outlive a change."""
    team = make.team()
    lena = make.learner(team=team)
    engagement_id = make.engagement(team)
    (seat, last, *_) = make.seats(engagement_id)
    versions = [head_of(session, engagement_id).version]

    def note() -> None:
        session.commit()
        clock.turn(timedelta(seconds=1))
        versions.append(head_of(session, engagement_id).version)

    clock.turn(timedelta(seconds=1))
    engagements.assign(session, engagement_id, seat, [lena.id], at=clock.at)
    note()
    engagements.require(session, engagement_id, seat, "escalation", target=0.8, is_must=True, at=clock.at)
    note()
    engagements.drop_requirement(session, engagement_id, seat, "escalation", at=clock.at)
    note()
    engagements.add_seat(session, engagement_id, "Observer", is_speaking=False, at=clock.at)
    note()
    engagements.remove_seat(session, engagement_id, last, at=clock.at)
    note()
    engagements.change_engagement(session, engagement_id, make_draft(is_high_stakes=True), at=clock.at)
    note()
    make.answers(lena, until=1)
    note()

    assert len(set(versions)) == 8


def test_two_managers_who_save_a_seat_at_once_both_do(make: Make, session: Session, database: Database) -> None:
    team = make.team()
    lena, mara = make.learner("Lena", team), make.learner("Mara", team)
    engagement_id = make.engagement(team)
    (seat, *_) = make.seats(engagement_id)

    def save(*people: Somebody) -> None:
        with database.write_session() as own:
            engagements.assign(own, engagement_id, seat, [person.id for person in people], at=NOW)
            engagements.require(own, engagement_id, seat, "building-trust", target=0.6, is_must=True, at=NOW)
            own.commit()

    at_once([partial(save, lena), partial(save, lena, mara), partial(save, mara), partial(save, lena, mara)])

    found = seats_of(session, engagement_id)[0]
    assert {person.name for person in found.people} <= {"Lena", "Mara"}
    assert found.people
    assert sum(each.competency == "building-trust" for each in found.requirements) == 1


def test_who_leaves_a_team_leaves_its_seats_and_keeps_those_of_others(make: Make, session: Session) -> None:
    team, other = make.team(), make.team()
    lena = make.learner(team=team)
    accounts.set_membership(session, other, lena.id, is_manager=False, at=NOW)
    here, there = make.engagement(team, [[lena]]), make.engagement(other, [[lena]])

    accounts.leave_team(session, team, lena.id, at=NOW)
    session.commit()

    assert seats_of(session, here)[0].people == ()
    assert [person.id for person in seats_of(session, there)[0].people] == [lena.id]


def test_a_title_is_one_line(session: Session, make: Make) -> None:
    draft = make_draft(title=" Talk\r\nX-EVIL:1 ", place="Kobe\n3rd floor")

    engagement = engagements.plan_engagement(session, make.team(), draft, make.template(), at=NOW)

    head = head_of(session, engagement)
    assert (head.title, head.place) == ("Talk X-EVIL:1", "Kobe 3rd floor")
