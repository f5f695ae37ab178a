"""Which lines a take is told apart from, and which voices its melody may be held to."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from trainer.speech.hearing.references import (
    FEWEST_DECOYS,
    MOST_DECOYS,
    PERSON,
    Kind,
    Reference,
    carries_tones,
    choose_decoys,
    is_provisional,
    kind_of,
)


def line(name: str, text: str = "", lang: str = "fr", engine: str = "kokoro") -> Reference:
    return Reference(name, Path(f"{name}.mp3"), name, lang, engine, text)


TARGET = line("target", "Bonjour Madame.")


def test_decoys_speak_the_same_language_in_the_same_voice() -> None:
    others = [line("other voice", "Merci bien.", engine="pico"), line("other language", "Guten Tag.", "de"), TARGET]
    fit = [line("fit", "Merci bien."), line("fit too", "Merci à vous.", "fr-FR")]

    assert {each.line_id for each in choose_decoys(TARGET, [*others, *fit])} == {"fit", "fit too"}


def test_decoys_share_few_words_with_the_target() -> None:
    near = [line("more", "Bonjour Madame, je suis ravi."), line("alike", "Bonjour, Madame !"), line("part", "Bonjour")]

    assert choose_decoys(TARGET, near) == ()


def test_decoys_that_share_many_words_come_last() -> None:
    near, far = line("near", "Merci pour votre aide."), line("far", "Quelle est la date ici ?")

    assert choose_decoys(TARGET, [near, far]) == (far, near)


def test_decoys_are_about_as_long() -> None:
    long = line("long", "Pourriez-vous parler un peu plus lentement, s'il vous plaît ?")
    fit = [line(f"fit {number}", f"Oui {number} merci") for number in range(3)]

    assert long not in choose_decoys(TARGET, [long, *fit])


def test_there_are_as_many_as_are_needed_and_each_once(french: Sequence[Reference]) -> None:
    for target in french:
        found = choose_decoys(target, french)
        assert FEWEST_DECOYS <= len(found) <= MOST_DECOYS
        assert len({each.line_id for each in found}) == len(found)


def test_they_are_the_same_each_time_whatever_the_order(french: Sequence[Reference]) -> None:
    assert choose_decoys(french[0], french) == choose_decoys(french[0], french[::-1])


def test_texts_that_are_not_known_are_no_hindrance() -> None:
    assert choose_decoys(line("a"), [line("b"), line("c")], most=1) != ()


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        ("kokoro", Kind.NATURAL),
        ("openjtalk", Kind.NATURAL),
        ("gtts", Kind.NATURAL),
        (PERSON, Kind.NATURAL),
        ("pico", Kind.PICO),
        ("espeak", Kind.ESPEAK),
    ],
)
def test_each_voice_is_of_a_kind(engine: str, kind: Kind) -> None:
    assert kind_of(engine) is kind


@pytest.mark.parametrize(
    ("lang", "engine", "carries", "provisional"),
    [
        ("zh", "kokoro", True, False),
        ("zh-CN", PERSON, True, False),
        ("zh", "espeak", False, False),
        ("ja", "openjtalk", True, True),
        ("ja", "espeak", False, True),
        ("vi", PERSON, True, True),
        ("vi", "espeak", False, True),
        ("fr", "kokoro", False, True),
        ("en", PERSON, False, True),
    ],
)
def test_melody_is_judged_only_where_it_tells_words_apart_and_the_voice_is_trusted(
    lang: str, engine: str, carries: bool, provisional: bool
) -> None:
    model = line("any", lang=lang, engine=engine)

    assert carries_tones(model) is carries
    assert not carries or is_provisional(model) is provisional
