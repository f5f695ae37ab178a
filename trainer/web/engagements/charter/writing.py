"""Writing a charter together: beginning it, each part and entry, and what two people wrote at once."""

from typing import Any
from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from trainer import engagements, reporting
from trainer.domain.access import Action
from trainer.domain.charter import LABELS, TITLES, Section, is_shown, name_of_entry
from trainer.domain.content import TemplateUse
from trainer.domain.documents import DocumentKind, Path, find_entry
from trainer.engagements import EngagementError
from trainer.models import new_id
from trainer.reporting import EngagementHead, KeptCharter
from trainer.web import content, db, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.changes import ChangeForm
from trainer.web.engagements.charter.choices import HINTS, keep_gone, offer
from trainer.web.engagements.charter.forms import LISTS, PARTS, owners_form
from trainer.web.engagements.charter.showing import templates
from trainer.web.engagements.charter.words import value_words
from trainer.web.engagements.clashes import Told, form_clash_page
from trainer.workspace import DocumentClash, NoSuchVersion

NEW = "new"
MAX_ENTRY_ID = 80
ONE = {"contacts": "a contact", "escalation": "a level", "information": "a rule"}
"""What an entry of a list is called."""
USES = {
    "objective": TemplateUse.OBJECTIVE,
    "working": TemplateUse.WORKING,
    "contacts": TemplateUse.CONTACTS,
    "escalation": TemplateUse.ESCALATION,
    "closing": TemplateUse.ESCALATION,
    "information": TemplateUse.INFORMATION,
}
"""Which template of a lesson stands beside a part."""


@bp.post("/engagements/<uuid:engagement_id>/charter")
def start_charter(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    form = FlaskForm()
    template = templates().get(request.form.get("template", ""))
    if not form.validate_on_submit() or template is None:
        say("Choose what to begin with.")
        return to("engagements.show_charter", engagement_id=head.id)
    try:
        engagements.start_charter(db(), head.id, template, by=me().id, at=now())
        say("The charter is begun. What is missing stands on top, with what to do.")
    except EngagementError as error:
        say(str(error))
    return to("engagements.show_charter", engagement_id=head.id)


@bp.get("/engagements/<uuid:engagement_id>/charter/<part>")
def edit_charter(engagement_id: UUID, part: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    form, fields = _form_of_part(part, found), _section(found.kept.document, part)
    form.show(fields, found.kept.version)
    keep_gone(form, fields)
    return _form_page(head, part, form)


@bp.post("/engagements/<uuid:engagement_id>/charter/<part>")
def change_charter(engagement_id: UUID, part: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    form = _form_of_part(part, found)
    keep_gone(form, _section(found.kept.document, part))
    if not form.validate_on_submit():
        return _form_page(head, part, form, status=422)
    try:
        engagements.write_section(db(), head.id, part, form.written(), seen=form.seen_version, by=me().id, at=now())
    except DocumentClash as clash:
        return _clash_page(head, found, part, form, clash)
    except NoSuchVersion as error:
        say(str(error))
        return to("engagements.edit_charter", engagement_id=head.id, part=part)
    say(f"{TITLES[part]}: saved.")
    return to("engagements.show_charter", engagement_id=head.id, _anchor=part)


@bp.get("/engagements/<uuid:engagement_id>/charter/<part>/<entry_id>")
def edit_charter_entry(engagement_id: UUID, part: str, entry_id: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    form, entry = _form_of_entry(part, found), find_entry(found.kept.document, part, entry_id)
    if entry is None and entry_id != NEW:
        say("This entry was taken away meanwhile.")
        return to("engagements.show_charter", engagement_id=head.id, _anchor=part)
    form.show(_with_defaults(part, entry, found), found.kept.version)
    keep_gone(form, entry or {})
    return _form_page(head, part, form, entry_id, entry)


@bp.post("/engagements/<uuid:engagement_id>/charter/<part>/<entry_id>")
def change_charter_entry(engagement_id: UUID, part: str, entry_id: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    form, entry = _form_of_entry(part, found), find_entry(found.kept.document, part, entry_id)
    keep_gone(form, entry or {})
    if len(entry_id) > MAX_ENTRY_ID:
        abort(404)
    if not form.validate_on_submit():
        return _form_page(head, part, form, entry_id, entry, 422)
    own_id = str(new_id()) if entry_id == NEW else entry_id
    try:
        engagements.write_entry(
            db(), head.id, part, own_id, form.written(), seen=form.seen_version, by=me().id, at=now()
        )
    except DocumentClash as clash:
        return _clash_page(head, found, part, form, clash, entry_id)
    except NoSuchVersion as error:
        say(str(error))
        return to("engagements.edit_charter_entry", engagement_id=head.id, part=part, entry_id=entry_id)
    say(f"{TITLES[part]}: saved.")
    return to("engagements.show_charter", engagement_id=head.id, _anchor=part)


@bp.post("/engagements/<uuid:engagement_id>/charter/<part>/<entry_id>/remove")
def remove_charter_entry(engagement_id: UUID, part: str, entry_id: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    if part not in LISTS:
        abort(404)
    form = ChangeForm()
    try:
        engagements.remove_entry(db(), head.id, part, entry_id, seen=form.seen_version, by=me().id, at=now())
        say(f"{TITLES[part]}: taken away. It stays among the versions.")
    except DocumentClash:
        say("Somebody changed this meanwhile, so it was left. Look at it, then take it away if it should go.")
        return to("engagements.edit_charter_entry", engagement_id=head.id, part=part, entry_id=entry_id)
    except NoSuchVersion as error:
        say(str(error))
    return to("engagements.show_charter", engagement_id=head.id, _anchor=part)


def _form_of_part(part: str, found: KeptCharter) -> ChangeForm:
    if part != "owners" and part not in PARTS:
        abort(404)
    form = owners_form(found.people)() if part == "owners" else PARTS[part]()
    offer(form, found.people, found.charter)
    return form


def _form_of_entry(part: str, found: KeptCharter) -> ChangeForm:
    if part not in LISTS:
        abort(404)
    form = LISTS[part]()
    offer(form, found.people, found.charter)
    return form


def _with_defaults(part: str, entry: dict[str, Any] | None, found: KeptCharter) -> dict[str, Any]:
    """An entry for its form; a new one as it most likely is, with what the address says."""
    is_new = entry is None
    if entry is None:
        asked = {name: request.args[name] for name in ("interface", "side", "rank", "sharing") if name in request.args}
        number = max((level.number for level in found.charter.levels), default=0) + 1
        entry = {**asked, "number": min(number, 9)} if part == "escalation" else asked
    if part == "information":
        return {"shown": not is_new and is_shown(entry), **entry}
    return entry


def _section(document: dict[str, Any], part: str) -> dict[str, Any]:
    found = document.get(part)
    return found if isinstance(found, dict) else {}


def _form_page(
    head: EngagementHead,
    part: str,
    form: ChangeForm,
    entry_id: str = "",
    entry: dict[str, Any] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return page(
        "engagements/charter/form.html",
        status,
        head=head,
        part=part,
        form=form,
        hints=HINTS[part],
        entry_id=entry_id,
        is_new=entry is None,
        about=name_of_entry(part, entry) if entry else "",
        TITLES=TITLES,
        ONE=ONE,
        lesson_template=content().templates.get(USES[part]) if part in USES else None,
        Section=Section,
    )


def _clash_page(
    head: EngagementHead, found: KeptCharter, part: str, form: ChangeForm, clash: DocumentClash, entry_id: str = ""
) -> ResponseReturnValue:
    def title(path: Path) -> str:
        return LABELS[part].get(path[-1], TITLES[part])

    def words(path: Path, value: Any) -> str:
        if isinstance(value, dict):
            return name_of_entry(part, value)
        return value_words(path[-1], value, found.people.names, found.charter)

    back = url_for("engagements.show_charter", engagement_id=head.id, _anchor=part)
    return form_clash_page(
        head,
        clash,
        Told(TITLES[part], back, title, words),
        DocumentKind.CHARTER,
        form,
        lambda document: _fields(document, part, entry_id),
        HINTS[part],
    )


def _fields(document: dict[str, Any], part: str, entry_id: str) -> dict[str, Any]:
    return (find_entry(document, part, entry_id) or {}) if entry_id else _section(document, part)
