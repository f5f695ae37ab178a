"""The partners whose files somebody may see, and what is found in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union_all

from trainer.database import Store
from trainer.domain.partners import Found, PromiseState, Text, find
from trainer.models import (
    Engagement,
    Partner,
    PartnerAttachment,
    PartnerLanguage,
    PartnerNews,
    PartnerPerson,
    PartnerQuestion,
    PartnerTeam,
    PromiseRow,
    ResearchRow,
    table,
)

_partner, _partner_team, _engagement = table(Partner), table(PartnerTeam), table(Engagement)
_person, _news, _promise, _question = (
    table(PartnerPerson),
    table(PartnerNews),
    table(PromiseRow),
    table(PartnerQuestion),
)
_research, _language, _attachment = table(ResearchRow), table(PartnerLanguage), table(PartnerAttachment)
_SEARCHED: tuple[tuple[str, tuple[ColumnElement[str], ...]], ...] = (
    ("company", (_partner.c.name, _partner.c.legal_name, _partner.c.native_name, _partner.c.parent_group)),
    ("products", (_partner.c.products,)),
    ("in_common", (_partner.c.in_common,)),
    ("rules", (_partner.c.gift_rules, _partner.c.meal_rules)),
)
_SEARCHED_ROWS = (
    ("person", _person, ("name", "native_name", "reading", "title", "role", "notes")),
    ("promise", _promise, ("words",)),
    ("question", _question, ("words", "answer")),
    ("research", _research, ("words", "finding")),
    ("news", _news, ("words", "source")),
    ("language", _language, ("language", "not_instead", "used_for", "reason")),
    ("file", _attachment, ("name",)),
)
"""Where it is looked, in the order in which it is shown, and the columns that are read as one text."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PartnerHead:
    """A partner as the list shows it; `next_at` is when the next meeting begins."""

    id: UUID
    name: str
    native_name: str
    country: str
    people: int
    open_promises: int
    next_at: datetime | None


def list_partners(store: Store, teams: Collection[UUID], *, at: datetime) -> tuple[PartnerHead, ...]:
    """The partners of some teams, by their names."""
    people = select(func.count()).where(_person.c.partner_id == _partner.c.id).scalar_subquery()
    promises = (
        select(func.count())
        .where(_promise.c.partner_id == _partner.c.id, _promise.c.state == PromiseState.OPEN)
        .scalar_subquery()
    )
    next_at = (
        select(func.min(_engagement.c.starts_at))
        .where(
            _engagement.c.partner_id == _partner.c.id,
            _engagement.c.cancelled_at.is_(None),
            _engagement.c.starts_at >= at,
            _engagement.c.team_id.in_(teams),
        )
        .scalar_subquery()
    )
    rows = store.execute(
        select(_partner.c.id, _partner.c.name, _partner.c.native_name, _partner.c.country, people, promises, next_at)
        .where(_partner.c.id.in_(_visible(teams)))
        .order_by(func.lower(_partner.c.name))
    )
    return tuple(PartnerHead(*row) for row in rows)


def search_partners(
    store: Store, teams: Collection[UUID], query: str, languages: Mapping[str, str] = NO_NAMES
) -> tuple[Found, ...]:
    """What is found in the files of some teams' partners, one statement for each kind of text.

    `languages` are names by BCP 47 tag, under which languages are found.
    """
    return find(query, _texts(store, teams, languages)) if query.strip() else ()


def _texts(store: Store, teams: Collection[UUID], languages: Mapping[str, str]) -> Iterator[Text]:
    visible = _visible(teams)
    for row in store.execute(
        select(_partner).where(_partner.c.id.in_(visible)).order_by(func.lower(_partner.c.name))
    ).mappings():
        for where, columns in _SEARCHED:
            yield Text(row["id"], where, _joined(row[column] for column in columns))
    for where, target, names in _SEARCHED_ROWS:
        for partner_id, row_id, *words in store.execute(
            select(target.c.partner_id, target.c.id, *(target.c[name] for name in names)).where(
                target.c.partner_id.in_(visible)
            )
        ):
            said = [languages.get(each, each) for each in words] if target is _language else words
            yield Text(partner_id, where, _joined(said), row_id)


def _joined(words: Iterable[str]) -> str:
    return " · ".join(filter(None, words))


def _visible(teams: Collection[UUID]) -> Select[tuple[UUID]]:
    looked_after = select(_partner_team.c.partner_id).where(_partner_team.c.team_id.in_(teams))
    met = select(_engagement.c.partner_id).where(_engagement.c.team_id.in_(teams), _engagement.c.cancelled_at.is_(None))
    return select(union_all(looked_after, met).subquery().c.partner_id)
