"""Saying phrases aloud: recorded in the browser, heard by the server, judged by the learner."""

from trainer.web.speaking import practice, sounds
from trainer.web.speaking.blueprint import bp

__all__ = ["bp", "practice", "sounds"]
