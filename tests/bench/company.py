"""A company to measure with, made through the use cases: people who have learnt, and two large engagements."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from trainer import accounts, engagements, learning, reporting
from trainer.domain.attempts import Answered
from trainer.domain.content import (
    Content,
    EngagementTemplate,
    Item,
    OneOf,
    Option,
    Quiz,
    RequirementTemplate,
    Scenario,
    SeatTemplate,
    SomeOf,
)
from trainer.domain.grading import Given
from trainer.domain.mastery import Model
from trainer.domain.scenario import walk
from trainer.models import new_id

SEATS = 50
REQUIREMENTS = 10
PEOPLE = (40, 400)
"""People assigned to the seats of each engagement: the first of the same team."""
WRITERS = 40
COURSES = ("japan", "partnering")
QUIZZES_EACH = 4
PASSWORD = "correct-horse-battery"

Choose = Callable[[Sequence[Option]], str]


@dataclass(frozen=True)
class Company:
    """`engagement_ids` by the number of people in them; `writers` have not answered anything yet."""

    manager: str
    writers: Mapping[str, UUID]
    engagement_ids: Mapping[int, UUID]
    draft: engagements.EngagementDraft
    responses: int


def make_company(session: Session, content: Content, *, at: datetime) -> Company:
    rng = random.Random("bench")
    start = at - timedelta(days=90)
    password_hash = accounts.hash_password(PASSWORD)
    team_id = accounts.create_team(session, "Asia Sales", at=start)
    people = join(session, "person", max(PEOPLE), team_id, password_hash, at=start)
    writers = join(session, "writer", WRITERS, None, password_hash, at=start)
    draft = engagements.EngagementDraft(
        title="Supply agreement",
        partner="Kobe Seiki",
        country="JP",
        language="ja",
        place="Kobe",
        is_call=False,
        starts_local=(at + timedelta(days=30)).replace(tzinfo=None),
        zone="Asia/Tokyo",
        agenda_minutes=90,
    )
    planned = {
        number: _plan(session, content, team_id, draft, list(people.values())[:number], at=start) for number in PEOPLE
    }
    responses = 0
    quizzes = [quiz for course in COURSES for quiz in content.courses[course].quizzes if quiz.is_answered_by_choosing]
    for person in people.values():
        skill = rng.uniform(0.3, 1.0)
        sittings = rng.sample(quizzes, QUIZZES_EACH)
        for number, quiz in enumerate(sittings):
            day = at - timedelta(days=80 - 20 * number + rng.random())
            responses += _sit(session, person, quiz, _chooser(rng, skill), at=day)
    return Company(next(iter(people)), writers, planned, draft, responses)


def sitting(quiz: Quiz, choose: Choose) -> Iterator[tuple[Item, int, Given]]:
    """What is answered in one whole attempt: the item, the step and what is given, in order."""
    for item in quiz.items:
        match item.interaction:
            case OneOf(options) | SomeOf(options):
                yield item, 0, Given((choose(options),))
            case Scenario() as scenario:
                taken: list[tuple[str, str]] = []
                while (node := (position := walk(scenario, taken)).node) is not None:
                    option = choose([choice.option for choice in position.offered])
                    taken.append((node.id, option))
                    yield item, len(taken) - 1, Given((option,), node.id)
            case _:
                raise TypeError(f"{item.id} is not answered by choosing")


def choose_best(options: Sequence[Option]) -> str:
    return max(options, key=lambda option: option.score).id


def _chooser(rng: random.Random, skill: float) -> Choose:
    def choose(options: Sequence[Option]) -> str:
        return choose_best(options) if rng.random() < skill else rng.choice(options).id

    return choose


def join(
    session: Session, kind: str, number: int, team_id: UUID | None, password_hash: str, *, at: datetime
) -> dict[str, UUID]:
    """People by their e-mail addresses; the first manages the team."""
    joined = {}
    for position in range(number):
        email = f"{kind}{position}@example.com"
        name = f"{kind.capitalize()} Number {position}"
        new = accounts.NewPerson(email, name, team_id=team_id, is_manager=position == 0)
        token = accounts.invite(session, new, at=at)
        joined[email] = accounts.accept_invitation(session, token, name, password_hash, at=at)
    return joined


def _plan(
    session: Session,
    content: Content,
    team_id: UUID,
    draft: engagements.EngagementDraft,
    people: Sequence[UUID],
    *,
    at: datetime,
) -> UUID:
    """An engagement whose seats ask for ten competencies each and take the people in turn."""
    names = list(dict.fromkeys(n for c in COURSES for quiz in content.courses[c].quizzes for n in quiz.competencies))
    seats = tuple(
        SeatTemplate(
            id=f"seat-{position}",
            title=f"Seat {position}",
            is_speaking=position % 2 == 0,
            requirements=tuple(
                RequirementTemplate(names[(position + number) % len(names)], 0.6 + number % 3 / 10, number < 7)
                for number in range(REQUIREMENTS)
            ),
        )
        for position in range(SEATS)
    )
    template = EngagementTemplate("bench", "Large", "JP", seats)
    engagement_id = engagements.plan_engagement(session, team_id, draft, template, at=at)
    each = max(1, len(people) // SEATS)
    for position, seat in enumerate(reporting.seats_of(session, [engagement_id])[engagement_id]):
        taking = [people[(position * each + number) % len(people)] for number in range(each)]
        engagements.assign(session, engagement_id, seat.id, taking, at=at)
    return engagement_id


def _sit(session: Session, person: UUID, quiz: Quiz, choose: Choose, *, at: datetime) -> int:
    """Answer a whole quiz; the number of responses."""
    attempt_id = learning.start_attempt(session, person, quiz, at=at)
    attempt = learning.load_attempt(session, person, attempt_id)
    assert attempt is not None
    for item, step, given in sitting(quiz, choose):
        at += timedelta(seconds=30)
        response_id = new_id()
        graded = learning.submit_response(
            session, Model(), attempt, quiz, item, given, step=step, response_id=response_id, at=at
        )
        attempt = attempt.after(Answered(response_id, item.id, step, given, graded.score))
    return len(attempt.responses)
