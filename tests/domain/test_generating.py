"""Items are made from phrases: the same each time, fair in what they offer, with a why for each option."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from tests.builders import attempt, competency, content, course, item, lesson, phrase, prose, quiz
from trainer.catalog import load_catalog
from trainer.domain.answers import check_answer
from trainer.domain.content import (
    CefrLevel,
    Competency,
    CompetencyKind,
    Content,
    Item,
    ItemType,
    OneOf,
    Phrase,
    Register,
    Typed,
    WrongForm,
)
from trainer.domain.generating import (
    PhraseKind,
    drill_quiz,
    generate_items,
    phrase_kind_of,
    phrase_of,
    spread,
)

CLARIFYING = replace(
    competency("fr-clarifying", CompetencyKind.LANGUAGE, ("clarify",)), language="fr", level=CefrLevel.B1
)
COMPETENCIES = {CLARIFYING.id: CLARIFYING}


def said(number: int, text: str, natural: str, speaker: str = "any") -> Phrase:
    return replace(phrase(f"fr-clarify-{number:02}"), text=text, natural=natural, audio_text=text, speaker=speaker)


AGAIN = said(1, "Pourriez-vous répéter ?", "Would you repeat?")
SLOWER = said(2, "Plus lentement, s’il vous plaît.", "A bit slower, please.")
SPELL = said(3, "Comment ça s’écrit ?", "How is it spelt?")
WRITE = said(4, "Notez-le dans le chat.", "Type this into our chat.")
FOUR = (AGAIN, SLOWER, SPELL, WRITE)


def made(*phrases: Phrase, competencies: dict[str, Competency] = COMPETENCIES) -> dict[str, Item]:
    return {each.id: each for each in generate_items(phrases, competencies, "drill-france")}


def kinds_of(name: str, *phrases: Phrase) -> set[PhraseKind | None]:
    return {phrase_kind_of(each) for each in made(*phrases) if phrase_of(each) == name}


@pytest.fixture(scope="module")
def catalog() -> Content:
    return load_catalog(ROOT)


@pytest.fixture(scope="module")
def drilled(catalog: Content) -> list[Item]:
    return [each for drill in catalog.drills for each in drill.items]


def test_an_item_is_named_by_its_phrase_and_what_is_asked_of_it() -> None:
    assert "fr-clarify-01.typed" in made(*FOUR)
    assert phrase_of("fr-clarify-01.typed") == "fr-clarify-01"
    assert phrase_kind_of("fr-clarify-01.typed") is PhraseKind.TYPED
    assert (phrase_of("jp-names-01"), phrase_kind_of("jp-names-01")) == (None, None)


def test_the_same_items_are_made_each_time() -> None:
    assert made(*FOUR) == made(*FOUR)


def test_an_item_serves_the_competencies_of_its_language_that_name_its_function() -> None:
    others = {
        "fr-calls": replace(CLARIFYING, id="fr-calls", functions=("phone",)),
        "ja-clarifying": replace(CLARIFYING, id="ja-clarifying", language="ja"),
        "fr-meetings": replace(CLARIFYING, id="fr-meetings"),
    }

    items = made(*FOUR, competencies={**COMPETENCIES, **others})

    assert {each.competencies for each in items.values()} == {("fr-clarifying", "fr-meetings")}
    assert {each.level for each in items.values()} == {CefrLevel.B1}


def test_a_phrase_that_no_competency_asks_for_makes_no_item() -> None:
    assert made(replace(AGAIN, function="phone")) == {}


def test_distractors_are_of_the_same_function_and_each_says_why() -> None:
    elsewhere = replace(AGAIN, id="fr-phone-01", function="phone", natural="Who is speaking?", text="Qui est là ?")

    meaning = made(*FOUR, elsewhere)["fr-clarify-01.meaning"].interaction

    assert isinstance(meaning, OneOf)
    assert {each.text.plain for each in meaning.options} == {each.natural for each in FOUR}
    assert [each.text.plain for each in meaning.options if each.is_right] == [AGAIN.natural]
    assert all(each.explanation.plain for each in meaning.options)


def test_with_too_few_phrases_nothing_is_to_be_chosen_but_it_can_still_be_typed() -> None:
    assert kinds_of(AGAIN.id, AGAIN, SLOWER) == {PhraseKind.TYPED, PhraseKind.DICTATION}


def test_what_means_the_same_is_no_distractor() -> None:
    polite = said(5, "Vous pourriez répéter ?", "Would you repeat?")
    rest = said(6, "Pourriez-vous répéter ceci ?", "Would you repeat this?")

    wording = made(*FOUR, polite, rest)["fr-clarify-01.wording"].interaction

    assert isinstance(wording, OneOf)
    assert {each.text.plain for each in wording.options} == {each.text for each in FOUR}


def test_a_long_phrase_is_not_asked_to_be_typed() -> None:
    long = replace(AGAIN, text="Pourriez-vous répéter " + "encore " * 6 + "une fois ?")

    assert kinds_of(long.id, long, SLOWER, SPELL) == {PhraseKind.MEANING, PhraseKind.WORDING, PhraseKind.LISTENING}


def test_a_phrase_may_be_typed_as_it_is_written_read_or_transcribed() -> None:
    phrases = [replace(each, lang="ja", reading=f"よみ{each.text}", translit=f"yomi {each.text}") for each in FOUR]

    typed = made(*phrases, competencies={"ja": replace(CLARIFYING, id="ja", language="ja")})["fr-clarify-01.typed"]

    assert isinstance(typed.interaction, Typed)
    assert typed.interaction.gap.key.accepted == (phrases[0].text, phrases[0].reading, phrases[0].translit)
    assert typed.ask is not None
    assert "Japanese" in typed.ask.plain


def test_what_is_the_same_said_is_accepted_but_not_the_word_of_another_person() -> None:
    enchante = said(5, "Enchanté.", "Pleased to meet you.", speaker="man")
    enchantee = said(6, "Enchantée.", "Pleased to meet you.", speaker="woman")
    ravi = said(7, "Ravi.", "Pleased to meet you.", speaker="man")

    typed = made(enchante, enchantee, ravi)["fr-clarify-05.typed"]

    assert isinstance(typed.interaction, Typed)
    assert typed.interaction.gap.key.accepted == ("Enchanté.", "Ravi.")
    assert typed.stem.plain.startswith("You are a man.")


def test_a_known_mistake_is_rejected_with_its_why() -> None:
    mistaken = replace(AGAIN, wrong=(WrongForm("Tu répètes ?", prose("Too familiar.")),))

    typed = made(mistaken, SLOWER, SPELL)["fr-clarify-01.typed"].interaction

    assert isinstance(typed, Typed)
    checked = check_answer("Tu répètes ?", typed.gap.key)
    assert not checked.is_accepted
    assert checked.rejected is not None
    assert checked.rejected.feedback == "Too familiar."


def test_the_register_is_chosen_for_a_named_person_among_known_mistakes() -> None:
    mistaken = replace(AGAIN, to_role="client", wrong=(WrongForm("Tu répètes ?", prose("Too familiar.")),))

    register = made(mistaken, SLOWER, SPELL, WRITE)["fr-clarify-01.register"]

    assert "Ms Morel, head of purchasing at your client" in register.stem.plain
    assert isinstance(register.interaction, OneOf)
    why = {each.text.plain: each.explanation.plain for each in register.interaction.options}
    assert why["Tu répètes ?"] == "Too familiar."


def test_no_register_is_chosen_where_nothing_tempts() -> None:
    assert PhraseKind.REGISTER not in kinds_of(AGAIN.id, *FOUR)


def test_a_phrase_of_a_register_far_off_tempts() -> None:
    casual = replace(WRITE, register=Register.VERY_FORMAL)

    assert PhraseKind.REGISTER in kinds_of(AGAIN.id, AGAIN, SLOWER, SPELL, casual)


def test_what_is_heard_plays_its_phrase() -> None:
    items = made(*FOUR)

    for kind, item_type in ((PhraseKind.LISTENING, ItemType.LISTENING), (PhraseKind.DICTATION, ItemType.DICTATION)):
        heard = items[f"fr-clarify-01.{kind}"]
        assert kind.is_heard
        assert (heard.audio, heard.type) == (AGAIN, item_type)
        assert AGAIN.text not in heard.stem.plain


def test_a_text_from_right_to_left_says_so() -> None:
    arabic = [replace(each, lang="ar", text=f"مرحبا {number}") for number, each in enumerate(FOUR)]

    items = made(*arabic, competencies={"ar": replace(CLARIFYING, id="ar", language="ar")})

    assert 'dir="rtl"' in items["fr-clarify-01.meaning"].stem.html


def test_what_an_author_wrote_is_never_taken_for_markup() -> None:
    items = made(replace(AGAIN, text="<b>répéter</b>", natural="Would <i>you</i> & I repeat?"), SLOWER, SPELL)

    html = items["fr-clarify-01.meaning"].stem.html + items["fr-clarify-01.typed"].stem.html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&amp;" in html


def test_a_changed_phrase_changes_the_content_hash_of_its_items() -> None:
    before, after = made(*FOUR), made(replace(AGAIN, natural="Say it again?"), *FOUR[1:])

    assert before["fr-clarify-01.typed"].content_hash != after["fr-clarify-01.typed"].content_hash
    assert before["fr-clarify-02.typed"].content_hash == after["fr-clarify-02.typed"].content_hash


def test_each_choice_has_one_right_option_and_its_name_does_not_tell(drilled: list[Item]) -> None:
    for each in drilled:
        if isinstance(each.interaction, OneOf):
            options = each.interaction.options
            assert 3 <= len(options) <= 4, each.id
            assert sum(option.is_right for option in options) == 1, each.id
            assert len({option.id for option in options}) == len(options), each.id
            assert len({option.text.plain for option in options}) == len(options), each.id
            assert all(option.explanation.plain for option in options), each.id


def test_each_typed_item_accepts_its_phrase_and_none_of_its_mistakes(catalog: Content, drilled: list[Item]) -> None:
    for each in drilled:
        if isinstance(each.interaction, Typed):
            key = each.interaction.gap.key
            assert check_answer(catalog.phrases[phrase_of(each.id) or ""].text, key).is_accepted, each.id
            assert not any(check_answer(wrong.text, key).is_accepted for wrong in key.rejected), each.id


def test_ids_are_short_enough_to_be_kept(drilled: list[Item]) -> None:
    assert max(len(each.id) for each in drilled) <= 120


def test_most_phrases_of_the_shipped_courses_are_asked_in_every_way(catalog: Content, drilled: list[Item]) -> None:
    asked = Counter(phrase_kind_of(each.id) for each in drilled)
    phrases = sum(len(each.phrases) for each in catalog.courses.values())

    assert asked[PhraseKind.MEANING] == asked[PhraseKind.WORDING] == phrases
    assert min(asked.values()) > 0.7 * phrases


def test_a_sitting_of_a_drill_asks_of_no_phrase_twice(catalog: Content) -> None:
    for drill in catalog.drills:
        asked = attempt().items(drill)

        phrases = [phrase_of(each.id) for each in asked]
        assert len(asked) == drill.asked == 12
        assert len(set(phrases)) == len(phrases)


def test_a_course_without_phrases_has_no_drill() -> None:
    assert drill_quiz(course("partnering"), COMPETENCIES) is None


def test_a_drill_of_few_phrases_asks_of_each_once() -> None:
    names = replace(lesson("names"), phrases=FOUR)

    drill = drill_quiz(course("france", lessons=(names,), phrases=FOUR), COMPETENCIES)

    assert drill is not None
    assert drill.id == "drill-france"
    assert drill.asked == 4
    assert drill.lessons == ("names",)
    assert {each.lesson_id for each in drill.items} == {"names"}


def test_what_was_made_is_found_but_readiness_rests_on_what_was_written() -> None:
    drill = drill_quiz(course("france", phrases=FOUR), COMPETENCIES)
    assert drill is not None
    written = quiz("talk", item("talk-01", CLARIFYING.id))

    found = Content(COMPETENCIES, {"france": course("france", phrases=FOUR, quizzes=(written,))}, (drill,))

    assert found.quizzes["drill-france"] is drill
    assert found.items["fr-clarify-01.typed"] in drill.items
    assert found.drill_of["france"] is drill
    assert found.items_by_competency == {CLARIFYING.id: ("talk-01",)}
    assert found.counted_quizzes == (written,)


def test_a_competency_without_a_written_item_counts_those_made_from_phrases() -> None:
    drill = drill_quiz(course("france", phrases=FOUR), COMPETENCIES)
    assert drill is not None

    found = Content(COMPETENCIES, {"france": course("france", phrases=FOUR)}, (drill,))

    assert found.items_by_competency[CLARIFYING.id] == tuple(each.id for each in drill.items)
    assert found.counted_quizzes == (drill,)


def test_content_without_drills_counts_what_was_written() -> None:
    written = quiz("talk", item("talk-01"))

    assert content(course("france", quizzes=(written,))).counted_quizzes == (written,)


def test_things_keep_their_order_where_nothing_follows_itself() -> None:
    assert spread("abcab", str) == tuple("abcab")


def test_what_cannot_be_kept_apart_follows_itself_at_the_end() -> None:
    assert spread("aaab", str) == tuple("abaa")


@given(st.text(alphabet="abcd", max_size=14))
def test_nothing_follows_itself_unless_more_than_half_are_the_same(names: str) -> None:
    ordered = spread(names, str)

    assert Counter(ordered) == Counter(names)
    if 2 * max(Counter(names).values(), default=0) <= len(names) + 1:
        assert all(one != other for one, other in pairwise(ordered))
