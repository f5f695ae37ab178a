"""Charters to begin with are read as written, and each mistake is told with its line."""

from pathlib import Path

import pytest

from tests.catalog.sample import change, line_of, write_sample
from trainer.catalog import check_catalog, load_catalog
from trainer.domain.charter import Rank, document_of, read_charter
from trainer.domain.parties import Party

CHARTERS = "lessons/demo/charters.yaml"
TEXT = """\
- id: charter-demo
  title: First order
  summary: A small order.
  example: By May we have delivered ten.
  interfaces: [Sales, Supply]
  working: {primary: E-mail, respond_urgent: 4, respects_holidays: true}
  escalation:
    - {interface: Supply, hours: 4, within: 8, tells_first: Whoever raises it}
    - {interface: Sales, impact: A line stands still}
  closing: {stepping_down: By phone, closing_note: Cause and cure}
  information:
    - {sharing: must, what: Dates that move, is_bad_news: true}
    - {sharing: must_not, what: Prices of others}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    (tmp_path / CHARTERS).write_text(TEXT, encoding="utf-8")
    return tmp_path


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check_catalog(root)[1]]


def test_a_charter_begins_as_it_is_written_with_nobody_named(root: Path) -> None:
    (template,) = load_catalog(root).courses["demo"].charter_templates

    charter = read_charter(document_of(template))

    assert (template.title, charter.interfaces, charter.objective.sentence) == ("First order", ("Sales", "Supply"), "")
    assert (charter.working.primary, charter.working.respond_urgent) == ("E-mail", 4.0)
    assert [(level.number, level.hours, level.within, level.impact) for level in charter.levels] == [
        (1, 4.0, 8.0, ""),
        (2, None, None, "A line stands still"),
    ]
    named = charter.contact(charter.levels[0].contacts[Party.THEIRS])
    assert named is not None
    assert (named.interface, named.side, named.rank, named.who) == ("Supply", Party.THEIRS, Rank.PRIMARY, "")
    assert [(rule.what, rule.is_bad_news, rule.is_internal) for rule in charter.rules] == [
        ("Dates that move", True, False),
        ("Prices of others", False, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("title: First order", "titel: First order", "titel", "unknown key 'titel' in a charter template"),
        ("primary: E-mail", "primery: E-mail", "  working:", "unknown key 'primery' in working"),
        (
            "respond_urgent: 4",
            "respond_urgent: -4",
            "  working:",
            "'respond_urgent' must be between 0 and 1000, not -4",
        ),
        ("interface: Supply", "interface: Suply", "Suply", "'interface' must be one of Sales, Supply, not 'Suply'"),
        (
            "interface: Sales, impact: A line stands still",
            "interface: Sales",
            "{interface: Sales",
            "a level needs 'hours' or 'impact': what brings a problem there",
        ),
        ("sharing: must,", "sharing: should,", "should", "'sharing' must be one of must, may, must_not, not 'should'"),
        (", what: Prices of others", "", "must_not", "missing key 'what' in a rule"),
        ("respects_holidays: true", "country_ours: DE", "  working:", "unknown key 'country_ours' in working"),
    ],
)
def test_each_mistake_is_told_with_its_line(root: Path, old: str, new: str, at: str, message: str) -> None:
    change(root, CHARTERS, old, new)

    assert f"{CHARTERS}:{line_of(root, CHARTERS, at)}: {message}" in told(root)


def test_all_mistakes_are_told_at_once(root: Path) -> None:
    change(root, CHARTERS, "primary: E-mail", "primery: E-mail")
    change(root, CHARTERS, "sharing: must,", "sharing: should,")
    change(root, CHARTERS, "  summary: A small order.\n", "")

    assert len(told(root)) == 3
