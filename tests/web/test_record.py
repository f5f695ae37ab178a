"""The page that asks whether the number holds: with enough, with too little, and of whom it tells."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.company import Make, Somebody
from tests.test_record import AFTER, ON, answer, foretell, foretell_again
from tests.web.test_statements import counted
from trainer.database import Database

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
