"""The benchmark of paper runs; the benchmark itself is run by hand."""

from tests.bench.paper import SIZES, Ticker, write_rounds
from trainer.paper.formats import FORMATS


def test_each_format_is_timed_and_weighed() -> None:
    size = next(iter(SIZES))
    found = [write_rounds(size, suffix, rounds=1) for suffix in FORMATS]

    assert [each.format for each in found] == ["pdf", "xlsx", "csv"]
    for each in found:
        assert each.paper == size
        assert min(each.first_ms, each.again_ms, each.file_kb) > 0


def test_a_hold_is_seen() -> None:
    with Ticker() as ticker:
        sum(range(1_000_000))

    assert ticker.longest_ms > 0
