"""Mandarin is read as its author says, whatever else the characters may be."""

import pytest

from trainer.speech import mandarin
from trainer.speech.mandarin import of_reading, phonemes
from trainer.speech.sound import CannotSpeak

NEEDS_PACKAGES = pytest.mark.skipif(not mandarin.IS_THERE, reason="the packages of requirements-rendering.txt")


def spelt(syllable: str) -> str:
    return f"<{syllable}>"


@pytest.mark.parametrize(
    ("text", "reading", "spoken"),
    [
        ("很高兴认识您。", "hen3 gao1xing4 ren4shi5 nin2", "<hen3> <gao1><xing4> <ren4><shi5> <nin2>."),
        ("您好，请坐！", "nin2 hao3 qing3 zuo4", "<nin2> <hao3>, <qing3> <zuo4>!"),
        ("您好，请坐！", "nin2 hao3. qing3 zuo4.", "<nin2> <hao3>, <qing3> <zuo4>!"),
        ("您好, 请坐", "nin2hao3 qing3zuo4", "<nin2><hao3>, <qing3><zuo4>"),
        ("3月5号", "san1 yue4, wu3 hao4.", "<san1> <yue4>, <wu3> <hao4>."),
        ("西安", "Xi1'an1", "<Xi1> <an1>"),
        ("“旅行”", "lü3xing2", "<lü3><xing2>"),
        ("您好，请坐！", "Nín hǎo, qǐng zuò!", "<Nin2> <hao3>, <qing3> <zuo4>!"),
        ("我很好，你好", "Wǒ hěn hǎo, nǐ hǎo", "<Wo2> <hen2> <hao3>, <ni2> <hao3>"),
        ("不是，不好", "bú shì, bù hǎo", "<bu2> <shi4>, <bu4> <hao3>"),
        ("先看“第一个”。", "Xiān kàn “dì-yī gè”.", "<Xian1> <kan4> <di4> <yi1> <ge4>."),
        ("不是，一下", "bù shì, yīxià", "<bu2> <shi4>, <yi2><xia4>"),
    ],
)
def test_each_syllable_is_the_authors_and_the_pauses_are_those_of_the_text(
    text: str, reading: str, spoken: str
) -> None:
    assert of_reading(text, reading, spelt) == spoken


@pytest.mark.parametrize("reading", ["ni hao", "ni3 hao", "ni3 hao6", "你 hao3", "nǐ hǎx"])
def test_what_is_no_pinyin_is_refused_with_what_to_write(reading: str) -> None:
    with pytest.raises(CannotSpeak, match="no pinyin, such as nǐ hǎo or ni3 hao3"):
        of_reading("你好", reading, spelt)


def test_latin_letters_need_a_reading() -> None:
    with pytest.raises(CannotSpeak, match="give the phrase a reading"):
        phonemes("这个 KPI 很重要", None)


@NEEDS_PACKAGES
@pytest.mark.filterwarnings("ignore")  # theirs, when they are loaded
def test_a_reading_decides_between_the_sounds_of_a_character() -> None:
    assert phonemes("行", "hang2") != phonemes("行", "xing2")
    assert phonemes("银行", "yin2hang2") == phonemes("银行", None)
    assert phonemes("还", "huan2") != phonemes("还", "hai2")


@NEEDS_PACKAGES
@pytest.mark.filterwarnings("ignore")  # theirs, when they are loaded
@pytest.mark.parametrize("reading", ["zher4", "brk3", "r5"])
def test_what_is_no_syllable_is_refused(reading: str) -> None:
    with pytest.raises(CannotSpeak, match="no syllable of Mandarin"):
        phonemes("这", reading)


@NEEDS_PACKAGES
@pytest.mark.filterwarnings("ignore")  # theirs, when they are loaded
@pytest.mark.parametrize("reading", ["lü4", "lu:4", "lv4", "LV4"])
def test_the_vowel_that_keyboards_lack_may_be_written_in_three_ways(reading: str) -> None:
    assert phonemes("绿", reading) == phonemes("绿", "lü4")
