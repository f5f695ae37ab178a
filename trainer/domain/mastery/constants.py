"""The constants of the model: what each means and where it is from."""

from collections.abc import Mapping

from trainer.domain.content import CefrLevel

MODEL_VERSION = 1
POPULATION_LEVEL = 0.4
"""M: log-odds that an average person handles an average item well."""
ABILITY_VARIANCE = 1.3
STATE_VARIANCE = 0.35
MEMORY_VARIANCE = 0.85
"""Prior variances of U, S and R; their prior means are 0."""
COMPETENCY_VARIANCE = 0.1
ITEM_VARIANCE = 1.5
"""Variances of the difficulties D_c and D_i."""
ABILITY_FADE_DAYS = 120.0
STATE_FADE_DAYS = 14.0
"""After this many days without practice half of U or S is left."""
MEMORY_FADE_DAYS = 7.0
"""The same of R for an item met once. It grows in proportion to the times met, a plain stand-in for the stability
of a review card (three times FSRS-6's first stability of about 2.3 days)."""
MEMORY_FADE_TIMES = 16
"""Meetings beyond this many no longer slow the fading."""
PRACTICE_GAIN = 1.2
"""gamma: what answering with feedback adds to R, times what was missed."""
NOVELTY_DAYS = 14.0
"""After this many days half of the novelty cost is back."""
ITEM_NOVELTY = 0.3
COMPETENCY_NOVELTY = 0.2
"""N1 and N2: what a first contact costs. Assumed until they are learnt from a company's own answers."""
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
REPLAY_WEIGHT = 0.3
"""Evidence of an answer to an item that was answered before: practice more than proof."""


def item_difficulty(level: CefrLevel | None) -> float:
    """Prior mean of an item's difficulty, in log-odds."""
    return 0.0 if level is None else LEVEL_DIFFICULTY[level]
