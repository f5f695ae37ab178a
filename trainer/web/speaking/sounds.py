"""The recordings that learners keep of themselves: kept, played, deleted; nobody else ever hears them."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, make_response, send_file
from flask.typing import ResponseReturnValue

from trainer import learning
from trainer.domain.access import Action
from trainer.speech.hearing import BadSound
from trainer.web import after_commit, authorize, content, found, me, now, say, services, takes_files, to, writing
from trainer.web.speaking.blueprint import MOST_BYTES, bp, count_take, own_take, sent_sound, take_page

TURNED_OFF = "Recordings are not kept here: your company has turned it off."


@bp.post("/speaking/takes/<uuid:take_id>/sound")
@takes_files(MOST_BYTES)
def keep_sound(take_id: UUID) -> ResponseReturnValue:
    """Keep the recording of a take. The page sends it once more: the server has deleted it already."""
    authorize(Action.LEARN)
    take = own_take(take_id)
    if not services().settings.takes_days:
        return take_page(take, 403, TURNED_OFF)
    count_take()
    try:
        learning.keep_sound(writing(), services().take_files, me().id, take_id, sent_sound(), at=now())
    except (BadSound, learning.LearningError) as error:
        return take_page(take, 422, str(error))
    return to("speaking.show_take", take_id=take_id)


@bp.get("/speaking/takes/<uuid:take_id>.mp3")
def play_take(take_id: UUID) -> ResponseReturnValue:
    """A recording that its learner keeps; no cache keeps it too."""
    authorize(Action.LEARN)
    take = own_take(take_id)
    path = services().take_files.kept(me().id, take_id)
    found((take.kept_at and path.is_file()) or None)
    response: Response = make_response(send_file(path, mimetype="audio/mpeg", conditional=True))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/speaking/takes/<uuid:take_id>/sound/delete")
def forget_sound(take_id: UUID) -> ResponseReturnValue:
    authorize(Action.LEARN)
    own_take(take_id)
    learning.forget_sound(writing(), me().id, take_id)
    _delete_files([take_id])
    say("The recording is deleted.")
    return to("speaking.show_speaking")


@bp.post("/speaking/takes/<uuid:take_id>/delete")
def forget_take(take_id: UUID) -> ResponseReturnValue:
    authorize(Action.LEARN)
    line_id = own_take(take_id).line_id
    learning.forget_take(writing(), me().id, take_id)
    _delete_files([take_id])
    say("The take is deleted, with all that was measured of it.")
    return to("speaking.show_line", line_id=line_id) if content().sayable(line_id) else to("speaking.show_speaking")


@bp.post("/speaking/takes/delete")
def forget_all_takes() -> ResponseReturnValue:
    authorize(Action.LEARN)
    _delete_files(learning.forget_all_takes(writing(), me().id))
    say("All your takes are deleted, with all recordings and all that was measured.")
    return to("speaking.show_speaking")


def _delete_files(take_ids: Sequence[UUID]) -> None:
    """Once it is certain that they are not needed."""
    learner, files = me().id, services().take_files

    def delete() -> None:
        for take_id in take_ids:
            files.remove(learner, take_id)

    after_commit(delete)
