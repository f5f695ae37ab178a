"""What an answer says of a card, when it comes back, and what is reviewed today."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, competency, course, days, item, lesson, phrase, quiz, scenario
from trainer.domain.answers import AnswerKey, check_answer
from trainer.domain.content import CompetencyKind, Content, Item, Phrase
from trainer.domain.generating import drill_quiz
from trainer.domain.grading import Grade, PartGrade
from trainer.domain.review import (
    Card,
    Correction,
    Deck,
    Memory,
    Rating,
    Reviewed,
    ReviewSettings,
    Stage,
    Today,
    corrected,
    count_phrases,
    entered_for,
    is_missed,
    minutes_for,
    next_day,
    offered_corrections,
    rating_of,
    remember,
    replayed,
    todays_turns,
    upcoming,
)

NAMES = ("Pardon ?", "Plus fort ?", "Encore ?", "Plus tard ?", "Pourquoi ?", "Comment ?")
PHRASES = tuple(
    replace(phrase(f"fr-clarify-{number}"), text=text, natural=f"What number {number}?")
    for number, text in enumerate(NAMES, start=1)
)
CLARIFYING = replace(competency("fr", CompetencyKind.LANGUAGE, ("clarify",)), language="fr")
LESSONS = frozenset({"repairing"})


def taught(*phrases: Phrase, others: Sequence[Item] = ()) -> Content:
    """One course: a lesson that holds these phrases, and a quiz of other items."""
    repairing = replace(lesson("repairing"), phrases=phrases)
    france = course("france", lessons=(repairing,), phrases=phrases, quizzes=(quiz("talk", *others),))
    drill = drill_quiz(france, {"fr": CLARIFYING})
    return Content({"fr": CLARIFYING}, {"france": france}, (drill,) if drill else ())


CONTENT = taught(*PHRASES, others=(item("talk-01"), item("talk-02")))


def hears_all(_item: Item) -> bool:
    return True


def hears_nothing(asked: Item) -> bool:
    return asked.audio is None


def turns_of(
    *cards: Card,
    at: datetime = NOW,
    lessons: frozenset[str] = LESSONS,
    is_quiet: bool = False,
    being_assessed: frozenset[str] = frozenset(),
    hears: Callable[[Item], bool] = hears_all,
    **settings: int,
) -> Today:
    deck = Deck(ReviewSettings(**settings), cards, is_quiet, being_assessed)
    return todays_turns(deck, CONTENT, lessons, hears, at=at)


def names_of(today: Today) -> list[str]:
    return [turn.item_id for turn in today.turns]


def card(name: str, *ratings: Rating, first: float = -30.0, due: float | None = None) -> Card:
    """A card that was reviewed each time it was due, from so many days ago on."""
    memory: Memory | None = None
    at = days(first)
    for rating in ratings or (Rating.GOOD,):
        memory = remember(memory, Reviewed(rating, at, 0.9))
        at = memory.due
    assert memory is not None
    if due is not None:
        memory = replace(memory, due=days(due))
    return Card(name, name.rpartition(".")[0] or name, days(first), memory.due, False, memory, UUID(int=1))


def typed(words: str, expected: str = "réunion", *rejected: str) -> Grade:
    checked = check_answer(words, AnswerKey((expected,), "fr"))
    part = PartGrade("answer", float(checked.is_accepted), words, checked.answer, None, checked)
    return Grade(part.score, (), ("greeting",), (part,))


def reviewed(rating: Rating, day: float, retention: float = 0.9) -> Reviewed:
    return Reviewed(rating, days(day), retention)


# What an answer says


@pytest.mark.parametrize(
    ("words", "rating"),
    [
        ("réunion", Rating.GOOD),
        ("Réunion !", Rating.GOOD),
        ("reunion", Rating.HARD),
        ("réuniion", Rating.HARD),
        ("bonjour", Rating.AGAIN),
    ],
)
def test_what_is_typed_counts_by_its_verdict(words: str, rating: Rating) -> None:
    assert rating_of(typed(words)) is rating


def test_of_several_gaps_the_worst_counts() -> None:
    right, slip = typed("réunion").parts, typed("reunion").parts

    assert rating_of(Grade(1.0, (), (), (*right, *slip))) is Rating.HARD


@pytest.mark.parametrize(("score", "rating"), [(1.0, Rating.GOOD), (0.7, Rating.HARD), (0.3, Rating.AGAIN)])
def test_all_else_counts_by_its_score(score: float, rating: Rating) -> None:
    assert rating_of(Grade(score, (), ())) is rating


def test_no_answer_is_easy_by_itself() -> None:
    assert rating_of(Grade(1.0, (), ())) < Rating.EASY


def test_a_person_may_say_more_than_their_answer_told() -> None:
    assert offered_corrections(Rating.AGAIN) == offered_corrections(Rating.HARD) == (Correction.KNEW,)
    assert offered_corrections(Rating.GOOD) == (Correction.EASY, Correction.GUESSED)
    assert corrected(Correction.KNEW) is Rating.GOOD
    assert corrected(Correction.EASY) is Rating.EASY
    assert corrected(Correction.GUESSED) is Rating.AGAIN


def test_a_missed_item_becomes_a_card_but_a_scenario_does_not() -> None:
    assert is_missed(item(), 0.3)
    assert not is_missed(item(), 0.7)
    assert not is_missed(item(interaction=scenario()), 0.0)


# When a card comes back


@given(st.integers(1, 8), st.sampled_from((0.80, 0.85, 0.90, 0.95)))
def test_intervals_grow_with_each_good_answer(times: int, retention: float) -> None:
    memory = remember(None, Reviewed(Rating.GOOD, NOW, retention))
    interval = timedelta()

    for _ in range(times):
        after = remember(memory, Reviewed(Rating.GOOD, memory.due, retention))
        assert after.due - memory.due >= interval
        assert after.stability > memory.stability
        interval, memory = after.due - memory.due, after


ratings = st.sampled_from(Rating)
logs = st.lists(st.tuples(ratings, st.floats(0.0, 40.0)), min_size=1, max_size=10)


@given(logs)
def test_the_same_reviews_make_the_same_memory(log: list[tuple[Rating, float]]) -> None:
    reviews, day = [], 0.0
    for rating, pause in log:
        day += pause
        reviews.append(reviewed(rating, day))

    assert replayed(reviews) == replayed(reviews)
    assert replayed(reviews[:-1]) == (None if len(reviews) == 1 else replayed(reviews[:-1]))
    last = replayed(reviews)
    assert last is not None
    assert last.reviews == len(reviews)
    assert last.due > last.last_at
    assert last.stability > 0.0


@given(logs)
def test_a_higher_rating_never_brings_a_card_back_sooner(log: list[tuple[Rating, float]]) -> None:
    before, day = None, 0.0
    for rating, pause in log:
        day += pause
        before = remember(before, reviewed(rating, day))

    due = [remember(before, reviewed(rating, day + 3)).due for rating in Rating]

    assert due == sorted(due)


def test_a_lower_retention_lets_a_card_rest_longer() -> None:
    memory = replayed(reviewed(Rating.GOOD, day) for day in (0, 3, 10))

    assert remember(memory, reviewed(Rating.GOOD, 30, 0.8)).due > remember(memory, reviewed(Rating.GOOD, 30, 0.95)).due


def test_what_was_not_remembered_comes_back_in_ten_minutes() -> None:
    memory = remember(None, Reviewed(Rating.AGAIN, NOW, 0.9))

    assert memory.stage is Stage.LEARNING
    assert memory.due == NOW + timedelta(minutes=10)


def test_a_card_comes_back_by_days_whatever_the_hour() -> None:
    evening = NOW.replace(hour=22)
    memory = remember(None, Reviewed(Rating.GOOD, evening, 0.9))

    assert memory.due == next_day(evening) + timedelta(days=1)
    early = remember(memory, Reviewed(Rating.GOOD, memory.due + timedelta(hours=6), 0.9))
    assert early == remember(memory, Reviewed(Rating.GOOD, memory.due + timedelta(hours=6), 0.9))
    assert early.due - memory.due > timedelta(days=2)


def test_no_card_rests_longer_than_a_year() -> None:
    memory = None
    for _ in range(12):
        at = NOW if memory is None else memory.due
        memory = remember(memory, Reviewed(Rating.EASY, at, 0.8))

    assert memory is not None
    assert memory.due - memory.last_at <= timedelta(days=365)


# Today


def test_new_phrases_come_in_the_order_of_the_course_up_to_the_limit() -> None:
    assert names_of(turns_of(new_per_day=2)) == ["fr-clarify-1.meaning", "fr-clarify-2.meaning"]


def test_nothing_is_new_without_a_lesson_that_is_done_or_when_none_is_asked_for() -> None:
    assert turns_of(lessons=frozenset()).left == 0
    assert turns_of(new_per_day=0).left == 0


def test_what_was_begun_today_counts_towards_the_limit() -> None:
    begun = card("fr-clarify-1.meaning", first=0.0)

    assert names_of(turns_of(begun, new_per_day=2)) == ["fr-clarify-2.meaning"]


def test_what_is_due_comes_before_what_is_new_the_longest_due_first() -> None:
    late, today = card("fr-clarify-2.meaning", due=-3), card("fr-clarify-1.meaning", due=0)

    assert names_of(turns_of(today, late, new_per_day=1)) == [late.id, today.id, "fr-clarify-3.meaning"]


def test_what_is_due_later_today_is_due_today_and_what_is_due_tomorrow_is_not() -> None:
    evening, tomorrow = card("fr-clarify-1.meaning", due=0.4), card("fr-clarify-2.meaning", due=1)

    assert names_of(turns_of(evening, tomorrow, new_per_day=0)) == [evening.id]


def test_only_one_card_of_a_phrase_comes_on_a_day() -> None:
    one, sibling = card("fr-clarify-1.meaning", due=-2), card("fr-clarify-1.listening", due=-1)

    assert names_of(turns_of(one, sibling, new_per_day=0)) == [one.id]


def test_the_siblings_of_a_phrase_are_put_off_once_one_was_answered_today() -> None:
    answered = card("fr-clarify-1.meaning", first=-0.1)
    sibling = card("fr-clarify-1.listening", due=-1)

    assert turns_of(answered, sibling, new_per_day=0).left == 0
    assert names_of(turns_of(answered, sibling, at=days(1), new_per_day=0)) == [sibling.id]


def test_the_next_way_of_a_phrase_is_new_when_the_one_before_was_learnt() -> None:
    learnt, learning = card("fr-clarify-1.meaning", due=9), card("fr-clarify-2.meaning", Rating.AGAIN, due=9)

    assert names_of(turns_of(learnt, learning, new_per_day=2)) == ["fr-clarify-3.meaning", "fr-clarify-1.listening"]


def test_where_nothing_can_be_played_a_phrase_goes_on_with_the_way_after() -> None:
    learnt = card("fr-clarify-1.meaning", due=9)
    heard = card("fr-clarify-2.listening", due=-1)

    assert names_of(turns_of(learnt, heard, new_per_day=9, hears=hears_nothing))[1] == "fr-clarify-1.wording"
    assert heard.id not in names_of(turns_of(learnt, heard, hears=hears_nothing))


def test_what_has_to_be_heard_waits_while_it_is_quiet() -> None:
    heard, seen = card("fr-clarify-1.listening", due=-1), card("fr-clarify-2.meaning", due=0)

    today = turns_of(heard, seen, is_quiet=True, new_per_day=0)

    assert names_of(today) == [seen.id]
    assert today.to_hear == 1


def test_no_more_comes_a_day_than_was_asked_for() -> None:
    due = [card(f"fr-clarify-{number}.meaning", due=-1) for number in range(1, 6)]
    answered = card("fr-clarify-6.meaning", first=-0.1)

    assert turns_of(*due, max_per_day=3).left == 3
    assert turns_of(*due, answered, max_per_day=3).left == 2


def test_what_was_not_remembered_comes_back_whatever_was_asked_for() -> None:
    again = card("fr-clarify-1.meaning", Rating.AGAIN, first=-0.1)

    assert names_of(turns_of(again, max_per_day=1, new_per_day=0)) == [again.id]


def test_a_missed_item_comes_the_next_day() -> None:
    missed = entered_for("talk-01", NOW)

    assert turns_of(missed, new_per_day=0).left == 0
    assert names_of(turns_of(missed, at=days(1), new_per_day=0)) == ["talk-01"]


def test_a_card_whose_item_is_taught_no_more_is_passed_over() -> None:
    gone = card("talk-99", due=-1)

    assert turns_of(gone, new_per_day=0).left == 0


def test_a_card_that_comes_back_soon_is_asked_when_nothing_else_is_left() -> None:
    again = card("fr-clarify-1.meaning", Rating.AGAIN, first=-0.001)
    today = turns_of(again, new_per_day=0)

    assert (names_of(today), today.left) == ([], 1)
    turn = today.next_turn(None, NOW)
    assert turn is not None
    assert turn.item_id == again.id
    assert today.next_turn(again.group, NOW) is None


lasts = st.one_of(st.none(), st.sampled_from([each.id for each in PHRASES]))
some_cards = st.lists(
    st.builds(
        card,
        st.builds(
            "{}.{}".format, st.sampled_from([each.id for each in PHRASES]), st.sampled_from(("meaning", "typed"))
        ),
        ratings,
        first=st.sampled_from((-20.0, -0.2, -0.002)),
        due=st.sampled_from((None, -2.0, 0.001, 5.0)),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)


@given(some_cards, lasts)
def test_the_same_phrase_never_comes_twice_in_a_row(cards: list[Card], last: str | None) -> None:
    today = turns_of(*cards)

    groups = [turn.group for turn in (*today.turns, *today.later)]
    assert len(set(groups)) == len(groups)
    turn = today.next_turn(last, NOW)
    assert turn is None or turn.group != last


@given(some_cards)
def test_of_a_phrase_that_was_met_today_no_other_card_comes(cards: list[Card]) -> None:
    met = {each.group: each.id for each in cards if each.last_at is not None and each.last_at.date() == NOW.date()}

    today = turns_of(*cards)

    assert all(met.get(turn.group, turn.item_id) == turn.item_id for turn in (*today.turns, *today.later))


# What is told of it


def test_the_coming_weeks_are_counted_by_day_with_all_that_is_late_today() -> None:
    cards = (card("fr-clarify-1.meaning", due=-9), card("fr-clarify-2.meaning", due=3), card("talk-01", due=90))

    ahead = upcoming(Deck(cards=cards), CONTENT, at=NOW)

    assert len(ahead) == 28
    assert ahead[0].on == NOW.date()
    assert [each.cards for each in ahead[:5]] == [1, 0, 0, 1, 0]
    assert sum(each.cards for each in ahead) == 2


def test_siblings_that_fall_on_one_day_are_told_on_two() -> None:
    cards = (card("fr-clarify-1.meaning", due=-1), card("fr-clarify-1.typed", due=0))

    assert [each.cards for each in upcoming(Deck(cards=cards), CONTENT, at=NOW)[:3]] == [1, 1, 0]


def test_a_sibling_of_what_was_met_today_is_told_tomorrow() -> None:
    cards = (card("fr-clarify-1.meaning", first=-0.1), card("fr-clarify-1.typed", due=-3))

    assert [each.cards for each in upcoming(Deck(cards=cards), CONTENT, at=NOW)[:2]] == [0, 1]


@given(some_cards, st.booleans())
def test_what_is_told_of_today_is_what_is_asked_of_it(cards: list[Card], is_assessed: bool) -> None:
    assessed = frozenset([CONTENT.items["talk-01"].quiz_id] if is_assessed else [])

    today = turns_of(*cards, new_per_day=0, being_assessed=assessed)

    ahead = upcoming(Deck(cards=tuple(cards), being_assessed=assessed), CONTENT, at=NOW)
    assert ahead[0].cards == today.left


def test_an_item_of_a_quiz_that_is_being_assessed_waits_and_is_told_on_no_day() -> None:
    cards = (card("fr-clarify-1.meaning", due=-9), card("talk-01", due=-3))
    assessed = frozenset([CONTENT.items["talk-01"].quiz_id])

    today = turns_of(*cards, new_per_day=0, being_assessed=assessed)

    assert (names_of(today), today.held_back) == (["fr-clarify-1.meaning"], 1)
    ahead = upcoming(Deck(cards=cards, being_assessed=assessed), CONTENT, at=NOW)
    assert sum(each.cards for each in ahead) == 1


def test_no_new_item_is_of_a_quiz_that_is_being_assessed() -> None:
    drill = CONTENT.items["fr-clarify-1.meaning"].quiz_id

    assert turns_of(being_assessed=frozenset([drill])).left == 0 < turns_of().left


def test_a_phrase_is_known_when_each_of_its_cards_would_last_three_weeks() -> None:
    good = [Rating.GOOD] * 6
    cards = (
        card("fr-clarify-1.meaning", *good),
        card("fr-clarify-2.meaning", *good),
        card("fr-clarify-2.typed"),
        card("talk-01"),
        card("talk-99"),
    )

    counts = count_phrases(Deck(cards=cards), CONTENT, LESSONS)

    assert (counts.known, counts.learning, counts.new, counts.missed) == (1, 1, 4, 1)


def test_twelve_cards_take_about_four_minutes() -> None:
    assert minutes_for(12) == 4
    assert minutes_for(0) == 0
    assert minutes_for(1) == 1
