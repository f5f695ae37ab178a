"""Bands, seats, coverage, the weakest link and the interpreter: what a manager is told, and when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from math import erf, prod, sqrt
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LEARNT, NOW, answer, cell_of, competency, days, known_cell, stranger_cell
from trainer.domain.content import CompetencyKind
from trainer.domain.mastery import (
    Cell,
    Forecast,
    Mastery,
    forecast,
    gather,
    outlook,
    replay,
)
from trainer.domain.readiness import (
    Band,
    Evidence,
    InterpreterReason,
    Person,
    PersonReadiness,
    Readiness,
    Requirement,
    Rules,
    Seat,
    SeatReadiness,
    SeatState,
    Shortfall,
    assess,
    band_of,
)

STRONG, FAIR, WEAK = 3.0, 0.7, -2.0
"""Levels that make a person ready for a target of 0.7, borderline, and not ready."""
COMPETENCIES = {
    "greeting": competency("greeting"),
    "deciding": competency("deciding"),
    "speaking": competency("speaking", CompetencyKind.LANGUAGE),
    "writing": competency("writing", CompetencyKind.LANGUAGE),
}
MAYA, YUSUF, OLGA = (Person(UUID(int=number), name) for number, name in enumerate(["Maya", "Yusuf", "Olga"]))
ITEMS = tuple(f"item-{number}" for number in range(6))
RULES = Rules()
STRANGER = stranger_cell(*[0.0] * 6)

Known = Mapping[tuple[Person, str], Cell]


def must(name: str, target: float = 0.7) -> Requirement:
    return Requirement(name, target, is_must=True)


def nice(name: str, target: float = 0.7) -> Requirement:
    return Requirement(name, target, is_must=False)


def seat(
    *people: Person, needs: tuple[Requirement, ...] = (must("greeting"),), title: str = "Lead", speaks: bool = False
) -> Seat:
    return Seat(uuid5(NAMESPACE_OID, title), title, speaks, needs, people)


def assessed(*seats: Seat, known: Known, on: datetime = NOW, high_stakes: bool = False) -> Readiness:
    evidence = {(person.id, name): Evidence(cell, NOW) for (person, name), cell in known.items()}
    return assess(seats, evidence, COMPETENCIES, on, LEARNT, RULES, is_high_stakes=high_stakes)


def one_seat(
    *people: Person, known: Known, needs: tuple[Requirement, ...] = (must("greeting"),), on: datetime = NOW
) -> SeatReadiness:
    return assessed(seat(*people, needs=needs), known=known, on=on).seats[0]


def one_person(known: Mapping[str, Cell], *needs: Requirement) -> PersonReadiness:
    return one_seat(MAYA, needs=needs, known={(MAYA, name): cell for name, cell in known.items()}).people[0]


# Bands


def test_the_levels_used_here_are_the_three_bands() -> None:
    bands = [band_of(forecast(known_cell(level), NOW, LEARNT), 0.7, RULES) for level in (STRONG, FAIR, WEAK)]

    assert bands == [Band.READY, Band.BORDERLINE, Band.NOT_READY]


@pytest.mark.parametrize(
    ("mean", "low", "high", "band"),
    [
        pytest.param(0.70, 0.60, 0.80, Band.READY, id="mean at the target and low at the margin"),
        pytest.param(0.69, 0.65, 0.75, Band.BORDERLINE, id="mean just below the target"),
        pytest.param(0.75, 0.59, 0.85, Band.BORDERLINE, id="low just below the margin"),
        pytest.param(0.60, 0.50, 0.70, Band.BORDERLINE, id="high at the target"),
        pytest.param(0.60, 0.50, 0.69, Band.NOT_READY, id="high just below the target"),
        pytest.param(0.20, 0.00, 0.39, Band.NOT_READY, id="far below"),
        pytest.param(1.00, 1.00, 1.00, Band.READY, id="certain"),
    ],
)
def test_a_band_says_where_the_interval_lies_against_the_target(
    mean: float, low: float, high: float, band: Band
) -> None:
    assert band_of(Forecast(mean, low, high, RULES.min_answers), 0.7, RULES) is band


def test_ready_allows_the_interval_to_start_a_tenth_below_the_target() -> None:
    assert pytest.approx(0.10) == RULES.ready_margin


@pytest.mark.parametrize(
    ("answers", "started", "band"),
    [
        (0, False, Band.NOT_STARTED),
        (0, True, Band.NO_EVIDENCE),
        (1, True, Band.NO_EVIDENCE),
        (RULES.min_answers - 1, True, Band.NO_EVIDENCE),
        (RULES.min_answers, True, Band.NOT_READY),
    ],
)
def test_fewer_than_five_answers_are_not_enough_evidence(answers: int, started: bool, band: Band) -> None:
    assert band_of(Forecast(0.2, 0.1, 0.3, answers), 0.7, RULES, person_started=started) is band


@pytest.mark.parametrize(
    ("high", "band"), [(0.5 + RULES.max_width, Band.BORDERLINE), (0.51 + RULES.max_width, Band.NO_EVIDENCE)]
)
def test_an_interval_wider_than_forty_points_is_not_enough_evidence(high: float, band: Band) -> None:
    assert band_of(Forecast(0.7, 0.5, high, 50), 0.7, RULES) is band


@given(
    st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0)).map(sorted),
    st.integers(0, 20),
    st.floats(0.1, 0.99),
    st.booleans(),
)
def test_too_little_evidence_is_never_not_ready(
    bounds: list[float], answers: int, target: float, started: bool
) -> None:
    low, mean, high = bounds

    band = band_of(Forecast(mean, low, high, answers), target, RULES, person_started=started)

    if answers < RULES.min_answers or high - low > RULES.max_width:
        assert band in (Band.NO_EVIDENCE, Band.NOT_STARTED)
    else:
        assert band in (Band.NOT_READY, Band.BORDERLINE, Band.READY)


@pytest.mark.parametrize(("wait", "band"), [(0, Band.READY), (14, Band.BORDERLINE), (10_000, Band.NO_EVIDENCE)])
def test_who_was_ready_and_stopped_becomes_borderline_and_then_lacks_evidence(wait: int, band: Band) -> None:
    assert band_of(forecast(known_cell(STRONG), days(wait), LEARNT), 0.7, RULES) is band


@given(st.integers(0, 10_000))
def test_time_alone_never_makes_the_ready_not_ready(wait: int) -> None:
    assert band_of(forecast(known_cell(STRONG), days(wait), LEARNT), 0.7, RULES) is not Band.NOT_READY


# One person in one seat


def test_a_person_is_as_ready_as_their_weakest_must_have() -> None:
    known = {"greeting": known_cell(STRONG), "deciding": known_cell(WEAK)}

    assert one_person(known, must("greeting"), must("deciding")).band is Band.NOT_READY


def test_what_is_only_nice_to_have_does_not_hold_a_person_back() -> None:
    known = {"greeting": known_cell(STRONG), "deciding": known_cell(WEAK)}

    person = one_person(known, must("greeting"), nice("deciding"))

    assert person.band is Band.READY
    assert person.chance == one_person(known, must("greeting")).chance


def test_where_no_requirement_is_a_must_all_of_them_count() -> None:
    known = {"greeting": known_cell(STRONG), "deciding": known_cell(WEAK)}

    assert one_person(known, nice("greeting"), nice("deciding")).band is Band.NOT_READY


def test_a_known_gap_says_more_about_a_person_than_missing_evidence() -> None:
    known = {"greeting": known_cell(WEAK), "deciding": known_cell(STRONG, answers=1)}

    assert one_person(known, must("greeting"), must("deciding")).band is Band.NOT_READY


def test_progress_in_one_competency_leaves_the_standing_in_another_as_it_was() -> None:
    before, after = (
        one_person({"greeting": known_cell(STRONG), "deciding": known_cell(level)}, must("greeting"), must("deciding"))
        for level in (WEAK, STRONG)
    )

    assert before.standings[0] == after.standings[0]
    assert (before.band, after.band) == (Band.NOT_READY, Band.READY)


def test_missing_evidence_says_more_than_a_borderline() -> None:
    known = {"greeting": known_cell(FAIR), "deciding": known_cell(STRONG, answers=1)}

    assert one_person(known, must("greeting"), must("deciding")).band is Band.NO_EVIDENCE


def test_a_person_without_any_answer_has_not_started() -> None:
    person = one_person({"greeting": STRANGER, "deciding": STRANGER}, must("greeting"), must("deciding"))

    assert person.band is Band.NOT_STARTED
    assert {standing.band for standing in person.standings} == {Band.NOT_STARTED}


def test_a_person_who_has_answered_elsewhere_lacks_evidence_but_has_started() -> None:
    person = one_person({"greeting": known_cell(STRONG), "deciding": STRANGER}, must("greeting"), must("deciding"))

    assert person.band is Band.NO_EVIDENCE
    assert [standing.band for standing in person.standings] == [Band.READY, Band.NO_EVIDENCE]


def test_a_seat_that_needs_nothing_is_met_by_anyone() -> None:
    whole = one_seat(MAYA, needs=(), known={})

    assert whole.state is SeatState.READY
    assert whole.coverage == 1.0


def test_what_is_missing_names_must_haves_first_and_then_the_furthest_from_target() -> None:
    known = {
        "greeting": known_cell(FAIR),
        "deciding": known_cell(WEAK),
        "speaking": known_cell(WEAK - 1),
        "writing": known_cell(STRONG),
    }

    person = one_person(known, must("greeting"), must("deciding"), nice("speaking"), must("writing"))

    assert [standing.requirement.competency for standing in person.missing] == ["deciding", "greeting", "speaking"]


def test_a_standing_tells_when_its_competency_was_last_answered() -> None:
    evidence = {(MAYA.id, "greeting"): Evidence(known_cell(STRONG), days(-3))}

    (whole,) = assess([seat(MAYA)], evidence, COMPETENCIES, NOW, LEARNT, RULES).seats

    assert whole.people[0].standings[0].last_at == days(-3)


# The chance that all must-haves are met


def joint_chance(cells: Mapping[str, Cell], targets: Mapping[str, float], on: datetime) -> float:
    """P(every share reaches its target), by adding up narrow strips of the one ability that all share."""
    view = outlook(gather(list(cells.values()), LEARNT.constants), on, LEARNT)
    needed = view.needed(np.array([targets[name] for name in cells]))
    points = np.linspace(-8.0, 8.0, 4001)
    density = np.exp(-points * points / 2.0)
    centre = view.ability + view.state - needed
    deviation = np.sqrt(view.state_variance + view.noise)
    reached = [
        prod(
            0.5 + 0.5 * erf((centre[row] + point * sqrt(view.ability_variance[row])) / deviation[row] / sqrt(2.0))
            for row in range(len(cells))
        )
        for point in points
    ]
    return float(np.dot(density, reached) / density.sum())


@pytest.mark.parametrize("wait", [0, 30])
@pytest.mark.parametrize("levels", [(1.0, 1.0), (FAIR, STRONG), (WEAK, 0.0), (1.0, 1.2, 1.4)])
def test_the_chance_of_all_must_haves_is_the_full_integral_over_the_shared_ability(
    levels: tuple[float, ...], wait: int
) -> None:
    ability = Mastery(0.2, 0.4, NOW, 20)
    cells = {
        name: known_cell(level)._replace(ability=ability) for name, level in zip(COMPETENCIES, levels, strict=False)
    }
    targets = {name: 0.6 + 0.05 * number for number, name in enumerate(cells)}

    (whole,) = assessed(
        seat(MAYA, needs=tuple(must(name, target) for name, target in targets.items())),
        known={(MAYA, name): cell for name, cell in cells.items()},
        on=days(wait),
    ).seats

    assert whole.people[0].chance == pytest.approx(joint_chance(cells, targets, days(wait)), abs=2e-4)


def test_two_needs_of_one_person_go_together_because_ability_is_shared() -> None:
    cell = known_cell(1.0)._replace(ability=Mastery(0.0, 1.0, NOW, 20))
    known = {"greeting": cell, "deciding": cell}

    alone = one_person(known, must("greeting")).chance
    both = one_person(known, must("greeting"), must("deciding")).chance

    assert alone**2 + 0.02 < both < alone


@given(
    st.lists(st.tuples(st.sampled_from(ITEMS), st.floats(0.0, 1.0), st.integers(-60, 0)), min_size=1, max_size=10),
    st.data(),
    st.floats(0.3, 0.95),
)
def test_better_evidence_never_lowers_the_chance_of_a_seat(
    rows: list[tuple[str, float, int]], data: st.DataObject, target: float
) -> None:
    """Whichever answer is the better one, the first or the last."""
    log = [answer(number, key, score=score, at=days(at)) for number, (key, score, at) in enumerate(rows)]
    changed = data.draw(st.sampled_from(log))
    raised = changed._replace(score=data.draw(st.floats(changed.score, 1.0)))

    before, after = (
        one_seat(MAYA, needs=(must("greeting", target),), known={(MAYA, "greeting"): cell}).coverage
        for cell in (
            cell_of(replay(answers), "greeting", ITEMS)
            for answers in (log, [raised if each is changed else each for each in log])
        )
    )

    assert after >= before - 1e-9


@given(st.floats(-3.0, 3.0), st.floats(0.0, 2.0), st.integers(0, 200), st.floats(0.1, 0.95))
def test_who_knows_more_is_never_less_likely_to_be_ready_on_any_date(
    level: float, more: float, wait: int, target: float
) -> None:
    needs = (must("greeting", target), must("deciding", target))

    less_able, abler = (
        one_seat(
            MAYA,
            needs=needs,
            known={(MAYA, "greeting"): known_cell(each), (MAYA, "deciding"): known_cell(0.5)},
            on=days(wait),
        )
        for each in (level, level + more)
    )

    assert abler.coverage >= less_able.coverage - 1e-9


@given(st.lists(st.floats(0.1, 0.99), min_size=2, max_size=6, unique=True).map(sorted))
def test_a_higher_target_never_raises_the_chance(targets: list[float]) -> None:
    known = {"greeting": known_cell(1.0)}

    chances = [one_person(known, must("greeting", target)).chance for target in targets]

    assert all(lower >= higher for lower, higher in pairwise(chances))
    assert all(0.0 <= chance <= 1.0 for chance in chances)


# Seats


def test_a_seat_without_anybody_is_open_and_covered_by_no_one() -> None:
    whole = one_seat(known={})

    assert whole.state is SeatState.OPEN
    assert whole.coverage == 0.0
    assert whole.qualified == 0


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        ((WEAK, STRONG), SeatState.READY),
        ((WEAK, FAIR), SeatState.BORDERLINE),
        ((WEAK, WEAK), SeatState.NOT_READY),
    ],
)
def test_the_best_person_decides_the_state_of_a_seat(levels: tuple[float, float], state: SeatState) -> None:
    known = {(person, "greeting"): known_cell(level) for person, level in zip((MAYA, YUSUF), levels, strict=True)}

    assert one_seat(MAYA, YUSUF, known=known).state is state


def test_a_seat_is_covered_unless_every_one_of_its_people_fails() -> None:
    known = {
        (MAYA, "greeting"): known_cell(FAIR),
        (YUSUF, "greeting"): known_cell(1.2),
        (OLGA, "greeting"): known_cell(WEAK),
    }

    whole = one_seat(MAYA, YUSUF, OLGA, known=known)

    chances = [person.chance for person in whole.people]
    assert whole.coverage == pytest.approx(1.0 - (1 - chances[0]) * (1 - chances[1]) * (1 - chances[2]))
    assert whole.coverage > max(chances)


def test_the_qualified_of_a_seat_are_its_ready_people() -> None:
    known = {
        (MAYA, "greeting"): known_cell(STRONG),
        (YUSUF, "greeting"): known_cell(STRONG),
        (OLGA, "greeting"): known_cell(FAIR),
    }

    assert one_seat(MAYA, YUSUF, OLGA, known=known).qualified == 2


def test_a_forecast_is_for_the_date_and_not_for_today() -> None:
    known = {(MAYA, "greeting"): known_cell(STRONG)}

    today, in_spring = (one_seat(MAYA, known=known, on=on) for on in (NOW, days(120)))

    assert today.state is SeatState.READY
    assert in_spring.state is not SeatState.READY
    assert in_spring.coverage < today.coverage


# The whole team


def test_an_engagement_without_seats_is_open_and_nobody_is_expected() -> None:
    team = assessed(known={})

    assert team.seats == ()
    assert team.state is SeatState.OPEN
    assert team.weakest is None
    assert not team.interpreter.is_advised
    assert (team.expected_ready, team.expected_spread, team.ready_seats) == (0.0, 0.0, 0)


def test_an_engagement_to_which_nobody_is_assigned_is_open_in_every_seat() -> None:
    team = assessed(seat(title="Lead"), seat(title="Note-taker"), known={})

    assert [each.state for each in team.seats] == [SeatState.OPEN, SeatState.OPEN]
    assert team.state is SeatState.OPEN
    assert team.all_covered == 0.0
    assert team.expected_ready == 0.0


def test_an_engagement_is_in_the_state_of_its_weakest_seat() -> None:
    known = {(MAYA, "greeting"): known_cell(STRONG), (YUSUF, "greeting"): known_cell(FAIR)}

    team = assessed(seat(MAYA, title="Lead"), seat(YUSUF, title="Expert"), known=known)

    assert team.state is SeatState.BORDERLINE
    assert team.ready_seats == 1


def test_a_person_in_two_seats_is_expected_once_with_the_better_chance() -> None:
    known = {(MAYA, "greeting"): known_cell(STRONG), (MAYA, "deciding"): known_cell(FAIR)}

    team = assessed(seat(MAYA, title="Lead"), seat(MAYA, title="Expert", needs=(must("deciding"),)), known=known)

    better = max(each.people[0].chance for each in team.seats)
    assert team.expected_ready == pytest.approx(better)
    assert team.expected_spread == pytest.approx(sqrt(better * (1.0 - better)))


def test_all_seats_are_covered_with_the_product_of_their_coverages() -> None:
    known = {(MAYA, "greeting"): known_cell(1.2), (YUSUF, "greeting"): known_cell(FAIR)}

    team = assessed(seat(MAYA, title="Lead"), seat(YUSUF, title="Expert"), known=known)

    assert team.all_covered == pytest.approx(team.seats[0].coverage * team.seats[1].coverage)


def test_fifty_seats_at_once_are_assessed_like_each_alone() -> None:
    people = [Person(UUID(int=number), f"Person {number}") for number in range(25)]
    known = {
        (person, name): known_cell(-2.0 + 0.2 * number + offset, answers=number)
        for number, person in enumerate(people)
        for offset, name in enumerate(COMPETENCIES)
    }
    seats = [
        seat(
            people[number % 25],
            people[(7 * number + 3) % 25],
            needs=(must("greeting", 0.5 + number / 200), nice("writing"), must("speaking")),
            title=f"Seat {number}",
        )
        for number in range(50)
    ]

    together = assessed(*seats, known=known, on=days(12))

    for alone, among_many in zip(seats, together.seats, strict=True):
        (one,) = assessed(alone, known=known, on=days(12)).seats
        assert among_many.state is one.state
        assert among_many.coverage == pytest.approx(one.coverage, abs=1e-9)
        for person, same in zip(among_many.people, one.people, strict=True):
            assert (person.person, person.band) == (same.person, same.band)
            assert person.chance == pytest.approx(same.chance, abs=1e-9)


@given(
    st.lists(st.tuples(st.floats(-3.0, 3.0), st.integers(0, 20)), min_size=1, max_size=6),
    st.floats(0.1, 0.95),
    st.integers(0, 200),
)
def test_the_same_evidence_gives_the_same_readiness_each_time(
    rows: list[tuple[float, int]], target: float, wait: int
) -> None:
    people = [Person(UUID(int=number), f"Person {number}") for number in range(len(rows))]
    known = {
        (person, name): known_cell(level, answers=answers)
        for person, (level, answers) in zip(people, rows, strict=True)
        for name in COMPETENCIES
    }
    seats = [
        seat(*people, needs=(must("speaking", target), must("greeting")), title="Lead", speaks=True),
        seat(people[0], needs=(nice("writing"), must("deciding", target)), title="Expert"),
        seat(title="Note-taker"),
    ]

    one, other = (assessed(*seats, known=known, on=days(wait), high_stakes=True) for _ in range(2))

    assert one == other


def test_what_is_believed_of_the_company_counts_in_its_readiness() -> None:
    evidence = {(MAYA.id, "greeting"): Evidence(known_cell(1.0), NOW)}
    hard_company = replace(LEARNT, population=(-1.0, 0.01))

    usual, hard = (
        assess([seat(MAYA)], evidence, COMPETENCIES, NOW, shared, RULES) for shared in (LEARNT, hard_company)
    )

    assert hard.all_covered < usual.all_covered


# The weakest link


def test_a_team_that_is_ready_has_no_weakest_link() -> None:
    team = assessed(seat(MAYA), known={(MAYA, "greeting"): known_cell(STRONG)})

    assert team.weakest is None


def test_the_weakest_link_is_the_seat_of_least_coverage_and_what_holds_its_best_person_back() -> None:
    both = (must("greeting"), must("deciding"))
    known = {
        (MAYA, "greeting"): known_cell(FAIR),
        (MAYA, "deciding"): known_cell(STRONG),
        (YUSUF, "greeting"): known_cell(STRONG),
        (YUSUF, "deciding"): known_cell(-1.0),
        (OLGA, "greeting"): known_cell(WEAK),
        (OLGA, "deciding"): known_cell(WEAK),
    }

    weakest = assessed(
        seat(MAYA, title="Lead", needs=both), seat(OLGA, YUSUF, title="Expert", needs=both), known=known
    ).weakest

    assert weakest is not None
    assert (weakest.seat.title, weakest.person, weakest.competency) == ("Expert", YUSUF, "deciding")


def test_an_open_seat_is_the_weakest_link_and_no_person_is_named() -> None:
    known = {(MAYA, "greeting"): known_cell(WEAK)}

    weakest = assessed(seat(MAYA, title="Lead"), seat(title="Note-taker"), known=known).weakest

    assert weakest is not None
    assert (weakest.seat.title, weakest.person, weakest.competency) == ("Note-taker", None, None)


# What would help


def test_the_weakest_link_names_whose_improvement_raises_the_coverage_most() -> None:
    both = (must("greeting"), must("deciding"))
    known = {
        (MAYA, "greeting"): known_cell(FAIR),
        (MAYA, "deciding"): known_cell(0.0),
        (YUSUF, "greeting"): known_cell(WEAK),
        (YUSUF, "deciding"): known_cell(WEAK),
    }

    seats = assessed(seat(MAYA, YUSUF, needs=both), known=known)

    weakest = seats.weakest
    assert weakest is not None
    gains = {
        (person.person, standing.requirement.competency): 1.0
        - prod(1.0 - (person.if_met[number] if other is person else other.chance) for other in seats.seats[0].people)
        for person in seats.seats[0].people
        for number, standing in enumerate(person.standings)
    }
    assert (weakest.person, weakest.competency) == max(gains, key=lambda key: gains[key])


def test_what_would_be_if_a_need_was_surely_met_is_the_chance_of_the_others() -> None:
    known = {"greeting": known_cell(FAIR), "deciding": known_cell(0.0), "writing": known_cell(WEAK)}

    whole = one_person(known, must("greeting"), must("deciding"), nice("writing"))
    without_deciding = one_person(known, must("greeting"))

    assert whole.if_met[1] == pytest.approx(without_deciding.chance)
    assert whole.if_met[2] == whole.chance
    assert [each.chance for each in whole.standings] == pytest.approx(
        [one_person(known, must(name)).chance for name in ("greeting", "deciding", "writing")]
    )


def test_what_would_help_comes_in_the_order_of_its_effect() -> None:
    known = {
        (MAYA, "greeting"): known_cell(FAIR),
        (MAYA, "deciding"): known_cell(WEAK),
        (YUSUF, "greeting"): known_cell(WEAK),
        (YUSUF, "writing"): known_cell(WEAK),
    }
    lead = seat(MAYA, title="Lead", needs=(must("greeting"), must("deciding")))
    expert = seat(YUSUF, title="Expert", needs=(must("greeting"), nice("writing")))

    drivers = assessed(lead, expert, seat(title="Note-taker"), known=known).drivers

    assert [(each.seat.title, each.competency) for each in drivers] == [
        ("Note-taker", None),
        ("Expert", "greeting"),
        ("Lead", "deciding"),
        ("Lead", "greeting"),
        ("Expert", "writing"),
    ]
    assert [each.gain for each in drivers[:4]] == sorted((each.gain for each in drivers[:4]), reverse=True)


def test_what_matters_more_comes_first_where_the_effect_is_alike() -> None:
    known = {(MAYA, "greeting"): known_cell(FAIR), (MAYA, "deciding"): known_cell(FAIR)}

    orders = [
        [
            each.competency
            for each in assessed(
                seat(MAYA, needs=(replace(must("greeting"), weight=one), replace(must("deciding"), weight=other))),
                known=known,
            ).drivers
        ]
        for one, other in ((1, 3), (3, 1))
    ]

    assert orders == [["deciding", "greeting"], ["greeting", "deciding"]]


def test_nothing_would_help_a_seat_that_is_ready() -> None:
    known = {(MAYA, "greeting"): known_cell(STRONG), (YUSUF, "greeting"): known_cell(WEAK)}

    assert assessed(seat(MAYA, YUSUF), known=known).drivers == ()


def test_a_seat_whose_people_each_lack_something_else_names_both() -> None:
    both = (must("greeting"), must("deciding"))
    known = {
        (MAYA, "greeting"): known_cell(STRONG),
        (MAYA, "deciding"): known_cell(WEAK),
        (YUSUF, "greeting"): known_cell(WEAK),
        (YUSUF, "deciding"): known_cell(STRONG),
    }

    drivers = assessed(seat(MAYA, YUSUF, needs=both), known=known).drivers

    assert {each.competency for each in drivers} == {"greeting", "deciding"}


# The interpreter


SPEAKING = (must("speaking"), must("greeting"))


def interpreter_advised(level: float, *, needs: tuple[Requirement, ...] = SPEAKING, **kind: bool) -> bool:
    known = {(MAYA, name): known_cell(level if name == "speaking" else STRONG) for name in COMPETENCIES}
    team = assessed(
        seat(MAYA, needs=needs, speaks=kind.get("speaks", True)),
        known=known,
        high_stakes=kind.get("high_stakes", False),
    )
    return team.interpreter.is_advised


def test_an_interpreter_is_advised_when_the_language_of_a_speaking_seat_falls_short() -> None:
    assert interpreter_advised(WEAK)
    assert not interpreter_advised(STRONG)


def test_no_interpreter_is_needed_for_a_seat_that_does_not_speak() -> None:
    assert not interpreter_advised(WEAK, speaks=False)


def test_only_must_haves_of_a_language_call_for_an_interpreter() -> None:
    assert not interpreter_advised(WEAK, needs=(nice("speaking"), must("greeting")))
    assert not interpreter_advised(WEAK, needs=(must("greeting"),))


def test_at_high_stakes_the_lower_bound_decides() -> None:
    level = next(
        level
        for level in np.arange(-1.0, 3.0, 0.05)
        if forecast(known_cell(level), NOW, LEARNT).mean > RULES.interpreter_target + 0.02
    )

    assert forecast(known_cell(level), NOW, LEARNT).low < RULES.interpreter_target
    assert not interpreter_advised(level)
    assert interpreter_advised(level, high_stakes=True)


def test_too_little_evidence_of_a_language_does_not_spare_the_interpreter() -> None:
    known = {(MAYA, "speaking"): known_cell(STRONG, answers=RULES.min_answers - 1)}

    team = assessed(seat(MAYA, needs=(must("speaking"),), speaks=True), known=known)

    assert team.interpreter.is_advised


def test_the_weakest_language_need_of_the_best_speaker_decides() -> None:
    needs = (must("speaking"), must("writing"))
    known = {
        (MAYA, "speaking"): known_cell(STRONG),
        (MAYA, "writing"): known_cell(WEAK),
        (YUSUF, "speaking"): known_cell(1.5),
        (YUSUF, "writing"): known_cell(1.5),
    }

    with_maya, with_both = (
        assessed(seat(*people, needs=needs, speaks=True), known=known) for people in ((MAYA,), (MAYA, YUSUF))
    )

    assert with_maya.interpreter.is_advised
    assert not with_both.interpreter.is_advised


@pytest.mark.parametrize(
    ("cell", "high_stakes", "why"),
    [
        (known_cell(WEAK), False, Shortfall.MEAN),
        (known_cell(STRONG, answers=RULES.min_answers - 1), False, Shortfall.EVIDENCE),
        (known_cell(FAIR), True, Shortfall.LOW_END),
    ],
)
def test_the_advice_says_why(cell: Cell, high_stakes: bool, why: Shortfall) -> None:
    team = assessed(
        seat(MAYA, title="Lead", needs=(must("speaking"),), speaks=True),
        known={(MAYA, "speaking"): cell},
        high_stakes=high_stakes,
    )

    assert team.interpreter.reasons == (InterpreterReason("Lead", "speaking", why),)


def test_an_empty_seat_that_speaks_is_a_reason_of_its_own() -> None:
    team = assessed(seat(title="Lead", needs=(must("speaking"),), speaks=True), known={})

    assert [reason.why for reason in team.interpreter.reasons] == [Shortfall.NOBODY]


def test_the_advice_names_the_seats_it_is_for() -> None:
    known = {(MAYA, "speaking"): known_cell(WEAK), (YUSUF, "speaking"): known_cell(STRONG)}
    needs = (must("speaking"),)

    advice = assessed(
        seat(MAYA, title="Lead", needs=needs, speaks=True),
        seat(YUSUF, title="Expert", needs=needs, speaks=True),
        seat(title="Note-taker", needs=needs, speaks=True),
        known=known,
        high_stakes=True,
    ).interpreter

    assert advice.seats == ("Lead", "Note-taker")
    assert advice.is_high_stakes
