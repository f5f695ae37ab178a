"""Estimates what a learner can do from graded responses, lets it fade, and forecasts it to a date.

A logistic model in log-odds with independent Gaussian terms:

    z = M + U + mean(S) + R - mean(D_c) - D_i - w_i N1 - w_c N2
    P(handled well) = sigmoid(E[z] / sqrt(1 + pi V[z] / 8))

U is the person's general ability, S the state in a competency, R the memory of the very item: they belong to the
person and fade to their prior. M is the level of the population, D the difficulties and N the novelty costs: they
belong to the content, do not fade, and are learnt from everybody's answers. After Pelanek 2016 (Elo in education),
Glickman 1999 (uncertainty) and Choffin et al. 2019 (spacing). How good it is on real logs stands in `docs/model.md`.
"""

from trainer.domain.mastery.calibrating import (
    MIN_HELD_ANSWERS,
    MIN_HELD_LEARNERS,
    Calibration,
    Logged,
    calibrate,
    learn_all,
)
from trainer.domain.mastery.constants import LEVEL_DIFFICULTY, SHIPPED, Belief, Constants, item_difficulty
from trainer.domain.mastery.correction import NO_CORRECTION, Correction, logit, sigmoid
from trainer.domain.mastery.explaining import (
    MAX_DAYS,
    Effect,
    Explanation,
    Term,
    Tomorrow,
    days_until_below,
    explain,
)
from trainer.domain.mastery.history import FIRST_VERSION, Changes, History, Levels, Model
from trainer.domain.mastery.outlook import (
    INTERVAL_Z,
    NODES,
    WEIGHTS,
    Array,
    Cell,
    Cells,
    Forecast,
    Outlook,
    forecast,
    gather,
    outlook,
)
from trainer.domain.mastery.shared import Basis, Evidence, Part, SharedTerms, chance
from trainer.domain.mastery.stability import Card
from trainer.domain.mastery.terms import (
    Answer,
    Kind,
    LearnerTerms,
    Learnt,
    Mastery,
    Scope,
    days_between,
    fade,
    faded,
    memory_days,
    replay,
)

__all__ = [
    "FIRST_VERSION",
    "INTERVAL_Z",
    "LEVEL_DIFFICULTY",
    "MAX_DAYS",
    "MIN_HELD_ANSWERS",
    "MIN_HELD_LEARNERS",
    "NODES",
    "NO_CORRECTION",
    "SHIPPED",
    "WEIGHTS",
    "Answer",
    "Array",
    "Basis",
    "Belief",
    "Calibration",
    "Card",
    "Cell",
    "Cells",
    "Changes",
    "Constants",
    "Correction",
    "Effect",
    "Evidence",
    "Explanation",
    "Forecast",
    "History",
    "Kind",
    "LearnerTerms",
    "Learnt",
    "Levels",
    "Logged",
    "Mastery",
    "Model",
    "Outlook",
    "Part",
    "Scope",
    "SharedTerms",
    "Term",
    "Tomorrow",
    "calibrate",
    "chance",
    "days_between",
    "days_until_below",
    "explain",
    "fade",
    "faded",
    "forecast",
    "gather",
    "item_difficulty",
    "learn_all",
    "logit",
    "memory_days",
    "outlook",
    "replay",
    "sigmoid",
]
