"""Lessons, phrases and quizzes, written in the browser."""

from trainer.web.authoring import adding, documents, entries, reviewing, texts, versions
from trainer.web.authoring.blueprint import bp

__all__ = ["adding", "bp", "documents", "entries", "reviewing", "texts", "versions"]
