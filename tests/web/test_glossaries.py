"""Glossaries: looked up and practised by everyone; kept by trainers and managers, in force at once."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser, fields_of, text_of
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from trainer.authoring import save_document
from trainer.domain.content import Content
from trainer.interchange.glossaries import read_terms
from trainer.models import ContentVersion

SALES = "/glossaries/sales-and-contracts"
QUOTATION = f"{SALES}/terms/gl-sales-quotation"
HEADER = "term,language,reading,meaning,example,false friends,partner\n"


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.learner("Lena"))


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


@pytest.fixture
def as_tina(sign_in: Callable[[Somebody], Browser], tina: Somebody) -> Browser:
    return sign_in(tina)


@pytest.fixture
def as_max(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.manager(make.team(), "Max"))


def filled(page: str) -> dict[str, str]:
    """What a form sends when nothing is changed in it."""
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s?(.*?)</textarea>', page, re.DOTALL)
    fields = {**fields_of(page), **dict(areas)}
    return {name: unescape(value) for name, value in fields.items() if name != "csrf_token"}


def upload(browser: Browser, table: str | bytes, path: str = SALES) -> str:
    data = table.encode() if isinstance(table, str) else table
    answer = browser.submit(
        f"{path}/import", {"table": (BytesIO(data), "terms.csv")}, content_type="multipart/form-data"
    )
    return str(answer.text)


def confirm(browser: Browser, table: str, path: str = SALES) -> str:
    answer = browser.submit(f"{path}/import", {"rows": table, "confirm": "1"}, content_type="multipart/form-data")
    assert answer.status_code == 303, text_of(answer.text)
    return text_of(browser.get(answer.location).text)


# Looking up


def test_the_courses_lead_to_the_glossaries(as_lena: Browser) -> None:
    assert "/glossaries" in as_lena.get("/courses").text
    page = as_lena.get("/glossaries").text
    assert "Technical support" in page
    assert f"{SALES}?lang=fr" in page


def test_a_glossary_shows_its_terms_in_one_language(as_lena: Browser) -> None:
    french = as_lena.get(f"{SALES}?lang=fr").text

    assert '<p class="phrase-text" lang="fr" dir="ltr">le devis</p>' in french
    assert "Somebody" in french
    assert "見積書" not in french
    assert french.count('class="phrase"') == 40
    assert "Not yet reviewed by a named speaker" in french


def test_a_term_can_be_heard(as_lena: Browser) -> None:
    page = as_lena.get(f"{SALES}?lang=fr").text
    address = re.search(r'data-audio="(/phrases/gl-sales-quotation\.fr/normal-[^"]+)"', page)
    assert address is not None

    assert as_lena.get(address[1]).mimetype == "audio/mpeg"


@pytest.mark.parametrize(("words", "number"), [("DEVIS", 1), ("quotation", 1), ("délai de paiement", 1), ("zzz", 0)])
def test_a_term_is_found_by_what_it_mentions(as_lena: Browser, words: str, number: int) -> None:
    page = as_lena.get(SALES, query_string={"lang": "fr", "q": words}).text

    assert f"{number} of 40 terms mention “{words}”." in text_of(page)
    assert page.count('class="phrase"') == number


def test_what_is_looked_for_is_never_taken_for_markup(as_lena: Browser) -> None:
    assert "<script>alert" not in as_lena.get(SALES, query_string={"q": "<script>alert(1)</script>"}).text


def test_an_unknown_language_shows_the_first_one(as_lena: Browser) -> None:
    assert "Sales and contracts in Japanese" in as_lena.get(f"{SALES}?lang=xx").text


def test_there_is_no_page_of_a_glossary_that_is_not_there(as_lena: Browser) -> None:
    assert as_lena.get("/glossaries/nothing").status_code == 404


def test_a_learner_reads_and_keeps_nothing(as_lena: Browser) -> None:
    assert f"{SALES}/terms/" not in as_lena.get(SALES).text
    assert as_lena.get(QUOTATION).status_code == 403
    assert as_lena.submit(f"{SALES}/import").status_code == 403


def test_practice_leads_through_the_parts_one_after_the_other(as_lena: Browser, make: Make, content: Content) -> None:
    page = as_lena.get(f"{SALES}?lang=ja").text
    quiz = as_lena.get("/quizzes/drill-sales-and-contracts-ja-1").text

    assert "/quizzes/drill-sales-and-contracts-ja-1" in page
    assert f'href="{SALES}?lang=ja">Sales and contracts</a>' in quiz
    assert "16 items" in text_of(quiz)


def test_an_answer_about_a_term_counts_for_the_terms_of_its_language(
    sign_in: Callable[[Somebody], Browser], make: Make, content: Content
) -> None:
    otto = make.learner("Otto")
    make.answers(otto, "drill-sales-and-contracts-fr-1")

    page = sign_in(otto).get("/progress").text

    assert "Sales and contracts: terms in French" in page
    assert "Sales and contracts: terms in Japanese" not in page


def test_a_seat_can_require_the_terms_of_a_glossary(sign_in: Callable[[Somebody], Browser], make: Make) -> None:
    team = make.team()
    engagement = make.engagement(team)
    seat = make.seats(engagement)[0]
    browser = sign_in(make.manager(team, "Max"))

    page = browser.get(f"/engagements/{engagement}/seats").text
    answer = browser.submit(
        f"/engagements/{engagement}/seats/{seat}/requirements",
        {"competency": "glossary.sales-and-contracts.ja", "target": "70", "weight": "1"},
        follow_redirects=True,
    )

    assert '<optgroup label="Glossaries">' in page
    assert "Sales and contracts: terms in Japanese" in answer.text
    assert "Sales and contracts: terms in Japanese" in browser.get(f"/engagements/{engagement}").text


# Keeping


def test_a_manager_changes_a_term_and_it_is_in_force(as_max: Browser, session: Session) -> None:
    form = filled(as_max.get(QUOTATION).text)

    answer = as_max.submit(QUOTATION, {**form, "fr-text": "le devis écrit"})

    assert answer.status_code == 303
    assert "le devis écrit" in as_max.get(f"{SALES}?lang=fr").text
    version = session.scalars(select(ContentVersion)).one()
    assert (version.path, version.state) == ("lessons/glossaries/sales-and-contracts.yaml", "published")
    assert version.note == "Changed: quotation"


def test_a_term_that_is_saved_as_it_was_makes_no_version(as_tina: Browser, session: Session) -> None:
    as_tina.submit(QUOTATION, filled(as_tina.get(QUOTATION).text))

    assert session.scalars(select(ContentVersion)).all() == []


def test_a_term_can_be_looked_at_before_it_is_saved(as_tina: Browser, session: Session) -> None:
    form = filled(as_tina.get(QUOTATION).text)

    answer = as_tina.submit(QUOTATION, {**form, "fr-text": "le devis écrit", "preview": "1"})

    assert answer.status_code == 200
    assert "This is how it will look" in answer.text
    assert '<p class="phrase-text" lang="fr" dir="ltr">le devis écrit</p>' in answer.text
    assert session.scalars(select(ContentVersion)).all() == []


def test_a_new_term_needs_its_english_and_another_language(as_tina: Browser) -> None:
    path = f"{SALES}/terms/new"

    without = as_tina.submit(path, {"term": "", "fr-text": "la vis"})
    alone = as_tina.submit(path, {"term": "screw"})
    saved = as_tina.submit(path, {"term": "screw", "fr-text": "la vis", "fr-false_friends": "le vice: a bad habit"})

    assert (without.status_code, alone.status_code) == (422, 422)
    assert "Write the term in English." in without.text
    assert "give the term in at least one language" in alone.text
    assert saved.location.endswith("#gl-sales-and-contracts-screw")
    assert "a bad habit" in as_tina.get(f"{SALES}?lang=fr").text


def test_a_language_can_be_added(as_tina: Browser) -> None:
    form = filled(as_tina.get(QUOTATION).text)

    as_tina.submit(QUOTATION, {**form, "other": "de", "other-text": "das Angebot"})

    assert "das Angebot" in as_tina.get(f"{SALES}?lang=de").text


def test_a_mistake_stands_beside_its_field(as_tina: Browser) -> None:
    form = filled(as_tina.get(QUOTATION).text)

    answer = as_tina.submit(QUOTATION, {**form, "fr-false_friends": "le devis: the same", "ja-note": "<b>x</b>"})

    assert answer.status_code == 422
    assert "is the term itself, not a false friend" in answer.text
    assert 'id="fr-false_friends-problem"' in answer.text
    assert 'id="ja-note-problem"' in answer.text


def test_who_works_on_a_term_that_somebody_changed_sees_both(as_tina: Browser, as_max: Browser) -> None:
    mine, theirs = (filled(each.get(QUOTATION).text) for each in (as_tina, as_max))
    as_max.submit(QUOTATION, {**theirs, "fr-text": "le devis de Max"})

    answer = as_tina.submit(QUOTATION, {**mine, "fr-text": "le devis de Tina"})

    assert answer.status_code == 409
    assert "Max changed it while you worked on it" in answer.text
    assert "le devis de Max" in answer.text
    assert 'value="le devis de Tina"' in answer.text
    again = as_tina.submit(QUOTATION, filled(answer.text))
    assert again.status_code == 303
    assert "le devis de Tina" in as_tina.get(f"{SALES}?lang=fr").text


def test_who_works_on_another_term_is_not_disturbed(as_tina: Browser, as_max: Browser) -> None:
    mine = filled(as_tina.get(f"{SALES}/terms/gl-sales-tender").text)
    theirs = filled(as_max.get(QUOTATION).text)
    as_max.submit(QUOTATION, {**theirs, "fr-text": "le devis de Max"})

    assert as_tina.submit(f"{SALES}/terms/gl-sales-tender", {**mine, "fr-note": "AO"}).status_code == 303
    assert "le devis de Max" in as_tina.get(f"{SALES}?lang=fr").text


def test_a_term_can_be_taken_out_and_its_id_is_not_used_again(as_tina: Browser) -> None:
    as_tina.submit(f"{QUOTATION}/remove")
    answer = as_tina.submit(f"{SALES}/terms/new", {"term": "quotation", "fr-text": "le devis"})

    assert as_tina.get(SALES).text.count('class="phrase"') == 39
    assert answer.location.endswith("#gl-sales-and-contracts-quotation")


def test_a_glossary_is_begun_for_a_partner(as_max: Browser) -> None:
    answer = as_max.submit(
        "/glossaries/new", {"title": "Kobe words", "summary": "What they say.", "partner": "Kobe Seiki"}
    )

    assert answer.location == "/glossaries/kobe-words"
    page = text_of(as_max.get(answer.location).text)
    assert "For work with Kobe Seiki." in page
    assert "It has no terms yet." in page
    again = as_max.submit("/glossaries/new", {"title": "Kobe: words", "summary": "x", "partner": ""})
    assert again.status_code == 422
    assert "There is a glossary of this name already" in again.text


def test_title_and_partner_can_be_changed(as_tina: Browser) -> None:
    as_tina.submit(f"{SALES}/head", {"title": "Sales", "summary": "Words.", "partner": "Kobe Seiki"})

    assert "Sales in Japanese" in as_tina.get(SALES).text
    assert as_tina.submit(f"{SALES}/head", {"title": "", "summary": "x"}).status_code == 422


def test_while_a_draft_of_the_text_waits_nothing_is_saved_over_it(
    app: Flask, as_tina: Browser, tina: Somebody, session: Session, clock: Clock
) -> None:
    form = filled(as_tina.get(QUOTATION).text)
    path, library = "lessons/glossaries/sales-and-contracts.yaml", services_of(app).library
    save_document(session, library, path, "id: sales-and-contracts\n", base=0, author_id=tina.id, at=clock.at)
    session.commit()

    answer = as_tina.submit(QUOTATION, {**form, "fr-text": "x"}, follow_redirects=True)

    assert "There is a draft of this glossary" in text_of(answer.text)
    assert len(session.scalars(select(ContentVersion)).all()) == 1


# Tables


def test_a_table_is_tried_before_it_is_brought_in(as_max: Browser, session: Session) -> None:
    table = HEADER + "la vis,fr,,screw,La vis manque.,le vice: a bad habit,\nle devis,fr,,quotation,,,\nx,fr,,,,,\n"

    trial = upload(as_max, table)

    words = text_of(trial)
    assert "It would add 1 term and change 0 terms. 1 term would stay as it is." in words
    assert "Line 4 : meaning should not be empty" in words
    assert session.scalars(select(ContentVersion)).all() == []
    done = confirm(as_max, filled(trial)["rows"])
    assert "Brought in: 1 added, 0 changed, 1 the same." in done
    assert "la vis" in as_max.get(f"{SALES}?lang=fr").text


def test_the_same_table_again_changes_nothing(as_max: Browser) -> None:
    table = HEADER + "la vis,fr,,screw,,,\n"
    confirm(as_max, table)

    trial = upload(as_max, table)

    assert "Nothing: all that it says is there already." in text_of(trial)
    assert 'name="confirm"' not in trial


def test_a_glossary_goes_out_as_a_table_and_comes_back_unchanged(as_lena: Browser, as_tina: Browser) -> None:
    answer = as_lena.get(f"{SALES}/table")

    assert answer.mimetype == "text/csv"
    assert 'filename="sales-and-contracts.csv"' in answer.headers["Content-Disposition"]
    assert len(read_terms(answer.data).rows) == 120
    assert "Nothing: all that it says is there already." in text_of(upload(as_tina, answer.data))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Choose the file of a table"),
        (b"a,b\n1,2\n", "should name the columns"),
        ("term,language,meaning\nä,fr,x\n".encode("latin-1"), "The file is not UTF-8: line 2"),
        (b"x" * 400_001, "larger than 400 kB"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(as_tina: Browser, data: bytes, says: str) -> None:
    assert says in text_of(upload(as_tina, data))


def test_rows_that_would_break_the_content_bar_the_table(as_tina: Browser) -> None:
    trial = upload(as_tina, HEADER + "le devis,fr,,quotation,,le devis: the same,\n")

    assert "It cannot be brought in like this" in trial
    assert 'name="confirm"' not in trial
