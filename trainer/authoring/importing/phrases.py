"""Plans what a file of phrases adds to its course."""

from trainer.authoring.documents import load_document
from trainer.authoring.importing.plans import Plan, PlannedDocument, Source, Wanted
from trainer.authoring.saving import AuthoringError
from trainer.database import Store
from trainer.domain.content import Content
from trainer.interchange.phrases import PhraseReading
from trainer.interchange.quizzes.phrases import map_phrases
from trainer.library import Library


def plan_phrases(store: Store, library: Library, reading: PhraseReading, source: Source, wanted: Wanted) -> Plan:
    """The phrases that the course lacks, below those in its file. Raises `AuthoringError` when that is broken."""
    path = f"lessons/{wanted.course_id}/phrases.yaml"
    document = load_document(store, library, path)
    text = (document.text if document else None) or ""
    before, problems = library.check(store, {path: text} if text else {})
    if problems:
        raise AuthoringError(f"The phrases here have mistakes; mend them first: {problems[0]}")
    mapped = map_phrases(
        reading.rows, prefix=f"{wanted.course_id}-imported", file=source.name, known=_known(before, wanted.course_id)
    )
    number = document.newest_number if document else 0
    count = len(mapped.records)
    added = PlannedDocument(path, before.courses[wanted.course_id].title, mapped.appended_to(text), number, count)
    return Plan(
        file=source.name,
        what="phrases",
        read=reading.read,
        imported=count,
        by_type={"phrase": len(reading.rows)} if reading.rows else {},
        problems=(*reading.problems, *mapped.problems),
        unchanged=mapped.unchanged,
        documents=(added,) if count else (),
        here=() if count else ((path, added.title),),
    )


def _known(content: Content, course_id: str) -> dict[tuple[str, str], str]:
    return {(phrase.lang, phrase.text): phrase.id for phrase in content.courses[course_id].phrases}
