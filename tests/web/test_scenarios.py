"""Scenarios on the screen: how it went, playing again from a decision, and the author's map."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser, choices_of, fields_of, text_of
from tests.company import SCENARIO_QUIZ, Make, Somebody
from trainer.domain.content import Content, Item, Scenario
from trainer.domain.scenario import walk
from trainer.models import Attempt, Replay, Response, new_id
from trainer.wording import MARKS


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def as_trainer(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.trainer("Tina"))


@pytest.fixture
def story(make: Make) -> Item:
    return make.story()


@pytest.fixture
def played(make: Make, lena: Somebody) -> UUID:
    """An attempt in which everything was answered as badly as could be."""
    return make.answers(lena, SCENARIO_QUIZ, right=0.0)


def again(browser: Browser, attempt_id: UUID, story: Item, step: int = 0) -> str:
    """The path of a replay from a decision."""
    answer = browser.submit(f"/attempts/{attempt_id}/items/{story.id}/{step}/again")
    assert answer.status_code == 303
    return answer.location


@pytest.fixture
def replay_of_repair(as_lena: Browser, played: UUID, story: Item) -> str:
    return again(as_lena, played, story, step=1)


def choose(browser: Browser, replay: str, option: str, step: int) -> str:
    """The feedback on a choice."""
    sent = browser.submit(f"{replay}/{step}", {"options": option, "response_id": str(new_id())})
    assert sent.status_code == 303, sent.text
    return browser.get(sent.location.split("#")[0]).text


def test_the_summary_draws_the_path_and_says_the_same_in_words(as_lena: Browser, played: UUID, story: Item) -> None:
    page = as_lena.get(f"/attempts/{played}/summary").text
    scenario = story.interaction
    assert isinstance(scenario, Scenario)
    steps = walk(scenario, [("n1", "d"), ("repair1", "d")]).steps

    svg = page[page.index('<svg class="path"') : page.index("</svg>", page.index('<svg class="path"'))]
    words = text_of(page)

    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg
    assert "style=" not in svg
    for step in steps:
        assert step.node.title in svg
        assert f"Trust {step.meters.trust} (" in words
    assert "The turning point" in svg
    assert "Better: " in svg
    assert "By the contract" in svg


def test_the_summary_says_what_would_have_changed_it(as_lena: Browser, played: UUID) -> None:
    words = text_of(as_lena.get(f"/attempts/{played}/summary").text)

    assert "What would have changed it: at “The question” something better was open." in words
    assert "From there it can still end with “Eight weeks, and everyone knows why”." in words


def test_the_summary_scores_each_competency_against_the_best_way(
    as_lena: Browser, played: UUID, story: Item, content: Content
) -> None:
    words = text_of(as_lena.get(f"/attempts/{played}/summary").text)

    for name in ("All decisions", *(content.competencies[each].title for each in story.competencies)):
        assert re.search(rf"{re.escape(name)}\s+▽\s+To look at again\s+0 of 2\s+4 of 4", words), words


def test_the_summary_of_the_best_way_has_nothing_to_play_again(as_lena: Browser, make: Make, lena: Somebody) -> None:
    page = as_lena.get(f"/attempts/{make.answers(lena, SCENARIO_QUIZ)}/summary").text

    assert "Each of your decisions was the best that was open." in text_of(page)
    assert "As the best way" in text_of(page)
    assert "/again" not in page


def test_the_end_of_a_scenario_offers_its_decision_again(as_lena: Browser, played: UUID, story: Item) -> None:
    page = as_lena.get(f"/attempts/{played}/items/{story.id}/1").text

    assert "Play again from this decision" in text_of(page)
    assert f'action="/attempts/{played}/items/{story.id}/0/again"' in page


def test_what_an_item_gives_away_waits_for_the_end_of_a_scenario(as_lena: Browser, played: UUID, story: Item) -> None:
    first = text_of(as_lena.get(f"/attempts/{played}/items/{story.id}/0").text)
    last = text_of(as_lena.get(f"/attempts/{played}/items/{story.id}/1").text)

    assert story.misreading is not None
    assert story.misreading.plain in last
    assert "Tempting misreading" not in first


def test_feedback_lists_the_facts_that_an_item_rests_on_with_their_marks(
    as_lena: Browser, make: Make, lena: Somebody, content: Content
) -> None:
    quizzes = content.courses["china"].quizzes
    item = next(
        item for quiz in quizzes for item in quiz.items if item.facts and not isinstance(item.interaction, Scenario)
    )
    attempt_id = make.answers(lena, item.quiz_id)

    page = text_of(as_lena.get(f"/attempts/{attempt_id}/items/{item.id}/0").text)

    assert all(f"{fact.text.plain} {MARKS[fact.mark][0]}" in page for fact in item.facts)


def test_a_scenario_is_played_again_from_a_decision_to_another_end(
    as_lena: Browser, played: UUID, story: Item, session: Session
) -> None:
    replay = again(as_lena, played, story, step=1)

    asked = as_lena.get(replay).text
    told = choose(as_lena, replay, "b", step=1)

    assert "A date too many" in asked
    assert "The question. You chose:" in text_of(asked)
    assert set(choices_of(asked, "options")) == {"a", "b", "c", "d"}
    assert "Best next step" in text_of(told)
    assert "Playing again · practice" in text_of(told)
    assert session.scalars(select(Response.kind).where(Response.attempt_id == UUID(replay.split("/")[-1]))).all() == [
        "replay"
    ]


def test_the_end_of_a_replay_tells_how_it_ended_before_and_this_time(
    as_lena: Browser, played: UUID, story: Item
) -> None:
    replay = again(as_lena, played, story)
    for step, option in enumerate(("a", "c", "c")):
        choose(as_lena, replay, option, step)

    page = choose(as_lena, replay, "e", step=3)
    words = text_of(page)

    assert "Before: By the contract. This time: Eight weeks, and everyone knows why." in words
    assert "Your way through “The lead time”" in words
    assert as_lena.get(replay).location == f"{replay}/3"
    assert "Played again" in text_of(as_lena.get(f"/attempts/{played}/summary").text)


def test_a_decision_of_a_replay_can_be_taken_again(as_lena: Browser, played: UUID, story: Item) -> None:
    replay = again(as_lena, played, story, step=1)
    page = choose(as_lena, replay, "d", step=1)
    (path,) = set(re.findall(rf'action="({replay}/1/again)"', page))

    second = as_lena.submit(path).location

    assert second != replay
    assert "A date too many" in as_lena.get(second).text


def test_playing_again_changes_neither_the_attempt_nor_what_counts_as_done(
    as_lena: Browser, played: UUID, story: Item, session: Session
) -> None:
    before = as_lena.get(f"/attempts/{played}/items/{story.id}/1").text
    choose(as_lena, again(as_lena, played, story, step=1), "b", step=1)

    assert fields_of(before).keys() == fields_of(as_lena.get(f"/attempts/{played}/items/{story.id}/1").text).keys()
    assert [each.id for each in session.scalars(select(Attempt))] == [played]


def test_sending_a_choice_twice_keeps_the_first(as_lena: Browser, played: UUID, story: Item, session: Session) -> None:
    replay = again(as_lena, played, story, step=1)
    choose(as_lena, replay, "b", step=1)

    choose(as_lena, replay, "d", step=1)

    found = session.scalars(select(Response).where(Response.attempt_id == UUID(replay.split("/")[-1]))).all()
    assert [each.given["options"] for each in found] == [["b"]]


@pytest.mark.parametrize(
    ("step", "data", "told"),
    [
        (1, {}, (422, "Choose one answer.")),
        (1, {"options": "zz"}, (422, "not offered here any more")),
        (5, {"options": "a"}, (409, "This step was not open yet.")),
        (1, {"options": "a", "response_id": "x"}, (422, "damaged on its way")),
    ],
)
def test_bad_input_is_told_and_nothing_is_kept(
    replay_of_repair: str, as_lena: Browser, session: Session, step: int, data: dict[str, str], told: tuple[int, str]
) -> None:
    before = len(session.scalars(select(Response)).all())
    session.commit()

    answer = as_lena.submit(f"{replay_of_repair}/{step}", {"response_id": str(new_id()), **data})

    assert answer.status_code == told[0]
    assert told[1] in text_of(answer.text)
    assert len(session.scalars(select(Response)).all()) == before


def test_a_scenario_that_is_not_over_is_not_played_again(
    as_lena: Browser, make: Make, lena: Somebody, story: Item, content: Content, session: Session
) -> None:
    until = content.quizzes[SCENARIO_QUIZ].items.index(story)
    attempt_id = make.answers(lena, SCENARIO_QUIZ, until=until)

    answer = as_lena.submit(f"/attempts/{attempt_id}/items/{story.id}/0/again", follow_redirects=True)

    assert "Play this scenario to its end first." in text_of(answer.text)
    assert session.scalars(select(Replay)).all() == []


def test_what_is_no_scenario_is_not_found(as_lena: Browser, played: UUID, content: Content) -> None:
    plain = content.quizzes[SCENARIO_QUIZ].items[0]

    assert as_lena.submit(f"/attempts/{played}/items/{plain.id}/0/again").status_code == 404


def test_a_choice_that_is_closed_is_not_offered_and_the_feedback_says_so(
    as_lena: Browser, played: UUID, story: Item
) -> None:
    """After a harmful start trust is too low for the question that only a trusted caller can ask."""
    replay = again(as_lena, played, story)
    for step, option in enumerate(("d", "c", "b", "c", "c")):
        choose(as_lena, replay, option, step)

    asked = as_lena.get(replay).text

    assert "Before the signature" in asked
    assert set(choices_of(asked, "options")) == {"a", "b", "c", "d"}
    words = text_of(choose(as_lena, replay, "d", step=5))
    assert "Not open to you here" in words
    assert "What could he still ask" in words


def test_too_little_time_leads_to_another_repair(as_lena: Browser, played: UUID, story: Item) -> None:
    replay = again(as_lena, played, story)
    for step, option in enumerate(("b", "c", "b", "a")):
        choose(as_lena, replay, option, step)

    assert "Ellen could not wait" in as_lena.get(replay).text


# The author's map


def test_the_scenarios_are_listed_with_how_much_there_is_to_review(as_trainer: Browser, content: Content) -> None:
    words = text_of(as_trainer.get("/content/scenarios").text)

    for item in content.items.values():
        if isinstance(item.interaction, Scenario):
            assert item.interaction.title in words


def test_the_map_draws_every_place_and_says_the_same_in_tables(as_trainer: Browser, story: Item) -> None:
    page = as_trainer.get(f"/content/scenarios/{story.id}").text
    svg = page[page.index('<svg class="map"') : page.index("</svg>", page.index('<svg class="map"'))]
    words = text_of(page)
    scenario = story.interaction
    assert isinstance(scenario, Scenario)

    assert svg.count("<rect") == len(scenario.nodes) + len(scenario.endings)
    assert svg.count("map-line-best") == 4
    assert svg.count("map-line-if") == 2
    assert "style=" not in svg
    for node in scenario.nodes.values():
        assert node.title in words
        for choice in node.choices:
            assert choice.option.text.plain in words
    assert "if trust 66 or more" in words
    assert "time below 35: Ellen could not wait" in words
    assert "Trust +1, Time −1" in words


def test_the_map_of_what_is_no_scenario_is_not_found(as_trainer: Browser, content: Content) -> None:
    plain = content.quizzes[SCENARIO_QUIZ].items[0]

    assert as_trainer.get(f"/content/scenarios/{plain.id}").status_code == 404
    assert as_trainer.get("/content/scenarios/atlantis").status_code == 404


def test_the_desk_leads_to_the_maps(as_trainer: Browser) -> None:
    assert 'href="/content/scenarios"' in as_trainer.get("/desk").text
