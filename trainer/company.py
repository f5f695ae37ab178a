"""Keeps the company's rules: reads those in force and all there were, and appends new ones."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, func, insert, select

from trainer.database import Store
from trainer.domain.company import LIMITS, SHIPPED_RULES, CompanyRules, Policy, Visibility, policy_of, problems_of
from trainer.domain.readiness import Rules
from trainer.models import REASON_LENGTH, CompanyRulesRow, User, table

_rules, _user = table(CompanyRulesRow), table(User)
_NAMES = (*LIMITS, "version", "visibility", "reason", "made_at")
NEWEST_VERSION = select(func.max(_rules.c.version)).scalar_subquery()


class CompanyError(ValueError):
    """A rule about the company's rules was broken; the text says what to do."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change of the rules; `made_by` is the name of who made it, None when that person is gone."""

    before: CompanyRules
    after: CompanyRules
    made_by: str | None


def change_rules(
    store: Store, rules: Rules, visibility: Visibility, reason: str, *, seen: int, by: UUID, at: datetime
) -> CompanyRules:
    """Put rules in force. `seen` is the version that the person looked at: nobody undoes a change unseen."""
    problems = problems_of(rules)
    if problems:
        raise CompanyError(" ".join(problems))
    reason = reason.strip()
    if not reason:
        raise CompanyError("Say why: everybody can read it.")
    if len(reason) > REASON_LENGTH:
        raise CompanyError(f"Say why in {REASON_LENGTH} characters or fewer.")
    before = rules_in_force(store)
    if before.version != seen:
        raise CompanyError("Somebody changed the rules meanwhile. Read the newest change below, then send yours again.")
    if (before.rules, before.visibility) == (rules, visibility):
        raise CompanyError("These are the rules in force already. Change one of them first.")
    after = CompanyRules(before.version + 1, rules, visibility, reason, at)
    store.execute(
        insert(_rules).values(
            version=after.version,
            made_at=at,
            made_by_id=by,
            visibility=visibility.value,
            reason=reason,
            **asdict(rules),
        )
    )
    return after


def rules_in_force(store: Store) -> CompanyRules:
    """The newest; what is shipped before there are any."""
    row = store.execute(select(*columns_of(_rules)).order_by(_rules.c.version.desc()).limit(1)).first()
    return SHIPPED_RULES if row is None else rules_of(row)


def policy_in_force(store: Store) -> Policy:
    """What managers see of a person, since when and why."""
    return policy_of(map(rules_of, store.execute(select(*columns_of(_rules)).order_by(_rules.c.version))))


def rule_changes(store: Store) -> tuple[RuleChange, ...]:
    """Every change with what was before it, the newest first."""
    changes = []
    before = SHIPPED_RULES
    for row in store.execute(
        select(*columns_of(_rules), _user.c.name.label("made_by"))
        .outerjoin(_user, _user.c.id == _rules.c.made_by_id)
        .order_by(_rules.c.version)
    ):
        after = rules_of(row)
        changes.append(RuleChange(before, after, row.made_by))
        before = after
    return tuple(reversed(changes))


def columns_of(rules: FromClause, prefix: str = "") -> list[ColumnElement[Any]]:
    """What `rules_of` needs of a version, for statements that join it to something else."""
    return [rules.c[name].label(f"{prefix}{name}") for name in _NAMES]


def rules_of(row: Row[Any], prefix: str = "") -> CompanyRules:
    """The version in a row; what is shipped where none was joined."""
    values = {name: getattr(row, f"{prefix}{name}") for name in _NAMES}
    if values["version"] is None:
        return SHIPPED_RULES
    return CompanyRules(
        version=values["version"],
        rules=Rules(**{name: values[name] for name in LIMITS}),
        visibility=Visibility(values["visibility"]),
        reason=values["reason"],
        made_at=values["made_at"],
    )
