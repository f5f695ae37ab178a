"""The debrief: when it is open, and what a group tells of itself."""

from datetime import timedelta

import pytest

from tests.builders import NOW
from trainer.domain.debrief import OPEN_FOR, Told, group_figures, is_fixed, is_open


@pytest.mark.parametrize(
    ("after", "opened", "fixed"),
    [
        (timedelta(seconds=-1), False, False),
        (timedelta(), True, False),
        (OPEN_FOR - timedelta(seconds=1), True, False),
        (OPEN_FOR, False, True),
    ],
)
def test_a_debrief_is_open_for_fourteen_days_and_then_fixed(after: timedelta, opened: bool, fixed: bool) -> None:
    assert (is_open(NOW, NOW + after), is_fixed(NOW, NOW + after)) == (opened, fixed)


def test_a_figure_tells_how_many_needed_it_and_how_it_went_with_them_together() -> None:
    told = [Told("calls", share) for share in (0.5, 0.7, 0.7, 0.9, 0.9, None)]

    (figure,) = group_figures(told, ["calls"], 5)

    assert (figure.people, figure.needed) == (6, 5)
    assert figure.share == pytest.approx(0.74)


def test_of_fewer_than_asked_who_needed_it_there_is_no_share() -> None:
    (figure,) = group_figures([Told("calls", share) for share in (0.5, 0.7, 0.7, 0.9, None)], ["calls"], 5)

    assert (figure.people, figure.needed, figure.share) == (5, 4, None)


def test_of_fewer_than_asked_who_spoke_of_it_there_is_no_figure() -> None:
    assert group_figures([Told("calls", 0.5)] * 4, ["calls", "mail"], 5) == ()
