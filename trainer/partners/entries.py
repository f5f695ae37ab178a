"""Use cases of languages, news, questions and research: what a file holds many of."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, insert, select

from trainer.database import Store
from trainer.domain.partners import LanguageDraft, NewsDraft, QuestionDraft, ResearchDraft, not_asked_yet
from trainer.models import PartnerLanguage, PartnerNews, PartnerQuestion, ResearchRow, new_id, table
from trainer.partners.keeping import remove_row, touch_partner, write_row

Entry = LanguageDraft | NewsDraft | ResearchDraft
_question = table(PartnerQuestion)
_TABLES: dict[type[Entry] | type[QuestionDraft], Table] = {
    LanguageDraft: table(PartnerLanguage),
    NewsDraft: table(PartnerNews),
    ResearchDraft: table(ResearchRow),
    QuestionDraft: _question,
}


def keep_entry(store: Store, partner_id: UUID, entry_id: UUID, draft: Entry, *, seen: int, at: datetime) -> None:
    """Keep a language, a piece of news or an item of the research, new when `seen` is 0."""
    write_row(store, _TABLES[type(draft)], partner_id, entry_id, asdict(draft), seen=seen, at=at)


def keep_question(
    store: Store, partner_id: UUID, question_id: UUID, draft: QuestionDraft, *, seen: int, by: UUID, at: datetime
) -> None:
    """Keep a question. The day of its answer is that on which it first had one."""
    before = store.scalar(select(_question.c.answered_on).where(_question.c.id == question_id))
    answered_on = (before or at.date()) if draft.answer.strip() else None
    values = {**asdict(draft), "answered_on": answered_on}
    write_row(store, _question, partner_id, question_id, values, seen=seen, at=at, only_new={"asked_by_id": by})


def add_questions(store: Store, partner_id: UUID, lent: Iterable[str], *, by: UUID, at: datetime) -> int:
    """Add the questions of a lesson that are not among the partner's yet; gives how many those were."""
    touch_partner(store, partner_id, at=at)
    asked = store.scalars(select(_question.c.words).where(_question.c.partner_id == partner_id))
    missing = not_asked_yet(lent, asked)
    blank = asdict(QuestionDraft(""))
    own = {"partner_id": partner_id, "version": 1, "asked_by_id": by, "created_at": at, "updated_at": at}
    rows = [{**blank, **own, "id": new_id(), "words": words} for words in missing]
    if rows:
        store.execute(insert(_question), rows)
    return len(rows)


def remove_entry(
    store: Store, partner_id: UUID, kind: type[Entry] | type[QuestionDraft], entry_id: UUID, *, at: datetime
) -> None:
    remove_row(store, _TABLES[kind], partner_id, entry_id, at=at)
