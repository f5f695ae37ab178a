"""The words of one thing that is asked: what it is called, how many answered, and what the figures say."""

from markupsafe import Markup

from trainer.domain.content import Cloze, Item, ItemType, Matching, MostAndLeast, Prose, RateEach, Scenario
from trainer.domain.item_analysis import MIN_FOR_A_SIGN, MIN_TO_CORRELATE, Analysis, Asked, Estimate
from trainer.domain.readiness import MIN_GROUP
from trainer.wording import count, figure, number

TYPES = {
    ItemType.BEST_NEXT_STEP: "Best next step",
    ItemType.CHOICE: "Choice",
    ItemType.MULTIPLE_CHOICE: "Multiple choice",
    ItemType.WHAT_DOES_IT_MEAN: "What does it mean",
    ItemType.RATE_EACH: "Rate each",
    ItemType.MOST_AND_LEAST: "Most and least effective",
    ItemType.SPOT_THE_PROBLEM: "Spot the problem",
    ItemType.TYPED: "Typed",
    ItemType.CLOZE: "Gaps in a text",
    ItemType.LISTENING: "Listening",
    ItemType.DICTATION: "Dictation",
    ItemType.ORDERING: "Put in order",
    ItemType.MATCHING: "Matching",
    ItemType.NUMERIC: "Number",
    ItemType.CALENDAR: "Calendar",
    ItemType.BRANCHING: "Conversation that branches",
}
FEW = f"fewer than {number(MIN_GROUP)}"
LONGEST_TITLE, LONGEST_OPTION = 80, 70
APART = ((0.4, "tells well who is prepared"), (0.2, "tells somewhat who is prepared"), (-1.0, "tells hardly anything"))
"""From this correlation on, in words. Ebel's bands of 1965, his two in the middle joined."""
LOOK, SIGN = ("below", "Needs a look", "▽"), ("near", "First sign", "◇")
NOTHING_FOUND, TOO_FEW = ("above", "Nothing found", "▲"), ("none", "Too few answers", "?")


def title_of(item: Item, node_id: str | None = None) -> str:
    """A short name: of a conversation its title, with that of the step; else how the situation begins."""
    if isinstance(item.interaction, Scenario):
        node = item.interaction.nodes.get(node_id or "")
        return f"{item.interaction.title}: {node.title}" if node else item.interaction.title
    return shortened(item.stem, LONGEST_TITLE)


def asked_title(asked: Asked) -> str:
    return title_of(asked.item, asked.node.id if asked.node else None)


def shortened(prose: Prose, longest: int) -> str:
    words = str(Markup(prose.html).striptags())  # noqa: S704 - it is made plain here, and escaped where it is printed
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "\N{NO-BREAK SPACE}…"


def state_words(analysis: Analysis) -> tuple[str, str, str]:
    if analysis.needs_a_look:
        return LOOK
    if analysis.has_a_sign:
        return SIGN
    return NOTHING_FOUND if analysis.people >= MIN_FOR_A_SIGN else TOO_FEW


def people_words(analysis: Analysis) -> str:
    return count(analysis.people, "person", "people") if analysis.people else f"{FEW} answers"


def apart_words(found: Estimate | None) -> str:
    if found is None:
        return f"not enough: it takes {MIN_TO_CORRELATE} people who did not all score the same"
    words = next(words for least, words in APART if found.value >= least)
    return f"{figure(found.value, 2)} ({figure(found.low, 2)} to {figure(found.high, 2)}): {words}"


def score_words(mean: Estimate) -> str:
    return f"{mean.value:.0%} ({mean.low:.0%} to {mean.high:.0%})"


def time_words(seconds: float | None) -> str:
    if seconds is None:
        return "not enough"
    return f"{round(seconds)} s" if seconds < 120 else f"{round(seconds / 60)} min"


def part_words(asked: Asked, part: str) -> str:
    """A gap, a pair or an option that is rated, as the author would know it."""
    match asked.item.interaction:
        case Matching(pairs=pairs):
            return next((shortened(pair.left.text, LONGEST_OPTION) for pair in pairs if pair.left.id == part), part)
        case Cloze():
            return f"gap “{part}”"
        case MostAndLeast():
            return f"the {part} effective option"
        case RateEach(options=options):
            return next((shortened(each.text, LONGEST_OPTION) for each in options if each.id == part), part)
        case _:
            return part
