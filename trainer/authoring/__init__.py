"""Use cases of authoring: save a text, have it reviewed, publish it, bring it in and take it out as files."""

from trainer.authoring.asking import ask_for_review, waiting_reviews
from trainer.authoring.documents import (
    Document,
    DocumentRow,
    Version,
    check_document,
    list_documents,
    load_document,
    load_version,
)
from trainer.authoring.effects import Reached, reached_by_lesson, reached_by_quiz
from trainer.authoring.publishing import publish, review_version, set_aside
from trainer.authoring.recordings import (
    LICENCES,
    Credit,
    KeptRecording,
    keep_recording,
    list_recordings,
    remove_recording,
)
from trainer.authoring.saving import AuthoringError, Checked, Conflict, Mistakes, restore_version, save_document
from trainer.authoring.trees import Bringing, bring_in, files_in_force, read_files, write_files

__all__ = [
    "LICENCES",
    "AuthoringError",
    "Bringing",
    "Checked",
    "Conflict",
    "Credit",
    "Document",
    "DocumentRow",
    "KeptRecording",
    "Mistakes",
    "Reached",
    "Version",
    "ask_for_review",
    "bring_in",
    "check_document",
    "files_in_force",
    "keep_recording",
    "list_documents",
    "list_recordings",
    "load_document",
    "load_version",
    "publish",
    "reached_by_lesson",
    "reached_by_quiz",
    "read_files",
    "remove_recording",
    "restore_version",
    "review_version",
    "save_document",
    "set_aside",
    "waiting_reviews",
    "write_files",
]
