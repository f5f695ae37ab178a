"""The page that asks how it went: the form, what the team reads, who sees what, and the way there."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.browsing import Browser, choices_of, text_of
from tests.builders import NOW
from tests.company import Make, Somebody
from trainer import engagements
from trainer.domain.debrief import OPEN_FOR, Told

SignIn = Callable[[Somebody], Browser]
REMOTE = "remote-meetings"
FORM = {"how-remote-meetings": "0.7", "how-jp-keeping-in-touch": "not-needed", "how-ja-calls": "0.1", "surprise": ""}


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def over(make: Make, team: UUID, lena: Somebody) -> UUID:
    return make.past_engagement(team, [[lena]])


@pytest.fixture
def as_lena(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


def test_the_form_asks_for_each_competency_in_six_plain_steps(as_lena: Browser, over: UUID) -> None:
    page = as_lena.get(f"/engagements/{over}/debrief").text

    words = text_of(page)
    assert choices_of(page, "how-remote-meetings") == ["not-needed", "0.1", "0.3", "0.5", "0.7", "0.9"]
    assert page.count("<fieldset") == 3
    assert "How did it go with Kobe Seiki?" in words
    assert "Most (7 in 10)" in words
    assert "your manager sees no one’s answers and not who has answered" in words
    assert "Your team reads this with your name" in words


def test_what_was_said_is_kept_and_can_be_changed(as_lena: Browser, over: UUID) -> None:
    path = f"/engagements/{over}/debrief"

    said = as_lena.submit(path, {**FORM, "surprise": "They <b>were</b> early."}, follow_redirects=True)
    as_lena.submit(path, {**FORM, "how-remote-meetings": "0.9", "surprise": "They were late."})
    again = as_lena.get(path).text

    assert "Thank you, that is kept." in text_of(said.text)
    assert "They &lt;b&gt;were&lt;/b&gt; early." in said.text
    assert 'checked class="form-check-input" id="how-remote-meetings-5"' in again
    assert "They were late." in again
    assert "&lt;b&gt;" not in again


def test_a_choice_that_is_missing_is_told_beside_it_and_what_was_typed_stays(as_lena: Browser, over: UUID) -> None:
    form = {name: value for name, value in FORM.items() if name != "how-ja-calls"}

    answer = as_lena.submit(f"/engagements/{over}/debrief", {**form, "surprise": "They were early."})

    words = text_of(answer.text)
    assert answer.status_code == 422
    assert "There is a problem" in words
    assert words.count("choose one of the six") == 2
    assert 'href="#how-ja-calls-0"' in answer.text
    assert "They were early.</textarea>" in answer.text.replace("\n", "").replace("\r", "")


@pytest.mark.parametrize("value", ["0.6", "nan", "1", "yes"])
def test_a_choice_that_the_page_does_not_offer_is_refused(as_lena: Browser, over: UUID, value: str) -> None:
    answer = as_lena.submit(f"/engagements/{over}/debrief", {**FORM, "how-ja-calls": value})

    assert answer.status_code == 422


def test_a_surprise_that_is_too_long_is_refused(as_lena: Browser, over: UUID) -> None:
    answer = as_lena.submit(f"/engagements/{over}/debrief", {**FORM, "surprise": "x" * 2001})

    assert answer.status_code == 422
    assert "Keep it to 2,000 characters" in text_of(answer.text)


def test_before_the_meeting_the_page_asks_to_come_back(
    make: Make, as_lena: Browser, team: UUID, lena: Somebody
) -> None:
    ahead = make.engagement(team, [[lena]])

    page = as_lena.get(f"/engagements/{ahead}/debrief").text
    answer = as_lena.submit(f"/engagements/{ahead}/debrief", FORM, follow_redirects=True)

    assert "The meeting has not begun." in text_of(page)
    assert "<fieldset" not in page
    assert "Come back when it is over." in text_of(answer.text)


def test_once_it_is_fixed_one_reads_what_one_said(
    sign_in: SignIn, make: Make, as_lena: Browser, lena: Somebody, over: UUID
) -> None:
    as_lena.submit(f"/engagements/{over}/debrief", FORM)
    make.clock.at = NOW + OPEN_FOR
    browser = sign_in(lena)

    page = browser.get(f"/engagements/{over}/debrief").text
    answer = browser.submit(f"/engagements/{over}/debrief", FORM, follow_redirects=True)

    words = text_of(page)
    assert "<fieldset" not in page
    assert "Most (7 in 10)" in words
    assert "It was not needed" in words
    assert "14 days after the meeting the debrief is fixed." in text_of(answer.text)


def test_the_manager_reads_surprises_and_no_ones_answers(
    sign_in: SignIn, make: Make, team: UUID, as_lena: Browser, over: UUID
) -> None:
    as_lena.submit(f"/engagements/{over}/debrief", {**FORM, "surprise": "They were early."})

    page = sign_in(make.manager(team, "Mara")).get(f"/engagements/{over}/debrief").text

    words = text_of(page)
    assert "They were early." in words
    assert "<fieldset" not in page
    assert "in 10" not in words
    assert "nobody can be made out in it." in words


def test_figures_of_five_are_shown_when_all_is_fixed_and_of_four_never(sign_in: SignIn, make: Make, team: UUID) -> None:
    pages = []
    for size in (4, 5):
        people = [make.learner(team=team) for _ in range(size)]
        over = make.past_engagement(team, [people])
        for person in people:
            engagements.keep_debrief(make.session, over, person.id, [Told(REMOTE, 0.7)], "", at=NOW)
        make.session.commit()
        pages.append(over)
    make.clock.at = NOW + OPEN_FOR
    browser = sign_in(make.manager(team, "Mara"))

    four, five = (text_of(browser.get(f"/engagements/{over}/debrief").text) for over in pages)

    assert "Fewer than five people spoke of any one thing" in four
    assert "5 of 5 people 7 in 10" in five


@pytest.mark.parametrize("method", ["get", "submit"])
def test_a_stranger_sees_no_debrief_and_gives_none(sign_in: SignIn, make: Make, over: UUID, method: str) -> None:
    stranger = sign_in(make.learner(team=make.team()))

    assert getattr(stranger, method)(f"/engagements/{over}/debrief").status_code == 403


def test_a_colleague_without_a_seat_reads_the_surprises_and_is_not_asked(
    sign_in: SignIn, make: Make, team: UUID, as_lena: Browser, over: UUID
) -> None:
    as_lena.submit(f"/engagements/{over}/debrief", {**FORM, "surprise": "They were early."})
    colleague = sign_in(make.learner("Otto", team))

    page = colleague.get(f"/engagements/{over}/debrief").text

    assert "They were early." in text_of(page)
    assert "<fieldset" not in page
    assert colleague.submit(f"/engagements/{over}/debrief", FORM).status_code == 403


def test_the_first_page_leads_to_the_debrief_while_it_is_open(
    sign_in: SignIn, make: Make, as_lena: Browser, lena: Somebody, over: UUID
) -> None:
    link = f'href="/engagements/{over}/debrief"'

    before = as_lena.get("/").text
    as_lena.submit(f"/engagements/{over}/debrief", FORM)
    after = as_lena.get("/").text
    make.clock.at = NOW + OPEN_FOR
    late = sign_in(lena).get("/").text

    assert link in before
    assert "How did it go with Kobe Seiki?" in text_of(before)
    assert "You can change what you said until" in text_of(after)
    assert link not in late


def test_the_page_of_a_meeting_that_is_over_leads_to_its_debrief(
    sign_in: SignIn, make: Make, team: UUID, over: UUID
) -> None:
    ahead = make.engagement(team)
    browser = sign_in(make.manager(team, "Mara"))

    assert f"/engagements/{over}/debrief" in browser.get(f"/engagements/{over}").text
    assert "/debrief" not in browser.get(f"/engagements/{ahead}").text
