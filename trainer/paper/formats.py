"""The files that a readiness report can be had as."""

from collections.abc import Callable
from dataclasses import dataclass

from trainer.domain.report.paper import Paper
from trainer.paper.pdf import write_pdf
from trainer.paper.table import write_table
from trainer.paper.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class PaperFormat:
    suffix: str
    name: str
    media_type: str
    write: Callable[[Paper], bytes]


FORMATS = {
    each.suffix: each
    for each in (
        PaperFormat("pdf", "PDF", "application/pdf", write_pdf),
        PaperFormat(
            "xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook
        ),
        PaperFormat("csv", "CSV", "text/csv; charset=utf-8", write_table),
    )
}
"""By suffix, in the order in which they are offered."""
