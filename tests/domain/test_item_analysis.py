"""The analysis of what is asked: its figures, when they are told, and when something needs a look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import content, course, item, option, prose, quiz, scenario, some_of
from trainer.domain.answers import AnswerKey
from trainer.domain.content import Gap, Item, ItemType, OneOf, Part, SomeOf, Typed
from trainer.domain.content import Matching as MatchingItem
from trainer.domain.content import Pair as PairOf
from trainer.domain.grading import Given
from trainer.domain.item_analysis import (
    PAUSE_SECONDS,
    Analysis,
    Answers,
    Asked,
    Finding,
    FirstAnswer,
    Log,
    Need,
    Sums,
    Tally,
    add_up_log,
    analyse,
    asked_of,
    correlate,
    everything_asked,
)

HASH = "0" * 32
FOUR = OneOf((option("a", 1.0), option("b"), option("c"), option("d")))


def asked(interaction: object = FOUR, kind: ItemType = ItemType.CHOICE) -> Asked:
    made = item("item", interaction=interaction, kind=kind)  # type: ignore[arg-type]
    return Asked(quiz("quiz", made), made)


def sums(people: int, score: float = 0.0, rests: Sequence[float] = ()) -> Sums:
    """So many people who all scored this, some of them with how they did in the rest."""
    n = len(rests)
    return Sums(
        people, people * (score >= 1.0), people * score, n, n * score, n * score * score,
        sum(rests), sum(rest * rest for rest in rests), score * sum(rests),
    )  # fmt: skip


def chose(scores: Mapping[str, float], rests: Mapping[str, Sequence[float]] | None = None, /, **people: int) -> Answers:
    """So many people chose each option."""
    rests = rests or {}
    tallies = (Tally(Given((name,)), sums(n, scores.get(name, 0.0), rests.get(name, ()))) for name, n in people.items())
    return Answers(HASH, tuple(tallies))


def of_four(rests: Mapping[str, Sequence[float]] | None = None, /, **people: int) -> Analysis:
    return analyse(asked(), [chose({"a": 1.0}, rests, **people)])


def needs(analysis: Analysis) -> list[tuple[Need, str, bool]]:
    return [(finding.need, finding.subject, finding.is_early) for finding in analysis.findings]


# What is told of how many


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_fewer_than_five_people_nothing_is_told(people: int) -> None:
    analysis = of_four(a=people)

    assert analysis == Analysis(asked())


def test_from_five_people_on_the_mean_score_is_told_with_its_range() -> None:
    analysis = of_four(a=4, b=1)

    assert analysis.people == 5
    assert analysis.difficulty is not None
    assert analysis.difficulty.value == pytest.approx(0.8)
    assert analysis.difficulty.low == pytest.approx(0.3755, abs=0.0001)
    assert analysis.difficulty.high == pytest.approx(0.9638, abs=0.0001)


def test_of_an_option_that_one_to_four_chose_only_that_is_told() -> None:
    uses = {use.option.id: use for use in of_four(a=20, b=5, c=4).options}

    assert (uses["a"].people, uses["a"].share) == (20, 20 / 29)
    assert (uses["b"].people, uses["b"].share) == (5, 5 / 29)
    assert (uses["c"].people, uses["c"].share, uses["c"].pull) == (None, None, None)
    assert (uses["d"].people, uses["d"].share) == (0, 0.0)


def test_an_edited_item_starts_anew_and_the_older_wording_is_told_apart() -> None:
    old = replace(chose({"a": 1.0}, a=30), content_hash="1" * 32)
    older = replace(chose({"a": 1.0}, a=4), content_hash="2" * 32)

    analysis = analyse(asked(), [old, older, chose({"a": 1.0}, a=3, b=3)])

    assert analysis.people == 6
    assert [(each.people, each.difficulty.value) for each in analysis.older] == [(30, 1.0)]


def test_an_item_with_answers_to_an_older_wording_only_has_no_figures() -> None:
    analysis = analyse(asked(), [replace(chose({"a": 1.0}, a=30), content_hash="1" * 32)])

    assert (analysis.people, analysis.difficulty, analysis.findings) == (0, None, ())
    assert len(analysis.older) == 1


# Discrimination


numbers = st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(-1.0, 1.0)), min_size=2, max_size=40)


def correlated(pairs: Iterable[tuple[float, float]]) -> float | None:
    xs, ys = zip(*pairs, strict=True)
    products = sum(x * y for x, y in zip(xs, ys, strict=True))
    return correlate(len(xs), sum(xs), sum(x * x for x in xs), sum(ys), sum(y * y for y in ys), products)


@given(numbers)
def test_a_correlation_lies_between_minus_one_and_one(pairs: list[tuple[float, float]]) -> None:
    r = correlated(pairs)

    assert r is None or -1.0 <= r <= 1.0


@given(numbers, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(pairs: list[tuple[float, float]], random: Random) -> None:
    mixed = list(pairs)
    random.shuffle(mixed)

    assert correlated(mixed) == pytest.approx(correlated(pairs), abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-4, 4)), min_size=2, max_size=40))
def test_it_is_pearsons(pairs: list[tuple[int, int]]) -> None:
    xs, ys = zip(*pairs, strict=True)
    if len(set(xs)) < 2 or len(set(ys)) < 2:
        assert correlated(pairs) is None
    else:
        assert correlated(pairs) == pytest.approx(correlation(xs, ys), abs=1e-6)


def test_discrimination_is_told_from_twenty_people_on() -> None:
    strong, weak = [0.5] * 10, [-0.5] * 10

    assert of_four({"a": strong, "b": weak[:9]}, a=10, b=9).discrimination is None
    found = of_four({"a": strong, "b": weak}, a=10, b=10).discrimination
    assert found is not None
    assert found.value == pytest.approx(1.0)


def test_where_all_scored_the_same_nobody_is_told_apart() -> None:
    assert of_four({"a": [0.1 * n for n in range(30)]}, a=30).discrimination is None


# What needs a look


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ({"a": 19, "b": 15, "c": 15}, [(Need.DEAD, "d", True)]),
        ({"a": 20, "b": 16, "c": 16}, [(Need.DEAD, "d", False)]),
        ({"a": 20, "b": 16, "c": 15, "d": 1}, []),
        ({"a": 40, "b": 30, "c": 30, "d": 1}, [(Need.DEAD, "d", False)]),
        ({"a": 7, "b": 6, "c": 6}, []),
    ],
)
def test_an_option_is_dead_when_chance_hardly_explains_that_so_few_chose_it(
    people: dict[str, int], found: list[tuple[Need, str, bool]]
) -> None:
    assert needs(of_four(None, **people)) == found


def test_of_a_dead_option_that_few_chose_the_number_is_not_told() -> None:
    (finding,) = of_four(a=40, b=30, c=30, d=1).findings

    assert finding == Finding(Need.DEAD, "d", people=None)


def test_the_best_option_is_never_dead_but_the_item_too_hard() -> None:
    analysis = of_four(b=30, c=30, d=30)

    assert needs(analysis) == [(Need.TOO_HARD, "", False)]


@pytest.mark.parametrize(("right", "wrong", "early"), [(30, 0, False), (24, 0, True), (97, 3, False)])
def test_an_item_is_too_easy_when_surely_nine_in_ten_give_the_best_answer(right: int, wrong: int, early: bool) -> None:
    found = [each for each in needs(of_four(a=right, b=wrong)) if each[0] is Need.TOO_EASY]

    assert found == [(Need.TOO_EASY, "", early)]


@pytest.mark.parametrize(("right", "wrong"), [(19, 0), (94, 6), (45, 5)])
def test_it_is_not_too_easy_when_that_may_be_chance(right: int, wrong: int) -> None:
    assert Need.TOO_EASY not in [need for need, *_ in needs(of_four(a=right, b=wrong))]


def test_a_graded_item_is_too_hard_when_people_do_worse_than_who_picks_blindly() -> None:
    graded = OneOf((option("a", 1.0), option("b", 0.75), option("c", 0.25), option("d", 0.0)))
    scores = {"a": 1.0, "b": 0.75, "c": 0.25}

    analysis = analyse(asked(graded), [chose(scores, a=5, b=20, c=20, d=55)])

    assert analysis.difficulty is not None
    assert analysis.difficulty.value == pytest.approx(0.25)
    assert needs(analysis) == [(Need.TOO_HARD, "", False)]
    assert needs(analyse(asked(graded), [chose(scores, a=30, b=20, c=20, d=30)])) == []


def test_an_item_where_the_strong_do_worse_is_the_most_urgent() -> None:
    strong, weak = [0.4] * 30, [-0.4] * 30

    analysis = of_four({"a": weak, "b": strong}, a=30, b=30)

    assert [need for need, *_ in needs(analysis)][:2] == [Need.REVERSED, Need.LURES_THE_ABLE]


def test_an_option_that_draws_the_strong_from_the_best_one_is_found() -> None:
    rests = {"a": [0.1] * 60, "b": [0.5] * 40, "c": [-0.5] * 50, "d": [-0.5] * 50}

    found = needs(of_four(rests, a=60, b=40, c=50, d=50))

    assert (Need.LURES_THE_ABLE, "b", False) in found
    assert all(subject == "b" for _, subject, _ in found)


def test_an_item_that_surely_tells_nobody_apart_is_found() -> None:
    mixed = [0.3 if number % 2 else -0.3 for number in range(150)]

    assert (Need.TELLS_LITTLE, "", False) in needs(of_four({"a": mixed, "b": mixed}, a=150, b=150))
    assert needs(of_four({"a": mixed[:15], "b": mixed[:15], "c": mixed[:8]}, a=15, b=15, c=8, d=5)) == []


def test_the_sound_passages_of_a_mail_are_no_dead_options() -> None:
    mail = SomeOf(some_of(1.0, 0.0, 0.0).options, is_in_order=True)

    assert needs(analyse(asked(mail), [chose({"a": 1.0}, a=40, b=20)])) == []
    assert needs(analyse(asked(some_of(1.0, 0.0, 0.0)), [chose({"a": 1.0}, a=40, b=20)])) == [(Need.DEAD, "c", False)]


# Typed, arranged


def typed_item() -> Asked:
    gap = Gap("gap", AnswerKey(("Bonjour",), "fr"))
    return asked(Typed(gap, prose()), ItemType.TYPED)


def typed(text: str, people: int, verdict: str = "wrong") -> Tally:
    score = float(verdict == "exact")
    return Tally(Given(entries=(("gap", text),)), sums(people, score), {"gap": (verdict, text.casefold())})


def test_a_wrong_text_is_told_when_five_people_typed_it() -> None:
    tallies = typed("Salut", 4), typed("salut", 1), typed("Allô", 4), typed("Bonjour", 30, "exact")

    analysis = analyse(typed_item(), [Answers(HASH, tallies)])

    assert [(each.text, each.people, each.is_explained) for each in analysis.mistakes] == [("salut", 5, False)]


def test_a_frequent_wrong_text_that_nothing_is_said_of_needs_a_look() -> None:
    tallies = typed("Salut", 6), typed("Coucou", 7, "rejected"), typed("Bonjour", 30, "exact")

    analysis = analyse(typed_item(), [Answers(HASH, tallies)])

    assert [each.text for each in analysis.mistakes] == ["coucou", "salut"]
    assert analysis.findings == (Finding(Need.UNEXPLAINED, "gap", "salut", 6),)


def test_the_parts_of_an_item_are_told_apart() -> None:
    sides = [PairOf(Part(name, prose()), Part(name, prose(name)), prose()) for name in ("one", "two", "three")]
    swapped = Given(entries=(("one", "one"), ("two", "three"), ("three", "two")))
    right = Given(entries=(("one", "one"), ("two", "two"), ("three", "three")))
    answers = Answers(HASH, (Tally(swapped, sums(40, 1 / 3)), Tally(right, sums(8, 1.0))))

    analysis = analyse(asked(MatchingItem(tuple(sides), (), prose()), ItemType.MATCHING), [answers])

    assert [(part.id, part.right.value) for part in analysis.parts] == [
        ("one", 1.0),
        ("two", pytest.approx(8 / 48)),
        ("three", pytest.approx(8 / 48)),
    ]
    assert needs(analysis) == [(Need.PART_TOO_HARD, "two", False), (Need.PART_TOO_HARD, "three", False)]


def test_an_answer_that_no_longer_fits_the_item_counts_without_its_parts() -> None:
    sides = (PairOf(Part("one", prose()), Part("one", prose()), prose()),)
    answers = Answers(HASH, (Tally(Given(entries=(("gone", "one"),)), sums(9)),))

    analysis = analyse(asked(MatchingItem(sides, (), prose()), ItemType.MATCHING), [answers])

    assert (analysis.people, analysis.parts) == (9, ())


# What is asked


def test_each_node_of_a_scenario_is_asked_by_itself() -> None:
    story = item("story", interaction=scenario(), kind=ItemType.BRANCHING)
    plain = item("plain")

    found = list(everything_asked(content(course("course", quizzes=(quiz("quiz", plain, story),)))))

    assert [each.key for each in found] == ["plain", "story#n1", "story#n2", "story#repair"]
    assert [option.id for option in found[1].options] == ["a", "b", "c"]
    assert found[1].guessed == pytest.approx((1.0 + 0.3 + 0.0) / 3)


# Adding up


def answers_of(person: int, scores: Sequence[float], items: Sequence[Item], start: int = 0) -> list[FirstAnswer]:
    """A minute for each answer."""
    return [
        FirstAnswer(person, person, each.id, each.id, HASH, score, f"{score}", None, start + 60 * (number + 1), start)
        for number, (each, score) in enumerate(zip(items, scores, strict=False))
    ]


FIVE = tuple(item(name) for name in ("one", "two", "three", "four", "five"))


def added(rows: Sequence[Sequence[float]], usual: float = 0.5) -> Log:
    answers = [answer for person, scores in enumerate(rows) for answer in answers_of(person, scores, FIVE)]
    return add_up_log(answers, {(each.id, HASH): usual for each in FIVE})


def whole(log: Log, name: str) -> Sums:
    return sum((each.sums for each in log.answers[name, HASH]), Sums())


score_rows = st.lists(st.lists(st.sampled_from((0.0, 0.5, 1.0)), min_size=5, max_size=5), min_size=2, max_size=25)


@given(score_rows)
def test_the_rest_is_how_the_same_person_did_in_the_other_items(rows: list[list[float]]) -> None:
    firsts, rests = [row[0] for row in rows], [sum(row[1:]) / 4 - 0.5 for row in rows]

    found = whole(added(rows), "one").correlation()

    if len(set(firsts)) < 2 or len(set(rests)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(correlation(firsts, rests), abs=1e-6)


@given(score_rows, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_people_come(rows: list[list[float]], random: Random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)

    one, other = whole(added(rows), "three"), whole(added(mixed), "three")

    assert (one.people, one.full) == (other.people, other.full)
    assert one.total == pytest.approx(other.total)
    assert one.correlation() == pytest.approx(other.correlation(), abs=1e-6)


def test_who_answered_fewer_than_three_others_is_not_compared() -> None:
    log = added([[1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0], [0.0] * 5])

    assert (whole(log, "one").people, whole(log, "one").pairs) == (3, 2)


def test_the_steps_of_one_conversation_are_not_held_against_one_another() -> None:
    steps = [
        FirstAnswer(1, 1, "story", f"story#{name}", HASH, 1.0, "a", None, 60, 0) for name in ("n1", "n2", "n3", "n4")
    ]
    others = answers_of(1, [0.0, 0.0, 0.5], FIVE)
    usual = {(each.key, HASH): 0.5 for each in (*steps, *others)}

    log = add_up_log([*steps, *others], usual)

    assert whole(log, "story#n1").pairs == 1
    assert whole(log, "story#n1").rests == pytest.approx((0.0 + 0.0 + 0.5) / 3 - 0.5)
    assert whole(log, "one").rests == pytest.approx((4 * 1.0 + 0.0 + 0.5) / 6 - 0.5)


def test_somebody_who_comes_to_the_same_step_again_counts_once() -> None:
    steps = [FirstAnswer(1, 1, "story", "story#n1", HASH, score, "a", None, 60, 0) for score in (0.0, 1.0)]

    log = add_up_log(steps, {("story#n1", HASH): 0.5})

    assert (whole(log, "story#n1").people, whole(log, "story#n1").total) == (1, 0.0)


def test_the_time_is_the_median_from_answer_to_answer_without_pauses() -> None:
    answers = []
    for person, seconds in enumerate((10, 20, 30, 40, 400, PAUSE_SECONDS + 1, 0, -5)):
        answers.append(FirstAnswer(person, person, "one", "one", HASH, 1.0, "a", None, 1000 + seconds, 1000))
        answers.append(FirstAnswer(person, person, "two", "two", HASH, 1.0, "a", None, 1000 + seconds + 33, 1000))

    log = add_up_log(answers, {("one", HASH): 1.0, ("two", HASH): 1.0})

    assert log.seconds == {("one", HASH): 30, ("two", HASH): 33}


def test_the_time_of_fewer_than_five_people_is_not_told() -> None:
    assert added([[1.0] * 5] * 4).seconds == {}
    assert set(added([[1.0] * 5] * 5).seconds.values()) == {60}


def test_asked_of_a_plain_item_is_the_item() -> None:
    plain = item("plain")

    (only,) = asked_of(quiz("quiz", plain), plain)

    assert (only.key, only.node) == ("plain", None)
