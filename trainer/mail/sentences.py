"""The sentences of a mail that depend on what is told: states, changes, reasons, what is due."""

from collections.abc import Iterator
from datetime import date

from trainer.domain.mail import Concern, DueKind, DueThing, EngagementNews
from trainer.domain.readiness import Band, Changes, SeatChange, SeatState, StandingChange
from trainer.mail.words import Words, to_say

STATES = {
    SeatState.OPEN: to_say("nobody yet"),
    SeatState.NOT_STARTED: to_say("not started"),
    SeatState.NO_EVIDENCE: to_say("not enough evidence"),
    SeatState.NOT_READY: to_say("not ready"),
    SeatState.BORDERLINE: to_say("borderline"),
    SeatState.READY: to_say("ready"),
}
MARKS = {
    SeatState.OPEN: "○",
    SeatState.NOT_STARTED: "–",
    SeatState.NO_EVIDENCE: "?",
    SeatState.NOT_READY: "▽",
    SeatState.BORDERLINE: "◇",
    SeatState.READY: "▲",
}
COLOURS = {
    SeatState.OPEN: "#55606a",
    SeatState.NOT_STARTED: "#55606a",
    SeatState.NO_EVIDENCE: "#55606a",
    SeatState.NOT_READY: "#9a4205",
    SeatState.BORDERLINE: "#59522f",
    SeatState.READY: "#1c4f8f",
}
"""On light paper; a mail cannot ask a style sheet."""
DUE_KINDS = {
    DueKind.PROMISE: to_say("Promise"),
    DueKind.RESEARCH: to_say("Research"),
    DueKind.CHANNEL_CHECK: to_say("Check of the connection"),
    DueKind.CHARTER_GAP: to_say("Charter"),
    DueKind.FOLLOW_UP: to_say("Follow-up"),
    DueKind.DEBRIEF: to_say("Debrief"),
}
MOST_CHANGES = 6
"""Sentences about one engagement; how many more there are is said."""


def state_words(words: Words, state: SeatState | Band) -> str:
    return words.say(STATES[SeatState(state.value)])


def seats_line(words: Words, news: EngagementNews) -> str:
    """How many seats are ready."""
    if not news.seats:
        return words.say("No seats are planned yet.")
    if news.ready_seats == news.seats:
        return words.count("The seat is ready.", "All %(count)s seats are ready.", news.seats)
    return words.count(
        "The only seat is not ready yet.",
        "%(ready)s of %(count)s seats are ready.",
        news.seats,
        ready=news.ready_seats,
    )


def concern_line(words: Words, concern: Concern) -> str:
    what = concern.words or _what_is_missing(words, concern)
    if concern.owner and concern.due_on:
        return words.say(
            "%(what)s (%(owner)s, by %(day)s)", what=what, owner=concern.owner, day=words.day_short(concern.due_on)
        )
    return words.say("%(what)s (%(owner)s)", what=what, owner=concern.owner) if concern.owner else what


def change_lines(words: Words, changes: Changes) -> list[str]:
    """What changed, a sentence each: the meeting, its seats, its people, then the bands."""
    lines = [*_all_changes(words, changes)]
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


def _what_is_missing(words: Words, concern: Concern) -> str:
    if concern.competency is None:
        return words.say("Nobody has the seat %(seat)s yet.", seat=concern.seat)
    return words.say("%(seat)s: %(competency)s", seat=concern.seat, competency=concern.competency)


def _all_changes(words: Words, changes: Changes) -> Iterator[str]:
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
    after = state_words(words, change.after)
    if change.before is None:
        return words.say("The seat %(seat)s is new: %(after)s.", seat=change.title, after=after)
    before = state_words(words, change.before)
    return words.say("%(seat)s: %(before)s before, %(after)s now.", seat=change.title, before=before, after=after)


def _standing_line(words: Words, change: StandingChange) -> str:
    return words.say(
        "%(person)s (%(seat)s), %(competency)s: %(before)s before, %(after)s now.",
        person=change.person,
        seat=change.seat,
        competency=change.competency,
        before=state_words(words, change.before),
        after=state_words(words, change.after),
    )
