"""The least study of a team, and what would close the rest where study alone does not: another person in a seat, or
an interpreter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.planning.activities import Chosen, Goal, GoalOutlook, StudyCase, StudyPlan
from trainer.domain.planning.least_study import least_study
from trainer.domain.readiness import Band, Person, Requirement, Seat

MAX_CANDIDATES = 3
"""For so many people at most, those nearest to what a seat needs, it is worked out whether they could take it."""


@dataclass(frozen=True, slots=True)
class SeatChange:
    """A person who would reach all that a seat must have, beside what they reach for their own seats.

    `minutes` come on top of those of their own plan. With `gives_up_others` it is a person of the seat, who would
    reach it with all their time for this seat alone; the minutes are those for this seat.
    """

    person: Person
    minutes: int
    gives_up_others: bool = False


@dataclass(frozen=True, slots=True)
class Interpreting:
    """What of a speaking seat's must-haves an interpreter would take over; whether nothing else is missing then."""

    competencies: tuple[str, ...]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat that nobody in it reaches by the date.

    `nearest` is the person who gets furthest, None when nobody is assigned, and `missing` what they miss with all
    their time for this seat: the planned mean of each is at most what can be reached by that date.
    """

    seat: Seat
    nearest: Person | None
    missing: tuple[GoalOutlook, ...]
    changes: tuple[SeatChange, ...]
    interpreter: Interpreting | None


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """The suggested plan of each person who sits in a seat, and the seats that stay open with all of them done.

    In each of `ready_seats`, by their ids, someone is then expected to be called ready; `seats` is how many there are.
    """

    plans: Mapping[UUID, StudyPlan]
    open_seats: tuple[OpenSeat, ...]
    ready_seats: frozenset[UUID]
    seats: int

    @property
    def minutes(self) -> int:
        return sum(plan.minutes for plan in self.plans.values())

    @property
    def is_reached(self) -> bool:
        """Whether somebody reaches the must-haves of each seat."""
        return not self.open_seats


def plan_team(
    seats: Sequence[Seat],
    cases: Mapping[UUID, StudyCase],
    competencies: Mapping[str, Competency],
    previous: Mapping[UUID, Chosen] | None = None,
) -> TeamPlan:
    """Plan for everybody in a seat. The goals come from the seats, whatever goals a case has.

    `cases` holds each person in a seat, and whoever else could take one, with the items of all required competencies.
    """
    team = _Team(seats, cases, competencies, previous or {})
    return TeamPlan(
        team.plans,
        tuple(team.opened(seat) for seat in seats if not team.is_covered(seat)),
        frozenset(seat.id for seat in seats if team.is_ready(seat)),
        len(seats),
    )


def goals_of(seats: Iterable[Seat]) -> tuple[Goal, ...]:
    """What someone in these seats needs: of each competency the highest target, a must-have if it is one anywhere."""
    goals: dict[str, Goal] = {}
    for requirement in (each for seat in seats for each in seat.requirements):
        goal = Goal(requirement.competency, requirement.target, float(requirement.weight), requirement.is_must)
        before = goals.get(goal.competency, goal)
        goals[goal.competency] = replace(
            goal,
            target=max(goal.target, before.target),
            weight=max(goal.weight, before.weight),
            is_must=goal.is_must or before.is_must,
        )
    return tuple(goals.values())


class _Team:
    def __init__(
        self,
        seats: Sequence[Seat],
        cases: Mapping[UUID, StudyCase],
        competencies: Mapping[str, Competency],
        previous: Mapping[UUID, Chosen],
    ) -> None:
        self.cases, self.competencies = cases, competencies
        self.seats = seats
        self.people = {person.id: person for seat in seats for person in seat.people}
        self.goals = {
            person: goals_of(seat for seat in seats if self.people[person] in seat.people) for person in self.people
        }
        self.plans = {
            person: least_study(replace(cases[person], goals=goals), previous.get(person))
            for person, goals in self.goals.items()
        }

    def is_covered(self, seat: Seat) -> bool:
        return any(not _missed(self.plans[person.id], seat) for person in seat.people)

    def is_ready(self, seat: Seat) -> bool:
        return any(
            all(each.band is Band.READY for each in _must_haves(self.plans[person.id], seat)) for person in seat.people
        )

    def opened(self, seat: Seat) -> OpenSeat:
        """What a seat misses, and who or what would close it."""
        alone = {
            person: least_study(replace(self.cases[person.id], goals=goals_of([seat])), self.plans[person.id].chosen)
            for person in seat.people
        }
        nearest = min(alone, key=lambda person: _shortfall(alone[person], seat), default=None)
        missing = _missed(alone[nearest], seat) if nearest else ()
        relieved = [
            SeatChange(person, plan.minutes, gives_up_others=True)
            for person, plan in alone.items()
            if not _missed(plan, seat)
        ]
        changes = sorted([*relieved, *self._changes(seat)], key=lambda change: (change.minutes, change.person.name))
        return OpenSeat(seat, nearest, missing, tuple(changes), self._interpreting(seat, missing))

    def _changes(self, seat: Seat) -> list[SeatChange]:
        """Who of the others could take the seat, those nearest to it tried first."""
        others = [person for person in self.people.values() if person not in seat.people]
        near = sorted(others, key=lambda person: (self._distance(person, seat), person.name, str(person.id)))
        found = []
        for person in near[:MAX_CANDIDATES]:
            own = self.plans[person.id]
            case = replace(self.cases[person.id], goals=_joined(self.goals[person.id], seat))
            both = least_study(case, own.chosen)
            lost = {goal.goal.competency for goal in both.unreached} & {
                goal.goal.competency for goal in own.goals if goal.is_reached
            }
            if not lost and not _missed(both, seat):
                found.append(SeatChange(person, max(0, both.minutes - own.minutes)))
        return found

    def _distance(self, person: Person, seat: Seat) -> float:
        """How far a person is from a seat without any study."""
        return _shortfall(self._without_study[person.id], seat)

    @cached_property
    def _without_study(self) -> dict[UUID, StudyPlan]:
        """What each person can do of all that any seat needs. Once, not for each open seat: teams may be large."""
        goals = goals_of(self.seats)
        return {
            person: least_study(replace(case, goals=goals, activities=()))
            for person, case in self.cases.items()
            if person in self.people
        }

    def _interpreting(self, seat: Seat, missing: Sequence[GoalOutlook]) -> Interpreting | None:
        names = [goal.goal.competency for goal in missing]
        language = tuple(name for name in names if self.competencies[name].kind is CompetencyKind.LANGUAGE)
        return Interpreting(language, len(language) == len(names)) if seat.is_speaking and language else None


def _joined(goals: Sequence[Goal], seat: Seat) -> tuple[Goal, ...]:
    """Someone's own goals with those of a seat, of each competency the higher."""
    requirements = tuple(Requirement(goal.competency, goal.target, goal.is_must) for goal in goals)
    return goals_of((replace(seat, requirements=requirements), seat))


def _musts(seat: Seat) -> dict[str, float]:
    """The targets of a seat's must-haves; when it has none, all of its targets."""
    must = [each for each in seat.requirements if each.is_must] or seat.requirements
    return {each.competency: each.target for each in must}


def _must_haves(plan: StudyPlan, seat: Seat) -> tuple[GoalOutlook, ...]:
    """What a plan brings for the must-haves of a seat, by the seat's own targets."""
    musts = _musts(seat)
    return tuple(
        replace(each, goal=replace(each.goal, target=musts[each.goal.competency]))
        for each in plan.goals
        if each.goal.competency in musts
    )


def _missed(plan: StudyPlan, seat: Seat) -> tuple[GoalOutlook, ...]:
    """The must-haves of a seat that a plan does not reach."""
    return tuple(each for each in _must_haves(plan, seat) if not each.is_reached)


def _shortfall(plan: StudyPlan, seat: Seat) -> float:
    return sum(each.shortfall for each in _missed(plan, seat))
