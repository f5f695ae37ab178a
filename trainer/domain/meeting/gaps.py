"""What is missing of a meeting's times: places, hours, holidays, agenda, channels, checks, arrival."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.domain.agenda import Agenda, fit_agenda
from trainer.domain.calendar import (
    Arrival,
    Attendance,
    DayKind,
    Fit,
    Place,
    ambiguous_zones_in,
    arrival,
    attend,
    in_zone,
)
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.meeting.plan import Journey, MeetingPlan, check_due
from trainer.domain.meeting.reading import ours_in
from trainer.domain.parties import Party

WEEKS_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the engagement itself says of its time. `minutes` is the frame of the agenda."""

    starts_at: datetime
    zone: str
    minutes: int
    is_call: bool

    @property
    def on(self) -> date:
        """The day of the meeting where it takes place."""
        return in_zone(self.starts_at, self.zone).date()


def gaps_of_meeting(plan: MeetingPlan, facts: MeetingFacts, today: date) -> Iterator[Gap]:
    """A gap for each thing that is missing, and for what makes the time itself a bad one, as of a day in its zone."""
    yield from _places(plan, facts)
    yield from _hours(plan, facts)
    yield from _agenda(plan, facts)
    if facts.is_call:
        yield from _channels(plan, facts)
        yield from _checks(plan, facts, today)
    yield from _written(plan)
    yield from _journeys(plan, facts)


def attendances_of(plan: MeetingPlan, facts: MeetingFacts) -> tuple[Attendance, ...]:
    """How each place lives the meeting."""
    return tuple(attend(place, facts.starts_at, facts.minutes) for place in plan.places)


def agenda_of(plan: MeetingPlan, facts: MeetingFacts) -> Agenda:
    return fit_agenda(plan.agenda, facts.starts_at, facts.minutes, plan.interpreting)


def arrivals_of(plan: MeetingPlan, facts: MeetingFacts) -> tuple[tuple[Journey, Arrival], ...]:
    """Each journey with how it lies before the meeting; none while no place tells where the meeting is."""
    venue = venue_of(plan, facts)
    if venue is None:
        return ()
    return tuple(
        (each, arrival(each.from_zone, venue, each.lands_at, facts.starts_at, is_night_flight=each.is_night_flight))
        for each in plan.journeys
    )


def venue_of(plan: MeetingPlan, facts: MeetingFacts) -> Place | None:
    """The place at which people meet: that of the meeting's zone, the partner's first."""
    here = [place for place in (*plan.of(Party.THEIRS), *plan.of(Party.OURS)) if place.zone == facts.zone]
    return next(iter(here), None)


def is_lived_at(place: Place, facts: MeetingFacts) -> bool:
    """Whether people are at a place while they meet: on a call at each, on a visit only where they are received."""
    return facts.is_call or place.zone == facts.zone


def _places(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[Gap]:
    for party, whose in ((Party.OURS, "our side"), (Party.THEIRS, "the partner")):
        if not plan.of(party):
            yield Gap(
                f"calendar:place:{party}",
                Area.CALENDAR,
                Weight.RISKS,
                f"No place and hours are written for {whose}: holidays and hours there are not checked.",
                "Add the place with its country, region, time zone and working hours.",
                0.5,
                due_on=facts.on - WEEKS_BEFORE,
            )
    for each in plan.unclear:
        yield Gap(
            f"calendar:unclear:{each.id}",
            Area.CALENDAR,
            Weight.RISKS,
            f"{each.name or 'An entry'} cannot be reckoned with. {each.why}",
            "Correct the entry.",
            0.5,
            plain_what="An entry of the times cannot be reckoned with.",
        )


def _hours(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[Gap]:
    for each in attendances_of(plan, facts):
        if not is_lived_at(each.place, facts):
            continue
        if each.fit is Fit.OFF:
            yield _day_off(each)
        elif each.fit in (Fit.EARLY, Fit.LATE):
            yield Gap(
                f"calendar:hours:{each.place.name}",
                Area.CALENDAR,
                Weight.RISKS,
                each.words,
                "Ask whether it suits them, say why, and choose a time that is bad for somebody else next time.",
                min(1.0, each.outside / 240),
            )


def _day_off(attendance: Attendance) -> Gap:
    """A day off blocks; one that is only expected, or only a weekend, is asked about."""
    day, name = attendance.day, attendance.place.name
    is_settled = day.kind is DayKind.HOLIDAY and not day.is_expected
    return Gap(
        f"calendar:off:{name}",
        Area.CALENDAR,
        Weight.BLOCKS if is_settled or day.kind is DayKind.WEEKEND else Weight.RISKS,
        f"In {name} the day is off: {day.words}.",
        "Move the meeting to a working day of both sides, or have them confirm that they come.",
        1.0,
    )


def _agenda(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[Gap]:
    if not plan.agenda:
        yield Gap(
            "agenda:none",
            Area.AGENDA,
            Weight.RISKS,
            "There is no agenda.",
            "Write the items with their minutes, and send it with start and end time.",
            0.6,
            due_on=facts.on - timedelta(days=3),
        )
    parked = agenda_of(plan, facts).parked
    if parked:
        titles = ", ".join(f"“{item.title}”" for item in parked)
        yield Gap(
            "agenda:long",
            Area.AGENDA,
            Weight.RISKS,
            f"The agenda is longer than its frame: {titles} must wait.",
            "Shorten items, lengthen the frame, or agree that these are parked.",
            0.4,
            due_on=facts.on - timedelta(days=3),
            plain_what="The agenda is longer than its frame.",
        )


def _channels(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[Gap]:
    due = check_due(facts.starts_at, facts.zone)
    channels = plan.channels
    if not channels.primary:
        what = "It is not said on which channel the call is held."
        yield _channel_gap("primary", Weight.BLOCKS, what, "Write the channel and its address.", 1.0, due)
    if not channels.backup:
        what = "There is no second channel for when the first breaks."
        action = "Agree on one that needs nothing of the first, such as a telephone line."
        yield _channel_gap("backup", Weight.RISKS, what, action, 0.6, due)
    if not (channels.caller and channels.called and channels.after_minutes is not None):
        what = "It is not said who calls whom, and when, if the call breaks."
        action = "Name one person on each side, and after how many minutes."
        yield _channel_gap("caller", Weight.RISKS, what, action, 0.5, due)


def _channel_gap(name: str, weight: Weight, what: str, action: str, effect: float, due: date) -> Gap:
    return Gap(f"channel:{name}", Area.CHANNEL, weight, what, action, effect, due_on=due)


def _checks(plan: MeetingPlan, facts: MeetingFacts, today: date) -> Iterator[Gap]:
    due = check_due(facts.starts_at, facts.zone)
    open_checks = [check for check in plan.checks if check.done_at is None]
    if plan.checks and not open_checks:
        return
    what = "The connection has not been tried"
    if open_checks:
        what = "Not tried yet: " + ", ".join(check.what for check in open_checks)
    yield Gap(
        "channel:check",
        Area.CHANNEL,
        Weight.RISKS if today >= due else Weight.NOTES,
        f"{what}.",
        "Try it with the partner two days before, and note who did.",
        0.5,
        owners=tuple(dict.fromkeys(owner for check in open_checks for owner in ours_in(check.owner))),
        due_on=min((check.due for check in open_checks if check.due), default=due),
        plain_what="Not all of the connection has been tried.",
    )


def _written(plan: MeetingPlan) -> Iterator[Gap]:
    """Free text in which a time stands beside a zone's name that means several."""
    channels = plan.channels
    texts = (
        channels.primary,
        channels.backup,
        channels.notes,
        plan.arrival.where,
        *(item.title for item in plan.agenda),
    )
    for each in ambiguous_zones_in("\n".join(texts)):
        yield Gap(
            f"calendar:zone:{each.name}",
            Area.CALENDAR,
            Weight.RISKS,
            f"A time is written with “{each.name}”. {each.words}",
            "Write the city and its local time for each side.",
            0.5,
        )


def _journeys(plan: MeetingPlan, facts: MeetingFacts) -> Iterator[Gap]:
    for journey, landing in arrivals_of(plan, facts):
        if not landing.is_enough:
            yield Gap(
                f"calendar:arrival:{journey.id}",
                Area.CALENDAR,
                Weight.RISKS,
                f"Somebody lands {_days(landing.days_before)} before the meeting; our rule of thumb is "
                f"{_days(landing.days_advised)} for {_strain(journey, landing)}.",
                "Book an earlier flight, or have somebody else speak first.",
                0.4,
                owners=ours_in(journey.who),
                due_on=facts.on - WEEKS_BEFORE,
            )


def _strain(journey: Journey, landing: Arrival) -> str:
    night = " and a night flight" if journey.is_night_flight else ""
    return f"{landing.hours_apart:g} hours between the zones{night}"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
