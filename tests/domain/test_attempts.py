"""An attempt: what is open in it, and the order that its options are shown in."""

from uuid import UUID

from tests.builders import NOW, answered, attempt, item, option, quiz, scenario
from trainer.domain.attempts import shown_options
from trainer.domain.content import ItemType

FIRST, SECOND = item("first"), item("second")
STORY = item("story", interaction=scenario(), kind=ItemType.BRANCHING)
TAKEN = answered("story", "c", node="n1", step=0, score=0.0), answered("story", "a", node="repair", step=1)
"""To the repair node and on from it: the next is n2."""


def test_the_first_item_that_is_not_done_is_next() -> None:
    asked = quiz("quiz", FIRST, SECOND)

    assert attempt(answered("first")).next_item(asked) is SECOND
    assert attempt(answered("second")).next_item(asked) is FIRST
    assert attempt(answered("first"), answered("second")).next_item(asked) is None


def test_in_a_finished_attempt_nothing_is_open_though_the_quiz_has_grown() -> None:
    assert attempt(answered("first"), finished_at=NOW).next_item(quiz("quiz", FIRST, SECOND)) is None


def test_a_scenario_is_done_at_its_ending_and_not_before() -> None:
    under_way = attempt(*TAKEN)
    ended = under_way.after(answered("story", "a", node="n2", step=2))

    assert not under_way.is_done(STORY)
    assert ended.is_done(STORY)
    assert ended.position(STORY).ending is not None


def test_options_are_mixed_for_each_attempt_and_stay_so() -> None:
    options = tuple(option(name) for name in "abcd")
    attempts = [UUID(int=number) for number in range(40)]

    orders = {shown_options(attempt, options) for attempt in attempts}

    assert len(orders) > 5
    assert all(set(order) == set(options) for order in orders)
    assert shown_options(attempts[0], options) == shown_options(attempts[0], options)
