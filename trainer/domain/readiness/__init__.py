"""Turns forecasts into what a manager asks: which seats are ready on the date, who covers them, what is weak."""

from trainer.domain.readiness.assessing import assess
from trainer.domain.readiness.bands import MIN_GROUP, Band, Rules, SeatState, band_of
from trainer.domain.readiness.team import (
    Evidence,
    InterpreterAdvice,
    Person,
    PersonReadiness,
    Readiness,
    Requirement,
    Seat,
    SeatReadiness,
    Standing,
    WeakestLink,
)

__all__ = [
    "MIN_GROUP",
    "Band",
    "Evidence",
    "InterpreterAdvice",
    "Person",
    "PersonReadiness",
    "Readiness",
    "Requirement",
    "Rules",
    "Seat",
    "SeatReadiness",
    "SeatState",
    "Standing",
    "WeakestLink",
    "assess",
    "band_of",
]
