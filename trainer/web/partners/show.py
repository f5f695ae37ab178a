"""One partner file: the page with all of it, and the brief that is taken along."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from trainer import reporting
from trainer.domain.access import Action, may
from trainer.domain.parties import Party
from trainer.domain.partners import PartnerFile, Promise, gaps_of_partner
from trainer.web import content, found, me, now, page, reading
from trainer.web.partners.blueprint import bp, load_file
from trainer.web.partners.words import NAME_ORDERS, STATE_OWNED, gift_warning, megabytes, promise_state
from trainer.web.places import all_languages, countries
from trainer.wording import GAP_STATES, due_words

MOST_NEWS, MOST_QUESTIONS = 3, 3
"""What a brief of one page has room for."""


@bp.get("/<uuid:partner_id>")
def show_partner(partner_id: UUID) -> ResponseReturnValue:
    _, subject = load_file(partner_id, Action.SEE_PARTNER)
    file = found(reporting.partner_file(reading(), partner_id))
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
        may_manage=may(me(), Action.MANAGE_PARTNER_DATA, subject),
    )


@bp.get("/<uuid:partner_id>/brief")
def show_brief(partner_id: UUID) -> ResponseReturnValue:
    load_file(partner_id, Action.SEE_PARTNER)
    file = found(reporting.partner_file(reading(), partner_id))
    return page(
        "partners/brief.html",
        **_facts(file),
        is_brief=True,
        questions=[each for each in file.questions if each.answered_on is None][:MOST_QUESTIONS],
        news=file.news[:MOST_NEWS],
        findings=[item for item in file.research if item.finding],
    )


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
