"""What is read of many partners at once, one statement for each kind; of one partner it is the same statement."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, select

from trainer.database import Store
from trainer.domain.parties import Party
from trainer.domain.partners import (
    Checklist,
    Company,
    ConsentBasis,
    NameOrder,
    PartnerFile,
    PartnerPerson,
    Promise,
    PromiseState,
    Question,
    ResearchItem,
    checklist_ids,
    with_checklist,
)
from trainer.models import Engagement, Partner, PartnerQuestion, PromiseRow, ResearchRow, User, table
from trainer.models import PartnerPerson as PersonRow

T = TypeVar("T")
Partners = Collection[UUID]

_partner, _person, _promise, _question = table(Partner), table(PersonRow), table(PromiseRow), table(PartnerQuestion)
_research, _engagement, _user = table(ResearchRow), table(Engagement), table(User)
_COMPANY = [_partner.c[name] for name in Company.__dataclass_fields__]
_PERSON = [_person.c[name] for name in PartnerPerson.__dataclass_fields__]


def files_for_gaps(store: Store, partners: Partners, checklist: Checklist) -> dict[UUID, PartnerFile]:
    """Of each partner what its gaps are told from: the company, people, promises, questions and research."""
    people, promises = people_by_partner(store, partners), promises_by_partner(store, partners)
    questions, research = questions_by_partner(store, partners), research_by_partner(store, partners, checklist)
    return {
        company.id: PartnerFile(
            company,
            people=people.get(company.id, ()),
            promises=promises.get(company.id, ()),
            questions=questions.get(company.id, ()),
            research=with_checklist(company.id, checklist, research.get(company.id, ())),
        )
        for company in companies(store, partners)
    }


def companies(store: Store, partners: Partners) -> tuple[Company, ...]:
    rows = store.execute(select(*_COMPANY).where(_partner.c.id.in_(partners))).mappings()
    return tuple(Company(**row) for row in rows)


def people_by_partner(store: Store, partners: Partners) -> dict[UUID, tuple[PartnerPerson, ...]]:
    """By their names."""
    rows = store.execute(
        select(_person.c.partner_id, *_PERSON).where(_person.c.partner_id.in_(partners)).order_by(_person.c.name)
    )
    return _grouped((row.partner_id, _to_person(row)) for row in rows)


def promises_by_partner(store: Store, partners: Partners) -> dict[UUID, tuple[Promise, ...]]:
    rows = store.execute(_promises().where(_promise.c.partner_id.in_(partners)))
    return _grouped((row.partner_id, _to_promise(row)) for row in rows)


def promises_made_in(store: Store, engagement_id: UUID) -> tuple[Promise, ...]:
    rows = store.execute(_promises().where(_promise.c.engagement_id == engagement_id))
    return tuple(_to_promise(row) for row in rows)


def questions_by_partner(store: Store, partners: Partners) -> dict[UUID, tuple[Question, ...]]:
    """Open ones first."""
    rows = store.execute(
        select(_question, _user.c.name.label("asked_by"))
        .outerjoin(_user, _user.c.id == _question.c.asked_by_id)
        .where(_question.c.partner_id.in_(partners))
        .order_by(_question.c.answered_on.is_not(None), _question.c.id)
    )
    return _grouped((row.partner_id, _to_question(row)) for row in rows)


def research_by_partner(store: Store, partners: Partners, checklist: Checklist) -> dict[UUID, tuple[ResearchItem, ...]]:
    """What somebody has touched of the checklist, and the teams' own items."""
    rows = store.execute(
        select(_research, _user.c.name.label("owner"))
        .outerjoin(_user, _user.c.id == _research.c.owner_id)
        .where(_research.c.partner_id.in_(partners))
        .order_by(_research.c.id)
    )
    standard = {partner_id: checklist_ids(partner_id, checklist) for partner_id in partners}
    return _grouped((row.partner_id, _to_item(row, row.id not in standard[row.partner_id])) for row in rows)


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, tuple[T, ...]]:
    by_partner: dict[UUID, list[T]] = defaultdict(list)
    for partner_id, value in pairs:
        by_partner[partner_id].append(value)
    return {partner_id: tuple(values) for partner_id, values in by_partner.items()}


def _promises() -> Select[Any]:
    """What is due first stands first."""
    return (
        select(
            _promise,
            _engagement.c.title.label("engagement"),
            _user.c.name.label("user_name"),
            _person.c.name.label("person_name"),
        )
        .outerjoin(_engagement, _engagement.c.id == _promise.c.engagement_id)
        .outerjoin(_user, _user.c.id == _promise.c.owner_id)
        .outerjoin(_person, _person.c.id == _promise.c.person_id)
        .order_by(_promise.c.due_on.is_(None), _promise.c.due_on, _promise.c.id)
    )


def _to_promise(row: Row[Any]) -> Promise:
    return Promise(
        id=row.id,
        version=row.version,
        engagement_id=row.engagement_id,
        engagement=row.engagement,
        party=Party(row.party),
        words=row.words,
        owner_id=row.owner_id,
        person_id=row.person_id,
        owner=row.user_name or row.person_name,
        due_on=row.due_on,
        state=PromiseState(row.state),
        closed_on=row.closed_on,
        closing_note=row.closing_note,
        made_on=row.created_at.date(),
    )


def _to_question(row: Row[Any]) -> Question:
    return Question(
        id=row.id,
        version=row.version,
        words=row.words,
        answer=row.answer,
        asked_by=row.asked_by,
        asked_on=row.created_at.date(),
        answered_on=row.answered_on,
    )


def _to_item(row: Row[Any], is_own: bool) -> ResearchItem:
    return ResearchItem(
        id=row.id,
        version=row.version,
        words=row.words,
        owner_id=row.owner_id,
        owner=row.owner,
        due_on=row.due_on,
        done_on=row.done_on,
        finding=row.finding,
        is_own=is_own,
    )


def _to_person(row: Row[Any]) -> PartnerPerson:
    own = {name: row._mapping[name] for name in PartnerPerson.__dataclass_fields__}
    return PartnerPerson(
        **{
            **own,
            "languages": tuple((str(tag), str(level)) for tag, level in row.languages),
            "name_order": NameOrder(row.name_order),
            "consent_basis": ConsentBasis(row.consent_basis),
        }
    )
