"""Conditions, time and detours of a scenario are read, and what does not hold together is told where it stands."""

from pathlib import Path

import pytest

from app import ROOT
from tests.catalog.sample import QUIZ, change, line_of, write_sample
from tests.catalog.test_catalog import Mistake, make, told
from trainer.catalog import inspect_catalog, load_catalog
from trainer.domain.content import ALWAYS, Bound, Condition, Detour, Meter, Scenario
from trainer.domain.scenario import find_choice


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the complete sample course."""
    write_sample(tmp_path)
    return tmp_path


TIMED = 'explanation: "Too early.", next: n3, '
CONDITIONS = [
    Mistake("unknown key in a condition", QUIZ, TIMED, f"{TIMED}when: {{mood: 3, time: {{below: 60}}}}, ", "Too early.",
            "unknown key 'mood' in a condition"),
    Mistake("empty condition", QUIZ, TIMED, f"{TIMED}when: {{}}, ", "Too early.",
            "a condition needs one or more of trust, clarity, time, chose, not_chose"),
    Mistake("bound without a number", QUIZ, TIMED, f"{TIMED}when: {{time: {{}}}}, ", "Too early.",
            "a condition on time needs at_least, below or both"),
    Mistake("bound out of range", QUIZ, TIMED, f"{TIMED}when: {{time: {{at_least: 0}}}}, ", "Too early.",
            "'at_least' must be between 1 and 100, not 0"),
    Mistake("unknown key in a bound", QUIZ, TIMED, f"{TIMED}when: {{time: {{below: 60, above: 2}}}}, ", "Too early.",
            "unknown key 'above' in a condition on time"),
    Mistake("unknown choice", QUIZ, TIMED, f"{TIMED}when: {{chose: [n1.z]}}, ", "Too early.",
            "unknown choice 'n1.z': write the ids of a node and its choice, such as n1.a"),
    Mistake("detour without a condition", QUIZ, TIMED, f"{TIMED}next_if: [{{to: n2}}], ", "Too early.",
            "missing key 'when' in a detour: without a condition it is the choice's next"),
    Mistake("time out of range", QUIZ, TIMED, f"{TIMED}time: 3, ", "Too early.",
            "'time' must be between -2 and 2, not 3"),
    Mistake("never offered", QUIZ, TIMED, f"{TIMED}when: {{time: {{below: 40}}}}, ", '{id: b, text: "Offer ten."',
            "never offered: the condition of 'n1.b' never holds"),
    Mistake("detour never taken", QUIZ, TIMED, f"{TIMED}next_if: [{{to: n2, when: {{time: {{below: 40}}}}}}], ",
            '{id: b, text: "Offer ten."', "never taken: the condition of 'n1.b' for 'n2' never holds first"),
    Mistake("detour to nowhere", QUIZ, TIMED, f"{TIMED}next_if: [{{to: n9, when: {{chose: [n1.b]}}}}], ",
            "- id: n1", "leads to 'n9', which is neither a node nor an ending"),
    Mistake("time of a plain item", QUIZ, "effect: best\n        trust: 2\n",
            "effect: best\n        time: 1\n        trust: 2\n", "time: 1", "unknown key 'time' in an option"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", CONDITIONS, ids=str)
def test_a_condition_that_does_not_hold_together_is_told(root: Path, mistake: Mistake) -> None:
    expected = make(root, mistake)

    assert told(root) == expected


IN_WRITING = '{id: a, text: "In writing.", effect: best, trust: 1, clarity: 2,'
BY_A_NOD = '{id: b, text: "By a nod.", effect: weak, trust: 0, clarity: -1,'


def test_conditions_time_and_detours_are_read(root: Path) -> None:
    change(root, QUIZ, TIMED, f"{TIMED}time: -2, ")
    change(root, QUIZ, BY_A_NOD, f"{BY_A_NOD} when: {{time: {{below: 50}}, not_chose: [n1.a]}},")
    change(root, QUIZ, 'She smiles."', 'She smiles.", next_if: [{to: n4, when: {trust: {at_least: 60}}}]')

    scenario = load_catalog(root).items["demo-meeting-05"].interaction

    assert isinstance(scenario, Scenario)
    offer, plan, nod = (
        find_choice(scenario.nodes[node], name) for node, name in (("n1", "b"), ("n2", "a"), ("n3", "b"))
    )
    assert offer is not None
    assert plan is not None
    assert nod is not None
    assert (offer.time, offer.when) == (-2, ALWAYS)
    assert nod.when == Condition((Bound(Meter.TIME, below=50),), not_chose=(("n1", "a"),))
    assert plan.detours == (Detour("n4", Condition((Bound(Meter.TRUST, at_least=60),))),)


def test_a_step_at_which_nothing_can_be_chosen_is_told_with_the_way_to_it(root: Path) -> None:
    change(root, QUIZ, IN_WRITING, f"{IN_WRITING} when: {{chose: [n1.a]}},")
    change(root, QUIZ, BY_A_NOD, f"{BY_A_NOD} when: {{chose: [n1.b]}},")
    line = line_of(root, QUIZ, "- id: n3")

    assert told(root) == [
        f"{QUIZ}:{line}: nothing can be chosen at 'n3' after n1.c, repair1.a: let one choice stand without when"
    ]


def test_a_loop_that_conditions_leave_without_exit_is_told_with_the_way_to_it(root: Path) -> None:
    change(root, QUIZ, TIMED, f"{TIMED}time: -1, ")
    change(root, QUIZ, BY_A_NOD, f"{BY_A_NOD} when: {{time: {{at_least: 50}}}},")
    change(
        root, QUIZ, 'Both have it.", next: n4', 'Both have it.", next: n4, next_if: [{to: n3, when: {chose: [n1.b]}}]'
    )
    line = line_of(root, QUIZ, "- id: n3")

    assert told(root) == [f"{QUIZ}:{line}: loop without exit: at 'n3' after n1.b no ending can be reached any more"]


def test_a_place_that_conditions_cut_off_is_told(root: Path) -> None:
    detour = "next_if: [{to: n3, when: {clarity: {at_least: 1}}}]"
    change(root, QUIZ, 'It hurts.", next: repair1', f'It hurts.", next: repair1, {detour}')
    line = line_of(root, QUIZ, "- id: repair1")

    assert told(root) == [f"{QUIZ}:{line}: unreachable: the conditions never let anyone come to 'repair1'"]


def test_a_scenario_without_a_source_is_told(root: Path) -> None:
    text = (root / QUIZ).read_text(encoding="utf-8")
    (root / QUIZ).write_text(text.removesuffix("    sources: [guide]\n"), encoding="utf-8")

    assert told(root) == [f"{QUIZ}:{line_of(root, QUIZ, '- id: demo-meeting-05')}: missing key 'sources' in an item"]


# What a person should look at


def test_what_is_to_review_is_told_apart_with_its_line_and_is_no_mistake(root: Path) -> None:
    change(root, QUIZ, "Reasons help.", "Japanese people need reasons.")
    line = line_of(root, QUIZ, '{id: a, text: "Ask why."')

    found = inspect_catalog(root)

    assert found.problems == ()
    assert [str(review) for review in found.reviews if "nationality" in review.message] == [
        f"{QUIZ}:{line}: demo-meeting-05 n1.a: may rest on nationality: “Japanese people”; "
        "swap the country and see whether it still holds"
    ]


def test_the_best_option_of_a_shipped_quiz_is_not_told_by_its_length() -> None:
    assert [review for review in inspect_catalog(ROOT).reviews if "long" in review.message] == []
