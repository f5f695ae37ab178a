"""What the first page of a quiz says of its assessment, and what keeps practice and assessment apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import abort, make_response

from trainer import learning
from trainer.database import Store
from trainer.domain.answers import Mode
from trainer.domain.attempts import AttemptState
from trainer.domain.content import Assessment, Quiz
from trainer.domain.sittings import Allowance
from trainer.reporting import AttemptInfo
from trainer.web import content, me, now, reading, say, services, to
from trainer.web.quizzes.blueprint import authorize_own, load_own, own_store


@dataclass(frozen=True)
class Terms:
    """On what terms whoever acts may sit an assessment now; `minutes` is None without a limit."""

    rules: Assessment
    allowance: Allowance
    minutes: int | None
    allowed: int
    left: int
    open: AttemptInfo | None


def terms_of(quiz: Quiz, attempts: Sequence[AttemptInfo]) -> Terms | None:
    """None for a quiz that is only practised, or taught no more."""
    rules = quiz.assessment
    if rules is None:
        return None
    sat = [each for each in attempts if each.mode is Mode.ASSESSMENT]
    allowance = learning.allowance_of(reading(), me().id)
    allowed = rules.attempts + learning.extra_attempts(reading(), me().id, quiz.id)
    return Terms(
        rules=rules,
        allowance=allowance,
        minutes=allowance.minutes(rules.minutes),
        allowed=allowed,
        left=max(0, allowed - len(sat)),
        open=next((each for each in sat if each.finished_at is None), None),
    )


def kept_quiz_of(attempts: Sequence[AttemptInfo]) -> Quiz | None:
    """The quiz as the last of the attempts began with it, for one that is taught no more."""
    name = attempts[0].quiz_hash if attempts else None
    return services().kept_quizzes.kept(reading(), name) if name else None


def load_practice(attempt_id: UUID, *, for_update: bool = False) -> tuple[AttemptState, Quiz]:
    """A practice of whoever acts. An assessment leads to its own pages, and closes the practice of its quiz."""
    authorize_own()
    store = own_store(for_update=for_update)
    attempt, quiz = load_own(attempt_id, store, for_update=for_update)
    if attempt.mode is Mode.ASSESSMENT:
        abort(make_response(to("quizzes.show_sitting", attempt_id=attempt_id)))
    refuse_beside_assessment(quiz, store, "Practice of this quiz waits until your assessment is handed in.")
    return learning.finish_if_done(store, attempt, quiz, at=now()) if for_update else attempt, quiz


def refuse_beside_assessment(quiz: Quiz, store: Store, why: str) -> None:
    """Lead away from what tells the answers of a quiz while an assessment of it is not handed in, and say why."""
    taught = content().quizzes.get(quiz.id, quiz)
    if quiz.assessment is None and taught.assessment is None:
        return
    open_id = learning.open_assessment(store, me().id, quiz.id)
    if open_id is not None:
        say(why)
        abort(make_response(to("quizzes.show_sitting", attempt_id=open_id)))
