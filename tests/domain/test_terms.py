"""A glossary becomes phrases, a competency and quizzes in each of its languages."""

from dataclasses import replace

import pytest

from tests.builders import prose
from trainer.domain.answers import check_answer
from trainer.domain.content import Content, Glossary, Item, ItemType, OneOf, Rendering, Term, Typed, WrongForm
from trainer.domain.generating import glossary_competency, term_phrase, with_lists

WORDS = ("le devis", "la facture", "le délai", "la remise", "le préavis", "la clause", "le lot", "la panne", "le stock")
MEANINGS = ("special", "owed", "early", "cheaper", "ending", "written", "made", "broken", "kept")


def term(number: int, *false_friends: WrongForm) -> Term:
    rendering = Rendering("fr", WORDS[number], false_friends=false_friends)
    return Term(f"gl-{number}", f"word {number}", {"fr": rendering}, meaning=f"{MEANINGS[number].title()}.")


def glossary(*terms: Term) -> Glossary:
    return Glossary("sales", "Sales", prose(), None, "CC0", (), terms)


TERMS = tuple(term(number) for number in range(9))


def items_of(made: Glossary, lang: str = "fr") -> dict[str, Item]:
    return {item.id: item for quiz in made.lists[lang].quizzes for item in quiz.items}


@pytest.fixture(scope="module")
def made() -> Glossary:
    tempting = term(0, WrongForm("la citation", prose("Words, quoted.")))
    return with_lists(glossary(tempting, *TERMS[1:]))


def test_a_term_is_a_phrase_with_its_meaning_and_its_false_friends(made: Glossary) -> None:
    first = made.lists["fr"].phrases[0]

    assert (first.id, first.text, first.natural) == (term_phrase("gl-0", "fr"), "le devis", "word 0. Special.")
    assert [wrong.text for wrong in first.wrong] == ["la citation"]


def test_a_seat_can_require_the_terms_of_a_language(made: Glossary) -> None:
    competency = made.lists["fr"].competency

    assert competency.id == glossary_competency("sales", "fr") == "glossary.sales.fr"
    assert competency.can_do == "I can understand and use the 9 terms of “Sales” in French."


def test_each_term_is_asked_for_twice(made: Glossary) -> None:
    first, second = made.lists["fr"].quizzes

    assert (len(first.items), len(second.items)) == (16, 2)
    assert all(item.competencies == ("glossary.sales.fr",) for item in first.items)
    assert [item.quiz_id for item in second.items] == [second.id] * 2 == ["drill-sales-fr-2"] * 2


def test_a_term_never_stands_beside_its_key(made: Glossary) -> None:
    kinds = [item.id.rpartition(".")[2] for item in made.lists["fr"].quizzes[0].items]

    assert kinds == ["meaning"] * 8 + ["wording"] + ["typed"] * 7


def test_false_friends_tempt_in_the_choice_and_say_why(made: Glossary) -> None:
    choice = items_of(made)["gl-0.fr.wording"]

    assert isinstance(choice.interaction, OneOf)
    options = {option.text.plain: option for option in choice.interaction.options}
    assert len(options) == 4
    assert options["le devis"].is_right
    assert options["la citation"].explanation.plain == "Words, quoted."


def test_the_other_options_are_terms_of_the_same_glossary(made: Glossary) -> None:
    for item in items_of(made).values():
        if isinstance(item.interaction, OneOf):
            texts = {option.text.plain for option in item.interaction.options}
            assert texts <= {*WORDS, "la citation", *(each.natural for each in TERMS)}


def test_without_a_false_friend_the_term_is_typed_with_its_article_or_without(made: Glossary) -> None:
    typed = items_of(made)["gl-1.fr.typed"]

    assert typed.type is ItemType.TYPED
    assert isinstance(typed.interaction, Typed)
    assert typed.stem.plain == "You mean: “word 1. Owed.”"
    assert check_answer("facture", typed.interaction.gap.key).is_accepted
    assert check_answer("la facture", typed.interaction.gap.key).is_accepted


def test_in_a_short_glossary_terms_are_typed_only() -> None:
    made = with_lists(glossary(term(0, WrongForm("la citation", prose())), TERMS[1]))

    assert list(items_of(made)) == ["gl-0.fr.typed", "gl-1.fr.typed"]
    typed = items_of(made)["gl-0.fr.typed"].interaction
    assert isinstance(typed, Typed)
    assert not check_answer("la citation", typed.gap.key).is_accepted


def test_a_false_friend_that_is_a_term_as_well_is_offered_once() -> None:
    made = with_lists(glossary(term(0, WrongForm("la facture", prose("The bill."))), *TERMS[1:]))

    choice = items_of(made)["gl-0.fr.wording"].interaction
    assert isinstance(choice, OneOf)
    assert [option.text.plain for option in choice.options].count("la facture") == 1


def test_a_long_term_is_chosen_not_typed() -> None:
    long = replace(TERMS[0], renderings={"fr": Rendering("fr", "un accord " + "sur les prix " * 6)})

    made = with_lists(glossary(long, *TERMS[1:]))

    assert "gl-0.fr.wording" in items_of(made)


def test_a_language_holds_the_terms_that_have_a_word_in_it() -> None:
    both = replace(
        TERMS[0], renderings={**TERMS[0].renderings, "ja": Rendering("ja", "見積書", reading="みつもりしょ")}
    )

    made = with_lists(glossary(both, TERMS[1]))

    assert made.languages == ("fr", "ja")
    assert [len(made.lists[lang].phrases) for lang in made.languages] == [2, 1]
    assert made.lists["ja"].competency.can_do == "I can understand and use the one term of “Sales” in Japanese."


def test_the_items_of_a_glossary_count_for_its_competency(made: Glossary) -> None:
    found = Content({}, {}, glossaries={made.id: made})

    assert set(found.competencies) == {"glossary.sales.fr"}
    assert len(found.items_by_competency["glossary.sales.fr"]) == 18
    assert found.counted_quizzes == made.lists["fr"].quizzes
    assert found.phrases["gl-0.fr"].text == "le devis"


def test_a_changed_meaning_changes_the_content_hash(made: Glossary) -> None:
    changed = with_lists(glossary(TERMS[0], replace(TERMS[1], meaning="Other."), *TERMS[2:]))

    assert items_of(changed)["gl-1.fr.typed"].content_hash != items_of(made)["gl-1.fr.typed"].content_hash
    assert items_of(changed)["gl-2.fr.typed"].content_hash == items_of(made)["gl-2.fr.typed"].content_hash


def test_words_are_found_in_a_term_whatever_their_case() -> None:
    shown = replace(
        TERMS[0], renderings={"ja": Rendering("ja", "見積書", reading="みつもりしょ", translit="mitsumorisho")}
    )

    assert all(shown.mentions(words) for words in ("WORD 0", "見積", "みつもり", "Mitsu", "special"))
    assert not shown.mentions("facture")
