"""What a plan promises is what the model will say once it is done: the arrays hold against `mastery` itself."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

import numpy as np
import pytest

from tests.domain.study_cases import AT, activity, case, days_free, random_case
from trainer.domain.mastery import (
    Answer,
    Belief,
    Card,
    Cell,
    Forecast,
    Kind,
    LearnerTerms,
    SharedTerms,
    forecast,
)
from trainer.domain.mastery.stability import met
from trainer.domain.planning import StudyCase
from trainer.domain.planning.arrays import arrays_of
from trainer.domain.planning.effects import Effects, Pick
from trainer.domain.planning.memories import met_again
from trainer.domain.readiness import Rules

ITEMS: dict[str, dict[str, Belief]] = {"greeting": {"one": (0.0, 1.5), "two": (0.4, 0.8), "three": (-0.4, 1.0)}}
WITHOUT_NOVELTY_OF_COMPETENCIES = SharedTerms(item_novelty=(0.4, 0.0), competency_novelty=(0.0, 0.0))


def effects_of(study: StudyCase, credit: float = 1.0, *, aims_at_ready: bool = False) -> Effects:
    arrays = arrays_of(study)
    assert arrays is not None
    return Effects(arrays, [aims_at_ready] * len(arrays.cells), credit)


def share(study: StudyCase, *picks: Pick) -> float:
    effects = effects_of(study)
    return effects.outlooks(effects.draft(picks))[0].planned.mean


def forecast_of(study: StudyCase, terms: LearnerTerms, competency: str) -> Forecast:
    items = study.items[competency]
    cell = Cell(
        terms.ability,
        terms.states.get(competency),
        [terms.memories.get(key) for key in items],
        list(items.values()),
        study.shared.competencies.get(competency) or (0.0, study.shared.constants.competency_variance),
    )
    return forecast(cell, study.on, study.shared)


def noon(study: StudyCase, day: int) -> datetime:
    return datetime.combine(study.days()[day], time(12), study.at.tzinfo)


def test_cards_change_as_the_review_algorithm_has_it() -> None:
    random = Random(1)
    for _ in range(300):
        card = random.choice((None, Card(random.uniform(0.01, 60.0), random.uniform(1.0, 10.0))))
        days, good = random.choice((0.0, 0.4, random.uniform(1.0, 60.0))), random.choice((0.0, 0.3, 1.0))
        stability, hardness = (np.array([value]) for value in card or (np.nan, np.nan))

        mixed = met_again(stability, hardness, np.array([good]), np.array([days]))

        right, wrong = met(card, True, days), met(card, False, days)
        assert mixed[0][0] == pytest.approx(good * right.stability + (1 - good) * wrong.stability)
        assert mixed[1][0] == pytest.approx(good * right.hardness + (1 - good) * wrong.hardness, abs=1e-3)


@pytest.mark.parametrize("seed", range(20))
def test_without_study_the_forecast_is_that_of_today(seed: int) -> None:
    study = random_case(seed)
    effects = effects_of(study)
    outlooks = effects.outlooks(effects.draft())

    for outlook in outlooks:
        today = forecast_of(study, study.terms, outlook.goal.competency)
        assert outlook.without == pytest.approx(today)
        assert outlook.planned == pytest.approx(today)


def test_answers_as_expected_leave_what_the_model_will_say() -> None:
    """Without bias, and within two points on average: the plan holds U and S still, and mixes the cards."""
    differences = [difference for seed in range(100) for difference in promised_less_modelled(seed)]

    assert abs(np.mean(differences)) < 0.01
    assert np.mean(np.abs(differences)) < 0.02


def promised_less_modelled(seed: int) -> list[float]:
    """What two activities promise, less what the model says when each answer comes out as it expects."""
    study, random = random_case(seed), Random(seed)
    activities = [each for each in study.activities if each.item_keys]
    every = [(place, day) for day in range(len(study.days())) for place in range(len(activities))]
    picks = sorted(random.sample(every, min(2, len(every))), key=lambda pick: (pick[1], pick[0]))
    effects, terms = effects_of(study), study.terms
    promised = effects.outlooks(effects.draft(picks))
    for place, day in picks:
        for key in activities[place].item_keys:
            practise(study, terms, key, noon(study, day) + timedelta(seconds=place))
    return [each.planned.mean - forecast_of(study, terms, each.goal.competency).mean for each in promised]


def practise(study: StudyCase, terms: LearnerTerms, key: str, at: datetime) -> None:
    """Answer an item as the model expects; one that was met before again, as in a review."""
    names = tuple(name for name, own in study.items.items() if key in own)
    hard, unsure = study.items[names[0]][key]
    basis = replace(study.shared, items={key: (hard, unsure)}).basis(key, names, hard)
    kind = Kind.REPLAY if key in terms.memories else Kind.FIRST
    terms.learn(Answer(UUID(int=0), key, names, terms.expect(key, names, basis, at), hard, at, basis, kind))


def test_practising_later_leaves_more_on_the_date() -> None:
    study = case({"greeting": 0.8}, ITEMS, (activity("quiz", "one", "two"),))

    shares = [share(study, (0, day)) for day in range(7)]

    assert shares == sorted(shares)


def test_practising_spaced_leaves_more_than_massed() -> None:
    activities = activity("a", "one", "two"), activity("b", "one", "two")
    study = case({"greeting": 0.8}, ITEMS, activities, free=days_free(8), on=AT + timedelta(days=14))

    assert share(study, (0, 2), (1, 7)) > share(study, (0, 7), (1, 7))


def test_a_first_contact_takes_the_novelty_of_the_competency_from_all_its_items() -> None:
    study = case({"greeting": 0.8}, ITEMS, (activity("quiz", "one"),))
    effects = effects_of(study, credit=0.0)
    arrays = effects.arrays

    before, after = effects.draft(), effects.draft([(0, 6)])

    assert arrays.cells[0].lift[7] > 0.3
    assert effects.levels([after])[0, 0] > effects.levels([before])[0, 0] + 0.03


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("aims_at_ready", [False, True])
def test_the_gain_of_one_more_practice_is_the_difference_that_it_makes(seed: int, *, aims_at_ready: bool) -> None:
    """Of the middle exactly; of the ends of an interval nearly, as the search asks for."""
    study = random_case(seed)
    effects = effects_of(study, credit=0.5, aims_at_ready=aims_at_ready)
    draft = effects.draft([(0, len(study.days()) - 1)])
    gain, unmet = effects.gain(draft)
    values = np.minimum(effects.levels([draft])[0], effects.targets)

    for place in range(len(effects.arrays.practices)):
        for day in range(len(study.days()) - 1):
            fresh = effects_of(study, credit=0.5, aims_at_ready=aims_at_ready)
            levels = fresh.levels([effects.added(draft, (place, day))])[0]
            is_open = values < effects.targets
            made = float(((np.minimum(levels, effects.targets) - values) * effects.weights)[is_open].sum())
            assert gain[place, day] == pytest.approx(made, abs=0.3 if aims_at_ready else 1e-9)
            assert aims_at_ready or unmet[place, day] == ((levels < effects.targets) & is_open).sum()


def test_more_answers_make_a_forecast_surer_and_never_less_sure() -> None:
    study = case({"greeting": 0.8}, ITEMS, (activity("quiz", "one", "two", "three"),))
    effects = effects_of(study, credit=0.0)

    widths = [
        each.planned.high - each.planned.low
        for count in range(6)
        for each in effects.outlooks(effects.draft((0, day) for day in range(count)))
    ]

    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0] - 0.02


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_promises_no_more_certainty_than_the_model_will_have(seed: int) -> None:
    """What the answers of a plan narrow is judged with caution."""
    study = random_case(seed)
    effects, terms = effects_of(study), study.terms
    picks = [(0, day) for day in range(len(study.days()))]
    promised = effects.outlooks(effects.draft(picks))

    for _, day in picks:
        for key in effects.arrays.practices[0].item_keys:
            practise(study, terms, key, noon(study, day))

    for each in promised:
        made = forecast_of(study, terms, each.goal.competency)
        assert each.planned.answers == made.answers
        assert each.planned.high - each.planned.low > made.high - made.low - 0.03


def test_a_goal_is_reached_when_the_middle_is_on_enough_answers() -> None:
    study = case({"greeting": 0.4}, ITEMS, (activity("quiz", "one", "two", "three"),), rules=Rules())
    effects = effects_of(study)

    once, twice = (effects.outlooks(effects.draft(picks))[0] for picks in ([(0, 1)], [(0, 1), (0, 4)]))

    assert (once.planned.answers, twice.planned.answers) == (3, 6)
    assert once.planned.mean > 0.4
    assert not once.is_reached
    assert twice.is_reached
