"""The page of the record, section by section."""

from collections.abc import Iterator

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, Subject, may
from trainer.domain.mastery import Correction
from trainer.domain.record import MIN_RESOLVED
from trainer.reporting import WINDOW_DAYS, Everyone
from trainer.web import actor, authorize, content, me, model, now, page, reading
from trainer.web.record.correction import Company, company_of, in_force_words
from trainer.web.record.words import LEADS, Section, section_of

bp = Blueprint("record", __name__)


@bp.get("/record")
def show_record() -> ResponseReturnValue:
    who = actor()
    authorize(Action.SEE_RECORD, Subject(owner_id=who.id if who else None))
    everyone = reporting.load_everyone(reading())
    return page(
        "record/show.html",
        sections=list(_sections(everyone)),
        company=_company(everyone),
        in_force=in_force_words(Correction(*model().constants.correction)),
        leads=tuple(LEADS.values()),
        min_resolved=MIN_RESOLVED,
        window_days=WINDOW_DAYS,
    )


def _sections(everyone: Everyone) -> Iterator[Section]:
    if may(me(), Action.SEE_TEAMS_RECORD):
        teams = reporting.teams_record(reading(), content(), everyone, me().managed_teams, at=now())
        yield section_of("teams", "Your teams together", "By your people’s own word", teams)
    own = reporting.own_record(reading(), content(), everyone, me().id, at=now())
    yield section_of("own", "You", "By your own word", own)


def _company(everyone: Everyone) -> Company | None:
    if not may(me(), Action.SEE_COMPANY_RECORD):
        return None
    return company_of(reporting.correction_advice(reading(), content(), model(), everyone, at=now()))
