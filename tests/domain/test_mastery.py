"""What is known of a person: its bounds, what an answer and time do to it, and the order of evidence."""

from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, pi, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LEARNT, NOW, answer, days
from tests.domain.strategies import (
    COMPETENCIES,
    ITEMS,
    bases,
    cards,
    difficulties,
    kinds,
    later,
    learners,
    logs,
    met,
    scores,
)
from trainer.domain.content import CefrLevel
from trainer.domain.mastery import (
    LEVEL_DIFFICULTY,
    SHIPPED,
    Answer,
    Basis,
    Belief,
    Card,
    Constants,
    Kind,
    LearnerTerms,
    Mastery,
    Scope,
    SharedTerms,
    days_between,
    fade,
    item_difficulty,
    memory_days,
    replay,
)

TINY = 1e-9
NEW = SharedTerms.prior().basis("item", ["greeting"], 0.0)
"""What is believed of an item before anybody has answered anything."""
KNOWN = LEARNT.basis("item", ["greeting"], 0.0)
"""The same, where many people's answers have taught what is new to cost."""

names_of_item = st.lists(st.sampled_from(COMPETENCIES), min_size=1, max_size=2, unique=True)


def copied(terms: LearnerTerms) -> LearnerTerms:
    return LearnerTerms(terms.constants, terms.ability, dict(terms.states), dict(terms.memories))


def after(terms: LearnerTerms, *answers: Answer) -> LearnerTerms:
    """What is known once these are taken in as well, as they come."""
    more = copied(terms)
    for each in answers:
        more.learn(each)
    return more


def after_reading(terms: LearnerTerms, *competencies: str, at: datetime = NOW) -> LearnerTerms:
    more = copied(terms)
    more.expose("one", competencies, NEW, at)
    return more


def everything(terms: LearnerTerms) -> dict[tuple[Scope, str], Mastery]:
    return {(scope, key): mastery for scope, key, mastery in terms.named()}


def as_of(terms: LearnerTerms, at: datetime) -> dict[tuple[Scope, str], Belief]:
    """Every term that one answer could move, faded to this time."""
    found = {(Scope.ABILITY, ""): fade(terms.ability, SHIPPED.ability_variance, SHIPPED.ability_days, at)}
    for name in COMPETENCIES:
        state = terms.states.get(name)
        found[Scope.COMPETENCY, name] = fade(state, SHIPPED.state_variance, SHIPPED.state_days, at)
    for name in ITEMS:
        memory = terms.memories.get(name)
        found[Scope.ITEM, name] = fade(memory, SHIPPED.memory_variance, memory_days(SHIPPED, memory), at)
    return found


def novelty(term: Mastery | None, on: datetime) -> float:
    if term is None:
        return 1.0
    gone = max(0.0, (on - term.at) / timedelta(days=1))
    return 1.0 - 1.0 / (1.0 + gone / 14.0)


def just_met(*, greeting: bool = True, one: bool = True) -> LearnerTerms:
    """An average person who has just met the competency and the item, or only one of them."""
    return LearnerTerms(
        ability=Mastery(0.0, SHIPPED.ability_variance, NOW),
        states={"greeting": Mastery(0.0, SHIPPED.state_variance, NOW)} if greeting else {},
        memories={"one": Mastery(0.0, SHIPPED.memory_variance, NOW)} if one else {},
    )


def test_the_constants_are_those_whose_forecasts_were_measured() -> None:
    """They travel from one response log to the next; whoever changes one measures again."""
    assert asdict(SHIPPED) == {
        "population": (0.4, 0.5),
        "ability_variance": 1.3,
        "state_variance": 0.35,
        "memory_variance": 0.85,
        "competency_variance": 0.1,
        "item_variance": 1.5,
        "item_novelty": (0.4, 0.5),
        "competency_novelty": (0.4, 0.5),
        "ability_days": 120.0,
        "state_days": 14.0,
        "memory_days": 3.0,
        "min_memory_days": 1.0,
        "novelty_days": 14.0,
        "practice_gain": 1.2,
        "replay_weight": 0.3,
        "hint_weight": 0.5,
        "self_rating_weight": 0.25,
        "correction": (0.0, 1.0),
    }
    assert LEVEL_DIFFICULTY == {
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


def test_the_first_answer_of_all_moves_the_terms_as_the_formulas_say() -> None:
    """The update of the model, worked out by hand for a right answer to an item of no difficulty."""
    mean = 0.4 - 0.4 - 0.4
    variance = 1.3 + 0.35 + 0.85 + 0.5 + 0.1 + 1.5 + 0.5 + 0.5
    p = 1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * variance / 8.0)))
    damping = 1.0 + p * (1.0 - p) * variance
    k, g = p * (1.0 - p) / damping, (1.0 - p) / damping

    terms = LearnerTerms()
    learnt = terms.learn(answer(1, "one", "greeting"))

    assert learnt.expected == pytest.approx(p)
    assert terms.ability is not None
    assert terms.ability[:2] == pytest.approx((1.3 * g, 1.3 - 1.3**2 * k))
    assert terms.states["greeting"][:2] == pytest.approx((0.35 * g, 0.35 - 0.35**2 * k))
    assert terms.memories["one"][:2] == pytest.approx((0.85 * g + 1.2 * (1.0 - p), 0.85 - 0.85**2 * k))


@given(learners(), names_of_item, bases, later)
def test_a_chance_is_the_sum_of_its_terms_damped_by_their_uncertainty(
    terms: LearnerTerms, names: list[str], basis: Basis, at: datetime
) -> None:
    now = as_of(terms, at)
    parts = [(1.0, now[Scope.ABILITY, ""]), (1.0, now[Scope.ITEM, "one"]), (1.0, basis[:2])]
    parts += [(1.0 / len(names), now[Scope.COMPETENCY, name]) for name in names]
    parts.append((-novelty(terms.memories.get("one"), at), basis.item_novelty))
    new = sum(novelty(terms.states.get(name), at) for name in names) / len(names)
    parts.append((-new, basis.competency_novelty))
    mean = sum(coefficient * belief[0] for coefficient, belief in parts)
    variance = sum(coefficient**2 * belief[1] for coefficient, belief in parts)

    expected = terms.expect("one", names, basis, at)

    assert expected == pytest.approx(1.0 / (1.0 + exp(-mean / sqrt(1.0 + pi * variance / 8.0))))


# Bounds


@given(learners(), names_of_item, bases, later)
def test_a_chance_lies_between_never_and_always(
    terms: LearnerTerms, names: list[str], basis: Basis, at: datetime
) -> None:
    assert 0.0 < terms.expect("one", names, basis, at) < 1.0


@given(logs())
def test_no_variance_ever_reaches_nothing_or_exceeds_its_prior(log: list[Answer]) -> None:
    terms = replay(log)

    for (scope, _), mastery in everything(terms).items():
        prior = {
            Scope.ABILITY: SHIPPED.ability_variance,
            Scope.COMPETENCY: SHIPPED.state_variance,
            Scope.ITEM: SHIPPED.memory_variance,
        }[scope]
        assert 0.0 < mastery.variance <= prior + TINY


@given(learners(), names_of_item, scores, bases, kinds, later)
def test_an_answer_never_raises_a_variance(
    terms: LearnerTerms, names: list[str], score: float, basis: Basis, kind: Kind, at: datetime
) -> None:
    before = as_of(terms, at)

    now = as_of(after(terms, answer(1, "one", *names, score=score, at=at, basis=basis, kind=kind)), at)

    assert all(0.0 < now[key][1] <= before[key][1] for key in before)
    moved = [(Scope.ABILITY, ""), (Scope.ITEM, "one"), *((Scope.COMPETENCY, name) for name in names)]
    assert all(now[key][1] < before[key][1] for key in moved)


# What an answer does


@given(learners(), names_of_item, scores, scores, bases, kinds, later)
def test_a_better_score_never_lowers_a_mean(
    terms: LearnerTerms, names: list[str], one: float, other: float, basis: Basis, kind: Kind, at: datetime
) -> None:
    worse, better = (
        after(terms, answer(1, "one", *names, score=score, at=at, basis=basis, kind=kind))
        for score in sorted((one, other))
    )

    low, high = as_of(worse, at), as_of(better, at)
    assert all(high[key][0] >= low[key][0] for key in low)
    assert better.expect("one", names, basis, at) >= worse.expect("one", names, basis, at)


@given(learners(), names_of_item, st.floats(0.01, 0.99), bases, kinds, later)
def test_partial_credit_moves_the_terms_between_a_miss_and_a_full_score(
    terms: LearnerTerms, names: list[str], score: float, basis: Basis, kind: Kind, at: datetime
) -> None:
    miss, partly, full = (
        everything(after(terms, answer(1, "one", *names, score=each, at=at, basis=basis, kind=kind)))
        for each in (0.0, score, 1.0)
    )

    for key in [(Scope.ABILITY, ""), (Scope.ITEM, "one"), *((Scope.COMPETENCY, name) for name in names)]:
        assert miss[key].mean < partly[key].mean < full[key].mean
        assert partly[key].mean == pytest.approx(
            miss[key].mean + score * (full[key].mean - miss[key].mean), rel=TINY, abs=TINY
        )


@given(learners(), names_of_item, scores, bases, later)
def test_an_answer_says_nothing_of_other_items_and_competencies(
    terms: LearnerTerms, names: list[str], score: float, basis: Basis, at: datetime
) -> None:
    now = after(terms, answer(1, "one", *names, score=score, at=at, basis=basis))

    assert {key: now.memories.get(key) for key in ITEMS[1:]} == {key: terms.memories.get(key) for key in ITEMS[1:]}
    for name in set(COMPETENCIES) - set(names):
        assert now.states.get(name) == terms.states.get(name)


@given(difficulties)
def test_practice_with_feedback_helps_with_the_very_item_even_after_a_miss(difficulty: float) -> None:
    stranger = LearnerTerms()
    missed = answer(1, "one", score=0.0, basis=KNOWN._replace(mean=0.4 - difficulty), kind=Kind.SELF_RATED)

    now = after(stranger, missed)

    assert now.memories["one"].mean > 0.0
    assert now.expect("one", ["greeting"], missed.basis, NOW) > stranger.expect("one", ["greeting"], missed.basis, NOW)


def test_one_gains_most_from_what_one_would_have_missed() -> None:
    easy, hard = (
        after_reading_of(NEW._replace(mean=0.4 - difficulty)).memories["one"].mean for difficulty in (-1.0, 1.5)
    )

    assert hard > easy > 0.0


def after_reading_of(basis: Basis) -> LearnerTerms:
    terms = LearnerTerms()
    terms.expose("one", ["greeting"], basis, NOW)
    return terms


def test_one_answer_counts_in_the_ability_in_each_competency_and_in_the_item() -> None:
    terms = replay([answer(1, "one", "greeting", "clarifying")])

    assert {key: mastery.answers for key, mastery in everything(terms).items()} == {
        (Scope.ABILITY, ""): 1,
        (Scope.COMPETENCY, "greeting"): 1,
        (Scope.COMPETENCY, "clarifying"): 1,
        (Scope.ITEM, "one"): 1,
    }


def test_an_answer_for_two_competencies_says_less_about_each() -> None:
    alone = replay([answer(1, "one", "greeting")]).states["greeting"]
    shared = replay([answer(1, "one", "greeting", "clarifying")]).states["greeting"]

    assert 0.0 < shared.mean < alone.mean
    assert shared.variance > alone.variance


@pytest.mark.parametrize(
    ("kind", "weight"), [(Kind.FIRST, 1.0), (Kind.REPLAY, 0.3), (Kind.HINTED, 0.5), (Kind.SELF_RATED, 0.25)]
)
@given(learners(), scores, bases, later)
def test_a_kind_of_answer_moves_the_terms_by_its_share_of_a_first_answer(
    kind: Kind, weight: float, terms: LearnerTerms, score: float, basis: Basis, at: datetime
) -> None:
    before = as_of(terms, at)

    first, other = (
        after(terms, answer(1, "one", "greeting", score=score, at=at, basis=basis, kind=each))
        for each in (Kind.FIRST, kind)
    )

    gain = 1.2 * (1.0 - terms.expect("one", ["greeting"], basis, at))
    full, part = everything(first), everything(other)
    for key, practice in {
        (Scope.ABILITY, ""): 0.0,
        (Scope.COMPETENCY, "greeting"): 0.0,
        (Scope.ITEM, "one"): gain,
    }.items():
        mean, variance = before[key]
        assert part[key].mean - mean - practice == pytest.approx(weight * (full[key].mean - mean - practice), abs=TINY)
        assert variance - part[key].variance == pytest.approx(weight * (variance - full[key].variance), abs=TINY)


@given(learners(), bases, later)
def test_practice_is_gained_whatever_the_kind(terms: LearnerTerms, basis: Basis, at: datetime) -> None:
    expected = terms.expect("one", ["greeting"], basis, at)

    for kind in Kind:
        now = after(terms, answer(1, "one", "greeting", score=expected, at=at, basis=basis, kind=kind))
        gained = now.memories["one"].mean - as_of(terms, at)[Scope.ITEM, "one"][0]
        assert gained == pytest.approx(1.2 * (1.0 - expected), abs=TINY)


@given(learners(), scores, bases, kinds, later)
def test_what_others_learn_from_is_what_the_person_brought_before_the_answer(
    terms: LearnerTerms, score: float, basis: Basis, kind: Kind, at: datetime
) -> None:
    now = as_of(terms, at)
    ability, state, memory = now[Scope.ABILITY, ""], now[Scope.COMPETENCY, "greeting"], now[Scope.ITEM, "one"]

    evidence = copied(terms).learn(answer(1, "one", "greeting", score=score, at=at, basis=basis, kind=kind)).evidence

    assert evidence.part == pytest.approx(
        (
            ability[0] + state[0] + memory[0],
            ability[1] + state[1] + memory[1],
            novelty(terms.memories.get("one"), at),
            novelty(terms.states.get("greeting"), at),
        )
    )
    assert (evidence.item_key, evidence.competencies, evidence.score) == ("one", ("greeting",), score)
    assert evidence.weight == kind.weight(SHIPPED)


# What is new


@pytest.mark.parametrize("basis", [NEW, KNOWN], ids=["nobody has answered", "many have answered"])
@given(difficulty=difficulties)
def test_a_first_contact_is_expected_to_be_harder_than_a_known_one(basis: Basis, difficulty: float) -> None:
    basis = basis._replace(mean=0.4 - difficulty)

    familiar, new_competency, new_item, both = (
        terms.expect("one", ["greeting"], basis, NOW)
        for terms in (just_met(), just_met(greeting=False), just_met(one=False), LearnerTerms())
    )

    assert familiar > max(new_competency, new_item)
    assert min(new_competency, new_item) > both


@given(st.lists(st.floats(0.0, 400.0), min_size=2, max_size=6))
def test_what_was_met_long_ago_comes_to_cost_as_much_as_the_new(waits: list[float]) -> None:
    chances = [just_met().expect("one", ["greeting"], KNOWN, days(wait)) for wait in sorted(waits)]

    assert all(earlier >= then for earlier, then in pairwise(chances))
    assert min(chances) >= LearnerTerms().expect("one", ["greeting"], KNOWN, NOW)


def test_half_of_the_novelty_is_back_after_two_weeks() -> None:
    terms = just_met()

    learnt = terms.learn(answer(1, "one", "greeting", at=days(14)))

    assert learnt.evidence.part[2:] == pytest.approx((0.5, 0.5))


@given(learners(), names_of_item, later)
def test_reading_proves_nothing(terms: LearnerTerms, names: list[str], at: datetime) -> None:
    before = as_of(terms, at)

    read = after_reading(terms, *names, at=at)

    now, kept = as_of(read, at), everything(terms)
    for key, (mean, variance) in before.items():
        assert now[key][1] == variance
        assert now[key][0] == mean or key == (Scope.ITEM, "one")
    for key, mastery in everything(read).items():
        assert mastery.answers == (kept[key].answers if key in kept else 0)


@given(learners(), names_of_item, later)
def test_reading_gives_what_practice_gives(terms: LearnerTerms, names: list[str], at: datetime) -> None:
    missed = 1.0 - terms.expect("one", names, NEW, at)

    read = after_reading(terms, *names, at=at)

    assert read.memories["one"].mean == pytest.approx(as_of(terms, at)[Scope.ITEM, "one"][0] + 1.2 * missed)
    assert read.expect("one", names, NEW, at) > 1.0 - missed


@given(learners(), names_of_item, later)
def test_what_was_read_is_not_new_any_more(terms: LearnerTerms, names: list[str], at: datetime) -> None:
    read = after_reading(terms, *names, at=at)

    part = read.learn(answer(1, "one", *names, at=at)).evidence.part
    assert part[2:] == (0.0, 0.0)


def test_a_harder_level_is_a_harder_item() -> None:
    prior = SharedTerms.prior()

    chances = [
        LearnerTerms().expect("one", ["greeting"], prior.basis("one", ["greeting"], item_difficulty(level)), NOW)
        for level in CefrLevel
    ]

    assert chances == sorted(chances, reverse=True)
    assert item_difficulty(None) == 0.0


# What time does


@pytest.mark.parametrize(
    ("prior_variance", "half_days"),
    [(SHIPPED.ability_variance, 120.0), (SHIPPED.state_variance, 14.0), (SHIPPED.memory_variance, 1.0)],
    ids=["ability", "state", "memory"],
)
@given(st.data(), st.lists(st.floats(0.0, 1000.0), min_size=2, max_size=6))
def test_time_without_practice_moves_a_term_to_its_prior_and_never_past_it(
    prior_variance: float, half_days: float, data: st.DataObject, waits: list[float]
) -> None:
    start = data.draw(met(prior_variance))

    faded = [fade(start, prior_variance, half_days, days(wait)) for wait in sorted(waits)]

    for (mean, variance), (next_mean, next_variance) in pairwise([start[:2], *faded]):
        assert abs(next_mean) <= abs(mean)
        assert next_mean * start.mean >= 0.0
        assert 0.0 < variance <= next_variance + TINY <= prior_variance + 2 * TINY


def test_half_of_a_term_is_left_after_its_half_fade_time() -> None:
    mean, variance = fade(Mastery(1.0, 0.3, NOW, 5), 1.3, 120.0, days(120))

    assert mean == pytest.approx(0.5)
    assert variance == pytest.approx(1.3 - (1.3 - 0.3) / 4)


@given(met(SHIPPED.ability_variance))
def test_what_is_not_practised_any_more_comes_to_mean_not_known(start: Mastery) -> None:
    faded = fade(start, SHIPPED.ability_variance, SHIPPED.ability_days, days(2_000_000))

    assert faded == pytest.approx((0.0, SHIPPED.ability_variance), abs=1e-3)


def test_what_was_never_met_stays_at_its_prior() -> None:
    assert fade(None, 1.3, 120.0, NOW) == fade(None, 1.3, 120.0, days(500)) == (0.0, 1.3)


def test_a_date_before_the_last_answer_changes_nothing() -> None:
    assert fade(Mastery(1.0, 0.3, NOW, 5), 1.3, 120.0, days(-30)) == (1.0, 0.3)
    assert days_between(NOW, days(-30)) == 0.0
    assert days_between(NOW, days(1.5)) == 1.5


@given(cards)
def test_a_memory_fades_by_half_in_three_stabilities_and_not_within_a_day(card: Card) -> None:
    memory = Mastery(1.0, 0.3, NOW, 1, card)

    assert memory_days(SHIPPED, memory) == max(1.0, 3.0 * card.stability)
    assert memory_days(SHIPPED, None) == memory_days(SHIPPED, memory._replace(card=None)) == 1.0


def test_what_was_met_again_and_again_fades_more_slowly() -> None:
    once = replay([answer(1, "one")])
    often = replay([answer(number, "one", at=days(3 * number - 12)) for number in range(5)])

    def left(terms: LearnerTerms) -> float:
        later_on, now = (as_of(terms, at)[Scope.ITEM, "one"][0] for at in (days(30), NOW))
        return later_on / now

    assert left(often) > 2 * left(once)


# The order of evidence


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_in_which_evidence_arrives_does_not_matter(log: list[Answer], random: Random) -> None:
    shuffled = random.sample(log, len(log))

    assert replay(shuffled) == replay(log)


@given(logs(), st.data())
def test_an_answer_that_arrives_late_counts_as_if_it_had_come_in_time(log: list[Answer], data: st.DataObject) -> None:
    late = data.draw(st.sampled_from(log))
    in_time = [each for each in log if each is not late]

    assert replay([*in_time, late]) == replay(sorted(log, key=lambda one: (one.answered_at, one.id)))


def test_answers_of_the_same_moment_count_in_the_order_of_their_ids() -> None:
    first, second = answer(1, "one", score=0.0), answer(2, "one", score=1.0)

    assert replay([second, first]) == after(LearnerTerms(), first, second)
    assert replay([second, first]) != after(LearnerTerms(), second, first)


def test_evidence_counts_in_the_order_in_which_it_was_given() -> None:
    missed_then_right = replay([answer(1, score=0.0), answer(2, score=1.0, at=days(1))])
    right_then_missed = replay([answer(1, score=1.0), answer(2, score=0.0, at=days(1))])

    assert missed_then_right != right_then_missed


@given(logs())
def test_taking_answers_in_one_by_one_gives_the_terms_of_the_whole_log(log: list[Answer]) -> None:
    in_order = sorted(log, key=lambda one: (one.answered_at, one.id))

    assert after(LearnerTerms(), *in_order) == replay(log)


@given(logs())
def test_kept_terms_read_back_are_the_same_terms(log: list[Answer]) -> None:
    terms = replay(log)

    read_back = LearnerTerms()
    for scope, key, mastery in terms.named():
        read_back.put(scope, key, mastery)

    assert read_back == terms
    assert {scope for scope, _, _ in terms.named()} == set(Scope)


def test_who_has_met_nothing_has_no_terms_to_keep() -> None:
    assert list(LearnerTerms().named()) == []


@given(learners(), names_of_item, scores, bases, later)
def test_learning_tells_the_chance_that_was_expected_just_before(
    terms: LearnerTerms, names: list[str], score: float, basis: Basis, at: datetime
) -> None:
    before = terms.expect("one", names, basis, at)

    learnt = terms.learn(answer(1, "one", *names, score=score, at=at, basis=basis))

    assert learnt.expected == before


def test_an_answer_from_before_what_is_known_or_of_its_moment_is_told_apart() -> None:
    terms = replay([answer(1, "one", "greeting")])

    assert LearnerTerms().is_before(answer(2, "two", "clarifying", at=days(-1)))
    assert terms.is_before(answer(2, "two", "clarifying", at=NOW + timedelta(microseconds=1)))
    assert not terms.is_before(answer(2, "two", "clarifying"))
    assert not terms.is_before(answer(2, "two", "clarifying", at=days(-1)))


@given(logs(), st.randoms(use_true_random=False))
def test_answers_taken_in_as_they_arrive_end_as_if_they_had_come_in_order(log: list[Answer], random: Random) -> None:
    arriving = random.sample(log, len(log))

    terms = LearnerTerms()
    for count, each in enumerate(arriving, start=1):
        if terms.is_before(each):
            terms.learn(each)
        else:
            terms = replay(arriving[:count])

    assert terms == after(LearnerTerms(), *sorted(log, key=lambda one: (one.answered_at, one.id)))


def test_an_older_answer_does_not_set_back_when_a_term_was_last_met() -> None:
    terms = after(replay([answer(2, "one", "greeting")]), answer(1, "one", "greeting", at=days(-5)))

    assert {mastery.at for mastery in everything(terms).values()} == {NOW}


def test_a_log_is_replayed_with_the_constants_it_is_given() -> None:
    cautious = Constants(practice_gain=0.0)

    terms = replay([answer(1, "one", score=0.0)], cautious)

    assert terms.constants is cautious
    assert terms.memories["one"].mean < 0.0 < replay([answer(1, "one", score=0.0)]).memories["one"].mean
