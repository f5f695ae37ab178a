"""Reads a branching scenario: its nodes with their choices, the conditions of these, and its endings."""

from trainer.catalog.graded import check_effects, read_graded_option, scored
from trainer.catalog.known import Known
from trainer.catalog.reading import Fields, unique
from trainer.catalog.scenarios import check_scenario
from trainer.domain.content import (
    ALWAYS,
    METER_TOP,
    Bound,
    Choice,
    ChoiceKey,
    Condition,
    Detour,
    Effect,
    Ending,
    Meter,
    Node,
    Option,
    Outcome,
    Scenario,
)

CHOICE_KEYS = ("chose", "not_chose")


def read_scenario(fields: Fields, known: Known) -> Scenario:
    node_rows = fields.mappings("nodes", "a node")
    ending_rows = fields.mappings("endings", "an ending")
    unique([*node_rows, *ending_rows], lambda row: row.local_id())
    places = {row.local_id(): row for row in [*node_rows, *ending_rows]}
    asked: list[tuple[Fields, str, ChoiceKey]] = []
    nodes = [_node(row, known, places, asked) for row in node_rows]
    endings = [_ending(row) for row in ending_rows]
    scenario = Scenario(
        title=fields.text("title"),
        start=fields.text("start"),
        nodes={node.id: node for node in nodes},
        endings={ending.id: ending for ending in endings},
    )
    there = {(node.id, choice.option.id) for node, choice in scenario.choices}
    unknown = [each for each in asked if each[2] not in there]
    for row, key, (node_id, choice_id) in unknown:
        name = f"{node_id}.{choice_id}"
        row.problem(f"unknown choice {name!r}: write the ids of a node and its choice, such as n1.a", key)
    if not unknown:
        for place, message in check_scenario(scenario):
            places.get(place, fields).problem(message)
    return scenario


def _node(fields: Fields, known: Known, places: dict[str, Fields], asked: list[tuple[Fields, str, ChoiceKey]]) -> Node:
    rows = fields.mappings("choices", "a choice")
    unique(rows, lambda row: row.local_id())
    options = [read_graded_option(row, known) for row in rows]
    check_effects(fields, "choices", options)
    if sum(option.effect is Effect.BEST for option in options) != 1:
        fields.problem("exactly one choice of a node must be the best", "choices")
    choices = []
    for row, option in zip(rows, scored(options), strict=True):
        choices.append(_choice(row, option, known, asked))
        places.setdefault(f"{fields.local_id()}.{option.id}", row)
    node = Node(
        id=fields.local_id(),
        title=fields.text("title"),
        text=fields.prose("text"),
        ask=fields.prose("ask"),
        choices=tuple(choices),
        is_repair=fields.truth("repair", default=False),
    )
    fields.end()
    return node


def _choice(row: Fields, option: Option, known: Known, asked: list[tuple[Fields, str, ChoiceKey]]) -> Choice:
    competencies = row.references("competencies", known.competencies) if row.has("competencies") else ()
    detours = []
    for each in row.mappings("next_if", "a detour") if row.has("next_if") else ():
        if not each.has("when"):
            each.problem("missing key 'when' in a detour: without a condition it is the choice's next")
        detours.append(Detour(each.text("to"), _condition(each, asked)))
        each.end()
    choice = Choice(
        option,
        row.text("next"),
        tuple(competency.id for competency in competencies),
        row.signed("time") if row.has("time") else 0,
        _condition(row, asked),
        tuple(detours),
    )
    row.end()
    return choice


def _condition(row: Fields, asked: list[tuple[Fields, str, ChoiceKey]]) -> Condition:
    """What stands under `when`; always, if nothing does."""
    fields = row.mapping("when", "a condition")
    if fields is None:
        return ALWAYS
    bounds = tuple(_bound(fields, meter) for meter in Meter if fields.has(meter))
    chosen = {key: _choice_keys(fields, key, asked) if fields.has(key) else () for key in CHOICE_KEYS}
    fields.end()
    if not bounds and not any(chosen.values()):
        fields.problem(f"a condition needs one or more of {', '.join((*Meter, *CHOICE_KEYS))}")
    return Condition(bounds, chosen["chose"], chosen["not_chose"])


def _bound(fields: Fields, meter: Meter) -> Bound:
    inner = fields.mapping(meter, f"a condition on {meter}")
    assert inner is not None
    low = inner.whole("at_least", 1, METER_TOP) if inner.has("at_least") else 0
    high = inner.whole("below", 1, METER_TOP) if inner.has("below") else METER_TOP + 1
    inner.end()
    if not inner.has("at_least") and not inner.has("below"):
        inner.problem(f"a condition on {meter} needs at_least, below or both")
    return Bound(meter, low, high)


def _choice_keys(fields: Fields, key: str, asked: list[tuple[Fields, str, ChoiceKey]]) -> tuple[ChoiceKey, ...]:
    keys = []
    for text in fields.texts(key):
        node_id, _, choice_id = text.partition(".")
        keys.append((node_id, choice_id))
        asked.append((fields, key, (node_id, choice_id)))
    return tuple(keys)


def _ending(fields: Fields) -> Ending:
    ending = Ending(fields.local_id(), fields.member("outcome", Outcome), fields.text("title"), fields.prose("text"))
    fields.end()
    return ending
