"""Use cases of learning: attempts, responses, lessons, and facts that are reported."""

from trainer.learning.attempts import LearningError, finish_if_done, load_attempt, postpone_listening, start_attempt
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
    "GivenReview",
    "LearningError",
    "answer_replay",
    "close_report",
    "correct_review",
    "finish_if_done",
    "finish_lesson",
    "keep_plan",
    "list_replays",
    "load_attempt",
    "load_replay",
    "load_review",
    "open_report_count",
    "postpone_hearing",
    "postpone_listening",
    "rebuild_mastery",
    "report_fact",
    "review_item",
    "set_review_settings",
    "start_attempt",
    "start_replay",
    "submit_response",
    "undo_review",
]
