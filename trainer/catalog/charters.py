"""Reads charters.yaml of a course folder: charters that a team begins with, one for each kind of engagement."""

from collections.abc import Set
from typing import Any

from trainer.catalog.reading import Fields, Report, records
from trainer.catalog.tree import Tree
from trainer.domain.charter import LABELS, CharterTemplate, Sharing

MAX_HOURS = 1_000.0
HOURS = {"respond_stopped", "respond_urgent", "respond_normal", "minutes_within", "hours", "within"}
TRUTHS = {"respects_holidays", "is_bad_news", "is_internal", "shown"}
OF_ENGAGEMENT = {
    "country_ours", "part_ours", "country_theirs", "part_theirs", "contact_ours", "contact_theirs", "number",
}  # fmt: skip
"""Fields that only an engagement can know."""


def read_charter_templates(report: Report, tree: Tree, name: str) -> tuple[CharterTemplate, ...]:
    if name not in tree:
        return ()
    templates = []
    for fields in records(report, tree, name, "a charter template"):
        templates.append(_template(fields))
        fields.end()
    return tuple(templates)


def _template(fields: Fields) -> CharterTemplate:
    interfaces = fields.texts("interfaces")
    return CharterTemplate(
        id=fields.identity(),
        title=fields.text("title"),
        summary=fields.text("summary"),
        example=fields.text("example"),
        interfaces=interfaces,
        working=_part(fields, "working"),
        levels=tuple(_level(each, interfaces) for each in fields.mappings("escalation", "a level")),
        closing=_part(fields, "closing"),
        rules=tuple(_rule(each) for each in fields.mappings("information", "a rule")),
    )


def _part(fields: Fields, part: str) -> dict[str, Any]:
    inner = fields.mapping(part, part)
    if inner is None:
        fields.problem(f"missing key {part!r} in a charter template")
        return {}
    found = _known(inner, part)
    inner.end()
    return found


def _level(fields: Fields, interfaces: tuple[str, ...]) -> dict[str, Any]:
    found = {"interface": fields.one_of("interface", interfaces), **_known(fields, "escalation")}
    if "hours" not in found and "impact" not in found:
        fields.problem("a level needs 'hours' or 'impact': what brings a problem there")
    fields.end()
    return found


def _rule(fields: Fields) -> dict[str, Any]:
    found = {"sharing": fields.member("sharing", Sharing).value, **_known(fields, "information", besides={"sharing"})}
    if "what" not in found:
        fields.problem("missing key 'what' in a rule")
    fields.end()
    return found


def _known(fields: Fields, part: str, besides: Set[str] = frozenset()) -> dict[str, Any]:
    """The fields that stand there, of those that this part of a charter has."""
    return {
        name: _value(fields, name)
        for name in LABELS[part]
        if fields.has(name) and name not in OF_ENGAGEMENT and name not in besides
    }


def _value(fields: Fields, name: str) -> str | float | bool:
    if name in HOURS:
        return float(fields.number(name, 0.0, MAX_HOURS))
    return fields.truth(name) if name in TRUTHS else fields.text(name)
