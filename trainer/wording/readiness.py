"""The readiness of an engagement in words: the sentence that can be said aloud, what would help, what changed."""

from collections.abc import Iterator, Mapping
from datetime import date

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.readiness import (
    Cause,
    Changes,
    InterpreterAdvice,
    Readiness,
    SeatChange,
    SeatState,
    Shortfall,
    StandingChange,
)
from trainer.wording.amounts import count, in_ten, listed, number
from trainer.wording.days import day_of
from trainer.wording.states import STATES, state_of

WEIGHTS = {1: "as much as the rest", 2: "more than the rest", 3: "most of all"}
"""How much a requirement matters, by its weight."""
CAUSES = {
    Cause.TARGET: "the target was changed",
    Cause.ANSWERS: "after {}",
    Cause.DATE: "the meeting was moved",
    Cause.RULES: "the rules of what is ready were changed",
    Cause.MODEL: "the model has learnt from the answers of all",
    Cause.ELSEWHERE: "through answers in other competencies",
}
SHORTFALLS = {
    Shortfall.NOBODY: "nobody has the seat yet",
    Shortfall.EVIDENCE: "there is not enough evidence yet",
    Shortfall.MEAN: "less than {} of the situations are expected to be handled well",
    Shortfall.LOW_END: "at the cautious end of the forecast it is less than {}, and the stakes are high",
}


def verdict(
    partner: str, on: date, readiness: Readiness, competencies: Mapping[str, Competency], *, today: date
) -> str:
    """The first line of a manager's page: a sentence that can be said aloud."""
    when = day_of(on, today)
    total = len(readiness.seats)
    if not total:
        return f"No seats are planned yet for {partner} on {when}."
    ready = readiness.ready_seats
    subject = f"{number(ready).capitalize() if ready else 'None'} of {number(total)} seats" if total > 1 else "The seat"
    if ready == total:
        subject = f"All {number(total)} seats" if total > 1 else "The seat"
    are = "is" if total == 1 or ready <= 1 else "are"
    negation = " not" if total == 1 and not ready else ""
    return f"{subject} {are}{negation} ready for {partner} on {when}{_weakest_words(readiness, competencies)}."


def _weakest_words(readiness: Readiness, competencies: Mapping[str, Competency]) -> str:
    weakest = readiness.weakest
    if weakest is None:
        return ""
    seat = _inside(weakest.seat.title)
    if weakest.person is None:
        return f"; nobody has the seat of {seat} yet"
    if weakest.competency is None:
        return f"; the weakest seat is the {seat}’s"
    competency = competencies[weakest.competency]
    is_name = competency.kind is CompetencyKind.LANGUAGE
    title = competency.title if is_name else _inside(competency.title)
    return f"; the weakest seat is the {seat}’s: {title}"


def _inside(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def change_lines(changes: Changes, competencies: Mapping[str, Competency]) -> Iterator[str]:
    """What changed, a sentence each: the meeting, its seats, its people, then the bands."""
    if changes.is_moved:
        yield "The meeting was moved to another time."
    yield from (_seat_line(each) for each in changes.seats)
    yield from (f"{person} took the seat {seat}." for seat, person in changes.joined)
    yield from (f"{count(people, 'person', 'people')} left the seat {seat}." for seat, people in changes.left)
    yield from (_standing_line(each, competencies) for each in changes.standings)


def interpreter_lines(
    advice: InterpreterAdvice, threshold: float, competencies: Mapping[str, Competency]
) -> tuple[str, ...]:
    """Why an interpreter is advised: a sentence for each seat and reason."""
    together: dict[tuple[str, Shortfall], list[str]] = {}
    for each in advice.reasons:
        together.setdefault((each.seat, each.why), []).append(competencies[each.competency].title)
    return tuple(
        f"{seat}: {SHORTFALLS[why].format(in_ten(threshold))} ({listed(names)})."
        for (seat, why), names in together.items()
    )


def _seat_line(change: SeatChange) -> str:
    if change.before is None and change.after is not None:
        return f"The seat {change.title} is new: {_lower(change.after)}."
    if change.before is not None and change.after is not None:
        return f"{change.title}: {_lower(change.before)} before, {_lower(change.after)} now."
    return f"The seat {change.title} was removed."


def _standing_line(change: StandingChange, competencies: Mapping[str, Competency]) -> str:
    cause = CAUSES[change.cause].format(count(change.answers, "new answer"))
    before, after = (state_of(band)[1].lower() for band in (change.before, change.after))
    title = competencies[change.competency].title
    return f"{change.person} ({change.seat}), {title}: {before} before, {after} now, {cause}."


def _lower(state: SeatState) -> str:
    return STATES[state][1].lower()
