"""What a charter lacks, with who sees to it, by when, and what to do: the readiness of what was agreed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from trainer.domain.charter.lacks import (
    SIDE_WORDS,
    Found,
    lacks_of_contacts,
    lacks_of_escalation,
    lacks_of_information,
    lacks_of_objective,
    lacks_of_working,
    risks,
)
from trainer.domain.charter.trust import KINDS as TRUST
from trainer.domain.charter.trust import PROMISE, HealthState, lacks_of_commitments, lacks_of_health
from trainer.domain.charter.values import DUE_DAYS, Agreement, Charter, Commitment, Section
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.parties import Party

EFFECTS = {
    Section.OBJECTIVE: 0.6,
    Section.CONTACTS: 0.5,
    Section.ESCALATION: 0.5,
    Section.WORKING: 0.3,
    Section.INFORMATION: 0.3,
    Section.AGREEMENT: 0.2,
}
"""How much a gap of a part matters beside others of its weight: declared, not measured."""


@dataclass(frozen=True, slots=True)
class CharterGap:
    """`about` names what it is about among gaps of its kind: an interface, a level, a promise; may be empty.

    `owner` is a reference, None where nobody answers for the part.
    """

    kind: str
    weight: Weight
    section: Section
    about: str
    owner: str | None
    due_on: date
    missing: str
    todo: str


def gaps_of_charter(
    charter: Charter,
    names: Mapping[str, str],
    commitments: Iterable[Commitment],
    agreements: Iterable[Agreement],
    *,
    version: int,
    starts_on: date,
    today: date,
    health: HealthState | None = None,
) -> tuple[CharterGap, ...]:
    """What is missing, what blocks first. `names` are those of contacts by reference; a version of 0 is no charter."""
    found = (
        *lacks_of_objective(charter),
        *lacks_of_contacts(charter, names, starts_on),
        *lacks_of_escalation(charter),
        *lacks_of_working(charter),
        *lacks_of_information(charter),
        *_of_agreement(agreements, version),
        *lacks_of_commitments(commitments, today),
        *(lacks_of_health(health, today) if health else ()),
    )
    gaps = [_with_owner(charter, each, starts_on) for each in found]
    return tuple(sorted(gaps, key=lambda gap: (list(Weight).index(gap.weight), gap.due_on)))


def as_gap(gap: CharterGap) -> Gap:
    """A gap of the charter among all that an engagement lacks; those of one weight are ordered by when they are due."""
    owner = gap.owner or ""
    return Gap(
        key=f"charter:{gap.section}:{gap.kind}:{gap.about}",
        area=Area.TRUST if gap.kind in TRUST else Area(gap.section.value),
        weight=gap.weight,
        what=gap.missing,
        action=gap.todo,
        effect=EFFECTS[gap.section],
        owners=(UUID(owner.removeprefix("user:")),) if owner.startswith("user:") else (),
        due_on=gap.due_on,
        plain_what="A promise was not kept on its day." if gap.kind == PROMISE else "",
    )


def due_days(starts_on: date) -> dict[Section, date]:
    """When each part is due if nobody named another day."""
    return {section: starts_on - timedelta(days=days) for section, days in DUE_DAYS.items()}


def _with_owner(charter: Charter, found: Found, starts_on: date) -> CharterGap:
    owner = charter.owners.get(found.section)
    return CharterGap(
        kind=found.kind,
        weight=found.weight,
        section=found.section,
        about=found.about,
        owner=found.owner or (owner.who if owner else "") or None,
        due_on=found.due_on or charter.due_on(found.section, due_days(starts_on)),
        missing=found.missing,
        todo=found.todo,
    )


def _of_agreement(agreements: Iterable[Agreement], version: int) -> Iterator[Found]:
    newest = dict.fromkeys(Party, 0)
    for each in agreements:
        newest[each.side] = max(newest[each.side], each.version)
    for side, agreed in newest.items():
        if not agreed:
            todo = (
                "Send the partner a signed link, and talk about what they would change."
                if side is Party.THEIRS
                else "Read the charter through, and agree to it for our side."
            )
            missing = f"{SIDE_WORDS[side].capitalize()} has not agreed to the charter."
            yield risks(Section.AGREEMENT, "not agreed", missing, todo, side)
        elif agreed < version:
            yield risks(
                Section.AGREEMENT,
                "changed since",
                f"{SIDE_WORDS[side].capitalize()} agreed to version {agreed}; it has changed since.",
                "Go through what changed, and ask for agreement to the newest version.",
                side,
            )
