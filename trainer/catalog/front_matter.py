"""Reads Markdown files with a head in YAML: lessons, and how a course was reviewed."""

import re

from trainer.catalog.prose import mistakes, render_block
from trainer.catalog.reading import Report, Value, parse_yaml, read_text
from trainer.catalog.tree import Tree
from trainer.domain.content import Prose

_FRONT_MATTER = re.compile(r"---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)


def read_front_matter(report: Report, tree: Tree, name: str) -> tuple[Value, str, int] | None:
    """What stands between the lines of ---, the text below, and the line on which that begins."""
    text = read_text(report, tree, name)
    match = _FRONT_MATTER.match(text) if text else None
    if match is None:
        if text is not None:
            report.add(name, 1, "must start with front matter between two lines of ---")
        return None
    value = parse_yaml(report, match[1], name, first_line=2)
    return None if value is None else (value, match[2], match[1].count("\n") + 3)


def read_body(report: Report, name: str, source: str, first_line: int) -> Prose:
    if not source.strip():
        report.add(name, first_line, "there is no text below its front matter")
    for number, line in enumerate(source.splitlines(), start=first_line):
        if line.startswith("# "):
            report.add(name, number, "the title is the only heading of level 1: use ##")
        for mistake in mistakes(line):
            report.add(name, number, f"the text {mistake}")
    return Prose(source, render_block(source))
