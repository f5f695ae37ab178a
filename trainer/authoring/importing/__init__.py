"""Use cases of importing: plan what a file of another program becomes, then save it as drafts or publish it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from langcodes import standardize_tag, tag_is_valid

from trainer.authoring.documents import load_document
from trainer.authoring.importing.phrases import plan_phrases
from trainer.authoring.importing.plans import Plan, PlannedDocument, Source, Wanted, plain_name
from trainer.authoring.importing.questions import NOTE, plan_questions
from trainer.authoring.importing.uploads import KeptUpload, finish_upload, keep_upload, load_upload
from trainer.authoring.publishing import publish
from trainer.authoring.saving import AuthoringError, save_document
from trainer.database import Store
from trainer.domain.authoring import State
from trainer.interchange.files import format_of, read_file
from trainer.interchange.phrases import PhraseReading
from trainer.interchange.quizzes.document import digest_of
from trainer.interchange.readings import UnreadableFile
from trainer.library import Library

__all__ = [
    "KeptUpload",
    "Plan",
    "PlannedDocument",
    "Wanted",
    "carry_out",
    "finish_upload",
    "keep_upload",
    "load_upload",
    "plan_import",
]

SHOWN = 5
"""So many of the first questions or phrases are shown before they are taken in."""
_NOTHING = "Nothing in this file can be read as a question or a phrase. Is it the right file, and the right format?"


def plan_import(store: Store, library: Library, data: bytes, name: str, wanted: Wanted, *, at: datetime) -> Plan:
    """What the file would become, all or nothing; changes nothing.

    Raises `UnreadableFile` when the file is refused as a whole, `AuthoringError` when what is wanted cannot be.
    """
    _check(store, library, wanted)
    source = Source(plain_name(name), format_of(data, wanted.format).value, digest_of(data))
    reading = read_file(data, wanted.format)
    if not reading.read:
        raise UnreadableFile(_NOTHING)
    if isinstance(reading, PhraseReading):
        plan = plan_phrases(store, library, reading, source, wanted)
    else:
        plan = plan_questions(store, library, reading, source, wanted, on=at.date())
    return _checked(store, library, plan, wanted)


def carry_out(
    store: Store, library: Library, plan: Plan, *, author_id: UUID | None, at: datetime, in_force: bool = False
) -> Mapping[str, int]:
    """Save the planned documents as drafts, or put them `in_force`; their paths with the new versions.

    Raises `AuthoringError`, as when somebody saved one of them meanwhile: then nothing may be kept.
    """
    numbers = {
        document.path: save_document(
            store,
            library,
            document.path,
            document.text,
            base=document.base,
            author_id=author_id,
            note=f"{NOTE}{plan.file}",
            at=at,
        )
        for document in plan.documents
    }
    if in_force:
        waiting = {path: number for path, _ in plan.here if (number := _waiting(store, library, path)) is not None}
        if numbers or waiting:
            publish(store, library, {**waiting, **numbers}, by_id=author_id, at=at, needs_review=False)
    return numbers


def _waiting(store: Store, library: Library, path: str) -> int | None:
    """The newest version of a document where it is not in force yet, as from an import before."""
    document = load_document(store, library, path)
    version = document.version if document else None
    return version.number if version is not None and version.state in (State.DRAFT, State.REVIEWED) else None


def _check(store: Store, library: Library, wanted: Wanted) -> None:
    content = library.in_force(store)
    if wanted.course_id not in content.courses:
        raise AuthoringError(f"There is no course {wanted.course_id}. Choose one of: {', '.join(content.courses)}.")
    for name in wanted.competencies:
        if name not in content.competencies:
            raise AuthoringError(f"There is no competency {name}. Their ids stand in lessons/competencies.yaml.")
    if not tag_is_valid(wanted.lang) or standardize_tag(wanted.lang) != wanted.lang:
        raise AuthoringError(f"{wanted.lang} is no language tag such as ja, fr or pt-BR.")


def _checked(store: Store, library: Library, plan: Plan, wanted: Wanted) -> Plan:
    """The plan with its first items as they will be; raises `AuthoringError` where they would break the content."""
    content, problems = library.check(store, {document.path: document.text for document in plan.documents})
    if problems:
        raise AuthoringError(f"The file cannot be taken in, as this would be wrong then: {problems[0]}")
    course = content.courses[wanted.course_id]
    ours = {document.path for document in plan.documents}
    items = (item for quiz in course.quizzes if f"quizzes/{course.id}/{quiz.id}.yaml" in ours for item in quiz.items)
    is_phrases = plan.what == "phrases"
    return replace(
        plan,
        problems=tuple(sorted(plan.problems, key=lambda problem: (problem.line or 0, problem.entry or 0))),
        items=tuple(islice(items, SHOWN)),
        phrases=course.phrases[len(course.phrases) - plan.imported :][:SHOWN] if is_phrases else (),
    )
