"""What the page of content health says first, in sentences that can be said aloud."""

from collections.abc import Sequence

from trainer.domain.item_analysis import Analysis
from trainer.domain.readiness import MIN_GROUP
from trainer.reporting import ContentHealth, ReportedFact
from trainer.web.wording import day
from trainer.wording import count, number


def said_aloud(health: ContentHealth, reports: Sequence[ReportedFact]) -> str:
    due = len(health.due)
    reported = len({report.fact_id for report in reports if report.closed_at is None})
    facts = f"{number(due).capitalize()} {'facts are' if due > 1 else 'fact is'} due for another check"
    return f"{facts}, {_reported(reported)}, and {_needing(health)}."


def due_words(health: ContentHealth) -> str:
    """When the next fact will be due."""
    if health.next_due is None:
        return "" if health.due else "There are no facts yet."
    if health.due:
        return f"The next will be due on {day(health.next_due.due_on)}."
    return f"None is due. The first will be on {day(health.next_due.due_on)}."


def answered_words(analyses: Sequence[Analysis]) -> str:
    """On how much the figures rest."""
    known = sum(bool(analysis.people) for analysis in analyses)
    if not known:
        return f"There are no figures yet: nothing has been answered by {number(MIN_GROUP)} people or more."
    steps = count(len(analyses), "question and step of a conversation", "questions and steps of conversations")
    return f"Of {steps}, {known} were answered by {number(MIN_GROUP)} people or more."


def _needing(health: ContentHealth) -> str:
    """First signs are told only where nothing is surer."""
    items, signs = _items(health.to_look_at), _items(health.signs)
    if items:
        return f"{number(items)} {'items need' if items > 1 else 'item needs'} a look"
    if signs:
        return f"no item surely needs a look; {number(signs)} {'show' if signs > 1 else 'shows'} first signs"
    return "no item needs a look"


def _items(analyses: Sequence[Analysis]) -> int:
    """Steps of one conversation are one item."""
    return len({analysis.asked.item.id for analysis in analyses})


def _reported(facts: int) -> str:
    return "none is reported" if not facts else f"{number(facts)} {'is' if facts == 1 else 'are'} reported"
