"""The readiness report: what is missing, what it means for the day, and what closing it would change."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, known_cell
from tests.domain.test_readiness import (
    COMPETENCIES,
    FAIR,
    MAYA,
    OLGA,
    STRANGER,
    STRONG,
    WEAK,
    YUSUF,
    Known,
    assessed,
    must,
    nice,
    seat,
)
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.readiness import Seat
from trainer.domain.report import Overall, PastGap, PastReport, changes_of_report, gaps_of_people, gravest, judge

ON = date(2026, 12, 24)


def gap(key: str, weight: Weight, effect: float = 0.5) -> Gap:
    return Gap(key, Area.CHANNEL, weight, f"{key} is missing.", f"Add {key}.", effect)


GAPS = st.lists(
    st.builds(gap, st.text("abcdef", min_size=1, max_size=3), st.sampled_from(Weight), st.floats(0, 1)),
    max_size=6,
    unique_by=lambda gap: gap.key,
)


@pytest.mark.parametrize(
    ("weights", "state"),
    [
        ([], Overall.READY),
        ([Weight.NOTES], Overall.READY),
        ([Weight.NOTES, Weight.RISKS], Overall.AT_RISK),
        ([Weight.RISKS, Weight.BLOCKS, Weight.NOTES], Overall.NOT_READY),
    ],
)
def test_the_gravest_gap_is_the_state(weights: Sequence[Weight], state: Overall) -> None:
    assert judge(gap(str(number), weight) for number, weight in enumerate(weights)).state is state


def test_reasons_come_by_what_they_mean_for_the_day_and_then_by_effect() -> None:
    report = judge(
        [
            gap("note", Weight.NOTES, 1.0),
            gap("small risk", Weight.RISKS, 0.1),
            gap("block", Weight.BLOCKS, 0.2),
            gap("risk", Weight.RISKS, 0.9),
        ]
    )

    assert [reason.gap.key for reason in report.reasons] == ["block", "risk", "small risk", "note"]
    assert [reason.gap.key for reason in gravest(report.reasons, 9)] == ["block", "risk", "small risk"]


@given(GAPS)
def test_what_closing_a_gap_would_make_of_the_whole_is_what_the_rest_says(gaps: list[Gap]) -> None:
    for reason in judge(gaps).reasons:
        assert reason.if_closed is judge(each for each in gaps if each is not reason.gap).state


@given(GAPS)
def test_the_order_in_which_gaps_are_found_does_not_matter(gaps: list[Gap]) -> None:
    assert judge(gaps) == judge(reversed(gaps))


def test_an_area_is_as_grave_as_its_gravest_gap() -> None:
    areas = judge([gap("note", Weight.NOTES), gap("block", Weight.BLOCKS)]).areas()

    assert areas[Area.CHANNEL] is Weight.BLOCKS
    assert areas[Area.TRUST] is None


def test_what_changed_is_what_was_closed_what_came_up_and_what_weighs_otherwise() -> None:
    then = PastReport(
        NOW,
        Overall.NOT_READY,
        (
            PastGap("agenda", Weight.RISKS, "No agenda."),
            PastGap("channel", Weight.BLOCKS, "No channel."),
            PastGap("backup", Weight.RISKS, "No backup."),
        ),
    )

    changes = changes_of_report(
        then, judge([gap("channel", Weight.RISKS), gap("backup", Weight.RISKS), gap("check", Weight.RISKS)])
    )

    assert [each.key for each in changes.closed] == ["agenda"]
    assert [each.key for each in changes.opened] == ["check"]
    assert [each.key for each in changes.reweighed] == ["channel"]


def people_gaps(*seats: Seat, known: Known, has_interpreter: bool = False) -> Iterator[Gap]:
    return gaps_of_people(assessed(*seats, known=known), COMPETENCIES, ON, has_interpreter=has_interpreter)


def test_without_seats_nothing_is_ready() -> None:
    (only,) = people_gaps(known={})

    assert only.weight is Weight.BLOCKS


def test_a_seat_that_nobody_has_blocks() -> None:
    (only,) = people_gaps(seat(), known={})

    assert (only.weight, only.what) == (Weight.BLOCKS, "Lead: nobody has this seat.")


def test_what_nobody_handles_blocks_and_names_who_is_to_study_it() -> None:
    (only,) = people_gaps(seat(YUSUF), known={(YUSUF, "greeting"): known_cell(WEAK)})

    assert only.weight is Weight.BLOCKS
    assert only.owners == (YUSUF.id,)
    assert only.due_on == ON - timedelta(days=1)
    assert only.action == "Yusuf: study Greeting."


@pytest.mark.parametrize("cell", [STRANGER, known_cell(FAIR)])
def test_thin_evidence_and_the_border_are_a_risk_and_never_not_ready(cell: object) -> None:
    (only,) = people_gaps(seat(YUSUF), known={(YUSUF, "greeting"): cell})  # type: ignore[dict-item]

    assert only.weight is Weight.RISKS


def test_one_ready_person_is_noted_and_two_are_not() -> None:
    maya, olga = {(MAYA, "greeting"): known_cell(STRONG)}, {(OLGA, "greeting"): known_cell(STRONG)}

    (alone,) = people_gaps(seat(MAYA), known=maya)

    assert alone.weight is Weight.NOTES
    assert not list(people_gaps(seat(MAYA, OLGA), known={**maya, **olga}))


def test_what_is_no_must_is_noted_only() -> None:
    needs = (must("greeting"), nice("deciding"))
    cells = {
        (person, name): known_cell(level)
        for person in (MAYA, OLGA)
        for name, level in (("greeting", STRONG), ("deciding", WEAK))
    }

    (only,) = people_gaps(seat(MAYA, OLGA, needs=needs), known=cells)

    assert only.weight is Weight.NOTES


def test_an_advised_interpreter_is_a_risk_until_one_is_booked() -> None:
    speaking = seat(YUSUF, needs=(must("speaking"),), speaks=True)
    cells = {(YUSUF, "speaking"): known_cell(WEAK)}

    assert Area.INTERPRETER in {each.area for each in people_gaps(speaking, known=cells)}
    assert Area.INTERPRETER not in {each.area for each in people_gaps(speaking, known=cells, has_interpreter=True)}
