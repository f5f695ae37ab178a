"""When a fact is due for another check."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import content, course, fact, lesson
from trainer.domain.fact_checks import due_on, facts_by_due_day


@pytest.mark.parametrize(
    ("checked", "volatile", "due"),
    [
        (date(2026, 11, 22), True, date(2027, 5, 22)),
        (date(2026, 11, 22), False, date(2028, 11, 22)),
        (date(2026, 6, 30), True, date(2026, 12, 30)),
        (date(2026, 8, 31), True, date(2027, 2, 28)),
        (date(2027, 8, 31), True, date(2028, 2, 29)),
        (date(2024, 2, 29), False, date(2026, 2, 28)),
    ],
)
def test_what_may_change_soon_is_due_after_six_months_and_the_rest_after_two_years(
    checked: date, volatile: bool, due: date
) -> None:
    assert due_on(replace(fact("fact"), checked=checked, volatile=volatile)) == due


def test_the_facts_that_were_due_first_stand_in_front() -> None:
    steady, volatile = fact("steady"), replace(fact("volatile"), volatile=True)
    old = replace(fact("old"), checked=date(2020, 1, 1))
    taught = content(course("course", lessons=(lesson("lesson", facts=(steady, volatile, old)),)))

    assert [each.fact.id for each in facts_by_due_day(taught)] == ["old", "volatile", "steady"]
