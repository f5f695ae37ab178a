"""The readiness report in words: its states and areas, what a gap means, and what closing it would change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from trainer.domain.gaps import Area, Weight
from trainer.domain.readiness import SeatReadiness
from trainer.domain.report import Overall, Reason, Report, ReportChanges
from trainer.wording.amounts import count, number
from trainer.wording.days import day_of

OVERALL = {
    Overall.NOT_READY: ("below", "Not ready", "▽"),
    Overall.AT_RISK: ("near", "At risk", "◇"),
    Overall.READY: ("above", "Ready", "▲"),
}
"""State to css name, words and mark."""
GAP_STATES = {
    Weight.BLOCKS: ("below", "Not ready without it", "▽"),
    Weight.RISKS: ("near", "A risk", "◇"),
    Weight.NOTES: ("none", "Would be good to have", "○"),
    None: ("above", "Nothing is missing", "▲"),
}
AREAS = {
    Area.PEOPLE: "People and seats",
    Area.INTERPRETER: "Interpreter",
    Area.CHANNEL: "Line and backup",
    Area.CALENDAR: "Times and holidays",
    Area.AGENDA: "Agenda",
    Area.OBJECTIVE: "Common objective",
    Area.CONTACTS: "Points of contact",
    Area.ESCALATION: "Escalation",
    Area.WORKING: "Way of working",
    Area.INFORMATION: "Sharing information",
    Area.TRUST: "Trust and promises",
    Area.AGREEMENT: "Agreement of both sides",
    Area.PARTNER: "Knowing the partner",
}
HELPS = (
    (0.05, "Closing this alone helps its seat a little, as more is missing."),
    (0.25, "Closing this alone helps its seat."),
    (float("inf"), "Closing this alone helps its seat a lot."),
)
"""Up to this gain in a seat's coverage, in words: the number would tell of a single person."""


def report_summary(report: Report) -> str:
    """What the report comes to, after its state: `two things must be closed, three more are risks`."""
    blocks, risks = report.blocking, report.risking
    if blocks:
        must = f"{number(blocks)} {'thing' if blocks == 1 else 'things'} must be closed"
        more = f"{number(risks)} more {'is a risk' if risks == 1 else 'are risks'}"
        return f"{must}, {more}" if risks else must
    if risks:
        return f"nothing blocks, {count(risks, 'thing is a risk', 'things are risks')}"
    return "nothing that was looked at is missing"


def if_closed_words(reason: Reason, report: Report) -> str:
    """What closing this one alone would change."""
    if reason.if_closed is not report.state:
        return f"Closing this alone makes it: {OVERALL[reason.if_closed][1].lower()}."
    if reason.gap.area is Area.PEOPLE and reason.gap.weight is not Weight.NOTES:
        return next(words for limit, words in HELPS if reason.gap.effect < limit)
    left = report.count(reason.gap.weight) - 1
    match reason.gap.weight:
        case Weight.BLOCKS:
            return f"After it {number(left)} {'thing' if left == 1 else 'things'} would still block."
        case Weight.RISKS if report.blocking:
            return "It counts once nothing blocks."
        case Weight.RISKS:
            return f"After it {count(left, 'risk')} would be left."
        case _:
            return "The state would stay as it is."


def report_change_lines(changes: ReportChanges, state: Overall, *, for_all: bool = False) -> Iterator[str]:
    """What the report says otherwise than before, a sentence each; for all readers without names and quotes."""
    if changes.before is not state:
        yield f"{OVERALL[changes.before][1]} before, {OVERALL[state][1].lower()} now."
    yield from (f"Closed: {gap.what}" for gap in changes.closed)
    for words, gaps in (("New", changes.opened), ("", changes.reweighed)):
        for gap in gaps:
            yield f"{words or GAP_STATES[gap.weight][1] + ' now'}: {gap.what_for_all if for_all else gap.what}"


def owner_words(owners: Iterable[UUID], names: Mapping[UUID, str]) -> str:
    """Who sees to a gap: whoever was named and is still here; else it is with the team's manager."""
    return ", ".join(names[owner] for owner in owners if owner in names) or "the team’s manager"


def due_words(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    if due_on < today:
        return f"was due on {day_of(due_on, today)}"
    return "due today" if due_on == today else f"by {day_of(due_on, today)}"


def covered_words(seat: SeatReadiness) -> str:
    """How well a seat is covered: two ready people are good, one is a risk, none is a gap."""
    if not seat.people:
        return "Nobody is assigned."
    if seat.qualified >= 2:
        return f"{seat.qualified} ready people: well covered."
    return "One ready person: a risk if they are away." if seat.qualified else "No ready person yet: a gap."
