"""The answers, added up once for each version of the log: the page is opened more often than it changes."""

from uuid import UUID

from flask import current_app

from trainer import reporting
from trainer.domain.item_analysis import Log
from trainer.web import reading


def answer_log() -> Log:
    """Holds sums only, the last ones that were asked for."""
    kept: dict[tuple[int, UUID | None], Log] = current_app.extensions.setdefault("entente_answer_log", {})
    version = reporting.log_version(reading())
    log = kept.get(version)
    if log is None:
        log = reporting.read_log(reading())
        kept.clear()
        kept[version] = log
    return log
