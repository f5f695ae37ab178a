"""Bringing in question banks: upload, look at what it would do, confirm, see what became of it."""

import csv
from collections.abc import Iterable
from io import StringIO
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.authoring import AuthoringError, importing
from trainer.authoring.importing import KeptUpload, Plan, Wanted
from trainer.domain.access import Action
from trainer.interchange.readings import Problem, UnreadableFile
from trainer.web import authorize, content, db, found, me, now, page, reading, say, services, takes_files, to

bp = Blueprint("imports", __name__, url_prefix="/content/imports")

MEGABYTE = 1_000_000
MOST_MEGABYTES = 8
"""Of a file on the page; the command takes more."""
REST_OF_FORM = MEGABYTE // 10
SHOWN_PROBLEMS = 100
FORMATS = (
    ("auto", "Find out"),
    ("gift", "GIFT"),
    ("moodle-xml", "Moodle XML"),
    ("aiken", "Aiken"),
    ("qti", "QTI 1.2, 2.1 or 2.2 (also a zip)"),
    ("csv", "CSV of phrases"),
)
TYPES = {
    "choice": "choose one",
    "multiple_choice": "choose several",
    "true_false": "true or false",
    "typed": "typed answer",
    "numeric": "number",
    "matching": "matching",
    "cloze": "text with gaps",
    "essay": "free text",
    "description": "text without a question",
    "ordering": "putting in order",
    "phrase": "phrase",
}
LATE = "That file is no longer kept: after an hour it goes. Choose it again."
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ImportForm(FlaskForm):
    file = FileField("File", [FileRequired("Choose the file with the questions.")])
    form = SelectField("Format")
    course = SelectField("Course")
    title = StringField("Title of the quiz", [Length(max=120, message="120 characters at most.")])
    lang = StringField("Language of the answers that are typed", [Length(max=35, message="A tag such as ja or pt-BR.")])
    by_category = BooleanField("A quiz for each category of the file")
    competencies = SelectMultipleField(
        "What its questions are evidence for", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            course_id=self.course.data,
            format=self.form.data,
            title=(self.title.data or "").strip(),
            competencies=tuple(self.competencies.data or ()),
            lang=(self.lang.data or "").strip() or "und",
            by_category=bool(self.by_category.data),
        )


@bp.get("")
def show_import() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    form = _form()
    if request.args.get("course") in content().courses:
        form.course.data = request.args["course"]
    return _form_page(form)


@bp.post("")
@takes_files(MOST_MEGABYTES * MEGABYTE + REST_OF_FORM)
def upload_file() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    form = _form()
    if not form.validate_on_submit():
        return _form_page(form, 422)
    file: FileStorage = form.file.data
    with file.stream:
        name, data = file.filename or "file", file.read()
    try:
        importing.plan_import(reading(), services().library, data, name, form.wanted, at=now())
    except (UnreadableFile, AuthoringError) as error:
        return _refused(str(error), 422)
    upload_id = importing.keep_upload(db(), me().id, name, data, form.wanted, at=now())
    return to("imports.show_upload", upload_id=upload_id)


@bp.get("/<uuid:upload_id>")
def show_upload(upload_id: UUID) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    upload = found(importing.load_upload(reading(), me().id, upload_id, at=now()))
    if upload.outcome is not None:
        return page("imports/done.html", upload=upload, outcome=upload.outcome)
    try:
        plan = _plan(upload)
    except (UnreadableFile, AuthoringError) as error:
        return _refused(str(error), 409)
    return page(
        "imports/plan.html",
        upload=upload,
        plan=plan,
        course=content().courses[upload.wanted.course_id],
        by_type=[(TYPES.get(name, name), count) for name, count in plan.by_type.items()],
        problems=plan.problems[:SHOWN_PROBLEMS],
    )


@bp.get("/<uuid:upload_id>/problems.csv")
def download_problems(upload_id: UUID) -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    upload = found(importing.load_upload(reading(), me().id, upload_id, at=now()))
    if upload.outcome is not None:
        return to("imports.show_upload", upload_id=upload_id)
    try:
        plan = _plan(upload)
    except (UnreadableFile, AuthoringError) as error:
        return _refused(str(error), 409)
    return Response(
        problems_csv(plan.problems),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="problems.csv"'},
    )


@bp.post("/<uuid:upload_id>/confirm")
def take_in(upload_id: UUID) -> ResponseReturnValue:
    """What was shown is worked out anew from the file that is kept here: nothing of it comes from the browser."""
    authorize(Action.EDIT_CONTENT)
    upload = importing.load_upload(db(), me().id, upload_id, at=now(), for_update=True)
    if upload is None:
        say(LATE)
        return to("imports.show_import")
    if upload.outcome is not None:
        return to("imports.show_upload", upload_id=upload_id)
    try:
        plan = importing.plan_import(db(), services().library, upload.data or b"", upload.name, upload.wanted, at=now())
        importing.carry_out(db(), services().library, plan, author_id=me().id, at=now())
    except (UnreadableFile, AuthoringError) as error:
        return _refused(str(error), 409)
    importing.finish_upload(db(), me().id, upload_id, plan)
    return to("imports.show_upload", upload_id=upload_id)


def problems_csv(problems: Iterable[Problem]) -> str:
    """A table that no spreadsheet takes for formulas."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("line", "entry", "left out", "reason"))
    for problem in problems:
        reason = f"'{problem.reason}" if problem.reason.startswith(STARTS_FORMULA) else problem.reason
        writer.writerow((problem.line or "", problem.entry or "", "yes" if problem.skipped else "no", reason))
    return "\ufeff" + buffer.getvalue()


def _plan(upload: KeptUpload) -> Plan:
    return importing.plan_import(
        reading(), services().library, upload.data or b"", upload.name, upload.wanted, at=now()
    )


def _form() -> ImportForm:
    form = ImportForm()
    form.form.choices = list(FORMATS)
    form.course.choices = [(course.id, course.title) for course in content().courses.values()]
    form.competencies.choices = [(each.id, each.title) for each in content().competencies.values()]
    return form


def _form_page(form: ImportForm, status: int = 200) -> ResponseReturnValue:
    return page("imports/form.html", status, form=form, most_megabytes=MOST_MEGABYTES)


def _refused(words: str, status: int) -> ResponseReturnValue:
    """The form again, with what was chosen and the reason."""
    form = _form()
    form.file.errors = [words]
    return _form_page(form, status)
