import pytest

from trainer.paper.scripts import Run, runs_of, turned


@pytest.mark.parametrize(
    ("text", "partner", "runs"),
    [
        ("", "ja", ()),
        ("Kobe", "ja", (Run("Kobe", ""),)),
        ("神戸精機 (Kobe)", "ja", (Run("神戸精機", "ja"), Run(" (Kobe)", ""))),
        ("to 上海公司", "zh-Hans", (Run("to ", ""), Run("上海公司", "zh", "CN"))),
        ("臺北公司", "zh-Hant", (Run("臺北公司", "zh", "TW"),)),
        ("香港公司", "zh-HK", (Run("香港公司", "zh", "TW"),)),
        ("大韓民國", "ko", (Run("大韓民國", "ko"),)),
        ("東京", "de", (Run("東京", "ja"),)),
        ("한국 정밀 Ltd", "ja", (Run("한국 정밀", "ko"), Run(" Ltd", ""))),
        ("محمد سعيد, Doha", "ar-QA", (Run("محمد سعيد", "ar"), Run(", Doha", ""))),
        ("پیمان", "fa", (Run("پیمان", "fa"),)),
        ("अनिता शर्मा", "hi", (Run("अनिता शर्मा", "hi"),)),
    ],
)
def test_foreign_letters_tell_their_language(text: str, partner: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(text, partner) == runs


def test_kana_is_japanese_whoever_the_partner_is() -> None:
    assert runs_of("お待ち", "zh-Hans") == (Run("お待ち", "ja"),)


def test_the_runs_are_the_whole_text() -> None:
    text = "Visit 神戸 and 한국 and محمد سعيد; then home."

    assert "".join(run.words for run in runs_of(text, "ja")) == text


@pytest.mark.parametrize("text", ["شركة (Kobe) 2026", "2026: שלום"])
def test_a_text_that_begins_from_the_right_is_set_from_the_right(text: str) -> None:
    assert turned(text) == f"\u2067{text}\u2069"


@pytest.mark.parametrize("text", ["Kobe شركة", "2026", "", "神戸"])
def test_another_text_is_left_as_it_is(text: str) -> None:
    assert turned(text) == text
