"""After the meeting: what it came to, thanks and minutes within a day, the next contact, and the phrases for it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.content import Lesson, Phrase
from trainer.domain.documents import DocumentKind, with_fields
from trainer.domain.follow_up import Outcome, StepKind
from trainer.reporting import EngagementHead
from trainer.web import content, db, found, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.workspace import DocumentClash, KeptDocument, NoSuchVersion, change_document, newest_document

OUTCOMES = {
    Outcome.AGREEMENT: "We agreed on something",
    Outcome.OPEN: "It goes on: nothing was decided yet",
    Outcome.NO_DEAL: "No deal this time",
}
TITLES = {
    "outcome": "What the meeting came to",
    StepKind.THANKS: "Thank them",
    StepKind.MINUTES: "Send the minutes",
    StepKind.PROMISES: "Write down what both sides promised",
    StepKind.NEXT_CONTACT: "Stay in touch",
}
HINTS = {
    "outcome": "Say it plainly: the next team that meets them reads it.",
    StepKind.THANKS: "Within a day, by whoever spoke for us. Name one thing that was good.",
    StepKind.MINUTES: "Decisions, owner, date. Both sides read the same.",
    StepKind.PROMISES: (
        "Each with an owner and a day, in the partner file. Small ones too: those are what trust is made of."
    ),
    StepKind.NEXT_CONTACT: "On a day that you name, whatever the outcome: a no today is no reason to fall silent.",
}
AT_HAND = ("thanks_followup", "email_opening", "email_closing", "scheduling")
"""Functions of the phrases that are needed now."""
PHRASES_EACH = 3
_NOTE = Length(max=1000, message="Keep it to 1,000 characters.")


class PartForm(FlaskForm):
    """A part of the follow-up, and the version in which it was seen."""

    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        sent = self.seen.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0

    @property
    def parts(self) -> list[Field]:
        return [field for field in self if field.short_name not in ("seen", "csrf_token")]

    def written(self) -> dict[str, Any]:
        """What was filled in, as the document keeps it."""
        return {field.short_name: _as_kept(field.data) for field in self.parts}


class OutcomeForm(PartForm):
    result = RadioField(
        "What did it come to?",
        choices=[SelectChoice(outcome.value, words) for outcome, words in OUTCOMES.items()],
        validators=[InputRequired("Choose what it came to.")],
    )
    note = TextAreaField("In your words", [_NOTE])


class StepForm(PartForm):
    owner = SelectField("Who does it?")
    done_on = DateField("Done on", [Optional()])
    note = TextAreaField("Note", [_NOTE])


class NextContactForm(StepForm):
    on = DateField("On which day?", [Optional()])


FORMS: Mapping[str, type[PartForm]] = {
    "outcome": OutcomeForm,
    StepKind.THANKS.value: StepForm,
    StepKind.MINUTES.value: StepForm,
    StepKind.PROMISES.value: StepForm,
    StepKind.NEXT_CONTACT.value: NextContactForm,
}


@bp.get("/engagements/<uuid:engagement_id>/follow-up")
def show_follow_up(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    return _follow_up_page(head, newest_document(reading(), head.id, DocumentKind.FOLLOW_UP))


@bp.post("/engagements/<uuid:engagement_id>/follow-up/<part>")
def change_follow_up(engagement_id: UUID, part: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    form = _offered(found(FORMS.get(part))(prefix=part), head)
    if not form.validate_on_submit():
        return _follow_up_page(head, newest_document(reading(), head.id, DocumentKind.FOLLOW_UP), {part: form}, 422)
    written = form.written()
    try:
        change_document(
            db(),
            head.id,
            DocumentKind.FOLLOW_UP,
            lambda document: with_fields(document, part, written),
            seen=form.seen_version,
            by=me().id,
            at=now(),
        )
    except DocumentClash as clash:
        form.seen.data = str(clash.newest.version)
        form.seen.raw_data = None
        return _follow_up_page(head, clash.newest, {part: form}, 409)
    except NoSuchVersion as error:
        say(str(error))
    else:
        say("Saved.")
    return to("engagements.show_follow_up", engagement_id=head.id, _anchor=f"part-{part}")


def _follow_up_page(
    head: EngagementHead, kept: KeptDocument, sent: Mapping[str, PartForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    forms = {part: _filled(form, kept, part, head) for part, form in FORMS.items()}
    forms.update(sent or {})
    plan = reporting.follow_up_of(head, kept.document)
    return page(
        "engagements/follow_up.html",
        status,
        head=head,
        plan=plan,
        steps={step.kind.value: step for step in plan.steps},
        forms=forms,
        has_ended=head.starts_at + timedelta(minutes=head.agenda_minutes) <= now(),
        has_problem=bool(sent),
        clashing=next(iter(sent)) if sent and status == 409 else None,
        kept=kept,
        today=in_zone(now(), head.zone).date(),
        members=_members(head),
        at_hand=_at_hand(head.language),
        promises=reporting.promises_of(reading(), engagement_id=head.id),
        taught=_taught(head),
        TITLES=TITLES,
        HINTS=HINTS,
        OUTCOMES=OUTCOMES,
    )


def _filled(make: type[PartForm], kept: KeptDocument, part: str, head: EngagementHead) -> PartForm:
    """The form with what the document holds."""
    written = kept.document.get(part, {})
    form = _offered(make(formdata=None, prefix=part, seen=str(kept.version)), head)
    for field in form.parts:
        value = written.get(field.short_name)
        field.data = date.fromisoformat(value) if isinstance(field, DateField) and value else value or field.default
    return form


def _offered(form: PartForm, head: EngagementHead) -> PartForm:
    if isinstance(form, StepForm):
        form.owner.choices = [
            SelectChoice("", "Nobody yet"),
            *(SelectChoice(reference, name) for reference, name in _members(head).items()),
        ]
    return form


def _members(head: EngagementHead) -> dict[str, str]:
    return {f"user:{member.id}": member.name for member in reporting.members_of(reading(), head.team_id)}


def _at_hand(language: str) -> list[Phrase]:
    """A few phrases of the partner's language for thanking, writing and finding a day."""
    offered = [phrase for phrase in content().phrases.values() if phrase.lang == language]
    return [
        phrase
        for function in AT_HAND
        for phrase in [each for each in offered if each.function == function][:PHRASES_EACH]
    ]


def _taught(head: EngagementHead) -> list[Lesson]:
    """Lessons about the partner's country whose facts somebody may have seen to be otherwise."""
    return [
        lesson
        for course in content().courses.values()
        if course.country == head.country
        for lesson in course.lessons
        if lesson.facts
    ]


def _as_kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value.strip() if isinstance(value, str) else value or ""
