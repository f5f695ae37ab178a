"""After the meeting: what it came to, thanks and minutes within a day, the next contact, and the phrases for it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from trainer import reporting
from trainer.domain.access import Action
from trainer.domain.calendar import in_zone
from trainer.domain.content import Lesson, Phrase, TemplateUse
from trainer.domain.documents import DocumentKind, with_fields
from trainer.domain.follow_up import FollowUp, Outcome, StepKind
from trainer.reporting import EngagementHead
from trainer.web import content, db, found, me, now, page, reading, say, to
from trainer.web.engagements.blueprint import bp, load_team_head
from trainer.web.engagements.changes import ChangeForm
from trainer.web.engagements.clashes import Told, form_clash_page
from trainer.wording import number
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
KIND = DocumentKind.FOLLOW_UP
AT_HAND = ("thanks_followup", "email_opening", "email_closing", "scheduling")
"""Functions of the phrases that are needed now."""
PHRASES_EACH = 3
_NOTE = Length(max=1000, message="Keep it to 1,000 characters.")


class OutcomeForm(ChangeForm):
    result = RadioField(
        "What did it come to?",
        choices=[SelectChoice(outcome.value, words) for outcome, words in OUTCOMES.items()],
        validators=[InputRequired("Choose what it came to.")],
    )
    note = TextAreaField("In your words", [_NOTE])


class StepForm(ChangeForm):
    owner = SelectField("Who does it?")
    done_on = DateField("Done on", [Optional()])
    note = TextAreaField("Note", [_NOTE])


class NextContactForm(StepForm):
    on = DateField("On which day?", [Optional()])


FORMS: Mapping[str, type[ChangeForm]] = {
    "outcome": OutcomeForm,
    StepKind.THANKS.value: StepForm,
    StepKind.MINUTES.value: StepForm,
    StepKind.PROMISES.value: StepForm,
    StepKind.NEXT_CONTACT.value: NextContactForm,
}


@bp.get("/engagements/<uuid:engagement_id>/follow-up")
def show_follow_up(engagement_id: UUID) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.SEE_WORKSPACE)
    return _follow_up_page(head, newest_document(reading(), head.id, KIND))


@bp.post("/engagements/<uuid:engagement_id>/follow-up/<part>")
def change_follow_up(engagement_id: UUID, part: str) -> ResponseReturnValue:
    head = load_team_head(engagement_id, Action.EDIT_WORKSPACE)
    kept = newest_document(reading(), head.id, KIND)
    form = _offered(found(FORMS.get(part))(prefix=part), head, _owner(kept, part))
    if not form.validate_on_submit():
        return _follow_up_page(head, kept, {part: form}, 422)
    written = form.written()
    try:
        change_document(
            db(),
            head.id,
            KIND,
            lambda document: with_fields(document, part, written),
            seen=form.seen_version,
            by=me().id,
            at=now(),
        )
    except DocumentClash as clash:
        return form_clash_page(head, clash, _told(head, part), KIND, form, lambda document: document.get(part, {}))
    except NoSuchVersion as error:
        say(str(error))
    else:
        say("Saved.")
    return to("engagements.show_follow_up", engagement_id=head.id, _anchor=f"part-{part}")


def _follow_up_page(
    head: EngagementHead, kept: KeptDocument, sent: Mapping[str, ChangeForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    forms = {part: _filled(form, kept, part, head) for part, form in FORMS.items()}
    forms.update(sent or {})
    charter = newest_document(reading(), head.id, DocumentKind.CHARTER)
    plan = reporting.follow_up_of(head, kept.document, charter.document)
    return page(
        "engagements/follow_up.html",
        status,
        head=head,
        plan=plan,
        lead=_lead(plan),
        steps={step.kind.value: step for step in plan.steps},
        forms=forms,
        has_ended=head.starts_at + timedelta(minutes=head.agenda_minutes) <= now(),
        has_problem=bool(sent),
        kept=kept,
        today=in_zone(now(), head.zone).date(),
        members=_members(head),
        at_hand=_at_hand(head.language),
        promises=reporting.promises_of(reading(), engagement_id=head.id),
        taught=_taught(head),
        lesson_template=content().templates.get(TemplateUse.FOLLOW_UP),
        TITLES=TITLES,
        HINTS=HINTS,
        OUTCOMES=OUTCOMES,
    )


def _lead(plan: FollowUp) -> str:
    """What is left to do, in a sentence."""
    steps = plan.open_steps()
    late = sum(step.is_late(now()) for step in steps)
    to_do = [] if plan.outcome else ["say what it came to"]
    if steps:
        to_do.append(f"{number(len(steps))} {'step' if len(steps) == 1 else 'steps'}")
    return f"Still to do: {' and '.join(to_do)}{f', {number(late)} of them late' if late else ''}."


def _filled(make: type[ChangeForm], kept: KeptDocument, part: str, head: EngagementHead) -> ChangeForm:
    """The form with what the document holds."""
    form = _offered(make(formdata=None, prefix=part), head, _owner(kept, part))
    form.show(kept.document.get(part, {}), kept.version)
    return form


def _told(head: EngagementHead, part: str) -> Told:
    form, members = FORMS[part](formdata=None), _members(head)
    words: dict[object, str] = dict(OUTCOMES) | dict(members) | {None: "nothing", "": "nothing"}
    return Told(
        part=TITLES[part],
        back=url_for("engagements.show_follow_up", engagement_id=head.id, _anchor=f"part-{part}"),
        title_of=lambda path: form[path[-1]].label.text if path[-1] in form else TITLES[part],
        words_of=lambda _, value: words.get(value, value),
    )


def _offered(form: ChangeForm, head: EngagementHead, owner: str) -> ChangeForm:
    """`owner` is the one who is kept: they stay on offer when they are no longer in the team."""
    if isinstance(form, StepForm):
        members = _members(head)
        if owner and owner not in members:
            members[owner] = f"{_name_of(owner) or 'Somebody'} (no longer in the team)"
        form.owner.choices = [
            SelectChoice("", "Nobody yet"),
            *(SelectChoice(reference, name) for reference, name in members.items()),
        ]
    return form


def _owner(kept: KeptDocument, part: str) -> str:
    return str(kept.document.get(part, {}).get("owner") or "")


def _name_of(reference: str) -> str | None:
    try:
        return reporting.name_of(reading(), UUID(reference.removeprefix("user:")))
    except ValueError:  # written by another program than this page
        return None


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
