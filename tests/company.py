"""Builders of a small company on a database: people, teams, engagements, answers, all made by the use cases."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from threading import Barrier
from typing import TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import ROOT
from tests.answering import right_entries, wrong_entries
from tests.builders import NOW
from tests.builders import attempt as any_attempt
from tests.speaking import HEARD, said
from tests.speech.test_uploads import file_of, speech
from trainer import accounts, authoring, company, engagements, learning, partners, reporting
from trainer.authoring import importing
from trainer.decks import lessons_done, load_deck
from trainer.domain.attempts import AttemptState
from trainer.domain.company import CompanyRules, Visibility
from trainer.domain.content import (
    Content,
    EngagementTemplate,
    Interaction,
    Item,
    OneOf,
    Option,
    Phrase,
    Quiz,
    Scenario,
    SlotSearch,
    SomeOf,
)
from trainer.domain.grading import Given
from trainer.domain.parties import Party
from trainer.domain.partners import ConsentBasis, PersonDraft, PromiseDraft
from trainer.domain.review import Closeness, todays_turns
from trainer.domain.sittings import Sitting
from trainer.domain.slots import offered_slots
from trainer.library import Library
from trainer.links import Purpose, make_link, open_link
from trainer.models import Engagement, new_id
from trainer.recordings import Recordings
from trainer.speech import line_of
from trainer.takes import TakeFiles
from trainer.versions import load_model

T = TypeVar("T")

PASSWORD = "seven grey herons at dawn"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Everyone's password, hashed as argon2 allows at its quickest: signing in checks it in no time."""

CALL = "engagement-japan-working-call"
QUIZ = "jp-first-meeting"
SCENARIO_QUIZ = "jp-answers-and-decisions"
LESSON = "japan-greeting"


class Clock:
    """The time in a test: it stands still until it is turned."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def turn(self, by: timedelta) -> None:
        self.at += by


@dataclass(frozen=True)
class Somebody:
    """A person of the company."""

    id: UUID
    name: str
    email: str


@dataclass
class Make:
    """Each builder commits what it made, so that a request sees it."""

    session: Session
    content: Content
    clock: Clock
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def team(self, name: str | None = None) -> UUID:
        return self._commit(accounts.create_team(self.session, name or f"Team {next(self._numbers)}", at=self.clock.at))

    def learner(self, name: str | None = None, team: UUID | None = None) -> Somebody:
        return self.person(name, team=team)

    def manager(self, team: UUID, name: str | None = None) -> Somebody:
        return self.person(name, team=team, is_manager=True)

    def trainer(self, name: str | None = None) -> Somebody:
        return self.person(name, is_trainer=True)

    def admin(self, name: str | None = None) -> Somebody:
        return self.person(name, is_admin=True)

    def person(
        self,
        name: str | None = None,
        *,
        team: UUID | None = None,
        is_manager: bool = False,
        is_trainer: bool = False,
        is_admin: bool = False,
    ) -> Somebody:
        number = next(self._numbers)
        name = name or f"Person {number}"
        invited = accounts.NewPerson(
            email=f"person{number}@example.org",
            name=name,
            is_trainer=is_trainer,
            is_admin=is_admin,
            team_id=team,
            is_manager=is_manager,
        )
        token = accounts.invite(self.session, invited, at=self.clock.at)
        user_id = accounts.accept_invitation(self.session, token, name, PASSWORD_HASH, at=self.clock.at)
        return self._commit(Somebody(user_id, name, invited.email))

    def upload(self, owner: Somebody, data: bytes = b"Who?{=you ~me}\n\nWrite. {}\n", name: str = "bank.gift") -> UUID:
        """A file that waits to be brought into the course Japan."""
        wanted = importing.Wanted("japan")
        return self._commit(importing.keep_upload(self.session, owner.id, name, data, wanted, at=self.clock.at))

    def invitation(self, name: str = "Nora Neu", email: str = "nora@example.org", team: UUID | None = None) -> str:
        """The token of an open link for somebody who is not here yet."""
        person = accounts.NewPerson(email, name, team_id=team)
        return self._commit(accounts.invite(self.session, person, at=self.clock.at))

    def engagement(
        self,
        team: UUID,
        seats: Sequence[Sequence[Somebody]] = (),
        *,
        template: str = CALL,
        in_days: int = 21,
        is_high_stakes: bool = False,
    ) -> UUID:
        """A call in Tokyo at nine; `seats` says who takes the first, the second … seat of the template."""
        starts_local = NOW.replace(tzinfo=None) + timedelta(days=in_days)
        draft = make_draft(starts_local=starts_local, is_high_stakes=is_high_stakes)
        engagement_id = engagements.plan_engagement(
            self.session, team, draft, self.template(template), at=self.clock.at
        )
        for seat, people in zip(self.seats(engagement_id), seats, strict=False):
            engagements.assign(self.session, engagement_id, seat, [each.id for each in people], at=self.clock.at)
        return self._commit(engagement_id)

    def partner(self, team: UUID, name: str = "Kobe Seiki") -> UUID:
        """A partner file that a team looks after."""
        return self._commit(partners.make_partner(self.session, name, "JP", "ja", team, at=self.clock.at))

    def partner_of(self, engagement: UUID) -> UUID:
        partner = self.session.scalars(select(Engagement.partner_id).where(Engagement.id == engagement)).one()
        return self._commit(partner)

    def partner_person(self, partner: UUID, name: str = "Kazuo Tanabe", **changes: object) -> UUID:
        person_id = new_id()
        partners.keep_person(self.session, partner, person_id, make_person(name, **changes), seen=0, at=self.clock.at)
        return self._commit(person_id)

    def promise(
        self,
        partner: UUID,
        by: Somebody,
        words: str = "Send the drawings.",
        *,
        engagement: UUID | None = None,
        **changes: object,
    ) -> UUID:
        """One of ours, unless it is said otherwise."""
        values: Mapping[str, object] = {"party": Party.OURS, "words": words, "owner_id": by.id}
        draft = PromiseDraft(**{**values, **changes})  # type: ignore[arg-type]
        kept = partners.keep_promise(self.session, partner, engagement, draft, by=by.id, at=self.clock.at)
        return self._commit(kept)

    def attachment(
        self, partner: UUID, by: Somebody, name: str = "note.txt", data: bytes = b"Dinner at seven."
    ) -> UUID:
        attachment_id = new_id()
        partners.keep_attachment(self.session, partner, attachment_id, name, data, by=by.id, at=self.clock.at)
        return self._commit(attachment_id)

    def rules(
        self,
        admin: Somebody,
        *,
        visibility: Visibility | None = None,
        reason: str = "We agreed so.",
        **changes: float,
    ) -> CompanyRules:
        """Put rules in force that differ from those before by these."""
        before = company.rules_in_force(self.session)
        made = company.change_rules(
            self.session,
            replace(before.rules, **changes),  # type: ignore[arg-type]
            visibility or before.visibility,
            reason,
            seen=before.version,
            by=admin.id,
            at=self.clock.at,
        )
        return self._commit(made)

    def past_engagement(
        self, team: UUID, seats: Sequence[Sequence[Somebody]] = (), *, days_ago: int = 3, template: str = CALL
    ) -> UUID:
        """The same call, some days ago: planned three weeks before it."""
        planned = timedelta(days=21 + days_ago)
        self.clock.turn(-planned)
        draft = make_draft(starts_local=self.clock.at.replace(tzinfo=None) + timedelta(days=21))
        engagement_id = engagements.plan_engagement(
            self.session, team, draft, self.template(template), at=self.clock.at
        )
        for seat, people in zip(self.seats(engagement_id), seats, strict=False):
            engagements.assign(self.session, engagement_id, seat, [each.id for each in people], at=self.clock.at)
        self.clock.turn(planned)
        return self._commit(engagement_id)

    def template(self, name: str = CALL) -> EngagementTemplate:
        courses = self.content.courses.values()
        return next(each for course in courses for each in course.engagement_templates if each.id == name)

    def seats(self, engagement_id: UUID) -> list[UUID]:
        found = [seat.id for seat in reporting.seats_of(self.session, [engagement_id])[engagement_id]]
        return self._commit(found)

    def attempt(self, learner: Somebody, quiz: str = QUIZ) -> UUID:
        started = learning.start_attempt(self.session, learner.id, self.content.quizzes[quiz], at=self.clock.at)
        return self._commit(started)

    def sitting(self, learner: Somebody, quiz: str, *, until: int = 0, is_handed_in: bool = False) -> UUID:
        """An assessment with its first items answered best."""
        asked = self.content.quizzes[quiz]
        attempt_id = learning.start_assessment(self.session, learner.id, asked, at=self.clock.at)
        sitting = self._sitting(learner, attempt_id, asked)
        for item in sitting.items[:until]:
            given = give(item, sitting.answered, best)
            learning.save_draft(self.session, sitting, item, given, step=0, grace=timedelta(0), at=self.clock.at)
        if is_handed_in:
            sitting = self._sitting(learner, attempt_id, asked)
            learning.hand_in(self.session, load_model(self.session), sitting, at=self.clock.at)
        return self._commit(attempt_id)

    def _sitting(self, learner: Somebody, attempt_id: UUID, quiz: Quiz) -> Sitting:
        attempt = learning.load_attempt(self.session, learner.id, attempt_id)
        assert attempt is not None
        return learning.load_sitting(self.session, attempt, quiz)

    def answers(
        self,
        learner: Somebody,
        *quizzes: str,
        right: float = 1.0,
        until: int | None = None,
        at: datetime | None = None,
    ) -> UUID:
        """Sit each quiz, or its first items `until` a number; this share of the items is answered best, the rest
        worst. The last attempt."""
        at = at or self.clock.at
        attempt_id = new_id()
        for quiz in (self.content.quizzes[name] for name in quizzes or (QUIZ,)):
            attempt_id = learning.start_attempt(self.session, learner.id, quiz, at=at)
            attempt = learning.load_attempt(self.session, learner.id, attempt_id)
            assert attempt is not None
            for number, item in enumerate(attempt.items(quiz)[:until]):
                pick = best if int((number + 1) * right) > int(number * right) else worst
                self._answer(learner, attempt_id, quiz, item, pick, at)
        return self._commit(attempt_id)

    def _answer(
        self,
        learner: Somebody,
        attempt_id: UUID,
        quiz: Quiz,
        item: Item,
        pick: Callable[[Sequence[Option]], str],
        at: datetime,
    ) -> None:
        step = 0
        while True:
            attempt = learning.load_attempt(self.session, learner.id, attempt_id)
            assert attempt is not None
            if attempt.is_done(item):
                return
            given = give(item, attempt, pick)
            learning.submit_response(
                self.session,
                load_model(self.session),
                attempt,
                quiz,
                item,
                given,
                step=step,
                response_id=new_id(),
                at=at,
            )
            step += 1

    def story(self) -> Item:
        """The scenario of the quiz that has one."""
        items = self.content.quizzes[SCENARIO_QUIZ].items
        return next(item for item in items if isinstance(item.interaction, Scenario))

    def replay(self, learner: Somebody, attempt_id: UUID, step: int = 0, *, until_end: bool = False) -> UUID:
        """A scenario played again from a decision, with the best choices to its end or not yet at all."""
        story = self.story()
        attempt = learning.load_attempt(self.session, learner.id, attempt_id)
        assert attempt is not None
        path = attempt.position(story)
        replay_id = learning.start_replay(self.session, learner.id, attempt_id, story, path, step, at=self.clock.at)
        while until_end:
            replay = learning.load_replay(self.session, learner.id, replay_id)
            assert replay is not None
            position = replay.position(story)
            if position.node is None:
                break
            given = Given((best([choice.option for choice in position.offered]),))
            learning.answer_replay(
                self.session,
                load_model(self.session),
                replay,
                story,
                given,
                step=len(position.steps),
                response_id=new_id(),
                at=self.clock.at,
            )
        return self._commit(replay_id)

    def lesson_done(self, learner: Somebody, lesson: str = LESSON) -> None:
        learning.finish_lesson(self.session, learner.id, self.content.lessons[lesson], (), at=self.clock.at)
        self._commit(None)

    def review(
        self, learner: Somebody, item_id: str | None = None, *, is_right: bool = True, response_id: UUID | None = None
    ) -> UUID:
        """Answer what is due next, or this item, right or wrong; the id of the response."""
        deck = load_deck(self.session, learner.id, at=self.clock.at)
        done = lessons_done(self.session, learner.id)
        today = todays_turns(deck, self.content, done, hears_all, at=self.clock.at)
        if item_id is None:
            turn = today.next_turn(deck.last.group if deck.last else None, self.clock.at)
            assert turn is not None
            item_id = turn.item_id
        item = self.content.items[item_id]
        response_id = response_id or new_id()
        learning.review_item(
            self.session,
            load_model(self.session),
            self.content,
            learner.id,
            item,
            give(item, any_attempt(), best if is_right else worst),
            hears_all,
            response_id=response_id,
            at=self.clock.at,
        )
        return self._commit(response_id)

    def report(self, learner: Somebody, problem: str = "The law has changed.") -> UUID:
        """A reported fact."""
        fact = next(iter(self.content.facts))
        learning.report_fact(self.session, learner.id, self.content, fact, problem, at=self.clock.at)
        return self._commit(reporting.reported_facts(self.session)[0].id)

    def draft(self, path: str, *, reviewer: Somebody | None = None) -> str:
        """A draft of a file by nobody in particular, with a comment at its end; reviewed, where somebody is named."""
        library = Library(ROOT, self.content)
        text = f"{library.shipped(path)}# A draft.\n"
        number = authoring.save_document(self.session, library, path, text, base=0, author_id=None, at=self.clock.at)
        if reviewer is not None:
            authoring.review_version(self.session, path, number, reviewer_id=reviewer.id, at=self.clock.at)
        return self._commit(path)

    def recording(self, trainer: Somebody, phrase: Phrase, recordings: Recordings) -> UUID:
        """The phrase as Marc says it, at normal speed."""
        credit = authoring.Credit("Marc", "company")
        line, tone = line_of(phrase), file_of(speech())
        authoring.keep_recording(
            self.session, recordings, line, "normal", tone, credit, by_id=trainer.id, at=self.clock.at
        )
        return self._commit(authoring.list_recordings(self.session)[0].id)

    def take(self, learner: Somebody, phrase: Phrase, files: TakeFiles) -> UUID:
        """The phrase as another voice says it: heard, rated, and kept."""
        line, take_id = line_of(phrase), new_id()
        learning.say_line(self.session, files, learner.id, line, said(line), take_id=take_id, at=self.clock.at)
        learning.keep_hearing(self.session, learner.id, take_id, HEARD, at=self.clock.at)
        learning.rate_take(self.session, self.content, learner.id, take_id, Closeness.CLOSE, at=self.clock.at)
        learning.keep_sound(self.session, files, learner.id, take_id, said(line), at=self.clock.at)
        return self._commit(take_id)

    def link(self, purpose: Purpose, engagement: UUID, by: Somebody, **details: object) -> tuple[str, UUID]:
        """The token and the id of a link about an engagement that lasts for a week."""
        until = self.clock.at + timedelta(days=7)
        token = make_link(
            self.session,
            purpose,
            engagement_id=engagement,
            label="Board",
            details=details,
            expires_at=until,
            by=by.id,
            at=self.clock.at,
        )
        link = open_link(self.session, token, purpose, at=self.clock.at)
        assert link is not None
        return self._commit((token, link.id))

    def _commit(self, made: T) -> T:
        self.session.commit()
        return made


def hears_all(_item: Item) -> bool:
    return True


def make_draft(**changes: object) -> engagements.EngagementDraft:
    """What a manager says of a call with Kobe Seiki three weeks ahead."""
    values: Mapping[str, object] = {
        "title": "Monthly service call",
        "partner": "Kobe Seiki",
        "country": "JP",
        "language": "ja",
        "place": "",
        "is_call": True,
        "starts_local": NOW.replace(tzinfo=None) + timedelta(days=21),
        "zone": "Asia/Tokyo",
        "agenda_minutes": 45,
    }
    return engagements.EngagementDraft(**{**values, **changes})  # type: ignore[arg-type]


def make_person(name: str = "Kazuo Tanabe", **changes: object) -> PersonDraft:
    """What is told of somebody of a partner, kept for a year."""
    values: Mapping[str, object] = {
        "purpose": "Decides on supply",
        "consent_basis": ConsentBasis.INTEREST,
        "keep_until": NOW.date() + timedelta(days=365),
    }
    return PersonDraft(name, **{**values, **changes})  # type: ignore[arg-type]


def give(item: Item, attempt: AttemptState, pick: Callable[[Sequence[Option]], str]) -> Given:
    """What somebody gives at the item's next step who picks like this."""
    match item.interaction:
        case OneOf(options):
            return Given((pick(options),))
        case SomeOf(options):
            is_best = pick is best
            return Given(tuple(option.id for option in options if option.is_right is is_best))
        case Scenario():
            return Given((pick([choice.option for choice in attempt.position(item).offered]),))
        case SlotSearch() as search:
            return Given((pick(offered_slots(search, attempt.started_at.date(), str(attempt.id))),))
        case others:
            entries = right_entries(others) if pick is best else wrong_entries(others)
            return Given(entries=tuple(entries.items()))


def with_items(content: Content, quiz_id: str, *items: Item) -> Content:
    """The content with these items in a quiz; without any, the quiz is gone."""
    courses = {}
    for course in content.courses.values():
        quizzes = (replace(quiz, items=items) if quiz.id == quiz_id else quiz for quiz in course.quizzes)
        courses[course.id] = replace(course, quizzes=tuple(quiz for quiz in quizzes if quiz.items))
    return Content(content.competencies, courses)


def without_choice(item: Item, option_id: str) -> Item:
    """The item without one of its options, or without that choice at the first node of its scenario."""
    match item.interaction:
        case OneOf(options):
            interaction: Interaction = OneOf(tuple(option for option in options if option.id != option_id))
        case SomeOf(options):
            interaction = SomeOf(tuple(option for option in options if option.id != option_id))
        case Scenario(start=start, nodes=nodes) as scenario:
            left = tuple(choice for choice in nodes[start].choices if choice.option.id != option_id)
            interaction = replace(scenario, nodes={**nodes, start: replace(nodes[start], choices=left)})
        case _:
            raise TypeError(f"{item.id} has no choice to be taken away")
    return replace(item, interaction=interaction)


def best(options: Sequence[Option]) -> str:
    return max(options, key=lambda option: option.score).id


def worst(options: Sequence[Option]) -> str:
    return min(options, key=lambda option: option.score).id


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run all tasks in threads that start together; what each gave, or the first error."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        barrier.wait(10)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
