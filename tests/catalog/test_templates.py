"""Templates of lessons are read as written, and each mistake is told with its line."""

from pathlib import Path

import pytest

from tests.catalog.sample import BASICS_LESSON, change, line_of, write_sample
from trainer.authoring.saving import CONTENT_PATH
from trainer.catalog import check_catalog, load_catalog
from trainer.domain.content import TemplateLine, TemplateUse

TEMPLATES = "lessons/demo/templates.yaml"
OTHERS = "lessons/basics/templates.yaml"
TEXT = """\
- id: template-escalation
  lesson: demo-names
  use: escalation
  title: The escalation ladder
  lead: "One line for *each* level."
  lines:
    - {id: promise, words: "Promise: …"}
    - {id: trigger, group: Level 1, words: "Trigger: …", help: "Time or [損]{lang=ja}."}
    - {id: who, group: Level 1, words: "Who: …"}
    - {id: down, group: Coming down, words: "Said by …"}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    (tmp_path / TEMPLATES).write_text(TEXT, encoding="utf-8")
    return tmp_path


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check_catalog(root)[1]]


def test_a_template_stands_with_its_lesson_its_course_and_its_use(root: Path) -> None:
    content = load_catalog(root)

    template = content.templates[TemplateUse.ESCALATION]

    assert content.lessons["demo-names"].template is template
    assert content.courses["demo"].lesson_templates == (template,)
    assert (template.title, template.lead.html) == ("The escalation ladder", "One line for <em>each</em> level.")
    assert template.lines[0] == TemplateLine("promise", "Promise: …")
    assert template.lines[1].help is not None
    assert 'lang="ja"' in template.lines[1].help.html
    assert content.lessons["basics-objective"].template is None


def test_lines_stand_under_their_headings_in_order(root: Path) -> None:
    template = load_catalog(root).templates[TemplateUse.ESCALATION]

    assert [(group, [line.id for line in lines]) for group, lines in template.groups] == [
        (None, ["promise"]),
        ("Level 1", ["trigger", "who"]),
        ("Coming down", ["down"]),
    ]


def test_a_course_without_the_file_has_no_templates(tmp_path: Path) -> None:
    write_sample(tmp_path)

    content = load_catalog(tmp_path)

    assert content.templates == {}
    assert content.lines_for(TemplateUse.RESEARCH) == {}


@pytest.mark.parametrize(
    ("old", "new", "words", "message"),
    [
        ("lesson: demo-names", "lesson: nowhere", "lesson: nowhere", "unknown lesson 'nowhere'"),
        ("use: escalation", "use: ladder", "use: ladder", "'use' must be one of objective, working, contacts,"),
        ("  title:", "  name:", "name:", "unknown key 'name' in a template"),
        ("id: who, ", "id: trigger, ", "Who: …", "id 'trigger' stands twice here"),
        ("id: who, ", "id: Who_1, ", "Who: …", "must be lower-case words joined by hyphens"),
        ("id: who, ", "id: who, hint: x, ", "Who: …", "unknown key 'hint' in a line"),
        ("id: down, group: Coming down,", "id: down,", "Said by", "a line without a group stands before all"),
        ('"Who: …"', '""', "id: who", "'words' is empty"),
        ("*each*", "<b>each</b>", "lead:", "'lead' holds HTML: write Markdown"),
    ],
)
def test_a_mistake_is_told_with_its_line(root: Path, old: str, new: str, words: str, message: str) -> None:
    change(root, TEMPLATES, old, new)
    here = f"{TEMPLATES}:{line_of(root, TEMPLATES, words)}: "

    found = [problem for problem in told(root) if problem.startswith(here)]

    assert len(found) == 1
    assert message in found[0]


def test_a_heading_that_stands_in_two_places_is_told(root: Path) -> None:
    change(root, TEMPLATES, "id: who, group: Level 1", "id: who, group: Level 2")
    change(root, TEMPLATES, "group: Coming down", "group: Level 1")

    assert told(root) == [f"{TEMPLATES}:10: group 'Level 1' stands in two places: put its lines together"]


@pytest.mark.parametrize(("kept", "is_told"), [(2, True), (3, False), (20, False), (21, True)])
def test_a_template_has_three_to_twenty_lines(root: Path, kept: int, is_told: bool) -> None:
    head = TEXT.partition("    - {")[0]
    lines = "".join(f'    - {{id: line-{number}, words: "Write …"}}\n' for number in range(kept))
    (root / TEMPLATES).write_text(head + lines, encoding="utf-8")

    message = f"{TEMPLATES}:7: a template has 3 to 20 lines, not {kept}"
    assert told(root) == ([message] if is_told else [])


def test_a_lesson_has_one_template(root: Path) -> None:
    again = TEXT.replace("template-escalation", "template-trust").replace("use: escalation", "use: trust")
    (root / TEMPLATES).write_text(TEXT + again, encoding="utf-8")

    assert told(root) == [f"{TEMPLATES}:12: lesson 'demo-names' has a template already: 'template-escalation'"]


def test_a_use_has_one_template_in_all_courses(root: Path) -> None:
    other = TEXT.replace("template-escalation", "template-ladder").replace("demo-names", "basics-objective")
    (root / OTHERS).write_text(other, encoding="utf-8")

    (message,) = told(root)

    assert message.startswith(f"{TEMPLATES}:1: use 'escalation' is taken already by 'template-ladder' at {OTHERS}:1")


def test_an_id_that_was_used_before_is_told(root: Path) -> None:
    change(root, TEMPLATES, "template-escalation", "basics-objective")

    assert told(root) == [
        f"{TEMPLATES}:1: id 'basics-objective' is used already at {BASICS_LESSON}:2; ids are never re-used"
    ]


@pytest.mark.parametrize(("use", "most"), [("line", 160), ("research", 300), ("questions", 500)])
def test_a_line_that_is_kept_fits_the_form_that_changes_it(root: Path, use: str, most: int) -> None:
    change(root, TEMPLATES, "use: escalation", f"use: {use}")
    change(root, TEMPLATES, "Said by …", "x" * most)
    assert told(root) == []

    change(root, TEMPLATES, "x" * most, "x" * (most + 1))

    assert told(root) == [f"{TEMPLATES}:10: 'words' has {most + 1} characters, at most {most} for {use!r}"]


@pytest.mark.parametrize(("use", "is_told"), [("line", True), ("questions", True), ("escalation", False)])
def test_two_lines_that_are_kept_by_their_words_differ(root: Path, use: str, is_told: bool) -> None:
    change(root, TEMPLATES, "use: escalation", f"use: {use}")
    change(root, TEMPLATES, "Said by …", "trigger:  …")

    assert told(root) == ([f"{TEMPLATES}:10: 'words' are the same as in 'trigger'"] if is_told else [])


def test_the_file_is_one_that_trainers_can_write() -> None:
    assert CONTENT_PATH.fullmatch(TEMPLATES)
    assert not CONTENT_PATH.fullmatch("lessons/templates.yaml")
