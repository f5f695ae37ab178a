"""Reads lessons/COURSE/mails.yaml and registers.yaml: e-mails to write by, and one thing said in several relations."""

from collections.abc import Mapping, Sequence

from trainer.catalog.reading import Fields, Report, records
from trainer.catalog.tree import Tree
from trainer.catalog.wordings import read_wording
from trainer.domain.content import Form, Lesson, MailKind, MailModel, Phrase, Register, RegisterContrast, Wording

FEWEST_LINES, MOST_LINES = 5, 14
FEWEST_FORMS, MOST_FORMS = 2, 4
_ORDER = tuple(Register)

_Phrases = Mapping[str, Phrase]


def read_mails(
    report: Report, tree: Tree, name: str, lessons: Sequence[Lesson], phrases: _Phrases
) -> tuple[MailModel, ...]:
    if name not in tree:
        return ()
    by_id = {lesson.id: lesson for lesson in lessons}
    found = [_mail(fields, by_id, phrases) for fields in records(report, tree, name, "an e-mail")]
    return tuple(mail for mail in found if mail is not None)


def read_contrasts(
    report: Report, tree: Tree, name: str, lessons: Sequence[Lesson], phrases: _Phrases
) -> tuple[RegisterContrast, ...]:
    if name not in tree:
        return ()
    by_id = {lesson.id: lesson for lesson in lessons}
    found = [_contrast(fields, by_id, phrases) for fields in records(report, tree, name, "a contrast")]
    return tuple(contrast for contrast in found if contrast is not None)


def _mail(fields: Fields, lessons: Mapping[str, Lesson], phrases: _Phrases) -> MailModel | None:
    mail_id, lang = fields.identity(), fields.language("lang")
    lesson = fields.reference("lesson", lessons, "lesson")
    kind = fields.member("kind", MailKind)
    title, scene, point = fields.text("title"), fields.prose("scene"), fields.prose("point")
    subject = _subject(fields, lang, phrases)
    rows = fields.mappings("lines", "a line")
    if not FEWEST_LINES <= len(rows) <= MOST_LINES:
        fields.problem(f"an e-mail has {FEWEST_LINES} to {MOST_LINES} lines, not {len(rows)}", "lines")
    lines = tuple(filter(None, (_wording(row, lang, phrases, "a line") for row in rows)))
    fields.end()
    if lesson is None or subject is None:
        return None
    return MailModel(mail_id, lesson.id, lang, kind, title, scene, subject, lines, point)


def _subject(fields: Fields, lang: str, phrases: _Phrases) -> Wording | None:
    row = fields.mapping("subject", "a subject")
    if row is None:
        fields.problem("missing key 'subject' in an e-mail")
        return None
    return _wording(row, lang, phrases, "a subject")


def _wording(fields: Fields, lang: str, phrases: _Phrases, what: str) -> Wording | None:
    wording = read_wording(fields, lang, phrases, what)
    fields.end()
    return wording


def _contrast(fields: Fields, lessons: Mapping[str, Lesson], phrases: _Phrases) -> RegisterContrast | None:
    contrast_id, lang = fields.identity(), fields.language("lang")
    lesson = fields.reference("lesson", lessons, "lesson")
    title, point = fields.text("title"), fields.prose("point")
    rows = fields.mappings("forms", "a form")
    if not FEWEST_FORMS <= len(rows) <= MOST_FORMS:
        fields.problem(f"a contrast has {FEWEST_FORMS} to {MOST_FORMS} forms, not {len(rows)}", "forms")
    forms = tuple(filter(None, (_form(row, lang, phrases) for row in rows)))
    ranks = [_ORDER.index(form.register) for form in forms]
    if ranks != sorted(ranks):
        fields.problem("its forms stand from the least formal to the most", "forms")
    if forms and all(form.wording.phrase is None for form in forms):
        fields.problem("at least one form is a phrase of the course, so that it can be heard and practised", "forms")
    fields.end()
    return None if lesson is None else RegisterContrast(contrast_id, lesson.id, lang, title, forms, point)


def _form(fields: Fields, lang: str, phrases: _Phrases) -> Form | None:
    wording = read_wording(fields, lang, phrases, "a form")
    phrase = wording.phrase if wording else None
    if fields.has("phrase"):
        form = Form(wording, phrase.register, phrase.to_role) if wording and phrase else None
    else:
        form = Form(wording, fields.member("register", Register), fields.text("to")) if wording else None
    fields.end()
    return form
