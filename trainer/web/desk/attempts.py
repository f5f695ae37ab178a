"""The page of attempts that are used up, where one more is granted."""

from http import HTTPStatus
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from trainer import learning, reporting
from trainer.domain.access import Action
from trainer.web import authorize, content, db, found, me, now, page, reading, say, to
from trainer.web.desk.blueprint import bp


class GrantForm(FlaskForm):
    reason = StringField(
        "Why one more?",
        [DataRequired("Say why, so that others understand it later."), Length(max=learning.REASON_LENGTH)],
    )


@bp.get("/attempts")
def list_used_up() -> ResponseReturnValue:
    authorize(Action.GRANT_ATTEMPT)
    return _attempts_page(GrantForm())


@bp.post("/attempts/<quiz_id>/<uuid:learner_id>")
def grant_attempt(quiz_id: str, learner_id: UUID) -> ResponseReturnValue:
    authorize(Action.GRANT_ATTEMPT)
    quiz = found(content().quizzes.get(quiz_id))
    form = GrantForm()
    if not form.validate_on_submit():
        return _attempts_page(form, (learner_id, quiz_id), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        learning.grant_attempt(db(), learner_id, quiz, form.reason.data, me().id, at=now())
    except learning.LearningError as error:
        form.reason.errors = [str(error)]
        return _attempts_page(form, (learner_id, quiz_id), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("One more attempt is granted.")
    return to("desk.list_used_up")


def _attempts_page(
    form: GrantForm, failed: tuple[UUID, str] | None = None, status: HTTPStatus = HTTPStatus.OK
) -> ResponseReturnValue:
    return page(
        "desk/attempts.html",
        status,
        people=reporting.used_up(reading(), content()),
        grants=reporting.last_grants(reading(), content()),
        form=form,
        failed=failed,
    )
