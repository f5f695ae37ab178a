"""Estimates what a learner can do from graded responses, lets it fade, and forecasts it to a date.

A logistic model in log-odds with independent Gaussian terms:

    z = M + U + mean(S) + R - mean(D_c) - D_i - w_i N1 - w_c N2
    P(handled well) = sigmoid(E[z] / sqrt(1 + pi V[z] / 8))

U is the person's general ability, S the state in a competency, R the memory of the very item: they belong to the
person and fade to their prior. M is the level of the population, D the difficulties and N the novelty costs: they
belong to the content. After Pelanek 2016 (Elo in education), Glickman 1999 (uncertainty) and Choffin et al. 2019
(spacing); the constants were measured on public response logs.
"""

from trainer.domain.mastery.constants import (
    ABILITY_FADE_DAYS,
    ABILITY_VARIANCE,
    COMPETENCY_NOVELTY,
    COMPETENCY_VARIANCE,
    ITEM_NOVELTY,
    ITEM_VARIANCE,
    LEVEL_DIFFICULTY,
    MEMORY_FADE_DAYS,
    MEMORY_FADE_TIMES,
    MEMORY_VARIANCE,
    MODEL_VERSION,
    NOVELTY_DAYS,
    POPULATION_LEVEL,
    PRACTICE_GAIN,
    REPLAY_WEIGHT,
    STATE_FADE_DAYS,
    STATE_VARIANCE,
    item_difficulty,
)
from trainer.domain.mastery.outlook import INTERVAL_Z, NODES, WEIGHTS, Array, Cell, Forecast, Outlook, forecast, outlook
from trainer.domain.mastery.terms import (
    UNMET_ABILITY,
    UNMET_MEMORY,
    UNMET_STATE,
    Answer,
    LearnerTerms,
    Mastery,
    Observation,
    Scope,
    Terms,
    days_between,
    expect,
    fade,
    observe,
    replay,
)

__all__ = [
    "ABILITY_FADE_DAYS",
    "ABILITY_VARIANCE",
    "COMPETENCY_NOVELTY",
    "COMPETENCY_VARIANCE",
    "INTERVAL_Z",
    "ITEM_NOVELTY",
    "ITEM_VARIANCE",
    "LEVEL_DIFFICULTY",
    "MEMORY_FADE_DAYS",
    "MEMORY_FADE_TIMES",
    "MEMORY_VARIANCE",
    "MODEL_VERSION",
    "NODES",
    "NOVELTY_DAYS",
    "POPULATION_LEVEL",
    "PRACTICE_GAIN",
    "REPLAY_WEIGHT",
    "STATE_FADE_DAYS",
    "STATE_VARIANCE",
    "UNMET_ABILITY",
    "UNMET_MEMORY",
    "UNMET_STATE",
    "WEIGHTS",
    "Answer",
    "Array",
    "Cell",
    "Forecast",
    "LearnerTerms",
    "Mastery",
    "Observation",
    "Outlook",
    "Scope",
    "Terms",
    "days_between",
    "expect",
    "fade",
    "forecast",
    "item_difficulty",
    "observe",
    "outlook",
    "replay",
]
