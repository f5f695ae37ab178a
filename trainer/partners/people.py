"""Use cases of the people of a partner: kept for a purpose and until a day, deleted for good."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

import phonenumbers
from sqlalchemy import delete, select, update

from trainer.database import Store
from trainer.domain.partners import LONGEST_KEPT, ConsentBasis, PersonDraft
from trainer.models import PartnerPerson, PromiseRow, SignedLink, table
from trainer.naming import Naming, named_in
from trainer.partners.keeping import PartnerError, touch_partner, write_row

_person, _promise, _link = table(PartnerPerson), table(PromiseRow), table(SignedLink)


def keep_person(
    store: Store, partner_id: UUID, person_id: UUID, draft: PersonDraft, *, seen: int, at: datetime
) -> None:
    """Keep what is told of somebody, new when `seen` is 0. Purpose, reason and last day are not left open."""
    _check(draft, at.date())
    values = asdict(draft) | {"languages": [list(pair) for pair in draft.languages]}
    write_row(store, _person, partner_id, person_id, values, seen=seen, at=at)


def delete_person(store: Store, partner_id: UUID, person_id: UUID, *, at: datetime) -> None:
    """Delete all that is kept of somebody. What was promised, asked and agreed stays, without the name.

    Links that were made for them open nothing any more. Documents that refer to them find nobody; what teams wrote
    there, and files, are left as they are.
    """
    touch_partner(store, partner_id, at=at)
    person = store.execute(select(_person).where(_person.c.id == person_id, _person.c.partner_id == partner_id)).first()
    if person is None:
        raise PartnerError("This person is no longer kept.")
    for each in named_in(store, partner_id, person):
        _take_out(store, each, at)
    store.execute(update(_promise).where(_promise.c.person_id == person_id).values(person_id=None, updated_at=at))
    store.execute(delete(_person).where(_person.c.id == person_id))


def outdated_people(store: Store, *, at: datetime) -> tuple[tuple[UUID, UUID], ...]:
    """Partner and id of those whose last day is over."""
    rows = store.execute(
        select(_person.c.partner_id, _person.c.id).where(_person.c.keep_until < at.date()).order_by(_person.c.id)
    )
    return tuple((row.partner_id, row.id) for row in rows)


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


def _take_out(store: Store, named: Naming, at: datetime) -> None:
    values = dict(named.without)
    if named.engagement_id is None:
        values["version"] = named.target.c.version + 1
        values |= {"updated_at": at} if "updated_at" in named.target.c else {}
    if named.target is _link and named.is_own:
        values["revoked_at"] = named.row["revoked_at"] or at
    if values:
        store.execute(update(named.target).where(*named.key).values(values))
