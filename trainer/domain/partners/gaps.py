"""What is missing in a partner file, for whom it is to do, and until when."""

from collections.abc import Iterator
from datetime import date

from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.parties import Party
from trainer.domain.partners.values import PartnerFile, ResearchItem

OF_PROMISE, OF_NOBODY_KNOWN, OF_STATE_OWNED = 0.9, 0.6, 0.5
OF_RESEARCH, OF_ADDRESS, OF_QUESTIONS = 0.4, 0.3, 0.2
"""Effects: a promise that we are late with weighs most, that there is nothing to ask least."""


def gaps_of_partner(file: PartnerFile, today: date) -> tuple[Gap, ...]:
    """All that is missing, what weighs most first. Needs the people, promises, questions and research of the file."""
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
                OF_PROMISE,
                () if promise.owner_id is None else (promise.owner_id,),
                promise.due_on,
                plain_what="A promise of ours is late.",
            )


def _people(file: PartnerFile) -> Iterator[Gap]:
    """Who reads no names of the partner's people reads what to do without them."""
    name = file.company.name
    if not file.people:
        yield Gap(
            "partner:people",
            Area.PARTNER,
            Weight.RISKS,
            f"Nobody at {name} is in the partner file.",
            "Add who comes to the meeting: name, role, and how to address them.",
            OF_NOBODY_KNOWN,
        )
    for person in file.people:
        if not person.address_as.strip():
            yield Gap(
                f"partner:address:{person.id}",
                Area.PARTNER,
                Weight.RISKS,
                f"Nobody has noted how to address somebody at {name}.",
                f"Find out how to address {person.name}: from a signature, or their assistant.",
                OF_ADDRESS,
                plain_action="Find out how to address them: from a signature, or their assistant.",
            )


def _company(file: PartnerFile) -> Iterator[Gap]:
    if file.company.is_state_owned is None:
        yield Gap(
            "partner:state-owned",
            Area.PARTNER,
            Weight.RISKS,
            f"It is not known whether {file.company.name} is state-owned.",
            "Find out before anybody gives a gift or pays for a meal.",
            OF_STATE_OWNED,
        )


def _research(file: PartnerFile, today: date) -> Iterator[Gap]:
    """One for each item that somebody has taken on, a risk once it is late, and one for all that nobody has."""
    open_items = [item for item in file.research if item.done_on is None]
    for item in open_items:
        if item.owner_id is not None:
            is_late = item.due_on is not None and item.due_on < today
            yield Gap(
                f"partner:research:{item.id}",
                Area.PARTNER,
                Weight.RISKS if is_late else Weight.NOTES,
                f"“{item.words}” is not found out yet{', and it is late' if is_late else ''}.",
                "Find it out and note it, with where it comes from.",
                OF_RESEARCH,
                (item.owner_id,),
                item.due_on,
                plain_what=f"Something about the partner is not found out yet{', and it is late' if is_late else ''}.",
            )
    nobodys = [item for item in open_items if item.owner_id is None]
    if nobodys:
        yield _unassigned(file.company.name, nobodys)


def _unassigned(name: str, items: list[ResearchItem]) -> Gap:
    few = "1 item of the research" if len(items) == 1 else f"{len(items)} items of the research"
    return Gap(
        "partner:research",
        Area.PARTNER,
        Weight.RISKS,
        f"{few} on {name} {'is' if len(items) == 1 else 'are'} with nobody.",
        "Share them out, each with a day.",
        OF_RESEARCH,
        due_on=min((item.due_on for item in items if item.due_on), default=None),
    )


def _questions(file: PartnerFile) -> Iterator[Gap]:
    if not any(question.answered_on is None for question in file.questions):
        yield Gap(
            "partner:questions",
            Area.PARTNER,
            Weight.NOTES,
            f"The team has no open question to {file.company.name}.",
            "Write down three: whoever asks shows interest, and learns what no web page tells.",
            OF_QUESTIONS,
        )
