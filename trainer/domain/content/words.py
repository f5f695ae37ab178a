"""The words of an enumeration that content uses, and prose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

_TAG = re.compile(r"<[^>]*>")


class CompetencyKind(StrEnum):
    """What sort of ability a competency is; the heat map and the interpreter advice group by it."""

    LANGUAGE = "language"
    ETIQUETTE = "etiquette"
    COMMUNICATION = "communication"
    PARTNERING = "partnering"


class CefrLevel(StrEnum):
    """Levels of the Common European Framework of Reference, in ascending order."""

    PRE_A1 = "Pre-A1"
    A1 = "A1"
    A2 = "A2"
    A2_PLUS = "A2+"
    B1 = "B1"
    B1_PLUS = "B1+"
    B2 = "B2"
    B2_PLUS = "B2+"
    C1 = "C1"
    C2 = "C2"


class Mark(StrEnum):
    """How sure a fact is."""

    CONSENSUS = "consensus"
    CONTESTED = "contested"
    STEREOTYPE_RISK = "stereotype_risk"


class Register(StrEnum):
    CASUAL = "casual"
    NEUTRAL = "neutral"
    POLITE = "polite"
    FORMAL = "formal"
    VERY_FORMAL = "very_formal"


class Effect(StrEnum):
    """How well an option serves the situation, best first."""

    BEST = "best"
    ACCEPTABLE = "acceptable"
    WEAK = "weak"
    HARMFUL = "harmful"


class ItemType(StrEnum):
    BEST_NEXT_STEP = "best_next_step"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    WHAT_DOES_IT_MEAN = "what_does_it_mean"
    RATE_EACH = "rate_each"
    MOST_AND_LEAST = "most_and_least"
    SPOT_THE_PROBLEM = "spot_the_problem"
    TYPED = "typed"
    CLOZE = "cloze"
    LISTENING = "listening"
    DICTATION = "dictation"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMERIC = "numeric"
    CALENDAR = "calendar"
    BRANCHING = "branching"


class Outcome(StrEnum):
    """How a branching scenario can end."""

    AGREEMENT = "agreement"
    POSTPONED = "postponed"
    DAMAGED = "damaged"


class Meter(StrEnum):
    """What a scenario keeps count of, from 0 to 100."""

    TRUST = "trust"
    CLARITY = "clarity"
    TIME = "time"


class CourseTemplate(StrEnum):
    """What a course may say that it fills: all topics of a country, all functions of a language or half as many
    phrases, or what two companies agree on.
    """

    COUNTRY = "country"
    LANGUAGE = "language"
    HALF_LANGUAGE = "half_language"
    PARTNERING = "partnering"


class KeyStatus(StrEnum):
    """Who stands behind the key of a quiz."""

    AUTHOR = "author"
    REVIEWED = "reviewed"
    RATED = "rated"


TOPICS = (
    "at_a_glance", "calendar", "names", "first_contact", "greeting", "cards", "punctuality", "meeting",
    "decision", "yes_no", "feedback", "negotiation", "gifts", "dining", "channels", "relationship",
)  # fmt: skip
"""The sixteen topics of a country course, in the order of working with a partner."""
CHANNELS = ("speech", "call", "email", "letter", "chat")
"""Where a phrase is said or written."""
FUNCTIONS: Mapping[str, str] = {
    "greeting_introduction": "Greeting and introducing",
    "business_card": "Exchanging business cards",
    "name_check": "Asking about a name",
    "small_talk": "Small talk",
    "open_meeting": "Opening a meeting",
    "turn_taking": "Taking and giving the floor",
    "present": "Presenting",
    "ask_opinion": "Asking for an opinion",
    "agree_acknowledge": "Agreeing and acknowledging",
    "disagree": "Disagreeing",
    "soft_refusal": "Refusing softly",
    "clarify": "Clarifying",
    "price_terms": "Prices and terms",
    "propose_concede": "Proposing and conceding",
    "buy_time": "Buying time",
    "close_meeting": "Closing a meeting",
    "phone": "On the phone",
    "call_trouble": "Trouble on a call",
    "email_opening": "Opening an e-mail",
    "email_body": "In an e-mail",
    "email_closing": "Closing an e-mail",
    "scheduling": "Scheduling",
    "apology": "Apologising",
    "thanks_followup": "Thanking and following up",
    "dining_toast": "Dining and toasts",
    "escalate_support": "Raising a problem",
    "other": "More phrases",
}
"""Phrase functions: id to the words a learner reads."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of an author: the source as written and the safe HTML made from it when the content was read."""

    source: str
    html: str

    @property
    def plain(self) -> str:
        """The words alone, as for a list to choose from."""
        return unescape(_TAG.sub("", self.html))

    def __html__(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.source


NO_WORDS = Prose("", "")
"""Where an author may leave words out."""
