"""The plan on the first page: seen, done, and changed by what was done."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import NewPerson, OpenPage
from tests.browser.player import Player
from tests.browser.server import Person, Server
from trainer import engagements, reporting
from trainer.domain.content import Content
from trainer.models import Engagement, User


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_plan_follows_what_was_read_and_answered(
    open_page: OpenPage, newcomer: NewPerson, changing_server: Server, content: Content, *, has_scripts: bool
) -> None:
    person = newcomer(changing_server, "Support")
    seat(changing_server, person)
    page = open_page(person, server=changing_server, java_script_enabled=has_scripts)
    page.goto("/")
    expect(page.get_by_role("heading", name=re.compile(r"^Today’s \d+ minutes for Kobe Seiki on"))).to_be_visible()
    planned = plan_on(page)

    page.get_by_role("link", name="Read the lesson").click()
    lesson = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name=re.compile("^Done")).click()
    expect(page.get_by_text(f"Done: {lesson}.")).to_be_visible()
    page.goto("/")
    after_reading = plan_on(page)
    assert f"lesson: {lesson}" in planned
    assert f"lesson: {lesson}" not in after_reading

    quiz = next(quiz for task in after_reading for quiz in content.quizzes.values() if quiz.title == task)
    player = Player(page, content, quiz.id)
    player.begin()
    while not player.is_over():
        player.answer()
        player.go_on()
    page.goto("/")
    after_answers = plan_on(page)
    assert quiz.title not in after_answers
    assert len(after_answers) < len(after_reading) < len(planned)


def plan_on(page: Page) -> list[str]:
    """What the whole plan holds, in order."""
    panel = page.get_by_role("region", name=re.compile("minutes for Kobe Seiki on"))
    panel.get_by_text(re.compile(r"The whole plan: \d+ minutes on \d+ days?")).click()
    return panel.get_by_role("definition").all_inner_texts()


def seat(server: Server, person: Person) -> None:
    """Give somebody a seat of the service call with Kobe Seiki."""
    with server.writing() as session:
        engagement = session.scalars(select(Engagement.id).where(Engagement.title == "Monthly service call")).one()
        learner = session.scalars(select(User.id).where(User.email == person.email)).one()
        chair = reporting.seats_of(session, [engagement])[engagement][0]
        engagements.assign(session, engagement, chair.id, [learner], at=datetime.now(UTC))
