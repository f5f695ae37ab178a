"""From draft to published: ask for a review, say that one has read it, put it in force, or give it up."""

from http import HTTPStatus

from flask.typing import ResponseReturnValue

from trainer import authoring
from trainer.authoring import Reached
from trainer.authoring.entries import DocumentKind
from trainer.domain.access import Action
from trainer.domain.authoring import difference
from trainer.web import authorize, content, db, me, now, page, reading, say, to, writing
from trainer.web.authoring.blueprint import Opened, bp, library, number_sent, open_document
from trainer.web.authoring.documents import document_page
from trainer.wording import count


@bp.post("/review/<path:path>")
def ask_for_review(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    try:
        authoring.ask_for_review(db(), path, number_sent("number"), by_id=me().id, at=now())
    except authoring.AuthoringError as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("It waits for review. Other trainers see it at the top of the list.")
    return to("authoring.show_document", path=path)


@bp.post("/reviewed/<path:path>")
def review_document(path: str) -> ResponseReturnValue:
    authorize(Action.PUBLISH_CONTENT)
    shown = open_document(path)
    try:
        authoring.review_version(db(), path, number_sent("number"), reviewer_id=me().id, at=now())
    except authoring.AuthoringError as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("It is reviewed, with your name and the day.")
    return to("authoring.show_document", path=path)


@bp.get("/publication/<path:path>")
def show_publication(path: str) -> ResponseReturnValue:
    authorize(Action.PUBLISH_CONTENT)
    return _page(open_document(path))


@bp.post("/publication/<path:path>")
def publish_document(path: str) -> ResponseReturnValue:
    authorize(Action.PUBLISH_CONTENT)
    shown = open_document(path)
    try:
        authoring.publish(db(), library(), {path: number_sent("number")}, by_id=me().id, at=now())
    except authoring.AuthoringError as error:
        return _page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("It is published: learners see it from now on.")
    return to("authoring.show_document", path=path)


@bp.post("/set-aside/<path:path>")
def set_aside_draft(path: str) -> ResponseReturnValue:
    shown = open_document(path)
    try:
        authoring.set_aside(db(), path, number_sent("number"))
    except authoring.AuthoringError as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("The draft is set aside. It stays among the versions, from where it can be restored.")
    still = authoring.load_document(writing(), library(), path)
    is_there = still is not None and (still.number > 0 or still.shipped is not None)
    return to("authoring.show_document", path=path) if is_there else to("authoring.list_documents")


@bp.post("/removal/<path:path>")
def remove_document(path: str) -> ResponseReturnValue:
    """A draft without the file: it is still taught until that is reviewed and published."""
    shown = open_document(path)
    try:
        authoring.save_document(
            db(), library(), path, None, base=number_sent("base"), author_id=me().id, note="Taken away", at=now()
        )
    except authoring.AuthoringError as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say("A draft takes this document away. It is taught until that is reviewed and published.")
    return to("authoring.show_document", path=path)


def _page(shown: Opened, notice: str = "", status: int = HTTPStatus.OK) -> ResponseReturnValue:
    document = shown.document
    in_force = document.in_force
    before = authoring.load_version(reading(), shown.path, in_force.number) if in_force else document.shipped
    checked = authoring.check_document(reading(), library(), shown.path, document.text)
    return page(
        "authoring/publication.html",
        status,
        opened=shown,
        document=document,
        version=document.version,
        problems=checked.problems,
        effect=_effect(shown),
        groups=difference(before or "", shown.text),
        notice=notice,
        course=content().courses.get(shown.course_id),
    )


def _effect(shown: Opened) -> list[str]:
    """Whom it reaches, in sentences."""
    reached = _reached(shown)
    words = []
    if reached.began:
        have = "has" if reached.began == 1 else "have"
        words.append(
            f"{count(reached.began, 'person', 'people')} {have} begun this quiz. What they answered is kept, and "
            "counts as it did."
        )
    if reached.are_in_it:
        have = "has" if reached.are_in_it == 1 else "have"
        words.append(
            f"{count(reached.are_in_it, 'person', 'people')} {have} an attempt open: they go on with what they began."
        )
    if reached.have_read:
        have = "has" if reached.have_read == 1 else "have"
        words.append(
            f"{count(reached.have_read, 'person', 'people')} {have} done this lesson: it stays done, and they are not "
            "told of the change."
        )
    return words or ["Nobody has begun it yet."]


def _reached(shown: Opened) -> Reached:
    if shown.kind is DocumentKind.QUIZ:
        return authoring.reached_by_quiz(reading(), shown.path.rsplit("/", 1)[-1].removesuffix(".yaml"))
    head = shown.entry("head")
    if shown.kind is DocumentKind.LESSON and head is not None:
        return authoring.reached_by_lesson(reading(), head.id)
    return Reached()
