"""Pinyin with marks becomes numbered syllables, and tones change as they do in speech."""

import pytest

from trainer.speech.pinyin import as_said, is_marked, numbered


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nín hǎo, wǒ xìng Wáng.", "Nin2 hao3, wo3 xing4 Wang2."),
        ("dàngāo", "dan4gao1"),
        ("Xī'ān", "Xi1'an1"),
        ("fāng'àn", "fang1'an4"),
        ("nǚshì", "nü3shi4"),
        ("yìjiàn", "yi4jian4"),
        ("xiānsheng", "xian1sheng5"),
        ("míngnián", "ming2nian2"),
        ("èrshí", "er4shi2"),
        ("zhèr", "zhe4er5"),
        ("yìdiǎnr", "yi4dian3er5"),
        ("gāorén", "gao1ren2"),
        ("nǐ hǎx", "ni3 hǎx"),
        ("ni3 hao3", "ni3 hao3"),
    ],
)
def test_words_are_parted_where_the_spelling_parts_them(written: str, expected: str) -> None:
    assert numbered(written) == expected


@pytest.mark.parametrize(
    ("signs", "tones", "said"),
    [
        ("我很好", "333", "223"),
        ("不是", "44", "24"),
        ("不好", "43", "43"),
        ("一下", "14", "24"),
        ("一起", "13", "43"),
        ("第一次", "414", "414"),
        ("一月", "14", "14"),
        ("周一上午", "1143", "1143"),
        ("统一价", "314", "314"),
        ("一个", "15", "25"),
        ("十一点", "213", "213"),
        ("", "33", "23"),
    ],
)
def test_tones_are_said_as_the_next_one_asks(signs: str, tones: str, said: str) -> None:
    assert "".join(as_said(list(tones), list(signs))) == said


def test_only_tones_over_the_letters_are_marks() -> None:
    assert is_marked("nǐ hǎo")
    assert not is_marked("ni3 hao3")
    assert not is_marked("ma")
