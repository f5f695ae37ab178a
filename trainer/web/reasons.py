"""The words of one competency's page: what is forecast, why, what an answer would change and what waiting costs."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from trainer.domain.content import Item, Scenario
from trainer.domain.mastery import MAX_DAYS, Forecast, Kind, Term
from trainer.reporting import CompetencyStory, GivenAnswer
from trainer.web import now
from trainer.web.wording import day
from trainer.wording import count, number, tenths

TERMS = {
    Term.ABILITY: "You in general, from all your answers",
    Term.STATE: "You in this competency",
    Term.MEMORY: "What you remember of these very situations",
    Term.LEVEL: "What most people bring along",
    Term.DIFFICULTY: "How hard these situations are",
    Term.NOVELTY: "How new these situations are to you",
}
SIZES = ((0.1, "hardly counts"), (0.35, "{} a little"), (0.9, "{}"), (float("inf"), "{} a lot"))
"""Up to this many log-odds, in words. 0.35 moves a half by nine in a hundred, 0.9 by twenty-one."""
STEPS = ((1, "stays as it is"), (3, "goes {} a little"), (10, "goes {}"), (101, "goes {} a lot"))
"""The same for a change of the share, in hundredths."""
KINDS_OF_ANSWER = {
    Kind.FIRST: "first time",
    Kind.REPLAY: "repeat, counts less",
    Kind.REVIEW: "in your review, counts less",
    Kind.HINTED: "with a hint, counts less",
    Kind.SELF_RATED: "your own word, counts less",
}
ALL_RIGHT, ALL_WRONG = 0.995, 0.005
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words, with the number beside them."""

    what: str
    effect: str
    number: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one more answer would do, in words, with the numbers beside them."""

    words: str
    numbers: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    title: str
    result: tuple[str, str, str]
    kind: str


def said_aloud(story: CompetencyStory) -> str:
    """The forecast as a sentence."""
    sentence = sentence_of(story.forecast, when_of(story))
    if story.forecast.answers:
        return sentence
    return f"A guess, as you have not answered anything here yet: {sentence[0].lower()}{sentence[1:]}"


def sentence_of(expected: Forecast, when: str) -> str:
    low, mean, high = (round(share * 10) for share in (expected.low, expected.mean, expected.high))
    about = {0: "Hardly any", 10: "Nearly all"}.get(mean, f"About {mean} in 10")
    scale = " in 10" if mean in (0, 10) else ""
    likely = f"likely {low} to {high}{scale}" if low < high else "and hardly more or less"
    return f"{about} of such situations handled well {when}, {likely}."


def evidence_words(story: CompetencyStory) -> str:
    """What the sentence rests on, and when that is too little."""
    expected = story.forecast
    if not expected.answers:
        return "One quiz says more than any guess."
    rests = f"It rests on {count(expected.answers, 'answer')}."
    if expected.answers < story.rules.min_answers:
        return f"{rests} That is not enough evidence yet: {number(story.rules.min_answers)} are needed."
    if expected.high - expected.low > story.rules.max_width:
        return f"{rests} That is not enough evidence yet: the range is too wide."
    return rests


def target_words(story: CompetencyStory) -> str:
    if story.target is None:
        return "No seat of yours needs it now."
    return f"Your seat needs {tenths(story.target)}."


def when_of(story: CompetencyStory) -> str:
    return "today" if story.seat is None else f"on {day(story.seat.engagement.starts_local)}"


def reasons_of(story: CompetencyStory) -> tuple[Reason, ...]:
    """Each reason in plain words, the largest first."""
    return tuple(
        Reason(_idle(story, value) if term is Term.FADING else TERMS[term], effect_words(value), _signed(value))
        for term, value in story.explanation.reasons
        if value
    )


def sum_words(story: CompetencyStory) -> str:
    """How the reasons come to the forecast."""
    explained = story.explanation
    sure, expected = _hundredths(explained.if_sure), _hundredths(explained.uncorrected)
    words = f"Together {_signed(explained.log_odds)} in log-odds, which is {sure} in 100."
    if sure != expected:
        words += f" The situations differ and none of this is known exactly, which makes it {expected} in 100."
    if (told := _hundredths(explained.forecast.mean)) != expected:
        words += f" The correction that is in force for your company makes that {told} in 100."
    return words


def effect_words(value: float) -> str:
    verb = "helps" if value > 0 else "costs"
    return next(words for limit, words in SIZES if abs(value) < limit).format(verb)


def change_of(before: float, after: float) -> Change:
    was, will = _hundredths(before), _hundredths(after)
    words = next(words for limit, words in STEPS if abs(will - was) < limit).format("up" if will > was else "down")
    if will == was:
        return Change(f"The forecast {words}.", f"{was} in 100")
    return Change(f"The forecast {words}, to about {tenths(after)}.", f"{was} to {will} in 100")


def waiting_words(story: CompetencyStory) -> str:
    """What comes of doing nothing."""
    if story.target is None or story.seat is None:
        return "It fades slowly. Nobody waits for it now, so there is no date by which it would be too low."
    needed, partner = f"the {tenths(story.target)} that your seat needs", story.seat.engagement.partner
    if story.days_held == 0:
        return f"It is below {needed} already, and rest alone does not bring it there."
    if story.days_held is None:
        return f"It stays above {needed} for at least {count(MAX_DAYS, 'day')}."
    falls = now() + timedelta(days=story.days_held)
    order = "before" if falls < story.on else "after"
    return f"It falls below {needed} on {day(falls)}: {order} the meeting with {partner}."


def answer_line(given: GivenAnswer) -> AnswerLine:
    kind = "assessment" if given.is_assessed else KINDS_OF_ANSWER[given.kind]
    return AnswerLine(_title(given), _result(given.score), kind)


def _idle(story: CompetencyStory, value: float) -> str:
    days = story.explanation.days
    if days is None:
        idle = "Time without any practice"
    else:
        idle = f"{count(round(days), 'day') if round(days) else 'Less than a day'} without practice"
    by_then = "" if story.seat is None else " by then"
    drift = ": all drifts back to what is usual" if value >= SIZES[0][0] else ""
    return f"{idle}{by_then}{drift}"


def _title(given: GivenAnswer) -> str:
    if given.item is None:
        return "A situation that is taught no more"
    if isinstance(given.item.interaction, Scenario):
        scenario = given.item.interaction
        node = scenario.nodes.get(given.node or "")
        return f"{scenario.title}: {node.title}" if node else scenario.title
    return _shortened(given.item)


def _shortened(item: Item) -> str:
    words = Markup(item.stem.html).striptags()  # noqa: S704 - it is made plain here, and escaped where it is printed
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "\N{NO-BREAK SPACE}…"


def _result(score: float | None) -> tuple[str, str, str]:
    if score is None:
        return "none", "Not told", "–"
    if score >= ALL_RIGHT:
        return "above", "Right", "▲"
    if score <= ALL_WRONG:
        return "below", "Not right", "▽"
    return "near", "Partly", "◇"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0.0"


def _hundredths(share: float) -> int:
    return round(share * 100)
