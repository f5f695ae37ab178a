"""One partner file: the page with all of it, and the brief that is taken along."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import partners, reporting
from trainer.domain.access import Action, may
from trainer.domain.content import TemplateUse
from trainer.domain.parties import Party
from trainer.domain.partners import PartnerFile, Promise, gaps_of_partner, not_asked_yet
from trainer.web import content, db, found, me, now, page, reading, say, to
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.words import NAME_ORDERS, STATE_OWNED, gift_warning, megabytes, promise_state
from trainer.web.places import all_languages, countries
from trainer.wording import GAP_STATES, due_words, number

MOST_NEWS, MOST_QUESTIONS = 3, 3
"""What a brief of one page has room for."""


@bp.get("/<uuid:partner_id>")
def show_partner(partner_id: UUID) -> ResponseReturnValue:
    _, subject = load_file(partner_id, Action.SEE_PARTNER)
    file = _file(partner_id)
    return page(
        "partners/show.html",
        **_facts(file),
        gaps=gaps_of_partner(file, now().date()),
        members=reporting.members_for(reading(), subject.partner_teams),
        managed=me().managed_teams,
        to_find_out=[item for item in file.research if item.done_on is None],
        found_out=[item for item in file.research if item.done_on is not None],
        GAP_STATES=GAP_STATES,
        due_words=due_words,
        templates=content().templates,
        lent=not_asked_yet(_lent(), [question.words for question in file.questions]),
        may_manage=may(me(), Action.MANAGE_PARTNER_DATA, subject),
    )


@bp.get("/<uuid:partner_id>/brief")
def show_brief(partner_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.SEE_PARTNER)
    file = _file(partner_id)
    return page(
        "partners/brief.html",
        **_facts(file),
        is_brief=True,
        questions=[each for each in file.questions if each.answered_on is None][:MOST_QUESTIONS],
        news=file.news[:MOST_NEWS],
        findings=[item for item in file.research if item.finding],
    )


@bp.post("/<uuid:partner_id>/questions/of-lesson")
def add_questions_of_lesson(partner_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.EDIT_PARTNER)
    added = partners.add_questions(db(), partner_id, _lent(), by=me().id, at=now())
    say(_added_words(added))
    return to("partners.show_partner", partner_id=partner_id, _anchor="questions")


def _lent() -> Collection[str]:
    """The questions of the lesson about them."""
    return content().lines_for(TemplateUse.QUESTIONS).values()


def _added_words(added: int) -> str:
    if not added:
        return "All questions of the lesson are here already."
    what = "question is" if added == 1 else "questions are"
    return f"{number(added).capitalize()} {what} added. Take out what does not fit them."


def _file(partner_id: UUID) -> PartnerFile:
    return found(reporting.partner_file(reading(), partner_id, content().lines_for(TemplateUse.RESEARCH)))


def _facts(file: PartnerFile) -> dict[str, Any]:
    today = now().date()  # in UTC: a file belongs to teams in several zones, and to no meeting whose zone would hold
    return {
        "file": file,
        "company": file.company,
        "country": countries().get(file.company.country, file.company.country),
        "course": content().courses.get(file.company.course_id),
        "today": today,
        "promise_state": promise_state,
        "gift_warning": gift_warning(file.company.is_state_owned),
        "languages": all_languages(),
        "megabytes": megabytes,
        "STATE_OWNED": STATE_OWNED,
        "NAME_ORDERS": NAME_ORDERS,
        "ours": _open(file, Party.OURS),
        "theirs": _open(file, Party.THEIRS),
        "ended": [each for each in file.promises if not each.is_open],
        "ahead": [each for each in file.engagements if each.starts_at > now() and not each.is_cancelled],
        "past": [each for each in file.engagements if each.starts_at <= now() or each.is_cancelled],
    }


def _open(file: PartnerFile, party: Party) -> list[Promise]:
    return [each for each in file.promises if each.is_open and each.party is party]
