"""Reads REVIEW.md of a course folder: who read the course a second time, what was found, and what is open."""

from datetime import date

from trainer.catalog.front_matter import read_body, read_front_matter
from trainer.catalog.reading import Fields, Report
from trainer.catalog.tree import Tree
from trainer.domain.content import Reading, Review

REVIEW = "REVIEW.md"
NOTES = {"readme", "review"}
"""Markdown files of these names speak about the content and are none of its lessons."""


def read_review(report: Report, tree: Tree, name: str) -> Review | None:
    """None where there is none, or where it is not written as one: notes keep no server from starting."""
    if name not in tree:
        return None
    own = Report()
    review = _review(own, tree, name)
    report.reviews.extend(own.problems)
    return None if own.problems else review


def _review(report: Report, tree: Tree, name: str) -> Review | None:
    parts = read_front_matter(report, tree, name)
    if parts is None:
        return None
    head, body, first_line = parts
    fields = Fields(report, name, head, "a review")
    review = Review(
        by=fields.text("by"),
        truth=_reading(fields, "truth"),
        language=_reading(fields, "language") if fields.has("language") else None,
        words=read_body(report, name, body, first_line),
    )
    fields.end()
    return review


def _reading(fields: Fields, key: str) -> Reading:
    row = fields.mapping(key, key)
    if row is None:
        fields.problem(f"missing key {key!r} in a review")
        return Reading(date.min, 0, 0)
    found = row.whole("found", 0, 10_000)
    reading = Reading(row.day("checked"), found, row.whole("changed", 0, found))
    row.end()
    return reading
