"""A sitting: how long it may take, where each item stands in it, and what comes of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.builders import NOW, answered, attempt, choice, item, node, quiz, scenario
from trainer.domain.answers import Mode
from trainer.domain.attempts import Answered
from trainer.domain.content import Assessment, Effect, Item, ItemType
from trainer.domain.grading import Given
from trainer.domain.sittings import Allowance, Draft, Result, Sitting, Standing, result_of, share_of

FIRST, SECOND, THIRD = item("first"), item("second"), item("third")
STORY = item("story", interaction=scenario(), kind=ItemType.BRANCHING)
RULES = Assessment(minutes=20, attempts=2, pass_share=0.5)
GRACE = timedelta(seconds=30)
DUE = NOW + timedelta(minutes=20)


def draft(item_id: str, *options: str, node: str | None = None, step: int = 0) -> Draft:
    return Draft(UUID(int=step), item_id, step, Given(options or ("a",), node), NOW)


def sitting(*drafts: Draft, items: tuple[Item, ...] = (FIRST, SECOND, THIRD)) -> Sitting:
    begun = replace(attempt(), mode=Mode.ASSESSMENT, due_at=DUE)
    return Sitting(begun, replace(quiz("quiz", *items), assessment=RULES), drafts)


def result(*responses: Answered, items: tuple[Item, ...] = (FIRST, SECOND), pass_share: float = 0.5) -> Result:
    sat = replace(attempt(*responses, finished_at=NOW), mode=Mode.ASSESSMENT)
    return result_of(sat, replace(quiz("quiz", *items), assessment=replace(RULES, pass_share=pass_share)))


@pytest.mark.parametrize(
    ("allowance", "minutes"),
    [
        (Allowance.USUAL, 15),
        (Allowance.QUARTER_MORE, 19),
        (Allowance.HALF_MORE, 23),
        (Allowance.DOUBLE, 30),
        (Allowance.UNTIMED, None),
    ],
)
def test_more_time_is_full_minutes_rounded_up(allowance: Allowance, minutes: int | None) -> None:
    assert allowance.minutes(15) == minutes
    assert allowance.due_at(NOW, 15) == (None if minutes is None else NOW + timedelta(minutes=minutes))


def test_it_is_over_only_after_the_grace() -> None:
    open_one = sitting()

    assert [open_one.is_over(DUE + timedelta(seconds=late), GRACE) for late in (-1, 0, 30, 31)] == [
        False,
        False,
        False,
        True,
    ]


def test_without_a_limit_it_is_never_over() -> None:
    untimed = replace(sitting(), attempt=replace(sitting().attempt, due_at=None))

    assert not untimed.is_over(NOW + timedelta(days=3650), GRACE)


def test_an_item_is_open_until_something_is_saved_of_it() -> None:
    begun = sitting(draft("second"))

    assert [begun.standing(each) for each in begun.items] == [Standing.OPEN, Standing.ANSWERED, Standing.OPEN]
    assert begun.count(Standing.ANSWERED) == 1


def test_a_conversation_is_under_way_until_it_has_come_to_an_end() -> None:
    steps = draft("story", "a", node="n1"), draft("story", "a", node="n2", step=1)

    standings = [sitting(*steps[:count], items=(STORY,)).standing(STORY) for count in range(3)]

    assert standings == [Standing.OPEN, Standing.UNDER_WAY, Standing.ANSWERED]


def test_after_an_item_comes_the_next_that_is_not_answered_and_in_the_end_one_before_it() -> None:
    assert sitting(draft("second")).after(FIRST) == THIRD
    assert sitting(draft("second")).after(THIRD) == FIRST
    assert sitting(draft("first"), draft("third")).after(THIRD) == SECOND
    assert sitting(draft("first"), draft("second"), draft("third")).after(SECOND) is None


def test_what_is_not_answered_counts_nothing() -> None:
    half = result(answered("first"))

    assert (half.share, half.is_passed, half.answered) == (0.5, True, 1)
    assert not result(answered("first"), pass_share=0.51).is_passed
    assert (result().share, result().is_passed) == (0.0, False)


def test_thirds_add_up_to_the_share_that_passes() -> None:
    thirds = [answered(name, score=1 / 3) for name in ("first", "second", "third")]

    assert result(*thirds, items=(FIRST, SECOND, THIRD), pass_share=1 / 3).is_passed


def test_a_conversation_counts_the_mean_of_its_choices() -> None:
    taken = answered("story", "a", node="n1"), answered("story", "b", node="n2", step=1, score=0.3)

    assert share_of(attempt(*taken), STORY) == pytest.approx(0.65)


def test_choices_that_a_conversation_still_needed_to_its_nearest_end_count_nothing() -> None:
    assert share_of(attempt(answered("story", "a", node="n1")), STORY) == 0.5
    assert share_of(attempt(answered("story", "c", node="n1")), STORY) == 0.5
    assert share_of(attempt(), STORY) == 0.0


def test_a_conversation_that_runs_in_a_circle_is_still_counted() -> None:
    circle = scenario(
        node("n1", choice("a", Effect.BEST, "n2")),
        node("n2", choice("a", Effect.BEST, "n1"), choice("b", Effect.WEAK, "agreed")),
    )
    taken = [answered("story", "a", node=f"n{1 + step % 2}", step=step) for step in range(3)]

    assert share_of(attempt(*taken), replace(STORY, interaction=circle)) == 0.75
