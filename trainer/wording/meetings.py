"""The words for a meeting's times: local times of each side, its agenda, channels and arrival, as in an invitation."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from trainer.domain.agenda import Agenda, Interpreting
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.meeting import MeetingFacts, MeetingPlan, agenda_of

NameOf = Callable[[str], str]
"""The name of a reference to a person."""
INTERPRETING = {
    Interpreting.NONE: "No interpreter",
    Interpreting.CONSECUTIVE: "An interpreter after each passage: everything takes twice as long",
    Interpreting.SIMULTANEOUS: "An interpreter at the same time",
}


def local_words(at: datetime, zone: str) -> str:
    """A moment by the clock of a zone, such as 16:30 on Wednesday 2 June 2027 (UTC+9)."""
    there = in_zone(at, zone)
    return f"{there:%H:%M} on {there:%A} {there.day} {there:%B %Y} ({offset_words(at, zone)})"


def city_of(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def invitation_lines(plan: MeetingPlan, facts: MeetingFacts, name_of: NameOf) -> Iterator[str]:
    """All that somebody needs who looks into their calendar; an empty line between the parts."""
    yield from _times(plan, facts)
    yield from _agenda(agenda_of(plan, facts), plan, facts)
    yield from _channels(plan, name_of) if facts.is_call else _arrival(plan)


def _times(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[str]:
    places = {place.name: place.zone for place in plan.places}
    if facts.zone not in places.values():
        places = {city_of(facts.zone): facts.zone, **places}
    for name, zone in places.items():
        yield f"{name}: {local_words(facts.starts_at, zone)}"
    yield f"UTC: {in_zone(facts.starts_at, 'UTC'):%Y-%m-%d %H:%M}"


def _agenda(agenda: Agenda, plan: MeetingPlan, facts: MeetingFacts) -> Iterator[str]:
    if not plan.agenda:
        return
    yield ""
    yield f"Agenda ({facts.minutes} minutes, by the clock in {city_of(facts.zone)}):"
    for each in agenda.timed:
        starts, ends = (in_zone(at, facts.zone) for at in (each.starts_at, each.ends_at))
        yield f"{starts:%H:%M}–{ends:%H:%M} {each.item.title}"
    yield f"{in_zone(agenda.closing_at, facts.zone):%H:%M} State the end, and what comes next"
    for item in agenda.parked:
        yield f"Parked: {item.title} ({item.minutes} min)"


def _channels(plan: MeetingPlan, name_of: NameOf) -> Iterator[str]:
    channels = plan.channels
    told = (("Channel", channels.primary), ("If it breaks", channels.backup), ("Line", channels.phone),
            ("E-mail", channels.email))  # fmt: skip
    lines = [f"{label}: {words}" for label, words in told if words]
    calls = call_words(plan, name_of)
    yield from ["", *lines, *([calls] if calls else [])] if lines or calls else ()


def call_words(plan: MeetingPlan, name_of: NameOf) -> str:
    """Who calls whom when the call breaks, as far as it is said."""
    channels = plan.channels
    if not channels.caller and not channels.called:
        return ""
    caller, called = name_of(channels.caller) or "Nobody yet", name_of(channels.called) or "nobody yet"
    after = "" if channels.after_minutes is None else f" after {channels.after_minutes} minutes"
    return f"{caller} calls {called}{after}."


def _arrival(plan: MeetingPlan) -> Iterator[str]:
    yield ""
    yield arrival_words(plan)


def arrival_steps(plan: MeetingPlan, starts_at: datetime, zone: str) -> Iterator[tuple[str, str]]:
    """The minutes before a visit, by the clock of its place: time and what to do then."""
    rule = plan.arrival
    told = (
        (rule.early_minutes, "Be at the place, phones silent, cards at hand."),
        (rule.announced_minutes, f"Have yourselves announced at {rule.where or 'the reception'}."),
        (0, "Begin. The first minutes are for names and cards."),
    )
    for minutes, words in told:
        yield f"{in_zone(starts_at - timedelta(minutes=minutes), zone):%H:%M}", words


def arrival_words(plan: MeetingPlan) -> str:
    rule = plan.arrival
    where = f" at {rule.where}" if rule.where else " at the reception"
    return (
        f"Be at the place {rule.early_minutes} minutes before, and have yourself announced{where} "
        f"about {rule.announced_minutes} minutes before."
    )
