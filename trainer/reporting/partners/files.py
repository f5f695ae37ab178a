"""What a partner file holds: each part by one statement, however much there is of it."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, select, union

from trainer.database import Store
from trainer.domain.parties import Party
from trainer.domain.partners import (
    Attachment,
    Company,
    ConsentBasis,
    NameOrder,
    News,
    PartnerFile,
    PartnerLanguage,
    PartnerPerson,
    Promise,
    PromiseState,
    Question,
    ResearchItem,
    SharedEngagement,
    checklist_ids,
    with_checklist,
)
from trainer.models import (
    Engagement,
    Membership,
    Partner,
    PartnerAttachment,
    PartnerNews,
    PartnerQuestion,
    PartnerTeam,
    PromiseRow,
    ResearchRow,
    Team,
    User,
    table,
)
from trainer.models import PartnerLanguage as LanguageRow
from trainer.models import PartnerPerson as PersonRow

T = TypeVar("T")
_partner, _person, _language, _news = table(Partner), table(PersonRow), table(LanguageRow), table(PartnerNews)
_promise, _question, _research = table(PromiseRow), table(PartnerQuestion), table(ResearchRow)
_attachment, _engagement, _team = table(PartnerAttachment), table(Engagement), table(Team)
_user, _partner_team, _membership = table(User), table(PartnerTeam), table(Membership)

_COMPANY = [_partner.c[name] for name in Company.__dataclass_fields__]
_PERSON = [_person.c[name] for name in PartnerPerson.__dataclass_fields__]
_LANGUAGE = [_language.c[name] for name in PartnerLanguage.__dataclass_fields__]
_NEWS = [_news.c[name] for name in News.__dataclass_fields__]


def partner_teams(store: Store, partner_id: UUID) -> frozenset[UUID]:
    """The teams that look after a partner, or that have or had an engagement with it."""
    looking_after = select(_partner_team.c.team_id).where(_partner_team.c.partner_id == partner_id)
    meeting = select(_engagement.c.team_id).where(_engagement.c.partner_id == partner_id)
    return frozenset(row[0] for row in store.execute(union(looking_after, meeting)))


def members_for(store: Store, teams: Collection[UUID]) -> dict[UUID, str]:
    """Names of the people who are in some teams, by their names: who can answer for something."""
    rows = store.execute(
        select(_user.c.id, _user.c.name)
        .join(_membership, _membership.c.user_id == _user.c.id)
        .where(_membership.c.team_id.in_(teams), _user.c.disabled_at.is_(None))
        .distinct()
        .order_by(_user.c.name)
    )
    return {row.id: row.name for row in rows}


def partner_of(store: Store, partner_id: UUID) -> Company | None:
    row = store.execute(select(*_COMPANY).where(_partner.c.id == partner_id)).mappings().first()
    return None if row is None else Company(**row)


def people_of(store: Store, partner_id: UUID) -> tuple[PartnerPerson, ...]:
    return _people(store, [partner_id]).get(partner_id, ())


def person_of(store: Store, partner_id: UUID, person_id: UUID) -> PartnerPerson | None:
    row = store.execute(select(*_PERSON).where(_person.c.id == person_id, _person.c.partner_id == partner_id)).first()
    return None if row is None else _to_person(row)


def languages_of(store: Store, partner_id: UUID) -> tuple[PartnerLanguage, ...]:
    of_partner = select(*_LANGUAGE).where(_language.c.partner_id == partner_id).order_by(_language.c.language)
    return tuple(PartnerLanguage(**row) for row in store.execute(of_partner).mappings())


def news_of(store: Store, partner_id: UUID) -> tuple[News, ...]:
    """The newest first."""
    of_partner = select(*_NEWS).where(_news.c.partner_id == partner_id)
    rows = store.execute(of_partner.order_by(_news.c.told_on.desc(), _news.c.id)).mappings()
    return tuple(News(**row) for row in rows)


def promises_of(
    store: Store, *, partner_id: UUID | None = None, engagement_id: UUID | None = None
) -> tuple[Promise, ...]:
    """Those of a partner, or those made in one engagement: what is due first stands first."""
    statement = _promises()
    if partner_id is not None:
        statement = statement.where(_promise.c.partner_id == partner_id)
    if engagement_id is not None:
        statement = statement.where(_promise.c.engagement_id == engagement_id)
    statement = statement.order_by(_promise.c.due_on.is_(None), _promise.c.due_on, _promise.c.id)
    return tuple(_to_promise(row) for row in store.execute(statement))


def questions_of(store: Store, partner_id: UUID) -> tuple[Question, ...]:
    """Open ones first."""
    return _questions(store, [partner_id]).get(partner_id, ())


def research_of(store: Store, partner_id: UUID) -> tuple[ResearchItem, ...]:
    """The whole checklist, also what nobody has touched, then the team's own items."""
    return _research_items(store, [partner_id])[partner_id]


def attachments_of(store: Store, partner_id: UUID) -> tuple[Attachment, ...]:
    """The newest first, without their content."""
    rows = store.execute(
        select(
            _attachment.c.id,
            _attachment.c.name,
            _attachment.c.media_type,
            _attachment.c.size,
            _user.c.name.label("added_by"),
            _attachment.c.added_at,
        )
        .outerjoin(_user, _user.c.id == _attachment.c.added_by_id)
        .where(_attachment.c.partner_id == partner_id)
        .order_by(_attachment.c.added_at.desc(), _attachment.c.id)
    )
    return tuple(Attachment(*row) for row in rows)


def attachment_data(store: Store, partner_id: UUID, attachment_id: UUID) -> tuple[str, str, bytes] | None:
    """Name, media type and content of a file."""
    row = store.execute(
        select(_attachment.c.name, _attachment.c.media_type, _attachment.c.data).where(
            _attachment.c.id == attachment_id, _attachment.c.partner_id == partner_id
        )
    ).first()
    return None if row is None else (row.name, row.media_type, row.data)


def engagements_with(store: Store, partner_id: UUID) -> tuple[SharedEngagement, ...]:
    """All of a partner, also those that were cancelled, the newest first."""
    rows = store.execute(
        select(
            _engagement.c.id,
            _engagement.c.team_id,
            _team.c.name.label("team"),
            _engagement.c.title,
            _engagement.c.starts_local,
            _engagement.c.starts_at,
            _engagement.c.cancelled_at.is_not(None).label("is_cancelled"),
        )
        .join(_team, _team.c.id == _engagement.c.team_id)
        .where(_engagement.c.partner_id == partner_id)
        .order_by(_engagement.c.starts_at.desc(), _engagement.c.id)
    )
    return tuple(SharedEngagement(**row) for row in rows.mappings())


def partner_file(store: Store, partner_id: UUID) -> PartnerFile | None:
    """All of it: a statement for each part."""
    company = partner_of(store, partner_id)
    if company is None:
        return None
    return PartnerFile(
        company,
        people=people_of(store, partner_id),
        languages=languages_of(store, partner_id),
        news=news_of(store, partner_id),
        promises=promises_of(store, partner_id=partner_id),
        questions=questions_of(store, partner_id),
        research=research_of(store, partner_id),
        attachments=attachments_of(store, partner_id),
        engagements=engagements_with(store, partner_id),
    )


def files_for_gaps(store: Store, partners: Collection[UUID]) -> dict[UUID, PartnerFile]:
    """The parts of some partner files in which something can be missing: five statements for any number of them."""
    companies = store.execute(select(*_COMPANY).where(_partner.c.id.in_(partners))).mappings().all()
    people, questions, research = (
        _people(store, partners),
        _questions(store, partners),
        _research_items(store, partners),
    )
    made = store.execute(_promises().where(_promise.c.partner_id.in_(partners)))
    promises = _by_partner((row.partner_id, _to_promise(row)) for row in made)
    return {
        row["id"]: PartnerFile(
            Company(**row),
            people=people.get(row["id"], ()),
            promises=promises.get(row["id"], ()),
            questions=questions.get(row["id"], ()),
            research=research[row["id"]],
        )
        for row in companies
    }


def _people(store: Store, partners: Collection[UUID]) -> dict[UUID, tuple[PartnerPerson, ...]]:
    rows = store.execute(
        select(_person.c.partner_id.label("of"), *_PERSON)
        .where(_person.c.partner_id.in_(partners))
        .order_by(_person.c.name)
    )
    return _by_partner((row.of, _to_person(row)) for row in rows)


def _questions(store: Store, partners: Collection[UUID]) -> dict[UUID, tuple[Question, ...]]:
    rows = store.execute(
        select(
            _question.c.partner_id,
            _question.c.id,
            _question.c.version,
            _question.c.words,
            _question.c.answer,
            _user.c.name.label("asked_by"),
            _question.c.created_at,
            _question.c.answered_on,
        )
        .outerjoin(_user, _user.c.id == _question.c.asked_by_id)
        .where(_question.c.partner_id.in_(partners))
        .order_by(_question.c.answered_on.is_not(None), _question.c.id)
    )
    return _by_partner(
        (
            row.partner_id,
            Question(
                id=row.id,
                version=row.version,
                words=row.words,
                answer=row.answer,
                asked_by=row.asked_by,
                asked_on=row.created_at.date(),
                answered_on=row.answered_on,
            ),
        )
        for row in rows
    )


def _research_items(store: Store, partners: Collection[UUID]) -> dict[UUID, tuple[ResearchItem, ...]]:
    rows = store.execute(
        select(_research, _user.c.name.label("owner"))
        .outerjoin(_user, _user.c.id == _research.c.owner_id)
        .where(_research.c.partner_id.in_(partners))
        .order_by(_research.c.id)
    )
    standard = {partner_id: checklist_ids(partner_id) for partner_id in partners}
    kept = _by_partner(
        (
            row.partner_id,
            ResearchItem(
                id=row.id,
                version=row.version,
                words=row.words,
                owner_id=row.owner_id,
                owner=row.owner,
                due_on=row.due_on,
                done_on=row.done_on,
                finding=row.finding,
                is_own=row.id not in standard[row.partner_id],
            ),
        )
        for row in rows
    )
    return {partner_id: with_checklist(partner_id, kept.get(partner_id, ())) for partner_id in partners}


def _promises() -> Select[Any]:
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
    )


def _by_partner(rows: Iterable[tuple[UUID, T]]) -> dict[UUID, tuple[T, ...]]:
    found: dict[UUID, list[T]] = {}
    for partner_id, value in rows:
        found.setdefault(partner_id, []).append(value)
    return {partner_id: tuple(values) for partner_id, values in found.items()}


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


def _to_person(row: Row[Any]) -> PartnerPerson:
    return PartnerPerson(
        **{
            **{name: value for name, value in row._mapping.items() if name in PartnerPerson.__dataclass_fields__},
            "languages": tuple((str(tag), str(level)) for tag, level in row.languages),
            "name_order": NameOrder(row.name_order),
            "consent_basis": ConsentBasis(row.consent_basis),
        }
    )
