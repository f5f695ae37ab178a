"""Local time and its moment: clocks that skip and repeat, days counted where it takes place, offsets in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from trainer.domain.calendar import ImpossibleTime, days_left, in_zone, moment, offset_words, zones


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=None)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "there", "then"),
    [
        ("Asia/Tokyo", "2026-12-03T09:00", "2026-12-03T00:00"),
        ("Europe/Paris", "2026-12-03T09:00", "2026-12-03T08:00"),
        ("Europe/Paris", "2026-07-03T09:00", "2026-07-03T07:00"),
        ("Asia/Kolkata", "2026-12-03T05:00", "2026-12-02T23:30"),
        ("America/St_Johns", "2026-12-03T22:00", "2026-12-04T01:30"),
        ("Pacific/Kiritimati", "2027-01-01T00:00", "2026-12-31T10:00"),
    ],
)
def test_a_local_time_is_a_moment(zone: str, there: str, then: str) -> None:
    assert moment(local(there), zone) == utc(then)


@pytest.mark.parametrize(
    ("zone", "there"),
    [
        ("Europe/Paris", "2026-03-29T02:00"),
        ("Europe/Paris", "2026-03-29T02:59"),
        ("America/New_York", "2026-03-08T02:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15"),
        ("Pacific/Apia", "2011-12-30T12:00"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(zone: str, there: str) -> None:
    with pytest.raises(ImpossibleTime, match=f"The clocks in {zone} skip {there[-5:]} on that day"):
        moment(local(there), zone)


@pytest.mark.parametrize(
    ("there", "then"),
    [("2026-03-29T01:59", "2026-03-29T00:59"), ("2026-03-29T03:00", "2026-03-29T01:00")],
)
def test_the_minutes_beside_the_gap_exist(there: str, then: str) -> None:
    assert moment(local(there), "Europe/Paris") == utc(then)


@pytest.mark.parametrize(
    ("zone", "there", "then"),
    [
        ("Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
    ],
)
def test_of_an_hour_that_stands_twice_the_earlier_counts(zone: str, there: str, then: str) -> None:
    assert moment(local(there), zone) == utc(then)


@pytest.mark.parametrize("zone", ["", "Kobe", "Asia/Kobe", "asia/tokyo", "UTC+9", "../etc/passwd", "Asia/Tokyo\0"])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(ImpossibleTime, match="is not an IANA time zone such as Asia/Tokyo"):
        moment(local("2026-12-03T09:00"), zone)


def test_zones_are_places_in_alphabetical_order() -> None:
    assert list(zones()) == sorted(set(zones()))
    assert {"Asia/Tokyo", "Europe/Paris", "America/Argentina/Buenos_Aires", "Pacific/Auckland"} <= set(zones())
    assert not {"CST6CDT", "EST", "Etc/GMT+9", "UTC"} & set(zones())


def test_every_zone_takes_noon_there_and_back() -> None:
    noon = local("2026-12-03T12:00")

    for zone in zones():
        at = moment(noon, zone)
        assert at.tzinfo is UTC
        assert in_zone(at, zone).replace(tzinfo=None) == noon
        assert offset_words(at, zone).startswith("UTC")


def test_in_zone_is_the_same_moment_on_the_wall_there() -> None:
    there = in_zone(utc("2026-12-03T16:30"), "Asia/Tokyo")

    assert there == utc("2026-12-03T16:30")
    assert there.isoformat() == "2026-12-04T01:30:00+09:00"


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("2026-12-02T14:59", 1),
        ("2026-12-02T15:00", 0),
        ("2026-12-03T14:59", 0),
        ("2026-12-03T15:00", -1),
        ("2026-11-26T00:00", 7),
    ],
)
def test_days_left_turn_at_midnight_where_it_takes_place(at: str, left: int) -> None:
    starts_at = moment(local("2026-12-03T09:00"), "Asia/Tokyo")

    assert days_left(starts_at, "Asia/Tokyo", utc(at)) == left


def test_the_same_moment_may_be_tomorrow_in_one_zone_and_today_in_another() -> None:
    starts_at = utc("2026-12-03T00:00")
    at = utc("2026-12-02T20:00")

    assert days_left(starts_at, "Asia/Tokyo", at) == 0
    assert days_left(starts_at, "Europe/Paris", at) == 1
    assert days_left(starts_at, "America/Los_Angeles", at) == 0


def test_days_left_counts_calendar_days_also_when_the_clocks_change_between() -> None:
    starts_at = moment(local("2026-03-30T00:30"), "Europe/Paris")
    at = moment(local("2026-03-28T23:30"), "Europe/Paris")

    assert days_left(starts_at, "Europe/Paris", at) == 2


@pytest.mark.parametrize("offset", [-11, 0, 14])
def test_days_left_does_not_depend_on_how_the_moment_is_written(offset: int) -> None:
    at = utc("2026-12-02T14:59").astimezone(timezone(timedelta(hours=offset)))

    assert days_left(moment(local("2026-12-03T09:00"), "Asia/Tokyo"), "Asia/Tokyo", at) == 1


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        ("Asia/Tokyo", "2026-12-03T09:00", "UTC+9"),
        ("Europe/Paris", "2026-12-03T09:00", "UTC+1"),
        ("Europe/Paris", "2026-07-03T09:00", "UTC+2"),
        ("Europe/London", "2026-12-03T09:00", "UTC+0"),
        ("America/New_York", "2026-12-03T09:00", "UTC-5"),
        ("Asia/Kolkata", "2026-12-03T09:00", "UTC+5:30"),
        ("Asia/Kathmandu", "2026-12-03T09:00", "UTC+5:45"),
        ("America/St_Johns", "2026-12-03T09:00", "UTC-3:30"),
        ("Pacific/Marquesas", "2026-12-03T09:00", "UTC-9:30"),
        ("Australia/Lord_Howe", "2026-07-03T09:00", "UTC+10:30"),
        ("Pacific/Kiritimati", "2026-12-03T09:00", "UTC+14"),
    ],
)
def test_an_offset_in_words_is_that_of_the_date_and_says_half_and_quarter_hours(zone: str, at: str, words: str) -> None:
    assert offset_words(utc(at), zone) == words
