"""What is missing of people: empty seats, what they do not handle yet, who could not be replaced, an interpreter."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from trainer.domain.content import Competency
from trainer.domain.gaps import Area, Gap, Weight
from trainer.domain.readiness import Band, Driver, Readiness, SeatReadiness, SeatState

SHARE_OF_ONE = 0.3
"""The effect of a seat that one person alone is ready for."""
OF_INTERPRETER = 0.8


def gaps_of_people(
    readiness: Readiness, competencies: Mapping[str, Competency], starts_on: date, *, has_interpreter: bool
) -> Iterator[Gap]:
    """A gap for each thing that would help a seat that is not ready, and for what hangs on one person."""
    if not readiness.seats:
        yield Gap(
            "people:seats",
            Area.PEOPLE,
            Weight.BLOCKS,
            "No seat is planned.",
            "Say which seats the meeting needs and what each must handle.",
            1.0,
        )
    seats = {each.seat.id: each for each in readiness.seats}
    for driver in readiness.drivers:
        yield _gap_of(driver, seats[driver.seat.id], competencies, starts_on)
    for seat in readiness.seats:
        if seat.seat.requirements and seat.state is SeatState.READY and seat.qualified == 1:
            yield Gap(
                f"people:one:{seat.seat.id}",
                Area.PEOPLE,
                Weight.NOTES,
                f"{seat.seat.title}: one ready person, a risk if they are away.",
                "Have a second person get ready for this seat.",
                SHARE_OF_ONE,
            )
    if readiness.interpreter.is_advised and not has_interpreter:
        yield Gap(
            "interpreter",
            Area.INTERPRETER,
            Weight.RISKS,
            f"An interpreter is advised for {_named(readiness.interpreter.seats)}, and none is booked.",
            "Book an interpreter and brief them three days before.",
            OF_INTERPRETER,
            due_on=starts_on - timedelta(days=7),
        )


def _gap_of(driver: Driver, seat: SeatReadiness, competencies: Mapping[str, Competency], starts_on: date) -> Gap:
    if driver.competency is None:
        return Gap(
            f"people:open:{driver.seat.id}",
            Area.PEOPLE,
            Weight.BLOCKS,
            f"{driver.seat.title}: nobody has this seat.",
            "Say who takes it.",
            1.0,
            due_on=starts_on - timedelta(days=14),
        )
    title = competencies[driver.competency].title
    names = tuple(_lacking(seat, driver.competency).values())
    return Gap(
        f"people:{driver.seat.id}:{driver.competency}",
        Area.PEOPLE,
        _weight(driver, seat.state),
        f"{driver.seat.title}: {title} is {_standing_words(seat, driver.competency)}.",
        f"{_named(names)}: study {title}.",
        min(driver.gain, 1.0),
        owners=tuple(_lacking(seat, driver.competency)),
        due_on=starts_on - timedelta(days=1),
        plain_action=f"Who has this seat studies {title}.",
    )


def _weight(driver: Driver, state: SeatState) -> Weight:
    """A seat whose evidence is too thin is at risk, never "not ready"."""
    if not driver.is_must:
        return Weight.NOTES
    return Weight.BLOCKS if state is SeatState.NOT_READY else Weight.RISKS


def _lacking(seat: SeatReadiness, competency: str) -> dict[UUID, str]:
    return {
        person.person.id: person.person.name
        for person in seat.people
        for standing in person.standings
        if standing.requirement.competency == competency and standing.band is not Band.READY
    }


def _standing_words(seat: SeatReadiness, competency: str) -> str:
    """Where the best person of the seat stands in it."""
    bands = [
        standing.band
        for person in seat.people
        for standing in person.standings
        if standing.requirement.competency == competency
    ]
    best = max(bands, key=list(Band).index)
    return {
        Band.NOT_STARTED: "not started",
        Band.NO_EVIDENCE: "not shown yet: too few answers",
        Band.NOT_READY: "not ready for the day",
        Band.BORDERLINE: "borderline for the day",
        Band.READY: "ready with some, not with the person who must have all of it",
    }[best]


def _named(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
