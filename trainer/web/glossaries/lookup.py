"""For everyone: which glossaries there are, a glossary in one language, and its table."""

from typing import Any

from flask import make_response, request
from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, may
from trainer.domain.content import Glossary, WordList
from trainer.domain.generating import language_name
from trainer.domain.planning import Done
from trainer.interchange.glossaries import write_terms
from trainer.web import actor, authorize, content, kept_page, me, now, page, reading
from trainer.web.glossaries.blueprint import bp, cards_of, load_glossary

MAX_QUERY = 100


@bp.get("/glossaries")
def list_glossaries() -> ResponseReturnValue:
    authorize(Action.LEARN)
    return page(
        "glossaries/list.html",
        glossaries=content().glossaries.values(),
        language_name=language_name,
        may_keep=may(actor(), Action.EDIT_GLOSSARY),
    )


@bp.get("/glossaries/<glossary_id>")
def show_glossary(glossary_id: str) -> ResponseReturnValue:
    """One language of a glossary: all its terms, or those that mention what is looked for."""
    glossary = load_glossary(glossary_id, Action.LEARN)
    may_keep = may(actor(), Action.EDIT_GLOSSARY)
    lang = request.args.get("lang", "")
    words = " ".join(request.args.get("q", "")[:MAX_QUERY].split())
    found_list = glossary.lists.get(lang) or next(iter(glossary.lists.values()), None)
    if found_list is None:
        return page("glossaries/empty.html", glossary=glossary, may_keep=may_keep)
    done = reporting.done_by(reading(), me().id)
    if words:
        return page("glossaries/show.html", **_values(glossary, found_list, done, words), may_keep=may_keep)
    state = [quiz.id in done.finished_quizzes for quiz in found_list.quizzes]
    name, day = f"glossary {glossary.id} {found_list.lang} {may_keep} {state}", now().date().isoformat()
    return kept_page(
        "glossaries/show.html", name, day, lambda: {**_values(glossary, found_list, done), "may_keep": may_keep}
    )


@bp.get("/glossaries/<glossary_id>/table")
def export_table(glossary_id: str) -> ResponseReturnValue:
    """All languages as a CSV that `import_table` reads again."""
    glossary = load_glossary(glossary_id, Action.LEARN)
    answer = make_response(write_terms(glossary).data)
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{glossary.id}.csv"'
    return answer


def _values(glossary: Glossary, shown: WordList, done: Done, words: str = "") -> dict[str, Any]:
    cards = cards_of(glossary, shown.lang)
    return {
        "glossary": glossary,
        "lang": shown.lang,
        "language": language_name(shown.lang),
        "languages": [(lang, language_name(lang)) for lang in glossary.lists],
        "cards": [card for card in cards if not words or card.term.mentions(words)],
        "total": len(cards),
        "words": words,
        "has_readings": any(card.rendering.reading for card in cards),
        "quizzes": shown.quizzes,
        "done": done,
        "first": next((quiz for quiz in shown.quizzes if quiz.id not in done.finished_quizzes), shown.quizzes[0])
        if shown.quizzes
        else None,
    }
