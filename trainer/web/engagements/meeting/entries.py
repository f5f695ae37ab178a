"""Places, agenda items, checks and journeys of a meeting: adding, changing, moving and removing them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from flask import request
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.calendar import countries
from trainer.domain.content import TemplateUse
from trainer.domain.documents import Document, find_entry, with_entry, without_entry
from trainer.domain.meeting import check_due, read_plan
from trainer.domain.parties import Party
from trainer.models import new_id
from trainer.reporting import EngagementHead
from trainer.web import content, found, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.changes import ChangeForm
from trainer.web.engagements.meeting.forms import CheckForm, CountryChoice, ItemForm, JourneyForm, PlaceForm
from trainer.web.engagements.meeting.saving import KIND, save, save_form
from trainer.web.places import zones_of
from trainer.workspace import newest_document

FORMS: Mapping[str, type[PlaceForm] | type[ItemForm] | type[CheckForm] | type[JourneyForm]] = {
    "places": PlaceForm,
    "agenda": ItemForm,
    "checks": CheckForm,
    "travel": JourneyForm,
}
SECTION = "<any(places,agenda,checks,travel):section>"
DEFAULT_HOURS = {"opens": "09:00", "closes": "17:30"}


@bp.get(f"/engagements/<uuid:engagement_id>/meeting/{SECTION}/new")
def new_entry(engagement_id: UUID, section: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    kept = newest_document(reading(), head.id, KIND)
    if section == "places" and request.args.get("country") not in countries():
        return _country_page(head, kept.document)
    form = FORMS[section](formdata=None)
    form.show(_proposed(head, section), kept.version)
    return _entry_page(head, section, new_id(), form)


@bp.get(f"/engagements/<uuid:engagement_id>/meeting/{SECTION}/<uuid:entry_id>")
def edit_entry(engagement_id: UUID, section: str, entry_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    kept = newest_document(reading(), head.id, KIND)
    entry = found(find_entry(kept.document, section, str(entry_id)))
    form = FORMS[section](formdata=None)
    form.show(entry, kept.version)
    return _entry_page(head, section, entry_id, form, is_new=False)


@bp.post(f"/engagements/<uuid:engagement_id>/meeting/{SECTION}/<uuid:entry_id>")
def save_entry(engagement_id: UUID, section: str, entry_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    kept = newest_document(reading(), head.id, KIND)
    form = FORMS[section]()
    _offer(form, head)
    if not form.validate_on_submit() or not _is_clear(form, head, section, entry_id, kept.document):
        is_new = find_entry(kept.document, section, str(entry_id)) is None
        return _entry_page(head, section, entry_id, form, is_new=is_new, status=422)
    entry = {"id": str(entry_id), **form.written()}

    def change(document: Document) -> Document:
        before = find_entry(document, section, entry["id"]) or {}
        return with_entry(document, section, {**before, **entry})

    return save_form(head, form, change, lambda document: find_entry(document, section, entry["id"]) or {}, section)


@bp.post(f"/engagements/<uuid:engagement_id>/meeting/{SECTION}/<uuid:entry_id>/remove")
def remove_entry(engagement_id: UUID, section: str, entry_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    return save(head, lambda document: without_entry(document, section, str(entry_id)), "Removed.", section)


@bp.post("/engagements/<uuid:engagement_id>/meeting/agenda/<uuid:entry_id>/up")
def raise_item(engagement_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Put an item before the one that it follows."""
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)

    def change(document: Document) -> Document:
        items = list(document.get("agenda", ()))
        place = next((number for number, item in enumerate(items) if item["id"] == str(entry_id)), 0)
        if place:
            items[place - 1 : place + 1] = [items[place], items[place - 1]]
        return {**document, "agenda": items}

    return save(head, change, "Moved up.", "agenda")


@bp.post("/engagements/<uuid:engagement_id>/meeting/checks/<uuid:entry_id>/done")
def note_check(engagement_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Note that something was tried, by whoever says so; or, said again, that it was not."""
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    done = {"done_at": now().isoformat(timespec="seconds"), "done_by": f"user:{me().id}"}
    nothing = dict.fromkeys(done, "")

    def change(document: Document) -> Document:
        check = find_entry(document, "checks", str(entry_id))
        if check is None:
            return document
        return with_entry(document, "checks", {**check, **(nothing if check.get("done_at") else done)})

    return save(head, change, "Noted.", "channels")


@bp.post("/engagements/<uuid:engagement_id>/meeting/usual-checks")
def take_usual_checks(engagement_id: UUID) -> ResponseReturnValue:
    """Begin the check list with what is usually tried."""
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    due = check_due(head.starts_at, head.zone).isoformat()
    usual = [
        {"id": str(uuid5(engagement_id, what)), "what": what, "owner": "", "due": due}
        for what in content().lines_for(TemplateUse.LINE).values()
    ]  # two people who take it over at once get one list
    if not usual:
        say("There is no usual list any more: its template was taken away. Nothing was changed.")
        return to("engagements.show_meeting", engagement_id=head.id, _anchor="channels")

    def change(document: Document) -> Document:
        return document if document.get("checks") else {**document, "checks": usual}

    return save(head, change, "The usual list is taken over.", "channels")


def _proposed(head: EngagementHead, section: str) -> dict[str, Any]:
    """What a new entry begins with."""
    if section == "places":
        country = request.args["country"]
        nearby = zones_of(country)
        zone = head.zone if head.zone in nearby else next(iter(nearby), head.zone)
        party = Party.THEIRS if country == head.country else Party.OURS
        return {"country": country, "party": party.value, "zone": zone, **DEFAULT_HOURS}
    if section == "checks":
        return {"due": check_due(head.starts_at, head.zone).isoformat()}
    return {}


def _is_clear(form: Any, head: EngagementHead, section: str, entry_id: UUID, document: Document) -> bool:
    """Whether the entry can be reckoned with; what cannot is told beside the field."""
    unclear = read_plan({section: [{"id": str(entry_id), **form.written()}]}, head.zone).unclear
    if unclear:
        field = form.time if section == "travel" else form.closes
        field.errors = [unclear[0].why]
        return False
    if section == "places" and any(
        each["id"] != str(entry_id) and each.get("name") == form.name.data.strip()
        for each in document.get("places", ())
    ):
        form.name.errors = ["There is a place of this name already. Choose another name."]
        return False
    return True


def _offer(form: Any, head: EngagementHead) -> None:
    form.offer(reporting.who_can_be_named(reading(), [head.id])[head.id])


def _country_page(head: EngagementHead, document: Document) -> ResponseReturnValue:
    form = CountryChoice(formdata=None)
    form.offer()
    has_theirs = any(each.get("party") == Party.THEIRS for each in document.get("places", ()))
    form.country.data = None if has_theirs else head.country
    return page("engagements/meeting/country.html", head=head, form=form)


def _entry_page(
    head: EngagementHead,
    section: str,
    entry_id: UUID,
    form: ChangeForm,
    *,
    is_new: bool = True,
    status: int = 200,
) -> ResponseReturnValue:
    _offer(form, head)
    return page(
        "engagements/meeting/entry.html",
        status,
        head=head,
        section=section,
        entry_id=entry_id,
        form=form,
        is_new=is_new,
    )
