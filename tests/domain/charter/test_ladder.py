"""The ladder tried: who would answer, who stands in, and where it breaks."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.charter.charters import BERLIN, TOKYO, Document, charter, contact, level, no_day_off
from trainer.domain.charter import Break, BreakKind, Presence, dry_run, ladder_breaks, special_day
from trainer.domain.parties import Party

NOON = datetime(2026, 12, 17, 11, 0, tzinfo=UTC)
"""Noon on a Thursday in Berlin, eight in the evening in Tokyo."""
MORNING = datetime(2026, 12, 17, 8, 0, tzinfo=UTC)
"""Nine in Berlin, five in the afternoon in Tokyo."""


def test_whoever_is_at_work_is_called_and_nobody_instead() -> None:
    ours, theirs = dry_run(charter(), MORNING, no_day_off).steps[0].calls

    assert (ours.contact and ours.contact.id, ours.is_there, ours.instead) == ("a", True, None)
    assert (theirs.contact and theirs.contact.id, theirs.is_there) == ("c", True)
    assert theirs.standing is not None
    assert theirs.standing.local is not None
    assert (theirs.standing.local.hour, theirs.first_at) == (17, MORNING)


def test_the_deputy_stands_in_after_hours() -> None:
    at = datetime(2026, 12, 17, 9, 0, tzinfo=UTC)  # 18:00 in Tokyo

    theirs = dry_run(charter(), at, no_day_off).steps[0].calls[1]

    assert theirs.standing is not None
    assert theirs.standing.presence is Presence.OUT_OF_HOURS
    assert theirs.instead is not None
    assert theirs.instead_standing is not None
    assert (theirs.instead.id, theirs.instead_standing.presence, theirs.first_at) == ("d", Presence.IN_HOURS, at)


def test_a_holiday_of_the_side_keeps_its_contacts_from_the_phone() -> None:
    at = datetime(2026, 12, 25, 9, 0, tzinfo=UTC)

    ours = dry_run(charter(), at, special_day).steps[0].calls[0]

    assert ours.standing is not None
    assert (ours.standing.presence, ours.standing.name) == (Presence.HOLIDAY, "Christmas Day")


def test_a_holiday_of_a_part_counts_where_the_part_is_named() -> None:
    assert special_day("DE", "BE", date(2027, 3, 8)) is not None  # Women's Day in Berlin
    assert special_day("DE", "", date(2027, 3, 8)) is None
    assert special_day("DE", "nowhere", date(2027, 3, 8)) is None
    assert special_day("nowhere", "", date(2027, 1, 1)) is None


def test_on_a_weekend_that_is_worked_to_make_up_for_a_holiday_contacts_are_there() -> None:
    at = datetime(2026, 2, 14, 9, 0, tzinfo=UTC)  # a Saturday that China works before its spring festival
    working = {"country_ours": "CN", "country_theirs": "JP"}

    ours, theirs = dry_run(charter(working=working), at, special_day).steps[0].calls

    assert (ours.standing and ours.standing.presence) == Presence.IN_HOURS
    assert (theirs.standing and theirs.standing.presence) == Presence.DAY_OFF


def test_somebody_away_is_not_called() -> None:
    contacts = [
        contact("a", away_from="2026-12-14", away_until="2026-12-17"),
        contact("b", rank="deputy"),
        contact("c", "theirs"),
    ]

    ours = dry_run(charter(contacts=contacts), NOON, no_day_off).steps[0].calls[0]

    assert ours.standing is not None
    assert ours.standing.presence is Presence.AWAY
    assert ours.instead is not None
    assert ours.instead.id == "b"


def test_a_level_breaks_when_nobody_is_at_work_within_its_time() -> None:
    ladder = [level(1, within=2)]

    run = dry_run(charter(escalation=ladder), NOON, no_day_off)

    assert run.breaks == (Break(BreakKind.NOBODY_REACHABLE, 1, Party.THEIRS),)


def test_the_first_who_comes_to_work_within_the_time_holds_the_level() -> None:
    ladder = [level(1, within=14)]

    run = dry_run(charter(escalation=ladder), NOON, no_day_off)

    assert run.breaks == ()
    assert run.steps[0].calls[1].first_at == datetime(2026, 12, 17, 23, 0, tzinfo=UTC)  # eight in Tokyo


def test_hours_follow_the_clocks_when_they_change() -> None:
    contacts = [contact("a", zone="America/New_York"), contact("c", "theirs")]
    at = datetime(2027, 3, 15, 13, 30, tzinfo=UTC)  # 9:30 in New York since the day before

    ours = dry_run(charter(contacts=contacts), at, no_day_off).steps[0].calls[0]

    assert ours.is_there


def test_a_level_without_trigger_or_time_breaks() -> None:
    ladder = [level(1, hours=None, within=None)]

    assert [each.kind for each in ladder_breaks(charter(escalation=ladder))] == [
        BreakKind.NO_TRIGGER,
        BreakKind.NO_TIME,
    ]


def test_damage_in_words_is_a_trigger_too() -> None:
    assert ladder_breaks(charter(escalation=[level(1, hours=None, impact="A line stands still")])) == ()


def test_times_must_grow_from_level_to_level() -> None:
    ladder = [level(1, hours=8), level(2, hours=8)]

    assert ladder_breaks(charter(escalation=ladder)) == (Break(BreakKind.NOT_GROWING, 2, other=1),)


def test_a_level_between_that_goes_by_damage_does_not_hide_that_times_shrink() -> None:
    ladder = [level(1, hours=8), level(2, hours=None, impact="Damage"), level(3, hours=4, contact_ours="m2")]

    found = ladder_breaks(charter(escalation=ladder))

    assert Break(BreakKind.NOT_GROWING, 3, other=1) in found


def test_the_same_person_on_two_levels_is_no_step_up() -> None:
    ladder = [level(1), level(2, contact_ours="b")]
    contacts = [contact("a"), contact("b", rank="deputy", who="user:1"), contact("c", "theirs")]

    found = ladder_breaks(charter(escalation=ladder, contacts=contacts))

    assert Break(BreakKind.SAME_PERSON, 2, Party.OURS, 1) in found


def test_a_role_in_words_is_somebody_named_but_nobody_to_call() -> None:
    ladder = [level(1, contact_theirs="", role_theirs="Head of supply")]

    run = dry_run(charter(escalation=ladder), MORNING, no_day_off)

    assert run.breaks == ()
    assert (run.steps[0].calls[1].contact, run.steps[0].calls[1].role) == (None, "Head of supply")


def test_a_contact_of_the_other_side_is_nobody_on_this_one() -> None:
    found = ladder_breaks(charter(escalation=[level(1, contact_theirs="a")]))

    assert found == (Break(BreakKind.NOBODY_NAMED, 1, Party.THEIRS),)


zones = st.sampled_from([BERLIN, TOKYO, "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Auckland", ""])
clocks = st.times().map(lambda clock: clock.isoformat("minutes")) | st.just("")
some_days = st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(date.isoformat) | st.just("")
contacts_of_any_kind = st.builds(
    contact,
    st.sampled_from("abcdef"),
    st.sampled_from(["ours", "theirs", "both"]),
    st.sampled_from(["primary", "deputy"]),
    zone=zones,
    opens=clocks,
    closes=clocks,
    workdays=st.lists(st.integers(-1, 8)),
    who=st.sampled_from(["user:1", "person:1", ""]),
    away_from=some_days,
    away_until=some_days,
)
levels_of_any_kind = st.builds(
    level,
    st.integers(-1, 4),
    hours=st.none() | st.floats() | st.integers(),
    within=st.none() | st.floats(-10, 200) | st.just("soon"),
    contact_ours=st.sampled_from("abcdefx"),
    contact_theirs=st.sampled_from("abcdefx"),
)


@given(
    st.lists(contacts_of_any_kind, max_size=6),
    st.lists(levels_of_any_kind, max_size=4),
    st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
)
def test_whatever_was_written_the_trial_says_the_truth(
    contacts: list[Document], levels: list[Document], at: datetime
) -> None:
    run = dry_run(charter(contacts=contacts, escalation=levels), at, special_day)

    unreachable = {(each.number, each.side) for each in run.breaks if each.kind is BreakKind.NOBODY_REACHABLE}
    for step in run.steps:
        for call in step.calls:
            if call.first_at is not None:
                assert at <= call.first_at <= max(step.until, at + timedelta(microseconds=1))
            if call.contact is not None and call.first_at is None:
                assert (step.level.number, call.side) in unreachable
            if call.is_there:
                assert (call.first_at, call.instead) == (at, None)
            if call.instead is not None and call.contact is not None:
                assert call.instead.id != call.contact.id
                assert call.instead.side is call.contact.side
