"""Checks the shape of a branching scenario: that every place is reachable, leads on, and can end well."""

from collections.abc import Iterator, Mapping

from trainer.domain.content import Effect, Outcome, Scenario
from trainer.domain.scenario import best_path

MIN_NODES = 5


def check_scenario(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Mistakes as (id of the node or ending, message); an empty id means the scenario as a whole."""
    links = {node.id: tuple(choice.next for choice in node.choices) for node in scenario.nodes.values()}
    places = scenario.nodes.keys() | scenario.endings.keys()
    yield from _shape(scenario)
    if scenario.start not in scenario.nodes:
        yield "", f"start {scenario.start!r} is not a node"
        return
    for node_id, targets in links.items():
        for target in targets:
            if target not in places:
                yield node_id, f"leads to {target!r}, which is neither a node nor an ending"
    reachable = _reach(links, scenario.start)
    for place in sorted(places - reachable):
        yield place, f"unreachable: no choice leads from the start to {place!r}"
    for node_id in sorted(scenario.nodes.keys() & reachable):
        if not _reach(links, node_id) & scenario.endings.keys():
            yield node_id, f"dead end: no ending can be reached from {node_id!r}"
    yield from _best_ending(scenario)


def _shape(scenario: Scenario) -> Iterator[tuple[str, str]]:
    if len(scenario.nodes) < MIN_NODES:
        yield "", f"a branching scenario needs {MIN_NODES} nodes or more, not {len(scenario.nodes)}"
    if not any(node.is_repair for node in scenario.nodes.values()):
        yield "", "a branching scenario needs a repair node (repair: true)"
    if {ending.outcome for ending in scenario.endings.values()} != set(Outcome):
        yield "", "the endings must cover " + ", ".join(Outcome)


def _best_ending(scenario: Scenario) -> Iterator[tuple[str, str]]:
    if any(all(choice.option.effect is not Effect.BEST for choice in node.choices) for node in scenario.nodes.values()):
        return
    last = best_path(scenario)[-1].next
    ending = scenario.endings.get(last)
    if ending is None or ending.outcome is not Outcome.AGREEMENT:
        yield "", f"no path to the best ending: the best choices from the start lead to {last!r}"


def _reach(links: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Every place that choices can lead to from `start`, itself included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting.extend(links.get(place, ()))
    return seen
