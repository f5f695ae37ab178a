"""What is missing in a partner file, for whom it is to do, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from trainer.domain.parties import Party
from trainer.domain.partners.values import PartnerFile


@dataclass(frozen=True, slots=True)
class PartnerGap:
    """Something that is missing: one that `blocks` leaves a team unready, one that `risks` makes it less so.

    `missing` and `to_do` are sentences. `owner_id` is a person of ours.
    """

    kind: str
    weight: Literal["blocks", "risks"]
    about: str
    owner_id: UUID | None
    due_on: date | None
    missing: str
    to_do: str


def gaps_of_partner(file: PartnerFile, today: date) -> tuple[PartnerGap, ...]:
    """All that is missing, what weighs most first."""
    return (*_overdue(file, today), *_people(file), *_company(file), *_research(file, today), *_questions(file))


def _overdue(file: PartnerFile, today: date) -> Iterator[PartnerGap]:
    for promise in file.promises:
        if promise.party is Party.OURS and promise.is_overdue(today):
            yield PartnerGap(
                "promise_overdue",
                "blocks",
                promise.words,
                promise.owner_id,
                promise.due_on,
                f"We promised “{promise.words}” and are late.",
                "Keep it, or tell them before the meeting when you will.",
            )


def _people(file: PartnerFile) -> Iterator[PartnerGap]:
    name = file.company.name
    if not file.people:
        yield PartnerGap(
            "no_people",
            "risks",
            name,
            None,
            None,
            f"Nobody at {name} is in the partner file.",
            "Add who comes to the meeting: name, role, and how to address them.",
        )
    for person in file.people:
        if not person.address_as.strip():
            yield PartnerGap(
                "form_of_address",
                "risks",
                person.name,
                None,
                None,
                f"Nobody has noted how to address {person.name}.",
                "Look at a signature of theirs, or ask their assistant, and note it.",
            )


def _company(file: PartnerFile) -> Iterator[PartnerGap]:
    if file.company.is_state_owned is None:
        name = file.company.name
        yield PartnerGap(
            "state_owned",
            "risks",
            name,
            None,
            None,
            f"It is not known whether {name} is state-owned.",
            "Find out before anybody gives a gift or pays for a meal.",
        )


def _research(file: PartnerFile, today: date) -> Iterator[PartnerGap]:
    """One for each item that somebody has taken on, and one for all that nobody has."""
    nobodys = [item for item in file.research if item.done_on is None and item.owner_id is None]
    for item in file.research:
        if item.done_on is None and item.owner_id is not None:
            late = ", and it is late" if item.due_on is not None and item.due_on < today else ""
            yield PartnerGap(
                "research",
                "risks",
                item.words,
                item.owner_id,
                item.due_on,
                f"“{item.words}” is not found out yet{late}.",
                "Find it out and note it, with where it comes from.",
            )
    if nobodys:
        few = "1 item" if len(nobodys) == 1 else f"{len(nobodys)} items"
        yield PartnerGap(
            "research_unassigned",
            "risks",
            file.company.name,
            None,
            min((item.due_on for item in nobodys if item.due_on), default=None),
            f"{few} of the research on {file.company.name} {'is' if len(nobodys) == 1 else 'are'} with nobody.",
            "Share them out, each with a day.",
        )


def _questions(file: PartnerFile) -> Iterator[PartnerGap]:
    if not any(question.answered_on is None for question in file.questions):
        yield PartnerGap(
            "no_questions",
            "risks",
            file.company.name,
            None,
            None,
            f"The team has no open question to {file.company.name}.",
            "Write down three: whoever asks shows interest, and learns what no web page tells.",
        )
