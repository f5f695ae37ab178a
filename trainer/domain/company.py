"""The rules of a company: what it calls ready, what managers see of a person, and what may be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from trainer.domain.readiness import Rules


class Visibility(StrEnum):
    """What managers see of a person in a seat: bands alone, or with the forecast behind each. Never an answer."""

    BANDS = "bands"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class CompanyRules:
    """A version of the rules. Version 0 is what is shipped: nobody made it, so it has no time and no reason."""

    version: int = 0
    rules: Rules = field(default_factory=Rules)
    visibility: Visibility = Visibility.BANDS
    reason: str = ""
    made_at: datetime | None = None


SHIPPED_RULES = CompanyRules()


@dataclass(frozen=True, slots=True)
class Limit:
    """The least and the most that a rule may be set to, and the words for whoever goes beyond."""

    low: float
    high: float
    words: str

    def allows(self, value: float) -> bool:
        return self.low <= value <= self.high


LIMITS: Mapping[str, Limit] = {
    "min_answers": Limit(3, 30, "Write a whole number of answers, from 3 to 30."),
    "max_width": Limit(0.15, 0.60, "Write how wide the range may be, from 1.5 to 6 in 10."),
    "ready_margin": Limit(0.0, 0.25, "Write how far below the target the low end may lie, from 0 to 2.5 in 10."),
    "interpreter_target": Limit(0.3, 0.95, "Write how many of ten language situations, from 3 to 9.5."),
}
"""By the names of `Rules`, all of them.

Fewer answers or a wider range would call a guess a judgement; much stricter rules would call nobody ready.
"""


def problems_of(rules: Rules) -> tuple[str, ...]:
    """What is beyond its limits, in words that say what to do."""
    return tuple(limit.words for name, limit in LIMITS.items() if not limit.allows(getattr(rules, name)))


@dataclass(frozen=True, slots=True)
class Policy:
    """What managers see, since when and why; `since` is None where it has been so from the start."""

    visibility: Visibility
    since: datetime | None = None
    reason: str = ""


def policy_of(versions: Iterable[CompanyRules]) -> Policy:
    """The policy that these versions, the oldest first, have come to: other rules may have changed since it did."""
    policy = Policy(SHIPPED_RULES.visibility)
    for each in versions:
        if each.visibility is not policy.visibility:
            policy = Policy(each.visibility, each.made_at, each.reason)
    return policy
