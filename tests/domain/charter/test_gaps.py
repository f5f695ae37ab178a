"""What a charter lacks: each gap with its weight, who sees to it and by when."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.charter.charters import NAMES, STARTS_ON, charter, contact, document, level, without
from trainer.domain.charter import (
    Agreement,
    Charter,
    CharterGap,
    Commitment,
    Section,
    as_gap,
    gaps_of_charter,
    read_charter,
)
from trainer.domain.gaps import Area, Weight
from trainer.domain.parties import Party

TODAY = date(2026, 12, 1)
AGREED = tuple(Agreement(side, 3, "Somebody", datetime(2026, 11, 30, tzinfo=UTC)) for side in Party)


def gaps(
    found: Charter, agreements: tuple[Agreement, ...] = AGREED, commitments: tuple[Commitment, ...] = ()
) -> tuple[CharterGap, ...]:
    return gaps_of_charter(found, NAMES, commitments, agreements, version=3, starts_on=STARTS_ON, today=TODAY)


def kinds(found: Charter) -> list[str]:
    return [gap.kind for gap in gaps(found)]


def test_a_whole_charter_lacks_nothing() -> None:
    assert gaps(charter()) == ()


def test_an_empty_charter_is_blocked_by_what_nobody_can_do_without() -> None:
    found = gaps(read_charter({}), agreements=())

    assert [gap.kind for gap in found if gap.weight is Weight.BLOCKS] == [
        "no objective",
        "no contacts",
        "no escalation",
        "no channel",
    ]
    assert all(gap.owner is None for gap in found)


@pytest.mark.parametrize(
    ("part", "key", "kind"),
    [
        ("objective", "measure", "no measure"),
        ("objective", "by", "no date"),
        ("objective", "theirs", "one view"),
        ("objective", "agreed_theirs", "not agreed"),
        ("working", "backup", "backup channel"),
        ("working", "minutes_language", "languages"),
        ("working", "respond_urgent", "response times"),
        ("working", "rhythm", "rhythm"),
        ("working", "minutes_within", "minutes"),
        ("working", "country_theirs", "holidays"),
        ("working", "decision", "decision"),
        ("closing", "closing_note", "no way down"),
    ],
)
def test_each_thing_left_open_is_a_gap_of_its_own(part: str, key: str, kind: str) -> None:
    found = charter(**{part: without(document()[part], key)})

    assert kinds(found) == [kind]


def test_minutes_later_than_a_day_are_a_gap() -> None:
    assert kinds(charter(working={**document()["working"], "minutes_within": 72})) == ["late minutes"]


CONTACTS = document()["contacts"]


@pytest.mark.parametrize(
    ("contacts", "kind", "words"),
    [
        (CONTACTS[1:], "no contact", "Supply: nobody answers for it on our side."),
        ([*CONTACTS[:1], *CONTACTS[2:]], "no deputy", "Supply: there is no deputy on our side."),
        (
            [*CONTACTS[:1], contact("b", rank="deputy", who="user:1"), *CONTACTS[2:]],
            "same person",
            "Supply: the contact on our side is also the deputy.",
        ),
        (
            [{**CONTACTS[0], "away_from": "2026-12-17", "away_until": "2026-12-17"}, *CONTACTS[1:]],
            "absent",
            "Supply: the contact on our side is away on the day of the meeting.",
        ),
        (
            [{**CONTACTS[0], "opens": "17:00", "closes": "09:00"}, *CONTACTS[1:]],
            "no hours",
            "Supply: the hours of the contact on our side are missing.",
        ),
        (
            [*CONTACTS[:2], {**CONTACTS[2], "closes": "16:59"}, *CONTACTS[3:]],
            "no overlap",
            "Supply: the two sides are not at work together for an hour of any day.",
        ),
        (
            [{**CONTACTS[0], "who": "user:9"}, *CONTACTS[1:]],
            "gone",
            "Supply: who answers for it on our side is no longer known here.",
        ),
    ],
)
def test_what_is_wrong_with_a_contact_is_said(contacts: list[dict[str, Any]], kind: str, words: str) -> None:
    (gap,) = [each for each in gaps(charter(contacts=contacts)) if each.section is Section.CONTACTS]

    assert (gap.kind, gap.missing, gap.owner) == (kind, words, "user:3")


def test_an_hour_together_is_enough() -> None:
    contacts = [{**CONTACTS[0], "opens": "08:30"}, *CONTACTS[1:]]

    assert kinds(charter(contacts=contacts)) == []


def test_a_ladder_of_one_level_is_a_gap() -> None:
    assert kinds(charter(escalation=[level(1)])) == ["one level"]


def test_nobody_on_a_level_blocks() -> None:
    (gap,) = gaps(charter(escalation=[level(1), level(2, contact_theirs="")]))

    assert (gap.weight, gap.missing) == (Weight.BLOCKS, "Level 2: nobody is named on the partner’s side.")


def test_who_tells_the_counterpart_first_is_asked_of_each_level() -> None:
    assert kinds(charter(escalation=[level(1), level(2, tells_first="")])) == ["surprise"]


def rules(*sharing: str, bad_news: bool = True) -> list[dict[str, Any]]:
    return [
        {"id": str(number), "sharing": each, "what": "Something", "is_bad_news": bad_news}
        for number, each in enumerate(sharing)
    ]


@pytest.mark.parametrize(
    ("information", "found"),
    [
        ([], ["no rules"]),
        (rules("may", "must_not"), ["too little"]),
        (rules("must"), ["too much"]),
        (rules("must", "must", "must", "must"), ["too much", "everything"]),
        (rules("must", "must_not", bad_news=False), ["bad news"]),
    ],
)
def test_information_is_neither_too_much_nor_too_little(information: list[dict[str, Any]], found: list[str]) -> None:
    assert kinds(charter(information=information)) == found


def test_a_side_that_agreed_to_an_older_version_is_asked_again() -> None:
    older = Agreement(Party.THEIRS, 2, "Sato Kenji", datetime(2026, 11, 1, tzinfo=UTC))

    ours, theirs = gaps(charter(), agreements=(older,))

    assert ours.missing == "Our side has not agreed to the charter."
    assert theirs.missing == "The partner’s side agreed to version 2; it has changed since."


def test_promises_that_the_partner_is_late_with_and_those_lately_broken_are_gaps() -> None:
    said = (
        Commitment(Party.OURS, "Ours that is late stands in the partner file", date(2026, 11, 30), None, "user:2"),
        Commitment(Party.THEIRS, "Drawings", date(2026, 11, 30), None),
        Commitment(Party.OURS, "Offer", date(2026, 11, 20), False, "user:2"),
        Commitment(Party.OURS, "Long ago", date(2026, 8, 1), False),
        Commitment(Party.THEIRS, "Samples.", date(2026, 11, 1), False),
        Commitment(Party.OURS, "Prices", date(2026, 12, 1), None),
        Commitment(Party.OURS, "Kept", date(2026, 11, 1), True),
        Commitment(Party.OURS, "Some day", None, None),
    )

    found = gaps(charter(), commitments=said)

    assert [(gap.missing, gap.owner) for gap in found] == [
        ("The partner promised “Samples”, and it was not kept.", None),
        ("We promised “Offer”, and it was not kept.", "user:2"),
        ("The partner promised “Drawings”, and the day has passed.", None),
    ]


def test_each_part_is_due_so_many_days_before_the_meeting_unless_a_day_is_named() -> None:
    found = charter(objective={}, escalation=[], owners={"objective": "user:2", "objective_due": "2026-12-10"})

    due = {gap.section: (gap.owner, gap.due_on) for gap in gaps(found)}

    assert due[Section.OBJECTIVE] == ("user:2", date(2026, 12, 10))
    assert due[Section.ESCALATION] == (None, date(2026, 12, 7))


def test_a_gap_of_the_charter_is_one_of_the_engagement() -> None:
    owner = "user:0193a1c0-0000-7000-8000-000000000001"
    (lacking,) = gaps(charter(objective={}, owners={"objective": owner}))
    (promised,) = gaps(charter(), commitments=(Commitment(Party.OURS, "Samples", TODAY, False),))

    gap = as_gap(lacking)
    assert (gap.key, gap.area, gap.weight) == ("charter:objective:no objective:", Area.OBJECTIVE, Weight.BLOCKS)
    assert [f"user:{each}" for each in gap.owners] == [owner]
    assert (as_gap(promised).area, as_gap(promised).owners) == (Area.TRUST, ())


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
parts = st.sampled_from([*document(), "else"])


@given(st.dictionaries(parts, anything, max_size=6))
def test_whatever_a_document_holds_is_read(found: dict[str, Any]) -> None:
    gaps(read_charter({**document(), **found}))


@given(st.sets(st.tuples(st.sampled_from(["objective", "working", "closing"]), st.integers(0, 15))))
def test_taking_something_away_never_mends_a_gap_of_another_part(taken: set[tuple[str, int]]) -> None:
    whole = document()
    for part, number in taken:
        names = sorted(document()[part])
        if number < len(names):
            whole = {**whole, part: without(whole[part], names[number])}

    found = gaps(read_charter(whole))

    assert {gap.section for gap in found} <= {Section.OBJECTIVE, Section.WORKING, Section.ESCALATION}
    assert all(gap.missing.endswith(".") and gap.todo and gap.due_on <= STARTS_ON for gap in found)
