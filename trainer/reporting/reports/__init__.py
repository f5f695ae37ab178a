"""The readiness report of engagements: what all of it rests on, what it said before, and as a paper."""

from trainer.reporting.reports.gathering import Teamwork, report_of, reports_of, teamwork_of
from trainer.reporting.reports.papers import paper_name, paper_of
from trainer.reporting.reports.snapshots import (
    ReportPoint,
    changed_reports,
    keep_reports,
    newest_reports,
    past_report,
    report_points,
)

__all__ = [
    "ReportPoint",
    "Teamwork",
    "changed_reports",
    "keep_reports",
    "newest_reports",
    "paper_name",
    "paper_of",
    "past_report",
    "report_of",
    "report_points",
    "reports_of",
    "teamwork_of",
]
