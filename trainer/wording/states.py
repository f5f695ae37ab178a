"""States, marks and kinds in words, with the css name and the mark of what has a colour."""

from trainer.domain.content import CompetencyKind, Effect, MailKind, Mark, Meter, Outcome, Register
from trainer.domain.provenance import DoubtPlace
from trainer.domain.readiness import Band, SeatState

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
ROLES = {
    "client": "a client",
    "colleague": "a colleague",
    "senior": "somebody senior",
    "host": "a host",
    "guest": "a guest",
    "anyone": "anyone",
}
"""Who a phrase is said to."""
DOUBT_PLACES = {
    DoubtPlace.PHRASE: "phrase",
    DoubtPlace.DIALOGUE: "dialogue:",
    DoubtPlace.MAIL: "e-mail:",
    DoubtPlace.CONTRAST: "the same, said to different people:",
}
"""Before the name of what holds words that are not settled."""
MAIL_KINDS = {
    MailKind.FIRST_CONTACT: "first contact",
    MailKind.SCHEDULING: "finding a time",
    MailKind.THANKS: "thanks",
    MailKind.DELAY: "a delay",
    MailKind.REFUSAL: "a refusal",
    MailKind.ESCALATION: "raising a problem",
}
KEY_STATUS = {
    "author": "The keys are the author's; people of this culture have not rated them yet.",
    "reviewed": "The keys were reviewed by a second person.",
    "rated": "The keys were rated by people of this culture.",
}


def state_of(band: Band | SeatState) -> tuple[str, str, str]:
    return STATES[SeatState(band.value)]


def effect_state(effect: Effect | None, score: float) -> tuple[str, str, str]:
    """How a choice is called; the best of those that were open is so called, though a better one was closed."""
    return BEST_OPEN if score >= 1.0 and effect is not Effect.BEST else EFFECTS[effect or Effect.WEAK]
