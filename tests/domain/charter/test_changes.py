"""What changed between two versions, and what of it the partner may see."""

from tests.domain.charter.charters import contact, document
from trainer.domain.charter import Change, fields_changed, shared_document


def test_each_changed_field_is_named_with_what_it_was() -> None:
    after = document(objective={**document()["objective"], "by": "2027-12-31"})

    assert fields_changed(document(), after) == (Change("objective", "", "by", "2027-09-30", "2027-12-31"),)


def test_an_entry_that_came_is_told_field_by_field() -> None:
    found = fields_changed({}, {"contacts": [contact("a", channel="")]})

    assert {each.about for each in found} == {"Supply, ours primary"}
    assert "channel" not in {each.field for each in found}


def test_an_empty_field_is_as_good_as_none() -> None:
    assert fields_changed({"working": {}}, {"working": {"backup": ""}}) == ()


def test_nought_is_a_value_and_no_empty_field() -> None:
    before, after = ({"escalation": [{"id": "1", "number": 1, **hours}]} for hours in ({}, {"hours": 0}))

    assert fields_changed(before, after) == (Change("escalation", "level 1", "hours", None, 0),)


def test_the_partner_sees_no_internal_rule_and_not_who_sees_to_what() -> None:
    rules = [
        {"id": "1", "sharing": "must_not", "what": "Prices of others"},
        {"id": "2", "sharing": "must_not", "what": "Drawings", "shown": True},
        {"id": "3", "sharing": "must", "what": "Our doubts", "is_internal": True},
        {"id": "4", "sharing": "must", "what": "Dates"},
        {"id": "5", "sharing": "must_not", "what": "Our margin", "is_internal": False},
        {"id": "6", "sharing": "may", "what": "Our plans", "shown": False},
        "no rule",
    ]

    shown = shared_document(document(information=rules))

    assert [each["id"] for each in shown["information"]] == ["2", "4"]
    assert "owners" not in shown
    assert shown["objective"] == document()["objective"]
