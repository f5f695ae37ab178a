"""Files of a partner: added, sent to be kept on the device, taken away. No browser shows them as a page of ours."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage

from trainer import partners, reporting
from trainer.domain.access import Action
from trainer.models import new_id
from trainer.web import db, found, me, now, page, reading, say, takes_files, to
from trainer.web.partners.blueprint import bp, load_file

REST_OF_FORM = 100_000


class AttachmentForm(FlaskForm):
    file = FileField("File", [FileRequired("Choose the file.")])


@bp.get("/<uuid:partner_id>/files/new")
def show_upload(partner_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    return page("partners/upload.html", company=company, form=AttachmentForm())


@bp.post("/<uuid:partner_id>/files/new")
@takes_files(partners.MOST_BYTES + REST_OF_FORM)
def add_attachment(partner_id: UUID) -> ResponseReturnValue:
    company, _ = load_file(partner_id, Action.EDIT_PARTNER)
    form = AttachmentForm()
    if form.validate_on_submit():
        file: FileStorage = form.file.data
        with file.stream:
            name, data = file.filename or "file", file.read()
        try:
            partners.keep_attachment(db(), partner_id, new_id(), name, data, by=me().id, at=now())
            say("The file is kept.")
            return to("partners.show_partner", partner_id=partner_id, _anchor="files")
        except partners.PartnerError as error:
            form.file.errors = [str(error)]
    return page("partners/upload.html", 422, company=company, form=form)


@bp.get("/<uuid:partner_id>/files/<uuid:attachment_id>")
def download_attachment(partner_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.SEE_PARTNER)
    name, media_type, data = found(reporting.attachment_data(reading(), partner_id, attachment_id))
    answer = Response(data, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("/<uuid:partner_id>/files/<uuid:attachment_id>/remove")
def remove_attachment(partner_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.EDIT_PARTNER)
    partners.remove_attachment(db(), partner_id, attachment_id, at=now())
    say("The file is taken away.")
    return to("partners.show_partner", partner_id=partner_id, _anchor="files")
