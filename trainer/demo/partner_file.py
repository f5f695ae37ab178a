"""The partner file of the demo's Japanese partner: an invented company with invented people."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import partners
from trainer.domain.parties import Party
from trainer.domain.partners import (
    Checklist,
    CompanyDraft,
    ConsentBasis,
    LanguageDraft,
    NameOrder,
    NewsDraft,
    PersonDraft,
    PromiseDraft,
    PromiseState,
    QuestionDraft,
    ResearchDraft,
    item_id,
)
from trainer.models import new_id

PARTNER = "Kobe Seiki"
COMPANY = CompanyDraft(
    country="JP",
    language="ja",
    legal_name="Kobe Seiki K.K.",
    native_name="神戸精機株式会社",
    parent_group="Family-held; a tenth belongs to its employees",
    products="Valves and actuators for process plants. Our pressure sensors go into their KS-40 line.",
    size="About 640 people, works in Kobe and Himeji",
    website="https://www.kobeseiki.example",
    shared_customers="Nordhavn Energi, Rhein Pharma",
    certificates="ISO 9001, ISO 14001, both until the spring",
    in_common="Both began as repair shops at a harbour.",
    is_state_owned=False,
    gift_rules="Small things from home, wrapped, given with both hands at the end. Up to 30 euros by our own rules.",
    meal_rules="They invite to dinner in Kobe, we return it when they visit. Say beforehand what one does not eat.",
    course_id="japan",
    people_differ=(
        "Ms Ōnishi studied in Aachen: she calls rather than writes, and says no in the meeting. "
        "The engineers in Himeji decide small things on the call; what costs money still goes round in Kobe."
    ),
)

LANGUAGES = (
    LanguageDraft("ja", "All that is written to Kobe, and the first minutes of each call"),
    LanguageDraft("en", "Calls with the engineers in Himeji"),
    LanguageDraft("ja", "Contracts and change notices", "en", "The Japanese text binds; a translation is sent along."),
)


def tell_partner_file(
    session: Session,
    partner_id: UUID,
    engagements: Mapping[str, UUID],
    people: Mapping[str, UUID],
    checklist: Checklist,
    *,
    end: datetime,
) -> dict[str, UUID]:
    """Keep what the team knows on the demo's last day; `engagements` by their titles, `people` by their names.

    Gives the partner's people by their family names.
    """
    day = end.date()
    partners.change_company(session, partner_id, COMPANY, seen=1, at=end)
    theirs = _people(session, partner_id, day, end)
    _promises(session, partner_id, engagements, people, theirs, day, end)
    _questions(session, partner_id, people, end)
    _research(session, partner_id, people, checklist, day, end)
    told: tuple[partners.Entry, ...] = (*LANGUAGES, *_news(day))
    for draft in told:
        partners.keep_entry(session, partner_id, new_id(), draft, seen=0, at=end)
    note = b"Dinner: Daimyo-tei, 19:00, six people.\nBy train to Sannomiya, then ten minutes on foot.\n"
    partners.keep_attachment(
        session, partner_id, new_id(), "evening in Kobe.txt", note, by=people["Grace Adeyemi"], at=end
    )
    return theirs


def _people(session: Session, partner_id: UUID, day: date, at: datetime) -> dict[str, UUID]:
    theirs = {}
    for name, draft in (("Tanabe", _tanabe(day)), ("Ōnishi", _onishi(day)), ("Fujita", _fujita(day))):
        theirs[name] = new_id()
        partners.keep_person(session, partner_id, theirs[name], draft, seen=0, at=at)
    return theirs


def _tanabe(day: date) -> PersonDraft:
    return PersonDraft(
        "Kazuo Tanabe",
        "Decides on supply agreements for sensors",
        ConsentBasis.INTEREST,
        day + timedelta(days=700),
        native_name="田辺 一夫",
        reading="たなべ かずお",
        name_order=NameOrder.FAMILY_FIRST,
        address_as="Tanabe-buchō",
        role="General manager of purchasing",
        interface="Supply",
        phone="+81 78-000-0142",
        email="k.tanabe@kobeseiki.example",
        languages=(("ja", "C2"), ("en", "A2")),
        wants_interpreter=True,
        zone="Asia/Tokyo",
        hours="8:30 to 17:30",
        notes="Likes papers two days ahead. Nods while he listens: it means that he follows.",
    )


def _onishi(day: date) -> PersonDraft:
    return PersonDraft(
        "Michiko Ōnishi",
        "Technical contact for the KS-40 line",
        ConsentBasis.INTEREST,
        day + timedelta(days=700),
        native_name="大西 美智子",
        reading="おおにし みちこ",
        name_order=NameOrder.FAMILY_FIRST,
        address_as="Ōnishi-san",
        title="Dr.-Ing.",
        role="Head of development",
        interface="Support",
        email="m.onishi@kobeseiki.example",
        languages=(("ja", "C2"), ("de", "C1"), ("en", "B2")),
        zone="Asia/Tokyo",
        hours="9:00 to 19:00, calls welcome",
        notes="Call her. She answers e-mails at the end of the week.",
        away_from=day + timedelta(days=20),
        away_until=day + timedelta(days=34),
    )


def _fujita(day: date) -> PersonDraft:
    return PersonDraft(
        "Ren Fujita",
        "Orders and delivery dates",
        ConsentBasis.CONSENT,
        day + timedelta(days=400),
        native_name="藤田 蓮",
        name_order=NameOrder.FAMILY_FIRST,
        role="Order desk",
        interface="Sales",
        phone="+81 78-000-0177",
        languages=(("ja", "C2"), ("en", "B1")),
        zone="Asia/Tokyo",
        consented_on=day - timedelta(days=31),
    )


def _promises(
    session: Session,
    partner_id: UUID,
    engagements: Mapping[str, UUID],
    people: Mapping[str, UUID],
    theirs: Mapping[str, UUID],
    day: date,
    at: datetime,
) -> None:
    visit, call = engagements["First visit about pressure sensors"], engagements["Follow-up on delivery dates"]
    told = (
        (visit, "Ingrid Solberg", None, "Send the calibration records of the last three lots.", -20, True),
        (visit, "Lena Hofmann", None, "Minutes of the visit in both languages within a day.", -29, True),
        (call, "Oskar Lind", None, "Say what moving the delivery to the second week would cost.", 2, None),
        (call, "Priya Raman", None, "Two sensors of the new series for their test bench.", 12, None),
        (visit, None, "Ōnishi", "Drawings of the KS-40 housing, with tolerances.", -15, False),
        (call, None, "Fujita", "A forecast of their orders for the next two quarters.", 9, None),
    )
    for made_in, ours, other, words, in_days, was_kept in told:
        draft = PromiseDraft(
            Party.OURS if ours else Party.THEIRS,
            words,
            owner_id=people[ours] if ours else None,
            person_id=theirs[other] if other else None,
            due_on=day + timedelta(days=in_days),
        )
        by = people["Ingrid Solberg"]
        promise_id = partners.keep_promise(session, partner_id, made_in, draft, by=by, at=at)
        if was_kept is not None:
            state = PromiseState.KEPT if was_kept else PromiseState.BROKEN
            note = "" if was_kept else "Their security office must release drawings first; nobody had known."
            partners.close_promise(session, partner_id, promise_id, state, note, seen=1, at=at)


def _questions(session: Session, partner_id: UUID, people: Mapping[str, UUID], at: datetime) -> None:
    for name, draft in (
        ("Ingrid Solberg", QuestionDraft("Who besides Mr Tanabe must agree before an order is placed?")),
        ("Priya Raman", QuestionDraft("What fails first on their test bench, and how do they find out?")),
        ("Mateo Vidal", QuestionDraft("Which of our competitors do they also buy from?")),
        (
            "Lena Hofmann",
            QuestionDraft(
                "Do they want the minutes in Japanese first?", "Yes; the English may follow the next day (Mr Fujita)."
            ),
        ),
    ):
        partners.keep_question(session, partner_id, new_id(), draft, seen=0, by=people[name], at=at)


def _research(
    session: Session,
    partner_id: UUID,
    people: Mapping[str, UUID],
    checklist: Checklist,
    day: date,
    at: datetime,
) -> None:
    """What was found out of the checklist, and who has taken on the rest."""
    done = {
        "names": "Both names as on their cards and in the commercial register.",
        "group": "Family-held. No group above it.",
        "products": "Valves and actuators; about a third of them leave Japan.",
        "news": "A third assembly hall in Himeji; a new head of development.",
        "certificates": "ISO 9001 and ISO 14001, both valid until the spring.",
        "people": "All three are in this file, with titles and languages.",
        "promises": "All that was promised at the visit and in the call stands in this file.",
        "we-tell": "How our lots are tested, and what the last three showed.",
        "they-tell": "What their line loses in an hour in which it stands.",
        "in-common": "Both began as repair shops at a harbour.",
        "customers": "Nordhavn Energi and Rhein Pharma, by their own reference list.",
        "state": "Not state-owned. Their code of conduct allows small gifts.",
        "we-know": "Careful with dates, generous with time once a date is set.",
    }
    for key, words in checklist.items():
        if key in done:
            own = ResearchDraft(words, people["Tomasz Zielinski"], None, day - timedelta(days=9), done[key])
        else:
            name, in_days = ("Oskar Lind", 5) if key == "problems" else ("Mateo Vidal", 7)
            own = ResearchDraft(words, people[name], day + timedelta(days=in_days))
        partners.keep_entry(session, partner_id, item_id(partner_id, key), own, seen=0, at=at)


def _news(day: date) -> tuple[NewsDraft, ...]:
    return (
        NewsDraft(
            day - timedelta(days=24),
            "A third assembly hall opens in Himeji in the spring.",
            "Their own news page",
            "https://www.kobeseiki.example/news",
        ),
        NewsDraft(day - timedelta(days=120), "Ms Ōnishi took over development.", "Card and talk at the first visit"),
    )
