"""The benchmark of readiness runs and checks what it times; the benchmark itself is run by hand."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from tests.bench.crowd import make_content
from tests.bench.readiness import Laps, Report, Size, measure, table
from tests.bench.stage import Stage, check, open_stage

TINY = Size(people=(2, 3), answers=(0, 20), enough=60, competencies=8, items=4, rounds=1)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return measure(TINY, tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("bench") / "one", make_content(8, 4), [2], 60) as stage:
        yield stage


def test_every_size_is_measured_and_beside_it_the_bare_view(found: Report) -> None:
    made = json.loads(json.dumps(asdict(found), allow_nan=False))

    assert [(each["people"], each["answers"]) for each in made["by_people"]] == [(2, 60), (3, 60)]
    assert [(each["people"], each["answers"]) for each in made["by_evidence"]] == [(3, 0), (3, 20), (3, 60)]
    assert list(made["parts"]) == ["forecast", "gathering it", "assessment", "person x 30 items"]
    for part in [*made["parts"].values(), *(each["anew"] for each in made["by_people"])]:
        assert part["ms"] > 0.0
        assert part["bare_views"] == pytest.approx(part["ms"] * 1e3 / made["bare_us"])


def test_the_tables_have_a_line_for_each_engagement_and_mark_the_targets(found: Report) -> None:
    lines = list(table(found))

    assert sum(line.endswith((" ok", " NO")) for line in lines) == 2
    assert [line.split()[:2] for line in lines[-8:] if line.startswith(" ")] == [
        *(["2", "60"], ["3", "60"]),
        *(["3", "0"], ["3", "20"], ["3", "60"]),
    ]


def test_a_page_made_anew_takes_more_statements_than_one_that_is_kept(found: Report) -> None:
    assert all(each.kept_statements < each.statements for each in found.by_people)


def test_people_without_answers_are_assessed_and_get_no_plan(found: Report) -> None:
    assert found.by_evidence[0].planned == 0 < found.by_people[-1].planned


def test_a_page_that_is_refused_ends_the_run(stage: Stage) -> None:
    stage.crowd.engagement_ids[5] = stage.crowd.people[0]  # type: ignore[index]

    with pytest.raises(RuntimeError, match="the page answers 403"):
        stage.get(5)


def test_what_is_slow_is_timed_once() -> None:
    calls: list[str] = []
    laps = Laps({"slow": lambda: calls.append("slow"), "quick": lambda: calls.append("quick")}, {"slow": 2.0})

    laps.run()

    assert calls == ["quick"]
    with pytest.raises(RuntimeError, match="not so"):
        check(False, "not so")
