"""Replacing the synthetic voice of a phrase by a person's recording, and the list of all recordings."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from trainer import authoring
from trainer.domain.access import Action
from trainer.domain.content import Sayable
from trainer.models import SPEAKER_LENGTH
from trainer.speech import line_of
from trainer.speech.uploads import MAX_BYTES, MAX_SECONDS, BadUpload
from trainer.web import authorize, content, db, me, now, page, reading, say, services, takes_files, to
from trainer.web.sound import NORMAL, SLOW, audio_of

bp = Blueprint("recordings", __name__)

REST_OF_FORM = 100_000
SPEED_WORDS = {NORMAL: "At normal speed", SLOW: "Slowly"}


class RecordingForm(FlaskForm):
    file = FileField("Recording", [FileRequired("Choose the file with the recording.")])
    speed = RadioField(
        "How is it spoken?", choices=[SelectChoice(*each) for each in SPEED_WORDS.items()], default=NORMAL
    )
    speaker = StringField(
        "Whose voice is it?",
        [
            DataRequired("Name the speaker as they want to be named."),
            Length(max=SPEAKER_LENGTH, message=f"A name has {SPEAKER_LENGTH} characters at most."),
        ],
        filters=[lambda typed: " ".join(typed.split()) if typed else typed],
    )
    licence = RadioField(
        "What may be done with it?",
        choices=[SelectChoice(*each) for each in authoring.LICENCES.items()],
        default="company",
    )
    has_agreed = BooleanField(
        "The speaker has agreed to this, and knows that they can have it deleted at any time.",
        [DataRequired("Ask the speaker first: without their word the recording is not kept.")],
    )


@bp.get("/recordings")
def list_recordings() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    rows = []
    for each in authoring.list_recordings(reading()):
        phrase = content().sayable(each.phrase_id)
        rows.append((each, phrase, phrase is not None and line_of(phrase).spoken == each.spoken))
    return page("recordings/list.html", rows=rows, **_words())


@bp.get("/phrases/<phrase_id>/recording")
def show_recording(phrase_id: str) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    return _form_page(_sayable(phrase_id), RecordingForm())


@bp.post("/phrases/<phrase_id>/recording")
@takes_files(MAX_BYTES + REST_OF_FORM)
def keep_recording(phrase_id: str) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    phrase = _sayable(phrase_id)
    form = RecordingForm()
    if not form.validate_on_submit():
        return _form_page(phrase, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    with form.file.data.stream as file:
        data = file.read()
    credit = authoring.Credit(form.speaker.data, form.licence.data)
    try:
        authoring.keep_recording(
            db(), services().recordings, line_of(phrase), form.speed.data, data, credit, by_id=me().id, at=now()
        )
    except BadUpload as error:
        form.file.errors = [str(error)]
        return _form_page(phrase, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    say(f"Learners now hear {credit.speaker}. Listen to it once.")
    return to(".show_recording", phrase_id=phrase.id)


@bp.post("/recordings/<uuid:recording_id>/remove")
def remove_recording(recording_id: UUID) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    authoring.remove_recording(db(), services().recordings, recording_id, by_id=me().id, at=now())
    say("The recording is deleted. Learners hear the synthetic voice again.")
    return to(".list_recordings")


def _sayable(line_id: str) -> Sayable:
    line = content().sayable(line_id)
    if line is None:
        abort(HTTPStatus.NOT_FOUND)
    return line


def _form_page(phrase: Sayable, form: RecordingForm, status: int = HTTPStatus.OK) -> ResponseReturnValue:
    own = [each for each in authoring.list_recordings(reading()) if each.phrase_id == phrase.id]
    return page(
        "recordings/form.html",
        status,
        phrase=phrase,
        form=form,
        audio=audio_of(phrase),
        rows=[(each, phrase, line_of(phrase).spoken == each.spoken) for each in own],
        most_seconds=MAX_SECONDS,
        most_megabytes=MAX_BYTES // 1_000_000,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"SPEED_WORDS": SPEED_WORDS, "LICENCE_WORDS": authoring.LICENCES}
