"""What is sent with an item: read by hand, as a form made of fields costs as much as keeping the response."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import request

from trainer.domain.content import Cloze, Interaction, Matching, MostAndLeast, Numeric, Ordering, RateEach, Typed
from trainer.domain.grading import Given
from trainer.domain.grading.choosing import LEAST, MOST
from trainer.learning import LearningError
from trainer.models import new_id
from trainer.web.answering.steps import Step

ENTRY = "entry-"
"""Fields of entries are named by this and their place."""
MISSING: Mapping[type[Interaction], str] = {
    RateEach: "Rate each of them.",
    MostAndLeast: "Choose the most and the least effective one.",
    Ordering: "Give each of them a place.",
    Matching: "Choose for each what belongs to it.",
    Cloze: "Fill at least one gap. You may leave those empty that you do not know.",
    Numeric: "Write a number in figures.",
    Typed: "Write your answer.",
}
NOT_OFFERED = "That answer is not offered here any more. Choose one of these."


@dataclass(frozen=True)
class Sheet:
    """What was sent: the id that its response will have, what was given, and what is wrong with it."""

    response_id: str
    chosen: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def given(self) -> Given:
        return Given(self.chosen, entries=tuple(self.entries.items()))


def read_sheet(shown: Step) -> Sheet:
    response_id = request.form.get("response_id") or str(new_id())
    slots = shown.slots
    if slots:
        entries = {slot: request.form.get(ENTRY + slot, "").strip() for slot in slots}
        return Sheet(response_id, entries=entries, problem=_entries_problem(shown, slots, entries))
    sent = [option for option in request.form.getlist("options") if option]
    chosen = tuple(sent if shown.takes_many else sent[:1])
    return Sheet(response_id, chosen, problem=_options_problem(shown, chosen))


def read_response_id(sheet: Sheet) -> UUID:
    """Raises `LearningError` when it is none: the page was damaged on its way."""
    try:
        return UUID(sheet.response_id)
    except ValueError as error:
        raise LearningError("This page was damaged on its way here. Send it again.") from error


def _options_problem(shown: Step, chosen: tuple[str, ...]) -> str:
    if not chosen:
        return "Choose every answer that applies." if shown.takes_many else "Choose one answer."
    return "" if {option.id for option in shown.options}.issuperset(chosen) else NOT_OFFERED


def _entries_problem(shown: Step, slots: Mapping[str, tuple[str, ...]], entries: Mapping[str, str]) -> str:
    if any(entries[slot] and allowed and entries[slot] not in allowed for slot, allowed in slots.items()):
        return NOT_OFFERED
    is_empty = not any(entries.values()) if isinstance(shown.item.interaction, Cloze) else "" in entries.values()
    if is_empty:
        return MISSING[type(shown.item.interaction)]
    if isinstance(shown.item.interaction, MostAndLeast) and entries[MOST] == entries[LEAST]:
        return "Choose two different answers: the most and the least effective one."
    if isinstance(shown.item.interaction, Ordering) and len(set(entries.values())) < len(entries):
        return "Two of them have the same place. Give each a place of its own."
    return ""
