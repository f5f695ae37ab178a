"""Work that must not hold a request: asked for in one process, done in another, not lost when either is killed."""

from trainer.jobs.beside import Beside, end_with, leave_interrupts
from trainer.jobs.queue import AtOnce, Queue

__all__ = ["AtOnce", "Beside", "Queue", "end_with", "leave_interrupts"]
