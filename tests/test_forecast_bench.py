"""How the benchmark of the forecast reads its logs and comes to its figures; the benchmark itself is run by hand."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tests.bench.baselines import Elo, Fsrs, ItemMeans, means
from tests.bench.features import BEST_LR, DAS3H, design
from tests.bench.figures import Answers, Array, estimate, judged, measure, resample
from tests.bench.forecast import main
from tests.bench.forecast_report import as_json, table
from tests.bench.forecaster import Forecaster
from tests.bench.frozen import part
from tests.bench.judging import Report, report
from tests.bench.leave_one_out import START, LeftOut, choose, leave_out, loss, moves, read_logs, sample
from tests.bench.leave_one_out import as_json as choices_json
from tests.bench.leave_one_out import main as choose_and_judge
from tests.bench.leave_one_out import table as choices_table
from tests.bench.logs import COLUMNS, Log, LogError, Row, Student, parse_log, read_log
from tests.bench.prequential import stream
from tests.bench.regressions import chances, fit

HEADER = ",".join(COLUMNS)


def made_rows() -> Iterator[str]:
    """Two hundred rows of ten students, of whom two are held out; they come back after two days."""
    random = Random(7)
    for user in range(10):
        for number in range(20):
            item = random.randrange(12)
            kind = "study" if number == 3 else "test"
            day = number / 1000 + (2.0 if number >= 12 else 0.0)
            right = int(kind == "test" and random.random() < 0.2 + item / 20)
            yield f"{user},{item},{item % 3},{day:.5f},{right},{kind},{'test' if user >= 8 else 'train'}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    log = tmp_path / "made.csv.gz"
    with gzip.open(log, "wt", encoding="utf-8") as file:
        file.write("\n".join([HEADER, *made_rows()]))
    return log


@pytest.fixture(scope="module")
def found() -> Report:
    return report(parse_log([HEADER, *made_rows()]), bootstraps=20, say=lambda words: None)


def student(*rows: tuple[str, float, int], studied: Sequence[int] = ()) -> Student:
    return Student("s", tuple(Row(item, "k", day, right, at in studied) for at, (item, day, right) in enumerate(rows)))


def one_draw(students: int = 1) -> Array:
    return np.ones((1, students))


# Reading


def test_a_log_keeps_its_students_apart_and_in_order(path: Path) -> None:
    log = read_log(path)

    assert [each.name for each in log.held_out] == ["8", "9"]
    assert [len(each.rows) for each in log.training] == [20] * 8
    assert sum(row.is_study for each in log.training for row in each.rows) == 8


def test_a_plain_csv_is_read_too(path: Path, tmp_path: Path) -> None:
    plain = tmp_path / "made.csv"
    plain.write_bytes(gzip.decompress(path.read_bytes()))

    assert read_log(plain) == read_log(path)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["user,item,skills,t_days,correct,kind", "0,0,0,0,1,test"], "1: no column skill, split; found user, item"),
        ([], "1: no column user, item, skill, t_days, correct, kind, split; found nothing"),
        ([HEADER, "0,0,0,0,2,test,train"], "2: correct is '2', not 0 or 1"),
        ([HEADER, "0,0,0,0,1,exam,train"], "2: kind is 'exam', not test or study"),
        ([HEADER, "0,0,0,soon,1,test,train"], "2: t_days is 'soon', not a number of days"),
        ([HEADER, "0,0,0,0,1"], "2: the row is too short"),
        ([HEADER, "0,0,0,1,1,test,train", "0,0,0,0,1,test,train"], "3: user 0 goes back in time"),
        ([HEADER, "0,0,0,0,1,test,train", "0,0,0,1,1,test,test"], "3: user 0 is in both splits"),
        ([HEADER, "0,0,0,0,1,test,train"], "needs answers of students of both splits"),
    ],
)
def test_what_does_not_fit_the_schema_is_named_with_its_line(lines: list[str], words: str) -> None:
    with pytest.raises(LogError) as told:
        parse_log(lines)

    assert words in str(told.value)


def test_a_missing_or_damaged_file_is_told_in_one_line(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.csv.gz"
    damaged.write_bytes(path.read_bytes()[:100])
    for each, words in ((tmp_path / "none.csv.gz", "there is no such file"), (damaged, "cannot be read")):
        with pytest.raises(SystemExit) as ended:
            main([str(each)])

        assert ended.value.code == 1
        told = capsys.readouterr().err
        assert told.startswith(f"{each}: {words}")
        assert told.count("\n") == 1


# Figures


def test_auc_is_the_share_of_pairs_in_order_and_ties_count_half() -> None:
    random = Random(3)
    correct = np.array([random.randrange(2) for _ in range(60)], dtype=np.float64)
    told = np.array([random.randrange(8) / 8 for _ in range(60)])
    owner = np.array([number % 5 for number in range(60)])
    draws = resample(5, 3)

    found = measure(Answers(correct, owner), told, draws)["auc"]

    for draw, area in zip(draws, found, strict=True):
        many = [number for number in range(60) for _ in range(int(draw[owner[number]]))]
        right, wrong = ([told[each] for each in many if correct[each] == value] for value in (1, 0))
        wins = sum((a > b) + (a == b) / 2 for a in right for b in wrong)
        assert area == pytest.approx(wins / (len(right) * len(wrong)))


def test_ece_weighs_the_gap_of_each_bin_by_its_answers() -> None:
    correct, told = np.array([0.0, 1.0, 1.0, 1.0]), np.array([0.12, 0.18, 0.95, 1.0])

    found = measure(Answers(correct, np.zeros(4, dtype=np.int64)), told, one_draw())

    assert found["ece"][0] == pytest.approx((abs(1 - 0.30) + abs(2 - 1.95)) / 4)
    assert found["rmse"][0] == pytest.approx(np.sqrt((0.12**2 + 0.82**2 + 0.05**2) / 4))
    assert found["bias"][0] == pytest.approx(2.25 / 4 - 3 / 4)
    assert found["log_loss"][0] == pytest.approx(-np.log([0.88, 0.18, 0.95, 1.0]).sum() / 4, abs=1e-6)


def test_a_wrong_certainty_costs_much_but_not_everything() -> None:
    found = measure(Answers(np.zeros(1), np.zeros(1, dtype=np.int64)), np.ones(1), one_draw())

    assert found["log_loss"][0] == pytest.approx(-np.log(1e-6))


def test_draws_begin_with_the_log_itself_and_are_the_same_every_time() -> None:
    draws = resample(20, 50)

    assert (draws[0] == 1).all()
    assert (draws.sum(axis=1) == 20).all()
    assert (draws == resample(20, 50)).all()
    assert not (draws[1] == draws[2]).all()


def test_an_interval_holds_the_middle_of_the_draws_and_is_left_out_where_there_is_none() -> None:
    assert estimate(np.array([5.0, *range(101), np.nan])) == (5.0, 2.5, 97.5)
    assert estimate(np.array([5.0])) == (5.0, None, None)
    assert estimate(np.array([np.nan, np.nan])) == (None, None, None)


def test_auc_is_unknown_where_all_are_right() -> None:
    found = measure(Answers(np.ones(3), np.zeros(3, dtype=np.int64)), np.full(3, 0.5), one_draw())

    assert estimate(found["auc"]).value is None


def test_a_repeat_after_a_day_counts_from_the_last_meeting_with_the_item() -> None:
    rows = (("a", 0.0, 1), ("b", 0.0, 1), ("b", 0.9, 0), ("a", 1.0, 1), ("b", 1.2, 1))
    log = Log((), (student(*rows, studied=[2]),))

    answers, is_late = judged(log)

    assert answers.correct.tolist() == [1, 1, 1, 1]
    assert is_late.tolist() == [False, False, True, False]


# Forecasters


@pytest.mark.parametrize("make", [Forecaster, Elo, lambda: Fsrs(ItemMeans([]))])
def test_a_chance_is_told_before_its_answer_is_learnt(make: type[Forecaster]) -> None:
    first, second = make(), make()
    for each in (first, second):
        each.start("s")
        each.answer("a", "k", 0.0, 1)

    assert first.answer("a", "k", 0.5, 1) == second.answer("a", "k", 0.5, 0)


def test_the_model_expects_what_it_then_says_and_learns_only_from_answers() -> None:
    forecaster = Forecaster()
    forecaster.start("s")
    forecaster.answer("a", "k", 0.0, 1)

    expected = forecaster.expect("a", "k", 3.0)
    forecaster.outlook([("a", "k"), ("b", "m")], 9.0)

    assert forecaster.expect("b", "m", 5.0) != expected
    assert forecaster.answer("a", "k", 3.0, 0) == expected


def test_the_outlook_of_items_is_the_mean_of_their_chances_within_its_interval() -> None:
    forecaster = Forecaster()
    forecaster.start("s")
    for number in range(6):
        forecaster.answer(f"i{number}", "k", number / 10, number % 2)
    items = [(f"i{number}", "k") for number in range(8)]

    share, low, high = forecaster.outlook(items, 4.0)

    assert share == pytest.approx(sum(forecaster.expect(*each, 4.0) for each in items) / 8, abs=0.01)
    assert 0 <= low < share < high <= 1


def test_a_stream_forgets_the_person_but_keeps_the_item() -> None:
    log = Log((student(("a", 0, 0), ("a", 1, 0)),), (student(("a", 0, 1)), student(("b", 0, 1))))

    told = stream(log, Elo())

    assert told.chances[0] < told.chances[1] == 0.5


def test_elo_moves_less_with_every_answer() -> None:
    elo = Elo(1.0, 0.5)
    told = [elo.answer(f"i{number}", "k", 0.0, 1) for number in range(5)]
    steps = np.diff([np.log(each / (1 - each)) for each in told])

    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_a_card_fades_by_the_hour_and_a_new_one_has_the_mean_of_first_contacts() -> None:
    fsrs = Fsrs(ItemMeans([Row("a", "k", 0.0, 1, False)]))
    fsrs.start("s")

    assert fsrs.answer("a", "k", 0.0, 1) == pytest.approx(1.0)
    assert 0.9 < fsrs.answer("a", "k", 0.5, 1) < 1.0


def test_means_are_of_the_training_students_and_lean_to_the_mean_of_all() -> None:
    log = Log(
        (student(*[("a", 0.0, 1)] * 5, *[("b", 0.0, 0)] * 5),), (student(("a", 0.0, 0), ("b", 0.0, 1), ("c", 0.0, 1)),)
    )

    overall, items = means(log)

    assert overall.tolist() == [0.5] * 3
    assert items.tolist() == [0.75, 0.25, 0.5]


def test_features_count_what_came_before_in_each_window() -> None:
    made = design([student(("a", 0.0, 1), ("a", 6.5, 0), ("a", 7.0, 1), studied=[1])], DAS3H)
    row = sorted(round(float(np.expm1(each)), 6) for each in made.matrix.toarray()[1] if each not in (0.0, 1.0))

    # one attempt, a win, within 7 and 30 days and ever; an exposure within 1, 7 and 30 days and ever: each for the
    # skill, the skill's own, the item and all
    assert len(row) == 4 * (2 * 3 + 4)
    assert set(row) == {1.0}
    assert made.matrix.toarray()[0].sum() == 2.0
    assert made.is_own_slope.sum() == 2 * 3 + 4


def test_features_of_best_lr_part_wins_from_losses() -> None:
    made = design([student(("a", 0.0, 1), ("b", 1.0, 0), ("a", 2.0, 0))], BEST_LR)

    last = np.expm1(made.matrix.toarray()[2])

    # of the skill, the skill's own and all: a win and a loss each; of the item a win; and the two intercepts
    assert sorted(np.round(last[last > 0], 6)) == [1.0] * 7 + [round(float(np.expm1(1)), 6)] * 2
    assert made.correct.tolist() == [1, 0, 0]


def test_a_fit_leaves_the_share_right_as_it_is_and_shrinks_the_rest() -> None:
    matrix = design([student(("a", 0.0, 1), ("a", 0.0, 1), ("a", 0.0, 0), ("b", 0.0, 0))], BEST_LR).matrix
    correct = np.array([1.0, 1.0, 0.0, 0.0])

    loose, tight = (fit(matrix, correct, np.full(matrix.shape[1], penalty)) for penalty in (0.1, 1e6))

    assert chances(matrix, loose).mean() == pytest.approx(0.5, abs=1e-4)
    assert chances(matrix, loose)[0] > 0.6
    assert chances(matrix, tight) == pytest.approx(np.full(4, 0.5), abs=1e-3)


# To a date


def test_the_test_is_the_first_answer_to_each_item_after_the_longest_pause() -> None:
    practice = [(f"i{number}", number / 100, 1) for number in range(6)]
    after = [(f"i{number}", 3 + number / 100, 0) for number in range(5)]
    parts = part(student(*practice, *after, ("i0", 3.5, 1), ("i9", 4.5, 1)))

    assert parts is not None
    assert [row.item for row in parts.test] == ["i0", "i1", "i2", "i3", "i4"]
    assert (parts.day, round(parts.pause, 6)) == (3.0, 2.95)
    assert len(parts.practice.rows) == 6


def test_a_pause_that_leaves_too_few_answers_is_passed_over() -> None:
    days = [0.0, 0.1, 0.2, 0.3, 0.4, 2.0, 2.1, 2.2, 2.3, 2.4, 9.0]
    rows = [(f"i{number}", day, 1) for number, day in enumerate(days)]

    parts = part(student(*rows))

    assert parts is not None
    assert parts.day == 2.0
    assert part(student(*rows[:9])) is None


# The whole


def test_the_json_has_the_model_its_repeats_and_every_baseline(found: Report) -> None:
    made = json.loads(json.dumps(as_json(found), allow_nan=False))

    metrics = {"auc", "log_loss", "rmse", "ece"}
    assert metrics | {"us_per_update"} <= made["model"].keys()
    assert metrics <= made["repeats_after_a_day"].keys()
    assert list(made["baselines"]) == ["global mean", "item mean", "Elo", "PFA", "Best-LR", "DAS3H", "FSRS-6"]
    for each in made["baselines"].values():
        assert metrics | {"us_per_update", "model_auc_minus_this", "repeats_after_a_day"} <= each.keys()
    assert made["held_out"] == {"students": 2, "answers": 38}
    low, high = made["model"]["intervals"]["auc"]
    assert low <= made["model"]["auc"] <= high
    assert made["baselines"]["global mean"]["auc"] == 0.5


def test_the_forecast_to_a_date_has_score_error_and_coverage(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(path), "--frozen", "--json", "--bootstraps", "20"])
    made = json.loads(capsys.readouterr().out)

    assert {"auc", "ece", "score_error", "bias", "interval_coverage", "pauses_of_a_day"} <= made["model"].keys()
    assert made["model"]["students"] == 2
    assert made["left_out"] == 0
    assert list(made["baselines"]) == ["share in practice", "item mean"]


def test_the_tables_say_whether_the_targets_are_met(
    found: Report, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = list(table(found))

    assert lines[0] == "38 answers of 2 students not seen in training"
    assert [line.split(":")[0] for line in lines if line.endswith((" ok", " NO"))][:2] == [
        "AUC at least that of DAS3H",
        "log loss no more than that of the item mean",
    ]

    main([str(path), "--bootstraps", "0", "--frozen"])

    assert "80 % interval covers" in capsys.readouterr().out


# Leaving one out


@pytest.fixture(scope="module")
def left() -> LeftOut:
    log = parse_log([HEADER, *made_rows()])
    return leave_out({"one": log, "two": log}, "one", students=5, bootstraps=5)


def test_constants_are_chosen_on_others_only_and_never_worse_there_than_where_the_search_began(left: LeftOut) -> None:
    made = parse_log([HEADER, *made_rows()])
    others = [sample(made.training, 5)]

    assert left.choice.loss == loss(others, left.choice.constants) < loss(others, START)
    assert left.choice.constants != START
    assert left.choice == choose(others)


def test_students_to_choose_by_are_taken_evenly_and_one_in_five_is_kept_back() -> None:
    students = [Student(str(number), ()) for number in range(100)]

    taken = sample(students, 10)

    assert [each.name for each in taken.held_out] == ["44", "99"]
    assert [each.name for each in taken.training] == ["0", "11", "22", "33", "55", "66", "77", "88"]
    assert len(sample(students, 1000).training) == 80


def test_a_move_and_its_opposite_leave_the_constants_as_they_were() -> None:
    for move in moves():
        assert move(START, 2.0) != START
        assert move(move(START, 2.0), 0.5) == START


def test_what_was_chosen_stands_beside_what_is_shipped(left: LeftOut) -> None:
    made = json.loads(json.dumps(choices_json({"one": left}), allow_nan=False))["one"]
    lines = list(choices_table({"one": left}))

    assert list(made["scores"]) == ["shipped", "chosen without it", "round numbers"]
    assert all({"auc", "log_loss", "ece", "intervals"} <= score.keys() for score in made["scores"].values())
    assert made["constants"]["practice_gain"] == left.choice.constants.practice_gain
    assert [line.split()[0] for line in lines[-3:]] == ["ability_days", "state_days", "novelty_days"]


def test_one_log_alone_leaves_none_to_choose_on(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(read_logs([path.parent])) == ["made"]
    with pytest.raises(SystemExit) as ended:
        choose_and_judge([str(path)])

    assert ended.value.code == 1
    assert capsys.readouterr().err == "at least two logs of different names are needed, to leave one out\n"
