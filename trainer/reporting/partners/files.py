"""What a partner file holds: each part by one statement, however much there is of it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import false, select, true, union

from trainer.database import Store
from trainer.domain.partners import (
    Attachment,
    Checklist,
    Company,
    News,
    PartnerFile,
    PartnerLanguage,
    PartnerPerson,
    Promise,
    Question,
    ResearchItem,
    SharedEngagement,
    with_checklist,
)
from trainer.models import (
    Engagement,
    Membership,
    PartnerAttachment,
    PartnerNews,
    PartnerTeam,
    Team,
    User,
    table,
)
from trainer.models import PartnerLanguage as LanguageRow
from trainer.reporting.partners.many import (
    companies,
    people_by_partner,
    promises_by_partner,
    promises_made_in,
    questions_by_partner,
    research_by_partner,
)

_language, _news = table(LanguageRow), table(PartnerNews)
_attachment, _engagement, _team = table(PartnerAttachment), table(Engagement), table(Team)
_user, _partner_team, _membership = table(User), table(PartnerTeam), table(Membership)

_LANGUAGE = [_language.c[name] for name in PartnerLanguage.__dataclass_fields__]
_NEWS = [_news.c[name] for name in News.__dataclass_fields__]


def partner_teams(store: Store, partner_id: UUID) -> dict[UUID, bool]:
    """The teams that a file is open to, and whether they look after the partner.

    The others have or had an engagement with it that was not cancelled: what was planned and taken back opens nothing.
    """
    keeping = select(_partner_team.c.team_id, true().label("is_keeper")).where(_partner_team.c.partner_id == partner_id)
    meeting = select(_engagement.c.team_id, false().label("is_keeper")).where(
        _engagement.c.partner_id == partner_id, _engagement.c.cancelled_at.is_(None)
    )
    rows = store.execute(union(keeping, meeting)).all()
    keepers = {row.team_id for row in rows if row.is_keeper}
    return {row.team_id: row.team_id in keepers for row in rows}


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
    return next(iter(companies(store, [partner_id])), None)


def people_of(store: Store, partner_id: UUID) -> tuple[PartnerPerson, ...]:
    return people_by_partner(store, [partner_id]).get(partner_id, ())


def person_of(store: Store, partner_id: UUID, person_id: UUID) -> PartnerPerson | None:
    return next((each for each in people_of(store, partner_id) if each.id == person_id), None)


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
    if partner_id is not None:
        return promises_by_partner(store, [partner_id]).get(partner_id, ())
    return () if engagement_id is None else promises_made_in(store, engagement_id)


def questions_of(store: Store, partner_id: UUID) -> tuple[Question, ...]:
    """Open ones first."""
    return questions_by_partner(store, [partner_id]).get(partner_id, ())


def research_of(store: Store, partner_id: UUID, checklist: Checklist) -> tuple[ResearchItem, ...]:
    """The whole checklist, also what nobody has touched, then the team's own items."""
    kept = research_by_partner(store, [partner_id], checklist).get(partner_id, ())
    return with_checklist(partner_id, checklist, kept)


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


def partner_file(store: Store, partner_id: UUID, checklist: Checklist) -> PartnerFile | None:
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
        research=research_of(store, partner_id, checklist),
        attachments=attachments_of(store, partner_id),
        engagements=engagements_with(store, partner_id),
    )
