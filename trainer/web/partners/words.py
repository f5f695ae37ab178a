"""The words of partner files: what a value means, said in plain English."""

from datetime import date

from trainer.domain.parties import Party
from trainer.domain.partners import ConsentBasis, NameOrder, Promise, PromiseState

PARTIES = {Party.OURS: "We promised", Party.THEIRS: "They promised"}
PROMISE_STATES = {
    PromiseState.OPEN: ("near", "Open", "◇"),
    PromiseState.KEPT: ("above", "Kept", "▲"),
    PromiseState.BROKEN: ("below", "Broken", "▽"),
}
"""State to css name, words and mark."""
OVERDUE = ("below", "Late", "▽")
NAME_ORDERS = {
    NameOrder.GIVEN_FIRST: "Given name first",
    NameOrder.FAMILY_FIRST: "Family name first",
}
BASES = {
    ConsentBasis.INTEREST: "Legitimate interest: we need it to work together",
    ConsentBasis.CONSENT: "They agreed",
    ConsentBasis.CONTRACT: "A contract with them needs it",
}
STATE_OWNED = {None: "Not known", True: "Yes", False: "No"}
PLACES = {
    "company": "Name",
    "products": "Products",
    "person": "Person",
    "promise": "Promise",
    "question": "Question",
    "news": "News",
    "in_common": "In common",
    "rules": "Gifts and meals",
    "research": "Research",
    "language": "Languages",
    "file": "File",
}
"""Where something was found, by the name that the search gives it."""
STATE_OWNED_WARNING = (
    "State-owned: many laws treat its people as public officials. Even a small gift or a paid meal can be a bribe "
    "there. Ask whoever is in charge of compliance before anybody gives, pays or accepts anything."
)
NOT_KNOWN_WARNING = (
    "Nobody has noted yet whether it is state-owned. Until somebody has, give nothing and pay for nobody."
)


def promise_state(promise: Promise, today: date) -> tuple[str, str, str]:
    """Css name, words and mark of where a promise stands."""
    return OVERDUE if promise.is_overdue(today) else PROMISE_STATES[promise.state]


def gone(name: str | None) -> str:
    return f"{name or 'Somebody'} (no longer in the team)"


def gift_warning(is_state_owned: bool | None) -> str:
    """What to mind before anybody gives or pays something; empty where nothing special holds."""
    return {None: NOT_KNOWN_WARNING, True: STATE_OWNED_WARNING, False: ""}[is_state_owned]


def megabytes(size: int) -> str:
    """A size of a file, at least a tenth of a megabyte."""
    return f"{max(size / 1_000_000, 0.1):.1f} MB"
