"""A team's plan: everybody's study, and for a seat out of reach who or what would close the rest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from tests.builders import competency
from tests.domain.study_cases import AT, activity, case, days_free
from trainer.domain.content import CompetencyKind
from trainer.domain.mastery import Belief, LearnerTerms, Mastery
from trainer.domain.planning import Goal, Interpreting, SeatChange, StudyCase, TeamPlan, goals_of, plan_team
from trainer.domain.readiness import Person, Requirement, Seat

ITEMS: dict[str, dict[str, Belief]] = {
    "greeting": {"one": (0.0, 1.5), "two": (0.4, 0.8)},
    "clarifying": {"three": (0.0, 1.0), "four": (0.2, 1.0)},
}
ACTIVITIES = activity("greet", "one", "two"), activity("clarify", "three", "four")
COMPETENCIES = {
    "greeting": competency("greeting", CompetencyKind.LANGUAGE),
    "clarifying": competency("clarifying", CompetencyKind.COMMUNICATION),
}


def person(name: str) -> Person:
    return Person(uuid5(NAMESPACE_OID, name), name)


def must(name: str, target: float) -> Requirement:
    return Requirement(name, target, is_must=True)


def seat(title: str, *requirements: Requirement, people: str = "", speaks: bool = True) -> Seat:
    return Seat(
        uuid5(NAMESPACE_OID, title), title, speaks, requirements, tuple(person(name) for name in people.split())
    )


def study(ability: float = 0.0, free: Mapping[date, int] | None = None) -> StudyCase:
    terms = LearnerTerms(ability=Mastery(ability, 0.3, AT, 30))
    return case({}, ITEMS, ACTIVITIES, free=free, terms=terms, on=AT + timedelta(days=8))


def planned(*seats: Seat, **cases: StudyCase) -> TeamPlan:
    return plan_team(seats, {person(name).id: each for name, each in cases.items()}, COMPETENCIES)


def test_everybody_in_a_seat_gets_a_plan_for_what_their_seats_need() -> None:
    plan = planned(
        seat("lead", must("greeting", 0.5), people="ann ben"), seat("notes", must("clarifying", 0.5), people="ben"),
        ann=study(), ben=study(),
    )  # fmt: skip

    goals = {each.goal.competency for each in plan.plans[person("ben").id].goals}
    assert goals == {"greeting", "clarifying"}
    assert plan.is_reached
    assert plan.open_seats == ()
    assert plan.minutes == sum(each.minutes for each in plan.plans.values()) > 0


def test_of_two_seats_the_higher_target_and_the_must_have_count() -> None:
    seats = seat("lead", must("greeting", 0.5)), seat("notes", Requirement("greeting", 0.7, is_must=False))

    assert goals_of(seats) == (Goal("greeting", 0.7, is_must=True),)


def test_one_who_reaches_the_seat_is_enough() -> None:
    plan = planned(
        seat("lead", must("greeting", 0.8), people="ann ben"), ann=study(-3.0), ben=study(3.0)
    )  # fmt: skip

    assert plan.is_reached
    assert not plan.plans[person("ann").id].is_reached


def test_a_seat_out_of_reach_says_how_far_the_nearest_gets() -> None:
    plan = planned(
        seat("lead", must("greeting", 0.9), people="ann ben", speaks=False), ann=study(-2.0), ben=study(-1.0)
    )

    (opened,) = plan.open_seats
    assert opened.nearest == person("ben")
    assert opened.missing[0].without.mean < opened.missing[0].planned.mean < 0.9
    assert opened.changes == ()
    assert opened.interpreter is None


def test_another_who_is_ready_or_could_be_is_named_with_the_minutes() -> None:
    plan = planned(
        seat("lead", must("greeting", 0.6), people="ann"), seat("a", must("clarifying", 0.2), people="ben"),
        seat("b", must("clarifying", 0.2), people="cid"), seat("c", must("clarifying", 0.1), people="dan"),
        ann=study(-3.0), ben=study(0.5), cid=study(3.0), dan=study(-3.0),
    )  # fmt: skip

    (opened,) = plan.open_seats
    ready, could = opened.changes
    assert ready == SeatChange(person("cid"), 0)
    assert could.person == person("ben")
    assert could.minutes > 0


def test_nobody_is_named_who_would_lose_their_own_seat() -> None:
    free = days_free(1, 10)
    plan = planned(
        seat("lead", must("greeting", 0.55), people="ann"), seat("notes", must("clarifying", 0.55), people="ben"),
        ann=study(-3.0, free), ben=study(0.4, free),
    )  # fmt: skip

    assert [each.seat.title for each in plan.open_seats] == ["lead"]
    assert plan.open_seats[0].changes == ()


def test_one_with_time_for_one_seat_only_could_give_up_the_other() -> None:
    free = days_free(1, 10)
    plan = planned(
        seat("lead", must("greeting", 0.5), people="ann"), seat("notes", must("clarifying", 0.5), people="ann"),
        ann=study(0.1, free),
    )  # fmt: skip

    (opened,) = plan.open_seats
    assert opened.changes == (SeatChange(person("ann"), 10, gives_up_others=True),)
    assert opened.missing == ()


@pytest.mark.parametrize(
    ("speaks", "others", "expected"),
    [
        (True, (), Interpreting(("greeting",), True)),
        (True, (must("clarifying", 0.9),), Interpreting(("greeting",), False)),
        (False, (), None),
    ],
    ids=["language only", "more than language", "does not speak"],
)
def test_an_interpreter_closes_the_language_of_a_speaking_seat(
    speaks: bool, others: tuple[Requirement, ...], expected: Interpreting | None
) -> None:
    plan = planned(seat("lead", must("greeting", 0.9), *others, people="ann", speaks=speaks), ann=study(-2.0))

    assert plan.open_seats[0].interpreter == expected


def test_a_seat_without_anybody_is_open() -> None:
    plan = planned(
        seat("lead", must("greeting", 0.3)), seat("notes", must("clarifying", 0.3), people="ann"), ann=study()
    )

    (opened,) = plan.open_seats
    assert opened.nearest is None
    assert [change.person for change in opened.changes] == [person("ann")]


def test_what_is_nice_to_have_keeps_no_seat_open() -> None:
    nice = Requirement("clarifying", 0.99, is_must=False)

    assert planned(seat("lead", must("greeting", 0.3), nice, people="ann"), ann=study()).is_reached


def test_a_plan_that_stands_is_gone_on_with() -> None:
    seats, known = [seat("lead", must("greeting", 0.5), people="ann")], study()
    cases: dict[UUID, StudyCase] = {person("ann").id: known}
    first = plan_team(seats, cases, COMPETENCIES)
    later = {person("ann").id: replace(known, at=AT + timedelta(hours=1))}

    again = plan_team(seats, later, COMPETENCIES, {each: plan.chosen for each, plan in first.plans.items()})

    assert again.minutes <= first.minutes
