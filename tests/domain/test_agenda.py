"""An agenda in its frame: each item timed, the end stated five minutes before, what does not fit parked."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.agenda import AgendaItem, Interpreting, fit_agenda

START = datetime(2027, 6, 2, 7, tzinfo=UTC)


def items(*minutes: int) -> list[AgendaItem]:
    return [AgendaItem(str(number), f"Item {number}", each) for number, each in enumerate(minutes)]


def test_items_follow_one_another_and_the_end_is_stated_five_minutes_before() -> None:
    agenda = fit_agenda(items(10, 20), START, 60)

    assert [(each.starts_at.minute, each.ends_at.minute) for each in agenda.timed] == [(0, 10), (10, 30)]
    assert (agenda.closing_at, agenda.ends_at) == (START + timedelta(minutes=55), START + timedelta(minutes=60))
    assert agenda.spare == 25


def test_what_does_not_fit_is_parked_and_a_shorter_item_behind_it_is_kept() -> None:
    agenda = fit_agenda(items(30, 40, 20, 10), START, 60)

    assert [each.item.id for each in agenda.timed] == ["0", "2"]
    assert [each.id for each in agenda.parked] == ["1", "3"]


def test_an_interpreter_who_takes_turns_doubles_each_item() -> None:
    plain, doubled, whispered = (fit_agenda(items(20, 20), START, 60, each) for each in Interpreting)

    assert (len(plain.timed), len(doubled.timed), len(whispered.timed)) == (2, 1, 2)
    assert doubled.timed[0].ends_at == START + timedelta(minutes=40)


def test_a_frame_shorter_than_the_closing_words_takes_nothing() -> None:
    agenda = fit_agenda(items(1), START, 3)

    assert (agenda.timed, agenda.spare) == ((), 0)
    assert agenda.closing_at == START


@given(st.lists(st.integers(0, 120), max_size=12), st.integers(0, 480), st.sampled_from(Interpreting))
def test_nothing_is_lost_and_nothing_runs_over(minutes: list[int], frame: int, interpreting: Interpreting) -> None:
    agenda = fit_agenda(items(*minutes), START, frame, interpreting)
    timed, parked = [each.item for each in agenda.timed], list(agenda.parked)

    assert sorted(int(each.id) for each in (*timed, *parked)) == list(range(len(minutes)))
    assert [timed, parked] == [sorted(group, key=lambda each: int(each.id)) for group in (timed, parked)]
    assert all(each.ends_at <= agenda.closing_at for each in agenda.timed)
    assert all(each.takes(interpreting) > agenda.spare for each in parked)
