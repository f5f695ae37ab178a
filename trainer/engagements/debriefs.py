"""Use case of the debrief: someone who held a seat says how it went."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from trainer.database import Store, upsert
from trainer.domain.debrief import OPEN_FOR, SHARES, Told, is_fixed
from trainer.engagements.planning import EngagementError
from trainer.models import Assignment, DebriefNoteRow, DebriefRow, Engagement, RequirementRow, SeatRow, table

_debrief, _note = table(DebriefRow), table(DebriefNoteRow)


def keep_debrief(
    store: Store, engagement_id: UUID, learner_id: UUID, told: Sequence[Told], surprise: str, *, at: datetime
) -> None:
    """Keep what someone says of the competencies that their seats required, in place of what they said before.

    Raises `EngagementError` before the meeting starts, once the debrief is fixed, and for what no seat of theirs
    required: nobody can say how it went for another.
    """
    _check_time(store, engagement_id, at)
    required = set(
        store.scalars(
            select(RequirementRow.competency_id)
            .join(SeatRow, SeatRow.id == RequirementRow.seat_id)
            .join(Assignment, Assignment.seat_id == SeatRow.id)
            .where(SeatRow.engagement_id == engagement_id, Assignment.user_id == learner_id)
        )
    )
    if not {each.competency for each in told} <= required:
        raise EngagementError("Your seat no longer needs some of this. Load the page again.")
    if any(each.share not in (None, *SHARES) for each in told):
        raise EngagementError("Choose one of the answers of the page.")
    own = {"learner_id": learner_id, "engagement_id": engagement_id, "made_at": at}
    upsert(
        store,
        _debrief,
        [
            {**own, "competency_id": each.competency, "was_needed": each.was_needed, "share": each.share}
            for each in told
        ],
    )
    if surprise.strip():
        upsert(store, _note, [{**own, "surprise": surprise.strip()}])
    else:
        store.execute(delete(_note).where(_note.c.learner_id == learner_id, _note.c.engagement_id == engagement_id))


def _check_time(store: Store, engagement_id: UUID, at: datetime) -> None:
    """Also holds the engagement until this is done, so that it is not cancelled or moved meanwhile."""
    starts_at = store.scalar(
        select(Engagement.starts_at)
        .where(Engagement.id == engagement_id, Engagement.cancelled_at.is_(None))
        .with_for_update(read=True)
    )
    if starts_at is None:
        raise EngagementError("This meeting was taken away.")
    if at < starts_at:
        raise EngagementError("The meeting has not begun. Come back when it is over.")
    if is_fixed(starts_at, at):
        raise EngagementError(f"{OPEN_FOR.days} days after the meeting the debrief is fixed.")
