"""Kokoro speaks where its packages and voices are; what it is given to say is spelt as it was taught."""

from pathlib import Path

import pytest

from trainer.speech.kokoro import Kokoro, spelling


@pytest.mark.parametrize(
    ("clauses", "spelt"),
    [
        ([("bɔ̃ʒˈuʁ", ","), ("mɛʁsˈi", ".")], "bɔ̃ʒˈuʁ, mɛʁsˈi."),
        ([("sɛt œ̃ (^e^n)mˈiːtɪŋ(^f^r)", "?")], "sɛt œ̃ mˈiːtɪŋ?"),
        ([("t^ʃˈa^ʊ", "")], "ʧˈW."),
        ([("də- nu", ",")], "də nu."),
        ([("vwajˈaʒ", "...")], "vwajˈaʒ."),
    ],
)
def test_phonemes_are_spelt_as_the_model_knows_them(clauses: list[tuple[str, str]], spelt: str) -> None:
    assert spelling(clauses) == spelt


def test_without_a_voice_file_it_has_no_voice(tmp_path: Path) -> None:
    assert Kokoro(None).voice("fr") is None
    assert Kokoro(tmp_path).voice("fr") is None


def test_it_leaves_japanese_to_the_voice_with_pitch_accents(tmp_path: Path) -> None:
    (tmp_path / "jf_alpha.bin").touch()

    assert Kokoro(tmp_path).voice("ja") is None
