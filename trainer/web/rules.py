"""The words of the company's rules: what each does, what has changed, and what a manager is shown of a person."""

from dataclasses import dataclass

from trainer.domain.company import CompanyRules, Visibility
from trainer.domain.readiness import Band, Rules, Standing
from trainer.wording import in_ten


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`asked` is the title where the rule is typed; `limits` say what may be chosen, and what is shipped."""

    title: str
    asked: str
    meaning: str
    limits: str


RULES = {
    "min_answers": RuleWords(
        "Answers needed",
        "Answers needed",
        "With fewer answers in a competency a person has “not enough evidence” there, which is never “not ready”. "
        "More make the bands surer, and come later.",
        "A whole number from 3 to 30. Entente comes with 5.",
    ),
    "max_width": RuleWords(
        "Widest range",
        "Widest range, in tenths",
        "A forecast has a range in which it lies 8 times of 10. If the range is wider than this, there is not enough "
        "evidence either. Smaller is stricter.",
        "From 1.5 to 6 in 10. Entente comes with 4.",
    ),
    "ready_margin": RuleWords(
        "Room below the target",
        "Room below the target, in tenths",
        "“Ready” needs the middle of the forecast to reach the seat’s target, and its low end to be no further below "
        "the target than this. Smaller is stricter.",
        "From 0 to 2.5 in 10. Entente comes with 1.",
    ),
    "interpreter_target": RuleWords(
        "Language situations without an interpreter",
        "Language situations without an interpreter, of ten",
        "An interpreter is advised when nobody in a speaking seat is expected to handle this many of ten language "
        "situations. No CEFR level can be cited for such a line: it is your company’s own choice.",
        "From 3 to 9.5. Entente comes with 6.",
    ),
}
VISIBILITIES = {
    Visibility.BANDS: (
        "Bands only",
        "For what a seat needs: ready, borderline, not ready, not enough evidence or not started, with the number of "
        "answers and the age of the last. No number says how well a person does.",
    ),
    Visibility.FORECAST: (
        "Bands and forecasts",
        "The same, and where there is enough evidence the forecast behind each band, such as 7 in 10 (5 to 8). Each "
        "person is told on their progress page, with the day and the reason.",
    ),
}
"""Title, and what managers see of a person. They never see answers, scores, failed attempts or study times."""
VISIBILITY_HINTS = {
    Visibility.BANDS: VISIBILITIES[Visibility.BANDS][1],
    Visibility.FORECAST: (
        f"{VISIBILITIES[Visibility.FORECAST][1]} Numbers invite comparing people whose ranges overlap, which tells "
        "nothing. Ask your works council or data protection officer first."
    ),
}
"""For whoever decides."""
SEEN_BY_MANAGER = {
    Visibility.BANDS: "You see bands, the amount of evidence and its age, never answers or scores.",
    Visibility.FORECAST: (
        "You see bands, the forecast behind each where there is enough evidence (your company has decided so), the "
        "amount of evidence and its age, never answers or scores."
    ),
}
ALSO_SEEN = (
    "They also see which of these bands changed since last week, and your name where you are ready for a seat that "
    "somebody else has."
)
SEEN_OF_YOU = {
    Visibility.BANDS: (
        "Only the bands below, how much evidence they rest on and how old it is. Never your answers, scores, attempts "
        "or study times. " + ALSO_SEEN
    ),
    Visibility.FORECAST: (
        "The bands below, the forecast behind each where there is enough evidence, how much it rests on and how old "
        "that is. Never your answers, scores, attempts or study times. " + ALSO_SEEN
    ),
}

NOT_SEEN_OF_YOU = {
    Visibility.BANDS: "That, and no more: not the numbers above, your answers, your attempts or your study times.",
    Visibility.FORECAST: "That, and no more: not your answers, your attempts or your study times.",
}
FIGURES = {
    Visibility.BANDS: "Figures: answers, and days since the last.",
    Visibility.FORECAST: (
        "Figures: how many of ten such situations a person is expected to handle well on the day, in brackets the "
        "range in which that lies 8 times of 10; then answers, and days since the last."
    ),
}
"""What stands in the map of an engagement."""


def rule_words(name: str, rules: Rules) -> str:
    value = getattr(rules, name)
    return str(value) if name == "min_answers" else in_ten(value)


def differences(before: Rules, after: Rules) -> list[str]:
    """What `after` asks instead of `before`, rule by rule."""
    return [
        f"{words.title.lower()}: {rule_words(name, after)} instead of {rule_words(name, before)}"
        for name, words in RULES.items()
        if getattr(before, name) != getattr(after, name)
    ]


def changes_of(before: CompanyRules, after: CompanyRules) -> list[str]:
    """The same with what managers see."""
    changes = differences(before.rules, after.rules)
    if before.visibility is not after.visibility:
        now, earlier = (VISIBILITIES[each.visibility][0].lower() for each in (after, before))
        changes.insert(0, f"managers see: {now} instead of {earlier}")
    return [change.capitalize() for change in changes]


def shown_forecast(standing: Standing, visibility: Visibility) -> str:
    """The number that a manager is shown, and the learner with it; nothing where none is, as of a guess."""
    if visibility is Visibility.BANDS or standing.band in (Band.NOT_STARTED, Band.NO_EVIDENCE):
        return ""
    expected = standing.forecast
    low, mean, high = (round(share * 10) for share in (expected.low, expected.mean, expected.high))
    return f"{mean} in 10 ({low} to {high})".replace(" ", "\N{NO-BREAK SPACE}")
