"""What is believed of the items of a competency, and what a forecast of it is made of."""

from datetime import datetime
from functools import lru_cache

from trainer.domain.content import Content, item_keys
from trainer.domain.mastery import Belief, Cell, LearnerTerms, Mastery, Model, item_difficulty


@lru_cache(maxsize=4)
def item_difficulties(content: Content) -> dict[str, float]:
    """Prior difficulty of every item and node."""
    return {key: item_difficulty(item.level) for item in content.items.values() for key, _ in item_keys(item)}


def cell_of(content: Content, model: Model, terms: LearnerTerms, name: str) -> Cell:
    beliefs = beliefs_of(content, model, name)
    return Cell(
        ability=terms.ability,
        state=terms.states.get(name),
        memories=[terms.memories.get(item) for item in beliefs],
        items=list(beliefs.values()),
        competency=model.shared.competencies.get(name) or (0.0, model.constants.competency_variance),
    )


def beliefs_of(content: Content, model: Model, name: str) -> dict[str, Belief]:
    """What is believed of each item of a competency."""
    priors = item_difficulties(content)
    return model.shared.item_beliefs({item: priors[item] for item in content.items_by_competency[name]})


def last_answer_at(state: Mastery | None) -> datetime | None:
    return state.at if state is not None and state.answers else None
