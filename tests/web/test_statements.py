"""How many SQL statements a request may take, whatever the number of people; on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from tests.browsing import Browser, text_of
from tests.builders import NOW
from tests.charters import ZONES
from tests.company import LESSON, QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody
from tests.crowds import gather
from trainer.database import Database
from trainer.domain.content import Content, Scenario
from trainer.domain.documents import DocumentKind
from trainer.domain.parties import Party
from trainer.links import Purpose, make_link
from trainer.models import new_id
from trainer.workspace import change_document

pytestmark = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)

DIALOGUE_PAGE = 3
LESSON_PAGE, RESPONSE_SAVE, ENGAGEMENT_PAGE, DASHBOARD = 4, 7, 21, 18
MEETING_PAGE, CHARTER_PAGE, FOLLOW_UP_PAGE, DEBRIEF_PAGE = 8, 10, 11, 5
SEATS_PAGE, TEAM_BRIEF, REPORT_FILE, SHARED_REPORT = 9, 16, 18, 19
GLOSSARY_PAGE = 3
PARTNER_PAGE, PARTNER_BRIEF, PARTNER_SEARCH, PARTNER_PERSON = 13, 12, 10, 7
REVIEW_PAGE, REVIEW_SAVE = 4, 13
A_MOMENT = timedelta(seconds=30)
"""Between two answers. Those of the very same moment are put in order from the log, which takes more."""


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that run meanwhile, without those that only begin a transaction."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engines = database.engines
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def learner(make: Make) -> Somebody:
    return make.learner()


@pytest.fixture
def as_learner(sign_in: Callable[[Somebody], Browser], learner: Somebody) -> Browser:
    browser = sign_in(learner)
    browser.token()
    return browser


def test_a_lesson_takes_four(as_learner: Browser, database: Database) -> None:
    with counted(database) as statements:
        answer = as_learner.get(f"/lessons/{LESSON}")

    assert answer.status_code == 200
    assert 1 <= len(statements) <= LESSON_PAGE, statements


def test_a_lesson_with_a_dialogue_takes_no_more(as_learner: Browser, database: Database) -> None:
    with counted(database) as statements:
        answer = as_learner.get("/lessons/japan-cards")

    assert "data-dialogue" in answer.text
    assert 1 <= len(statements) <= LESSON_PAGE, statements


def test_a_dialogue_takes_three(as_learner: Browser, database: Database) -> None:
    with counted(database) as statements:
        answer = as_learner.get("/dialogues/ja-dialogue-introduction")

    assert answer.status_code == 200
    assert len(statements) <= DIALOGUE_PAGE, statements


def test_a_glossary_takes_three(as_learner: Browser, database: Database) -> None:
    with counted(database) as statements:
        answer = as_learner.get("/glossaries/technical-support?lang=fr")

    assert answer.status_code == 200
    assert len(statements) <= GLOSSARY_PAGE, statements


def test_saving_a_response_takes_seven(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, content: Content, clock: Clock
) -> None:
    make.answers(learner, "jp-in-the-meeting")
    clock.turn(A_MOMENT)
    attempt_id = make.attempt(learner)
    item = content.quizzes[QUIZ].items[0]
    option = item.interaction.options[0].id  # type: ignore[union-attr]

    with counted(database) as statements:
        answer = as_learner.submit(
            f"/attempts/{attempt_id}/items/{item.id}/0", {"response_id": new_id(), "options": option}
        )

    assert answer.status_code == 303
    assert any(statement.startswith("INSERT INTO response") for statement in statements)
    assert len(statements) <= RESPONSE_SAVE, statements


def test_what_was_missed_takes_one_more_so_that_it_comes_back(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, content: Content, clock: Clock
) -> None:
    make.answers(learner, "jp-in-the-meeting")
    clock.turn(A_MOMENT)
    attempt_id = make.attempt(learner)
    item = content.quizzes[QUIZ].items[0]
    missed = min(item.interaction.options, key=lambda option: option.score).id  # type: ignore[union-attr]

    with counted(database) as statements:
        as_learner.submit(f"/attempts/{attempt_id}/items/{item.id}/0", {"response_id": new_id(), "options": missed})

    assert sum('INSERT INTO "review_card"' in statement for statement in statements) == 1
    assert len(statements) <= RESPONSE_SAVE + 1, statements


@pytest.mark.parametrize("reviews", [1, 6])
def test_a_card_of_the_review_takes_four_however_many_there_are(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, clock: Clock, reviews: int
) -> None:
    make.lesson_done(learner)
    for _ in range(reviews):
        clock.turn(A_MOMENT)
        make.review(learner)

    with counted(database) as statements:
        answer = as_learner.get("/review")

    assert answer.status_code == 200
    assert sum("review_card" in statement for statement in statements) == 1
    assert len(statements) <= REVIEW_PAGE, statements


def test_an_answer_of_the_review_takes_thirteen(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, content: Content, clock: Clock
) -> None:
    make.lesson_done(learner)
    make.review(learner)
    clock.turn(A_MOMENT)
    phrase = content.lessons[LESSON].phrases[1]
    item = content.items[f"{phrase.id}.meaning"]
    right = max(item.interaction.options, key=lambda option: option.score).id  # type: ignore[union-attr]

    with counted(database) as statements:
        answer = as_learner.submit(f"/review/cards/{item.id}", {"response_id": new_id(), "options": right})

    assert answer.status_code == 303
    assert len(statements) <= REVIEW_SAVE, statements


def test_saving_the_step_of_a_scenario_takes_no_more(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, content: Content, clock: Clock
) -> None:
    item = next(item for item in content.quizzes[SCENARIO_QUIZ].items if isinstance(item.interaction, Scenario))
    assert isinstance(item.interaction, Scenario)
    attempt_id = make.answers(learner, SCENARIO_QUIZ, until=content.quizzes[SCENARIO_QUIZ].items.index(item))
    clock.turn(A_MOMENT)
    choice = item.interaction.nodes[item.interaction.start].choices[0].option.id

    with counted(database) as statements:
        answer = as_learner.submit(
            f"/attempts/{attempt_id}/items/{item.id}/0", {"response_id": new_id(), "options": choice}
        )

    assert answer.status_code == 303
    assert len(statements) <= RESPONSE_SAVE, statements


def test_the_last_response_of_a_quiz_takes_no_more(
    as_learner: Browser, database: Database, make: Make, learner: Somebody, content: Content, clock: Clock
) -> None:
    items = content.quizzes["jp-in-the-meeting"].items
    attempt_id = make.answers(learner, "jp-in-the-meeting", until=len(items) - 1)
    clock.turn(A_MOMENT)
    option = items[-1].interaction.options[0].id  # type: ignore[union-attr]

    with counted(database) as statements:
        as_learner.submit(
            f"/attempts/{attempt_id}/items/{items[-1].id}/0", {"response_id": new_id(), "options": option}
        )

    assert any(statement.startswith("UPDATE attempt") for statement in statements)
    assert len(statements) <= RESPONSE_SAVE, statements


@pytest.mark.parametrize("people", [2, 20, 60])
def test_an_engagement_takes_twenty_however_many_people(
    make: Make, database: Database, sign_in: Callable[[Somebody], Browser], people: int
) -> None:
    team = make.team()
    manager = make.manager(team)
    engagement_id = make.engagement(team, staffed(make, team, people))
    browser = sign_in(manager)
    # looks how long quizzes take, which a server does once an hour
    browser.get(f"/engagements/{make.engagement(team, staffed(make, team, 1))}")

    with counted(database) as cold:
        first = browser.get(f"/engagements/{engagement_id}")
    with counted(database) as cached:
        second = browser.get(f"/engagements/{engagement_id}")

    assert first.status_code == 200
    assert first.text.count("Somebody ") >= people
    assert text_of(second.text) == text_of(first.text)
    assert len(cold) <= ENGAGEMENT_PAGE, cold
    assert len(cached) < len(cold)


@pytest.mark.parametrize("people", [2, 60])
def test_times_and_calendar_take_eight_however_many_people_and_places(
    make: Make, database: Database, sign_in: Callable[[Somebody], Browser], people: int
) -> None:
    team = make.team()
    manager = make.manager(team)
    engagement_id = make.engagement(team, staffed(make, team, people))
    zones = ("Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Europe/Paris", "Asia/Ho_Chi_Minh")
    countries = ("JP", "KR", "CN", "FR", "VN")
    places = [
        {"id": zone, "name": zone, "country": country, "zone": zone}
        for zone, country in zip(zones, countries, strict=True)
    ]
    change_document(
        make.session, engagement_id, DocumentKind.MEETING, lambda _: {"places": places}, seen=0, by=manager.id, at=NOW
    )
    make.session.commit()
    browser = sign_in(manager)

    with counted(database) as statements:
        answer = browser.get(f"/engagements/{engagement_id}/meeting")

    assert answer.status_code == 200
    assert len(statements) <= MEETING_PAGE, statements


def test_the_dashboard_takes_the_same_for_one_engagement_and_for_six(
    make: Make, database: Database, sign_in: Callable[[Somebody], Browser]
) -> None:
    team = make.team()
    browser = sign_in(make.manager(team))
    browser.get("/teams")  # looks for a newer model, which a server does once a minute
    counts = []

    for more in (1, 5):
        for number in range(more):
            make.engagement(team, staffed(make, team, 3), in_days=10 + number)
        with counted(database) as statements:
            assert browser.get("/teams").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= DASHBOARD


def test_a_hundred_seats_fifty_contacts_and_five_zones_take_no_more_than_a_few_of_each(
    make: Make, database: Database, sign_in: Callable[[Somebody], Browser]
) -> None:
    crowd = gather(make)
    browser = sign_in(crowd.manager)
    browser.get("/teams")  # looks for a newer model and how long quizzes take, which a server does now and then
    link = make_link(
        make.session,
        Purpose.REPORT,
        engagement_id=crowd.ahead,
        label="Board",
        expires_at=NOW + timedelta(days=7),
        by=crowd.manager.id,
        at=NOW,
    )
    make.session.commit()
    limits = {
        f"/engagements/{crowd.ahead}": ENGAGEMENT_PAGE,
        f"/engagements/{crowd.ahead}/report.csv": REPORT_FILE,
        f"/engagements/{crowd.ahead}/seats": SEATS_PAGE,
        f"/engagements/{crowd.ahead}/charter": CHARTER_PAGE,
        f"/engagements/{crowd.ahead}/charter/dry-run": CHARTER_PAGE,
        f"/engagements/{crowd.ahead}/meeting": MEETING_PAGE,
        f"/engagements/{crowd.ahead}/brief": TEAM_BRIEF,
        f"/engagements/{crowd.past}/follow-up": FOLLOW_UP_PAGE,
        f"/engagements/{crowd.past}/debrief": DEBRIEF_PAGE,
        f"/reports/{link}": SHARED_REPORT,
        f"/partners/{crowd.partner}": PARTNER_PAGE,
        f"/partners/{crowd.partner}/brief": PARTNER_BRIEF,
        "/teams": DASHBOARD,
    }

    told = {}
    for path, limit in limits.items():
        with counted(database) as statements:
            answer = browser.get(path)

        assert answer.status_code == 200, path
        assert len(statements) <= limit, (path, statements)
        told[path] = answer.text
    assert all("Somebody 99" in told[f"/engagements/{crowd.ahead}{page}"] for page in ("", "/report.csv", "/seats"))
    assert "Contact 25" in told[f"/engagements/{crowd.ahead}/charter"]
    assert all(zone in told[f"/engagements/{crowd.ahead}/meeting"] for zone in ZONES)


@pytest.mark.parametrize("amount", [1, 50])
def test_a_partner_file_takes_the_same_however_much_it_holds(
    make: Make, database: Database, sign_in: Callable[[Somebody], Browser], amount: int
) -> None:
    team = make.team()
    lena = make.learner("Lena", team)
    partner = make.partner(team)
    for number in range(amount):
        person = make.partner_person(partner, f"Somebody {number}")
        make.promise(partner, lena, f"Ours {number}")
        make.promise(partner, lena, f"Theirs {number}", party=Party.THEIRS, person_id=person)
    browser = sign_in(lena)
    limits = {
        f"/partners/{partner}": PARTNER_PAGE,
        f"/partners/{partner}/brief": PARTNER_BRIEF,
        "/partners?q=somebody": PARTNER_SEARCH,
        f"/partners/{partner}/people/{person}": PARTNER_PERSON,
    }

    for path, limit in limits.items():
        with counted(database) as statements:
            answer = browser.get(path)

        assert answer.status_code == 200
        assert len(statements) <= limit, statements


def test_a_page_after_a_pause_takes_one_more_to_note_that_the_person_was_seen(
    as_learner: Browser, database: Database, clock: Clock
) -> None:
    clock.turn(timedelta(minutes=6))

    with counted(database) as statements:
        as_learner.get(f"/lessons/{LESSON}")

    assert sum(statement.startswith("UPDATE user_session") for statement in statements) == 1
    assert len(statements) <= LESSON_PAGE + 1


def staffed(make: Make, team: UUID, people: int) -> list[list[Somebody]]:
    """This many people over three seats; every third has started."""
    everyone = [make.learner(f"Somebody {number}", team) for number in range(people)]
    for person in everyone[::3]:
        make.answers(person, "pt-remote-call", until=2)
    return [everyone[seat::3] for seat in range(3)]
