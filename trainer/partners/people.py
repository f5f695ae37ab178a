"""Use cases of the people of a partner: kept for a purpose and until a day, deleted for good."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

import phonenumbers
from sqlalchemy import Column, delete, select, update

from trainer.database import Store
from trainer.domain.partners import LONGEST_KEPT, ConsentBasis, PersonDraft
from trainer.models import Partner, PartnerNews, PartnerPerson, PartnerQuestion, PromiseRow, ResearchRow, table
from trainer.partners.keeping import PartnerError, touch_partner, write_row

DELETED = "(deleted)"
"""Stands where the name of somebody was who is no longer kept."""
SHORTEST_PART = 4
"""Of a name in letters: shorter parts, such as Li or An, are words of their own too often."""
CJK = "\u2e80"
"""From here on scripts put no spaces between words."""

_person, _promise, _question = table(PartnerPerson), table(PromiseRow), table(PartnerQuestion)
_partner, _research, _news = table(Partner), table(ResearchRow), table(PartnerNews)
_NAMED_IN: tuple[tuple[Column[UUID], tuple[str, ...]], ...] = (
    (_promise.c.partner_id, ("words", "closing_note")),
    (_question.c.partner_id, ("words", "answer")),
    (_research.c.partner_id, ("words", "finding")),
    (_news.c.partner_id, ("words",)),
    (_partner.c.id, ("in_common", "gift_rules", "meal_rules", "people_differ")),
)
"""Free text in which somebody may be named, with the column that tells whose it is."""


def keep_person(
    store: Store, partner_id: UUID, person_id: UUID, draft: PersonDraft, *, seen: int, at: datetime
) -> None:
    """Keep what is told of somebody, new when `seen` is 0. Purpose, reason and last day are not left open."""
    _check(draft, at.date())
    values = asdict(draft) | {"languages": [list(pair) for pair in draft.languages]}
    write_row(store, _person, partner_id, person_id, values, seen=seen, at=at)


def delete_person(store: Store, partner_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """Delete all that is kept of somebody. What was promised, asked and found out stays, without the name.

    Documents that refer to them find nobody any more; files are left as they are.
    """
    touch_partner(store, partner_id, at=at)
    own = (_person.c.id == person_id, _person.c.partner_id == partner_id)
    names = store.execute(select(_person.c.name, _person.c.native_name).where(*own)).first()
    if names is None:
        raise PartnerError("This person is no longer kept.")
    _redact(store, partner_id, _pattern_of(names), at)
    store.execute(update(_promise).where(_promise.c.person_id == person_id).values(person_id=None, updated_at=at))
    store.execute(delete(_person).where(*own))


def delete_outdated_people(store: Store, *, at: datetime) -> int:
    """Delete those whose last day is over; how many."""
    rows = store.execute(
        select(_person.c.partner_id, _person.c.id).where(_person.c.keep_until < at.date()).order_by(_person.c.id)
    ).all()
    for partner_id, person_id in rows:
        delete_person(store, partner_id, person_id, at=at)
    return len(rows)


def phone_of(typed: str, country: str) -> str:
    """A phone number in its international form; one without a country code is read as of the country.

    Raises `PartnerError` for what cannot be a number.
    """
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException as error:
        raise PartnerError(
            "This is no phone number. Write it with its country code: +81 78 555 0100.", "phone"
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise PartnerError("This number is too long or too short. Look for a missing or a double digit.", "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _check(draft: PersonDraft, today: date) -> None:
    if not draft.purpose.strip():
        raise PartnerError("Say what you keep this for.", "purpose")
    if draft.keep_until <= today:
        raise PartnerError("This day is over. Choose the last day on which you need it.", "keep_until")
    if draft.keep_until > today + LONGEST_KEPT:
        raise PartnerError(
            "Choose a day within three years. It can be moved while you still work together.", "keep_until"
        )
    if draft.consent_basis is ConsentBasis.CONSENT and draft.consented_on is None:
        raise PartnerError("Say on which day they agreed.", "consented_on")
    if draft.consented_on is not None and draft.consented_on > today:
        raise PartnerError("This day lies ahead: nobody has agreed on it yet.", "consented_on")
    if draft.away_from and draft.away_until and draft.away_until < draft.away_from:
        raise PartnerError("They cannot be back before they are away.", "away_until")


def _pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds a person's names, whole or in part, the longest first."""
    parts = {part for name in names for part in (name, *name.split()) if _can_be_found(part)}
    if not parts:
        return None
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    return re.compile("|".join(re.escape(part) if part[0] >= CJK else rf"\b{re.escape(part)}\b" for part in ordered))


def _can_be_found(part: str) -> bool:
    return len(part) > 1 if part[:1] >= CJK else " " in part or len(part) >= SHORTEST_PART


def _redact(store: Store, partner_id: UUID, named: re.Pattern[str] | None, at: datetime) -> None:
    for of_partner, columns in _NAMED_IN if named else ():
        target = of_partner.table
        texts = [target.c[name] for name in columns]
        for row in store.execute(select(target.c.id, *texts).where(of_partner == partner_id)).mappings().all():
            said = {column: named.sub(DELETED, row[column]) for column in columns} if named else {}
            if any(words != row[column] for column, words in said.items()):
                times = {"updated_at": at} if "updated_at" in target.c else {}
                store.execute(
                    update(target)
                    .where(target.c.id == row["id"])
                    .values({**said, **times, "version": target.c.version + 1})
                )
