"""The charter as the team reads it: what it says and lacks, its versions, and the ladder tried."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from trainer import reporting
from trainer.domain.access import Action, Subject, may
from trainer.domain.calendar import ImpossibleTime, in_zone, moment, zones
from trainer.domain.charter import (
    LABELS,
    CharterTemplate,
    Section,
    Sharing,
    break_words,
    dry_run,
    due_days,
    fields_changed,
    special_day,
    zone_of,
)
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.reporting import EngagementHead, KeptCharter
from trainer.web import content, me, now, page, reading
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.charter.trust import answered_lines, promise_lines
from trainer.web.engagements.charter.words import (
    PRESENCE_STATES,
    RANKS,
    SHARING,
    SIDES,
    ChangeWords,
    change_words,
    city,
    contact_name,
    contact_rows,
    reference_words,
    standing_words,
    state_line,
)
from trainer.web.places import countries
from trainer.wording import GAP_STATES, due_words
from trainer.workspace import NO_DOCUMENT, document_at, versions_of

MINUTE = "%Y-%m-%dT%H:%M"


class TrialForm(FlaskForm):
    """When the ladder is to be tried."""

    class Meta:
        csrf = False

    at = DateTimeLocalField("Date and time there", [InputRequired("Choose a date and a time.")], format=MINUTE)
    zone = SelectField("In the time zone of")


@bp.get("/engagements/<uuid:engagement_id>/charter")
def show_charter(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    if not found.kept.version:
        return page("engagements/charter/begin.html", head=head, templates=templates().values())
    return page(
        "engagements/charter/show.html",
        head=head,
        found=found,
        line=state_line(found.gaps, found.kept.version),
        lesson_templates=content().templates,
        begun_from=templates().get(str(found.kept.document.get("about", {}).get("template", ""))),
        agreed={side: (found.newest_agreement(side), _since(head, found, side)) for side in Party},
        comments=reporting.comments_of(reading(), head.id),
        due=due_days(head.starts_local.date()),
        can_ask=may(me(), Action.EDIT_ENGAGEMENT, Subject(team_id=head.team_id)),
        GAP_STATES=GAP_STATES,
        LABELS=LABELS,
        due_words=due_words,
        today=in_zone(now(), head.zone).date(),
        promises=promise_lines(found, in_zone(now(), head.zone).date()),
        answered=answered_lines(found.health) if found.health else [],
        Section=Section,
        **printed(head, found, Party.OURS),
    )


@bp.get("/engagements/<uuid:engagement_id>/charter/versions")
def show_charter_versions(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    kept = versions_of(reading(), head.id, DocumentKind.CHARTER)
    rows = [
        (
            newer,
            change_words(fields_changed(older.document, newer.document), found.people.names, found.charter),
            [each for each in found.agreements if each.version == newer.version],
        )
        for newer, older in zip(kept, (*kept[1:], NO_DOCUMENT), strict=False)
    ]
    return page("engagements/charter/versions.html", head=head, rows=rows, SIDES=SIDES)


@bp.get("/engagements/<uuid:engagement_id>/charter/dry-run")
def try_ladder(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    found = reporting.charter_of(reading(), head, at=now())
    zone = zone_of(found.charter, Party.OURS) or head.zone
    form = TrialForm(request.args if "at" in request.args else None, at=in_zone(now(), zone).replace(tzinfo=None))
    nearby = dict.fromkeys((zone, head.zone, *(each.zone for each in found.charter.contacts if each.zone), *zones()))
    form.zone.choices = [SelectChoice(each, each.replace("_", " ")) for each in nearby]
    at, status = now(), 200
    if "at" in request.args:
        chosen = _chosen(form)
        at, status = (chosen, 200) if chosen is not None else (at, 422)
    run = dry_run(found.charter, at, special_day)
    return page(
        "engagements/charter/dry_run.html",
        status,
        head=head,
        found=found,
        form=form,
        run=run,
        breaks=[break_words(each) for each in run.breaks],
        at=in_zone(at, form.zone.data if status == 200 and form.zone.data in nearby else zone),
        names=found.people.names,
        city=city,
        contact_name=contact_name,
        standing_words=standing_words,
        PRESENCE_STATES=PRESENCE_STATES,
        SIDES=SIDES,
        RANKS=RANKS,
    )


def templates() -> dict[str, CharterTemplate]:
    """What a team can begin with, in the order of the courses."""
    return {each.id: each for course in content().courses.values() for each in course.charter_templates}


def printed(head: EngagementHead, found: KeptCharter, first: Party) -> dict[str, Any]:
    """What the parts of a charter are printed from; hours are shown to the side `first` in its own zone first."""
    fallback = {Party.OURS: "", Party.THEIRS: head.zone}
    names = found.people.names
    return {
        "charter": found.charter,
        "contacts": contact_rows(found.charter, names, head.starts_local.date(), first, fallback),
        "rules": {each: [rule for rule in found.charter.rules if rule.sharing is each] for each in Sharing},
        "names": names,
        "SIDES": SIDES,
        "RANKS": RANKS,
        "SHARING": SHARING,
        "countries": countries(),
        "contact_name": contact_name,
        "reference_words": reference_words,
    }


def changed_since(head: EngagementHead, found: KeptCharter, version: int) -> list[ChangeWords]:
    """What has changed since a version."""
    then = document_at(reading(), head.id, DocumentKind.CHARTER, version)
    changes = fields_changed(then.document, found.kept.document) if then else ()
    return change_words(changes, found.people.names, found.charter)


def _since(head: EngagementHead, found: KeptCharter, side: Party) -> list[ChangeWords]:
    agreed = found.newest_agreement(side)
    if agreed is None or agreed.version == found.kept.version:
        return []
    return changed_since(head, found, agreed.version)


def _chosen(form: TrialForm) -> datetime | None:
    """The moment that was asked for; None with a problem in the form."""
    if not form.validate():
        return None
    try:
        return moment(form.at.data, form.zone.data)
    except ImpossibleTime as error:
        form.at.errors = [str(error)]
        return None
