"""The page that asks whether the number holds: with enough, with too little, and of whom it tells."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser, rows_of, text_of
from tests.builders import NOW
from tests.company import Make, Somebody
from tests.conftest import services_of
from tests.test_record import AFTER, DAY, ON, answer, foretell, foretell_again, off_in_two_quarters
from tests.web.test_statements import counted
from trainer import calibration, engagements
from trainer.database import Database
from trainer.domain.debrief import Told
from trainer.domain.mastery import Correction

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)

SignIn = Callable[[Somebody], Browser]


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


def test_a_page_with_enough_answers_says_how_they_held(sign_in: SignIn, session: Session, lena: Somebody) -> None:
    answer(session, lena, NOW, 1.0, 0.72, times=168)
    answer(session, lena, NOW, 0.0, 0.72, times=72)

    page = sign_in(lena).get("/record").text

    words = text_of(page)
    assert "Of 240 answers forecast at about 72 in 100, 70 in 100 were handled well." in words
    assert "Holds so far" in words
    assert "With 240 answers, chance alone can make that 9 points." in words
    assert "70% to 80% 240 72% 70% 64% to 75%" in words
    assert "Brier score: 0.210." in words
    assert "never a chance that the deal succeeds" in words
    assert page.count('class="reliability-dot"') == 1
    assert 'scope="rowgroup"' in page


def test_answers_that_were_promised_better_are_told_so(sign_in: SignIn, session: Session, lena: Somebody) -> None:
    answer(session, lena, NOW, 0.0, 0.72, times=200)

    words = text_of(sign_in(lena).get("/record").text)

    assert "Off by more than chance" in words
    assert "what came about lies 72 points of 100 from what was forecast" in words
    assert "How much better than always saying" not in words


def test_a_page_with_too_little_tells_the_number_and_no_figures(
    sign_in: SignIn, session: Session, lena: Somebody
) -> None:
    answer(session, lena, NOW, times=43)

    page = sign_in(lena).get("/record").text

    assert "Too little to say yet: 43 of the 200 answers it takes." in text_of(page)
    assert "%" not in text_of(page)
    assert "reliability-dot" not in page


def test_a_beginner_reads_that_there_is_nothing_yet(sign_in: SignIn, make: Make) -> None:
    words = text_of(sign_in(make.learner()).get("/record").text)

    assert "No answers yet." in words
    assert "0 forecasts wait for the day, 0 were never put to the test." in words


def test_forecasts_for_a_meeting_are_told_apart_with_those_that_wait_and_those_that_are_missing(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.engagement(team, [[lena]])
    make.clock.at = AFTER
    foretell(session, engagement, lena, 14)
    foretell_again(session, engagement, 209)
    answer(session, lena, ON)
    foretell(session, engagement, lena, 14, competency="building-trust")

    words = text_of(sign_in(lena).get("/record").text)

    assert "Of 210 forecasts at about 70 in 100 for a day, 100 in 100 came about." in words
    assert "0 forecasts wait for the day, 1 was never put to the test." in words
    assert "8 to 30 days before 210 70% 100% 0.090" in words
    assert "1 to 7 days before 0 nothing to compare yet" in words


def test_a_manager_sees_the_record_of_five_people_together(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    manager = make.manager(team, "Mara")
    for person in (lena, *(make.learner(team=team) for _ in range(4))):
        answer(session, person, NOW, 1.0, 0.95, times=50)

    words = text_of(sign_in(manager).get("/record").text)

    assert "Your teams together Of 250 answers forecast at about 95 in 100, 100 in 100 were handled well." in words
    assert "You No answers yet." in words
    assert "Lena" not in words


def test_a_manager_sees_no_figures_of_fewer_than_five_people(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    manager = make.manager(team, "Mara")
    for person in (lena, *(make.learner(team=team) for _ in range(3))):
        answer(session, person, NOW, 1.0, 0.95, times=100)

    words = text_of(sign_in(manager).get("/record").text)

    assert "Too few people: figures stand for five or more." in words
    assert "%" not in words


def test_a_learner_sees_nothing_of_the_others(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    for _ in range(6):
        answer(session, make.learner(team=team), NOW, times=50)

    words = text_of(sign_in(lena).get("/record").text)

    assert "No answers yet." in words
    assert "teams" not in words


def test_the_page_takes_the_same_statements_for_two_people_and_for_twenty(
    sign_in: SignIn, session: Session, make: Make, team: UUID, database: Database
) -> None:
    browser = sign_in(make.manager(team))
    browser.get("/record")  # looks for a newer model, which a server does once a minute
    engagement = make.engagement(team)
    counts = []
    for more in (2, 18):
        for _ in range(more):
            person = make.learner(team=team)
            answer(session, person, NOW, times=30)
            foretell(session, engagement, person, 14)
        with counted(database) as statements:
            assert browser.get("/record").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("path", ["/progress", "/teams", "/engagements/{engagement}"])
def test_the_pages_that_show_the_number_lead_to_its_record(sign_in: SignIn, make: Make, team: UUID, path: str) -> None:
    engagement = make.engagement(team, [[make.learner(team=team)]])

    page = sign_in(make.manager(team)).get(path.format(engagement=engagement)).text

    assert 'href="/record"' in page


def test_the_measures_beside_the_brier_score_say_what_they_mean(
    sign_in: SignIn, session: Session, lena: Somebody
) -> None:
    answer(session, lena, NOW - DAY, 1.0, 0.9, times=200)
    answer(session, lena, NOW, 0.0, 0.4, times=200)
    answer(session, lena, NOW, 1.0, 0.6, times=50)

    words = text_of(sign_in(lena).get("/record").text)

    assert "Skill over the usual" in words
    assert "How much better than what all people got in the item before, on 250 answers. 0 is no better." in words
    assert "How much better than the person’s share correct so far, on 250 answers. 0 is no better." in words
    assert "Right order 1.00 Of two, one handled well and one not" in words
    assert "Log loss 0." in words


def test_the_parts_by_kind_and_lead_time_show_their_number_and_that_it_is_too_little(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.engagement(team, [[lena]])
    make.clock.at = AFTER
    foretell(session, engagement, lena, 14)
    answer(session, lena, ON)

    rows = rows_of(sign_in(lena).get("/record").text)

    assert ["Communication", "none", "none", "1: too little to say", "none"] in rows
    assert ["Working together", *["none"] * 4] in rows


def test_the_debrief_is_told_apart_as_peoples_own_word(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.engagement(team, [[lena]])
    foretell(session, engagement, lena, 14)
    engagements.keep_debrief(session, engagement, lena.id, [Told("remote-meetings", 0.7)], "", at=ON + DAY)
    session.commit()
    foretell_again(session, engagement, 1)
    make.clock.at = ON + 20 * DAY

    words = text_of(sign_in(lena).get("/record").text)

    assert "By your own word The same forecasts against what was said in the debrief" in words
    assert "One’s own word is no answer: it changes no forecast." in words
    assert "Too little to say yet: 1 of the 200 forecasts it takes." in words
    assert "1 was not spoken of, 0 were of what the meeting did not call for." in words


def test_of_a_small_team_the_debrief_tells_the_manager_nothing(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.engagement(team, [[lena]])
    foretell(session, engagement, lena, 14)
    engagements.keep_debrief(session, engagement, lena.id, [Told("remote-meetings", 0.7)], "", at=ON + DAY)
    session.commit()
    make.clock.at = ON + 20 * DAY

    words = text_of(sign_in(make.manager(team, "Mara")).get("/record").text)

    teams, _, _ = words.partition("By your own word")
    assert "By your people’s own word" in teams
    assert "Of fewer than five people nothing is told of their debriefs." in teams
    assert "1 of the 200 forecasts" not in teams
    assert "not spoken of" not in teams


def test_a_cancelled_meeting_is_counted_as_such(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody
) -> None:
    engagement = make.engagement(team, [[lena]])
    foretell(session, engagement, lena, 14)
    engagements.cancel_engagement(session, engagement, at=NOW)
    session.commit()

    words = text_of(sign_in(lena).get("/record").text)

    assert "0 forecasts wait for the day, 0 were never put to the test, 1 was not resolved: cancelled." in words


def test_a_manager_reads_which_correction_is_advised_and_what_an_administrator_does(
    sign_in: SignIn, session: Session, make: Make, team: UUID
) -> None:
    off_in_two_quarters(make, session, team)
    make.clock.at = AFTER

    for person in (make.manager(team, "Mara"), make.admin("Ada")):
        words = text_of(sign_in(person).get("/record").text)

        assert "The forecasts were off by more than chance explains in the last two quarters" in words
        assert "It is not in force." in words
        assert "An administrator puts it in force with flask calibrate-model" in words
        assert "July to September 2026 200 70% 50% ▽ Off by more than chance" in words


def test_a_learner_reads_nothing_of_the_company_but_that_a_correction_is_in_force(
    sign_in: SignIn, session: Session, make: Make, team: UUID, lena: Somebody, app: Flask
) -> None:
    browser = sign_in(lena)
    before = text_of(browser.get("/record").text)
    calibration.correct(session, Correction(-1.0, 0.8), at=NOW)
    session.commit()
    services_of(app).models.forget()

    after = text_of(browser.get("/record").text)

    assert "quarter by quarter" not in before + after
    assert "A correction of two numbers is in force for your company" not in before
    assert "it tells 80 in 100 as 53 in 100, 60 in 100 as 34 in 100." in after


def test_who_manages_nobody_and_administers_nothing_has_no_section_of_the_company(sign_in: SignIn, make: Make) -> None:
    assert "quarter by quarter" not in text_of(sign_in(make.trainer()).get("/record").text)
