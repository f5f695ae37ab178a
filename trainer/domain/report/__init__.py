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
from trainer.domain.report.people import gaps_of_people
from trainer.domain.report.report import (
    Overall,
    PastGap,
    PastReport,
    Reason,
    Report,
    ReportChanges,
    changes_of_report,
    gravest,
    judge,
)

__all__ = [
    "Overall",
    "Paper",
    "PaperContact",
    "PaperFact",
    "PaperPoint",
    "PaperReason",
    "PaperSeat",
    "PaperTime",
    "PastGap",
    "PastReport",
    "Reason",
    "Report",
    "ReportChanges",
    "changes_of_report",
    "gaps_of_people",
    "gravest",
    "judge",
]
