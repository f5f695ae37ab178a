"""Asks every rule of every course that claims a template."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.catalog.packs.measures import lessons_out_of_measure, quizzes_out_of_measure
from trainer.catalog.packs.missing import missing_in
from trainer.catalog.packs.places import Finding, Places
from trainer.catalog.packs.readings import doubtful_readings, missing_tools, wrong_readings
from trainer.catalog.packs.wording import badly_said, hard_words
from trainer.catalog.reading import Problem
from trainer.catalog.tree import Tree
from trainer.domain.content import Content, Course


@dataclass(frozen=True)
class PackFindings:
    """Mistakes, what a person should look at, and the tools without which some of it was not looked at."""

    problems: tuple[Problem, ...]
    reviews: tuple[Problem, ...]
    missing_tools: tuple[str, ...]


def check_packs(root: Path, content: Content) -> PackFindings:
    tree = Tree(root)
    problems: set[Problem] = set()
    reviews: set[Problem] = set()
    for course in content.courses.values():
        if course.templates:
            places = Places(tree, course.id)
            problems.update(places.problem(finding) for finding in _mistakes(course, content))
            reviews.update(places.problem(finding) for finding in doubtful_readings(course))
    return PackFindings(tuple(sorted(problems)), tuple(sorted(reviews)), missing_tools())


def _mistakes(course: Course, content: Content) -> Iterator[Finding]:
    yield from missing_in(course)
    yield from lessons_out_of_measure(course)
    yield from quizzes_out_of_measure(course)
    yield from badly_said(course)
    yield from hard_words(course, content)
    yield from wrong_readings(course)
