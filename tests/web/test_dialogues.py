"""A dialogue stands in its lesson and on a page of its own, each line with its sound."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.browsing import Browser, text_of
from tests.company import Clock, Make
from tests.conftest import services_of
from trainer.domain.content import Content, Dialogue

DIALOGUE = "ja-dialogue-call-trouble"


@pytest.fixture
def dialogue(content: Content) -> Dialogue:
    return content.dialogues[DIALOGUE]


@pytest.fixture
def as_lena(sign_in: Callable[..., Browser], make: Make) -> Browser:
    return sign_in(make.learner("Lena"))


def lines_of(page: str) -> dict[str, list[str]]:
    """The addresses of each line of a dialogue by its name, in the order of the page."""
    return {
        name: re.findall(r'data-audio="([^"]+)"', rest)
        for name, rest in re.findall(r'<li class="turn[^"]*" id="([^"]+)"(.*?)</li>', page, re.DOTALL)
    }


def test_a_lesson_shows_its_dialogue_with_every_word(as_lena: Browser, dialogue: Dialogue) -> None:
    page = as_lena.get(f"/lessons/{dialogue.lesson_id}").text

    assert list(lines_of(page)) == [line.id for line in dialogue.lines]
    shown = text_of(page)
    for line in dialogue.lines:
        assert line.text in shown
        assert str(line.reading) in shown
        assert str(line.natural) in shown
    assert f'href="/dialogues/{DIALOGUE}"' in page


def test_a_lesson_without_a_dialogue_shows_none(as_lena: Browser) -> None:
    assert "data-dialogue" not in as_lena.get("/lessons/japan-greeting").text


def test_a_dialogue_has_a_page_of_its_own_that_leads_back(as_lena: Browser, dialogue: Dialogue) -> None:
    page = as_lena.get(f"/dialogues/{DIALOGUE}").text

    assert list(lines_of(page)) == [line.id for line in dialogue.lines]
    assert dialogue.title in text_of(page)
    assert f'href="/lessons/{dialogue.lesson_id}"' in page
    assert "Ms Sato" in text_of(page)


def test_each_line_is_heard_at_two_speeds_and_a_phrase_under_its_own_name(as_lena: Browser, dialogue: Dialogue) -> None:
    lines = lines_of(as_lena.get(f"/dialogues/{DIALOGUE}").text)

    for line in dialogue.lines:
        normal, slow = lines[line.id]
        home = f"/phrases/{line.phrase.id}/" if line.phrase else f"/dialogues/lines/{line.id}/"
        assert normal.startswith(f"{home}normal-")
        assert slow.startswith(f"{home}slow-")
        answer = as_lena.get(normal)
        assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
        assert answer.cache_control.immutable


def test_a_part_is_sent_of_the_sound_that_was_meant_and_all_of_another(as_lena: Browser) -> None:
    (address, _) = lines_of(as_lena.get(f"/dialogues/{DIALOGUE}").text)[f"{DIALOGUE}-04"]
    whole = as_lena.get(address)
    some = {"Range": "bytes=0-99"}

    same = as_lena.get(address, headers={**some, "If-Range": whole.headers["ETag"]})
    other = as_lena.get(address, headers={**some, "If-Range": '"another"'})

    assert (same.status_code, same.data) == (206, whole.data[:100])
    assert same.cache_control.immutable
    assert (other.status_code, other.data) == (200, whole.data)


def test_without_javascript_each_line_has_the_browsers_own_player(as_lena: Browser, dialogue: Dialogue) -> None:
    page = as_lena.get(f"/dialogues/{DIALOGUE}").text

    assert page.count('<audio controls preload="none"') == len(dialogue.lines)


def test_it_is_said_once_which_language_is_heard_and_whose_voice_it_is(as_lena: Browser) -> None:
    page = text_of(as_lena.get(f"/dialogues/{DIALOGUE}").text)

    assert page.count("Japanese, synthetic voice") == 1


def test_a_dialogue_that_nobody_speaks_is_read_and_its_line_says_why(
    build_app: Callable[..., Flask], content: Content, clock: Clock, dialogue: Dialogue
) -> None:
    lines = tuple(
        replace(line, lang="tlh", phrase=None, text="nuqneH", audio_text="nuqneH", reading=None)
        for line in dialogue.lines
    )
    klingon = replace(dialogue, lang="tlh", lines=lines)
    course = replace(content.courses["japan"], dialogues=(klingon,))
    own = Content(content.competencies, {"japan": course})
    app = build_app(own)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner()
    browser = Browser(app)
    browser.sign_in(lena)

    page = browser.get(f"/dialogues/{DIALOGUE}").text
    answer = browser.get(f"/dialogues/lines/{lines[0].id}/normal-0123456789ab.mp3")

    assert "so the dialogue cannot be heard" in page
    assert "data-audio" not in page
    assert "data-play-all" not in page
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert answer.text.startswith("There is no voice for this language")


def test_trainers_edit_the_dialogues_of_a_course_as_text(
    sign_in: Callable[..., Browser], make: Make, dialogue: Dialogue
) -> None:
    as_tina = sign_in(make.trainer())

    assert "lessons/japan/dialogues.yaml" in as_tina.get("/content").text
    assert dialogue.title in as_tina.get("/content/text/lessons/japan/dialogues.yaml").text
