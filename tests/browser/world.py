"""What pages need to be looked at: an attempt in each state, an engagement without seats, a report, invitations."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import sin
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.server import ROLES, ROOT, Person, Server
from tests.company import LESSON, give, worst
from tests.company import best as best_of
from tests.interchange.samples import GIFT, MOODLE_XML
from tests.speaking import said
from tests.speech.test_uploads import file_of, speech
from trainer import accounts, authoring, engagements, learning, mail_choices, reporting
from trainer.authoring import importing
from trainer.domain.charter import quarter_of
from trainer.domain.content import Content, Item, ItemType, OneOf, Option, Quiz, Scenario, TemplateUse
from trainer.domain.documents import Document, DocumentKind
from trainer.domain.grading import Given
from trainer.domain.mail import MailChoice, MailKind
from trainer.domain.mastery import Model
from trainer.domain.review import Closeness
from trainer.library import Library
from trainer.links import Purpose, make_link
from trainer.mail.stopping import Stopping
from trainer.models import Engagement, Partner, ReviewRow, Team, User
from trainer.recordings import Recordings
from trainer.speech import line_of
from trainer.speech.hearing import (
    Detector,
    Hearing,
    PitchOverlay,
    Refusal,
    Timing,
    ToneBand,
    ToneVerdict,
    Verdict,
)
from trainer.takes import TakeFiles
from trainer.workspace import change_document, newest_document

World = Mapping[str, str]
"""Names, as addresses of pages use them in braces, to ids."""

QUIZ = "jp-answers-and-decisions"
DRAFT, READ = "quizzes/partnering/pt-setting-up.yaml", "lessons/partnering/04-escalation.md"
MAIL, WRITING, LADDER = "jp-mail-and-calendar", "fr-language-writing", "pt-up-the-ladder"
SAID = "fr-greeting-introduction-03"
TOLD = Hearing(
    Verdict.RECOGNISED,
    None,
    None,
    {},
    Timing(4.2, 3.5, ((1.0, 1.4),), ()),
    PitchOverlay(
        0.02,
        tuple(4 * sin(place / 9) for place in range(160)),
        tuple(None if 60 < place < 75 else 2 * sin(place / 10) for place in range(160)),
        is_flat=True,
        tone=ToneVerdict(ToneBand.PARTLY, is_provisional=True),
        disagreements=((0.8, 1.2),),
    ),
    Detector.MFCC,
)
REFUSED = Hearing(Verdict.REFUSED, Refusal.NOISY, None, {}, None, None, Detector.MFCC)
LOST = "fr-answers-and-decisions"
SITTING, TIMES = "jp-language-writing", "pt-times-and-invitations"
BEGINNER = Person("Bea Ginner", "bea.ginner@halden.example")
"""Has done nothing; tests only read as her."""


def make_world(server: Server, content: Content) -> World:
    at = datetime.now(UTC)
    server.join(BEGINNER)
    with server.writing() as session:
        parts = (
            _attempts(session, content, at),
            _other_types(session, content, at),
            _replays(session, content, at),
            _assessments(session, content, at),
            _engagements(session, content, at),
            _reports(session, content, at),
            _imports(session, content, at),
            _invitations(session, at),
            _mails(session, server.folder),
            _drafts(session, content, at),
            _partner_files(session, content),
            _recordings(session, content, server.folder, at),
            _takes(session, content, TakeFiles(server.folder / "takes"), at),
        )
    names = Counter(name for part in parts for name in part)
    assert max(names.values()) == 1, f"two parts of the world share a name: {names.most_common(3)}"
    return {name: identity for part in parts for name, identity in part.items()}


def _attempts(session: Session, content: Content, at: datetime) -> World:
    """A finished attempt of the learner, and an open one with an answer of each worth."""
    quiz = content.quizzes[QUIZ]
    learner = _user(session, "learner")
    finished = next(each for each in reporting.attempts_of(session, learner, QUIZ) if each.finished_at)
    attempt = learning.start_attempt(session, learner, quiz, at=at)
    best, harmful = [item for item in quiz.items if item.type is ItemType.BEST_NEXT_STEP][:2]
    story = _item(quiz, ItemType.BRANCHING)
    _answer(session, learner, attempt, quiz, best, _ranked(best)[0], at)
    _answer(session, learner, attempt, quiz, harmful, _ranked(harmful)[-1], at)
    _answer(session, learner, attempt, quiz, story, _ranked(story)[-1], at)
    state = learning.load_attempt(session, learner, finished.id)
    assert state is not None
    return {
        "reviewed": str(session.scalars(select(ReviewRow.response_id).where(ReviewRow.learner_id == learner)).first()),
        "quiz": QUIZ,
        "attempt": str(attempt),
        "finished": str(finished.id),
        "best": best.id,
        "harmful": harmful.id,
        "story": story.id,
        "story_end": str(state.of_item(story.id)[-1].step),
        "situation": next(
            item.id for item in quiz.items if item.type is ItemType.BEST_NEXT_STEP and item not in (best, harmful)
        ),
        "choice": _item(quiz, ItemType.CHOICE).id,
        "several": _item(quiz, ItemType.MULTIPLE_CHOICE).id,
        "meaning": _item(quiz, ItemType.WHAT_DOES_IT_MEAN).id,
    }


def _other_types(session: Session, content: Content, at: datetime) -> World:
    """Open attempts of quizzes with items of all other types, and one whose every answer was wrong."""
    learner = _user(session, "learner")
    mail, writing, ladder = (content.quizzes[name] for name in (MAIL, WRITING, LADDER))
    wrong = learning.start_attempt(session, learner, ladder, at=at)
    for item in ladder.items:
        attempt = learning.load_attempt(session, learner, wrong)
        assert attempt is not None
        given = give(item, attempt, worst)
        learning.submit_response(session, Model(), attempt, ladder, item, given, step=0, response_id=uuid4(), at=at)
    return {
        "mail": str(learning.start_attempt(session, learner, mail, at=at)),
        "writing": str(learning.start_attempt(session, learner, writing, at=at)),
        "wrong": str(wrong),
        **{f"{item.type}_in_mail": item.id for item in mail.items},
        **{f"{item.type}_in_writing": item.id for item in reversed(writing.items)},
        **{f"{item.type}_in_ladder": item.id for item in ladder.items},
    }


def _replays(session: Session, content: Content, at: datetime) -> World:
    """A scenario that ended badly, played again: once to its end, once not yet."""
    learner = _user(session, "learner")
    lost, item = lose_scenario(session, content, learner, at)
    attempt = learning.load_attempt(session, learner, lost)
    assert attempt is not None
    path = attempt.position(item)
    start, again = (learning.start_replay(session, learner, lost, item, path, step, at=at) for step in (0, 1))
    replay = learning.load_replay(session, learner, again)
    while replay is not None and (position := replay.position(item)).node is not None:
        given = Given((position.offered[0].option.id,))
        step = len(position.steps)
        learning.answer_replay(session, Model(), replay, item, given, step=step, response_id=uuid4(), at=at)
        replay = learning.load_replay(session, learner, again)
    assert replay is not None
    return {
        "lost": str(lost),
        "replay": str(start),
        "replay_over": str(again),
        "replay_end": str(replay.responses[-1].step),
        "timed_story": item.id,
    }


def lose_scenario(session: Session, content: Content, learner: UUID, at: datetime) -> tuple[UUID, Item]:
    """An attempt of a quiz in which everything was answered as badly as could be, and the quiz's scenario."""
    quiz = content.quizzes[LOST]
    attempt_id = learning.start_attempt(session, learner, quiz, at=at)
    while True:
        attempt = learning.load_attempt(session, learner, attempt_id)
        assert attempt is not None
        item = attempt.next_item(quiz)
        if item is None:
            return attempt_id, _item(quiz, ItemType.BRANCHING)
        given, step = give(item, attempt, worst), len(attempt.of_item(item.id))
        learning.submit_response(session, Model(), attempt, quiz, item, given, step=step, response_id=uuid4(), at=at)


def _assessments(session: Session, content: Content, at: datetime) -> World:
    """One that is open, with an answer and a flag; one whose end explains all; and no attempt left of a third."""
    learner = _user(session, "learner")
    told = _sat(session, learner, content.quizzes[WRITING], at)
    for _ in range(3):
        closed = _sat(session, learner, content.quizzes[TIMES], at)
    sitting = learning.start_assessment(session, learner, content.quizzes[SITTING], at=at)
    first, second, *_ = _save(session, learner, sitting, content.quizzes[SITTING], at)
    state = learning.load_attempt(session, learner, sitting)
    assert state is not None
    learning.flag_item(
        session,
        learning.load_sitting(session, state, content.quizzes[SITTING]),
        second,
        is_flagged=True,
        grace=timedelta(0),
        at=at,
    )
    return {
        "sitting_quiz": SITTING,
        "sitting": str(sitting),
        "sat_first": first.id,
        "sat_second": second.id,
        "told": str(told),
        "told_first": content.quizzes[WRITING].items[0].id,
        "closed": str(closed),
        "times": TIMES,
        "learner": str(learner),
    }


def _sat(session: Session, learner: UUID, quiz: Quiz, at: datetime) -> UUID:
    attempt_id = learning.start_assessment(session, learner, quiz, at=at)
    _save(session, learner, attempt_id, quiz, at)
    state = learning.load_attempt(session, learner, attempt_id)
    assert state is not None
    learning.hand_in(session, Model(), learning.load_sitting(session, state, quiz), at=at)
    return attempt_id


def _save(session: Session, learner: UUID, attempt_id: UUID, quiz: Quiz, at: datetime) -> tuple[Item, ...]:
    """The first two items are answered, one of them wrong; all items that are asked."""
    state = learning.load_attempt(session, learner, attempt_id)
    assert state is not None
    sitting = learning.load_sitting(session, state, quiz)
    for item, pick in zip(sitting.items, (best_of, worst), strict=False):
        given = give(item, sitting.answered, pick)
        learning.save_draft(session, sitting, item, given, step=0, grace=timedelta(0), at=at)
    return sitting.items


def _drafts(session: Session, content: Content, at: datetime) -> World:
    """A draft with mistakes that waits for review, one that was reviewed, and a new quiz."""
    library = Library(ROOT, content)
    trainer = _user(session, "trainer")
    for path, change, note in (
        (DRAFT, ("effect: best", "effect: splendid"), "Options anew"),
        (READ, ("title: ", "title: Our "), "Title"),
    ):
        text = str(library.shipped(path)).replace(*change, 2)
        authoring.save_document(session, library, path, text, base=0, author_id=trainer, note=note, at=at)
    authoring.ask_for_review(session, DRAFT, 1, by_id=trainer, at=at)
    authoring.review_version(session, READ, 1, reviewer_id=trainer, at=at)
    return {"draft": DRAFT, "read": READ}


def _recordings(session: Session, content: Content, folder: Path, at: datetime) -> World:
    """A phrase that somebody of the company speaks."""
    phrase = content.lessons[LESSON].phrases[0]
    recordings, trainer = Recordings(folder / "recordings"), _user(session, "trainer")
    credit = authoring.Credit("Marc Dupont", "company")
    authoring.keep_recording(
        session, recordings, line_of(phrase), "normal", file_of(speech()), credit, by_id=trainer, at=at
    )
    return {"recorded": phrase.id}


def _takes(session: Session, content: Content, files: TakeFiles, at: datetime) -> World:
    """What the learner said of a phrase: heard twice and rated, the last one kept; refused once; lost once."""
    phrase, learner = content.phrases[SAID], _user(session, "learner")
    line = line_of(phrase)
    names = {}
    for name, hearing in (("refused", REFUSED), ("lost_take", None), ("first_take", TOLD), ("take", TOLD)):
        names[name] = take_id = uuid4()
        learning.say_line(session, files, learner, line, said(line), take_id=take_id, at=at)
        learning.keep_hearing(session, learner, take_id, hearing, at=at)
    learning.rate_take(session, content, learner, names["first_take"], Closeness.FAR, at=at - timedelta(days=1))
    learning.rate_take(session, content, learner, names["take"], Closeness.CLOSE, at=at)
    learning.keep_sound(session, files, learner, names["take"], said(line), at=at)
    return {"said": SAID, **{name: str(take_id) for name, take_id in names.items()}}


def planned_meeting() -> Document:
    """Three places of which one is out of hours, an agenda that is too long, channels, checks and a journey."""
    oslo = {"name": "Oslo", "party": "ours", "country": "NO", "zone": "Europe/Oslo", "opens": "08:00"}
    kobe = {"name": "Kobe", "party": "theirs", "country": "JP", "zone": "Asia/Tokyo", "closes": "18:00"}
    chicago = {"name": "Chicago", "party": "ours", "country": "US", "subdivision": "IL", "zone": "America/Chicago"}
    journey = {"who": "user:gone", "from_zone": "Europe/Oslo", "lands_local": "2026-12-01T09:00"}
    return {
        "places": [{"id": str(uuid4()), **each} for each in (oslo, kobe, chicago)],
        "agenda": [
            {"id": str(uuid4()), "title": title, "minutes": minutes, "lead": ""}
            for title, minutes in (("Who is who", 10), ("Open points of the last delivery", 15), ("Prices", 240))
        ],
        "channels": {"primary": "Teams", "backup": "Telephone", "after_minutes": 5, "notes": "Wait until 10:00 CST."},
        "checks": [{"id": str(uuid4()), "what": "Sound and picture", "owner": "", "due": "2026-12-01"}],
        "travel": [{"id": str(uuid4()), **journey}],
    }


def _engagements(session: Session, content: Content, at: datetime) -> World:
    """Those of the demo by their team, and one without seats."""
    team = session.scalars(select(Team.id).where(Team.name == "Support")).one()
    draft = engagements.EngagementDraft(
        title="Without seats",
        partner="Osaka Lens",
        country="JP",
        language="ja",
        place="",
        is_call=True,
        starts_local=(at + timedelta(days=60)).replace(tzinfo=None, hour=10, minute=0, second=0, microsecond=0),
        zone="Asia/Tokyo",
        agenda_minutes=30,
    )
    bare = engagements.plan_engagement(
        session, team, draft, content.courses["japan"].engagement_templates[0], at=at - timedelta(days=1)
    )
    for seat in reporting.seats_of(session, [bare])[bare]:
        engagements.remove_seat(session, bare, seat.id, at=at)
    rows = session.execute(
        select(Engagement.id, Team.name)
        .join(Team)
        .join(Partner)
        .where(Partner.name.in_(["Kobe Seiki", "Ateliers Morvan"]), Engagement.starts_at > at)
    )
    by_team = {name: str(identity) for identity, name in rows}
    manager = _user(session, "manager")
    sent: dict[str, Any] = {"label": "Sato Kenji", "person": "", "by": manager, "at": at}
    chartered = UUID(by_team["Asia Sales"])
    version = newest_document(session, chartered, DocumentKind.CHARTER).version
    over, just_over = session.scalars(
        select(Engagement.id).where(Engagement.starts_at <= at).order_by(Engagement.starts_at)
    )
    manager = _user(session, "manager")
    meeting = planned_meeting()
    for name in by_team.values():
        planned = newest_document(session, UUID(name), DocumentKind.MEETING).version
        change_document(session, UUID(name), DocumentKind.MEETING, lambda _: meeting, seen=planned, by=manager, at=at)
    shared = make_link(
        session,
        Purpose.REPORT,
        engagement_id=UUID(by_team["Asia Sales"]),
        label="Board",
        expires_at=at + timedelta(days=7),
        by=manager,
        at=at,
    )
    return {
        "shared_report": shared,
        "agenda_item": meeting["agenda"][0]["id"],
        "over": str(over),
        "just_over": str(just_over),
        "ready": by_team["Asia Sales"],
        "mixed": by_team["Europe Sales"],
        "unready": by_team["Support"],
        "bare": str(bare),
        "charter_token": engagements.ask_partner(session, chartered, version, **sent),
        "health_token": engagements.invite_to_health_check(session, chartered, quarter_of(at.date()), **sent),
        "team": str(session.scalars(select(Team.id).where(Team.name == "Asia Sales")).one()),
    }


def _partner_files(session: Session, content: Content) -> World:
    """The file that the demo tells, and one of which nothing is known."""
    partner, bare = (
        session.scalars(select(Partner.id).where(Partner.name == name)).one() for name in ("Kobe Seiki", "Osaka Lens")
    )
    promises = reporting.promises_of(session, partner_id=partner)
    checklist = content.lines_for(TemplateUse.RESEARCH)
    return {
        "partner": str(partner),
        "new_partner": str(bare),
        "of_partner": str(reporting.people_of(session, partner)[0].id),
        "promise": str(next(each.id for each in promises if not each.is_open)),
        "open_promise": str(next(each.id for each in promises if each.is_open)),
        "research": str(reporting.research_of(session, partner, checklist)[0].id),
    }


def _reports(session: Session, content: Content, at: datetime) -> World:
    """A fact with an open and a closed report."""
    fact = next(iter(content.facts))
    learner = _user(session, "learner")
    for problem in ("The law changed in May.", "The link of the source is dead."):
        learning.report_fact(session, learner, content, fact, problem, at=at)
    session.flush()
    closed = reporting.reported_facts(session)[-1]
    learning.close_report(session, closed.id, _user(session, "trainer"), "The link is mended.", at=at)
    return {"fact": fact}


def _imports(session: Session, content: Content, at: datetime) -> World:
    """A file that waits, one that was taken in, and a quiz that was imported and is taught."""
    library, trainer = Library(ROOT, content), _user(session, "trainer")
    wanted = importing.Wanted("japan")
    plan = importing.plan_import(session, library, MOODLE_XML.encode(), "bank.xml", wanted, at=at)
    importing.carry_out(session, library, plan, author_id=trainer, in_force=True, at=at)
    taken_in = importing.keep_upload(session, trainer, "bank.xml", MOODLE_XML.encode(), wanted, at=at)
    importing.finish_upload(session, trainer, taken_in, plan)
    quiz = library.in_force(session).quizzes["japan-imported-bank"]
    return {
        "taken_in": str(taken_in),
        "upload": str(importing.keep_upload(session, trainer, "sales.gift", GIFT.encode(), wanted, at=at)),
        "imported": str(learning.start_attempt(session, _user(session, "learner"), quiz, at=at)),
        "imported_cloze": _item(quiz, ItemType.CLOZE).id,
    }


def _invitations(session: Session, at: datetime) -> World:
    invited = accounts.NewPerson("nia.new@halden.example", "Nia New")
    lost = session.scalars(select(User.id).where(User.email == "hanna.lehto@halden.example")).one()
    return {
        "invitation": accounts.invite(session, invited, at=at),
        "reset": accounts.invite_again(session, lost, at=at),
    }


def _mails(session: Session, folder: Path) -> World:
    """The links that stop a mail; the server has signed nothing yet, but its key is there."""
    stopping = Stopping((folder / "secret_key").read_text(encoding="utf-8"))
    hanna = session.scalars(select(User.id).where(User.email == "hanna.lehto@halden.example")).one()
    mail_choices.choose(session, hanna, MailChoice("fr", "Europe/Helsinki", wants_due=False))
    return {"stop": stopping.token(hanna, MailKind.DIGEST), "stopped": stopping.token(hanna, MailKind.DUE)}


def _answer(
    session: Session, learner: UUID, attempt_id: UUID, quiz: Quiz, item: Item, option: Option, at: datetime
) -> None:
    attempt = learning.load_attempt(session, learner, attempt_id)
    assert attempt is not None
    given = Given((option.id,))
    learning.submit_response(session, Model(), attempt, quiz, item, given, step=0, response_id=uuid4(), at=at)


def _ranked(item: Item) -> list[Option]:
    """The options of an item, or of the first node of its scenario: best first."""
    match item.interaction:
        case Scenario(start=start, nodes=nodes):
            options = [choice.option for choice in nodes[start].choices]
        case OneOf(options=given):
            options = list(given)
        case _:
            raise AssertionError(item.id)
    return sorted(options, key=lambda option: -option.score)


def _item(quiz: Quiz, kind: ItemType) -> Item:
    return next(item for item in quiz.items if item.type is kind)


def _user(session: Session, role: str) -> UUID:
    return session.scalars(select(User.id).where(User.email == ROLES[role].email)).one()
