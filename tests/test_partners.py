"""Use cases of partner files: nothing that two people write is lost, and people are kept no longer than they may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make, Somebody, make_draft, make_person
from tests.templates import CHECKLIST
from trainer import engagements, partners, reporting
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.domain.partners import (
    CompanyDraft,
    ConsentBasis,
    LanguageDraft,
    NewsDraft,
    PersonDraft,
    PromiseDraft,
    PromiseState,
    QuestionDraft,
    ResearchDraft,
    gaps_of_partner,
    item_id,
)
from trainer.links import Purpose, links_of, open_link
from trainer.models import (
    CharterAgreement,
    CharterComment,
    Engagement,
    HealthAnswer,
    Partner,
    ReportSnapshotRow,
    new_id,
)
from trainer.partners.file_types import media_type_of
from trainer.workspace import change_document

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
PDF = b"%PDF-1.7\n..."


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Supply")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def partner(make: Make, team: UUID) -> UUID:
    return make.partner(team)


def people(session: Session, partner: UUID) -> Sequence[Any]:
    return reporting.people_of(session, partner)


def version_of(session: Session, engagement: UUID) -> object:
    return session.scalars(select(Engagement.updated_at).where(Engagement.id == engagement)).one()


def test_a_file_that_is_made_belongs_to_its_team(session: Session, make: Make, team: UUID) -> None:
    partner = make.partner(team, " Osaka Lens ")

    company = reporting.partner_of(session, partner)

    assert company is not None
    assert (company.name, company.country, company.is_state_owned) == ("Osaka Lens", "JP", None)
    assert reporting.partner_teams(session, partner) == {team: True}


def test_a_name_is_taken_once(session: Session, partner: UUID, team: UUID) -> None:
    with pytest.raises(partners.PartnerError, match="of this name already"):
        partners.make_partner(session, "kobe seiki", "JP", "ja", team, at=NOW)


def test_planning_an_engagement_opens_the_file_to_that_team_until_it_is_cancelled(
    session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    other = make.team("Sales")
    engagement = make.engagement(other)

    assert make.partner_of(engagement) == partner
    assert reporting.partner_teams(session, partner) == {team: True, other: False}
    assert [each.id for each in reporting.list_partners(session, [other], at=NOW)] == [partner]

    engagements.cancel_engagement(session, engagement, at=LATER)

    assert reporting.partner_teams(session, partner) == {team: True}
    assert reporting.list_partners(session, [other], at=NOW) == ()
    assert reporting.search_partners(session, [other], "Kobe") == ()


def test_the_team_that_plans_the_first_engagement_looks_after_the_partner(
    session: Session, make: Make, team: UUID
) -> None:
    engagement = make.engagement(team)
    partner = make.partner_of(engagement)

    engagements.cancel_engagement(session, engagement, at=LATER)

    assert reporting.partner_teams(session, partner) == {team: True}


def test_a_team_that_looks_after_a_partner_lets_another_one_in(
    session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    other = make.team("Sales")
    partners.let_team_in(session, partner, other, at=NOW)
    partners.let_team_in(session, partner, other, at=NOW)

    assert reporting.partner_teams(session, partner) == {team: True, other: True}

    partners.take_team_out(session, partner, team, at=NOW)

    assert reporting.partner_teams(session, partner) == {other: True}
    with pytest.raises(partners.PartnerError, match="Let another team in first"):
        partners.take_team_out(session, partner, other, at=NOW)
    with pytest.raises(partners.PartnerError, match="This team is gone"):
        partners.let_team_in(session, partner, new_id(), at=NOW)


def test_a_team_that_does_not_look_after_a_partner_leaves_its_country_and_language(
    session: Session, make: Make, partner: UUID
) -> None:
    draft = make_draft(country="KR", language="ko")
    engagement = engagements.plan_engagement(session, make.team("Sales"), draft, make.template(), at=NOW)
    engagements.change_engagement(session, engagement, draft, at=LATER)

    company = reporting.partner_of(session, partner)

    assert company is not None
    assert (company.country, company.language, company.version) == ("JP", "ja", 1)


def test_another_country_in_the_plan_touches_all_engagements_of_the_partner(
    session: Session, make: Make, partner: UUID, team: UUID
) -> None:
    engagement = make.engagement(make.team("Sales"))
    draft = make_draft(country="KR", language="ko")
    engagements.plan_engagement(session, team, draft, make.template(), at=LATER)

    assert version_of(session, engagement) == LATER


def test_another_country_in_the_plan_is_another_version_of_the_company(
    session: Session, make: Make, partner: UUID, team: UUID
) -> None:
    draft = make_draft(country="KR", language="ko")
    engagements.plan_engagement(session, team, draft, make.template(), at=NOW)

    with pytest.raises(partners.ChangedMeanwhile):
        partners.change_company(session, partner, CompanyDraft("JP", "ja", size="Ten"), seen=1, at=LATER)


def test_what_is_told_of_a_company_is_kept_once_for_each_version(session: Session, partner: UUID) -> None:
    told = CompanyDraft("JP", "ja", native_name="神戸精機", is_state_owned=True)
    partners.change_company(session, partner, told, seen=1, at=NOW)

    company = reporting.partner_of(session, partner)

    assert company is not None
    assert (company.native_name, company.is_state_owned, company.version) == ("神戸精機", True, 2)
    partners.change_company(session, partner, told, seen=1, at=NOW)
    with pytest.raises(partners.ChangedMeanwhile, match="Compare below"):
        partners.change_company(session, partner, replace(told, size="Ten"), seen=1, at=NOW)


def test_a_person_is_kept_as_told(session: Session, partner: UUID) -> None:
    draft = make_person(native_name="田辺 一夫", languages=(("ja", "C2"), ("en", "")), wants_interpreter=True)
    partners.keep_person(session, partner, new_id(), draft, seen=0, at=NOW)

    (kept,) = people(session, partner)

    assert {name: getattr(kept, name) for name in PersonDraft.__dataclass_fields__} == {
        name: getattr(draft, name) for name in PersonDraft.__dataclass_fields__
    }
    assert (kept.version, kept.reference) == (1, f"person:{kept.id}")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": "  "}, "purpose"),
        ({"keep_until": TODAY}, "keep_until"),
        ({"keep_until": TODAY + timedelta(days=1200)}, "keep_until"),
        ({"consent_basis": ConsentBasis.CONSENT}, "consented_on"),
        ({"consented_on": TODAY + timedelta(days=1)}, "consented_on"),
        ({"away_from": TODAY, "away_until": TODAY - timedelta(days=1)}, "away_until"),
    ],
)
def test_purpose_reason_and_last_day_are_required(
    session: Session, partner: UUID, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(partners.PartnerError) as refused:
        partners.keep_person(session, partner, new_id(), make_person(**changes), seen=0, at=NOW)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert people(session, partner) == ()


def test_of_two_who_change_the_same_the_later_is_told(session: Session, make: Make, partner: UUID) -> None:
    person = make.partner_person(partner)
    partners.keep_person(session, partner, person, make_person(role="Buyer"), seen=1, at=NOW)

    with pytest.raises(partners.ChangedMeanwhile, match="Somebody changed this"):
        partners.keep_person(session, partner, person, make_person(role="Seller"), seen=1, at=NOW)

    assert [(each.role, each.version) for each in people(session, partner)] == [("Buyer", 2)]


def test_what_is_sent_twice_is_kept_once(session: Session, partner: UUID) -> None:
    entry, draft = new_id(), NewsDraft(TODAY, "A new hall", "Their page")
    partners.keep_entry(session, partner, entry, draft, seen=0, at=NOW)
    partners.keep_entry(session, partner, entry, draft, seen=0, at=NOW)

    assert [(each.words, each.version) for each in reporting.news_of(session, partner)] == [("A new hall", 1)]


def test_what_was_taken_away_meanwhile_can_be_added_anew(session: Session, partner: UUID) -> None:
    entry, draft = new_id(), LanguageDraft("ca", "Letters", "es", "By choice")
    partners.keep_entry(session, partner, entry, draft, seen=0, at=NOW)
    partners.remove_entry(session, partner, LanguageDraft, entry, at=NOW)

    with pytest.raises(partners.ChangedMeanwhile, match="took this away"):
        partners.keep_entry(session, partner, entry, replace(draft, reason="More"), seen=1, at=NOW)
    partners.keep_entry(session, partner, entry, draft, seen=0, at=NOW)

    assert [each.not_instead for each in reporting.languages_of(session, partner)] == ["es"]


def test_an_entry_of_another_partner_is_left_alone(session: Session, make: Make, team: UUID, partner: UUID) -> None:
    person = make.partner_person(partner)
    other = make.partner(team, "Osaka Lens")

    with pytest.raises(partners.PartnerError, match="another partner"):
        partners.keep_person(session, other, person, make_person("Mallory"), seen=1, at=NOW)
    with pytest.raises(partners.PartnerError, match="no longer kept"):
        partners.delete_person(session, other, person, at=NOW)

    assert [each.name for each in people(session, partner)] == ["Kazuo Tanabe"]


def test_every_change_touches_all_engagements_of_the_partner(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    engagement = make.engagement(team)
    person = make.partner_person(partner)
    promise = make.promise(partner, lena)
    told = QuestionDraft("Who decides?")
    changes = (
        lambda at: partners.change_company(session, partner, CompanyDraft("JP", "ja", size="9"), seen=1, at=at),
        lambda at: partners.keep_person(session, partner, person, make_person(role="Buyer"), seen=1, at=at),
        lambda at: partners.keep_question(session, partner, new_id(), told, seen=0, by=lena.id, at=at),
        lambda at: partners.close_promise(session, partner, promise, PromiseState.KEPT, seen=1, at=at),
        lambda at: partners.remove_promise(session, partner, promise, at=at),
        lambda at: partners.keep_attachment(session, partner, new_id(), "a.pdf", PDF, by=lena.id, at=at),
        lambda at: partners.delete_person(session, partner, person, at=at),
    )

    for number, change in enumerate(changes, start=1):
        at = NOW + timedelta(minutes=number)
        change(at)  # type: ignore[no-untyped-call]
        assert version_of(session, engagement) == at


def test_a_promise_is_kept_with_who_answers_for_it(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    engagement, person = make.engagement(team), make.partner_person(partner)
    make.promise(partner, lena, engagement=engagement, due_on=TODAY, person_id=person)
    make.promise(partner, lena, "Drawings", party=Party.THEIRS, person_id=person)

    ours, theirs = reporting.promises_of(session, partner_id=partner)

    assert (ours.owner, ours.person_id, ours.engagement, ours.state) == (
        "Lena", None, "Monthly service call", PromiseState.OPEN,
    )  # fmt: skip
    assert (theirs.owner, theirs.owner_id, theirs.engagement) == ("Kazuo Tanabe", None, None)
    assert reporting.promises_of(session, engagement_id=engagement) == (ours,)


def test_a_promise_names_people_and_meetings_of_its_own_partner_only(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    engagement, person = make.engagement(team), make.partner_person(partner)
    other = make.partner(team, "Osaka Lens")

    with pytest.raises(partners.PartnerError, match="with another partner"):
        make.promise(other, lena, engagement=engagement)
    with pytest.raises(partners.PartnerError, match="no longer in the partner file"):
        make.promise(other, lena, party=Party.THEIRS, person_id=person)
    with pytest.raises(partners.PartnerError, match="Write what is promised"):
        make.promise(partner, lena, "  ")


def test_a_promise_ends_once_for_each_version_and_can_be_opened_again(
    session: Session, make: Make, lena: Somebody, partner: UUID
) -> None:
    promise = make.promise(partner, lena)
    partners.close_promise(session, partner, promise, PromiseState.BROKEN, " Too late ", seen=1, at=NOW)

    (ended,) = reporting.promises_of(session, partner_id=partner)
    with pytest.raises(partners.ChangedMeanwhile):
        partners.close_promise(session, partner, promise, PromiseState.KEPT, seen=1, at=NOW)
    partners.close_promise(session, partner, promise, PromiseState.OPEN, seen=2, at=NOW)
    (opened,) = reporting.promises_of(session, partner_id=partner)

    assert (ended.state, ended.closed_on, ended.closing_note) == (PromiseState.BROKEN, TODAY, "Too late")
    assert (opened.state, opened.closed_on) == (PromiseState.OPEN, None)
    with pytest.raises(partners.PartnerError, match="is gone"):
        partners.close_promise(session, partner, new_id(), PromiseState.KEPT, seen=1, at=NOW)


def test_changing_the_words_of_a_promise_leaves_how_it_ended(
    session: Session, make: Make, lena: Somebody, partner: UUID
) -> None:
    promise = make.promise(partner, lena)
    partners.close_promise(session, partner, promise, PromiseState.KEPT, seen=1, at=NOW)
    draft = PromiseDraft(Party.OURS, "Send all drawings.", lena.id)

    partners.keep_promise(session, partner, None, draft, promise_id=promise, seen=2, by=lena.id, at=LATER)

    (kept,) = reporting.promises_of(session, partner_id=partner)
    assert (kept.words, kept.state) == ("Send all drawings.", PromiseState.KEPT)


def test_a_question_is_answered_on_the_day_of_its_first_answer(session: Session, lena: Somebody, partner: UUID) -> None:
    question, later = new_id(), NOW + timedelta(days=3)
    asked = QuestionDraft("Who decides?")
    partners.keep_question(session, partner, question, asked, seen=0, by=lena.id, at=NOW)
    partners.keep_question(session, partner, question, replace(asked, answer="He"), seen=1, by=lena.id, at=NOW)
    partners.keep_question(session, partner, question, replace(asked, answer="She"), seen=2, by=lena.id, at=later)

    (kept,) = reporting.questions_of(session, partner)

    assert (kept.answer, kept.answered_on, kept.asked_by) == ("She", TODAY, "Lena")


def test_research_stands_on_the_list_before_anybody_touches_it(session: Session, lena: Somebody, partner: UUID) -> None:
    group = item_id(partner, "group")
    draft = ResearchDraft("Owners and group", lena.id, TODAY, TODAY, "Family-held")
    partners.keep_entry(session, partner, group, draft, seen=0, at=NOW)
    partners.keep_entry(session, partner, new_id(), ResearchDraft("Who brings samples?"), seen=0, at=NOW)

    items = {item.words: item for item in reporting.research_of(session, partner, CHECKLIST)}

    assert (items["Owners and group"].owner, items["Owners and group"].is_own) == ("Lena", False)
    assert items["Who brings samples?"].is_own
    assert items["Certificates"].version == 0
    partners.remove_entry(session, partner, ResearchDraft, group, at=NOW)
    assert items["Certificates"] in reporting.research_of(session, partner, CHECKLIST)


def test_without_a_checklist_what_was_kept_of_it_stands_on(session: Session, lena: Somebody, partner: UUID) -> None:
    partners.keep_entry(session, partner, item_id(partner, "group"), ResearchDraft("Owners"), seen=0, at=NOW)

    (item,) = reporting.research_of(session, partner, {})

    assert (item.words, item.is_own) == ("Owners", True)


def test_the_questions_of_a_lesson_are_added_once_in_its_order(session: Session, lena: Somebody, partner: UUID) -> None:
    own = QuestionDraft("who decides?")
    partners.keep_question(session, partner, new_id(), own, seen=0, by=lena.id, at=NOW)
    lent = ["How firm is a date?", "Who decides?", "What do you see first?"]

    added = [partners.add_questions(session, partner, lent, by=lena.id, at=NOW) for _ in range(2)]

    assert added == [2, 0]
    assert [(each.words, each.asked_by, each.version) for each in reporting.questions_of(session, partner)] == [
        ("who decides?", "Lena", 1),
        ("How firm is a date?", "Lena", 1),
        ("What do you see first?", "Lena", 1),
    ]


def test_a_deleted_person_leaves_words_without_their_name(
    session: Session, make: Make, lena: Somebody, partner: UUID
) -> None:
    person = make.partner_person(
        partner,
        native_name="田辺 一夫",
        address_as="Tanabe-san",
        email="kazuo.tanabe@kobe.example",
        phone="+81 78-555-0142",
    )
    other = make.partner_person(partner, "Michiko Ōnishi", notes="Reports to Kazuo Tanabe.")
    words = "田辺一夫様 and KAZUO  Tanabe (Tanabe Kazuo) get drawings, Tanabe Machines too."
    make.promise(partner, lena, words, party=Party.THEIRS, person_id=person)
    told = QuestionDraft("Does Kazuo Tanabe decide?", "Ask Tanabe-san: Kazuo.Tanabe@kobe.example, +81 78 5550 142.")
    partners.keep_question(session, partner, new_id(), told, seen=0, by=lena.id, at=NOW)
    company = CompanyDraft("JP", "ja", people_differ="Mr Kazuo Tanabe calls.")
    partners.change_company(session, partner, company, seen=1, at=NOW)

    partners.delete_person(session, partner, person, at=LATER)

    (promise,) = reporting.promises_of(session, partner_id=partner)
    (question,) = reporting.questions_of(session, partner)
    assert [(each.id, each.notes) for each in people(session, partner)] == [(other, "Reports to (deleted).")]
    assert (promise.person_id, promise.owner) == (None, None)
    assert promise.words == "(deleted)様 and (deleted) ((deleted)) get drawings, Tanabe Machines too."
    assert (question.words, question.answer) == (
        "Does (deleted) decide?",
        "Ask (deleted): (deleted), (deleted).",
    )
    assert session.scalars(select(Partner.people_differ)).all() == ["Mr (deleted) calls."]


def test_a_short_name_is_not_cut_out_of_other_words(
    session: Session, make: Make, lena: Somebody, partner: UUID
) -> None:
    person = make.partner_person(partner, "Li An")
    make.promise(partner, lena, "List an address for Li An.")

    partners.delete_person(session, partner, person, at=LATER)

    (promise,) = reporting.promises_of(session, partner_id=partner)
    assert promise.words == "List an address for (deleted)."


def test_an_address_that_is_no_name_stays(session: Session, make: Make, lena: Somebody, partner: UUID) -> None:
    person = make.partner_person(partner, "Anna Price", address_as="Madam")
    make.promise(partner, lena, "Dear Madam, the price list for Anna: PRICE, Anna of ANNA PRICE.")

    partners.delete_person(session, partner, person, at=LATER)

    (promise,) = reporting.promises_of(session, partner_id=partner)
    assert promise.words == "Dear Madam, the price list for Anna: PRICE, Anna of (deleted)."


def test_what_is_left_without_a_name_fits_its_column(session: Session, make: Make, partner: UUID) -> None:
    person = make.partner_person(partner, "Aino")
    long = ("Aino " * 32).strip()
    partners.keep_entry(session, partner, new_id(), NewsDraft(TODAY, "New", long), seen=0, at=NOW)

    partners.delete_person(session, partner, person, at=LATER)

    (news,) = reporting.news_of(session, partner)
    assert len(news.source) == 160
    assert "Aino" not in news.source


@dataclass(frozen=True)
class Meeting:
    """What is kept of a meeting in which somebody of the partner took part."""

    engagement: UUID
    token: str


def meeting_with(session: Session, make: Make, team: UUID, lena: Somebody, person: UUID) -> Meeting:
    engagement = make.engagement(team)
    reference = f"person:{person}"
    charter = {"way": {"channels": ["mail"]}}
    change_document(session, engagement, DocumentKind.CHARTER, lambda _: charter, seen=0, by=lena.id, at=NOW)
    token = engagements.ask_partner(session, engagement, 1, "Mr Tanabe", reference, by=lena.id, at=NOW)
    link = open_link(session, token, Purpose.CHARTER, at=NOW)
    assert link is not None
    engagements.agree_by_link(session, link, "K. Tanabe", at=NOW)
    engagements.comment_by_link(session, link, "Tanabe K.", "Ask me, Kazuo Tanabe, first.", at=NOW)
    health = engagements.invite_to_health_check(session, engagement, TODAY, "Tanabe", reference, by=lena.id, at=NOW)
    asked = open_link(session, health, Purpose.HEALTH_CHECK, at=NOW)
    assert asked is not None
    engagements.answer_health_check(
        session, engagement, TODAY, Party.THEIRS, asked.id, "Tanabe", {}, "Kazuo Tanabe is glad.", at=NOW
    )
    engagements.answer_health_check(
        session, engagement, TODAY, Party.OURS, lena.id, "Lena", {}, "Kazuo Tanabe is late.", at=NOW
    )
    gaps = [["partner:away", "risk", "Kazuo Tanabe is away."]]
    session.execute(
        insert(ReportSnapshotRow).values(
            engagement_id=engagement, taken_at=NOW, digest="", state="ready", ready_seats=0, seats=0, gaps=gaps
        )
    )
    session.commit()
    return Meeting(engagement, token)


def kept_of(session: Session, *columns: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(select(*columns))]


def test_a_deleted_person_leaves_what_is_kept_of_meetings_and_their_links_are_over(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    person = make.partner_person(partner)
    meeting = meeting_with(session, make, team, lena, person)

    partners.delete_person(session, partner, person, at=LATER)

    assert open_link(session, meeting.token, Purpose.CHARTER, at=LATER) is None
    links = links_of(session, meeting.engagement)
    assert {(each.label, each.details["person"], each.revoked_at) for each in links} == {("(deleted)", "", LATER)}
    assert kept_of(session, CharterAgreement.name, CharterAgreement.version) == [("(deleted)", 1)]
    assert kept_of(session, CharterComment.name, CharterComment.words) == [("(deleted)", "Ask me, (deleted), first.")]
    assert sorted(kept_of(session, HealthAnswer.name, HealthAnswer.note)) == [
        ("(deleted)", "(deleted) is glad."),
        ("Lena", "(deleted) is late."),
    ]
    assert kept_of(session, ReportSnapshotRow.gaps) == [([["partner:away", "risk", "(deleted) is away."]],)]


def test_the_export_of_a_person_tells_all_places_from_which_deleting_takes_the_name(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    person_id = make.partner_person(partner)
    meeting_with(session, make, team, lena, person_id)
    person = reporting.person_of(session, partner, person_id)
    assert person is not None

    own = reporting.told_of(session, partner, person, {team}, by_admin=False)
    others = reporting.told_of(session, partner, person, set(), by_admin=False)
    admins = reporting.told_of(session, partner, person, set(), by_admin=True)

    said = {(each.where, each.is_own, each.fields.get("name"), each.fields.get("words")) for each in own}
    assert ("charter_agreement", True, "K. Tanabe", None) in said
    assert ("charter_comment", True, "Tanabe K.", "Ask me, Kazuo Tanabe, first.") in said
    assert {each.fields["label"] for each in own if each.where == "signed_link"} == {"Mr Tanabe", "Tanabe"}
    assert {each.fields["note"] for each in own if each.where == "health_answer"} == {
        "Kazuo Tanabe is glad.", "Kazuo Tanabe is late.",
    }  # fmt: skip
    assert len(own) == len(others) == len(admins) == 7
    assert all(value is None for each in others for value in each.fields.values())
    assert {each.fields["note"] for each in admins if each.where == "health_answer" and not each.is_own} == {
        "Kazuo Tanabe is late."
    }
    assert not any("marks" in each.fields for each in admins)


def test_people_are_outdated_the_day_after_their_last(session: Session, make: Make, partner: UUID) -> None:
    old = make.partner_person(partner, "Old", keep_until=TODAY + timedelta(days=1))
    make.partner_person(partner, "New", keep_until=TODAY + timedelta(days=2))

    assert partners.outdated_people(session, at=NOW + timedelta(days=1)) == ()
    assert partners.outdated_people(session, at=NOW + timedelta(days=2)) == ((partner, old),)


def test_all_that_is_kept_of_a_person_is_exported(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    engagement, person_id = make.engagement(team), make.partner_person(partner, languages=(("ja", "C2"),))
    make.promise(partner, lena, "Drawings", party=Party.THEIRS, person_id=person_id, due_on=TODAY)
    contact = {"id": "c1", "who": f"person:{person_id}", "side": "theirs"}
    charter = {"contacts": [contact, {"id": "c2", "who": "user:1"}], "way": {"channels": ["mail"]}}
    change_document(session, engagement, DocumentKind.CHARTER, lambda _: charter, seen=0, by=lena.id, at=NOW)
    person = reporting.person_of(session, partner, person_id)
    assert person is not None

    mentions = reporting.mentions_of(session, partner, person, {team})
    promises = reporting.promises_by(session, partner, person_id)
    told = reporting.told_of(session, partner, person, {team}, by_admin=False)
    record = reporting.record_of(person, "Kobe Seiki", promises, mentions, told)

    assert record["person"]["languages"] == [["ja", "C2"]]
    assert record["person"]["keep_until"] == person.keep_until.isoformat()
    assert [each["words"] for each in record["promises"]] == ["Drawings"]
    assert record["mentions"] == [
        {"engagement": "Monthly service call", "document": "charter", "section": "contacts", "entry": contact}
    ]
    assert record["elsewhere"] == []


def test_of_another_teams_documents_only_that_they_refer_to_somebody_is_told(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    other = make.team("Sales")
    engagement, person_id = make.engagement(other), make.partner_person(partner)
    reference = f"person:{person_id}"
    point = {"id": "p1", "owner": reference, "with": [reference, "user:1"], "goal": "Our lowest price is 40"}
    document = {"points": [point]}
    change_document(session, engagement, DocumentKind.MEETING, lambda _: document, seen=0, by=lena.id, at=NOW)
    person = reporting.person_of(session, partner, person_id)
    assert person is not None

    (seen,) = reporting.mentions_of(session, partner, person, {team})
    (own,) = reporting.mentions_of(session, partner, person, {other})

    assert (seen.section, seen.entry) == ("points", {"owner": reference, "with": [reference]})
    assert own.entry == point


def test_only_what_somebody_may_see_is_listed_and_found(session: Session, make: Make, partner: UUID) -> None:
    make.partner_person(partner, "Michiko Ōnishi")
    other_team = make.team("Sales")
    hidden = make.partner(other_team, "Ōnishi Foods")

    seen = reporting.list_partners(session, [other_team], at=NOW)

    assert [each.id for each in seen] == [hidden]
    assert [hit.partner_id for hit in reporting.search_partners(session, [other_team], "onishi")] == [hidden]
    assert reporting.search_partners(session, [], "onishi") == ()


def test_what_is_found_says_where(session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID) -> None:
    make.partner_person(partner, "Kazuo Tanabe", role="Valves")
    make.promise(partner, lena, "Send valves")
    partners.keep_question(session, partner, new_id(), QuestionDraft("Whose valves?"), seen=0, by=lena.id, at=NOW)
    partners.keep_entry(session, partner, new_id(), NewsDraft(TODAY, "New valves", "Press"), seen=0, at=NOW)
    partners.keep_entry(session, partner, new_id(), LanguageDraft("ca", reason="For valves"), seen=0, at=NOW)
    found = ResearchDraft("Owners", finding="A valve group: Valves AG")
    partners.keep_entry(session, partner, item_id(partner, "group"), found, seen=0, at=NOW)
    partners.keep_attachment(session, partner, new_id(), "valves.pdf", PDF, by=lena.id, at=NOW)
    told = CompanyDraft("JP", "ja", products="Valves", in_common="We collect valves", meal_rules="No valves")
    partners.change_company(session, partner, told, seen=1, at=NOW)

    (hit,) = reporting.search_partners(session, [team], "VALVES")
    (named,) = reporting.search_partners(session, [team], "Catalan", {"ca": "Catalan"})

    assert [place.where for place in hit.places] == [
        "products", "in_common", "rules", "person", "promise", "question", "research", "news", "language", "file",
    ]  # fmt: skip
    assert [place.where for place in named.places] == ["language"]


def test_notes_on_a_person_are_found(session: Session, make: Make, team: UUID, partner: UUID) -> None:
    make.partner_person(partner, notes="Sails on Sundays.")

    (hit,) = reporting.search_partners(session, [team], "sails")

    assert [place.where for place in hit.places] == ["person"]


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("078-000-0142", "JP", "+81 78-000-0142"),
        ("+49 (0)30 1234567", "JP", "+49 30 1234567"),
        ("", "JP", ""),
    ],
)
def test_a_phone_number_is_kept_in_its_international_form(typed: str, country: str, kept: str) -> None:
    assert partners.phone_of(typed, country) == kept


@pytest.mark.parametrize("typed", ["call me", "12", "+1 1234567890123", "+999 123"])
def test_what_cannot_be_a_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(partners.PartnerError) as refused:
        partners.phone_of(typed, "JP")

    assert refused.value.field == "phone"


def office_file(*names: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n..", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("a.csv", "naïve,1\n".encode(), "text/csv"),
        ("a.txt", b"<script>", "text/plain"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(name: str, data: bytes, media_type: str) -> None:
    assert media_type_of(name, data) == media_type


def test_office_files_are_told_apart_and_macros_are_refused() -> None:
    assert "wordprocessing" in str(media_type_of("a.docx", office_file("word/document.xml")))
    assert "spreadsheet" in str(media_type_of("a.xlsx", office_file("xl/workbook.xml")))
    assert "presentation" in str(media_type_of("a.pptx", office_file("ppt/presentation.xml")))
    assert media_type_of("a.docx", office_file("xl/workbook.xml")) is None
    assert media_type_of("a.docx", office_file("word/document.xml", "word/vbaProject.bin")) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"<html>"), ("a.html", b"<html>"), ("a.svg", b"<svg/>"), ("a.png", PDF), ("a.txt", b"a\x00b"),
     ("a.txt", b"\xff\xfe"), ("a.docx", b"PK\x03\x04"), ("pdf", PDF), ("a.exe", b"MZ")],
)  # fmt: skip
def test_other_files_are_refused(session: Session, lena: Somebody, partner: UUID, name: str, data: bytes) -> None:
    with pytest.raises(partners.PartnerError, match="Only PDF"):
        partners.keep_attachment(session, partner, new_id(), name, data, by=lena.id, at=NOW)


def test_a_file_and_all_files_together_have_a_limit(session: Session, lena: Somebody, partner: UUID) -> None:
    def keep(size: int) -> None:
        data = PDF + bytes(size - len(PDF))
        partners.keep_attachment(session, partner, new_id(), "../a\u202e.pdf", data, by=lena.id, at=NOW)

    with pytest.raises(partners.PartnerError, match="larger than 5 MB"):
        keep(partners.MOST_BYTES + 1)
    for _ in range(10):
        keep(partners.MOST_BYTES)
    with pytest.raises(partners.PartnerError, match="holds 50 MB"):
        keep(100)

    kept = reporting.attachments_of(session, partner)
    assert {each.name for each in kept} == {"a.pdf"}
    assert sum(each.size for each in kept) == partners.MOST_BYTES_OF_PARTNER
    partners.remove_attachment(session, partner, kept[0].id, at=NOW)
    assert len(reporting.attachments_of(session, partner)) == 9


def test_engagements_that_were_cancelled_are_told_apart(
    session: Session, make: Make, team: UUID, partner: UUID
) -> None:
    first, second = make.engagement(team), make.engagement(team, in_days=30)
    engagements.cancel_engagement(session, first, at=LATER)

    held = {each.id: each.is_cancelled for each in reporting.engagements_with(session, partner)}

    assert held == {first: True, second: False}


def test_the_gaps_of_many_partners_are_those_of_each(
    session: Session, make: Make, team: UUID, lena: Somebody, partner: UUID
) -> None:
    other = make.partner(team, "Osaka Lens")
    make.partner_person(partner, address_as="")
    make.promise(partner, lena, due_on=TODAY - timedelta(days=1))
    partners.keep_question(session, other, new_id(), QuestionDraft("Who decides?"), seen=0, by=lena.id, at=NOW)

    files = reporting.files_for_gaps(session, [partner, other], CHECKLIST)

    assert files.keys() == {partner, other}
    for partner_id, file in files.items():
        whole = reporting.partner_file(session, partner_id, CHECKLIST)
        assert whole is not None
        assert gaps_of_partner(file, TODAY) == gaps_of_partner(whole, TODAY)
    assert "partner:questions" not in [gap.key for gap in gaps_of_partner(files[other], TODAY)]
