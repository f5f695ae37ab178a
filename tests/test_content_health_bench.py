"""The benchmark of content health runs, counts everybody, and its table has a line for each size."""

from dataclasses import asdict
from json import dumps
from pathlib import Path

from tests.bench.content_health import measure, table_of
from trainer.domain.content import Content


def test_every_size_is_measured_with_the_same_statements(content: Content, tmp_path: Path) -> None:
    sizes = (1_500, 3_500)
    found = measure(f"sqlite:///{tmp_path / 'bench.sqlite3'}", content, sizes, rounds=1)

    for each, size in zip(found, sizes, strict=True):
        assert each.answers - each.answers / each.people < size <= each.answers
    assert found[0].people < found[1].people
    assert [each.known > 0 for each in found] == [False, True]
    assert {each.statements for each in found} == {2}
    assert all(each.seconds > 0.0 for each in found)
    assert len(list(table_of(found))) == 1 + len(found)
    assert dumps([asdict(each) for each in found], allow_nan=False)
