"""What every template knows: the filters, the words and the macros."""

from flask import Flask, current_app, url_for
from jinja2 import Environment
from jinja2.runtime import Macro

from trainer.catalog.prose import direction, in_latin, language_of_reading
from trainer.domain.answers import letters_of
from trainer.domain.calendar import in_zone, offset_words
from trainer.domain.content import FUNCTIONS
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
    rule_words,
    shown_forecast,
)
from trainer.web.sitting_words import ALLOWANCES, STANDINGS, clock_time, minutes_left, result_state
from trainer.web.tabs import engagement_tabs
from trainer.web.wording.dates import ago, day, day_short, span_words
from trainer.web.wording.readiness import heat_rows
from trainer.wording import (
    DOUBT_PLACES,
    EFFECTS,
    KEY_STATUS,
    KINDS,
    MAIL_KINDS,
    MARKS,
    METERS,
    OUTCOMES,
    REGISTERS,
    ROLES,
    STATES,
    count,
    count_of,
    covered_words,
    effect_state,
    figure,
    in_ten,
    number,
    percent,
    state_of,
    tenths,
)

MACROS = (
    "parts",
    "forms",
    "charts",
    "phrase",
    "dialogue",
    "examples",
    "template",
    "country",
    "provenance",
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
    "speaking",
    "charter",
)
"""Files of macros that every template knows; one may use those of the files before it."""


def path_to(endpoint: str) -> str:
    """The address of a page without arguments, made once: every page prints a dozen of them."""
    links: dict[str, str] = current_app.extensions.setdefault("entente_links", {})
    if endpoint not in links:
        links[endpoint] = url_for(endpoint)
    return links[endpoint]


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


FILTERS = {
    "day": day,
    "day_short": day_short,
    "ago": ago,
    "count": count,
    "count_of": count_of,
    "browser": browser,
    "number": number,
    "tenths": tenths,
    "in_ten": in_ten,
    "percent": percent,
    "figure": figure,
    "direction": direction,
    "in_latin": in_latin,
    "language_of_reading": language_of_reading,
    "problems_in": problems_in,
    "clock_time": clock_time,
}
STATE_WORDS = {
    "STATES": STATES,
    "MARKS": MARKS,
    "EFFECTS": EFFECTS,
    "OUTCOMES": OUTCOMES,
    "METERS": METERS,
    "KINDS": KINDS,
    "REGISTERS": REGISTERS,
    "ROLES": ROLES,
    "DOUBT_PLACES": DOUBT_PLACES,
    "MAIL_KINDS": MAIL_KINDS,
    "KEY_STATUS": KEY_STATUS,
    "FUNCTIONS": FUNCTIONS,
    "state_of": state_of,
    "effect_state": effect_state,
}
RULE_WORDS = {
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
"""What templates say of the company's rules, and of what managers see."""
ASSESSMENT_WORDS = {
    "ALLOWANCES": ALLOWANCES,
    "STANDINGS": STANDINGS,
    "result_state": result_state,
    "minutes_left": minutes_left,
}
MAKERS = {
    "asset": asset_url,
    "path_to": path_to,
    "dots": dots,
    "trend_line": trend,
    "engagement_tabs": engagement_tabs,
    "heat_rows": heat_rows,
    "covered_words": covered_words,
    "offset_words": offset_words,
    "span_words": span_words,
    "letters_of": letters_of,
    "in_zone": in_zone,
    "now": now,
}
"""What makes something of what a page gives it."""


def init_wording(app: Flask) -> None:
    app.jinja_env.filters.update(FILTERS)
    for table in (STATE_WORDS, RULE_WORDS, ASSESSMENT_WORDS, MAKERS):
        app.jinja_env.globals.update(table)
    for file in MACROS:
        app.jinja_env.globals.update(_macros(app.jinja_env, file))


def _macros(environment: Environment, file: str) -> dict[str, Macro]:
    """Macros by name, for all templates: an import would look through all names there are, on each page anew."""
    module = environment.get_template(f"macros/{file}.html").module
    return {name: macro for name, macro in vars(module).items() if isinstance(macro, Macro)}
