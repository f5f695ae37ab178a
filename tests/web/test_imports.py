"""The pages that bring questions in and take them out: what is shown, kept, refused, and for whom."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.browsing import Browser, text_of
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from tests.interchange.samples import GIFT, MOODLE_XML, PHRASES
from trainer.authoring import importing
from trainer.authoring.importing import Wanted
from trainer.domain.content import Content
from trainer.interchange.readings import Problem
from trainer.models import ContentVersion, MasteryRow, Response, Upload
from trainer.web.imports import MEGABYTE, MOST_MEGABYTES, problems_csv

IMPORTS = "/content/imports"


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


@pytest.fixture
def as_tina(sign_in: Callable[[Somebody], Browser], tina: Somebody) -> Browser:
    return sign_in(tina)


def upload(browser: Browser, data: bytes | str, name: str = "bank.gift", **fields: object) -> TestResponse:
    content = data.encode() if isinstance(data, str) else data
    sent = {
        "form": "auto",
        "course": "japan",
        "title": "",
        "lang": "",
        "file": FileStorage(BytesIO(content), name),
        **fields,
    }
    boundary, body = encode_multipart({"csrf_token": browser.token(), **sent})
    return browser.post(IMPORTS, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def looked_at(browser: Browser, data: bytes | str, name: str = "bank.gift", **fields: object) -> str:
    """The address of the page that says what the file would become."""
    answer = upload(browser, data, name, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def count(session: Session, table: type) -> int:
    session.rollback()  # what was read before is not what is there now
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_look_tells_what_would_be_and_stores_none_of_it(as_tina: Browser, session: Session) -> None:
    page = as_tina.get(looked_at(as_tina, GIFT, title="Bank of March")).text

    words = text_of(page)
    assert "6 questions become the draft quiz “Bank of March” in the course Japan; 2 entries are left out; " in words
    assert "nothing is published yet" in words
    assert "choose one 2" in words
    assert "Line 22, entry 7: a free text is judged by a person" in words
    assert "<strong>buried</strong>" in page
    assert count(session, ContentVersion) == 0


def test_what_is_confirmed_is_a_draft_and_the_file_is_gone(as_tina: Browser, session: Session, tina: Somebody) -> None:
    path = looked_at(as_tina, GIFT)

    answer = as_tina.submit(f"{path}/confirm")
    page = as_tina.get(answer.location).text

    (version,) = session.scalars(select(ContentVersion)).all()
    assert (version.path, version.state, version.author_id) == (
        "quizzes/japan/japan-imported-bank.yaml",
        "draft",
        tina.id,
    )
    assert "6 questions new or changed, 2 left out" in text_of(page)
    assert [row.data for row in session.scalars(select(Upload))] == [None]


def test_confirming_twice_keeps_one_draft(as_tina: Browser, session: Session) -> None:
    path = looked_at(as_tina, GIFT)

    first, second = as_tina.submit(f"{path}/confirm"), as_tina.submit(f"{path}/confirm")

    assert first.location == second.location
    assert count(session, ContentVersion) == 1


def test_the_same_file_again_has_nothing_to_confirm(as_tina: Browser) -> None:
    as_tina.submit(f"{looked_at(as_tina, GIFT)}/confirm")

    page = as_tina.get(looked_at(as_tina, GIFT, "copy of bank.gift")).text

    assert "All 6 questions of this file are here already, unchanged" in text_of(page)
    assert "/confirm" not in page


def test_what_another_let_wait_is_not_found(
    as_tina: Browser, sign_in: Callable[[Somebody], Browser], make: Make, session: Session
) -> None:
    path = looked_at(as_tina, GIFT)
    theo = sign_in(make.trainer("Theo"))

    assert theo.get(path).status_code == 404
    assert theo.get(f"{path}/problems.csv").status_code == 404
    theo.submit(f"{path}/confirm")
    assert count(session, ContentVersion) == 0


def test_after_an_hour_the_file_is_chosen_again(as_tina: Browser, clock: Clock, session: Session) -> None:
    path = looked_at(as_tina, GIFT)
    clock.turn(timedelta(minutes=61))

    answer = as_tina.submit(f"{path}/confirm", follow_redirects=True)

    assert "That file is no longer kept" in answer.text
    assert as_tina.get(path).status_code == 404
    assert count(session, ContentVersion) == 0


def test_phrases_are_brought_in_as_well(as_tina: Browser, session: Session) -> None:
    path = looked_at(as_tina, PHRASES, "phrases.csv")
    page = as_tina.get(path).text
    as_tina.submit(f"{path}/confirm")

    assert "2 phrases are added to a draft of the phrases of the course Japan" in text_of(page)
    assert session.scalars(select(ContentVersion.path)).one() == "lessons/japan/phrases.yaml"


# Refused or cleaned


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


BILLION = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'
SECRETS = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
HOSTILE = {
    "an entity bomb": (BILLION, "bank.xml"),
    "an entity of a file": (SECRETS, "bank.xml"),
    "a zip bomb": (zipped({"imsmanifest.xml": b"<a/>", "x.xml": b" " * 40_000_000}), "bank.zip"),
    "a way out of the folder": (zipped({"imsmanifest.xml": b"<a/>", "../../etc/cron.d/x": b"x"}), "bank.zip"),
    "a line of megabytes": (b"::x::" + b"a" * 2_000_000 + b"{T}\n", "bank.gift"),
    "an old encoding": ("Größe? {T}\n".encode("cp1252"), "bank.gift"),
    "another old encoding": ("日本 {T}\n".encode("shift_jis"), "bank.gift"),
    "not a text": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100), "bank.png"),
    "nothing": (b"", "bank.gift"),
    "broken xml": (b"<?xml version='1.0'?><quiz><question>", "bank.xml"),
    "deep xml": (b"<quiz>" + b"<a>" * 100_000, "bank.xml"),
}


@pytest.mark.parametrize(("data", "name"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_or_broken_is_refused_in_words(
    as_tina: Browser, session: Session, data: bytes, name: str
) -> None:
    answer = upload(as_tina, data, name)

    assert answer.status_code == 422
    words = text_of(answer.text)
    assert "There is a problem" in words
    assert "Traceback" not in words
    assert "passwd" not in words
    assert (count(session, Upload), count(session, ContentVersion)) == (0, 0)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(as_tina: Browser, session: Session) -> None:
    answer = upload(as_tina, b"x" * ((MOST_MEGABYTES + 1) * MEGABYTE))

    assert answer.status_code == 413
    assert f"Send less than {MOST_MEGABYTES} megabytes" in text_of(answer.text)
    assert count(session, Upload) == 0


def test_other_forms_take_no_more_than_before(as_tina: Browser) -> None:
    answer = as_tina.submit("/theme", {"theme": "dark" * MEGABYTE})

    assert answer.status_code == 413


def test_scripts_are_cleaned_out_and_told(as_tina: Browser) -> None:
    nasty = "[html]<p onclick='x()'>Who<script>alert(1)</script><img src=x onerror=alert(2)></p>"
    nasty += "{=<b>me</b> ~<a href\\='javascript\\:x'>you</a>}\n"
    path = looked_at(as_tina, nasty)

    page = as_tina.get(path).text

    for sign in ("<script>alert", "onclick", "onerror", "javascript:x"):
        assert sign not in page
    assert "A script was removed" in page
    assert "A picture was left out" in page


def test_a_file_without_a_name_or_a_choice_is_sent_back(as_tina: Browser) -> None:
    missing = as_tina.submit(IMPORTS, {"form": "auto", "course": "japan"})
    elsewhere = upload(as_tina, GIFT, course="mars")

    assert (missing.status_code, elsewhere.status_code) == (422, 422)
    assert "Choose the file with the questions." in missing.text


def test_what_cannot_be_is_told_beside_the_file(as_tina: Browser) -> None:
    answer = upload(as_tina, GIFT, lang="Klingon")

    assert answer.status_code == 422
    assert "Klingon is no language tag" in answer.text


def test_problems_come_as_a_table_without_formulas(as_tina: Browser) -> None:
    path = looked_at(as_tina, GIFT)

    answer = as_tina.get(f"{path}/problems.csv")
    made = problems_csv([Problem("=HYPERLINK(1)", 3, 1), Problem("-1", None, None, True), Problem("fine, “so”", 2, 2)])

    assert answer.headers["Content-Disposition"] == 'attachment; filename="problems.csv"'
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["line", "entry", "left out", "reason"]
    assert [row[:3] for row in rows[1:]] == [["22", "7", "yes"], ["24", "8", "yes"]]
    assert [row[3] for row in csv.reader(StringIO(made))][1:] == ["'=HYPERLINK(1)", "'-1", "fine, “so”"]


# What was imported is practised


@pytest.fixture
def imported(app: Flask, clock: Clock, make: Make) -> None:
    """The sample of Moodle in force, without competencies."""
    services = services_of(app)
    with services.database.write_session() as session:
        plan = importing.plan_import(
            session, services.library, MOODLE_XML.encode(), "bank.xml", Wanted("japan", lang="fr"), at=clock.at
        )
        importing.carry_out(session, services.library, plan, author_id=None, in_force=True, at=clock.at)
        session.commit()


def test_an_imported_quiz_says_where_it_is_from_and_counts_for_nothing(
    imported: None, sign_in: Callable[[Somebody], Browser], make: Make, session: Session
) -> None:
    browser = sign_in(make.learner("Lena", make.team()))
    start = browser.get("/quizzes/japan-imported-bank").text
    item = browser.submit("/quizzes/japan-imported-bank/attempts", follow_redirects=True)
    seen = []
    while "/items/" in item.request.path:
        seen.append(item.text)
        answer = browser.post(item.request.path + "/0", data=filled(browser, item.text))
        assert answer.status_code == 303, answer.text
        seen.append(browser.get(answer.location).text)
        item = browser.get("/".join(item.request.path.split("/")[:3]), follow_redirects=True)

    assert "Imported from the file “bank.xml”" in text_of(start)
    assert "counts as evidence for nothing" in text_of(start)
    assert "counts as evidence for nothing" in text_of(item.text)
    assert count(session, Response) == 8
    assert count(session, MasteryRow) == 0
    assert sum("The imported file gives no reason." in page for page in seen) >= 3
    assert sum("The imported file names no sources." in page for page in seen) == 8
    assert browser.get("/progress").status_code == browser.get("/").status_code == 200


def filled(browser: Browser, page: str) -> dict[str, object]:
    """A form of the player with something in each of its fields."""
    data: dict[str, object] = {"csrf_token": browser.token()}
    for select_name, values in selects_of(page).items():
        data[select_name] = values[len([name for name in data if str(name).startswith("entry-")]) % len(values)]
    for tag in inputs_of(page):
        name, value = tag
        if name == "options":
            data.setdefault(name, value)
        elif name.startswith("entry-"):
            data[name] = "7"
        elif name == "response_id":
            data[name] = value
    return data


def inputs_of(page: str) -> list[tuple[str, str]]:
    found = []
    for piece in page.split("<input")[1:]:
        tag = piece.split(">")[0]
        if 'name="' in tag:
            value = tag.split('value="')[1].split('"')[0] if 'value="' in tag else ""
            found.append((tag.split('name="')[1].split('"')[0], value))
    return found


def selects_of(page: str) -> dict[str, list[str]]:
    found = {}
    for piece in page.split("<select")[1:]:
        name = piece.split('name="')[1].split('"')[0]
        body = piece.split("</select>")[0]
        values = [part.split('"')[0] for part in body.split('<option value="')[1:]]
        found[name] = [value for value in values if value]
    return found


# Out


@pytest.mark.parametrize(("form", "start"), [("gift", b"// [id:jp"), ("moodle-xml", b"<?xml"), ("qti", b"PK\x03\x04")])
def test_a_quiz_leaves_as_a_file_and_what_is_lost_is_told(as_tina: Browser, form: str, start: bytes) -> None:
    page = as_tina.get("/quizzes/jp-language-writing/export")
    file = as_tina.get(f"/quizzes/jp-language-writing/export/{form}")

    assert "it plays a phrase, and these files hold no sound" in page.text
    assert "GIFT has no ordering questions" in page.text
    assert file.data.startswith(start) or form == "gift"
    assert file.headers["Content-Disposition"].startswith('attachment; filename="jp-language-writing.')
    assert as_tina.get("/quizzes/jp-language-writing/export/word").status_code == 404


def test_phrases_leave_as_a_deck_and_say_which_are_silent(
    build_app: Callable[..., Flask], content: Content, clock: Clock
) -> None:
    japan = content.courses["japan"]
    first, *rest = japan.phrases
    worded_anew = replace(japan, phrases=(replace(first, audio_text="はい"), *rest))
    own = replace(content, courses={**content.courses, "japan": worded_anew})
    app = build_app(own)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner("Lena")
    browser = Browser(app)
    browser.sign_in(lena)

    page = browser.get("/courses/japan/deck")
    deck = browser.get("/courses/japan/deck.apkg")

    assert "as a deck for Anki" in text_of(page.text)
    assert "1 phrase without sound" in text_of(page.text)
    assert ZipFile(BytesIO(deck.data)).namelist()[0] == "collection.anki2"
    assert browser.get("/courses/partnering/deck.apkg").status_code == 404
    assert "no phrases yet" in browser.get("/courses/partnering/deck").text
    assert "/courses/partnering/deck" not in browser.get("/courses/partnering").text
    assert "/courses/japan/deck" in browser.get("/courses/japan").text


def test_only_who_edits_content_sees_the_ways_in_and_out(
    as_tina: Browser, sign_in: Callable[[Somebody], Browser], make: Make
) -> None:
    learner = sign_in(make.learner("Lena"))

    for path, words in (
        ("/courses/japan", "Bring in questions"),
        ("/quizzes/jp-first-meeting", "Take the questions out"),
    ):
        assert words in as_tina.get(path).text
        assert words not in learner.get(path).text
