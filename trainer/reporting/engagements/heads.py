"""What and when engagements are, and the version of all that their readiness rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select

from trainer.company import NEWEST_VERSION, columns_of, rules_of
from trainer.database import Store
from trainer.domain.calendar import days_left
from trainer.domain.company import CompanyRules
from trainer.domain.mastery import Scope
from trainer.domain.readiness import Rules
from trainer.models import (
    Assignment,
    CompanyRulesRow,
    Engagement,
    LessonDone,
    MasteryRow,
    Partner,
    SeatRow,
    Team,
    User,
    table,
)

_engagement, _team, _partner = table(Engagement), table(Team), table(Partner)
_kept, _newest = table(CompanyRulesRow).alias("kept"), table(CompanyRulesRow).alias("newest")
_seat, _assignment, _mastery, _user = table(SeatRow), table(Assignment), table(MasteryRow), table(User)
_done = table(LessonDone)
HEADS = (
    select(
        _engagement.c.id,
        _engagement.c.team_id,
        _team.c.name.label("team"),
        _engagement.c.title,
        _partner.c.id.label("partner_id"),
        _partner.c.name.label("partner"),
        _partner.c.country,
        _partner.c.language,
        _engagement.c.template_id,
        _engagement.c.place,
        _engagement.c.is_call,
        _engagement.c.starts_local,
        _engagement.c.zone,
        _engagement.c.starts_at,
        _engagement.c.agenda_minutes,
        _engagement.c.is_high_stakes,
        _engagement.c.updated_at,
        *columns_of(_kept, "kept_"),
        *columns_of(_newest, "newest_"),
    )
    .join(_team, _team.c.id == _engagement.c.team_id)
    .join(_partner, _partner.c.id == _engagement.c.partner_id)
    .outerjoin(_kept, _kept.c.version == _engagement.c.rules_version)
    .outerjoin(_newest, _newest.c.version == NEWEST_VERSION)
    .where(_engagement.c.cancelled_at.is_(None))
)
_PEOPLE_OF_ENGAGEMENT = (
    select(_assignment.c.user_id)
    .join(_seat, _seat.c.id == _assignment.c.seat_id)
    .join(_user, _user.c.id == _assignment.c.user_id)
    .where(_seat.c.engagement_id == bindparam("engagement_id"), _user.c.disabled_at.is_(None))
)
_EVIDENCE_OF_ENGAGEMENT = (
    select(func.coalesce(func.sum(_mastery.c.answers + 1), 0))
    .where(_mastery.c.learner_id.in_(_PEOPLE_OF_ENGAGEMENT), _mastery.c.scope == Scope.ABILITY)
    .scalar_subquery()
)
_STUDY_OF_ENGAGEMENT = (
    select(func.coalesce(func.sum(_user.c.daily_minutes), 0) + func.count(_user.c.daily_minutes))
    .where(_user.c.id.in_(_PEOPLE_OF_ENGAGEMENT))
    .scalar_subquery()
)
_LESSONS_OF_ENGAGEMENT = (
    select(func.count()).select_from(_done).where(_done.c.learner_id.in_(_PEOPLE_OF_ENGAGEMENT)).scalar_subquery()
)
_ENGAGEMENT = HEADS.add_columns(
    _EVIDENCE_OF_ENGAGEMENT.label("evidence"),
    _STUDY_OF_ENGAGEMENT.label("minutes"),
    _LESSONS_OF_ENGAGEMENT.label("lessons"),
    select(func.count()).select_from(_PEOPLE_OF_ENGAGEMENT.subquery()).scalar_subquery().label("people"),
).where(_engagement.c.id == bindparam("engagement_id"))
"""One engagement with what its version is made of. Statements of busy pages are made once."""


@dataclass(frozen=True, slots=True)
class EngagementHead:
    """What and when an engagement is. `version` changes whenever its readiness could have.

    It is judged by the rules that it `kept`, those of its planning unless its manager took up newer ones; what is shown
    of a person follows the `company`, whose rules are those in force.
    """

    id: UUID
    team_id: UUID
    team: str
    title: str
    partner_id: UUID
    partner: str
    country: str
    language: str
    template_id: str
    place: str
    is_call: bool
    starts_local: datetime
    zone: str
    starts_at: datetime
    agenda_minutes: int
    is_high_stakes: bool
    kept: CompanyRules
    company: CompanyRules
    version: str

    @property
    def rules(self) -> Rules:
        return self.kept.rules

    @property
    def has_older_rules(self) -> bool:
        """Whether it is judged otherwise than the company's newest rules would."""
        return self.kept.rules != self.company.rules

    def days_left(self, at: datetime) -> int:
        return days_left(self.starts_at, self.zone, at)


_PLAIN = tuple(name for name in EngagementHead.__slots__ if name not in ("kept", "company", "version"))


def find_engagement(store: Store, engagement_id: UUID) -> EngagementHead | None:
    """The head of an engagement, with a version made of its own changes and of its people's answers and study."""
    row = store.execute(_ENGAGEMENT, {"engagement_id": engagement_id}).first()
    return None if row is None else to_head(row, f"{row.evidence}-{row.people}-{row.minutes}-{row.lessons}")


def list_engagements(store: Store, teams: Iterable[UUID]) -> tuple[EngagementHead, ...]:
    """Engagements of some teams, the next first."""
    rows = store.execute(HEADS.where(Engagement.team_id.in_(list(teams))).order_by(Engagement.starts_at, Engagement.id))
    return tuple(to_head(row) for row in rows)


def engagements_ahead(store: Store, partner_id: UUID, *, at: datetime) -> tuple[UUID, ...]:
    """Those with a partner that lie ahead."""
    ahead = select(_engagement.c.id).where(
        _engagement.c.partner_id == partner_id,
        _engagement.c.starts_at > at,
        _engagement.c.cancelled_at.is_(None),
    )
    return tuple(row.id for row in store.execute(ahead))


def next_engagement(store: Store, *, at: datetime) -> EngagementHead | None:
    """The engagement ahead that comes first, of all teams."""
    ahead = HEADS.where(Engagement.starts_at > at).order_by(Engagement.starts_at, Engagement.id).limit(1)
    row = store.execute(ahead).first()
    return None if row is None else to_head(row)


def to_head(row: Row[Any], evidence: str = "") -> EngagementHead:
    kept, company = rules_of(row, "kept_"), rules_of(row, "newest_")
    version = f"{row.updated_at.timestamp():.6f}-{kept.version}-{company.version}-{evidence}"
    return EngagementHead(**{name: getattr(row, name) for name in _PLAIN}, kept=kept, company=company, version=version)
