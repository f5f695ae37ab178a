"""The sentences of a mail that depend on what is told: states, changes, reasons, what is due."""

from collections.abc import Iterator
from datetime import date

from trainer.domain.mail import Concern, DueKind, DueThing, EngagementNews
from trainer.domain.readiness import Band, Changes, SeatChange, SeatState, StandingChange
from trainer.domain.report import Overall
from trainer.mail.words import Words, to_say

STATES = {
    SeatState.OPEN: to_say("nobody yet"),
    SeatState.NOT_STARTED: to_say("not started"),
    SeatState.NO_EVIDENCE: to_say("not enough evidence"),
    SeatState.NOT_READY: to_say("not ready"),
    SeatState.BORDERLINE: to_say("borderline"),
    SeatState.READY: to_say("ready"),
}
OVERALL = {
    Overall.NOT_READY: to_say("not ready"),
    Overall.AT_RISK: to_say("at risk"),
    Overall.READY: to_say("ready"),
}
MARKS = {Overall.NOT_READY: "▽", Overall.AT_RISK: "◇", Overall.READY: "▲"}
COLOURS = {Overall.NOT_READY: "#9a4205", Overall.AT_RISK: "#59522f", Overall.READY: "#1c4f8f"}
"""On light paper; a mail cannot ask a style sheet."""
DUE_KINDS = {
    DueKind.PROMISE: to_say("Promise"),
    DueKind.RESEARCH: to_say("Research"),
    DueKind.CHANNEL_CHECK: to_say("Check of the connection"),
    DueKind.PREPARATION: to_say("Preparation"),
    DueKind.CHARTER_GAP: to_say("Charter"),
    DueKind.THANKS: to_say("Thanks"),
    DueKind.MINUTES: to_say("Minutes of the meeting"),
    DueKind.PROMISES_MADE: to_say("Write down the promises"),
    DueKind.NEXT_CONTACT: to_say("Next contact"),
    DueKind.DEBRIEF: to_say("Debrief"),
}
MOST_OWNERS = 3
MOST_CHANGES = 6
"""Sentences about one engagement; how many more there are is said."""


def overall_words(words: Words, state: Overall) -> str:
    return words.say(OVERALL[state])


def seats_line(words: Words, news: EngagementNews) -> str:
    """How many seats are ready."""
    if not news.seats:
        return words.say("No seats are planned yet.")
    if news.ready_seats == news.seats:
        return words.count("The seat is ready.", "All %(count)s seats are ready.", news.seats)
    if not news.ready_seats:
        return words.say("No seat is ready yet.")
    return words.say("%(ready)s of %(seats)s seats are ready.", ready=news.ready_seats, seats=news.seats)


def concern_line(words: Words, concern: Concern) -> str:
    if concern.words:
        return concern.words
    if concern.competency is None:
        return words.say("Nobody has the seat %(seat)s yet.", seat=concern.seat)
    return words.say("%(seat)s: %(competency)s", seat=concern.seat, competency=concern.competency)


def concern_note(words: Words, concern: Concern) -> str:
    """Who sees to it, and by when."""
    owners = [*concern.owners[:MOST_OWNERS], *("…" for _ in concern.owners[MOST_OWNERS : MOST_OWNERS + 1])]
    by = words.say("by %(day)s", day=words.day_short(concern.due_on)) if concern.due_on else ""
    return " · ".join(filter(None, [", ".join(owners), by]))


def change_lines(words: Words, news: EngagementNews) -> list[str]:
    """What changed, a sentence each: the whole, the meeting, its seats, its people's bands, then all else."""
    lines = [*_all_changes(words, news)]
    more = len(lines) - MOST_CHANGES
    if more <= 1:
        return lines
    return [*lines[:MOST_CHANGES], words.count("One more change.", "%(count)s more changes.", more)]


def due_title(words: Words, thing: DueThing) -> str:
    return words.say("%(kind)s: %(about)s", kind=words.say(DUE_KINDS[thing.kind]), about=thing.about)


def due_line(words: Words, thing: DueThing, today: date) -> str:
    """When it is due, seen from today."""
    days = (thing.due_on - today).days
    if days < 0:
        return words.count("overdue by one day", "overdue by %(count)s days", -days)
    if days == 0:
        return words.say("due today")
    return words.say("due tomorrow") if days == 1 else words.say("due by %(day)s", day=words.day_short(thing.due_on))


def _all_changes(words: Words, news: EngagementNews) -> Iterator[str]:
    since = news.since
    if since is None:
        return
    if since.state is not None and since.state is not news.state:
        before, after = overall_words(words, since.state), overall_words(words, news.state)
        yield words.say("All in all: %(before)s before, %(after)s now.", before=before, after=after)
    if since.changes is not None:
        yield from _changes_of_people(words, since.changes)
    yield from (words.say("Closed: %(what)s", what=what) for what in since.closed)
    yield from (words.say("New: %(what)s", what=what) for what in since.opened)


def _changes_of_people(words: Words, changes: Changes) -> Iterator[str]:
    if changes.is_moved:
        yield words.say("The meeting was moved to another time.")
    yield from (_seat_line(words, each) for each in changes.seats)
    for seat, person in changes.joined:
        yield words.say("%(person)s took the seat %(seat)s.", person=person, seat=seat)
    for seat, people in changes.left:
        yield words.count(
            "One person left the seat %(seat)s.", "%(count)s people left the seat %(seat)s.", people, seat=seat
        )
    yield from (_standing_line(words, each) for each in changes.standings)


def _seat_line(words: Words, change: SeatChange) -> str:
    if change.after is None:
        return words.say("The seat %(seat)s was removed.", seat=change.title)
    after = _state(words, change.after)
    if change.before is None:
        return words.say("The seat %(seat)s is new: %(after)s.", seat=change.title, after=after)
    before = _state(words, change.before)
    return words.say("%(seat)s: %(before)s before, %(after)s now.", seat=change.title, before=before, after=after)


def _standing_line(words: Words, change: StandingChange) -> str:
    return words.say(
        "%(person)s (%(seat)s), %(competency)s: %(before)s before, %(after)s now.",
        person=change.person,
        seat=change.seat,
        competency=change.competency,
        before=_state(words, change.before),
        after=_state(words, change.after),
    )


def _state(words: Words, state: SeatState | Band) -> str:
    return words.say(STATES[SeatState(state.value)])
