"""The words for states, marks, dates and amounts: one place for what templates print."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from flask import Flask, current_app, url_for
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from trainer.catalog.prose import direction
from trainer.domain.answers import letters_of
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.company import Visibility
from trainer.domain.content import FUNCTIONS, Competency, CompetencyKind, Effect, Mark, Meter, Outcome, Register
from trainer.domain.readiness import Band, Readiness, SeatState, Standing
from trainer.reporting import EngagementHead
from trainer.web import now
from trainer.web.assets import asset_url
from trainer.web.charts import dots, trend
from trainer.web.forms import problems_in
from trainer.web.rules import (
    FIGURES,
    NOT_SEEN_OF_YOU,
    RULES,
    SEEN_BY_MANAGER,
    SEEN_OF_YOU,
    VISIBILITIES,
    VISIBILITY_HINTS,
    differences,
    in_ten,
    rule_words,
    shown_forecast,
)
from trainer.web.sitting_words import ALLOWANCES, STANDINGS, clock_time, minutes_left, result_state

STATES = {
    SeatState.OPEN: ("open", "Nobody yet", "○"),
    SeatState.NOT_STARTED: ("none", "Not started", "–"),
    SeatState.NO_EVIDENCE: ("none", "Not enough evidence", "?"),
    SeatState.NOT_READY: ("below", "Not ready", "▽"),
    SeatState.BORDERLINE: ("near", "Borderline", "◇"),
    SeatState.READY: ("above", "Ready", "▲"),
}
"""State to css name, words and mark: colour never stands alone."""
MARKS = {
    Mark.CONSENSUS: ("Widely agreed", "Two or more independent sources, or a law or library, say so."),
    Mark.CONTESTED: ("Contested", "Sources disagree, or there are only old or single ones."),
    Mark.STEREOTYPE_RISK: ("Tendency", "True of some, often; never use it to judge a person."),
}
EFFECTS = {
    Effect.BEST: ("above", "Best next step", "▲"),
    Effect.ACCEPTABLE: ("near", "Acceptable", "◇"),
    Effect.WEAK: ("below", "Weak", "▽"),
    Effect.HARMFUL: ("below", "Harmful", "✕"),
}
BEST_OPEN = ("above", "The best that was open", "▲")
OUTCOMES = {
    Outcome.AGREEMENT: ("above", "Agreement", "▲"),
    Outcome.POSTPONED: ("near", "Postponed with respect", "◇"),
    Outcome.DAMAGED: ("below", "Relationship damaged", "✕"),
}
METERS = {Meter.TRUST: "Trust", Meter.CLARITY: "Clarity", Meter.TIME: "Time"}
KINDS = {
    CompetencyKind.LANGUAGE: "Language",
    CompetencyKind.ETIQUETTE: "Etiquette",
    CompetencyKind.COMMUNICATION: "Communication",
    CompetencyKind.PARTNERING: "Working together",
}
REGISTERS = {
    Register.CASUAL: "casual",
    Register.NEUTRAL: "neutral",
    Register.POLITE: "polite",
    Register.FORMAL: "formal",
    Register.VERY_FORMAL: "very formal",
}
KEY_STATUS = {
    "author": "The keys are the author's; people of this culture have not rated them yet.",
    "reviewed": "The keys were reviewed by a second person.",
    "rated": "The keys were rated by people of this culture.",
}
MACROS = (
    "parts",
    "forms",
    "charts",
    "phrase",
    "quiz",
    "scenario",
    "review",
    "engagement",
    "study",
    "rules",
    "sitting",
    "recording",
    "imports",
    "authoring",
    "term",
)
"""Files of macros that every template knows; one may use those of the files before it."""
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def init_wording(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day,
        day_short=day_short,
        ago=ago,
        count=count,
        count_of=count_of,
        browser=browser,
        number=number,
        tenths=tenths,
        in_ten=in_ten,
        percent=percent,
        figure=figure,
        direction=direction,
        problems_in=problems_in,
        clock_time=clock_time,
    )
    app.jinja_env.globals.update(_rule_words())
    app.jinja_env.globals.update(
        ALLOWANCES=ALLOWANCES, STANDINGS=STANDINGS, result_state=result_state, minutes_left=minutes_left
    )
    app.jinja_env.globals.update(
        asset=asset_url,
        path_to=path_to,
        dots=dots,
        trend_line=trend,
        heat_rows=heat_rows,
        STATES=STATES,
        MARKS=MARKS,
        EFFECTS=EFFECTS,
        OUTCOMES=OUTCOMES,
        METERS=METERS,
        KINDS=KINDS,
        REGISTERS=REGISTERS,
        KEY_STATUS=KEY_STATUS,
        FUNCTIONS=FUNCTIONS,
        state_of=state_of,
        effect_state=effect_state,
        verdict=verdict,
        offset_words=offset_words,
        letters_of=letters_of,
        in_zone=in_zone,
        now=now,
    )
    for file in MACROS:
        app.jinja_env.globals.update(_macros(app.jinja_env, file))


def _rule_words() -> dict[str, object]:
    """What templates say of the company's rules, and of what managers see."""
    return {
        "RULES": RULES,
        "FIGURES": FIGURES,
        "NOT_SEEN_OF_YOU": NOT_SEEN_OF_YOU,
        "VISIBILITIES": VISIBILITIES,
        "VISIBILITY_HINTS": VISIBILITY_HINTS,
        "SEEN_BY_MANAGER": SEEN_BY_MANAGER,
        "SEEN_OF_YOU": SEEN_OF_YOU,
        "differences": differences,
        "rule_words": rule_words,
        "shown_forecast": shown_forecast,
    }


def _macros(environment: Environment, file: str) -> dict[str, Macro]:
    """Macros by name, for all templates: an import would look through all names there are, on each page anew."""
    module = environment.get_template(f"macros/{file}.html").module
    return {name: macro for name, macro in vars(module).items() if isinstance(macro, Macro)}


def path_to(endpoint: str) -> str:
    """The address of a page without arguments, made once: every page prints a dozen of them."""
    links: dict[str, str] = current_app.extensions.setdefault("entente_links", {})
    if endpoint not in links:
        links[endpoint] = url_for(endpoint)
    return links[endpoint]


def effect_state(effect: Effect | None, score: float) -> tuple[str, str, str]:
    """How a choice is called; the best of those that were open is so called, though a better one was closed."""
    return BEST_OPEN if score >= 1.0 and effect is not Effect.BEST else EFFECTS[effect or Effect.WEAK]


def state_of(band: Band | SeatState) -> tuple[str, str, str]:
    return STATES[SeatState(band.value)]


def number(value: int) -> str:
    """A small number as a word."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def count(value: int, one: str, many: str | None = None) -> str:
    return f"{value} {one if value == 1 else many or one + 's'}"


def count_of(things: Sequence[object], one: str, many: str | None = None) -> str:
    return count(len(things), one, many)


def browser(user_agent: str) -> str:
    """A browser and its device in words, from what it says of itself."""
    names = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "Mac",
        "Linux": "Linux",
    }
    name = next((words for sign, words in names.items() if sign in user_agent), "A browser")
    system = next((words for sign, words in systems.items() if sign in user_agent), "a device")
    return f"{name} on {system}"


def tenths(share: float) -> str:
    """A share in words that a person would use."""
    return f"{round(share * 10)} in 10"


def percent(share: float) -> str:
    return f"{share:.0%}"


def figure(value: float, digits: int) -> str:
    """A number with so many digits, without a zero below 0 and with a minus that is one."""
    return f"{value:z.{digits}f}".replace("-", "−")


def day(value: date | datetime) -> str:
    return f"{value:%A} {value.day} {value:%B}" + ("" if value.year == now().year else f" {value.year}")


def day_short(value: date | datetime) -> str:
    return f"{value.day} {value:%b}" + ("" if value.year == now().year else f" {value.year}")


def ago(value: datetime) -> str:
    """How long ago, in the largest unit that fits."""
    passed = now() - value
    if passed < timedelta(days=1):
        return "today" if passed < timedelta(hours=12) else "yesterday"
    if passed < timedelta(days=14):
        return f"{count(max(1, passed.days), 'day')} ago"
    if passed < timedelta(days=61):
        return f"{passed.days // 7} weeks ago"
    return f"{passed.days // 30} months ago"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def verdict(head: EngagementHead, readiness: Readiness, competencies: Mapping[str, Competency]) -> Markup:
    """The first line of a manager's page: a sentence that can be said aloud."""
    when = escape(day(head.starts_local))
    partner = escape(head.partner)
    total = len(readiness.seats)
    if not total:
        return Markup("No seats are planned yet for {} on {}.").format(partner, when)
    ready = readiness.ready_seats
    subject = f"{number(ready).capitalize() if ready else 'None'} of {number(total)} seats" if total > 1 else "The seat"
    if ready == total:
        subject = f"All {number(total)} seats" if total > 1 else "The seat"
    are = "is" if total == 1 or ready <= 1 else "are"
    negation = " not" if total == 1 and not ready else ""
    sentence = Markup("{} {}{} ready for {} on {}").format(subject, are, negation, partner, when)
    return sentence + _weakest_words(readiness, competencies) + "."


def _weakest_words(readiness: Readiness, competencies: Mapping[str, Competency]) -> Markup:
    weakest = readiness.weakest
    if weakest is None:
        return Markup("")
    seat = _inside(weakest.seat.title)
    if weakest.person is None:
        return Markup("; nobody has the seat of {} yet").format(seat)
    if weakest.competency is None:
        return Markup("; the weakest seat is the {}’s").format(seat)
    competency = competencies[weakest.competency]
    is_name = competency.kind is CompetencyKind.LANGUAGE
    title = competency.title if is_name else _inside(competency.title)
    return Markup("; the weakest seat is the {}’s: {}").format(seat, title)


def _inside(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def heat_rows(readiness: Readiness, columns: Sequence[str], visibility: Visibility) -> Markup:
    """The rows of the heat map, made in one pass: a table of 50 seats is too much for nested template loops."""
    rows = []
    for seat in readiness.seats:
        for person in seat.people:
            by_competency = {each.requirement.competency: each for each in person.standings}
            cells = "".join(_heat_cell(by_competency.get(name), visibility) for name in columns)
            head = (
                f'<th scope="row">{escape(person.person.name)} <span class="meta">{escape(seat.seat.title)}</span></th>'
            )
            rows.append(f"<tr>{head}{cells}</tr>")
    return Markup("".join(rows))  # noqa: S704 - every name in it is escaped above


def _heat_cell(standing: Standing | None, visibility: Visibility) -> str:
    if standing is None:
        return '<td class="heat-none"></td>'
    css, words, mark = state_of(standing.band)
    days = (now() - standing.last_at).days if standing.last_at else None
    evidence = count(standing.forecast.answers, "answer") + ("" if days is None else f", {count(days, 'day')}")
    number = shown_forecast(standing, visibility)
    return (
        f'<td class="heat-{css}"><span aria-hidden="true">{mark}</span> {words}'
        + (f'<br><span class="num">{number}</span>' if number else "")
        + f'<br><span class="meta">{evidence}</span></td>'
    )
