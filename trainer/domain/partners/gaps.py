"""What is missing in a partner file, for whom it is to do, and until when."""

from collections.abc import Iterator
from datetime import date

from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.parties import Party
from trainer.domain.partners.values import PartnerFile, ResearchItem


def gaps_of_partner(file: PartnerFile, today: date) -> tuple[Gap, ...]:
    """All that is missing, part by part."""
    return (*_overdue(file, today), *_people(file), *_company(file), *_research(file, today), *_questions(file))


def _overdue(file: PartnerFile, today: date) -> Iterator[Gap]:
    for promise in file.promises:
        if promise.party is Party.OURS and promise.is_overdue(today):
            yield Gap(
                f"partner:promise:{promise.id}",
                Area.TRUST,
                Weight.BLOCKS,
                f"We promised “{promise.words}” and are late.",
                "Keep it, or tell them before the meeting when you will.",
                0.8,
                owners=(promise.owner_id,) if promise.owner_id else (),
                due_on=promise.due_on,
            )


def _people(file: PartnerFile) -> Iterator[Gap]:
    if not file.people:
        yield Gap(
            "partner:people",
            Area.PARTNER,
            Weight.RISKS,
            f"Nobody at {file.company.name} is in the partner file.",
            "Add who comes to the meeting: name, role, and how to address them.",
            0.6,
        )
    for person in file.people:
        if not person.address_as.strip():
            yield Gap(
                f"partner:address:{person.id}",
                Area.PARTNER,
                Weight.RISKS,
                f"Nobody has noted how to address {person.name}.",
                "Look at a signature of theirs, or ask their assistant, and note it.",
                0.5,
            )


def _company(file: PartnerFile) -> Iterator[Gap]:
    if file.company.is_state_owned is None:
        yield Gap(
            "partner:state_owned",
            Area.PARTNER,
            Weight.RISKS,
            f"It is not known whether {file.company.name} is state-owned.",
            "Find out before anybody gives a gift or pays for a meal.",
            0.3,
        )


def _research(file: PartnerFile, today: date) -> Iterator[Gap]:
    """One for each item that somebody has taken on, and one for all that nobody has."""
    nobodys = [item for item in file.research if item.done_on is None and item.owner_id is None]
    for item in file.research:
        if item.done_on is None and item.owner_id is not None:
            yield _taken_on(item, today)
    if nobodys:
        name, few = file.company.name, "1 item" if len(nobodys) == 1 else f"{len(nobodys)} items"
        yield Gap(
            "partner:research",
            Area.PARTNER,
            Weight.RISKS,
            f"{few} of the research on {name} {'is' if len(nobodys) == 1 else 'are'} with nobody.",
            "Share them out, each with a day.",
            0.4,
            due_on=min((item.due_on for item in nobodys if item.due_on), default=None),
        )


def _taken_on(item: ResearchItem, today: date) -> Gap:
    """Until its day comes it is on its way."""
    is_late = item.due_on is not None and item.due_on < today
    return Gap(
        f"partner:research:{item.id}",
        Area.PARTNER,
        Weight.RISKS if is_late else Weight.NOTES,
        f"“{item.words}” is not found out yet{', and it is late' if is_late else ''}.",
        "Find it out and note it, with where it comes from.",
        0.3,
        owners=(item.owner_id,) if item.owner_id else (),
        due_on=item.due_on,
    )


def _questions(file: PartnerFile) -> Iterator[Gap]:
    if not any(question.answered_on is None for question in file.questions):
        yield Gap(
            "partner:questions",
            Area.PARTNER,
            Weight.NOTES,
            f"The team has no open question to {file.company.name}.",
            "Write down three: whoever asks shows interest, and learns what no web page tells.",
            0.2,
        )
