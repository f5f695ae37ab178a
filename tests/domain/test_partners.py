"""What is missing in a partner file, and how one finds something in it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from tests.templates import CHECKLIST
from trainer.domain.gaps import Area, Weight
from trainer.domain.parties import Party
from trainer.domain.partners import (
    Company,
    ConsentBasis,
    PartnerFile,
    PartnerPerson,
    Promise,
    PromiseState,
    Question,
    ResearchItem,
    Text,
    checklist_ids,
    find,
    fold,
    gaps_of_partner,
    item_id,
    not_asked_yet,
    with_checklist,
)

TODAY = NOW.date()
ID, OTHER, LENA = UUID(int=1), UUID(int=2), UUID(int=3)
COMPANY = Company("JP", "ja", id=ID, name="Kobe Seiki", version=1, is_state_owned=False)


def person(**changes: object) -> PartnerPerson:
    values = {"id": OTHER, "version": 1, "created_at": NOW, "updated_at": NOW, "address_as": "Tanabe-san", **changes}
    return PartnerPerson("Kazuo Tanabe", "Supply", ConsentBasis.INTEREST, TODAY, **values)  # type: ignore[arg-type]


def promise(party: Party = Party.OURS, due_on: date | None = None, state: PromiseState = PromiseState.OPEN) -> Promise:
    return Promise(
        party,
        "Send the drawings.",
        LENA,
        due_on=due_on,
        id=OTHER,
        version=1,
        engagement_id=None,
        engagement=None,
        owner="Lena",
        state=state,
        closed_on=None,
        closing_note="",
        made_on=TODAY,
    )


QUESTION = Question("Who decides?", id=OTHER, version=1, asked_by="Lena", asked_on=TODAY, answered_on=None)
WHOLE = PartnerFile(COMPANY, people=(person(),), questions=(QUESTION,))
"""A file in which nothing is missing."""


def kinds(file: PartnerFile) -> list[str]:
    return [gap.key.removesuffix(f":{OTHER}") for gap in gaps_of_partner(file, TODAY)]


def test_a_whole_file_has_no_gap() -> None:
    assert kinds(WHOLE) == []


def test_who_is_not_known_and_how_to_address_somebody_are_risks() -> None:
    assert kinds(replace(WHOLE, people=())) == ["partner:people"]
    assert kinds(replace(WHOLE, people=(person(address_as=" "),))) == ["partner:address"]


def test_not_to_know_whether_it_is_state_owned_is_a_risk() -> None:
    (gap,) = gaps_of_partner(replace(WHOLE, company=replace(COMPANY, is_state_owned=None)), TODAY)

    assert (gap.key, gap.weight, gap.area) == ("partner:state-owned", Weight.RISKS, Area.PARTNER)
    assert gap.what == "It is not known whether Kobe Seiki is state-owned."
    assert kinds(replace(WHOLE, company=replace(COMPANY, is_state_owned=True))) == []


def test_a_promise_of_ours_that_is_late_blocks_and_has_its_owner() -> None:
    yesterday = TODAY - timedelta(days=1)

    (gap,) = gaps_of_partner(replace(WHOLE, promises=(promise(due_on=yesterday),)), TODAY)

    assert (gap.weight, gap.area, gap.owners, gap.due_on) == (Weight.BLOCKS, Area.TRUST, (LENA,), yesterday)


@pytest.mark.parametrize(
    "held",
    [
        promise(due_on=TODAY),
        promise(),
        promise(Party.THEIRS, TODAY - timedelta(days=1)),
        promise(due_on=TODAY - timedelta(days=1), state=PromiseState.KEPT),
        promise(due_on=TODAY - timedelta(days=1), state=PromiseState.BROKEN),
    ],
    ids=["due today", "without a day", "theirs", "kept", "broken"],
)
def test_no_other_promise_is_a_gap(held: Promise) -> None:
    assert kinds(replace(WHOLE, promises=(held,))) == []


def test_questions_that_are_all_answered_leave_none_to_ask() -> None:
    answered = replace(QUESTION, answered_on=TODAY)

    assert kinds(replace(WHOLE, questions=(answered,))) == ["partner:questions"]


def test_research_that_somebody_has_is_a_gap_each_and_what_nobody_has_is_one_together() -> None:
    untouched = with_checklist(ID, CHECKLIST, ())
    taken = replace(untouched[0], owner_id=LENA, due_on=TODAY)
    done = replace(untouched[1], done_on=TODAY)

    first, rest = gaps_of_partner(replace(WHOLE, research=(taken, done, *untouched[2:])), TODAY)

    assert (first.owners, first.due_on, first.what) == ((LENA,), TODAY, f"“{taken.words}” is not found out yet.")
    assert rest.what == "1 item of the research on Kobe Seiki is with nobody."


def test_the_checklist_keeps_its_ids_whatever_it_says() -> None:
    items = with_checklist(ID, dict.fromkeys(CHECKLIST, "Other words"), ())

    assert {item.id for item in items} == checklist_ids(ID, CHECKLIST) == {item_id(ID, key) for key in CHECKLIST}
    assert checklist_ids(ID, CHECKLIST).isdisjoint(checklist_ids(OTHER, CHECKLIST))


def test_an_item_that_was_touched_keeps_its_place_and_own_ones_follow() -> None:
    own = ResearchItem("Who brings the samples?", id=OTHER, version=1, owner=None, is_own=True)
    touched = ResearchItem(
        "Owners and group", id=item_id(ID, "group"), version=2, owner="Lena", is_own=False, finding="Family-held"
    )

    items = with_checklist(ID, CHECKLIST, (own, touched))

    assert items[1] is touched
    assert items[-1] is own
    assert len(items) == len(CHECKLIST) + 1


def test_without_a_checklist_a_file_has_its_own_items_and_what_was_found_out_before() -> None:
    own = ResearchItem("Who brings the samples?", id=OTHER, version=1, owner=None, is_own=True)
    touched = ResearchItem("Owners", id=item_id(ID, "group"), version=2, owner="Lena", is_own=True)

    assert with_checklist(ID, {}, ()) == ()
    assert with_checklist(ID, {}, (own, touched)) == (own, touched)


def test_a_question_that_was_asked_is_not_lent_again_however_it_is_spaced() -> None:
    lent = ["Who decides?", "How firm is a date?", "What do you see first?"]

    assert not_asked_yet(lent, ["who  decides? ", "Where?"]) == lent[1:]
    assert not_asked_yet(lent, lent) == []


@pytest.mark.parametrize(
    ("first", "last", "is_away"),
    [(None, None, False), (TODAY, TODAY, True), (None, TODAY, True), (TODAY, None, True),
     (TODAY + timedelta(days=1), None, False), (None, TODAY - timedelta(days=1), False)],
)  # fmt: skip
def test_somebody_is_away_on_the_days_that_were_told(first: date | None, last: date | None, is_away: bool) -> None:
    assert person(away_from=first, away_until=last).is_away(TODAY) is is_away


@pytest.mark.parametrize(
    ("typed", "written"),
    [("onishi", "Ōnishi"), ("ONISHI", "Ōnishi"), ("Łódź", "lodz"), ("nguyen duc", "Nguyễn Đức"), ("ｋｏｂｅ", "Kobe"),
     ("ﾃﾞﾝｷ", "デンキ"), ("strasse", "Straße"), ("soren", "Søren"), ("احمد", "أحمد"), ("김", "김")],
)  # fmt: skip
def test_accents_case_and_width_do_not_matter(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


def test_a_voiced_kana_is_another_letter() -> None:
    assert fold("カキ") != fold("ガギ")


@given(st.text(max_size=40))
def test_what_was_folded_stays_as_it_is(text: str) -> None:
    once = fold(text)

    assert fold(once) == fold(fold(once))


TEXTS = (
    Text(ID, "company", "Kobe Seiki · 神戸精機株式会社"),
    Text(ID, "person", "Michiko Ōnishi · 大西 美智子", OTHER),
    Text(OTHER, "company", "Osaka Lens"),
    Text(OTHER, "promise", "Send lenses to Kobe.", LENA),
)


def test_every_word_must_be_somewhere_in_the_file() -> None:
    (found,) = find("onishi kobe", TEXTS)

    assert found.partner_id == ID
    assert [place.where for place in found.places] == ["company", "person"]
    assert find("onishi osaka", TEXTS) == ()


def test_a_name_is_found_in_its_own_script() -> None:
    (found,) = find("神戸", TEXTS)

    assert found.places == (TEXTS[0],)


def test_the_place_that_holds_most_words_stands_first() -> None:
    found = find("kobe send", TEXTS)

    assert [(each.partner_id, each.places[0].where) for each in found] == [(OTHER, "promise")]


@pytest.mark.parametrize("query", ["", "   ", "\u3000"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert find(query, TEXTS) == ()


def test_the_sentences_say_what_is_missing_and_what_to_do() -> None:
    empty = PartnerFile(
        Company("JP", "ja", id=ID, name="Kobe Seiki", version=1), research=with_checklist(ID, CHECKLIST, ())
    )

    gaps = gaps_of_partner(empty, TODAY)

    assert [gap.key for gap in gaps] == [
        "partner:people", "partner:state-owned", "partner:research", "partner:questions",
    ]  # fmt: skip
    assert all(gap.what.endswith(".") and gap.action.endswith(".") for gap in gaps)
    assert all(0 < gap.effect < 1 for gap in gaps)


def test_who_may_read_no_names_of_the_partners_people_reads_none() -> None:
    (gap,) = gaps_of_partner(replace(WHOLE, people=(person(address_as=""),)), TODAY)

    assert "Kazuo Tanabe" in gap.action
    assert "Tanabe" not in gap.what + gap.action_for_all
