"""What is read: progress, readiness on a date, what the manager sees of a person, the trend."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import CALL, LESSON, QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody
from trainer import accounts, engagements, learning, reporting
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.domain.readiness import Band, Cause, Changes, Readiness, Requirement, SeatState, changes_since
from trainer.models import PastStandingRow, ReadinessSnapshot, User
from trainer.reporting import CourseProgress, History, OwnSeat

CALL_QUIZZES = (
    "pt-remote-call",
    "jp-hospitality-and-contact",
    "jp-language-calls-and-mail",
    "pt-contacts-and-escalation",
    "pt-information-and-trust",
    "jp-language-meeting",
)
"""They serve everything that the seats of the call require."""


def assess(session: Session, content: Content, engagement_id: UUID) -> Readiness:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    return reporting.assess_engagements(session, content, Model(), [head])[engagement_id]


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


def learn(make: Make, person: Somebody, right: float, quizzes: Sequence[str] = CALL_QUIZZES, times: int = 2) -> None:
    """Sit these quizzes twice in the last days, so that there is evidence enough."""
    for day in range(times):
        make.answers(person, *quizzes, right=right, at=NOW - timedelta(days=times - day))


def test_a_seat_is_as_ready_as_its_best_person(make: Make, session: Session, content: Content, team: UUID) -> None:
    good, bad, idle = (make.learner(name, team) for name in ("Good", "Bad", "Idle"))
    engagement_id = make.engagement(team, [[good, bad, idle], [bad, idle], [idle]])
    learn(make, good, 1.0)
    learn(make, bad, 0.0)

    readiness = assess(session, content, engagement_id)

    assert [seat.state for seat in readiness.seats] == [
        SeatState.READY, SeatState.NOT_READY, SeatState.NOT_STARTED,
    ]  # fmt: skip
    assert readiness.state is SeatState.NOT_STARTED
    assert readiness.ready_seats == 1


def test_who_has_not_started_is_told_from_who_is_not_ready_and_from_who_has_little_evidence(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    idle, new, bad = (make.learner(name, team) for name in ("Idle", "New", "Bad"))
    engagement_id = make.engagement(team, [[idle, new, bad]])
    make.answers(new, "pt-remote-call", until=3)
    learn(make, bad, 0.0)

    readiness = assess(session, content, engagement_id)

    bands = {person.person.name: person.band for person in readiness.seats[0].people}
    assert bands == {"Idle": Band.NOT_STARTED, "New": Band.NO_EVIDENCE, "Bad": Band.NOT_READY}


def test_a_seat_without_people_is_open(make: Make, session: Session, content: Content, team: UUID) -> None:
    readiness = assess(session, content, make.engagement(team))

    assert {seat.state for seat in readiness.seats} == {SeatState.OPEN}
    assert readiness.state is SeatState.OPEN


def test_readiness_is_that_of_the_date_and_fades_with_it(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    lena = make.learner(team=team)
    learn(make, lena, 1.0)

    soon, late = (assess(session, content, make.engagement(team, [[lena]], in_days=days)).seats[0] for days in (3, 200))

    assert soon.state is SeatState.READY
    assert late.state is not SeatState.READY
    for near, far in zip(soon.people[0].standings, late.people[0].standings, strict=True):
        assert far.forecast.mean < near.forecast.mean
        assert far.forecast.high - far.forecast.low > near.forecast.high - near.forecast.low


def test_many_engagements_are_assessed_like_each_alone(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    lena, mara = make.learner(team=team), make.learner(team=team)
    learn(make, lena, 0.7, times=1)
    ids = [make.engagement(team, [[lena, mara], [mara]], in_days=days) for days in (5, 30)]
    heads = reporting.list_engagements(session, [team])

    together = reporting.assess_engagements(session, content, Model(), heads)

    assert together == {each: assess(session, content, each) for each in ids}


def test_a_requirement_that_no_item_serves_any_more_is_left_out(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena = make.learner(team=team)
    engagement_id = make.engagement(team, [[lena]])
    (seat, *_) = make.seats(engagement_id)
    engagements.require(session, engagement_id, seat, "taken-away", target=0.9, is_must=True, at=clock.at)
    learn(make, lena, 1.0)

    first = assess(session, content, engagement_id).seats[0]

    assert first.state is SeatState.READY
    assert "taken-away" not in {each.competency for each in first.seat.requirements}


def test_a_learner_sees_of_themselves_exactly_what_the_manager_sees(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena, other = make.learner("Lena", team), make.learner("Other", team)
    first = make.engagement(team, [[lena, other], [other], [lena]])
    second = make.engagement(team, [[other], [lena]], in_days=60)
    learn(make, lena, 0.8, times=1)
    learn(make, other, 0.2, times=1)

    seats = reporting.own_seats(session, lena.id, at=clock.at)
    own = reporting.as_manager_sees(session, content, Model(), lena.id, seats)

    assert [seat.engagement.id for seat, _ in own] == [first, first, second]
    for seat, person in own:
        assessed = {each.seat.id: each for each in assess(session, content, seat.engagement.id).seats}
        assert person in assessed[seat.seat_id].people
        assert person.person.id == lena.id


def test_own_seats_are_those_ahead_the_next_first(make: Make, session: Session, team: UUID, clock: Clock) -> None:
    lena = make.learner(team=team)
    late, soon = make.engagement(team, [[lena]], in_days=40), make.engagement(team, [[], [lena]], in_days=2)
    make.engagement(team, [[make.learner(team=team)]])

    ahead = reporting.own_seats(session, lena.id, at=clock.at)
    later = reporting.own_seats(session, lena.id, at=clock.at + timedelta(days=3))

    assert [seat.engagement.id for seat in ahead] == [soon, late]
    assert [seat.engagement.id for seat in later] == [late]
    assert ahead[0].requirements == tuple(
        Requirement(each.competency, each.target, each.is_must) for each in make.template(CALL).seats[1].requirements
    )


def test_of_several_seats_the_highest_target_counts() -> None:
    head = None
    seats = [
        OwnSeat(head, UUID(int=number), "Seat", (Requirement("escalation", target, True),))  # type: ignore[arg-type]
        for number, target in enumerate((0.6, 0.8, 0.7))
    ]

    assert reporting.targets_of(seats) == {"escalation": 0.8}


def test_progress_knows_evidence_and_its_age(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, QUIZ, at=NOW - timedelta(days=3))

    progress = reporting.own_progress(session, content, Model(), lena.id, NOW)

    met, unmet = progress["jp-first-contact"], progress["escalation"]
    assert met.forecast.answers == sum("jp-first-contact" in item.competencies for item in content.quizzes[QUIZ].items)
    assert met.last_at == NOW - timedelta(days=3)
    assert (unmet.forecast.answers, unmet.last_at) == (0, None)
    assert met.forecast.low < met.forecast.mean < met.forecast.high


def test_progress_is_ones_own(make: Make, session: Session, content: Content) -> None:
    lena, other = make.learner(), make.learner()
    make.answers(other)

    progress = reporting.own_progress(session, content, Model(), lena.id, NOW)

    assert {each.forecast.answers for each in progress.values()} == {0}


def test_what_is_done_and_the_quizzes_left_open_the_last_first(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, QUIZ)
    make.answers(lena, SCENARIO_QUIZ, until=2, at=NOW + timedelta(hours=1))
    make.answers(lena, "pt-remote-call", until=1, at=NOW + timedelta(hours=2))
    learning.finish_lesson(session, lena.id, content.lessons[LESSON], [], at=NOW)

    done = reporting.done_by(session, lena.id)

    assert done.lessons == {LESSON}
    assert done.finished_quizzes == {QUIZ}
    assert done.open_quizzes == ("pt-remote-call", SCENARIO_QUIZ)


def test_course_progress_counts_lessons_and_quizzes(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, QUIZ)
    learning.finish_lesson(session, lena.id, content.lessons[LESSON], [], at=NOW)

    progress = {
        each.course.id: each for each in reporting.course_progress(content, reporting.done_by(session, lena.id))
    }

    japan = content.courses["japan"]
    assert progress["japan"] == CourseProgress(japan, 1, 1)
    assert progress["japan"].share == pytest.approx(2 / (len(japan.lessons) + len(japan.quizzes)))
    assert progress["france"].share == 0


def test_attempts_count_each_choice_of_a_scenario(make: Make, session: Session, content: Content) -> None:
    lena = make.learner()
    make.answers(lena, SCENARIO_QUIZ)
    make.attempt(lena, SCENARIO_QUIZ)

    second, first = reporting.attempts_of(session, lena.id, SCENARIO_QUIZ)

    assert (second.number, second.responses, second.finished_at) == (2, 0, None)
    assert first.responses > len(content.quizzes[SCENARIO_QUIZ].items)


def test_a_day_has_one_snapshot_of_each_engagement_ahead(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena = make.learner(team=team)
    ahead, soon_over = make.engagement(team, [[lena]]), make.engagement(team, [[lena]], in_days=1)

    kept = [reporting.take_snapshots(session, content, Model(), at=clock.at)]
    learn(make, lena, 1.0, times=1)
    kept.append(reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(hours=1)))
    kept.append(reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(days=2)))

    points = reporting.snapshots_of(session, [ahead, soon_over])
    assert kept == [2, 2, 1]
    assert [point.taken_on for point in points[ahead]] == [date(2026, 12, 3), date(2026, 12, 5)]
    assert [point.taken_on for point in points[soon_over]] == [date(2026, 12, 3)]
    assert points[ahead][0].state is assess(session, content, ahead).state
    assert points[ahead][0].expected_ready > 0.2


def test_the_day_of_a_snapshot_is_that_of_the_engagements_zone(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    engagement_id = make.engagement(team)

    reporting.take_snapshots(session, content, Model(), at=NOW.replace(hour=16))

    assert session.get(ReadinessSnapshot, (engagement_id, date(2026, 12, 4))) is not None


def test_teams_and_members_leave_out_who_is_disabled(make: Make, session: Session, team: UUID, clock: Clock) -> None:
    make.manager(team, "Mara")
    lena = make.learner("Lena", team)
    accounts.disable_user(session, lena.id, at=clock.at)
    session.flush()

    assert [(member.name, member.is_manager) for member in reporting.members_of(session, team)] == [("Mara", True)]
    assert [(head.name, head.members) for head in reporting.list_teams(session, {team})] == [("Support", 1)]


def test_engagements_are_those_of_the_teams_asked_for(make: Make, session: Session, team: UUID) -> None:
    late, soon = make.engagement(team, in_days=20), make.engagement(team, in_days=2)
    make.engagement(make.team())

    assert [head.id for head in reporting.list_engagements(session, [team])] == [soon, late]
    assert reporting.list_engagements(session, []) == ()


def test_open_reports_come_first_then_the_newest(make: Make, session: Session, clock: Clock) -> None:
    lena = make.learner()
    ids = []
    for problem in ("one", "two", "three"):
        ids.append(make.report(lena, problem))
        clock.turn(timedelta(hours=1))
    learning.close_report(session, ids[2], make.trainer().id, "Done.", at=clock.at)

    assert [report.problem for report in reporting.reported_facts(session)] == ["two", "one", "three"]


# What changed since last week


def test_what_changed_is_told_against_the_day_a_week_ago(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena = make.learner("Lena", team)
    engagement_id = make.engagement(team, [[lena]])
    learn(make, lena, 0.0, times=1)
    start = clock.at
    for day in range(10):
        reporting.take_snapshots(session, content, Model(), at=start + timedelta(days=day))
    today = (start + timedelta(days=9)).date()

    history = reporting.history_of(session, engagement_id, today=today)

    assert history.then is not None
    assert history.then.taken_on == today - timedelta(days=7)
    assert [point.taken_on.day for point in history.points] == list(range(3, 13))
    assert changes_of(session, content, engagement_id, history).is_nothing
    make.answers(lena, "pt-remote-call", at=start + timedelta(days=8))
    (change, *_) = changes_of(session, content, engagement_id, history).standings
    assert (change.person, change.cause) == ("Lena", Cause.ANSWERS)


def test_in_the_first_week_the_oldest_day_is_compared_with_and_on_the_first_day_nothing(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    engagement_id = make.engagement(team, [[make.learner(team=team)]])
    first = reporting.history_of(session, engagement_id, today=clock.at.date())
    for day in range(3):
        reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(days=day))

    third = reporting.history_of(session, engagement_id, today=clock.at.date() + timedelta(days=2))

    assert first == History((), None)
    assert third.then is not None
    assert third.then.taken_on == clock.at.date()


def test_a_snapshot_taken_again_on_the_day_tells_of_who_has_the_seat_now(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena, mara = make.learner("Lena", team), make.learner("Mara", team)
    engagement_id = make.engagement(team, [[lena]])
    reporting.take_snapshots(session, content, Model(), at=clock.at)
    engagements.assign(session, engagement_id, make.seats(engagement_id)[0], [mara.id], at=clock.at)

    reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(hours=1))

    then = reporting.history_of(session, engagement_id, today=clock.at.date() + timedelta(days=1)).then
    assert then is not None
    assert {person for _, person, _ in then.standings} == {mara.id}


def test_what_was_said_of_people_is_kept_for_five_weeks(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    engagement_id = make.engagement(team, [[make.learner(team=team)]], in_days=100)
    for day in (0, 30, 36, 80):
        reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(days=day))

    kept = set(session.scalars(select(PastStandingRow.taken_on)))

    assert kept == {clock.at.date() + timedelta(days=80)}
    assert len(reporting.snapshots_of(session, [engagement_id])[engagement_id]) == 4


def test_nothing_is_kept_of_a_person_who_is_removed(
    make: Make, session: Session, content: Content, team: UUID, clock: Clock
) -> None:
    lena = make.learner(team=team)
    make.engagement(team, [[lena]])
    reporting.take_snapshots(session, content, Model(), at=clock.at)

    session.execute(delete(User).where(User.id == lena.id))

    assert session.scalar(select(func.count()).select_from(PastStandingRow)) == 0


def changes_of(session: Session, content: Content, engagement_id: UUID, history: History) -> Changes:
    assert history.then is not None
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    return changes_since(history.then, assess(session, content, engagement_id), head.starts_at, Model().version)


# Who could stand in


def test_who_could_stand_in_is_ready_for_the_seat_and_does_not_have_it(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    lena, mara, nils = (make.learner(name, team) for name in ("Lena", "Mara", "Nils"))
    make.learner("Outsider")
    for person in (lena, mara):
        learn(make, person, 1.0)
    learn(make, nils, 0.0)
    engagement_id = make.engagement(team, [[lena]])
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None

    stand_ins = reporting.stand_ins(session, content, Model(), head)

    seat = assess(session, content, engagement_id).seats[0].seat
    assert [person.name for person in stand_ins[seat.id]] == ["Mara"]
