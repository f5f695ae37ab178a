"""The benchmark of the checking of answers: it runs, and its cases end as they are named."""

import json

import pytest

from tests.bench.answers import LENGTHS, MANY, WORDS, case, main
from trainer.domain.answers import Verdict, check_answer


def test_the_json_has_every_kind_of_answer_at_every_length(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--json", "--rounds", "1", "--repeats", "1"])

    made = json.loads(capsys.readouterr().out)

    assert {(row["kind"], row["accepted"], row["length"]) for row in made} == {
        (kind, accepted, length) for kind in ("right", "slip", "wrong") for accepted in (1, MANY) for length in LENGTHS
    }
    assert all(row["comparisons_a_second"] > 0 for row in made)
    assert all((row["growth"] is None) == (row["length"] == LENGTHS[0]) for row in made)


def test_the_table_says_whether_the_growth_is_linear(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--rounds", "1", "--repeats", "1"])

    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == 1 + 6 * len(LENGTHS) + 1
    assert sum(line.endswith(("ok", "NO")) for line in lines) == 6


def test_there_is_something_to_repeat(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rounds", "0"])

    assert "1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("length", LENGTHS)
def test_the_cases_are_as_long_as_they_say_and_end_as_they_are_named(lang: str, length: int) -> None:
    right, slip, wrong = (case(lang, kind, length, MANY) for kind in ("right", "slip", "wrong"))

    assert {len(each.given) for each in (right, slip, wrong)} == {length}
    assert len(set(right.key.accepted)) == MANY
    assert check_answer(right.given, right.key).verdict is Verdict.EXACT
    assert check_answer(wrong.given, wrong.key).verdict is Verdict.WRONG
    assert check_answer(slip.given, slip.key).verdict in (Verdict.TYPO, Verdict.WRONG)
