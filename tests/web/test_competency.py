"""The page of one competency: what it says, why, what would change it, and what it never says."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.company import QUIZ, Make, Somebody
from trainer.domain.content import Content
from trainer.domain.mastery import Forecast
from trainer.web.reasons import Change, change_of, effect_words, sentence_of

PATH = "/progress/jp-first-contact"


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


def page_of(browser: Browser, path: str = PATH) -> str:
    return text_of(browser.get(path).text)


def seated(make: Make, team: UUID, right: float, in_days: int = 21) -> Somebody:
    """Somebody with a seat that needs remote meetings, who has practised them for two days."""
    person = make.learner("Otto", team)
    make.engagement(team, [[person]], in_days=in_days)
    for day in (4, 3):
        make.answers(person, "pt-remote-call", right=right, at=NOW - timedelta(days=day))
    return person


def test_a_competency_that_there_is_not_is_not_found(as_lena: Browser) -> None:
    for name in ("unheard-of", "%25", "jp-first-contact%00", "JP-FIRST-CONTACT"):
        assert as_lena.get(f"/progress/{name}").status_code in (400, 404)


def test_the_page_opens_with_a_sentence_that_can_be_said_aloud(
    as_lena: Browser, make: Make, lena: Somebody, content: Content
) -> None:
    make.answers(lena, QUIZ, right=0.7, at=NOW - timedelta(days=3))

    page = page_of(as_lena)

    assert content.competencies["jp-first-contact"].can_do in page
    assert re.search(r"About \d+ in 10 of such situations handled well today, likely \d+ to \d+\.", page)
    assert "No seat of yours needs it now." in page
    assert "It rests on" in page


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((0.71, 0.58, 0.83), "About 7 in 10 of such situations handled well today, likely 6 to 8."),
        ((0.96, 0.91, 0.99), "Nearly all of such situations handled well today, likely 9 to 10 in 10."),
        ((0.03, 0.01, 0.11), "Hardly any of such situations handled well today, likely 0 to 1 in 10."),
        ((0.50, 0.48, 0.52), "About 5 in 10 of such situations handled well today, and hardly more or less."),
    ],
)
def test_a_share_is_said_as_a_person_would(shares: tuple[float, float, float], sentence: str) -> None:
    assert sentence_of(Forecast(*shares, answers=9), "today") == sentence


@pytest.mark.parametrize(
    ("before", "after", "words", "numbers"),
    [
        (0.701, 0.704, "The forecast stays as it is.", "70 in 100"),
        (0.70, 0.72, "The forecast goes up a little, to about 7 in 10.", "70 to 72 in 100"),
        (0.70, 0.65, "The forecast goes down, to about 6 in 10.", "70 to 65 in 100"),
        (0.40, 0.60, "The forecast goes up a lot, to about 6 in 10.", "40 to 60 in 100"),
    ],
)
def test_a_change_is_said_with_its_numbers(before: float, after: float, words: str, numbers: str) -> None:
    assert change_of(before, after) == Change(words, numbers)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.09, "hardly counts"),
        (-0.09, "hardly counts"),
        (0.2, "helps a little"),
        (-0.5, "costs"),
        (1.5, "helps a lot"),
    ],
)
def test_an_effect_has_its_sign_in_words(value: float, words: str) -> None:
    assert effect_words(value) == words


def test_without_answers_the_page_says_that_it_guesses(as_lena: Browser) -> None:
    page = page_of(as_lena)

    assert "A guess, as you have not answered anything here yet: about" in page
    assert "No answers yet." in page
    assert "How new these situations are to you" in page
    assert "without practice" not in page


def test_reasons_are_told_in_words_with_the_number_beside_them(as_lena: Browser, make: Make, lena: Somebody) -> None:
    make.answers(lena, QUIZ, right=1.0, at=NOW - timedelta(days=12))

    page = page_of(as_lena)

    assert re.search(r"You in general, from all your answers helps( a little| a lot)? \+\d\.\d", page)
    assert re.search(r"12 days without practice costs( a little| a lot)? −\d\.\d", page)
    assert re.search(r"Together [+−]\d\.\d in log-odds, which is \d+ in 100\.", page)


def test_the_last_answers_are_listed_with_kind_and_age(
    as_lena: Browser, make: Make, lena: Somebody, content: Content
) -> None:
    make.answers(lena, QUIZ, right=0.0, at=NOW - timedelta(days=40))
    make.answers(lena, QUIZ, right=1.0, at=NOW - timedelta(days=2))

    page = page_of(as_lena)

    assert content.quizzes[QUIZ].title in page
    assert page.index("Right repeat, counts less 1 Dec 2 days ago") < page.index("first time 24 Oct 5 weeks ago")
    assert "Not right first time" in page


def test_a_right_answer_tomorrow_is_said_to_raise_the_forecast(as_lena: Browser, make: Make, lena: Somebody) -> None:
    make.answers(lena, QUIZ, right=0.5, at=NOW - timedelta(days=3))

    page = page_of(as_lena)

    assert re.search(r"One more, right The forecast goes up( a little| a lot)?, to about \d+ in 10", page)
    assert "One more, wrong The forecast" in page


def test_the_forecast_is_that_of_the_seats_date_with_its_target(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID
) -> None:
    page = page_of(sign_in(seated(make, team, 1.0)), "/progress/remote-meetings")

    assert "handled well on Thursday 24 December" in page
    assert re.search(r"Your seat needs \d in 10\. Chair of the call, Kobe Seiki", page)
    assert "24 days without practice by then" in page


@pytest.mark.parametrize(
    ("right", "words"),
    [
        (0.0, "It is below the 7 in 10 that your seat needs already"),
        (1.0, r"It (falls below|stays above) the 7 in 10 that your seat needs"),
    ],
)
def test_what_waiting_costs_is_said(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, right: float, words: str
) -> None:
    assert re.search(words, page_of(sign_in(seated(make, team, right)), "/progress/remote-meetings"))


def test_the_page_tells_what_the_manager_sees(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, as_lena: Browser
) -> None:
    otto = sign_in(seated(make, team, 0.0))

    assert re.search(
        r"manager sees of it Chair of the call, Kobe Seiki Thursday 24 December \? Not enough evidence 22 answers",
        page_of(otto, "/progress/remote-meetings"),
    )
    assert "What your manager sees of it Nothing" in page_of(otto, "/progress/fr-hospitality")
    assert "What your manager sees of it Nothing" in page_of(as_lena)


def test_everyone_sees_their_own_answers_only(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make, lena: Somebody, team: UUID
) -> None:
    make.answers(lena, QUIZ)
    other, manager = sign_in(make.learner("Other", team)), sign_in(make.manager(team))

    assert "No answers yet." not in page_of(as_lena)
    for browser in (other, manager):
        assert "No answers yet." in page_of(browser)
        assert "Lena" not in browser.get(PATH).text


def test_the_page_names_what_to_study_next(as_lena: Browser, content: Content) -> None:
    page = as_lena.get(PATH).text

    lesson = next(each for each in content.lessons.values() if "jp-first-contact" in each.competencies)
    assert "Study next for this" in page
    assert f'href="/lessons/{lesson.id}"' in page


def test_the_page_says_what_the_number_is_not(as_lena: Browser) -> None:
    page = page_of(as_lena)

    assert "Preparedness against a declared standard" in page
    assert "never a chance that the deal succeeds" in page
    assert "a person sets the seats, not this page" in page
    assert "Nobody is ranked by it" in page


def test_each_competency_of_the_progress_page_leads_to_its_own(as_lena: Browser, content: Content) -> None:
    links = re.findall(r'href="/progress/([^"]+)"', as_lena.get("/progress").text)

    taught = {name for name, items in content.items_by_competency.items() if items}
    assert sorted(links) == sorted(taught - content.glossary_lists.keys())
    for name in links:
        assert as_lena.get(f"/progress/{name}").status_code == 200


def test_an_item_in_a_story_is_printed_as_text(as_lena: Browser, make: Make, lena: Somebody) -> None:
    make.answers(lena, "jp-in-the-meeting", "jp-answers-and-decisions", QUIZ)

    for name in ("jp-deciding", "jp-reading-answers", "jp-meeting-manners"):
        table = as_lena.get(f"/progress/{name}").text.partition('id="answers"')[2].partition("</table>")[0]
        assert "<th scope" in table
        assert "&lt;" not in table
        assert "<span lang" not in table
