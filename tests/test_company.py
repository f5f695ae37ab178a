"""The company's rules: kept in versions, and each engagement judged by its own; on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Clock, Make, Somebody, make_draft
from tests.test_reporting import CALL_QUIZZES
from trainer import company, engagements, reporting
from trainer.company import CompanyError
from trainer.domain.company import LIMITS, SHIPPED_RULES, Policy, Visibility
from trainer.domain.content import Content
from trainer.domain.mastery import Model
from trainer.domain.readiness import Band, Readiness, Rules, SeatState
from trainer.engagements import EngagementError
from trainer.models import User
from trainer.pace import Pace
from trainer.reporting import EngagementHead

STRICT = 30


@pytest.fixture
def ada(make: Make) -> Somebody:
    return make.admin("Ada")


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


def head_of(session: Session, engagement_id: UUID) -> EngagementHead:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    return head


def assess(session: Session, content: Content, engagement_id: UUID) -> Readiness:
    head = head_of(session, engagement_id)
    return reporting.assess_engagements(session, content, Model(), [head])[engagement_id]


def learn(make: Make, person: Somebody, quizzes: Sequence[str] = CALL_QUIZZES) -> None:
    for day in (2, 1):
        make.answers(person, *quizzes, at=NOW - timedelta(days=day))


# Versions


def test_without_any_version_the_shipped_rules_and_bands_hold(session: Session) -> None:
    assert company.rules_in_force(session) == SHIPPED_RULES
    assert (SHIPPED_RULES.rules, SHIPPED_RULES.visibility) == (Rules(), Visibility.BANDS)
    assert company.policy_in_force(session) == Policy(Visibility.BANDS)
    assert company.rule_changes(session) == ()


def test_the_newest_version_is_in_force_and_every_one_is_kept_with_who_when_and_why(
    make: Make, session: Session, ada: Somebody, clock: Clock
) -> None:
    first = make.rules(ada, min_answers=8, reason="  A pilot.  ")
    clock.turn(timedelta(days=3))
    second = make.rules(make.admin("Bo"), max_width=0.25, visibility=Visibility.FORECAST)

    assert company.rules_in_force(session) == second
    assert (second.version, second.rules) == (2, Rules(min_answers=8, max_width=0.25))
    assert [(each.before, each.after, each.made_by) for each in company.rule_changes(session)] == [
        (first, second, "Bo"),
        (SHIPPED_RULES, first, "Ada"),
    ]
    assert (first.made_at, first.reason) == (NOW, "A pilot.")
    assert company.policy_in_force(session) == Policy(Visibility.FORECAST, NOW + timedelta(days=3), "We agreed so.")


def test_a_version_outlives_the_person_who_made_it(make: Make, session: Session, ada: Somebody) -> None:
    made = make.rules(ada, min_answers=8)
    session.delete(session.get_one(User, ada.id))
    session.flush()

    (change,) = company.rule_changes(session)

    assert (change.after, change.made_by) == (made, None)


@pytest.mark.parametrize("name", LIMITS)
def test_rules_beyond_their_limits_are_refused_in_words(make: Make, ada: Somebody, session: Session, name: str) -> None:
    for value in (LIMITS[name].low - 0.1, LIMITS[name].high + 0.1):
        with pytest.raises(CompanyError, match=LIMITS[name].words):
            make.rules(ada, **{name: value})  # type: ignore[arg-type]

    assert company.rule_changes(session) == ()


@pytest.mark.parametrize(
    ("reason", "words"), [("", "Say why"), (" \n\t", "Say why"), ("x" * 501, "in 500 characters or fewer")]
)
def test_a_change_needs_a_reason(make: Make, ada: Somebody, reason: str, words: str) -> None:
    with pytest.raises(CompanyError, match=words):
        make.rules(ada, min_answers=8, reason=reason)


def test_a_change_that_changes_nothing_is_refused(make: Make, ada: Somebody) -> None:
    with pytest.raises(CompanyError, match="the rules in force already"):
        make.rules(ada)
    make.rules(ada, min_answers=8)
    with pytest.raises(CompanyError, match="the rules in force already"):
        make.rules(ada, min_answers=8)


def test_nobody_undoes_a_change_that_they_have_not_seen(make: Make, session: Session, ada: Somebody) -> None:
    made = make.rules(ada, visibility=Visibility.FORECAST)

    with pytest.raises(CompanyError, match="Somebody changed the rules meanwhile"):
        company.change_rules(session, Rules(min_answers=9), Visibility.BANDS, "Later.", seen=0, by=ada.id, at=NOW)

    assert company.rules_in_force(session) == made


# Engagements keep theirs


def test_an_engagement_is_judged_by_the_rules_in_force_when_it_was_planned(
    make: Make, session: Session, content: Content, team: UUID, ada: Somebody
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena)
    old = make.engagement(team, [[lena]])
    strict = make.rules(ada, min_answers=STRICT)
    new = make.engagement(team, [[lena]])
    make.rules(ada, min_answers=12)

    both = reporting.assess_engagements(session, content, Model(), reporting.list_engagements(session, [team]))

    assert (head_of(session, old).kept, head_of(session, new).kept) == (SHIPPED_RULES, strict)
    assert both[old].seats[0].state is SeatState.READY
    assert {each.band for each in both[new].seats[0].people[0].standings} == {Band.NO_EVIDENCE}
    assert both == {each: assess(session, content, each) for each in (old, new)}


def test_changing_date_and_seats_keeps_the_rules_of_an_engagement(
    make: Make, session: Session, team: UUID, ada: Somebody, clock: Clock
) -> None:
    engagement_id = make.engagement(team)
    make.rules(ada, min_answers=STRICT)

    engagements.change_engagement(session, engagement_id, make_draft(title="Other"), at=clock.at)
    engagements.add_seat(session, engagement_id, "Observer", is_speaking=False, at=clock.at)

    head = head_of(session, engagement_id)
    assert (head.title, head.kept, head.has_older_rules) == ("Other", SHIPPED_RULES, True)


def test_its_manager_takes_up_the_rules_in_force(
    make: Make, session: Session, content: Content, team: UUID, ada: Somebody
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena)
    engagement_id = make.engagement(team, [[lena]])
    made = make.rules(ada, min_answers=STRICT)
    before = head_of(session, engagement_id)

    engagements.adopt_rules(session, engagement_id, made.version, at=NOW)

    head = head_of(session, engagement_id)
    assert (head.kept, head.has_older_rules) == (made, False)
    assert head.version != before.version
    assert assess(session, content, engagement_id).rules == made.rules
    assert assess(session, content, engagement_id).seats[0].state is SeatState.NO_EVIDENCE


def test_rules_that_the_manager_was_not_shown_are_not_taken_up(
    make: Make, session: Session, team: UUID, ada: Somebody
) -> None:
    engagement_id = make.engagement(team)
    shown = make.rules(ada, min_answers=8)
    make.rules(ada, min_answers=9)

    for version in (shown.version, 0, 7, 10**30):
        with pytest.raises(EngagementError, match="changed again"):
            engagements.adopt_rules(session, engagement_id, version, at=NOW)

    assert head_of(session, engagement_id).kept == SHIPPED_RULES


def test_an_engagement_that_is_over_keeps_its_rules(make: Make, session: Session, team: UUID, ada: Somebody) -> None:
    engagement_id = make.engagement(team, in_days=2)
    made = make.rules(ada, min_answers=8)

    with pytest.raises(EngagementError, match="is over"):
        engagements.adopt_rules(session, engagement_id, made.version, at=NOW + timedelta(days=3))


def test_a_version_of_an_engagement_follows_every_change_of_the_rules_in_force(
    make: Make, session: Session, team: UUID, ada: Somebody
) -> None:
    engagement_id = make.engagement(team)
    versions = [head_of(session, engagement_id).version]
    for visibility in (Visibility.FORECAST, Visibility.BANDS):
        make.rules(ada, visibility=visibility)
        versions.append(head_of(session, engagement_id).version)

    assert len(set(versions)) == 3
    assert not head_of(session, engagement_id).has_older_rules


def test_a_learner_is_told_by_the_rules_of_the_engagement_that_waits_for_them(
    make: Make, session: Session, content: Content, team: UUID, ada: Somebody
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena)
    make.engagement(team, [[lena]])
    made = make.rules(ada, min_answers=STRICT)

    def rules_of(name: str) -> Rules:
        story = reporting.competency_story(session, content, Model(), lena.id, name, at=NOW)
        assert story is not None
        return story.rules

    assert rules_of("remote-meetings") == Rules()
    assert rules_of("fr-deciding") == made.rules
    seats = reporting.own_seats(session, lena.id, at=NOW)
    ((_, person),) = reporting.as_manager_sees(session, content, Model(), lena.id, seats)
    assert person.band is Band.READY


def test_what_is_kept_for_the_trend_is_judged_by_the_rules_of_each_engagement(
    make: Make, session: Session, content: Content, team: UUID, ada: Somebody
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena)
    mild = make.engagement(team, [[lena]])
    make.rules(ada, min_answers=STRICT)
    strict = make.engagement(team, [[lena]])

    reporting.take_snapshots(session, content, Model(), at=NOW)

    points = reporting.snapshots_of(session, [mild, strict])
    assert [points[each][0].ready_seats for each in (mild, strict)] == [1, 0]


def test_the_suggested_study_knows_nobody_of_whom_the_rules_want_more_answers(
    make: Make, session: Session, content: Content, team: UUID, ada: Somebody
) -> None:
    lena = make.learner("Lena", team)
    learn(make, lena)
    studies = []
    for min_answers in (5, STRICT):
        if min_answers != Rules().min_answers:
            make.rules(ada, min_answers=min_answers)
        head = head_of(session, make.engagement(team, [[lena]]))
        readiness, terms = reporting.assess_with_terms(session, content, Model(), [head])
        studies.append(reporting.team_study(session, content, Model(), Pace(), head, readiness[head.id], terms, at=NOW))

    known, unknown = studies
    assert known is not None
    assert unknown is not None
    assert (known.unknown, unknown.unknown) == ((), ("Lena",))


def test_rules_read_back_are_those_that_were_made(make: Make, session: Session, ada: Somebody) -> None:
    """No digit is lost on the way, so that the page says what was typed."""
    wanted = replace(Rules(), max_width=0.33, ready_margin=0.07, interpreter_target=0.85)
    make.rules(ada, max_width=0.33, ready_margin=0.07, interpreter_target=0.85)
    session.expire_all()

    assert company.rules_in_force(session).rules == wanted
