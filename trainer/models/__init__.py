"""The tables: facts, no rules."""

from trainer.models.audio import SPEAKER_LENGTH, RecordingRow
from trainer.models.authoring import NOTE_LENGTH, PATH_LENGTH, ContentEdition, ContentVersion, ReviewRequest
from trainer.models.base import ID_LENGTH, Base, UtcDateTime, new_id, table
from trainer.models.charter import NAME_LENGTH, CharterAgreement, CharterComment, HealthAnswer
from trainer.models.company import REASON_LENGTH, CompanyRulesRow
from trainer.models.engagements import (
    Assignment,
    DebriefNoteRow,
    DebriefRow,
    Engagement,
    ForecastRow,
    PastStandingRow,
    ReadinessSnapshot,
    ReportSnapshotRow,
    RequirementRow,
    SeatRow,
)
from trainer.models.imports import FILE_NAME_LENGTH, Upload
from trainer.models.learning import (
    Attempt,
    DraftAnswer,
    ExtraAttempt,
    FactReport,
    KeptQuiz,
    LessonDone,
    MasteryRow,
    Replay,
    Response,
    StudyPlanRow,
    TimeAllowanceRow,
)
from trainer.models.mail import MailChoiceRow, MailSentRow
from trainer.models.model import DifficultyRow, ModelRow
from trainer.models.partners import (
    Partner,
    PartnerAttachment,
    PartnerLanguage,
    PartnerNews,
    PartnerPerson,
    PartnerQuestion,
    PartnerTeam,
    PromiseRow,
    ResearchRow,
)
from trainer.models.people import Invitation, Membership, Team, User, UserSession
from trainer.models.reviewing import ReviewCardRow, ReviewRow, ReviewSettingsRow
from trainer.models.speaking import TakeRow
from trainer.models.workspace import SignedLink, WorkspaceDocumentRow

__all__ = [
    "FILE_NAME_LENGTH",
    "ID_LENGTH",
    "NAME_LENGTH",
    "NOTE_LENGTH",
    "PATH_LENGTH",
    "REASON_LENGTH",
    "SPEAKER_LENGTH",
    "Assignment",
    "Attempt",
    "Base",
    "CharterAgreement",
    "CharterComment",
    "CompanyRulesRow",
    "ContentEdition",
    "ContentVersion",
    "DebriefNoteRow",
    "DebriefRow",
    "DifficultyRow",
    "DraftAnswer",
    "Engagement",
    "ExtraAttempt",
    "FactReport",
    "ForecastRow",
    "HealthAnswer",
    "Invitation",
    "KeptQuiz",
    "LessonDone",
    "MailChoiceRow",
    "MailSentRow",
    "MasteryRow",
    "Membership",
    "ModelRow",
    "Partner",
    "PartnerAttachment",
    "PartnerLanguage",
    "PartnerNews",
    "PartnerPerson",
    "PartnerQuestion",
    "PartnerTeam",
    "PastStandingRow",
    "PromiseRow",
    "ReadinessSnapshot",
    "RecordingRow",
    "Replay",
    "ReportSnapshotRow",
    "RequirementRow",
    "ResearchRow",
    "Response",
    "ReviewCardRow",
    "ReviewRequest",
    "ReviewRow",
    "ReviewSettingsRow",
    "SeatRow",
    "SignedLink",
    "StudyPlanRow",
    "TakeRow",
    "Team",
    "TimeAllowanceRow",
    "Upload",
    "User",
    "UserSession",
    "UtcDateTime",
    "WorkspaceDocumentRow",
    "new_id",
    "table",
]
