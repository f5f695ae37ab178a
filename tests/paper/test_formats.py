from tests.paper.papers import make_paper
from trainer.paper.formats import FORMATS

BEGINNINGS = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04", "csv": b"\xef\xbb\xbf"}


def test_each_format_writes_what_its_name_says() -> None:
    assert {
        suffix: each.write(make_paper())[: len(BEGINNINGS[suffix])] for suffix, each in FORMATS.items()
    } == BEGINNINGS
    assert [each.suffix for each in FORMATS.values()] == list(FORMATS)
