"""The readiness report: everything that a meeting rests on, whether it is ready, and what would change that."""

from trainer.domain.report.paper import (
    Paper,
    PaperContact,
    PaperFact,
    PaperPoint,
    PaperReason,
    PaperSeat,
    PaperTime,
)

__all__ = ["Paper", "PaperContact", "PaperFact", "PaperPoint", "PaperReason", "PaperSeat", "PaperTime"]
