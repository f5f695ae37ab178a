"""When something was done on a device whose clock may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOW
from trainer.domain.device_time import by_our_clock

BEGAN = NOW - timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ALWAYS, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def placed(done_at: datetime, sent_at: datetime) -> datetime:
    return by_our_clock(done_at, sent_at, began_at=BEGAN, received_at=NOW)


@pytest.mark.parametrize("wrong", [timedelta(), timedelta(days=900), timedelta(minutes=-7), timedelta(days=-900)])
def test_a_clock_that_is_wrong_does_not_matter(wrong: timedelta) -> None:
    assert placed(NOW - 9 * MINUTE + wrong, NOW + wrong) == NOW - 9 * MINUTE


def test_nothing_is_done_before_what_it_belongs_to_began() -> None:
    assert placed(NOW - timedelta(hours=2), NOW) == BEGAN
    assert placed(ALWAYS, NEVER) == BEGAN


def test_nothing_is_done_after_it_was_received() -> None:
    assert placed(NOW + MINUTE, NOW) == NOW
    assert placed(NEVER, ALWAYS) == NOW


def test_what_is_received_before_its_beginning_is_done_when_it_was_received() -> None:
    assert by_our_clock(BEGAN, NOW, began_at=NOW + MINUTE, received_at=NOW) == NOW


def test_the_order_of_what_was_kept_stays_the_order_in_which_it_was_done() -> None:
    done = [NOW - minutes * MINUTE for minutes in (30, 20, 10)]

    received = [NOW + seconds * timedelta(seconds=1) for seconds in range(3)]
    ours = [by_our_clock(each, at, began_at=BEGAN, received_at=at) for each, at in zip(done, received, strict=True)]

    assert ours == done
