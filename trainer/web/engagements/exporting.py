"""The readiness report as a file: for the manager with names, by a shared link without."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.paper.formats import FORMATS
from trainer.reporting import EngagementHead
from trainer.web import authorize, content, found, model, now, page, reading
from trainer.web.engagements.blueprint import bp, load_head
from trainer.web.engagements.sharing import shared_head
from trainer.web.files import attachment


@bp.get("/engagements/<uuid:engagement_id>/report.<suffix>")
def download_report(engagement_id: UUID, suffix: str) -> ResponseReturnValue:
    return _file(load_head(engagement_id, Action.SEE_ENGAGEMENT), suffix, with_names=True)


@bp.get("/reports/<token>/report.<suffix>")
def download_shared(token: str, suffix: str) -> ResponseReturnValue:
    authorize(Action.VISIT)
    head, _ = shared_head(token)
    if head is None:
        return page("engagements/link_over.html", 404)
    return _file(head, suffix, with_names=False)


def _file(head: EngagementHead, suffix: str, *, with_names: bool) -> ResponseReturnValue:
    wanted = found(FORMATS.get(suffix))
    paper = reporting.paper_of(reading(), content(), model(), head, with_names=with_names, at=now())
    return attachment(wanted.write(paper), reporting.paper_name(head, suffix), wanted.media_type)
