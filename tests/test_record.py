"""The record of the forecasts: what is kept, what resolves it, what waits, what is missing, and whose it is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Clock, Make, Somebody, make_draft
from tests.test_reporting import CALL_QUIZZES, learn
from trainer import calibration, engagements, reporting
from trainer.domain.content import CompetencyKind, Content
from trainer.domain.debrief import Told
from trainer.domain.mastery import SHIPPED, Calibration, Correction, Model
from trainer.domain.record import Advice, LeadTime
from trainer.models import DebriefNoteRow, DebriefRow, Engagement, ForecastRow, Response, User, new_id, table
from trainer.reporting import Record
from trainer.versions import load_model

REMOTE, CONTACTS = "remote-meetings", "building-trust"
DAY = timedelta(days=1)
ON = NOW + 21 * DAY
"""When the engagements of the builder start; their date in Tokyo is the same."""
AFTER = ON + 10 * DAY


def answer(
    session: Session,
    person: Somebody,
    at: datetime,
    score: float = 1.0,
    expected: float = 0.7,
    competencies: Sequence[str] = (REMOTE,),
    kind: str = "first",
    times: int = 1,
) -> None:
    """Answers as the log keeps them, without the quizzes around."""
    row = {
        "learner_id": person.id, "item_id": "item", "step": 0, "item_key": "item", "competencies": list(competencies),
        "given": {}, "score": score, "kind": kind, "expected": expected, "difficulty": 0.0, "content_hash": "",
        "rules_version": 1, "model_version": 0, "answered_at": at, "received_at": at,
    }  # fmt: skip
    session.execute(insert(table(Response)), [{**row, "id": new_id(), "attempt_id": new_id()} for _ in range(times)])
    session.commit()


def foretell(
    session: Session, engagement_id: UUID, person: Somebody, days: int, p: float = 0.7, competency: str = REMOTE
) -> None:
    """A forecast made this many days before the engagement."""
    row = {
        "engagement_id": engagement_id, "learner_id": person.id, "competency_id": competency,
        "made_on": (ON - days * DAY).date(), "on_date": ON.date(), "lead_days": days,
        "p": p, "low": 0.5, "high": 0.9, "answers": 9, "model_version": 0,
    }  # fmt: skip
    session.execute(insert(table(ForecastRow)), row)
    session.commit()


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def engagement(make: Make, team: UUID, lena: Somebody) -> UUID:
    return make.engagement(team, [[lena]])


@pytest.fixture
def own(session: Session, content: Content, lena: Somebody) -> Callable[..., Record]:
    def read(at: datetime = AFTER) -> Record:
        return reporting.own_record(session, content, reporting.load_everyone(session), lena.id, at=at)

    return read


def of_teams(session: Session, content: Content, teams: Sequence[UUID], at: datetime = AFTER) -> Record:
    return reporting.teams_record(session, content, reporting.load_everyone(session), teams, at=at)


def test_a_snapshot_keeps_what_was_told_of_each_person_who_has_evidence_enough(
    make: Make, session: Session, content: Content, team: UUID, lena: Somebody, clock: Clock
) -> None:
    engagement_id = make.engagement(team, [[lena, make.learner("Idle", team)], [lena]])
    learn(make, lena, 1.0)

    reporting.take_snapshots(session, content, Model(), at=clock.at)

    kept = list(session.scalars(select(ForecastRow)))
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    readiness = reporting.assess_engagements(session, content, Model(), [head])[engagement_id]
    told = {
        each.requirement.competency: each.forecast
        for seat in readiness.seats
        for person in seat.people
        for each in person.standings
        if person.person.id == lena.id and each.band.value != "no_evidence"
    }
    assert {row.learner_id for row in kept} == {lena.id}
    assert {row.competency_id: (row.p, row.low, row.high, row.answers) for row in kept} == told
    assert {(row.made_on, row.on_date, row.lead_days) for row in kept} == {(date(2026, 12, 3), date(2026, 12, 24), 21)}


def test_a_forecast_that_is_kept_is_never_changed(
    make: Make, session: Session, content: Content, lena: Somebody, engagement: UUID, clock: Clock
) -> None:
    learn(make, lena, 1.0)
    reporting.take_snapshots(session, content, Model(), at=clock.at)
    session.commit()
    before = {row.competency_id: row.p for row in session.scalars(select(ForecastRow))}
    make.answers(lena, *CALL_QUIZZES, right=0.0)

    reporting.take_snapshots(session, content, Model(), at=clock.at + timedelta(hours=2))
    reporting.take_snapshots(session, content, Model(), at=clock.at + DAY)

    session.expire_all()
    rows = list(session.scalars(select(ForecastRow)))
    assert before
    assert {row.competency_id: row.p for row in rows if row.made_on == date(2026, 12, 3)} == before
    later = {row.competency_id: row.p for row in rows if row.made_on == date(2026, 12, 4)}
    assert all(later[name] < before[name] for name in later)


def test_every_answer_is_held_against_the_chance_given_just_before(
    session: Session, lena: Somebody, own: Callable[..., Record], make: Make
) -> None:
    answer(session, lena, NOW, 1.0, 0.75, times=150)
    answer(session, lena, NOW, 0.0, 0.75, kind="replay", times=50)
    answer(session, make.learner(), NOW, 0.0, times=50)

    record = own()

    quality = record.answers.quality
    assert quality is not None
    assert (record.answers.n, quality.forecast, quality.outcome) == (200, 0.75, 0.75)
    assert quality.brier == pytest.approx(0.1875)
    assert record.forecasts.score.n == 0


def test_the_answers_of_real_quizzes_are_in_the_record(make: Make, lena: Somebody, own: Callable[..., Record]) -> None:
    make.answers(lena, *CALL_QUIZZES)

    record = own()

    assert record.answers.n > 20
    assert sum(each.n for each in record.answers_by_kind.values()) >= record.answers.n


def test_a_forecast_is_held_against_the_mean_of_the_first_answers_around_the_date(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record], content: Content
) -> None:
    foretell(session, engagement, lena, 14)
    answer(session, lena, ON - 3 * DAY, 1.0)
    answer(session, lena, ON + 3 * DAY, 0.0)
    answer(session, lena, ON, 0.0, kind="replay", times=5)
    answer(session, lena, ON, 0.0, competencies=[CONTACTS], times=5)
    answer(session, lena, ON - 4 * DAY, 0.0, times=5)
    answer(session, lena, ON + 5 * DAY, 0.0, times=5)
    foretell_again(session, engagement, 199)

    record = own()

    assert record.forecasts.score.n == 200
    assert record.forecasts.score.quality is not None
    assert record.forecasts.score.quality.outcome == pytest.approx(0.5)
    assert record.forecasts.by_kind[content.competencies[REMOTE].kind].n == 200
    assert sum(each.n for each in record.forecasts.by_kind.values()) == 200


def foretell_again(session: Session, engagement_id: UUID, times: int) -> None:
    """The same forecast as if made for other engagements on that day: each is one of its own in the record."""
    engagements, forecasts = table(Engagement), table(ForecastRow)
    engagement = session.execute(select(engagements).where(engagements.c.id == engagement_id)).mappings().one()
    forecast = session.execute(select(forecasts)).mappings().one()
    ids = [new_id() for _ in range(times)]
    session.execute(insert(engagements), [{**engagement, "id": each} for each in ids])
    session.execute(insert(forecasts), [{**forecast, "engagement_id": each} for each in ids])
    session.commit()


def test_answers_before_a_forecast_are_not_its_outcome(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 1)
    answer(session, lena, ON - 2 * DAY)
    answer(session, lena, ON - DAY)

    assert (own().forecasts.score.n, own().forecasts.missing) == (0, 1)

    answer(session, lena, ON)

    assert (own().forecasts.score.n, own().forecasts.missing) == (1, 0)


def test_a_forecast_waits_until_the_days_after_its_date_are_over_and_is_then_missing_without_an_answer(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 14)
    end_in_tokyo = datetime(2026, 12, 27, 15, tzinfo=UTC)

    before, after = own(end_in_tokyo - timedelta(seconds=1)), own(end_in_tokyo)

    assert (before.forecasts.waiting, before.forecasts.missing, before.forecasts.score.n) == (1, 0, 0)
    assert (after.forecasts.waiting, after.forecasts.missing, after.forecasts.score.n) == (0, 1, 0)


def test_of_many_forecasts_to_one_outcome_the_first_of_each_lead_time_counts(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    for days in (*range(1, 21), 40, 50):
        foretell(session, engagement, lena, days, p=days / 100)
    answer(session, lena, ON + DAY)

    record = own()

    assert {lead: each.n for lead, each in record.forecasts.by_lead.items()} == {
        LeadTime.SAME_DAY: 0, LeadTime.WEEK: 1, LeadTime.MONTH: 1, LeadTime.LATER: 1,
    }  # fmt: skip
    assert [(each.low, each.n) for each in record.forecasts.score.bins if each.n] == [(0.0, 1), (0.2, 1), (0.5, 1)]


def test_the_record_of_teams_is_that_of_all_their_people_and_of_no_one_else(
    make: Make, session: Session, content: Content, team: UUID, lena: Somebody, engagement: UUID
) -> None:
    people = [lena, *(make.learner(team=team) for _ in range(4))]
    for person in people:
        answer(session, person, NOW, times=40)
    answer(session, make.learner(team=make.team()), NOW, 0.0, times=40)
    foretell(session, engagement, lena, 14)
    answer(session, lena, ON)

    record = of_teams(session, content, [team])

    assert (record.answers.n, record.answers.people) == (201, 5)
    assert record.answers.quality is not None
    assert record.answers.quality.outcome == 1.0
    assert record.forecasts.score.n == 1
    assert of_teams(session, content, []).answers.n == 0


def test_the_record_of_fewer_than_five_who_answered_has_no_figures_however_large_the_team(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    people = [make.learner(team=team) for _ in range(8)]
    for person in people[:4]:
        answer(session, person, NOW, times=100)

    record = of_teams(session, content, [team])

    assert (record.answers.n, record.answers.people, record.answers.quality) == (400, 4, None)


def test_the_last_answers_count_and_no_forecast_is_called_missing_for_want_of_older_ones(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    foretell(session, engagement, lena, 14)
    answer(session, lena, ON, times=2)
    answer(session, lena, ON + 8 * DAY, times=3)
    monkeypatch.setattr("trainer.reporting.record.queries.LIMIT", 3)

    record = own()

    assert (record.answers.n, record.forecasts.score.n, record.forecasts.missing) == (3, 0, 0)


def test_competencies_that_were_taken_away_have_no_kind(
    session: Session, lena: Somebody, own: Callable[..., Record]
) -> None:
    answer(session, lena, NOW, competencies=["taken-away"])
    answer(session, lena, NOW, competencies=["taken-away", REMOTE])

    record = own()

    assert record.answers.n == 2
    assert sum(each.n for each in record.answers_by_kind.values()) == 1
    assert set(record.answers_by_kind) == set(CompetencyKind)


def test_a_cancelled_engagement_keeps_its_forecasts_and_counts_them_apart(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 14)
    foretell(session, engagement, lena, 14, competency=CONTACTS)
    answer(session, lena, ON)

    engagements.cancel_engagement(session, engagement, at=NOW)
    session.commit()

    early, late = own(NOW).forecasts, own().forecasts
    assert (early.score.n, early.cancelled, early.waiting, early.missing) == (0, 2, 0, 0)
    assert (late.score.n, late.cancelled, late.waiting, late.missing) == (1, 1, 0, 0)


def test_a_person_who_is_removed_takes_their_forecasts_and_debriefs_along(
    make: Make, session: Session, team: UUID, lena: Somebody
) -> None:
    over = make.past_engagement(team, [[lena]])
    foretell(session, over, lena, 14)
    engagements.keep_debrief(session, over, lena.id, [Told(REMOTE, 0.7)], "They were early.", at=NOW)

    session.execute(delete(User).where(User.id == lena.id))

    for kept in (ForecastRow, DebriefRow, DebriefNoteRow):
        assert session.scalars(select(kept)).all() == []


def test_plain_forecasts_know_what_came_before_an_answer_and_nothing_after(
    session: Session, make: Make, lena: Somebody, own: Callable[..., Record]
) -> None:
    """What all people got of the item until then; of the person the share handled well; both with one answer more."""
    answer(session, make.learner(), NOW - DAY, 1.0, times=299)
    answer(session, lena, NOW, 0.0, times=200)
    answer(session, lena, NOW + DAY, 1.0, times=200)

    quality = own().answers.quality

    assert quality is not None
    assert quality.over_usual is not None
    assert quality.over_so_far is not None
    usual_first, usual_then = 1.0, (299 + 299 / 499) / 500
    assert quality.over_usual.n == 400
    loss = (usual_first**2 + (1 - usual_then) ** 2) / 2
    assert quality.over_usual.value == pytest.approx(1 - quality.brier / loss, abs=0.001)
    assert quality.over_so_far.n == 200


def test_the_range_of_a_forecast_holds_with_the_luck_of_its_few_answers(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 14)
    answer(session, lena, ON, 1.0)
    foretell_again(session, engagement, 199)

    quality = own().forecasts.score.quality

    assert quality is not None
    assert quality.covered == 1.0


def told_of(session: Session, person: Somebody, engagement_id: UUID, share: float | None, at: datetime) -> None:
    engagements.keep_debrief(session, engagement_id, person.id, [Told(REMOTE, share)], "", at=at)
    session.commit()


def test_a_debrief_is_an_outcome_of_its_own_once_it_is_fixed(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 14)
    told_of(session, lena, engagement, 0.7, ON + DAY)

    early, late = own(ON + 13 * DAY), own(ON + 14 * DAY)

    assert (early.debriefs.score.n, early.debriefs.waiting) == (0, 1)
    assert (late.debriefs.score.n, late.debriefs.waiting) == (1, 0)
    assert (late.forecasts.score.n, late.forecasts.missing) == (0, 1)
    assert late.debriefs.by_lead[LeadTime.MONTH].n == 1


def test_what_was_not_needed_and_what_nobody_spoke_of_is_counted_and_not_scored(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    for competency in (REMOTE, CONTACTS):
        foretell(session, engagement, lena, 14, competency=competency)
    told_of(session, lena, engagement, None, ON + DAY)

    debriefs = own(ON + 20 * DAY).debriefs

    assert (debriefs.score.n, debriefs.not_needed, debriefs.missing) == (0, 1, 1)


def test_forecasts_for_a_date_from_which_the_meeting_was_moved_are_not_held_against_its_debrief(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    foretell(session, engagement, lena, 14)
    later = make_draft(starts_local=(ON + 2 * DAY).replace(tzinfo=None))
    engagements.change_engagement(session, engagement, later, at=NOW)
    told_of(session, lena, engagement, 0.7, ON + 3 * DAY)

    debriefs = own(ON + 20 * DAY).debriefs

    assert (debriefs.score.n, debriefs.missing) == (0, 1)


def test_a_debrief_that_was_given_counts_though_its_meeting_is_cancelled_afterwards(
    session: Session, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    for competency in (REMOTE, CONTACTS):
        foretell(session, engagement, lena, 14, competency=competency)
    told_of(session, lena, engagement, 0.1, ON + DAY)

    engagements.cancel_engagement(session, engagement, at=ON + 2 * DAY)
    session.commit()

    debriefs = own(ON + 20 * DAY).debriefs
    assert (debriefs.score.n, debriefs.cancelled) == (1, 1)


def test_a_debrief_moves_no_forecast_and_no_answers_record(
    make: Make, session: Session, content: Content, lena: Somebody, engagement: UUID, own: Callable[..., Record]
) -> None:
    make.answers(lena, *CALL_QUIZZES)
    before = reporting.own_progress(session, content, Model(), lena.id, AFTER)

    told_of(session, lena, engagement, 0.1, ON + DAY)

    assert reporting.own_progress(session, content, Model(), lena.id, AFTER) == before
    assert own().answers.n == len(session.scalars(select(Response.id)).all())


# The company's correction


def off_in_two_quarters(make: Make, session: Session, team: UUID, version: int = 0) -> None:
    """Five people of whom in two quarters 90 in 100 is forecast of one competency and 50 of another; they handle 75 and
    25 in 100 well."""
    people = [make.learner(team=team) for _ in range(5)]
    for on in (datetime(2026, 8, 20, 9, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)):
        rows = [
            {
                "engagement_id": identity, "learner_id": person.id, "competency_id": competency,
                "made_on": (on - 14 * DAY).date(), "on_date": on.date(), "lead_days": 14,
                "p": p, "low": 0.5, "high": 0.95, "answers": 9, "model_version": version,
            }
            for identity in [make.engagement(team) for _ in range(20)]
            for person in people
            for competency, p in ((REMOTE, 0.9), (CONTACTS, 0.5))
        ]  # fmt: skip
        session.execute(insert(table(ForecastRow)), rows)
        for person in people:
            for competency, well in ((REMOTE, 3), (CONTACTS, 1)):
                answer(session, person, on, 1.0, competencies=[competency], times=well)
                answer(session, person, on, 0.0, competencies=[competency], times=4 - well)
    session.commit()


def advice_of(session: Session, content: Content) -> Advice:
    everyone = reporting.load_everyone(session)
    return reporting.correction_advice(session, content, load_model(session), everyone, at=AFTER)


def test_forecasts_that_were_off_in_two_quarters_are_flagged_for_the_company(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    off_in_two_quarters(make, session, team)

    advice = advice_of(session, content)

    assert [(each.quarter, each.score.n, each.is_off) for each in advice.periods] == [
        ((2026, 3), 200, True), ((2026, 4), 200, True),
    ]  # fmt: skip
    assert advice.is_flagged


def test_forecasts_of_other_constants_than_those_in_force_say_nothing_of_them(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    off_in_two_quarters(make, session, team)
    refit = Calibration(replace(SHIPPED, practice_gain=2.0), 40, 10, 4000, 1000, 0.6, 0.5, 0.05, 0.15)

    calibration.apply(session, refit, at=AFTER)

    assert advice_of(session, content).periods == ()


def test_what_a_correction_told_is_taken_back_before_it_is_judged_anew(
    make: Make, session: Session, content: Content, team: UUID
) -> None:
    correction = Correction(-1.0, 0.8)
    version = calibration.correct(session, correction, at=NOW)
    off_in_two_quarters(make, session, team, version=version)

    advice = advice_of(session, content)

    assert advice.in_force == correction
    assert [each.score.n for each in advice.periods] == [200, 200]
    quality = advice.periods[0].score.quality
    assert quality is not None
    assert quality.forecast == pytest.approx(0.7)
