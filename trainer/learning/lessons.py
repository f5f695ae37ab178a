"""Use cases of lessons: note that one is done, report a fact, answer a report."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from trainer.database import Store, upsert
from trainer.domain.content import Content, Lesson
from trainer.domain.planning import Chosen
from trainer.learning.attempts import LearningError
from trainer.models import FactReport, LessonDone, StudyPlanRow, table


def finish_lesson(store: Store, learner_id: UUID, lesson: Lesson, goals: Sequence[int], *, at: datetime) -> None:
    """Note that a learner has done a lesson, and which of its can-dos they say they can."""
    upsert(
        store,
        table(LessonDone),
        [
            {
                "learner_id": learner_id,
                "lesson_id": lesson.id,
                "done_at": at,
                "goals": sorted(goal for goal in set(goals) if 0 <= goal < len(lesson.goals)),
            }
        ],
    )


def keep_plan(store: Store, learner_id: UUID, engagement_id: UUID, chosen: Chosen, *, at: datetime) -> None:
    """Keep the plan that a learner sets out on, so that it is gone on with where it still serves."""
    days = {day.isoformat(): list(names) for day, names in chosen.items()}
    row = {"learner_id": learner_id, "engagement_id": engagement_id, "chosen": days, "kept_at": at}
    upsert(store, table(StudyPlanRow), [row])


def report_fact(
    session: Session, reporter_id: UUID, content: Content, fact_id: str, problem: str, *, at: datetime
) -> None:
    """Tell the trainers that a fact seems wrong or out of date."""
    if fact_id not in content.facts:
        raise LearningError("There is no such fact any more.")
    session.add(FactReport(fact_id=fact_id, reporter_id=reporter_id, problem=problem.strip(), reported_at=at))


def close_report(store: Store, report_id: UUID, trainer_id: UUID, decision: str, *, at: datetime) -> None:
    """Say what was decided about a reported fact."""
    store.execute(
        update(FactReport)
        .where(FactReport.id == report_id, FactReport.closed_at.is_(None))
        .values(closed_at=at, closed_by_id=trainer_id, decision=decision.strip())
    )


def open_report_count(store: Store) -> int:
    return store.scalar(select(func.count(FactReport.id)).where(FactReport.closed_at.is_(None))) or 0
