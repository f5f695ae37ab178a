"""The health check: what both sides said beside one another."""

from datetime import date

from trainer.domain.charter import QUESTIONS, Question, Sheet, compare, quarter_of, quarter_words
from trainer.domain.parties import Party


def sheet(side: Party, mark: int, **marks: int) -> Sheet:
    return Sheet(side, "Somebody", {question: marks.get(question, mark) for question in Question})


def test_there_are_six_questions() -> None:
    assert len(QUESTIONS) == 6


def test_means_of_both_sides_stand_beside_one_another() -> None:
    health = compare([sheet(Party.OURS, 4), sheet(Party.OURS, 5), sheet(Party.THEIRS, 3, ability=2)])

    ability = health.compared[0]
    assert (ability.question, ability.ours, ability.theirs, ability.is_gap) == (Question.ABILITY, 4.5, 2.0, True)
    assert health.gaps == (ability,)
    assert health.answered == {Party.OURS: 2, Party.THEIRS: 1}


def test_two_apart_is_a_gap_and_less_is_none() -> None:
    assert len(compare([sheet(Party.OURS, 5), sheet(Party.THEIRS, 3)]).gaps) == 6
    assert compare([sheet(Party.OURS, 4), sheet(Party.OURS, 5), sheet(Party.THEIRS, 3)]).gaps == ()


def test_a_side_that_has_not_answered_has_no_mean_and_no_gap() -> None:
    health = compare([sheet(Party.OURS, 5)])

    assert (health.compared[0].theirs, health.gaps, health.is_of_both) == (None, (), False)


def test_few_answers_are_called_few() -> None:
    enough = [sheet(side, 4) for side in Party for _ in range(3)]

    assert compare([*enough[:5]]).is_of_few
    assert not compare(enough).is_of_few
    assert not compare([]).is_of_few


def test_a_quarter_begins_on_its_first_day() -> None:
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert quarter_words(date(2026, 10, 1)) == "fourth quarter of 2026"
