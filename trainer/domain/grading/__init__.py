"""Grades what was given to an item of any type."""

from trainer.domain.grading.grading import grade
from trainer.domain.grading.values import RULES_VERSION, Given, Grade, PartGrade, UnfitAnswer, result_of

__all__ = ["RULES_VERSION", "Given", "Grade", "PartGrade", "UnfitAnswer", "grade", "result_of"]
