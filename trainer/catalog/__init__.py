"""Reads lessons/ and quizzes/ into domain values, tells every mistake at once, refuses a broken catalog."""

from trainer.catalog.catalog import BrokenContent, Shelf, check_catalog, count_catalog, load_catalog
from trainer.catalog.reading import Problem
from trainer.catalog.tree import Tree

__all__ = ["BrokenContent", "Problem", "Shelf", "Tree", "check_catalog", "count_catalog", "load_catalog"]
