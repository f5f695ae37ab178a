"""Where in the files of a course something stands, by its id."""

import re
from typing import NamedTuple

from trainer.catalog.reading import Problem
from trainer.catalog.tree import Tree

COMPETENCIES = "lessons/competencies.yaml"
_ID = re.compile(r"^[\s{-]*id:\s*[\"']?([a-z0-9-]+)")


class Finding(NamedTuple):
    """What is wrong with whatever has this id; of the course as a whole without one."""

    id: str
    message: str


class Places:
    """The first line of each id in the files of a course, and of its competencies; ids are unique in all content."""

    def __init__(self, tree: Tree, course_id: str) -> None:
        self._head = f"lessons/{course_id}/course.yaml"
        self._found: dict[str, tuple[str, int]] = {}
        for folder in (f"lessons/{course_id}", f"quizzes/{course_id}"):
            for name in tree.within(folder):
                if name.endswith((".yaml", ".md")):
                    self._take(tree, name)
        self._take(tree, COMPETENCIES)

    def problem(self, finding: Finding) -> Problem:
        path, line = self._found.get(finding.id, (self._head, 1))
        named = f"{finding.id}: " if finding.id else ""
        return Problem(path, line, f"{named}{finding.message}")

    def _take(self, tree: Tree, name: str) -> None:
        try:
            lines = tree.read(name).splitlines()
        except (FileNotFoundError, UnicodeDecodeError):
            return  # the catalog has told it
        for number, line in enumerate(lines, start=1):
            match = _ID.match(line)
            if match:
                self._found.setdefault(match[1], (name, number))
