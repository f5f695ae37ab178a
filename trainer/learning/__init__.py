"""Use cases of learning: attempts, responses, lessons, and facts that are reported."""

from trainer.learning.assessments import (
    flag_item,
    hand_in,
    load_sitting,
    open_assessment,
    overdue_assessments,
    save_draft,
    start_assessment,
)
from trainer.learning.attempts import LearningError, finish_if_done, load_attempt, postpone_listening, start_attempt
from trainer.learning.grants import (
    REASON_LENGTH,
    SetAllowance,
    allowance_of,
    allowances_set,
    extra_attempts,
    grant_attempt,
    set_allowance,
)
from trainer.learning.lessons import close_report, finish_lesson, keep_plan, open_report_count, report_fact
from trainer.learning.replays import answer_replay, list_replays, load_replay, start_replay
from trainer.learning.responses import rebuild_mastery, submit_response
from trainer.learning.reviewing import (
    GivenReview,
    correct_review,
    load_review,
    postpone_hearing,
    review_item,
    set_review_settings,
    undo_review,
)

__all__ = [
    "REASON_LENGTH",
    "GivenReview",
    "LearningError",
    "SetAllowance",
    "allowance_of",
    "allowances_set",
    "answer_replay",
    "close_report",
    "correct_review",
    "extra_attempts",
    "finish_if_done",
    "finish_lesson",
    "flag_item",
    "grant_attempt",
    "hand_in",
    "keep_plan",
    "list_replays",
    "load_attempt",
    "load_replay",
    "load_review",
    "load_sitting",
    "open_assessment",
    "open_report_count",
    "overdue_assessments",
    "postpone_hearing",
    "postpone_listening",
    "rebuild_mastery",
    "report_fact",
    "review_item",
    "save_draft",
    "set_allowance",
    "set_review_settings",
    "start_assessment",
    "start_attempt",
    "start_replay",
    "submit_response",
    "undo_review",
]
