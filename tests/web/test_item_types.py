"""Items of every type in the player: shown, answered, sent back with what is missing, explained."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.answering import KINDS, right_entries, wrong_entries
from tests.browsing import Browser, text_of
from tests.company import Make, Somebody, best, give, worst
from trainer import learning
from trainer.domain.content import (
    Content,
    Item,
    ItemType,
    MostAndLeast,
    Numeric,
    OneOf,
    Ordering,
    SlotSearch,
    SomeOf,
    Typed,
)
from trainer.domain.grading import Given
from trainer.domain.mastery import Model
from trainer.models import Attempt, Response, new_id
from trainer.web.answering.sheets import MISSING

POOLED = "jp-language-writing"


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena", make.team("Support"))


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


def first_of(content: Content, kind: ItemType) -> Item:
    return next(item for item in content.items.values() if item.type is kind)


def open_attempt(make: Make, session: Session, learner: Somebody, content: Content, item: Item) -> UUID:
    """An attempt of the item's quiz that asks for it, whatever a pool draws."""
    quiz = content.quizzes[item.quiz_id]
    while True:
        attempt_id = learning.start_attempt(session, learner.id, quiz, at=make.clock.at)
        attempt = learning.load_attempt(session, learner.id, attempt_id)
        assert attempt is not None
        if item in attempt.items(quiz):
            session.commit()
            return attempt_id
        session.rollback()


def kept(session: Session) -> Response | None:
    session.commit()  # what was read before is not what is there now
    return session.scalar(select(Response))


def squeezed(words: str) -> str:
    """Without spaces: the words of a page have some where a mark begins."""
    return "".join(words.split())


def sent(given: Given, **fields: str) -> dict[str, object]:
    entries = {f"entry-{slot}": value for slot, value in given.entries}
    return {"response_id": str(new_id()), "options": list(given.options), **entries, **fields}


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_of_an_item_scores_in_full_and_is_told_so(
    kind: ItemType, as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, kind)
    attempt_id = open_attempt(make, session, lena, content, item)
    attempt = learning.load_attempt(session, lena.id, attempt_id)
    assert attempt is not None
    path = f"/attempts/{attempt_id}/items/{item.id}"

    asked = as_lena.get(path)
    answer = as_lena.submit(f"{path}/0", sent(give(item, attempt, best)), follow_redirects=True)

    assert asked.status_code == 200
    assert item.ask is not None
    assert squeezed(item.ask.plain) in squeezed(text_of(asked.text))
    assert "Right" in text_of(answer.text)
    response = kept(session)
    assert response is not None
    assert response.score == 1.0


def test_a_call_to_be_placed_names_the_hours_that_decide(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, ItemType.CALENDAR)
    assert isinstance(item.interaction, SlotSearch)
    attempt_id = open_attempt(make, session, lena, content, item)

    page = text_of(as_lena.get(f"/attempts/{attempt_id}/items/{item.id}").text)

    for side in (item.interaction.ours, item.interaction.theirs):
        assert f"{side.name} {side.opens:%H:%M} to {side.closes:%H:%M}" in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_feedback_on_a_wrong_answer_gives_the_right_one_with_its_reason(
    kind: ItemType, as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, kind)
    attempt_id = open_attempt(make, session, lena, content, item)
    attempt = learning.load_attempt(session, lena.id, attempt_id)
    assert attempt is not None

    answer = as_lena.submit(
        f"/attempts/{attempt_id}/items/{item.id}/0", sent(give(item, attempt, worst)), follow_redirects=True
    )

    page = text_of(answer.text)
    response = kept(session)
    assert response is not None
    assert response.score < 0.5
    assert "{lang=" not in page
    explanation = getattr(item.interaction, "explanation", None)
    if explanation is not None:
        assert squeezed(page).count(squeezed(explanation.plain)) == 1
    assert "Not quite" in page or "Partly right" in page
    if isinstance(item.interaction, OneOf | SomeOf | MostAndLeast):
        assert all(squeezed(option.explanation.plain) in squeezed(page) for option in item.interaction.options)
    elif kind is not ItemType.CALENDAR:
        assert "Better" in page


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_that_is_left_empty_says_what_is_missing(
    kind: ItemType, as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, kind)
    attempt_id = open_attempt(make, session, lena, content, item)

    answer = as_lena.submit(f"/attempts/{attempt_id}/items/{item.id}/0", {"response_id": str(new_id())})

    usual = "Choose every answer that applies." if isinstance(item.interaction, SomeOf) else "Choose one answer."
    assert answer.status_code == 422
    assert MISSING.get(type(item.interaction), usual) in text_of(answer.text)
    assert kept(session) is None


@pytest.mark.parametrize("kind", [ItemType.RATE_EACH, ItemType.MOST_AND_LEAST, ItemType.ORDERING, ItemType.MATCHING])
def test_what_is_not_offered_is_sent_back_and_the_rest_is_kept(
    kind: ItemType, as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, kind)
    attempt_id = open_attempt(make, session, lena, content, item)
    entries = right_entries(item.interaction)
    (slot, *others) = entries
    given = Given(entries=((slot, "z"), *((other, entries[other]) for other in others)))

    answer = as_lena.submit(f"/attempts/{attempt_id}/items/{item.id}/0", sent(given))

    assert answer.status_code == 422
    assert "That answer is not offered here any more." in text_of(answer.text)
    assert answer.text.count(" checked>") + answer.text.count(" selected>") == len(others)


def test_two_parts_in_one_place_are_told(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, ItemType.ORDERING)
    assert isinstance(item.interaction, Ordering)
    attempt_id = open_attempt(make, session, lena, content, item)
    given = Given(entries=tuple((part.id, "1") for part in item.interaction.parts))

    answer = as_lena.submit(f"/attempts/{attempt_id}/items/{item.id}/0", sent(given))

    assert answer.status_code == 422
    assert "Two of them have the same place." in text_of(answer.text)


def test_what_is_no_number_is_told_and_not_counted(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, ItemType.NUMERIC)
    assert isinstance(item.interaction, Numeric)
    attempt_id = open_attempt(make, session, lena, content, item)

    answer = as_lena.submit(
        f"/attempts/{attempt_id}/items/{item.id}/0", sent(Given(entries=(("number", "about twelve"),)))
    )

    assert answer.status_code == 422
    assert "Write a number in figures" in text_of(answer.text)
    assert 'value="about twelve"' in answer.text
    assert kept(session) is None


def test_how_a_typed_answer_was_read_is_kept_and_shown(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = content.items["fr-language-writing-02"]
    assert isinstance(item.interaction, Typed)
    right = item.interaction.gap.key.accepted[0]
    attempt_id = open_attempt(make, session, lena, content, item)

    answer = as_lena.submit(
        f"/attempts/{attempt_id}/items/{item.id}/0",
        sent(Given(entries=(("answer", right.upper()),))),
        follow_redirects=True,
    )

    response = kept(session)
    assert response is not None
    checks = response.checks
    assert checks is not None
    assert (checks["rules"], checks["mode"], checks["parts"]["answer"]["verdict"]) == (1, "practice", "case")
    assert checks["parts"]["answer"]["answer"] == right
    assert "Accepted: mind the capital letters." in text_of(answer.text)


def test_letters_of_the_language_can_be_pressed(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    attempt_id = open_attempt(make, session, lena, content, content.items["fr-language-writing-02"])

    page = as_lena.get(f"/attempts/{attempt_id}/items/fr-language-writing-02").text

    assert 'data-letter="é"' in page
    assert 'data-letter="œ"' in page


# A pool


def test_an_attempt_asks_the_same_items_of_a_pool_throughout_and_another_may_ask_others(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz = content.quizzes[POOLED]
    (pool,) = quiz.pools
    drawn = set()
    for _ in range(12):
        learner = make.learner()
        attempt_id = learning.start_attempt(session, learner.id, quiz, at=make.clock.at)
        first, again = (learning.load_attempt(session, learner.id, attempt_id) for _ in range(2))
        assert first is not None
        assert again is not None
        assert first.items(quiz) == again.items(quiz)
        asked = {item.id for item in first.items(quiz)}
        assert len(asked) == quiz.asked == len(quiz.items) - 1
        assert len(asked & set(pool.items)) == pool.pick
        drawn.add(frozenset(asked))

    assert len(drawn) > 1


def test_a_quiz_with_a_pool_is_done_when_what_it_asked_is_answered(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    attempt_id = make.answers(lena, POOLED)

    attempt = learning.load_attempt(session, lena.id, attempt_id)

    assert attempt is not None
    assert attempt.finished_at is not None
    assert len(attempt.responses) == content.quizzes[POOLED].asked


# Listening that has to wait


def test_who_cannot_listen_now_is_asked_the_rest_first_and_fails_nothing(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    quiz = content.quizzes["fr-language-writing"]
    attempt_id = learning.start_attempt(session, lena.id, quiz, at=make.clock.at)
    session.commit()
    as_lena.submit(f"/attempts/{attempt_id}/quiet")
    while True:
        attempt = learning.load_attempt(session, lena.id, attempt_id)
        assert attempt is not None
        item = attempt.next_item(quiz)
        session.commit()
        if item is None:
            break
        assert item.audio is None
        as_lena.submit(f"/attempts/{attempt_id}/items/{item.id}/0", sent(give(item, attempt, best)))

    page = text_of(as_lena.get(f"/attempts/{attempt_id}", follow_redirects=True).text)
    assert "4 questions to be heard wait for you. Nothing is lost or counted until you answer." in page
    assert session.scalar(select(Attempt.finished_at)) is None
    session.commit()
    resumed = as_lena.submit(f"/attempts/{attempt_id}/quiet", {"again": "1"}, follow_redirects=True)
    assert "I cannot listen now" in text_of(resumed.text)


def test_what_is_heard_is_not_shown_before_it_is_answered(
    as_lena: Browser, lena: Somebody, make: Make, session: Session, content: Content
) -> None:
    item = first_of(content, ItemType.DICTATION)
    assert item.audio is not None
    attempt_id = open_attempt(make, session, lena, content, item)
    path = f"/attempts/{attempt_id}/items/{item.id}"

    before = as_lena.get(path).text
    entries = tuple(wrong_entries(item.interaction).items())
    after = text_of(as_lena.submit(f"{path}/0", sent(Given(entries=entries)), follow_redirects=True).text)

    assert item.audio.text not in before
    assert item.audio.natural not in before
    assert item.audio.text in after


def test_an_item_that_the_attempt_does_not_ask_is_not_taken(
    make: Make, session: Session, lena: Somebody, content: Content
) -> None:
    quiz = content.quizzes[POOLED]
    attempt_id = learning.start_attempt(session, lena.id, quiz, at=make.clock.at)
    attempt = learning.load_attempt(session, lena.id, attempt_id)
    assert attempt is not None
    (left_out,) = set(quiz.items) - set(attempt.items(quiz))

    with pytest.raises(learning.LearningError, match="does not ask for it"):
        learning.submit_response(
            session,
            Model(),
            attempt,
            quiz,
            left_out,
            give(left_out, attempt, best),
            step=0,
            response_id=new_id(),
            at=make.clock.at,
        )
