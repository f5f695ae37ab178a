"""Reads lessons/ and quizzes/ into domain values, tells every mistake at once, refuses a broken catalog."""

from trainer.catalog.catalog import (
    BrokenContent,
    Findings,
    Shelf,
    check_catalog,
    count_catalog,
    inspect_catalog,
    load_catalog,
)
from trainer.catalog.keeping import load_shipped
from trainer.catalog.packs import check_packs
from trainer.catalog.reading import Problem
from trainer.catalog.tree import Tree

__all__ = [
    "BrokenContent",
    "Findings",
    "Problem",
    "Shelf",
    "Tree",
    "check_catalog",
    "check_packs",
    "count_catalog",
    "inspect_catalog",
    "load_catalog",
    "load_shipped",
]
