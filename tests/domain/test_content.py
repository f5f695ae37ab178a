"""Content finds what it holds by id, and tells what an item is remembered by."""

from dataclasses import FrozenInstanceError, replace

import pytest

from tests.builders import (
    choice,
    competency,
    content,
    course,
    fact,
    item,
    lesson,
    node,
    option,
    phrase,
    prose,
    quiz,
    scenario,
)
from trainer.domain.content import (
    FUNCTIONS,
    TOPICS,
    Content,
    Effect,
    ItemType,
    Prose,
    item_keys,
    node_competencies,
    node_key,
)


def talk(name: str, *competencies: str) -> Content:
    """Content whose one item is a scenario: its first node is for deciding, the others are for the item's."""
    nodes = (
        node("n1", choice("a", Effect.BEST, "n2", "deciding"), choice("b", Effect.WEAK, "n2", "deciding", "terms")),
        node("n2", choice("a", Effect.BEST, "agreed"), choice("b", Effect.WEAK, "later")),
    )
    branching = item(name, *competencies, interaction=scenario(*nodes), kind=ItemType.BRANCHING)
    return content(course("japan", quizzes=(quiz("first", branching),)))


def test_everything_is_found_by_its_id_across_courses() -> None:
    names = lesson("names", facts=(fact("jp-names-01"),))
    cards = lesson("cards", facts=(fact("fr-cards-01"),))
    first, second = quiz("first", item("first-01"), item("first-02")), quiz("second", item("second-01"))
    say, ask = phrase("ja-clarify-01"), phrase("fr-clarify-01")

    catalog = content(
        course("japan", lessons=(names,), quizzes=(first,), phrases=(say,)),
        course("france", lessons=(cards,), quizzes=(second,), phrases=(ask,)),
    )

    assert catalog.lessons == {"names": names, "cards": cards}
    assert catalog.quizzes == {"first": first, "second": second}
    assert catalog.phrases == {"ja-clarify-01": say, "fr-clarify-01": ask}
    assert catalog.items == {each.id: each for each in (*first.items, *second.items)}
    assert catalog.facts["fr-cards-01"] == (cards, cards.facts[0])
    assert set(catalog.facts) == {"jp-names-01", "fr-cards-01"}


def test_nothing_is_found_in_no_content() -> None:
    empty = content()

    assert not any((empty.lessons, empty.phrases, empty.quizzes, empty.items, empty.facts, empty.items_by_competency))


def test_content_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        content().courses = {}  # type: ignore[misc]


def test_a_competency_lists_the_items_that_serve_it_in_order() -> None:
    catalog = content(
        course(
            "japan",
            quizzes=(
                quiz("first", item("i1", "greeting"), item("i2", "deciding", "greeting")),
                quiz("second", item("i3", "greeting")),
            ),
        ),
        competencies=[competency("greeting"), competency("deciding")],
    )

    assert catalog.items_by_competency == {"greeting": ("i1", "i2", "i3"), "deciding": ("i2",)}


def test_a_competency_that_no_item_serves_lists_none() -> None:
    assert content(competencies=[competency("gifts")]).items_by_competency == {"gifts": ()}


def test_an_item_is_remembered_by_its_id() -> None:
    assert item_keys(item("i1", "greeting", "deciding")) == (("i1", ("greeting", "deciding")),)


def test_a_scenario_is_remembered_node_by_node() -> None:
    branching = talk("talk", "greeting").items["talk"]

    assert item_keys(branching) == (("talk#n1", ("deciding", "terms")), ("talk#n2", ("greeting",)))


def test_a_competency_lists_the_nodes_that_ask_for_it() -> None:
    by_competency = talk("talk", "greeting").items_by_competency

    assert by_competency == {"deciding": ("talk#n1",), "terms": ("talk#n1",), "greeting": ("talk#n2",)}


def test_a_node_asks_for_what_its_choices_name_and_else_for_what_the_item_does() -> None:
    branching = item("talk", "greeting", interaction=scenario())
    named = node("n1", choice("a", Effect.BEST, "n2", "deciding"), choice("b", Effect.WEAK, "n2"))
    unnamed = node("n2", choice("a", Effect.BEST, "agreed"))

    assert node_competencies(branching, named) == ("deciding",)
    assert node_competencies(branching, unnamed) == ("greeting",)
    assert node_key(branching, named) == "talk#n1"


def test_a_quiz_is_for_all_that_its_items_serve_in_order_of_appearance() -> None:
    asked = quiz("first", item("i1", "terms", "greeting"), item("i2", "greeting", "deciding"))

    assert asked.competencies == ("terms", "greeting", "deciding")


def test_an_option_is_right_only_at_the_full_score() -> None:
    assert option("a", 1.0).is_right
    assert not option("b", 0.99).is_right


def test_prose_is_its_safe_html_on_a_page_and_its_source_elsewhere() -> None:
    words = Prose("**Wait**.", "<strong>Wait</strong>.")

    assert words.__html__() == "<strong>Wait</strong>."
    assert str(words) == "**Wait**."
    assert prose("Plain.") == Prose("Plain.", "Plain.")


def test_a_country_course_has_sixteen_topics() -> None:
    assert len(TOPICS) == len(set(TOPICS)) == 16


def test_every_phrase_function_has_words_of_its_own() -> None:
    assert len(set(FUNCTIONS.values())) == len(FUNCTIONS) >= 24


def test_quizzes_follow_the_lessons_and_a_mixed_one_comes_late() -> None:
    asked = {"all": ("names", "calls", "gifts"), "dinner": ("gifts",), "apart": (), "names": ("names",), "none": ()}
    quizzes = tuple(replace(quiz(name), lessons=lessons) for name, lessons in asked.items())

    japan = course("japan", lessons=(lesson("names"), lesson("calls"), lesson("gifts")), quizzes=quizzes)

    assert [each.id for each in japan.quizzes_by_lesson] == ["names", "all", "dinner", "apart", "none"]
