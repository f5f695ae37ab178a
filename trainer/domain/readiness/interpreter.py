"""Whether to take an interpreter, and why."""

from collections.abc import Mapping, Sequence

from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.readiness.bands import Rules
from trainer.domain.readiness.team import InterpreterAdvice, PersonReadiness, SeatReadiness


def advise_interpreter(
    seats: Sequence[SeatReadiness], competencies: Mapping[str, Competency], rules: Rules, *, is_high_stakes: bool
) -> InterpreterAdvice:
    """Compare each speaking seat's best person with the threshold: the mean, or at high stakes the lower bound."""
    short = []
    for seat in seats:
        language = {
            each.competency
            for each in seat.seat.requirements
            if each.is_must and competencies[each.competency].kind is CompetencyKind.LANGUAGE
        }
        if seat.seat.is_speaking and language:
            best = max(
                (_language_level(person, language, rules, is_high_stakes) for person in seat.people), default=0.0
            )
            if best < rules.interpreter_target:
                short.append(seat.seat.title)
    return InterpreterAdvice(bool(short), tuple(short), is_high_stakes)


def _language_level(person: PersonReadiness, language: set[str], rules: Rules, is_high_stakes: bool) -> float:
    levels = [
        (each.forecast.low if is_high_stakes else each.forecast.mean)
        if each.forecast.answers >= rules.min_answers
        else 0.0
        for each in person.standings
        if each.requirement.competency in language
    ]
    return min(levels, default=0.0)
