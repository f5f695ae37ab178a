"""Checks a branching scenario: that every place is reached, something can always be chosen, and it can end well."""

from collections.abc import Iterator, Mapping, Sequence

from trainer.domain.content import ChoiceKey, Outcome, Scenario
from trainer.domain.scenario import MAX_STATES, Graph, State, best_moves, graph_of

MIN_NODES = 5


def check_scenario(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Mistakes as (id of the node or ending, or node.choice, message); an empty id means the scenario as a whole."""
    yield from _shape(scenario)
    if scenario.start not in scenario.nodes:
        yield "", f"start {scenario.start!r} is not a node"
        return
    broken = list(_broken_links(scenario))
    yield from broken
    if not broken:
        found = list(_state_mistakes(scenario, graph_of(scenario)))
        yield from found
        if not found:
            yield from _best_ending(scenario)


def _shape(scenario: Scenario) -> Iterator[tuple[str, str]]:
    if len(scenario.nodes) < MIN_NODES:
        yield "", f"a branching scenario needs {MIN_NODES} nodes or more, not {len(scenario.nodes)}"
    if not any(node.is_repair for node in scenario.nodes.values()):
        yield "", "a branching scenario needs a repair node (repair: true)"
    if {ending.outcome for ending in scenario.endings.values()} != set(Outcome):
        yield "", "the endings must cover " + ", ".join(Outcome)


def _broken_links(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is wrong whatever the conditions say."""
    links = {
        node.id: tuple(target for choice in node.choices for target in choice.targets)
        for node in scenario.nodes.values()
    }
    places = scenario.nodes.keys() | scenario.endings.keys()
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


def _state_mistakes(scenario: Scenario, graph: Graph) -> Iterator[tuple[str, str]]:
    """What is wrong once the conditions are taken into account, in any state that can be come to."""
    if not graph.is_whole:
        yield "", f"its conditions make more than {MAX_STATES} states, too many to check: ask for fewer things in them"
        return
    empty = [state for state, moves in graph.moves.items() if not moves and state.place in scenario.nodes]
    yield from _one_a_place(graph, empty, "nothing can be chosen at {place!r}{way}: let one choice stand without when")
    if not empty:
        without_exit = _without_exit(scenario, graph)
        words = "loop without exit: at {place!r}{way} no ending can be reached any more"
        yield from _one_a_place(graph, without_exit, words)
    visited = {state.place for state in graph.moves}
    for place in sorted((scenario.nodes.keys() | scenario.endings.keys()) - visited):
        yield place, f"unreachable: the conditions never let anyone come to {place!r}"
    yield from _never(scenario, graph, visited)


def _without_exit(scenario: Scenario, graph: Graph) -> list[State]:
    """States from which no ending can be reached."""
    before: dict[State, list[State]] = {}
    for state, moves in graph.moves.items():
        for move in moves:
            before.setdefault(move.to, []).append(state)
    waiting = [state for state in graph.moves if state.place in scenario.endings]
    good: set[State] = set()
    while waiting:
        state = waiting.pop()
        if state not in good:
            good.add(state)
            waiting.extend(before.get(state, ()))
    return [state for state in graph.moves if state not in good]


def _one_a_place(graph: Graph, states: Sequence[State], words: str) -> Iterator[tuple[str, str]]:
    """Of each place the state that is reached by the shortest way."""
    told: set[str] = set()
    for state in states:
        if state.place not in told:
            told.add(state.place)
            yield state.place, words.format(place=state.place, way=_way_words(graph.way_to(state)))


def _never(scenario: Scenario, graph: Graph, visited: set[str]) -> Iterator[tuple[str, str]]:
    """Choices that are never offered, and detours that are never taken."""
    taken: dict[ChoiceKey, set[str]] = {}
    for state, moves in graph.moves.items():
        for move in moves:
            taken.setdefault((state.place, move.choice.option.id), set()).add(move.to.place)
    for node, choice in scenario.choices:
        if node.id not in visited:
            continue
        name = f"{node.id}.{choice.option.id}"
        places = taken.get((node.id, choice.option.id))
        if places is None:
            yield name, f"never offered: the condition of {name!r} never holds"
            continue
        for detour in choice.detours:
            if detour.to not in places:
                yield name, f"never taken: the condition of {name!r} for {detour.to!r} never holds first"


def _best_ending(scenario: Scenario) -> Iterator[tuple[str, str]]:
    moves = best_moves(scenario)
    last = moves[-1].to.place if moves else scenario.start
    ending = scenario.endings.get(last)
    if ending is None or ending.outcome is not Outcome.AGREEMENT:
        yield "", f"no path to the best ending: the best choices from the start lead to {last!r}"


def _way_words(keys: Sequence[ChoiceKey]) -> str:
    return f" after {', '.join(f'{node}.{choice}' for node, choice in keys)}" if keys else ""


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
