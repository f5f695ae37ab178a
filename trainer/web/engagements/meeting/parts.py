"""The parts of a meeting's times that there are once: channels, interpreter, arrival."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.documents import with_fields
from trainer.domain.meeting.plan import ANNOUNCED_BEFORE, EARLY_AT_PLACE
from trainer.reporting import EngagementHead
from trainer.web import page, reading
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.meeting.forms import ArrivalForm, ChannelsForm, InterpreterForm
from trainer.web.engagements.meeting.saving import KIND, save_form
from trainer.workspace import newest_document

FORMS: Mapping[str, type[ChannelsForm] | type[InterpreterForm] | type[ArrivalForm]] = {
    "channels": ChannelsForm,
    "interpreter": InterpreterForm,
    "arrival": ArrivalForm,
}
USUAL: Mapping[str, Mapping[str, Any]] = {
    "arrival": {"early_minutes": EARLY_AT_PLACE, "announced_minutes": ANNOUNCED_BEFORE}
}
PART = "<any(channels,interpreter,arrival):section>"
ANCHORS = {"interpreter": "agenda"}
"""Where a part stands on the page, if not under its own name."""


@bp.get(f"/engagements/<uuid:engagement_id>/meeting/{PART}")
def edit_part(engagement_id: UUID, section: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    kept = newest_document(reading(), head.id, KIND)
    fields = {**USUAL.get(section, {}), **kept.document.get(section, {})}
    form = FORMS[section](formdata=None)
    form.show(fields, kept.version)
    return _part_page(head, section, form)


@bp.post(f"/engagements/<uuid:engagement_id>/meeting/{PART}")
def save_part(engagement_id: UUID, section: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    form = FORMS[section]()
    form.offer(reporting.who_can_be_named(reading(), [head.id])[head.id])
    if not form.validate_on_submit():
        return _part_page(head, section, form, 422)
    fields, anchor = form.written(), ANCHORS.get(section, section)
    return save_form(
        head,
        form,
        lambda document: with_fields(document, section, fields),
        lambda document: document.get(section, {}),
        anchor,
    )


def _part_page(head: EngagementHead, section: str, form: Any, status: int = 200) -> ResponseReturnValue:
    form.offer(reporting.who_can_be_named(reading(), [head.id])[head.id])
    return page("engagements/meeting/part.html", status, head=head, section=section, form=form)
