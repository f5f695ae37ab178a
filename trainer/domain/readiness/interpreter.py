"""Whether to take an interpreter, and why."""

from collections.abc import Iterator, Mapping, Sequence

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.readiness.bands import Rules
from trainer.domain.readiness.team import (
    InterpreterAdvice,
    InterpreterReason,
    PersonReadiness,
    SeatReadiness,
    Shortfall,
    Standing,
)


def advise_interpreter(
    seats: Sequence[SeatReadiness], competencies: Mapping[str, Competency], rules: Rules, *, is_high_stakes: bool
) -> InterpreterAdvice:
    """Compare each speaking seat's best person with the threshold: the mean, or at high stakes the lower bound."""
    reasons = [reason for seat in seats for reason in _reasons(seat, competencies, rules, is_high_stakes)]
    return InterpreterAdvice(tuple(reasons), is_high_stakes)


def _reasons(
    seat: SeatReadiness, competencies: Mapping[str, Competency], rules: Rules, is_high_stakes: bool
) -> Iterator[InterpreterReason]:
    language = [
        each.competency
        for each in seat.seat.requirements
        if each.is_must and competencies[each.competency].kind is CompetencyKind.LANGUAGE
    ]
    if not seat.seat.is_speaking or not language:
        return
    if not seat.people:
        yield from (InterpreterReason(seat.seat.title, name, Shortfall.NOBODY) for name in language)
        return
    best = max(seat.people, key=lambda person: min(_levels(person, language, rules, is_high_stakes)))
    for standing in _of(best, language):
        if _level(standing, rules, is_high_stakes) < rules.interpreter_target:
            yield InterpreterReason(seat.seat.title, standing.requirement.competency, _why(standing, rules))


def _of(person: PersonReadiness, language: Sequence[str]) -> Iterator[Standing]:
    return (each for each in person.standings if each.requirement.competency in language)


def _levels(person: PersonReadiness, language: Sequence[str], rules: Rules, is_high_stakes: bool) -> Iterator[float]:
    return (_level(each, rules, is_high_stakes) for each in _of(person, language))


def _level(standing: Standing, rules: Rules, is_high_stakes: bool) -> float:
    if standing.forecast.answers < rules.min_answers:
        return 0.0
    return standing.forecast.low if is_high_stakes else standing.forecast.mean


def _why(standing: Standing, rules: Rules) -> Shortfall:
    if standing.forecast.answers < rules.min_answers:
        return Shortfall.EVIDENCE
    return Shortfall.MEAN if standing.forecast.mean < rules.interpreter_target else Shortfall.LOW_END
