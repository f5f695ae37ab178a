"""New entries and documents from their starters; entries that move and go."""

import json
from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from trainer import authoring
from trainer.authoring.entries import NotReadable, add_entry, move_entry, remove_entry
from trainer.authoring.starting import common_prefix, lesson_name, next_id, slug, start
from trainer.domain.access import Action
from trainer.domain.content import FUNCTIONS, TOPICS, Content, Course, ItemType
from trainer.web import authorize, content, db, me, now, page, reading, say, to
from trainer.web.authoring.blueprint import Opened, bp, library, number_sent, open_document
from trainer.web.authoring.documents import document_page


class NewForm(FlaskForm):
    """What a new document needs to be told."""

    kind = RadioField("What", [InputRequired("Choose a lesson or a quiz.")])
    course = SelectField("Course", [InputRequired("Choose a course.")])
    title = StringField("Title", [DataRequired("Write a title."), Length(max=120)])
    name = StringField(
        "Short name",
        [Regexp(r"([a-z0-9]+(-[a-z0-9]+)*)?\Z", message="Use small letters, digits and hyphens."), Length(max=60)],
    )


@bp.post("/additions/<path:path>")
def add_to_document(path: str) -> ResponseReturnValue:
    """A new entry from its starter, saved as a draft at once, so that it can be written in its form."""
    shown = open_document(path)
    words = request.form.get("what", "")
    list_key, _, kind = words.partition(".")
    try:
        name, new = _start_entry(shown, list_key, kind)
        text = add_entry(path, shown.text, list_key, new, _last_of(shown, kind) if list_key == "phrases" else None)
        save(shown, text, f"New: {name}")
    except (NotReadable, authoring.AuthoringError) as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return to("authoring.edit_entry", path=path, key=f"{list_key}:{name}")


@bp.post("/arrangement/<path:path>")
def arrange_document(path: str) -> ResponseReturnValue:
    """Move an entry up or down, or take it out: the button says `up items:jp-names-03`."""
    shown = open_document(path)
    act, _, key = request.form.get("do", "").partition(" ")
    try:
        if act == "remove":
            text, done = remove_entry(path, shown.text, key), f"Taken out: {key.rpartition(':')[2]}"
        else:
            text, done = move_entry(path, shown.text, key, -1 if act == "up" else 1), "Order changed"
        save(shown, text, done)
    except (NotReadable, authoring.AuthoringError) as error:
        return document_page(shown, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    say(f"{done}. It is in a draft: learners do not see it before it is published.")
    above = key.rpartition(":")[0].rpartition(":")[0]
    if above:
        return to("authoring.edit_entry", path=path, key=above)
    return to("authoring.show_document", path=path, _anchor=None if act == "remove" else f"e-{key.replace(':', '-')}")


@bp.get("/new")
def show_new() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    form = _new_form()
    form.kind.data = form.kind.data or request.args.get("kind", "quiz")
    form.course.data = request.args.get("course") or form.course.data
    return page("authoring/new.html", form=form)


@bp.post("/new")
def create_document() -> ResponseReturnValue:
    authorize(Action.EDIT_CONTENT)
    form = _new_form()
    if form.validate_on_submit():
        path, text = _start_document(form)
        try:
            authoring.save_document(
                db(), library(), path, text, base=_base_of(path), author_id=me().id, note="New", at=now()
            )
            return to("authoring.show_document", path=path)
        except authoring.Conflict:
            form.name.errors = ["There is such a document already. Choose another short name."]
        except authoring.AuthoringError as error:
            form.name.errors = [str(error)]
    return page("authoring/new.html", HTTPStatus.UNPROCESSABLE_ENTITY, form=form)


def save(shown: Opened, text: str, note: str) -> int:
    """A new draft on top of the version that the form began with."""
    return authoring.save_document(
        db(), library(), shown.path, text, base=number_sent("base"), author_id=me().id, note=note, at=now()
    )


def _start_entry(shown: Opened, list_key: str, kind: str) -> tuple[str, str]:
    """The id and the YAML of a new entry. Raises `NotReadable` for a list that is not offered."""
    own = [entry for entry in shown.entries if entry.list_key == list_key]
    ids = [entry.id for entry in own]
    name = list_key.rpartition(":")[2]
    values = _values(shown)
    match name:
        case "items" if kind in set(ItemType):
            stem = shown.path.rsplit("/", 1)[-1].removesuffix(".yaml")
            found = next_id(ids, common_prefix(ids, stem))
            return found, start(f"{kind}.yaml", {**values, "id": found})
        case "facts":
            head = shown.entry("head")
            found = next_id(ids, common_prefix(ids, str(head.data.get("id")) if head else "fact"))
            return found, start("fact.yaml", {**values, "id": found})
        case "phrases" if kind in FUNCTIONS:
            found = next_id(ids, f"{values['lang']}-{kind.replace('_', '-')}".lower())
            return found, start("phrase.yaml", {**values, "id": found, "function": kind})
        case "nodes":
            found = next((f"n{number}" for number in range(1, 100) if f"n{number}" not in ids), "n")
            return found, start("node.yaml", {"id": found, "place": ids[0] if ids else found})
        case "endings":
            found = next((f"e{number}" for number in range(1, 100) if f"e{number}" not in ids), "e")
            return found, start("ending.yaml", {"id": found})
    raise NotReadable("that cannot be added here")


def _last_of(shown: Opened, function: str) -> str | None:
    """The last phrase of a function: a new one stands after it."""
    return next((each.key for each in reversed(shown.entries) if each.data.get("function") == function), None)


def _values(shown: Opened) -> dict[str, str]:
    """What starters are filled with, from what stands in the document and its course."""
    course = content().courses.get(shown.course_id)
    competencies = [name for entry in shown.entries for name in entry.data.get("competencies") or ()]
    return {**_of_course(content(), course), **({"competency": str(competencies[-1])} if competencies else {})}


def _of_course(taught: Content, course: Course | None) -> dict[str, str]:
    lessons = course.lessons if course else ()
    competencies = [name for lesson in lessons for name in lesson.competencies] or list(taught.competencies)
    return {
        "competency": competencies[0] if competencies else "",
        "lesson": lessons[0].id if lessons else "",
        "lang": (course.language if course else None) or "en",
        "phrase": course.phrases[0].id if course and course.phrases else "",
        "today": now().date().isoformat(),
    }


def _new_form() -> NewForm:
    form = NewForm()
    form.kind.choices = [SelectChoice("quiz", "A quiz"), SelectChoice("lesson", "A lesson")]
    form.course.choices = [SelectChoice(each.id, each.title) for each in content().courses.values()]
    return form


def _start_document(form: NewForm) -> tuple[str, str]:
    """The path and the text of a new document."""
    course = content().courses[form.course.data]
    name = form.name.data or slug(form.title.data) or "untitled"
    values = {**_of_course(content(), course), "title": json.dumps(form.title.data, ensure_ascii=False)}
    if form.kind.data == "quiz":
        return f"quizzes/{course.id}/{name}.yaml", start("quiz.yaml", {**values, "id": name})
    rows = authoring.list_documents(reading(), library())
    names = [row.path.rsplit("/", 1)[-1] for row in rows if row.course_id == course.id]
    topic = f"topic: {TOPICS[0]}\n" if course.country else ""
    path = f"lessons/{course.id}/{lesson_name(names, name)}"
    return path, start("lesson.md", {**values, "id": f"{course.id}-{name}", "topic": topic})


def _base_of(path: str) -> int:
    """The newest version of a name that may have been used; -1 where its file is there."""
    document = authoring.load_document(reading(), library(), path)
    if document is None:
        return 0
    return -1 if document.text is not None else document.newest_number
