"""Korean is respelt as it sounds, by the rules of the standard pronunciation."""

import pytest

from trainer.speech.korean import as_spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("감사합니다", "감사함니다"),
        ("협력", "혐녁"),
        ("연락처", "열락처"),
        ("좋습니다", "조씀니다"),
        ("신뢰", "실뢰"),
        ("설날", "설랄"),
        ("독립", "동닙"),
        ("심리", "심니"),
        ("종로", "종노"),
        ("앞문", "암문"),
        ("축하", "추카"),
        ("입학", "이팍"),
        ("못하다", "모타다"),
        ("닫히다", "다치다"),
        ("굳이", "구지"),
        ("같이", "가치"),
        ("많아요", "마나요"),
        ("좋아요", "조아요"),
        ("놓는", "논는"),
        ("싫네", "실레"),
        ("많다", "만타"),
        ("읽는", "잉는"),
        ("읽히다", "일키다"),
        ("안녕하세요", "안녕하세요"),
    ],
)
def test_sounds_that_meet_change_each_other(written: str, spoken: str) -> None:
    assert as_spoken(written) == spoken


@pytest.mark.parametrize("text", ["", "Samsung 5G", "안녕, 하세요!", "ㅋㅋ", "🙂"])
def test_what_does_not_meet_stays_as_it_is(text: str) -> None:
    assert as_spoken(text) == text
