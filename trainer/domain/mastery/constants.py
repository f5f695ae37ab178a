"""The constants of the model: what each means and where it is from."""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.content import CefrLevel
from trainer.domain.mastery.correction import NO_CORRECTION

Belief = tuple[float, float]
"""What is believed of one quantity: mean and variance of a Gaussian, in log-odds."""


@dataclass(frozen=True, slots=True)
class Constants:
    """What the model takes as given until a company's own answers say otherwise.

    The variances, fading times and the gain were chosen on the training students of three public response logs, one
    set left out at a time; `docs/model.md` shows what that gave. Variances are squares of log-odds, times are days.
    """

    population: Belief = (0.4, 0.5)
    """M: log-odds that an average person handles an average item well."""
    ability_variance: float = 1.3
    state_variance: float = 0.35
    memory_variance: float = 0.85
    """Prior variances of U, S and R: how much people, their competencies and their memory of one item differ."""
    competency_variance: float = 0.1
    item_variance: float = 1.5
    """Prior variances of the difficulties D_c and D_i; their means are 0, or the item's level."""
    item_novelty: Belief = (0.4, 0.5)
    competency_novelty: Belief = (0.4, 0.5)
    """N1 and N2: what a first contact costs. The three logs teach 0.2 to 0.8 and 0.2 to 1.1."""
    ability_days: float = 120.0
    state_days: float = 14.0
    """After this many days without practice half of U or S is left."""
    memory_days: float = 3.0
    """The same of R, in stabilities of the item's card (FSRS: days until recall falls to 90 %)."""
    min_memory_days: float = 1.0
    novelty_days: float = 14.0
    """After this many days half of the novelty is back."""
    practice_gain: float = 1.2
    """gamma: what meeting an item with feedback adds to R, times what would have been missed."""
    replay_weight: float = 0.3
    hint_weight: float = 0.5
    self_rating_weight: float = 0.25
    """Evidence of an answer to an item answered before, after a hint, or of a person's own word. Assumptions."""
    correction: tuple[float, float] = NO_CORRECTION
    """Intercept and slope of what a company's own record makes of each forecast to a date; none as shipped."""


SHIPPED = Constants()
LEVEL_DIFFICULTY: Mapping[CefrLevel, float] = {
    CefrLevel.PRE_A1: -0.8,
    CefrLevel.A1: -0.6,
    CefrLevel.A2: -0.2,
    CefrLevel.A2_PLUS: 0.0,
    CefrLevel.B1: 0.2,
    CefrLevel.B1_PLUS: 0.4,
    CefrLevel.B2: 0.6,
    CefrLevel.B2_PLUS: 0.8,
    CefrLevel.C1: 1.0,
    CefrLevel.C2: 1.4,
}
"""Prior mean of D_i by the level of the item: an assumption until answers correct it."""


def item_difficulty(level: CefrLevel | None) -> float:
    """Prior mean of an item's difficulty, in log-odds."""
    return 0.0 if level is None else LEVEL_DIFFICULTY[level]
