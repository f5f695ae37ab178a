"""The tables: facts, no rules."""

from trainer.models.authoring import NOTE_LENGTH, PATH_LENGTH, ContentEdition, ContentVersion
from trainer.models.base import ID_LENGTH, Base, UtcDateTime, new_id, table
from trainer.models.company import REASON_LENGTH, CompanyRulesRow
from trainer.models.engagements import (
    Assignment,
    DebriefNoteRow,
    DebriefRow,
    Engagement,
    ForecastRow,
    Partner,
    PastStandingRow,
    ReadinessSnapshot,
    RequirementRow,
    SeatRow,
)
from trainer.models.imports import FILE_NAME_LENGTH, Upload
from trainer.models.learning import Attempt, FactReport, KeptQuiz, LessonDone, MasteryRow, Response, StudyPlanRow
from trainer.models.model import DifficultyRow, ModelRow
from trainer.models.people import Invitation, Membership, Team, User, UserSession

__all__ = [
    "FILE_NAME_LENGTH",
    "ID_LENGTH",
    "NOTE_LENGTH",
    "PATH_LENGTH",
    "REASON_LENGTH",
    "Assignment",
    "Attempt",
    "Base",
    "CompanyRulesRow",
    "ContentEdition",
    "ContentVersion",
    "DebriefNoteRow",
    "DebriefRow",
    "DifficultyRow",
    "Engagement",
    "FactReport",
    "ForecastRow",
    "Invitation",
    "KeptQuiz",
    "LessonDone",
    "MasteryRow",
    "Membership",
    "ModelRow",
    "Partner",
    "PastStandingRow",
    "ReadinessSnapshot",
    "RequirementRow",
    "Response",
    "SeatRow",
    "StudyPlanRow",
    "Team",
    "Upload",
    "User",
    "UserSession",
    "UtcDateTime",
    "new_id",
    "table",
]
