"""What a partner file holds many of: for each kind its form, and how it is read, kept and taken away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from trainer import partners, reporting
from trainer.database import Store
from trainer.domain.access import Subject
from trainer.domain.content import TemplateUse
from trainer.domain.partners import Company, LanguageDraft, NewsDraft, QuestionDraft, ResearchDraft
from trainer.web import content
from trainer.web.partners.forms import LanguageForm, NewsForm, PersonForm, PromiseForm, QuestionForm, ResearchForm


class Keeping(NamedTuple):
    """Which entry of which partner is kept, by whom and when; the version is what they had before them."""

    partner_id: UUID
    entry_id: UUID
    seen: int
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Kind:
    """`make` gives an empty form, with what it offers; `remove` is missing where the page does not take away."""

    new: str
    change: str
    hint: str
    make: Callable[[Store, Company, Subject], Any]
    entries: Callable[[Store, UUID], Sequence[Any]]
    keep: Callable[[Store, Keeping, Any], object]
    remove: Callable[[Store, UUID, UUID, datetime], None] | None = None
    remove_words: str = "Take it away"


def _person_form(_store: Store, company: Company, _subject: Subject) -> PersonForm:
    return PersonForm().offer(company.country)


def _promise_form(store: Store, company: Company, subject: Subject) -> PromiseForm:
    engagements = reporting.engagements_with(store, company.id)
    return PromiseForm().offer(
        _members(store, subject),
        {str(person.id): person.name for person in reporting.people_of(store, company.id)},
        {str(each.id): f"{each.title}, {each.starts_local:%d.%m.%Y}" for each in engagements if not each.is_cancelled},
    )


def _research_form(store: Store, _company: Company, subject: Subject) -> ResearchForm:
    return ResearchForm().offer(_members(store, subject))


def _members(store: Store, subject: Subject) -> Mapping[str, str]:
    members = reporting.members_for(store, subject.partner_teams)
    return {str(user_id): name for user_id, name in members.items()}


def _keep_person(store: Store, kept: Keeping, form: PersonForm) -> None:
    partners.keep_person(store, kept.partner_id, kept.entry_id, form.draft(), seen=kept.seen, at=kept.at)


def _keep_entry(store: Store, kept: Keeping, form: LanguageForm | NewsForm | ResearchForm) -> None:
    partners.keep_entry(store, kept.partner_id, kept.entry_id, form.draft(), seen=kept.seen, at=kept.at)


def _keep_promise(store: Store, kept: Keeping, form: PromiseForm) -> None:
    partners.keep_promise(
        store,
        kept.partner_id,
        form.engagement,
        form.draft(),
        promise_id=kept.entry_id,
        seen=kept.seen,
        by=kept.by,
        at=kept.at,
    )


def _keep_question(store: Store, kept: Keeping, form: QuestionForm) -> None:
    partners.keep_question(store, kept.partner_id, kept.entry_id, form.draft(), seen=kept.seen, by=kept.by, at=kept.at)


def _remover(draft: type[partners.Entry] | type[QuestionDraft]) -> Callable[[Store, UUID, UUID, datetime], None]:
    def remove(store: Store, partner_id: UUID, entry_id: UUID, at: datetime) -> None:
        partners.remove_entry(store, partner_id, draft, entry_id, at=at)

    return remove


def _remove_promise(store: Store, partner_id: UUID, promise_id: UUID, at: datetime) -> None:
    partners.remove_promise(store, partner_id, promise_id, at=at)


KINDS: Mapping[str, Kind] = {
    "people": Kind(
        "Add a person",
        "Change what is kept of a person",
        "Keep what you need to work together, no more: they can ask to read every word of it.",
        _person_form,
        reporting.people_of,
        _keep_person,
    ),
    "promises": Kind(
        "Add a promise",
        "Change a promise",
        "One thing that one side promised, small ones too: kept small promises are what trust grows from.",
        _promise_form,
        lambda store, partner_id: reporting.promises_of(store, partner_id=partner_id),
        _keep_promise,
        _remove_promise,
        "Take it away: it was written by mistake",
    ),
    "questions": Kind(
        "Add a question",
        "Change a question",
        "Something that no web page tells. When you know the answer, note it here.",
        lambda _store, _company, _subject: QuestionForm(),
        reporting.questions_of,
        _keep_question,
        _remover(QuestionDraft),
    ),
    "research": Kind(
        "Add something to find out",
        "Research",
        "Who finds it out, until when, and what it was.",
        _research_form,
        lambda store, partner_id: reporting.research_of(store, partner_id, content().lines_for(TemplateUse.RESEARCH)),
        _keep_entry,
        _remover(ResearchDraft),
        "Empty this item",
    ),
    "news": Kind(
        "Add news",
        "Change news",
        "What happened there in the last twelve months, with the day and the source.",
        lambda _store, _company, _subject: NewsForm(),
        reporting.news_of,
        _keep_entry,
        _remover(NewsDraft),
    ),
    "languages": Kind(
        "Add a language",
        "Change a language",
        "What they work in, and what must not stand in for it.",
        lambda _store, _company, _subject: LanguageForm().offer(),
        reporting.languages_of,
        _keep_entry,
        _remover(LanguageDraft),
    ),
}
"""By the name that stands in addresses and anchors."""
NAMES = ", ".join(KINDS)
