"""What hypothesis may try: terms, learners, cells, shared terms and logs that could have come about."""

from hypothesis import strategies as st

from tests.builders import answer, days
from trainer.domain.mastery import SHIPPED, Answer, Basis, Belief, Card, Cell, Kind, LearnerTerms, Mastery, SharedTerms

ITEMS = ("one", "two", "three")
COMPETENCIES = ("greeting", "clarifying")

scores = st.floats(0.0, 1.0)
difficulties = st.floats(-1.0, 1.5)
later = st.floats(0.0, 500.0).map(days)
"""Moments from now on; what is known was learnt up to now."""
cards = st.builds(Card, st.floats(0.001, 400.0), st.floats(1.0, 10.0))
no_card = st.none()
kinds = st.sampled_from(Kind)


def beliefs(variance: float, low: float, high: float) -> st.SearchStrategy[Belief]:
    """A mean within these bounds, and a variance of at most this one."""
    return st.tuples(st.floats(low, high), st.floats(0.01, 1.0).map(lambda part: part * variance))


def met(prior_variance: float, card: st.SearchStrategy[Card | None] = no_card) -> st.SearchStrategy[Mastery]:
    """A term that was met by now, with a variance of at most its prior's."""
    return st.builds(
        Mastery,
        mean=st.floats(-4.0, 4.0),
        variance=st.floats(0.02, 1.0).map(lambda part: part * prior_variance),
        at=st.floats(-300.0, 0.0).map(days),
        answers=st.integers(1, 40),
        card=card,
    )


abilities = st.none() | met(SHIPPED.ability_variance)
states = st.none() | met(SHIPPED.state_variance)
memories = st.none() | met(SHIPPED.memory_variance, no_card | cards)
bases = st.builds(
    Basis,
    mean=st.floats(-3.0, 3.0),
    variance=st.floats(0.05, 2.1),
    item_novelty=beliefs(0.5, 0.0, 1.5),
    competency_novelty=beliefs(0.5, 0.0, 1.5),
)
shared_terms = st.builds(
    SharedTerms,
    population=beliefs(0.5, -1.0, 2.0),
    item_novelty=beliefs(0.5, 0.0, 1.5),
    competency_novelty=beliefs(0.5, 0.0, 1.5),
    competencies=st.dictionaries(st.sampled_from(COMPETENCIES), beliefs(0.1, -1.0, 1.0)),
    items=st.dictionaries(st.sampled_from(ITEMS), beliefs(1.5, -2.0, 2.0)),
)


@st.composite
def learners(draw: st.DrawFn) -> LearnerTerms:
    """Someone who may have met both competencies and every item, or none of them."""
    ability = draw(abilities)
    of_competencies = {name: draw(states) for name in COMPETENCIES}
    of_items = {name: draw(memories) for name in ITEMS}
    return LearnerTerms(
        ability=ability,
        states={name: state for name, state in of_competencies.items() if state},
        memories={name: memory for name, memory in of_items.items() if memory},
    )


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    items = draw(st.lists(st.tuples(memories, beliefs(1.5, -2.0, 2.0)), min_size=1, max_size=4))
    return Cell(
        ability=draw(abilities),
        state=draw(states),
        memories=[memory for memory, _ in items],
        items=[belief for _, belief in items],
        competency=draw(beliefs(0.1, -1.0, 1.0)),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Answer]:
    """A learner's answers in any order, some at the same moment."""
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(ITEMS),
                st.lists(st.sampled_from(COMPETENCIES), min_size=1, max_size=2, unique=True),
                scores,
                st.integers(-60, 0) | st.integers(-2, 0),
                bases,
                kinds,
            ),
            min_size=1,
            max_size=8,
        )
    )
    return [
        answer(number, item_key, *names, score=score, at=days(at), basis=basis, kind=kind)
        for number, (item_key, names, score, at, basis, kind) in enumerate(rows)
    ]
