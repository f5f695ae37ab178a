"""Documents that several people change at once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.documents import (
    ABSENT,
    Change,
    Clash,
    Document,
    changes_between,
    find_entry,
    merge,
    with_entry,
    with_fields,
    without_entry,
)

BASE: Document = {
    "objective": {"sentence": "Agree on a price", "measure": "A signed sheet"},
    "contacts": [{"id": "a", "interface": "Sales", "zone": "Asia/Tokyo"}, {"id": "b", "interface": "Supply"}],
}

VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text("xy", max_size=2), st.lists(st.text("xy")))
FIELDS = st.dictionaries(st.sampled_from("pqr"), VALUES, max_size=3)


def _entries(fields: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**values, "id": name} for name, values in fields.items()]


ENTRIES = st.dictionaries(st.sampled_from("abc"), FIELDS, max_size=3).map(_entries)
DOCUMENTS = st.fixed_dictionaries({}, optional={"objective": FIELDS, "contacts": ENTRIES, "rules": ENTRIES})


def test_fields_that_two_people_changed_are_both_kept() -> None:
    mine = with_fields(BASE, "objective", {"sentence": "Agree on a price and a date"})
    theirs = with_fields(BASE, "objective", {"measure": "Two signed sheets"})

    merged = merge(BASE, mine, theirs)

    assert merged.document["objective"] == {"sentence": "Agree on a price and a date", "measure": "Two signed sheets"}
    assert merged.clashes == ()


def test_entries_that_two_people_added_are_both_kept() -> None:
    mine = with_entry(BASE, "contacts", {"id": "c", "interface": "Support"})
    theirs = with_entry(BASE, "contacts", {"id": "d", "interface": "Finance"})

    merged = merge(BASE, mine, theirs)

    assert [each["id"] for each in merged.document["contacts"]] == ["a", "b", "d", "c"]
    assert merged.clashes == ()


def test_an_entry_that_one_takes_away_is_gone() -> None:
    theirs = with_fields(BASE, "objective", {"measure": "Two sheets"})

    merged = merge(BASE, without_entry(BASE, "contacts", "a"), theirs)

    assert find_entry(merged.document, "contacts", "a") is None
    assert merged.document["objective"]["measure"] == "Two sheets"


def test_the_same_field_changed_in_two_ways_is_a_clash() -> None:
    mine = with_fields(BASE, "objective", {"measure": "Mine"})
    theirs = with_fields(BASE, "objective", {"measure": "Theirs"})

    merged = merge(BASE, mine, theirs)

    assert merged.clashes == (Clash(("objective", "measure"), "A signed sheet", "Mine", "Theirs"),)
    assert merged.document["objective"]["measure"] == "Mine"


def test_an_entry_that_one_took_away_and_another_changed_stays_as_a_clash() -> None:
    changed = {"id": "a", "interface": "Sales", "zone": "Asia/Seoul"}
    gone, kept = without_entry(BASE, "contacts", "a"), with_entry(BASE, "contacts", changed)

    for merged in (merge(BASE, gone, kept), merge(BASE, kept, gone)):
        assert find_entry(merged.document, "contacts", "a") == changed
        assert [clash.path for clash in merged.clashes] == [("contacts", "a")]


def test_the_order_that_one_gave_the_entries_holds() -> None:
    mine = {**BASE, "contacts": list(reversed(BASE["contacts"]))}
    theirs = with_entry(BASE, "contacts", {"id": "b", "interface": "Logistics"})

    merged = merge(BASE, mine, theirs)

    assert [(each["id"], each["interface"]) for each in merged.document["contacts"]] == [
        ("b", "Logistics"),
        ("a", "Sales"),
    ]


@given(DOCUMENTS, DOCUMENTS)
def test_what_only_one_changed_is_taken_as_it_is(base: Document, changed: Document) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.clashes == ()
        assert merged.document == changed


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_whatever_two_people_wrote_is_in_the_document_or_told_as_a_clash(
    base: Document, mine: Document, theirs: Document
) -> None:
    merged = merge(base, mine, theirs)

    told = [clash.path for clash in merged.clashes]
    for written in (mine, theirs):
        for change in changes_between(base, written):
            assert _holds(_at(merged.document, change.path), change.after) or any(
                change.path[: len(path)] == path or path[: len(change.path)] == change.path for path in told
            )


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        of = value if isinstance(value, dict) else {entry["id"]: entry for entry in value}
        if name not in of:
            return ABSENT
        value = of[name]
    return value


def _holds(value: Any, written: Any) -> bool:
    """Whether all that was written is in a value, which may hold more that somebody else wrote."""
    if isinstance(value, dict) and isinstance(written, dict):
        return all(name in value and _holds(value[name], each) for name, each in written.items())
    if isinstance(value, list) and isinstance(written, list) and any(isinstance(each, dict) for each in written):
        found = {entry["id"]: entry for entry in value}
        return all(each["id"] in found and _holds(found[each["id"]], each) for each in written)
    return bool(value == written) or written in ({}, [])


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_clashes_are_the_same_from_both_sides(base: Document, mine: Document, theirs: Document) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert {clash.path for clash in one.clashes} == {clash.path for clash in other.clashes}


def test_changes_are_told_down_to_fields() -> None:
    after = with_entry(
        with_fields(BASE, "objective", {"measure": "Two sheets"}), "contacts", {"id": "a", "interface": "Sales"}
    )

    assert changes_between(BASE, after) == (
        Change(("objective", "measure"), "A signed sheet", "Two sheets"),
        Change(("contacts", "a", "zone"), "Asia/Tokyo", ABSENT),
    )
