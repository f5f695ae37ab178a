"""Writing in the browser: lists, forms with preview, texts, versions, reviews, publications and conflicts."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from app import ROOT
from tests.browsing import HTMX, Browser, text_of
from tests.company import Make, Somebody
from tests.conftest import services_of
from tests.web.test_engagement_pages import main_of
from trainer import authoring
from trainer.authoring.entries import entries_of, find_entry
from trainer.database import Database
from trainer.domain.content import FUNCTIONS, ItemType

QUIZ = "quizzes/japan/jp-first-meeting.yaml"
ITEM = "items:jp-first-meeting-01"
LESSON = "lessons/japan/03-names.md"
PHRASES = "lessons/japan/phrases.yaml"
SCENARIO = "quizzes/japan/jp-answers-and-decisions.yaml"
ASK = 'ask: "Which address line is right?"'


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


@pytest.fixture
def as_tina(sign_in: Callable[[Somebody], Browser], tina: Somebody) -> Browser:
    return sign_in(tina)


@pytest.fixture
def as_theo(sign_in: Callable[[Somebody], Browser], make: Make) -> Browser:
    return sign_in(make.trainer("Theo"))


def shipped(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def newest(app: Flask, path: str) -> str:
    """The text that is worked on."""
    services = services_of(app)
    with services.database.read_connection() as connection:
        document = authoring.load_document(connection, services.library, path)
    assert document is not None
    assert document.text is not None
    return document.text


def filled(page: str) -> dict[str, object]:
    """Every field of the form of an entry as it stands on the page, as a browser would send it."""
    form = page[page.index('class="entry-form"') : page.index('class="entry-preview"')]
    found: dict[str, list[str]] = {}
    pattern = r"<input([^>]*)>|<textarea([^>]*)>\n(.*?)</textarea>|<select([^>]*)>(.*?)</select>"
    for match in re.finditer(pattern, form, re.S):
        tag = match[1] or match[2] or match[4]
        name = re.search(r'name="([^"]*)"', tag)
        if name is None or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        if match[4]:
            chosen = re.search(r'<option value="([^"]*)" selected', match[5])
            value = chosen[1] if chosen else ""
        else:
            inside = re.search(r'value="([^"]*)"', tag)
            value = match[3] if match[2] else inside[1] if inside else "on"
        found.setdefault(name[1], []).append(unescape(value).replace("\n", "\r\n"))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def form_of(browser: Browser, path: str, key: str, **changes: object) -> dict[str, object]:
    answer = browser.get(f"/content/entries/{key}/{path}")
    assert answer.status_code == 200
    return {**filled(answer.text), **{name.replace("__", "."): value for name, value in changes.items()}}


def change(browser: Browser, path: str = QUIZ, key: str = ITEM, **changes: object) -> None:
    answer = browser.submit(f"/content/entries/{key}/{path}", {**form_of(browser, path, key, **changes), "do": "save"})
    assert answer.status_code == 303, text_of(answer.text)


# Finding what to write


def test_the_list_shows_each_document_by_course_with_its_state(as_tina: Browser) -> None:
    change(as_tina, ask="Which line is it?")

    words = text_of(main_of(as_tina.get("/content").text))

    assert "Not published yet First meeting at Kobe Seiki Quiz · Tina ○ Draft" in words
    assert "Getting names and titles right Lesson – As shipped" in words


def test_words_are_found_in_items_phrases_and_facts(as_tina: Browser) -> None:
    words = main_of(as_tina.get("/content?q=JP-NAMES-02").text)
    phrases = main_of(as_tina.get("/content?q=頂戴").text)

    assert f"/content/entries/facts:jp-names-02/{LESSON}" in words
    assert f"/content/entries/phrases:ja-business-card-01/{PHRASES}" in phrases


@pytest.mark.parametrize(
    ("page", "kind", "name", "place"),
    [
        ("/lessons/japan-names", "lesson", "japan-names", f"/content/documents/{LESSON}"),
        ("/lessons/japan-names", "phrase", "ja-name-check-01", f"/content/entries/phrases:ja-name-check-01/{PHRASES}"),
        ("/quizzes/jp-first-meeting", "quiz", "jp-first-meeting", f"/content/documents/{QUIZ}"),
    ],
)
def test_trainers_come_from_what_is_taught_to_where_it_is_written(
    as_tina: Browser, make: Make, sign_in: Callable[[Somebody], Browser], page: str, kind: str, name: str, place: str
) -> None:
    link = f"/content/of/{kind}/{name}"
    as_learner = sign_in(make.learner())

    answer = as_tina.get(link)

    assert link in as_tina.get(page).text
    assert link not in as_learner.get(page).text
    assert (answer.status_code, answer.location) == (303, place)
    assert page in as_tina.get(place).text or kind == "phrase"


@pytest.mark.parametrize("kind", ["lesson", "phrase", "quiz", "item", "fact", "poem"])
def test_what_is_not_taught_is_not_found(as_tina: Browser, kind: str) -> None:
    assert as_tina.get(f"/content/of/{kind}/nothing").status_code == 404


@pytest.mark.parametrize("path", ["quizzes/japan/none.yaml", "../app.py", "lessons/japan/03-names.md/x", "app.py"])
@pytest.mark.parametrize("page", ["documents", "text", "versions", "publication", "entries/head"])
def test_only_content_files_are_found(as_tina: Browser, page: str, path: str) -> None:
    assert as_tina.get(f"/content/{page}/{path}").status_code == 404


# Forms


@pytest.mark.parametrize(
    "path", [QUIZ, LESSON, SCENARIO, "lessons/japan/course.yaml", "lessons/south-korea/course.yaml"]
)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(as_tina: Browser, app: Flask, path: str) -> None:
    for entry in entries_of(path, shipped(path))[:6]:
        change(as_tina, path, entry.key)

    assert newest(app, path) == shipped(path)


@pytest.mark.parametrize("item_type", list(ItemType))
def test_a_new_item_of_each_type_can_be_made_written_and_is_told_what_it_lacks(
    as_tina: Browser, app: Flask, item_type: ItemType
) -> None:
    made = as_tina.submit(f"/content/additions/{QUIZ}", {"base": "0", "what": f"items.{item_type.value}"})
    page = as_tina.get(made.location)
    key = made.location.split("/")[3]

    assert made.status_code == 303
    assert "sources&#39; is empty" in page.text
    assert main_of(page.text).count('class="field-problem"') == 1
    assert "It cannot be shown yet" not in page.text
    change(as_tina, QUIZ, key, stem="Somebody is somewhere.", sources=["jp_mail"])
    assert "To mend before" not in as_tina.get(made.location).text
    entry = find_entry(QUIZ, newest(app, QUIZ), key)
    assert entry is not None
    assert (entry.data["type"], entry.data["stem"]) == (item_type.value, "Somebody is somewhere.")
    assert f"- id: {entry.id}\n" in newest(app, QUIZ)


@pytest.mark.parametrize("function", list(FUNCTIONS)[:2])
def test_a_new_phrase_is_made_and_told_what_it_lacks(as_tina: Browser, function: str) -> None:
    made = as_tina.submit(f"/content/additions/{PHRASES}", {"base": "0", "what": f"phrases.{function}"})

    words = text_of(main_of(as_tina.get(made.location).text))

    assert function.replace("_", "-") in made.location
    assert "'text' is empty" in words
    assert "'audio_text' is empty" in words


def test_a_new_fact_and_a_new_step_are_made(as_tina: Browser, app: Flask) -> None:
    as_tina.submit(f"/content/additions/{LESSON}", {"base": "0", "what": "facts"})
    step = as_tina.submit(
        f"/content/additions/{SCENARIO}", {"base": "0", "what": "items:jp-answers-and-decisions-10:nodes"}
    )

    assert find_entry(LESSON, newest(app, LESSON), "facts:jp-names-05") is not None
    assert as_tina.get(step.location).status_code == 200


def test_a_new_quiz_and_a_new_lesson_begin_as_drafts(as_tina: Browser) -> None:
    quiz = as_tina.submit("/content/new", {"kind": "quiz", "course": "japan", "title": "Crisis: a call", "name": ""})
    lesson = as_tina.submit("/content/new", {"kind": "lesson", "course": "japan", "title": "Crisis", "name": "crisis"})

    assert quiz.location == "/content/documents/quizzes/japan/crisis-a-call.yaml"
    assert lesson.location == "/content/documents/lessons/japan/17-crisis.md"
    assert "Crisis: a call" in as_tina.get(quiz.location).text
    words = text_of(as_tina.get(lesson.location).text)
    assert "1 mistake to mend" in words
    assert "'sources' is empty" in words


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "quiz", "course": "japan", "title": "", "name": "x"},
        {"kind": "quiz", "course": "mars", "title": "X", "name": "x"},
        {"kind": "quiz", "course": "japan", "title": "X", "name": "Not a Name"},
        {"kind": "quiz", "course": "japan", "title": "X", "name": "jp-first-meeting"},
        {"kind": "poem", "course": "japan", "title": "X", "name": "x"},
    ],
)
def test_a_document_that_cannot_be_begun_is_told_so(as_tina: Browser, data: dict[str, str]) -> None:
    answer = as_tina.submit("/content/new", data)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.parametrize("what", ["items.poem", "facts", "nodes", "items:jp-first-meeting-01:nodes", "", "phrases.x"])
def test_what_is_not_offered_is_not_added(as_tina: Browser, app: Flask, what: str) -> None:
    answer = as_tina.submit(f"/content/additions/{QUIZ}", {"base": "0", "what": what})

    assert answer.status_code == 422
    assert newest(app, QUIZ) == shipped(QUIZ)


def test_saving_changes_the_lines_of_the_field_and_keeps_the_rest(as_tina: Browser, app: Flask) -> None:
    change(as_tina, ask="Which: this # or that?")

    assert newest(app, QUIZ) == shipped(QUIZ).replace(ASK, 'ask: "Which: this # or that?"')


def test_options_are_added_moved_and_removed_without_scripts_and_what_was_typed_stays(
    as_tina: Browser, app: Flask
) -> None:
    address = f"/content/entries/{ITEM}/{QUIZ}"
    typed = form_of(as_tina, QUIZ, ITEM, ask="Typed before")

    added = filled(as_tina.submit(address, {**typed, "do": "add options"}).text)
    moved = filled(as_tina.submit(address, {**added, "options.4.text": "The fifth", "do": "up options.4"}).text)
    removed = as_tina.submit(address, {**moved, "do": "remove options.0"})

    assert (added["options.4.id"], added["ask"]) == ("e", "Typed before")
    assert (moved["options.3.text"], moved["options.4.id"]) == ("The fifth", "d")
    left = filled(removed.text)
    assert [left[f"options.{number}.id"] for number in range(4)] == ["b", "c", "e", "d"]
    assert newest(app, QUIZ) == shipped(QUIZ)
    answer = as_tina.submit(
        address, {**left, "options.0.correct": "true", "options.2.explanation": "So.", "do": "save"}
    )
    assert answer.status_code == 303
    entry = find_entry(QUIZ, newest(app, QUIZ), ITEM)
    assert entry is not None
    assert [option["id"] for option in entry.data["options"]] == ["b", "c", "e", "d"]
    assert entry.data["options"][2] == {"id": "e", "text": "The fifth", "correct": False, "explanation": "So."}


def test_a_draft_keeps_mistakes_and_tells_them_beside_their_fields(as_tina: Browser, app: Flask) -> None:
    change(as_tina, QUIZ, "items:jp-first-meeting-02", options__0__trust="nine", stem="<b>HTML</b>", level="A9")

    page = as_tina.get(f"/content/entries/items:jp-first-meeting-02/{QUIZ}").text

    assert re.search(r'id="f-options-0-trust-problem">[^<]*whole number', page)
    assert re.search(r'id="f-stem-problem">[^<]*HTML', page)
    assert re.search(r'id="f-level-problem">', page)
    assert page.count('href="#f-') == 3
    assert filled(page)["options.0.trust"] == "nine"
    words = text_of(as_tina.get(f"/content/documents/{QUIZ}").text)
    assert "3 mistakes to mend before it can be published" in words


def test_a_key_that_is_missing_is_told_at_its_field(as_tina: Browser) -> None:
    change(as_tina, QUIZ, "items:jp-first-meeting-02", options__1__effect="")

    page = as_tina.get(f"/content/entries/items:jp-first-meeting-02/{QUIZ}").text

    assert re.search(r'id="f-options-1-effect-problem">missing key', page)


@pytest.mark.parametrize(
    "words", ["é".encode().decode() + "e\u0301", "שלום 😀", '"quoted": yes #', "one\r\n\r\ntwo", "- x"]
)
def test_any_words_are_kept_as_typed_and_composed(as_tina: Browser, app: Flask, words: str) -> None:
    change(as_tina, misreading=words)

    entry = find_entry(QUIZ, newest(app, QUIZ), ITEM)
    assert entry is not None
    assert entry.data["misreading"] == words.replace("\r\n", "\n").replace("e\u0301", "é")


def test_an_entry_moves_and_goes_in_a_draft(as_tina: Browser, app: Flask) -> None:
    down = as_tina.submit(f"/content/arrangement/{QUIZ}", {"base": "0", "do": f"down {ITEM}"})
    out = as_tina.submit(f"/content/arrangement/{QUIZ}", {"base": "1", "do": f"remove {ITEM}"})
    stale = as_tina.submit(f"/content/arrangement/{QUIZ}", {"base": "1", "do": "remove items:jp-first-meeting-02"})

    assert (down.status_code, out.status_code, stale.status_code) == (303, 303, 422)
    ids = [entry.id for entry in entries_of(QUIZ, newest(app, QUIZ))]
    assert ids[:3] == ["jp-first-meeting", "jp-first-meeting-02", "jp-first-meeting-03"]
    assert "changed by someone else" in stale.text


# Preview


def test_the_preview_shows_what_is_typed_as_learners_would_see_it_and_keeps_nothing(
    as_tina: Browser, app: Flask
) -> None:
    typed = form_of(as_tina, QUIZ, ITEM, ask="What is *it*?")

    answer = as_tina.submit(f"/content/previews/{ITEM}/{QUIZ}", typed, headers=HTMX)

    assert answer.status_code == 200
    assert "What is <em>it</em>?" in answer.text
    assert 'class="option"' in answer.text
    assert "<form" not in answer.text
    assert newest(app, QUIZ) == shipped(QUIZ)


def test_a_preview_without_scripts_is_a_button_that_keeps_what_was_typed(as_tina: Browser, app: Flask) -> None:
    typed = form_of(as_tina, LESSON, "body", body="## Anew\r\n\r\nWritten *anew*.")

    page = as_tina.submit(f"/content/entries/body/{LESSON}", {**typed, "do": "preview"}).text

    assert "Written <em>anew</em>." in page[page.index('id="preview"') :]
    assert filled(page)["body"] == "## Anew\r\n\r\nWritten *anew*."
    assert newest(app, LESSON) == shipped(LESSON)


@pytest.mark.parametrize(
    ("path", "key", "words"),
    [
        (LESSON, "head", "After this lesson"),
        (LESSON, "facts:jp-names-01", "What this rests on"),
        (PHRASES, "phrases:ja-name-check-01", "phrase-text"),
        (QUIZ, "head", "minutes."),
        (SCENARIO, "items:jp-answers-and-decisions-10:nodes:n2", "The reason"),
        (SCENARIO, "items:jp-answers-and-decisions-10:endings:later", "Postponed with respect"),
        ("lessons/japan/course.yaml", "head", "What to know, to prepare and to say"),
    ],
)
def test_every_kind_of_entry_has_its_preview(as_tina: Browser, path: str, key: str, words: str) -> None:
    page = as_tina.get(f"/content/entries/{key}/{path}").text

    assert words in page[page.index('id="preview"') :]


# The whole file as text


def test_a_text_is_checked_line_by_line_and_saved_with_its_mistakes(as_tina: Browser, app: Flask) -> None:
    broken = shipped(QUIZ).replace(ASK, "ask: ''").replace("\n", "\r\n")
    address = f"/content/text/{QUIZ}"

    checked = as_tina.submit(address, {"text": broken, "base": "0", "shown": "0", "do": "check"})
    saved = as_tina.submit(address, {"text": broken, "base": "0", "shown": "0", "note": "Ask anew", "do": "save"})

    line = shipped(QUIZ)[: shipped(QUIZ).index(ASK)].count("\n") + 1
    assert f"Line {line} : &#39;ask&#39; is empty".replace(" :", "</strong>:") in checked.text
    assert saved.status_code == 303
    assert newest(app, QUIZ) == shipped(QUIZ).replace(ASK, "ask: ''")
    assert "Ask anew" in as_tina.get(f"/content/versions/{QUIZ}").text


def test_a_text_that_is_no_yaml_is_kept_and_can_be_mended(as_tina: Browser, app: Flask) -> None:
    as_tina.submit(f"/content/text/{QUIZ}", {"text": "id: [", "base": "0", "shown": "0", "do": "save"})

    words = text_of(as_tina.get(f"/content/documents/{QUIZ}").text)

    assert newest(app, QUIZ) == "id: [\n"
    assert "The text cannot be read" in words
    assert as_tina.get(f"/content/entries/{ITEM}/{QUIZ}").status_code == 404


def test_a_text_goes_through_the_editor_unchanged(as_tina: Browser, app: Flask) -> None:
    page = as_tina.get(f"/content/text/{PHRASES}").text
    (typed,) = re.findall(r'<textarea[^>]*name="text"[^>]*>\n(.*?)</textarea>', page, re.S)

    answer = as_tina.submit(
        f"/content/text/{PHRASES}",
        {"text": unescape(typed).replace("\n", "\r\n"), "base": "0", "shown": "0", "do": "save"},
    )

    assert answer.status_code == 303
    assert newest(app, PHRASES) == shipped(PHRASES)
    assert "As shipped" in as_tina.get(f"/content/documents/{PHRASES}").text


# Versions


def test_versions_tell_who_wrote_what_when_and_how_two_differ(as_tina: Browser) -> None:
    change(as_tina, ask="Which line is it?")

    words = text_of(main_of(as_tina.get(f"/content/versions/{QUIZ}").text))
    page = main_of(as_tina.get(f"/content/difference/{QUIZ}?from=0&to=1").text)

    assert "jp-first-meeting-01: ask Tina, 3 Dec" in words
    assert "<del>" in page
    assert "<ins>" in page
    assert 'scope="col"' in page
    assert "<caption>" in page
    assert as_tina.get(f"/content/difference/{QUIZ}?from=0&to=9").status_code == 404


def test_an_older_version_is_restored_as_a_draft(as_tina: Browser, app: Flask) -> None:
    change(as_tina, ask="Which line is it?")

    answer = as_tina.submit(f"/content/versions/{QUIZ}", {"number": "0", "base": "1"})

    assert answer.status_code == 303
    assert newest(app, QUIZ) == shipped(QUIZ)
    assert as_tina.submit(f"/content/versions/{QUIZ}", {"number": "7", "base": "2"}).status_code == 422


# On its way to learners


def test_a_draft_is_reviewed_by_another_trainer_and_published(
    as_tina: Browser, as_theo: Browser, make: Make, app: Flask
) -> None:
    learner = make.learner()
    make.answers(learner, "jp-first-meeting", until=1)
    change(as_tina, ask="Which line is it?")
    document = f"/content/documents/{QUIZ}"

    asked = as_tina.submit(f"/content/review/{QUIZ}", {"number": "1"})
    own = as_tina.submit(f"/content/reviewed/{QUIZ}", {"number": "1"})
    early = as_tina.submit(f"/content/publication/{QUIZ}", {"number": "1"})
    waiting = text_of(as_theo.get("/content").text)
    read = as_theo.submit(f"/content/reviewed/{QUIZ}", {"number": "1"})
    reviewed = text_of(as_tina.get(document).text)
    effect = text_of(as_tina.get(f"/content/publication/{QUIZ}").text)
    published = as_tina.submit(f"/content/publication/{QUIZ}", {"number": "1"})

    assert [each.status_code for each in (asked, own, early, read, published)] == [303, 422, 422, 303, 303]
    assert "Ask another trainer" in own.text
    assert "◇ Waits for review" in waiting
    assert "reviewed by Theo on 3 Dec" in reviewed
    assert "1 person has begun this quiz" in effect
    assert "1 person has an attempt open: they go on with what they began." in effect
    words = text_of(as_tina.get(document).text)
    assert "▲ Published" in words
    assert "published by Tina on 3 Dec" in words
    with services_of(app).database.read_connection() as connection:
        taught = services_of(app).library.in_force(connection)
    assert str(taught.items["jp-first-meeting-01"].ask) == "Which line is it?"


def test_mistakes_are_not_published(as_tina: Browser, as_theo: Browser) -> None:
    change(as_tina, ask="<b>Which?</b>")
    as_theo.submit(f"/content/reviewed/{QUIZ}", {"number": "1"})

    page = as_tina.get(f"/content/publication/{QUIZ}").text
    answer = as_tina.submit(f"/content/publication/{QUIZ}", {"number": "1"})

    assert "Publish version" not in page
    assert answer.status_code == 422
    assert "holds HTML" in answer.text


def test_a_draft_is_set_aside_and_a_document_taken_away_in_a_draft(as_tina: Browser) -> None:
    change(as_tina, ask="Which line is it?")
    aside = as_tina.submit(f"/content/set-aside/{QUIZ}", {"number": "1"})
    words = text_of(as_tina.get(f"/content/documents/{QUIZ}").text)
    away = as_tina.submit(f"/content/removal/{QUIZ}", {"base": "1"})

    assert (aside.status_code, away.status_code) == (303, 303)
    assert "As shipped" in words
    assert "This draft takes the document away" in as_tina.get(f"/content/documents/{QUIZ}").text
    assert as_tina.get("/quizzes/jp-first-meeting").status_code == 200


def test_a_new_document_that_is_set_aside_leads_back_to_the_list(as_tina: Browser) -> None:
    as_tina.submit("/content/new", {"kind": "quiz", "course": "japan", "title": "Crisis", "name": ""})

    answer = as_tina.submit("/content/set-aside/quizzes/japan/crisis.yaml", {"number": "1"})

    assert answer.location == "/content"


# Two people at one page


def test_whoever_saves_second_is_told_and_shown_both_changes_and_loses_nothing(
    as_tina: Browser, as_theo: Browser, app: Flask
) -> None:
    mine = form_of(as_theo, QUIZ, ITEM, ask="Theo asks?", misreading="Theo reads.")
    change(as_tina, ask="Tina asks?", counter_case="Tina knows otherwise.")

    clash = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**mine, "do": "save"})

    words = text_of(clash.text)
    assert clash.status_code == 409
    assert "Tina changed this while you wrote" in words
    assert "Which address" in words
    assert "Tina asks" in words
    assert "Theo asks" in words
    assert "Keep mine on top" in words
    assert "Take theirs" in words
    assert "Go on editing mine" in words
    assert "asks?" in newest(app, QUIZ)
    assert "Theo" not in newest(app, QUIZ)
    again = _hidden(clash.text)
    assert again["ask"] == "Theo asks?"
    edited = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**again, "do": "edit"})
    assert filled(edited.text)["misreading"] == "Theo reads."
    assert "What Tina changed meanwhile" in edited.text
    kept = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**filled(edited.text), "do": "save"})
    assert kept.status_code == 303
    entry = find_entry(QUIZ, newest(app, QUIZ), ITEM)
    assert entry is not None
    assert [entry.data[name] for name in ("ask", "misreading", "counter_case")] == [
        "Theo asks?",
        "Theo reads.",
        "Tina knows otherwise.",
    ]


def test_keeping_mine_on_top_is_told_again_when_a_third_version_came(
    as_tina: Browser, as_theo: Browser, app: Flask
) -> None:
    mine = form_of(as_theo, QUIZ, ITEM, ask="Theo asks?")
    change(as_tina, ask="Tina asks?")
    clash = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**mine, "do": "save"})
    change(as_tina, ask="Tina asks again?")

    answer = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**_hidden(clash.text), "do": "save"})

    assert answer.status_code == 409
    assert "Tina asks again?" in newest(app, QUIZ)


def test_changes_of_different_entries_fit_together_and_the_second_is_told(
    as_tina: Browser, as_theo: Browser, app: Flask
) -> None:
    mine = form_of(as_theo, QUIZ, "items:jp-first-meeting-02", ask="Theo asks?")
    change(as_tina, ask="Tina asks?")

    answer = as_theo.submit(
        f"/content/entries/items:jp-first-meeting-02/{QUIZ}", {**mine, "do": "save"}, follow_redirects=True
    )

    assert "Tina changed this file meanwhile: both changes are in it." in answer.text
    assert "Tina asks?" in newest(app, QUIZ)
    assert "Theo asks?" in newest(app, QUIZ)


def test_an_entry_that_was_taken_out_meanwhile_is_told(as_tina: Browser, as_theo: Browser) -> None:
    mine = form_of(as_theo, QUIZ, ITEM, ask="Theo asks?")
    as_tina.submit(f"/content/arrangement/{QUIZ}", {"base": "0", "do": f"remove {ITEM}"})

    clash = as_theo.submit(f"/content/entries/{ITEM}/{QUIZ}", {**mine, "do": "save"})

    assert clash.status_code == 409
    assert "It is no longer in the file" in clash.text
    assert "Theo asks?" in clash.text


@pytest.mark.parametrize("is_same_place", [True, False])
def test_two_texts_of_one_file_are_compared_and_joined_where_they_fit(
    as_tina: Browser, as_theo: Browser, app: Flask, is_same_place: bool
) -> None:
    change(as_tina, ask="Tina asks?")
    title = "title: First meeting at Kobe Seiki"
    mine = shipped(QUIZ).replace(ASK if is_same_place else title, "ask: Theo" if is_same_place else "title: Theo")

    clash = as_theo.submit(f"/content/text/{QUIZ}", {"text": mine, "base": "0", "shown": "0", "do": "save"})

    assert clash.status_code == 409
    assert ("Keep both changes" in clash.text) is not is_same_place
    assert "Theo" not in newest(app, QUIZ)
    if not is_same_place:
        saved = as_theo.submit(f"/content/text/{QUIZ}", {**_hidden(clash.text), "do": "save"})
        assert saved.status_code == 303
        assert "title: Theo" in newest(app, QUIZ)
        assert "Tina asks?" in newest(app, QUIZ)


def _hidden(page: str) -> dict[str, object]:
    """What the first form of a conflict sends along."""
    form = page[page.index('<form method="post" action="/content/') :]
    form = form[: form.index("</form>")]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


# Whoever else


def test_learners_managers_and_administrators_do_not_write(
    make: Make, sign_in: Callable[[Somebody], Browser], database: Database, app: Flask
) -> None:
    team = make.team()
    for person in (make.learner("Lena", team), make.manager(team), make.admin()):
        browser = sign_in(person)
        data = {"base": "0", "shown": "0", "text": "id: x", "do": "save"}
        assert browser.get(f"/content/documents/{QUIZ}").status_code == 403
        assert browser.submit(f"/content/text/{QUIZ}", data).status_code == 403
        assert browser.submit(f"/content/publication/{QUIZ}", {"number": "1"}).status_code == 403
    assert newest(app, QUIZ) == shipped(QUIZ)


def test_a_quiz_of_forty_items_is_edited_one_entry_at_a_time(as_tina: Browser) -> None:
    text = shipped(QUIZ)
    item = text[text.index("  - id: jp-first-meeting-01") : text.index("  - id: jp-first-meeting-02")]
    many = text + "".join("\n" + item.replace("jp-first-meeting-01", f"jp-first-meeting-{n}") for n in range(50, 90))
    as_tina.submit(f"/content/text/{QUIZ}", {"text": many, "base": "0", "shown": "0", "do": "save"})

    page = as_tina.get(f"/content/entries/items:jp-first-meeting-77/{QUIZ}")

    assert page.status_code == 200
    assert len(page.data) < 150_000
