"""The suggested study on the pages: what a learner is told to do and when, and what a manager reads of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from tests.browsing import Browser, text_of
from tests.company import Clock, Make, Somebody
from trainer import accounts, learning, reporting
from trainer.domain.content import Content
from trainer.domain.planning import ActivityKind
from trainer.pace import Pace
from trainer.reporting import OwnPlan
from trainer.versions import load_model

on_both = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
SignIn = Callable[[Somebody], Browser]
SERVES_THE_SEAT = (
    "pt-remote-call",
    "pt-times-and-invitations",
    "jp-hospitality-and-contact",
    "jp-call-and-repair",
    "jp-language-calls-and-mail",
)
"""Quizzes for all that the first seat of the call requires."""


@pytest.fixture
def otto(make: Make) -> Somebody:
    """Someone with a seat in three weeks who has done nothing yet."""
    team = make.team()
    otto = make.learner("Otto", team)
    make.engagement(team, [[otto]])
    return otto


@pytest.fixture
def plan(session: Session, content: Content, clock: Clock, otto: Somebody) -> Callable[[], OwnPlan]:
    """Otto's plan as it is now."""

    def made() -> OwnPlan:
        session.rollback()
        seat = reporting.own_seats(session, otto.id, at=clock.at)[0]
        return reporting.own_plan(session, content, load_model(session), Pace(), otto.id, seat, at=clock.at)

    return made


def kinds_of(plan: OwnPlan) -> list[ActivityKind]:
    return [each.kind for day in plan.plan.days for each in day.activities]


def quizzes_of(plan: OwnPlan) -> list[str]:
    return [each.id for day in plan.plan.days for each in day.activities if each.item_keys]


# The learner


def test_who_has_a_seat_is_told_what_to_study_for_it_and_when(
    sign_in: SignIn, otto: Somebody, plan: Callable[[], OwnPlan]
) -> None:
    page = text_of(sign_in(otto).get("/").text)

    expected = plan()
    assert re.search(r"(Today’s|The next) \d+ minutes for Kobe Seiki on ", page)
    assert f"The whole plan: {expected.plan.minutes} minutes on {len(expected.plan.days)} days" in page
    assert "Suggested for 20 minutes a day ( change it )" in page
    assert "Read the lesson · " in page
    assert "review: " in page
    assert "with the plan" in page
    assert "Your next step" not in page
    assert all(each.title in page for day in expected.plan.days for each in day.activities)


def test_the_minutes_shown_are_those_of_the_day_lessons_included(
    sign_in: SignIn, otto: Somebody, plan: Callable[[], OwnPlan]
) -> None:
    page = text_of(sign_in(otto).get("/").text)

    days = plan().plan.days
    assert all(day.minutes <= 20 for day in days)
    assert f" {days[0].minutes} minutes for Kobe Seiki" in page
    assert {ActivityKind.LESSON, ActivityKind.QUIZ, ActivityKind.REVIEW} == set(kinds_of(plan()))


def test_the_plan_is_made_anew_after_an_answer(otto: Somebody, make: Make, plan: Callable[[], OwnPlan]) -> None:
    before = plan()
    make.answers(otto, *dict.fromkeys(quizzes_of(before)), right=1.0)

    after = plan()

    assert before.plan.minutes > after.plan.minutes
    gains = zip(before.plan.goals, after.plan.goals, strict=True)
    assert all(new.without.mean > old.without.mean for old, new in gains)


def test_a_lesson_that_is_done_is_planned_no_more(sign_in: SignIn, otto: Somebody, plan: Callable[[], OwnPlan]) -> None:
    lessons = [each for day in plan().plan.days for each in day.activities if each.kind is ActivityKind.LESSON]

    sign_in(otto).submit(f"/lessons/{lessons[0].id}/done")

    assert lessons[0].id not in {each.id for day in plan().plan.days for each in day.activities}


def test_a_quiz_done_before_is_a_review(
    sign_in: SignIn, otto: Somebody, make: Make, plan: Callable[[], OwnPlan]
) -> None:
    first = quizzes_of(plan())[0]
    make.answers(otto, first, right=0.2)

    page = text_of(sign_in(otto).get("/").text)

    again = [each for day in plan().plan.days for each in day.activities if each.id == first]
    assert again
    assert {each.kind for each in again} == {ActivityKind.REVIEW}
    assert "Review: do the quiz again · " in page or "review: " in page


def test_what_is_open_goes_before_the_plan(sign_in: SignIn, otto: Somebody, make: Make) -> None:
    make.answers(otto, until=1)

    page = text_of(sign_in(otto).get("/").text)

    assert "Your next step" in page
    assert "minutes for Kobe Seiki" not in page


def test_who_is_expected_to_be_ready_is_told_so(
    sign_in: SignIn, make: Make, otto: Somebody, plan: Callable[[], OwnPlan], clock: Clock
) -> None:
    """A week before the day, after three rounds of all that the seat needs."""
    clock.turn(timedelta(days=14))
    for days in (6, 4, 1):
        make.answers(otto, *SERVES_THE_SEAT, at=clock.at - timedelta(days=days))

    page = text_of(sign_in(otto).get("/").text)

    assert plan().plan.is_ready
    assert "You are expected to be ready for Kobe Seiki on" in page
    assert "nothing more is planned for it." in page


def test_what_ones_plan_leaves_unsure_is_said(sign_in: SignIn, otto: Somebody, plan: Callable[[], OwnPlan]) -> None:
    page = text_of(sign_in(otto).get("/").text)

    assert not plan().plan.is_ready
    assert "not to be reached by" in page or "not yet sure enough to be called ready" in page


# Minutes a day


@on_both
def test_a_person_says_how_many_minutes_a_day_they_have(
    sign_in: SignIn, otto: Somebody, session: Session, plan: Callable[[], OwnPlan]
) -> None:
    browser = sign_in(otto)
    usual = plan()

    saved = browser.submit("/account/study", {"daily_minutes": "40"}, follow_redirects=True)
    home = text_of(browser.get("/").text)

    assert "Saved. Your plan is made for it from now on." in text_of(saved.text)
    assert 'value="40"' in saved.text
    session.rollback()
    assert accounts.daily_minutes_of(session, otto.id) == 40
    assert "Suggested for 40 minutes a day" in home
    assert any(day.minutes > 20 for day in plan().plan.days)
    assert all(day.minutes <= 20 for day in usual.plan.days)


def test_who_has_five_minutes_a_day_sits_down_every_few_days(
    session: Session, otto: Somebody, plan: Callable[[], OwnPlan]
) -> None:
    accounts.set_daily_minutes(session, otto.id, 5)
    session.commit()

    days = [day.day for day in plan().plan.days]

    assert days
    assert all((later - sooner).days >= 2 for sooner, later in pairwise(days))


def test_an_empty_field_means_the_usual_minutes(sign_in: SignIn, otto: Somebody, session: Session) -> None:
    browser = sign_in(otto)
    browser.submit("/account/study", {"daily_minutes": "40"})

    browser.submit("/account/study", {"daily_minutes": ""})

    assert accounts.daily_minutes_of(session, otto.id) is None
    assert "Suggested for 20 minutes a day" in text_of(browser.get("/").text)


@pytest.mark.parametrize("minutes", ["4", "121", "-5", "x", "9" * 400])
def test_minutes_that_are_none_are_asked_for_again(
    sign_in: SignIn, otto: Somebody, session: Session, minutes: str
) -> None:
    answer = sign_in(otto).submit("/account/study", {"daily_minutes": minutes})

    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer.text)
    assert accounts.daily_minutes_of(session, otto.id) is None


def test_a_command_cannot_set_them_either(session: Session, otto: Somebody) -> None:
    with pytest.raises(accounts.AccountError, match="from 5 to 120"):
        accounts.set_daily_minutes(session, otto.id, 500)


# The manager


def test_a_manager_reads_what_the_study_comes_to_and_nobodys_minutes_a_day(
    sign_in: SignIn, make: Make, session: Session, content: Content, clock: Clock
) -> None:
    team = make.team()
    person = make.learner("Otto", team)
    for days in range(12, 2, -1):
        make.answers(person, *SERVES_THE_SEAT, right=0.9, at=clock.at - timedelta(days=days))
    engagement = make.engagement(team, [[person]])
    manager = sign_in(make.manager(team))
    before = text_of(manager.get(f"/engagements/{engagement}").text)
    version = reporting.find_engagement(session, engagement)
    accounts.set_daily_minutes(session, person.id, 117)
    session.commit()

    after = text_of(manager.get(f"/engagements/{engagement}").text)

    assert re.search(r"Otto Chair of the call · expected to be ready with \d+ minutes of study", before)
    assert re.search(r"reaches, in its middle, what it must have, with \d+ minutes of study in all", before)
    assert "Suggested for the time a day that each of them has said" in after
    assert "117" not in after
    assert reporting.find_engagement(session, engagement) != version


# Kept


@on_both
def test_the_plan_that_one_sets_out_on_is_kept_and_gone_on_with(
    sign_in: SignIn, otto: Somebody, session: Session, clock: Clock, plan: Callable[[], OwnPlan]
) -> None:
    planned = plan().plan
    engagement_id = plan().seat.engagement.id
    sign_in(otto).submit(f"/quizzes/{quizzes_of(plan())[0]}/attempts")

    session.rollback()
    kept = reporting.studying_of(session, [otto.id], engagement_id)[otto.id].plan

    assert {day: tuple(names) for day, names in kept.items()} == planned.chosen
    clock.turn(timedelta(minutes=1))
    gone_on_with = plan().plan.chosen
    stayed = [day for day, names in planned.chosen.items() if gone_on_with.get(day) == names]
    assert len(stayed) > len(planned.chosen) / 2


@on_both
def test_a_plan_is_kept_once_for_each_engagement(
    otto: Somebody, session: Session, clock: Clock, plan: Callable[[], OwnPlan]
) -> None:
    engagement_id, today = plan().seat.engagement.id, plan().today
    for names in (("one",), ("two", "three")):
        learning.keep_plan(session, otto.id, engagement_id, {today: names}, at=clock.at)
    session.commit()

    assert reporting.studying_of(session, [otto.id], engagement_id)[otto.id].plan == {today: ["two", "three"]}
