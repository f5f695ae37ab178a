"""Reads lessons/glossaries/NAME.yaml: the terms of a glossary with what each is in other languages."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from trainer.catalog.prose import is_language
from trainer.catalog.reading import Fields, Problem, Report, read_yaml
from trainer.catalog.tree import Tree
from trainer.domain.answers import AnswerKey, Mode, check_answer
from trainer.domain.content import Glossary, Rendering, Term, WrongForm
from trainer.domain.generating import with_lists

FOLDER = "lessons/glossaries"
LONGEST_ID = 60
"""Characters of the id of a glossary or a term: ids that are made from it must be short enough to be kept."""
LONGEST_TERM = 200


def read_glossary(report: Report, tree: Tree, name: str) -> Glossary | None:
    """A glossary; what is learnt of it is made only when nothing is wrong with it. None when it cannot be read."""
    before = len(report.problems)
    value = read_yaml(report, tree, name)
    if value is None:
        return None
    fields = Fields(report, name, value, "a glossary")
    stem = PurePosixPath(name).stem
    glossary_id = _identity(fields)
    if glossary_id and glossary_id != stem:
        fields.problem(f"the id of a glossary is its file's name: {stem!r}, not {glossary_id!r}", "id")
    rows = fields.mappings("terms", "a term", empty_ok=True)
    glossary = Glossary(
        id=glossary_id,
        title=fields.text("title"),
        summary=fields.prose("summary"),
        partner=fields.optional_text("partner"),
        licence=fields.text("licence"),
        reviewers=fields.texts("reviewers", empty_ok=True),
        terms=tuple(_term(row) for row in rows),
    )
    if fields.has("retired"):
        _retire(fields)
    fields.end()
    _report_doubles(rows, glossary.terms)
    return with_lists(glossary) if len(report.problems) == before else glossary


def _retire(fields: Fields) -> None:
    """Ids of terms that are gone: answers still name them, so nothing new may take them."""
    for name in fields.texts("retired", empty_ok=True):
        fields.report.claim(name, Problem(fields.path, fields.line_of("retired"), name))


def _identity(fields: Fields) -> str:
    identity = fields.identity()
    if len(identity) > LONGEST_ID:
        fields.problem(f"id {identity!r} is longer than {LONGEST_ID} characters", "id")
    return identity


def _term(fields: Fields) -> Term:
    term_id = _identity(fields)
    named = fields.named("in", "a term in a language")
    term = Term(
        id=term_id,
        term=_short(fields, "term"),
        meaning=fields.optional_text("meaning"),
        example=fields.optional_text("example"),
        renderings={lang: _rendering(row, lang) for lang, row in named.items()},
    )
    if not named:
        fields.problem("'in' is empty: give the term in at least one language", "in")
    fields.end()
    return term


def _rendering(fields: Fields, lang: str) -> Rendering:
    is_tag = is_language(lang)
    if not is_tag:
        fields.problem(f"{lang!r} is not a BCP 47 language tag (such as ja, fr, zh-Hans or pt-BR)")
    if lang.partition("-")[0] == "en":
        fields.problem("the term itself is English: give it in another language")
    rows = fields.mappings("false_friends", "a false friend") if fields.has("false_friends") else []
    rendering = Rendering(
        lang=lang,
        text=_short(fields, "text"),
        reading=fields.optional_text("reading"),
        translit=fields.optional_text("translit"),
        example=fields.optional_text("example"),
        example_reading=fields.optional_text("example_reading"),
        example_meaning=fields.optional_text("example_meaning"),
        false_friends=tuple(_false_friend(row) for row in rows),
        note=fields.optional_prose("note"),
    )
    fields.end()
    if not any(char.isalnum() for char in rendering.text):
        fields.problem("'text' has nothing in it that could be typed or said", "text")
    elif is_tag:
        _check_false_friends(rows, rendering)
    return rendering


def _false_friend(fields: Fields) -> WrongForm:
    wrong = WrongForm(fields.text("text"), fields.prose("why"))
    fields.end()
    return wrong


def _check_false_friends(rows: Sequence[Fields], rendering: Rendering) -> None:
    """A false friend that would be accepted as the term is none."""
    key = AnswerKey((rendering.text,), rendering.lang)
    seen: set[str] = set()
    for row, wrong in zip(rows, rendering.false_friends, strict=True):
        if check_answer(wrong.text, key, Mode.ASSESSMENT).is_accepted:
            row.problem(f"{wrong.text!r} is the term itself, not a false friend", "text")
        if wrong.text in seen:
            row.problem(f"{wrong.text!r} stands twice among the false friends", "text")
        seen.add(wrong.text)


def _report_doubles(rows: Sequence[Fields], terms: Sequence[Term]) -> None:
    seen: set[str] = set()
    for row, term in zip(rows, terms, strict=True):
        name = term.term.casefold()
        if name in seen:
            row.problem(f"the term {term.term!r} stands twice in this glossary", "term")
        seen.add(name)


def _short(fields: Fields, key: str) -> str:
    text = fields.text(key)
    if len(text) > LONGEST_TERM:
        fields.problem(f"{key!r} is longer than {LONGEST_TERM} characters", key)
    return text
