"""Work that must not hold a request: asked for in one process, done in another, not lost when either is killed."""

from trainer.jobs.beside import Beside
from trainer.jobs.queue import AtOnce, Queue

__all__ = ["AtOnce", "Beside", "Queue"]
