"""Asks axe about the page as it is shown now."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import AxeResults
from playwright.sync_api import Page

ALL_RULES: dict[str, list[str]] = {"resultTypes": ["violations"]}
COLOUR_RULES = {**ALL_RULES, "runOnly": ["color-contrast", "link-in-text-block"]}
"""Those that dark can break: it changes colours and nothing else."""
RUN = "rules => axe.run(document, rules).then(({ violations }) => ({ violations }))"


def ask_axe(page: Page, rules: dict[str, list[str]] = ALL_RULES) -> list[str]:
    """What it finds, in words."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(RUN, rules))
    return [str(found.generate_report())] if found.violations_count else []
