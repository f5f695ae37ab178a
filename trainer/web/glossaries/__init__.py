"""Glossaries: looked up and practised by everyone, kept by trainers and managers."""

from trainer.web.glossaries import importing, keeping, lookup
from trainer.web.glossaries.blueprint import bp

__all__ = ["bp", "importing", "keeping", "lookup"]
