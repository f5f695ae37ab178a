"""Use cases of languages, news, questions and research: what a file holds many of."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, select

from trainer.database import Store
from trainer.domain.partners import LanguageDraft, NewsDraft, QuestionDraft, ResearchDraft
from trainer.models import PartnerLanguage, PartnerNews, PartnerQuestion, ResearchRow, table
from trainer.partners.keeping import remove_row, write_row

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


def remove_entry(
    store: Store, partner_id: UUID, kind: type[Entry] | type[QuestionDraft], entry_id: UUID, *, at: datetime
) -> None:
    remove_row(store, _TABLES[kind], partner_id, entry_id, at=at)
