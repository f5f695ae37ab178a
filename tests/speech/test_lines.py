"""What is to be spoken: every phrase and every other line of a dialogue once, at its home."""

from dataclasses import replace

import pytest

from tests.builders import content, course, dialogue, phrase
from trainer.domain.content import Content
from trainer.speech import Line, line_of, lines_of
from trainer.speech.engines import match

LINE = Line("hello", "Très bien, à 15 h ?", None, "fr")


def test_every_phrase_of_a_course_is_spoken() -> None:
    found = lines_of(content(course("france", phrases=(phrase("one"), phrase("two"))), course("partnering")))

    assert {home: [line.id for line in lines] for home, lines in found.items()} == {"france": ["one", "two"]}


def test_all_phrases_that_are_shipped_are_spoken_once(request: pytest.FixtureRequest) -> None:
    shipped: Content = request.getfixturevalue("content")

    found = [line.id for lines in lines_of(shipped).values() for line in lines]

    assert sorted(found) == sorted([*shipped.phrases, *shipped.dialogue_lines])


def test_a_line_of_a_dialogue_is_spoken_unless_it_says_a_phrase() -> None:
    one = phrase("one")
    talk = dialogue("talk", "Bonjour.", one, "Merci.")

    found = lines_of(content(replace(course("france", phrases=(one,)), dialogues=(talk,))))

    assert [(line.id, line.text) for line in found["france"]] == [
        ("one", "Pardon ?"),
        ("talk-01", "Bonjour."),
        ("talk-03", "Merci."),
    ]


def test_a_line_says_what_its_phrase_is_to_be_read_as() -> None:
    assert line_of(replace(phrase("one"), text="10 h", audio_text="dix heures")).text == "dix heures"


@pytest.mark.parametrize(
    "same", [replace(LINE, id="other"), replace(LINE, text="Très bien,  à 15\u00a0h\u202f?", lang="FR")]
)
def test_words_that_are_spoken_alike_are_the_same(same: Line) -> None:
    assert same.spoken == LINE.spoken


@pytest.mark.parametrize(
    "other", [replace(LINE, text="Non"), replace(LINE, reading="Tré bien"), replace(LINE, lang="de")]
)
def test_other_words_another_reading_or_another_language_are_not(other: Line) -> None:
    assert other.spoken != LINE.spoken


def test_a_phrase_of_a_man_or_a_woman_asks_for_such_a_voice_and_is_known_by_its_words() -> None:
    anybody = Line("a", "Muito prazer.", None, "pt-BR")
    man = replace(anybody, speaker="man")

    assert (anybody.voiced, man.voiced) == ("pt-BR", "pt-BR-x-man")
    assert man.spoken == anybody.spoken
    assert match(man.voiced, {"pt": "one voice"}) == "one voice"
    assert match(man.voiced, {"pt-br": "a woman's", "pt-br-x-man": "a man's"}) == "a man's"
