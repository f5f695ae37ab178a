"""When mails are sent: once, at eight where the reader is, never in their quiet hours, never when stale."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.calendar import in_zone, zones
from trainer.domain.mail import DueKind, DueThing, MailChoice, MailKind, due_key, is_worth_telling

MONDAY = "2026-11-30"
QUARTER = timedelta(minutes=15)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def choice(zone: str = "UTC", quiet: tuple[int, int] | None = None, **changes: bool) -> MailChoice:
    hours = (time(quiet[0]), time(quiet[1])) if quiet else (None, None)
    return MailChoice("en", zone, quiet_from=hours[0], quiet_until=hours[1], **changes)


def quarters(start: datetime, days: int) -> Iterator[datetime]:
    """As the clock of the jobs has them."""
    return (start + QUARTER * number for number in range(96 * days))


def sent(wanted: MailChoice, kind: MailKind, start: datetime, days: int) -> dict[str, datetime]:
    """The first moment of each mail of these days."""
    first: dict[str, datetime] = {}
    for at in quarters(start, days):
        key = due_key(wanted, kind, at)
        if key is not None:
            first.setdefault(key, at)
    return first


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("UTC", utc(30, 8)),
        ("Asia/Tokyo", utc(29, 23)),
        ("Asia/Kathmandu", utc(30, 2, 15)),
        ("America/Los_Angeles", utc(30, 16)),
        ("Pacific/Kiritimati", utc(29, 18)),
    ],
)
def test_a_digest_is_sent_on_monday_at_eight_where_the_reader_is(zone: str, at: datetime) -> None:
    assert sent(choice(zone), MailKind.DIGEST, utc(27, 0), 7) == {MONDAY: at}


def test_when_the_clocks_change_it_is_still_eight() -> None:
    digests = sent(choice("Europe/Paris"), MailKind.DIGEST, utc(16, 0, month=10), 14)

    assert digests == {"2026-10-19": utc(19, 6, month=10), "2026-10-26": utc(26, 7, month=10)}


def test_a_time_that_the_clocks_skip_is_passed_at_the_next_there_is() -> None:
    """On 29 March in Paris there is no half past two."""
    wanted = MailChoice("en", "Europe/Paris", quiet_from=time(6), quiet_until=time(2, 30))

    due = sent(wanted, MailKind.DUE, utc(28, 3, month=3), 2)

    assert due["2026-03-28"] == utc(29, 1, 30, month=3)


@pytest.mark.parametrize(
    ("quiet", "at"),
    [
        ((20, 7), utc(30, 8)),
        ((20, 9), utc(30, 9)),
        ((0, 12), utc(30, 12)),
        ((8, 8), utc(30, 8)),
        ((7, 23), utc(30, 23)),
        ((7, 6), utc(1, 6, month=12)),
    ],
)
def test_a_digest_waits_for_the_end_of_quiet_hours(quiet: tuple[int, int], at: datetime) -> None:
    assert sent(choice(quiet=quiet), MailKind.DIGEST, utc(28, 0), 5) == {MONDAY: at}


def test_what_falls_due_is_told_once_a_day() -> None:
    due = sent(choice("Asia/Tokyo"), MailKind.DUE, utc(27, 0), 3)

    assert due == {
        "2026-11-27": utc(27, 0),
        "2026-11-28": utc(27, 23),
        "2026-11-29": utc(28, 23),
        "2026-11-30": utc(29, 23),
    }


def test_a_mail_that_is_late_is_sent_until_it_is_stale() -> None:
    assert due_key(choice(), MailKind.DUE, utc(30, 19, 59)) == MONDAY
    assert due_key(choice(), MailKind.DUE, utc(30, 20)) is None
    assert due_key(choice(), MailKind.DIGEST, utc(1, 19, 59, month=12)) == MONDAY
    assert due_key(choice(), MailKind.DIGEST, utc(1, 20, month=12)) is None


def test_a_late_mail_is_not_sent_in_quiet_hours() -> None:
    assert due_key(choice(quiet=(18, 7)), MailKind.DUE, utc(30, 18)) is None
    assert due_key(choice(quiet=(18, 7)), MailKind.DUE, utc(30, 17, 59)) == MONDAY


def test_who_does_not_want_a_mail_gets_none() -> None:
    assert due_key(choice(wants_digest=False), MailKind.DIGEST, utc(30, 8)) is None
    assert due_key(choice(wants_due=False), MailKind.DUE, utc(30, 8)) is None
    assert due_key(choice().without(MailKind.DUE), MailKind.DUE, utc(30, 8)) is None
    assert due_key(choice().without(MailKind.DUE), MailKind.DIGEST, utc(30, 8)) == MONDAY


@given(
    zone=st.sampled_from(zones()),
    quiet=st.one_of(st.none(), st.tuples(st.integers(0, 23), st.integers(0, 23))),
    hours=st.integers(0, 24 * 365 * 4),
)
def test_each_week_has_one_digest_in_any_zone_outside_quiet_hours(
    zone: str, quiet: tuple[int, int] | None, hours: int
) -> None:
    wanted = choice(zone, quiet)
    start = utc(1, 0, month=1) + timedelta(hours=hours)

    first = sent(wanted, MailKind.DIGEST, start, 14)

    mondays = [key for key in first if first[key] > start]
    assert 1 <= len(mondays) <= 3  # two, the one before if it was late, and not yet one that is put off
    for key in mondays:
        here = in_zone(first[key], zone)
        assert date.fromisoformat(key).weekday() == 0
        assert not wanted.is_quiet(here.time())
        assert here.time() >= time(8) or here.date() > date.fromisoformat(key)


def thing(due_on: date, since: date | None = None) -> DueThing:
    return DueThing(DueKind.PROMISE, "Send the price list", "Kobe Seiki", due_on, "/", since)


def test_something_due_is_told_the_day_before_the_day_after_and_then_each_week() -> None:
    due_on = date(2026, 12, 10)

    told = [
        (day - due_on).days
        for day in (due_on + timedelta(days=number) for number in range(-10, 20))
        if is_worth_telling(thing(due_on), day)
    ]

    assert told == [-1, 1, 8, 15]


def test_what_begins_by_itself_is_told_on_its_first_day() -> None:
    assert is_worth_telling(thing(date(2026, 12, 17), since=date(2026, 12, 4)), date(2026, 12, 4))
    assert not is_worth_telling(thing(date(2026, 12, 17), since=date(2026, 12, 4)), date(2026, 12, 5))
