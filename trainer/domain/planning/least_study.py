"""The least study: a plan of activities by day that reaches a person's targets with the fewest minutes.

A plan aims at what the readiness page calls ready. Where that is out of reach, it aims for those goals at a middle of
the forecast that reaches the target.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainer.domain.mastery import Forecast
from trainer.domain.planning.activities import (
    Activity,
    ActivityKind,
    Chosen,
    Goal,
    GoalOutlook,
    StudyCase,
    StudyDay,
    StudyPlan,
)
from trainer.domain.planning.arrays import CaseArrays, arrays_of
from trainer.domain.planning.effects import Draft, Effects, Pick
from trainer.domain.planning.search import LARGE, Search
from trainer.domain.planning.timetable import Timetable

UNKNOWN = Forecast(0.0, 0.0, 1.0, 0)
"""The forecast of a goal without items: nothing can be known of it, nothing planned for it."""


def least_study(case: StudyCase, previous: Chosen | None = None) -> StudyPlan:
    """The suggested plan. A previous one is gone on with, as far as it still stands, unless another is clearly better:
    it reaches more, or takes fewer minutes, by more than `search.KEPT_WITHIN`."""
    arrays = arrays_of(case)
    if arrays is None:
        return StudyPlan((), tuple(_unknown(case, goal) for goal in case.goals))
    effects, draft = _found(arrays, _standing(arrays, previous) if previous else ())
    outlooks = {id(outlook.goal): outlook for outlook in effects.outlooks(draft)}
    goals = tuple(outlooks.get(id(goal)) or _unknown(case, goal) for goal in case.goals)
    return StudyPlan(tuple(_days(arrays, draft.picks)), goals)


def _found(arrays: CaseArrays, standing: tuple[Pick, ...]) -> tuple[Effects, Draft]:
    """The best draft found, with what it aims at: all goals ready, else those that can be."""
    effects = Effects(arrays, [False] * len(arrays.cells))
    search = Search(arrays, effects)
    if search.size > LARGE:
        return _found_at_once(search, standing)
    middle = search.best((), [search.settled(effects.draft()), search.sparing().settled(effects.draft())])
    aims = search.ready_in_reach()
    while aims.any():
        ready = search.aiming(aims)
        starts = [ready.settled(middle), ready.settled(effects.draft()), ready.sparing().settled(effects.draft())]
        draft = ready.best(standing, starts)
        missed = ready.missed(draft) & aims
        if not missed.any():
            return ready.effects, draft
        aims &= ~missed
    return effects, search.best(standing, [middle])


def _found_at_once(search: Search, standing: tuple[Pick, ...]) -> tuple[Effects, Draft]:
    """The same for a large case: filled once, first to the middle, then where time is left to what is ready."""
    draft = search.filled(search.effects.draft())
    if not search.missed(draft).any():
        aims = search.aiming(search.ready_in_reach()).in_time(draft)
        ready = search.aiming(aims)
        draft = ready.filled(draft)
        search = search.aiming(aims & ~ready.missed(draft))
    return search.effects, search.best(standing, [search.pruned(draft)])


def _unknown(case: StudyCase, goal: Goal) -> GoalOutlook:
    return GoalOutlook(goal, UNKNOWN, UNKNOWN, case.rules, aims_at_ready=False)


def _standing(arrays: CaseArrays, plan: Chosen) -> tuple[Pick, ...]:
    """What of a plan can still be done: known practices on days to come, as far as they fit."""
    places = {activity.id: place for place, activity in enumerate(arrays.practices)}
    days = {day: place for place, day in enumerate(arrays.days)}
    timetable = Timetable(arrays)
    picks: list[Pick] = []
    for day, names in plan.items():
        for name in names:
            if day in days and name in places:
                pick = places[name], days[day]
                if timetable.fits([*picks, pick]):
                    picks.append(pick)
    return tuple(sorted(picks))


def _days(arrays: CaseArrays, picks: Sequence[Pick]) -> Iterator[StudyDay]:
    """By day: lessons first, reviews last. What was done on a day before is a review."""
    reading, done = Timetable(arrays).reading(picks) or (), set()
    for place, day in enumerate(arrays.days):
        chosen: list[Activity] = [arrays.lessons[lesson] for lesson, its_day in reading if its_day == place]
        for practice in (practice for practice, its_day in picks if its_day == place):
            activity = arrays.practices[practice]
            chosen.append(replace(activity, kind=ActivityKind.REVIEW) if practice in done else activity)
            done.add(practice)
        if chosen:
            yield StudyDay(day, tuple(sorted(chosen, key=lambda each: (_ORDER.index(each.kind), each.id))))


_ORDER = list(ActivityKind)
