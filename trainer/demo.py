"""The demo company: forty people, four teams, ninety days of learning, all made through the use cases."""

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from math import exp
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import accounts, engagements, learning, reporting
from trainer.database import Store
from trainer.domain.attempts import AttemptState
from trainer.domain.calendar import in_zone
from trainer.domain.content import Content, Item, OneOf, Option, Scenario, SomeOf
from trainer.domain.grading import Given

DAYS = 90
SEED = "halden"
DOMAIN = "halden.example"
QUIZ_PREFIXES = {"japan": "jp-", "france": "fr-", "partnering": "pt-"}

TEAMS: Mapping[str, tuple[str, ...]] = {
    "Asia Sales": (
        "Ingrid Solberg", "Mateo Vidal", "Lena Hofmann", "Oskar Lind", "Priya Raman",
        "Tomasz Zielinski", "Grace Adeyemi", "Hugo Lambert", "Nadia Haddad", "Jonas Weber",
    ),
    "Europe Sales": (
        "Claire Beaumont", "Erik Nyström", "Sofia Marino", "Daniel Okafor", "Maren Voss",
        "Piotr Kowalski", "Yasmin Aziz", "Lukas Steiner", "Helen Carter", "Andrei Popa",
    ),
    "Supply": (
        "Katrin Berger", "Samuel Mensah", "Elif Demir", "Rasmus Holm", "Beatriz Rocha",
        "Viktor Novak", "Amelie Fontaine", "Idris Bello", "Paula Jansen", "Marco Conti",
    ),
    "Support": (
        "Anders Dahl", "Fatima Noor", "Stefan Keller", "Lucy Grant", "Miguel Torres",
        "Hanna Lehto", "Omar Farouk", "Julia Brandt", "Kofi Owusu", "Emma Lindqvist",
    ),
}  # fmt: skip
"""The first of each team manages it."""
LEARNER, MANAGER, TRAINER, ADMIN = "Lena Hofmann", "Ingrid Solberg", "Paula Jansen", "Emma Lindqvist"
SIGN_INS: Mapping[str, str] = {"learner": LEARNER, "manager": MANAGER, "trainer": TRAINER, "admin": ADMIN}


@dataclass(frozen=True)
class Study:
    """How someone learns: the course, from and until how many days ago, how able, how many sittings of each quiz."""

    course: str
    first_day: int
    last_day: int
    ability: float
    sittings: int = 1
    quizzes: int = 20


STUDIES: Mapping[str, tuple[Study, ...]] = {
    "Ingrid Solberg": (Study("japan", 80, 4, 3.6, 2), Study("partnering", 60, 6, 3.4, 2)),
    "Mateo Vidal": (Study("japan", 76, 3, 3.4, 2), Study("partnering", 50, 5, 3.0, 2)),
    "Lena Hofmann": (Study("japan", 70, 3, 2.2, 2), Study("partnering", 40, 9, 2.0, 1, 3)),
    "Oskar Lind": (Study("japan", 72, 2, 3.5, 2), Study("partnering", 45, 4, 3.2, 2)),
    "Priya Raman": (Study("japan", 66, 3, 3.5, 2), Study("partnering", 44, 4, 3.4, 2)),
    "Tomasz Zielinski": (Study("japan", 60, 5, 3.4, 2), Study("partnering", 40, 5, 3.2, 2)),
    "Grace Adeyemi": (Study("japan", 68, 2, 3.6, 2), Study("partnering", 35, 3, 3.2, 2)),
    "Hugo Lambert": (Study("japan", 55, 20, 1.0, 1, 4),),
    "Claire Beaumont": (Study("france", 62, 5, 3.2, 2), Study("partnering", 50, 12, 2.6, 1)),
    "Erik Nyström": (Study("france", 58, 12, 0.9, 1), Study("partnering", 44, 14, 1.0, 1, 3)),
    "Sofia Marino": (Study("france", 54, 9, 1.0, 1), Study("partnering", 30, 8, 1.1, 1)),
    "Daniel Okafor": (Study("france", 49, 5, 1.4, 1), Study("partnering", 33, 6, 1.5, 1)),
    "Maren Voss": (Study("france", 40, 10, 1.2, 1), Study("partnering", 25, 12, 1.0, 1, 2)),
    "Piotr Kowalski": (Study("france", 30, 16, 0.8, 1, 3),),
    "Katrin Berger": (Study("partnering", 70, 6, 2.6, 2), Study("japan", 40, 15, 1.2, 1, 4)),
    "Samuel Mensah": (Study("partnering", 52, 11, 1.0, 1),),
    "Elif Demir": (Study("partnering", 47, 8, 1.8, 2),),
    "Rasmus Holm": (Study("partnering", 31, 18, 0.4, 1, 3),),
    "Anders Dahl": (Study("partnering", 64, 20, 1.2, 1), Study("japan", 44, 18, 0.2, 1, 4)),
    "Fatima Noor": (Study("japan", 36, 12, -2.2), Study("partnering", 28, 12, -2.2)),
    "Stefan Keller": (Study("japan", 33, 14, -2.4), Study("partnering", 24, 13, -2.4)),
    "Lucy Grant": (Study("japan", 21, 10, -2.0), Study("partnering", 18, 12, -2.2)),
    "Miguel Torres": (Study("partnering", 15, 9, 0.0, 1, 2),),
}
"""Who is not named here has not started."""


@dataclass(frozen=True)
class Plan:
    """An engagement of the demo: who takes which seat of its template, by the seats' titles."""

    team: str
    template: str
    draft: engagements.EngagementDraft
    seats: Mapping[str, tuple[str, ...]]


@dataclass
class _Company:
    session: Session
    content: Content
    rng: random.Random
    people: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class _Event:
    at: datetime
    name: str
    kind: str
    id: str


def make_password() -> str:
    return "-".join(secrets.choice(_WORDS) for _ in range(3))


def seed(session: Session, content: Content, password: str, *, at: datetime) -> None:
    """Make the demo company on an empty database, its last day being `at`. The same for the same day, but for ids."""
    company = _Company(session, content, random.Random(SEED))  # noqa: S311 - a story, no secret
    start = at - timedelta(days=DAYS)
    _people(company, password, start)
    _live(company, start, at)
    accounts.mark_demo(session)


def set_password(store: Store, password: str) -> None:
    """Let the demo's sign-ins have this password, if they have not."""
    if accounts.check_password(store, email_of(LEARNER), password) is None:
        emails = [email_of(name) for name in SIGN_INS.values()]
        accounts.set_demo_password(store, emails, accounts.hash_password(password))


def sign_in_words(password: str) -> str:
    rows = "\n".join(f"  {role:<8} {email_of(name)}" for role, name in SIGN_INS.items())
    return f"Demo company Halden Instruments. Sign in as\n{rows}\n  password {password}"


def email_of(name: str) -> str:
    plain = name.lower().replace("ö", "o").replace(" ", ".")
    return f"{plain}@{DOMAIN}"


_WORDS = (
    "amber", "anchor", "birch", "bridge", "candle", "cedar", "clover", "copper", "coral", "cotton", "ember", "falcon",
    "fjord", "garden", "granite", "harbour", "hazel", "heron", "island", "juniper", "kettle", "lantern", "linen",
    "maple", "marble", "meadow", "mirror", "nutmeg", "ocean", "olive", "orchard", "paper", "pebble", "pepper", "quartz",
    "raven", "river", "saffron", "silver", "sparrow", "spruce", "thistle", "timber", "topaz", "velvet", "walnut",
    "willow", "winter",
)  # fmt: skip


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
    accounts.set_membership(company.session, company.teams["Support"], company.people[MANAGER], is_manager=True)
    accounts.set_membership(company.session, company.teams["Europe Sales"], company.people[MANAGER], is_manager=True)


def _live(company: _Company, start: datetime, end: datetime) -> None:
    """Ninety days: engagements are planned early, people learn, each week a snapshot is kept."""
    for plan in _plans(end):
        _plan(company, plan, at=start + timedelta(days=1))
    next_snapshot = start + timedelta(days=7)
    for event in sorted(_events(company, end)):
        while next_snapshot <= event.at:
            reporting.take_snapshots(company.session, company.content, at=next_snapshot)
            next_snapshot += timedelta(days=7)
        learner = company.people[event.name]
        if event.kind == "lesson":
            lesson = company.content.lessons[event.id]
            goals = [position for position in range(len(lesson.goals)) if company.rng.random() < 0.8]
            learning.finish_lesson(company.session, learner, lesson, goals, at=event.at)
        else:
            _sit(company, event)
    reporting.take_snapshots(company.session, company.content, at=end)


def _events(company: _Company, end: datetime) -> Iterator[_Event]:
    """When each person reads which lesson and sits which quiz, spread over the days of their study."""
    for name, studies in STUDIES.items():
        for study in studies:
            course = company.content.courses[study.course]
            quizzes = course.quizzes[: study.quizzes]
            tasks = [("lesson", lesson.id) for lesson in course.lessons]
            for sitting in range(study.sittings):
                tasks += [("quiz", quiz.id) for quiz in quizzes]
                if sitting == 0:
                    tasks.sort(key=lambda task: company.rng.random())
            span = (study.first_day - study.last_day) * 86_400
            for number, (kind, identity) in enumerate(tasks):
                seconds = span * number / max(1, len(tasks) - 1) + company.rng.randrange(7200)
                at = end - timedelta(days=study.first_day) + timedelta(seconds=seconds)
                yield _Event(min(at, end - timedelta(hours=2)), name, kind, identity)


def _sit(company: _Company, event: _Event) -> None:
    """One sitting of a quiz, each item answered as able as the person is."""
    quiz = company.content.quizzes[event.id]
    learner = company.people[event.name]
    ability = next(study.ability for study in STUDIES[event.name] if study.course == quiz.course_id)
    at = event.at
    attempt_id = learning.start_attempt(company.session, learner, quiz, at=at)
    while True:
        attempt = learning.load_attempt(company.session, learner, attempt_id)
        assert attempt is not None
        item = attempt.next_item(quiz)
        if item is None:
            return
        at += timedelta(seconds=company.rng.randrange(20, 70))
        chance = 1 / (1 + exp(-(ability + 0.5 * (attempt.number - 1))))
        given = Given(_answer(company.rng, item, attempt, chance))
        learning.submit_response(
            company.session,
            attempt,
            quiz,
            item,
            given,
            step=len(attempt.of_item(item.id)),
            response_id=UUID(int=company.rng.getrandbits(128), version=4),
            at=at,
        )


def _answer(rng: random.Random, item: Item, attempt: AttemptState, chance: float) -> tuple[str, ...]:
    match item.interaction:
        case OneOf(options):
            return (_pick(rng, options, chance),)
        case SomeOf(options):
            picked = tuple(o.id for o in options if (rng.random() < chance) == o.is_right)
            return picked or (options[0].id,)
        case Scenario():
            node = attempt.position(item).node
            assert node is not None
            return (_pick(rng, [choice.option for choice in node.choices], chance),)


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
    for seat in reporting.seats_of(company.session, [engagement_id])[engagement_id]:
        people = [company.people[name] for name in plan.seats.get(seat.title, ())]
        engagements.assign(company.session, engagement_id, seat.id, people, at=at)


def _plans(end: datetime) -> tuple[Plan, ...]:
    def there(days: int, zone: str, hour: int, minute: int = 0) -> datetime:
        day = in_zone(end, zone).date() + timedelta(days=days)
        while day.weekday() > 3:
            day += timedelta(days=1)
        return datetime.combine(day, time(hour, minute))

    return (
        Plan(
            "Asia Sales",
            "engagement-japan-negotiation",
            engagements.EngagementDraft(
                title="Supply agreement for pressure sensors",
                partner="Kobe Seiki",
                country="JP",
                language="ja",
                place="Kobe Seiki, meeting room 3, Kobe",
                is_call=False,
                starts_local=there(9, "Asia/Tokyo", 10),
                zone="Asia/Tokyo",
                agenda_minutes=90,
                is_high_stakes=True,
            ),
            {
                "Lead negotiator": ("Ingrid Solberg", "Grace Adeyemi"),
                "Second voice": ("Mateo Vidal", "Oskar Lind"),
                "Supply contact": ("Priya Raman",),
                "Note-taker": ("Tomasz Zielinski", "Lena Hofmann"),
                "Host of the evening": ("Grace Adeyemi",),
            },
        ),
        Plan(
            "Europe Sales",
            "engagement-france-first-meeting",
            engagements.EngagementDraft(
                title="First meeting about calibration benches",
                partner="Ateliers Morvan",
                country="FR",
                language="fr",
                place="Ateliers Morvan, Lyon",
                is_call=False,
                starts_local=there(16, "Europe/Paris", 9, 30),
                zone="Europe/Paris",
                agenda_minutes=60,
            ),
            {
                "Head of delegation": ("Claire Beaumont",),
                "Technical expert": ("Sofia Marino", "Erik Nyström"),
                "Note-taker": ("Daniel Okafor",),
                "Host of the evening": ("Claire Beaumont", "Maren Voss"),
            },
        ),
        Plan(
            "Support",
            "engagement-japan-working-call",
            engagements.EngagementDraft(
                title="Monthly service call",
                partner="Kobe Seiki",
                country="JP",
                language="ja",
                place="Video call; backup by phone",
                is_call=True,
                starts_local=there(23, "Asia/Tokyo", 17),
                zone="Asia/Tokyo",
                agenda_minutes=45,
            ),
            {
                "Chair of the call": ("Stefan Keller",),
                "Support contact": ("Fatima Noor", "Lucy Grant"),
                "Writer of the follow-up": ("Hanna Lehto",),
            },
        ),
    )
