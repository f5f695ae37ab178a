"""Typed answers are judged by ordered rules: the vectors, what authors may choose, and what holds of any text."""

import re
import unicodedata
from collections import Counter
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app import ROOT
from tests.domain.answer_vectors import BY_LANGUAGE, VECTORS, Vector
from trainer.domain.answers import AnswerKey, Change, Mode, Rejected, Verdict, check_answer, letters_of
from trainer.domain.answers.canon import MAX_LENGTH, canonical, printable
from trainer.domain.answers.diff import compare, graphemes
from trainer.domain.answers.folding import currencies
from trainer.domain.answers.languages import ALIASES, DISTINCT, LETTERS, NEGATIONS, language_of
from trainer.domain.answers.typos import distance, slips_allowed

LANGUAGES = [*BY_LANGUAGE, "fa", "ja-Latn", "el", "uk", "az", "no"]
languages = st.sampled_from(LANGUAGES)
anything = st.text(st.characters(), max_size=40)
"""Surrogates, controls and unassigned characters too."""
lively = st.text(
    st.sampled_from(
        "aAéñßäöüüœIİıi'’´-–/ .,?!3٣१ёйи\u0301\u0306か゛\u3099ｶﾞパ〜～한ㅎप\u094d\u200d\u200cمـَ\u00ad\u202e\ud800👍🏽"
    ),
    max_size=12,
)
"""What the rules are about, in every order."""
texts = anything | lively
visible = texts.filter(lambda text: canonical(text, language_of("en")) != "")


def verdict(key: AnswerKey, typed: str, mode: Mode = Mode.PRACTICE) -> str:
    return check_answer(typed, key, mode).verdict.value


def key_of(*accepted: str, lang: str = "en", rejected: tuple[str, ...] = ()) -> AnswerKey:
    return AnswerKey(accepted, lang, tuple(Rejected(text, f"{text} is another word") for text in rejected))


# The vectors


@pytest.mark.parametrize("vector", VECTORS, ids=lambda each: f"{each.lang}: {each.given!a} for {each.expected!a}")
def test_an_answer_has_its_verdict(vector: Vector) -> None:
    key = AnswerKey(tuple(vector.expected.split("|")), vector.lang)

    found = {mode: check_answer(vector.given, key, mode) for mode in Mode}

    assert found[Mode.PRACTICE].verdict == vector.practice
    assert found[Mode.ASSESSMENT].verdict == vector.assessment
    assert all(each.is_accepted == each.verdict.is_accepted for each in found.values())


def test_the_vectors_are_many_in_each_language_and_none_stands_twice() -> None:
    counts = Counter(vector.lang for vector in VECTORS)

    assert len(VECTORS) >= 350
    assert all(counts[lang] >= 14 for lang in BY_LANGUAGE)
    assert len({(each.lang, each.expected, each.given) for each in VECTORS}) == len(VECTORS)


EXAMPLE = re.compile(
    r"^\| (?P<verdict>[a-z ]+) \| (?:yes|no|practice) \| [^|]+ \| (?P<expected>[^|]+?) \| (?P<typed>[^|]+?) \|$", re.M
)
LANGUAGE_OF_EXAMPLE = {"İstanbul": "tr", "Grüße": "de", "mañana": "es"}


def test_the_page_for_trainers_has_an_example_of_each_verdict_that_is_true() -> None:
    found = list(EXAMPLE.finditer((ROOT / "docs" / "answers.md").read_text(encoding="utf-8")))

    assert [each["verdict"] for each in found] == [verdict.value for verdict in Verdict]
    for each in found:
        expected, typed = each["expected"].split(" (")[0], each["typed"].replace("*(spaces)*", "  ")
        key = AnswerKey(
            (expected,),
            LANGUAGE_OF_EXAMPLE.get(expected, "fr" if each["verdict"] not in ("typo", "article") else "en"),
            (Rejected("librairie"),),
            is_article_optional=each["verdict"] == "article",
            patterns=(expected,) if "*" in expected else (),
        )
        assert check_answer(typed, key).verdict == each["verdict"]


# What an author chooses


def test_an_item_about_capitals_takes_no_other_case() -> None:
    key = AnswerKey(("Deutschland",), "de", is_case_sensitive=True)

    assert verdict(key, "Deutschland!") == "punctuation"
    assert verdict(key, "deutschland") == "wrong"
    assert verdict(key, "deutschlnad") == "wrong"
    assert verdict(key, "DEUTSCHLAND") == "wrong"
    assert verdict(key, "Deutschlnad") == "typo"


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("*Tokyo*", ["in tokyo now", "Tokyo!"], ["Tōkyō now", "Tok yo"]),
        ("a*b*c", ["a--b--c", "abc", "A b C"], ["acb", "ab", "xabc"]),
        (r"5\**", ["5*", "5* hotel"], ["5 hotel", "55"]),
        ("aa*aa", ["aaaa", "aa aa"], ["aaa"]),
    ],
)
def test_a_star_in_a_pattern_is_anything(pattern: str, fitting: list[str], other: list[str]) -> None:
    key = AnswerKey(("quite another answer",), "und", patterns=(pattern,))

    assert [verdict(key, each) for each in fitting] == ["pattern"] * len(fitting)
    assert [verdict(key, each) for each in other] == ["wrong"] * len(other)


def test_a_pattern_that_was_hit_is_named_and_nothing_is_shown_as_better() -> None:
    checked = check_answer("in tokyo", AnswerKey(("Tokyo",), "und", patterns=("in *",)))

    assert checked.answer == "in *"
    assert [span.change for span in checked.diff] == [Change.KEPT]


def test_capitals_in_a_pattern_matter_where_the_item_says_so() -> None:
    key = AnswerKey(("x",), "und", is_case_sensitive=True, patterns=("in T*",))

    assert verdict(key, "in Tokyo") == "pattern"
    assert verdict(key, "in tokyo") == "wrong"


def test_a_pattern_without_a_star_is_refused() -> None:
    with pytest.raises(ValueError, match="has no star"):
        AnswerKey(("x",), "und", patterns=(r"5\*",))


def test_sharp_s_is_a_variant_where_capitals_matter_too() -> None:
    key = AnswerKey(("Straße",), "de", is_case_sensitive=True)

    assert verdict(key, "Strasse") == "variant"
    assert verdict(key, "strasse") == "wrong"
    assert verdict(key, "STRASSE") == "wrong"


def test_turkish_capitals_matter_where_they_are_asked_for() -> None:
    key = AnswerKey(("İzmir",), "tr", is_case_sensitive=True)

    assert verdict(key, "izmir") == "wrong"
    assert verdict(key, "Izmir") == "wrong"


def test_kana_are_told_apart_where_they_are_taught() -> None:
    key = AnswerKey(("タクシー",), "ja", kana_matters=True)

    assert verdict(key, "ﾀｸｼｰ") == "exact"
    assert verdict(key, "たくしー") == "wrong"


ARTICLES = [
    ("en", "the invoice", "invoice", "article"),
    ("en", "invoice", "An invoice", "article"),
    ("en", "the invoice", "a invoice", "article"),
    ("en", "the résumé", "resume", "accent"),
    ("en", "the agreement", "agreemnet", "typo"),
    ("en", "theory", "ory", "wrong"),
    ("en", "the", "a", "wrong"),
    ("fr", "l’offre", "offre", "article"),
    ("fr", "la réunion", "réunion", "article"),
    ("fr", "de la confiance", "confiance", "article"),
    ("fr", "l'école", "ecole", "accent"),
    ("de", "der Vertrag", "Vertrag", "article"),
    ("de", "die Größe", "Groesse", "article"),
    ("es", "la cuenta", "cuenta", "article"),
    ("pt", "a fatura", "fatura", "article"),
    ("it", "un'offerta", "offerta", "article"),
    ("nl", "het contract", "contract", "article"),
    ("sv", "ett avtal", "avtal", "article"),
    ("ar", "الكتاب", "كتاب", "article"),
    ("ar", "الله", "له", "wrong"),
    ("tr", "bir elma", "elma", "wrong"),
    ("ru", "тот договор", "договор", "wrong"),
    ("hi", "एक किताब", "किताब", "wrong"),
]


@pytest.mark.parametrize(("lang", "expected", "typed", "found"), ARTICLES)
def test_an_article_may_be_left_out_where_the_author_says_so(lang: str, expected: str, typed: str, found: str) -> None:
    key = AnswerKey((expected,), lang, is_article_optional=True)

    assert verdict(key, typed) == found
    assert verdict(key, typed, Mode.ASSESSMENT) == "wrong"
    assert verdict(AnswerKey((expected,), lang), typed) in ("wrong", "typo")


def test_a_rejected_answer_is_told_with_its_feedback_in_both_modes() -> None:
    key = key_of("complement", rejected=("compliment",))

    for mode in Mode:
        found = check_answer("Compliment.", key, mode)

        assert found.verdict is Verdict.REJECTED
        assert not found.is_accepted
        assert found.rejected == Rejected("compliment", "compliment is another word")
        assert found.answer == "complement"


def test_an_accepted_answer_comes_before_a_rejected_one() -> None:
    key = key_of("Sie", lang="de", rejected=("sie",))

    assert verdict(key, "Sie") == "exact"
    assert verdict(key, "sie") == "case"


def test_an_answer_nearer_to_a_rejected_one_is_no_slip() -> None:
    assert verdict(key_of("complement"), "complimennt") == "typo"
    assert verdict(key_of("complement", rejected=("compliment",)), "complimennt") == "wrong"


@pytest.mark.parametrize(
    ("lang", "expected", "typed", "word"),
    [
        ("en", "form", "from", "from"),
        ("en", "fill in the form", "fill in the from", "From the start"),
        ("de", "Mauer", "Mäuer", "mauer"),
        ("de", "Muster", "Munster", "Munster"),
        ("de", "Messe", "Meße", "Messe"),
        ("fr", "l'homme", "l'pomme", "pomme"),
        ("fr", "pêcher", "péché", "péché"),
    ],
)
def test_a_word_of_the_course_is_never_a_slip(lang: str, expected: str, typed: str, word: str) -> None:
    key = AnswerKey((expected,), lang, lexicon=frozenset({word}))

    assert verdict(key, typed) in ("wrong", "variant")


def test_a_word_of_another_accepted_answer_is_no_slip() -> None:
    assert verdict(key_of("the price", "the prize money"), "the prize") == "wrong"


def test_the_strictest_rule_that_fits_any_accepted_answer_wins() -> None:
    found = check_answer("resume", key_of("résumé", "Resume", "CV"))

    assert found.verdict is Verdict.CASE
    assert found.answer == "Resume"


def test_the_nearest_accepted_answer_is_shown_beside_a_wrong_one() -> None:
    assert check_answer("good mourning all", key_of("hello", "good morning", "hi")).answer == "good morning"
    assert check_answer("", key_of("hello", "hi")).answer == "hello"


@pytest.mark.parametrize("accepted", [(), ("",), ("hello", " \u200b")])
def test_a_key_needs_answers_that_can_be_seen(accepted: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="answer"):
        AnswerKey(accepted, "en")


def test_a_rejected_answer_needs_to_be_seen_too() -> None:
    with pytest.raises(ValueError, match="no answer"):
        key_of("hello", rejected=("\u00ad",))


@pytest.mark.parametrize("lang", ["", "e", "english!", "en us", "日本"])
def test_what_is_no_language_tag_is_refused(lang: str) -> None:
    with pytest.raises(ValueError, match="no language tag"):
        AnswerKey(("hello",), lang)


# The length


def test_what_was_cut_off_is_right_only_where_the_answer_is_as_long() -> None:
    long = "ab " * 300

    assert verdict(key_of(long), long) == "exact"
    assert verdict(key_of("ab"), "ab" + "!" * 600) == "wrong"
    assert verdict(key_of("a" * 500), "a" * 501) == "wrong"
    assert verdict(key_of("ab"), " " * 600 + "ab") == "exact"
    assert len(check_answer("日" * 20_000, key_of("ab")).canon) == MAX_LENGTH


@pytest.mark.parametrize(
    "letters", ["a", "é", "か", "प\u094d", "e\u0301\u0323", "- '", "1.", "ﷺ", "\ud800", "mä ", "👍🏽"]
)
def test_a_long_answer_is_judged_in_little_time(letters: str) -> None:
    typed = (letters * MAX_LENGTH)[:MAX_LENGTH]
    accepted = tuple(typed[:-number] + "x" * number for number in range(1, 21))

    start = process_time()
    for lang in ("en", "de", "ja", "vi"):
        check_answer(typed, AnswerKey(accepted, lang, is_article_optional=True))

    assert process_time() - start < 4.0


# What holds of any text


@given(texts, languages)
@example("e\u00ad\u0301", "en")
@example("م\u200c\u200cخ", "fa")
@example("´a ゛か", "ja")
@example("प\u094d\u200d" * 300, "hi")
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str, lang: str) -> None:
    once = canonical(text, language_of(lang))

    assert canonical(once, language_of(lang)) == once
    assert len(once) <= MAX_LENGTH
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(visible, languages)
def test_what_is_expected_is_exact(text: str, lang: str) -> None:
    if canonical(text, language_of(lang)):
        for mode in Mode:
            assert check_answer(text, AnswerKey((text,), lang), mode).verdict is Verdict.EXACT


@given(texts, texts)
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(texts, st.lists(visible, min_size=1, max_size=3), st.lists(visible, max_size=2), languages, st.booleans())
def test_an_assessment_is_never_laxer_than_practice(
    typed: str, accepted: list[str], rejected: list[str], lang: str, is_lax: bool
) -> None:
    key = AnswerKey(
        tuple(each + "x" for each in accepted),
        lang,
        tuple(Rejected(each + "x") for each in rejected),
        is_case_sensitive=not is_lax,
        kana_matters=not is_lax,
        is_article_optional=is_lax,
    )

    practice, assessment = (check_answer(typed, key, mode) for mode in (Mode.PRACTICE, Mode.ASSESSMENT))

    assert practice.is_accepted or not assessment.is_accepted
    if assessment.verdict is not Verdict.WRONG:
        assert assessment == practice
    assert practice.canon == assessment.canon == canonical(typed, language_of(lang))
    assert practice.answer in key.accepted


@given(texts, texts)
def test_the_difference_rebuilds_both_sides(typed: str, expected: str) -> None:
    spans = compare(typed, expected)

    assert "".join(span.given for span in spans) == printable(typed)
    assert "".join(span.expected for span in spans) == printable(expected)
    for span in spans:
        assert (span.given == "") == (span.change is Change.MISSING)
        assert (span.expected == "") == (span.change is Change.EXTRA)


@given(texts)
def test_graphemes_join_to_the_text_and_none_starts_with_a_mark(text: str) -> None:
    found = list(graphemes(text))

    assert "".join(found) == text
    assert all(unicodedata.category(each[0])[0] != "M" for each in found[1:])


@given(visible, visible, languages)
def test_verdicts_that_need_no_leniency_are_the_same_both_ways(one: str, other: str, lang: str) -> None:
    if canonical(one, language_of(lang)) and canonical(other, language_of(lang)):
        there = verdict(AnswerKey((one,), lang), other, Mode.ASSESSMENT)

        assert verdict(AnswerKey((other,), lang), one, Mode.ASSESSMENT) == there


# The difference


def spans_of(typed: str, expected: str) -> list[tuple[str, str, str]]:
    return [(span.change.value, span.given, span.expected) for span in compare(typed, expected)]


def test_the_difference_is_told_letter_by_letter() -> None:
    assert spans_of("adress", "address") == [("kept", "ad", "ad"), ("missing", "", "d"), ("kept", "ress", "ress")]
    assert spans_of("Bonjours", "Bonjour") == [("kept", "Bonjour", "Bonjour"), ("extra", "s", "")]
    assert spans_of("cafe", "café") == [("kept", "caf", "caf"), ("changed", "e", "é")]


@pytest.mark.parametrize(
    "whole",
    [
        "e\u0301\u0323",
        "हि",
        "क्षि",
        "한",
        "\u1112\u1161\u11ab",
        "か\u3099",
        "ｶﾞ",
        "กำ",
        "🇯🇵",
        "👍🏽",
        "👩\u200d👩\u200d👧",
    ],
)
def test_the_difference_splits_nothing_that_is_read_as_one(whole: str) -> None:
    assert list(graphemes("a" + whole + "b")) == ["a", whole, "b"]


def test_width_and_apostrophes_are_no_difference() -> None:
    assert spans_of("ｶﾞｽ l’eau", "ガス l'eau") == [("kept", "ｶﾞｽ l’eau", "ガス l'eau")]


def test_nothing_differs_in_an_exact_answer() -> None:
    found = check_answer(" 1/2 ", key_of("1/2"))
    wide = check_answer("wait…", key_of("wait..."))

    assert [span.change for span in found.diff] == [span.change for span in wide.diff] == [Change.KEPT]


def test_the_difference_has_no_marks_that_turn_the_line() -> None:
    assert spans_of("ab\u202ecd\x07", "abcd") == [("kept", "abcd", "abcd")]


def test_no_answer_shows_all_of_the_expected_one() -> None:
    (span,) = check_answer("", key_of("hello")).diff

    assert (span.change, span.expected) == (Change.MISSING, "hello")


# The slips and the tables


@pytest.mark.parametrize(
    ("word", "allowed"), [("the", 0), ("four", 1), ("ninewords", 1), ("tenletters", 2), ("l'eau", 1)]
)
def test_longer_words_forgive_more(word: str, allowed: int) -> None:
    assert slips_allowed(word) == allowed


def test_neighbours_that_are_swapped_are_one_slip() -> None:
    assert distance("teh", "the") == 1
    assert distance("ca", "abc") == 3
    assert distance("abcdef", "", 2) == 3


def test_a_currency_may_be_left_out_but_not_exchanged() -> None:
    assert currencies("€ 5, $ 3") == {"€", "$"}
    assert verdict(key_of("5 €"), "5") == "punctuation"
    assert verdict(key_of("5 €"), "5 £") == "wrong"
    assert verdict(key_of("the price is 5 €"), "the prcie is 5 £") == "wrong"


@pytest.mark.parametrize("lang", sorted(LETTERS))
def test_the_keys_are_letters_that_are_right_as_they_are_typed(lang: str) -> None:
    keys = letters_of(lang)

    assert len(set(keys)) == len(keys)
    assert all(len(each) == 1 and each == each.lower() and not each.isascii() for each in keys)
    assert set(DISTINCT.get(lang, "").replace("İ", "")) <= set(keys)


def test_keys_follow_the_language_and_not_the_region() -> None:
    assert letters_of("pt-BR") == letters_of("pt")
    assert letters_of("nb") == letters_of("no") != ()
    assert "ñ" in letters_of("es-419")
    assert "".join(letters_of("de")) == "äöüß"
    assert letters_of("ja") == letters_of("zh-Hant") == letters_of("ko") == letters_of("en") == ()


def test_the_tone_keys_of_vietnamese_compose() -> None:
    assert set("ăâđêôơư") <= set(letters_of("vi"))
    assert verdict(key_of("lạ", lang="vi"), "la" + letters_of("vi")[-1]) == "exact"


def test_the_tables_are_written_in_the_form_that_is_compared() -> None:
    for table in (LETTERS, DISTINCT, NEGATIONS):
        assert not table.keys() & ALIASES.keys()
        for text in table.values():
            assert unicodedata.is_normalized("NFC", text)
