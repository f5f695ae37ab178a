"""Ninety days of the demo company: people join, engagements are planned, lessons are read and quizzes sat."""

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import accounts, calibration, engagements, learning, reporting
from trainer.demo.charters import begin_charter, write_charter
from trainer.demo.company import ADMIN, MANAGER, SIGN_INS, STUDIES, TEAMS, TRAINER, email_of
from trainer.demo.meetings import plan_first_meeting, plan_negotiation, tell_what_followed
from trainer.demo.partner_file import PARTNER, tell_partner_file
from trainer.demo.plans import Plan, first_meeting, follow_up_call, negotiation, plans
from trainer.demo.reviews import review, reviews_of
from trainer.domain.attempts import AttemptState
from trainer.domain.calendar import moment
from trainer.domain.content import Content, Item, OneOf, Option, Scenario, SomeOf, TemplateUse
from trainer.domain.debrief import Told
from trainer.domain.grading import Given
from trainer.domain.mastery import Model
from trainer.domain.readiness import Person
from trainer.versions import load_model

DAYS = 90
SEED = "halden"
REPORTER, REPORTED = "Tomasz Zielinski", "jp-dining-02"
REPORT = (
    "At our last dinner in Kobe no service charge stood on the bill, but a cover charge for each guest did. "
    "Is that usual too?"
)


@dataclass
class _Company:
    session: Session
    content: Content
    rng: random.Random
    reviews: random.Random
    model: Model = field(default_factory=Model)
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    engagements: dict[str, tuple[UUID, datetime]] = field(default_factory=dict)
    """By title: which it is, and when it starts."""


@dataclass(frozen=True, order=True)
class _Event:
    at: datetime
    name: str
    kind: str
    id: str


def seed(session: Session, content: Content, password: str, *, at: datetime) -> None:
    """Make the demo company on an empty database, its last day being `at`. The same for the same day, but for ids."""
    company = _Company(session, content, random.Random(SEED), random.Random(f"{SEED} review"))  # noqa: S311 - a story, no secret
    start = at - timedelta(days=DAYS)
    _people(company, password, start)
    _live(company, start, at)
    _debrief(company, at)
    _report(company, at)
    theirs = _tell_partner_file(company, at)
    _agree(company, theirs, at)
    _plan_times(company, theirs, at)
    accounts.mark_demo(session)


def _people(company: _Company, password: str, at: datetime) -> None:
    known_hash = accounts.hash_password(password)
    closed_hash = accounts.hash_password(secrets.token_urlsafe())
    for team, names in TEAMS.items():
        team_id = accounts.create_team(company.session, team, at=at)
        company.teams[team] = team_id
        for position, name in enumerate(names):
            person = accounts.NewPerson(
                email=email_of(name),
                name=name,
                is_trainer=name == TRAINER,
                is_admin=name == ADMIN,
                team_id=team_id,
                is_manager=position == 0,
            )
            token = accounts.invite(company.session, person, at=at)
            can_sign_in = name in SIGN_INS.values()
            company.people[name] = accounts.accept_invitation(
                company.session, token, name, known_hash if can_sign_in else closed_hash, at=at
            )
    for team in ("Support", "Europe Sales"):
        accounts.set_membership(company.session, company.teams[team], company.people[MANAGER], is_manager=True, at=at)


def _live(company: _Company, start: datetime, end: datetime) -> None:
    """Ninety days: engagements are planned early, people learn, each week a snapshot is kept."""
    for plan in plans(end):
        _plan(company, plan, at=start + timedelta(days=1))
    next_snapshot = start + timedelta(days=7)
    for event in sorted(_events(company, end)):
        while next_snapshot <= event.at:
            _close_the_week(company, next_snapshot)
            next_snapshot += timedelta(days=7)
        learner = company.people[event.name]
        if event.kind == "lesson":
            lesson = company.content.lessons[event.id]
            goals = [position for position in range(len(lesson.goals)) if company.rng.random() < 0.8]
            learning.finish_lesson(company.session, learner, lesson, goals, at=event.at)
        elif event.kind == "review":
            review(company.session, company.content, company.model, company.reviews, learner, event.at)
        else:
            _sit(company, event)
    _close_the_week(company, end)


def _close_the_week(company: _Company, at: datetime) -> None:
    """The model learns from the week's answers, and what it says now is kept for the trend."""
    calibration.learn_from_log(company.session, at=at)
    company.model = load_model(company.session)
    reporting.take_snapshots(company.session, company.content, company.model, at=at)


def _events(company: _Company, end: datetime) -> Iterator[_Event]:
    """When each person reads which lesson and sits which quiz, spread over the days of their study."""
    for name, studies in STUDIES.items():
        for study in studies:
            course = company.content.courses[study.course]
            # of what is drawn by an attempt's id, the story would be another in each database
            quizzes = [quiz for quiz in course.quizzes if quiz.is_answered_by_choosing][: study.quizzes]
            tasks = [("lesson", lesson.id) for lesson in course.lessons]
            for sitting in range(study.sittings):
                tasks += [("quiz", quiz.id) for quiz in quizzes]
                if sitting == 0:
                    tasks.sort(key=lambda task: company.rng.random())
            span = (study.first_day - study.last_day) * 86_400
            checks = _checks(name, end)
            for number, (kind, identity) in enumerate(tasks):
                seconds = span * number / max(1, len(tasks) - 1) + company.rng.randrange(7200)
                at = end - timedelta(days=study.first_day) + timedelta(seconds=seconds)
                at = checks.pop(identity, at)
                yield _Event(min(at, end - timedelta(hours=2)), name, kind, identity)
        yield from (_Event(at, name, "review", "") for at in reviews_of(name, end))


def _checks(name: str, end: datetime) -> dict[str, datetime]:
    """The quizzes that someone first sits on the day before a meeting, and when."""
    return {
        plan.check: moment(plan.draft.starts_local, plan.draft.zone) - timedelta(days=1)
        for plan in plans(end)
        if plan.check is not None and name in plan.people
    }


def _sit(company: _Company, event: _Event) -> None:
    """One sitting of a quiz, each item answered as able as the person is.

    It has luck of its own: a quiz that is changed changes the answers to that quiz, and no others.
    """
    quiz = company.content.quizzes[event.id]
    learner = company.people[event.name]
    ability = next(study.ability for study in STUDIES[event.name] if study.course == quiz.course_id)
    at = event.at
    luck = random.Random(f"{SEED} {event.name} {event.id} {event.at}")  # noqa: S311 - a story, no secret
    attempt_id = learning.start_attempt(company.session, learner, quiz, at=at)
    while True:
        attempt = learning.load_attempt(company.session, learner, attempt_id)
        assert attempt is not None
        item = attempt.next_item(quiz)
        if item is None:
            return
        at += timedelta(seconds=luck.randrange(20, 70))
        chance = 1 / (1 + exp(-(ability + 0.5 * (attempt.number - 1))))
        given = Given(_answer(luck, item, attempt, chance))
        learning.submit_response(
            company.session,
            company.model,
            attempt,
            quiz,
            item,
            given,
            step=len(attempt.of_item(item.id)),
            response_id=UUID(int=luck.getrandbits(128), version=4),
            at=at,
        )


def _agree(company: _Company, theirs: Mapping[str, UUID], end: datetime) -> None:
    """Write the charter of the negotiation, and begin that of the first meeting."""
    session, content, people = company.session, company.content, company.people
    deal, starts_at = company.engagements[negotiation(end).draft.title]
    write_charter(session, content, deal, people, theirs["Tanabe"], starts_at, end)
    first, starts_at = company.engagements[first_meeting(end).draft.title]
    begin_charter(session, content, first, people, starts_at, end)


def _debrief(company: _Company, end: datetime) -> None:
    """A day after each meeting that is over, those who speak of it say how it went."""
    rng = random.Random(f"{SEED} debrief")  # noqa: S311 - a story, no secret
    for plan in plans(end):
        engagement_id, starts_at = company.engagements[plan.draft.title]
        seats = reporting.seats_of(company.session, [engagement_id])[engagement_id] if starts_at < end else ()
        for person in dict.fromkeys(person for seat in seats for person in seat.people):
            if plan.is_debriefed or person.name in plan.surprises:
                _say(company, rng, engagement_id, plan, person, at=starts_at + timedelta(days=1))


def _report(company: _Company, end: datetime) -> None:
    """Somebody has seen it otherwise and says so: the trainer finds it open."""
    learning.report_fact(
        company.session, company.people[REPORTER], company.content, REPORTED, REPORT, at=end - timedelta(days=2)
    )


def _tell_partner_file(company: _Company, end: datetime) -> dict[str, UUID]:
    """Who is known of the partner, by their family names."""
    engagements_by_title = {title: engagement_id for title, (engagement_id, _) in company.engagements.items()}
    heads = reporting.list_partners(company.session, company.teams.values(), at=end)
    partner_id = next(head.id for head in heads if head.name == PARTNER)
    checklist = company.content.lines_for(TemplateUse.RESEARCH)
    return tell_partner_file(company.session, partner_id, engagements_by_title, company.people, checklist, end=end)


def _plan_times(company: _Company, theirs: Mapping[str, UUID], end: datetime) -> None:
    """Plan the times of two meetings, and tell what followed the one that is just over."""
    deal, first, call = negotiation(end).draft, first_meeting(end).draft, follow_up_call(end).draft
    ids = {title: engagement_id for title, (engagement_id, _) in company.engagements.items()}
    plan_negotiation(company.session, ids[deal.title], deal, company.people, theirs, end)
    plan_first_meeting(company.session, ids[first.title], first, company.people, end)
    tell_what_followed(company.session, ids[call.title], call, company.people, deal.starts_local.date())


def _say(
    company: _Company, rng: random.Random, engagement_id: UUID, plan: Plan, person: Person, *, at: datetime
) -> None:
    """Seven in eight things were needed; most went well."""
    own = reporting.own_debrief(company.session, company.content, engagement_id, person.id)
    told = [
        Told(name, None if rng.random() < 0.125 else rng.choice((0.5, 0.7, 0.7, 0.9, 0.9))) for name in own.competencies
    ]
    surprise = plan.surprises.get(person.name, "")
    engagements.keep_debrief(company.session, engagement_id, person.id, told, surprise, at=at)


def _answer(rng: random.Random, item: Item, attempt: AttemptState, chance: float) -> tuple[str, ...]:
    match item.interaction:
        case OneOf(options):
            return (_pick(rng, options, chance),)
        case SomeOf(options):
            picked = tuple(o.id for o in options if (rng.random() < chance) == o.is_right)
            return picked or (options[0].id,)
        case Scenario():
            return (_pick(rng, [choice.option for choice in attempt.position(item).offered], chance),)
        case _:
            raise TypeError(f"nobody of the story answers {item.id}")


def _pick(rng: random.Random, options: Sequence[Option], chance: float) -> str:
    ranked = sorted(options, key=lambda option: -option.score)
    for option in ranked:
        if rng.random() < chance:
            return option.id
    return ranked[-1].id


def _plan(company: _Company, plan: Plan, *, at: datetime) -> None:
    template = next(
        each
        for course in company.content.courses.values()
        for each in course.engagement_templates
        if each.id == plan.template
    )
    engagement_id = engagements.plan_engagement(company.session, company.teams[plan.team], plan.draft, template, at=at)
    company.engagements[plan.draft.title] = engagement_id, moment(plan.draft.starts_local, plan.draft.zone)
    for seat in reporting.seats_of(company.session, [engagement_id])[engagement_id]:
        people = [company.people[name] for name in plan.seats.get(seat.title, ())]
        engagements.assign(company.session, engagement_id, seat.id, people, at=at)
