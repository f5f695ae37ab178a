"""The author's map of a scenario: its steps, choices, conditions and endings, with the best way and what to review."""

from dataclasses import dataclass

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trainer.domain.access import Action
from trainer.domain.content import Bound, Choice, ChoiceKey, Condition, Item, Meter, Scenario
from trainer.domain.flags import flags_of_item
from trainer.domain.scenario import best_way, graph_of
from trainer.web import authorize, content, found, page
from trainer.web.scenario_map import ChoiceRow, NodeBox, draw_map
from trainer.wording import EFFECTS, METERS

bp = Blueprint("scenarios", __name__, url_prefix="/content/scenarios")


@dataclass(frozen=True)
class Row:
    """A scenario in the list, with how much there is to review in it."""

    item: Item
    title: str
    course: str
    steps: int
    states: int
    flags: int


@bp.get("")
def list_scenarios() -> ResponseReturnValue:
    authorize(Action.TEND_CONTENT)
    rows = [
        Row(
            item,
            item.interaction.title,
            content().courses[content().quizzes[item.quiz_id].course_id].title,
            len(item.interaction.nodes),
            len(graph_of(item.interaction).moves),
            len(list(flags_of_item(item))),
        )
        for item in content().items.values()
        if isinstance(item.interaction, Scenario)
    ]
    return page("desk/scenarios.html", rows=rows)


@bp.get("/<item_id>")
def show_scenario(item_id: str) -> ResponseReturnValue:
    authorize(Action.TEND_CONTENT)
    item = found(content().items.get(item_id))
    scenario = item.interaction if isinstance(item.interaction, Scenario) else None
    boxes = node_boxes(found(scenario), item)
    way = best_way(found(scenario))
    return page(
        "desk/scenario.html",
        item=item,
        quiz=content().quizzes[item.quiz_id],
        scenario=scenario,
        boxes=boxes,
        picture=draw_map(found(scenario), boxes),
        best_titles=[found(scenario).nodes[key[0]].title for key in best_keys(found(scenario))],
        best_ending=way.ending if way else None,
        flags=list(flags_of_item(item)),
        states=len(graph_of(found(scenario)).moves),
    )


def best_keys(scenario: Scenario) -> tuple[ChoiceKey, ...]:
    """The choices of the best way, in order."""
    way = best_way(scenario)
    if way is None:
        return ()
    places = [graph_of(scenario).start.place, *(move.to.place for move in way.moves)]
    return tuple((place, move.choice.option.id) for place, move in zip(places, way.moves, strict=False))


def node_boxes(scenario: Scenario, item: Item) -> tuple[NodeBox, ...]:
    best = set(best_keys(scenario))
    flagged = {flag.place for flag in flags_of_item(item)}
    return tuple(
        NodeBox(
            node.id,
            node.title,
            node.is_repair,
            tuple(
                ChoiceRow(
                    id=choice.option.id,
                    text=choice.option.text,
                    state=EFFECTS[choice.option.effect] if choice.option.effect else ("none", "", "–"),
                    moves=moves_words(choice),
                    when=condition_words(choice.when),
                    targets=targets_of(choice),
                    is_best=(node.id, choice.option.id) in best,
                    is_flagged=f"{node.id}.{choice.option.id}" in flagged,
                )
                for choice in node.choices
            ),
        )
        for node in scenario.nodes.values()
    )


def moves_words(choice: Choice) -> str:
    """What a choice does to the meters, such as "Trust +2, Time −1"."""
    moves = {Meter.TRUST: choice.option.trust, Meter.CLARITY: choice.option.clarity, Meter.TIME: choice.time}
    words = [f"{METERS[meter]} {_signed(value)}" for meter, value in moves.items() if value]
    return ", ".join(words) or "no change"


def targets_of(choice: Choice) -> tuple[tuple[str, str], ...]:
    """Where a choice leads, each with its condition in words; the last is where it leads otherwise."""
    detours = tuple((detour.to, condition_words(detour.when)) for detour in choice.detours)
    return (*detours, (choice.next, "otherwise" if detours else ""))


def condition_words(condition: Condition) -> str:
    """A condition in a few words; nothing when it always holds."""
    words = [_bound_words(bound) for bound in condition.bounds]
    words += [f"after {node}.{choice}" for node, choice in condition.chose]
    words += [f"not after {node}.{choice}" for node, choice in condition.not_chose]
    return ", ".join(words)


def _bound_words(bound: Bound) -> str:
    name = METERS[bound.meter].lower()
    if not bound.at_least:
        return f"{name} below {bound.below}"
    if bound.below == Bound(bound.meter).below:
        return f"{name} {bound.at_least} or more"
    return f"{name} {bound.at_least} or more and below {bound.below}"


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{-value}"
