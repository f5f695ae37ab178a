"""The page of content health: what it says first, its parts, the filters, the item's page and the spreadsheet."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser, rows_of, text_of
from tests.builders import prose
from tests.company import QUIZ, SCENARIO_QUIZ, Clock, Make, Somebody
from tests.conftest import services_of
from tests.web.test_statements import counted
from trainer.database import Database
from trainer.domain.content import Cloze, Content, ItemType, Matching, Scenario
from trainer.domain.item_analysis import Analysis, Asked
from trainer.web.desk.table import csv_of

on_both = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)

SignIn = Callable[[Somebody], Browser]
SHORT = "jp-in-the-meeting"


@pytest.fixture
def as_trainer(sign_in: SignIn, make: Make) -> Browser:
    return sign_in(make.trainer("Tina"))


def records_of(browser: Browser, path: str = "/desk/items.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(browser.get(path).text.lstrip("\ufeff"))))


def test_a_fresh_company_reads_that_there_is_nothing_yet(as_trainer: Browser) -> None:
    words = text_of(as_trainer.get("/desk").text)

    assert "No fact is due for another check, none is reported, and no item needs a look." in words
    assert "There are no figures yet: nothing has been answered by five people or more." in words
    assert "No open reports." in words
    assert "None is due. The first will be on Saturday 22 May 2027." in words
    assert "Nothing that chance would not explain." in words


def test_what_is_due_and_reported_is_said_first(
    make: Make, as_trainer: Browser, sign_in: SignIn, clock: Clock, content: Content
) -> None:
    make.report(make.learner("Lena"))
    clock.at = datetime(2027, 6, 1, tzinfo=UTC)
    volatile = sum(fact.volatile for _, fact in content.facts.values())
    as_trainer = sign_in(make.trainer())

    page = as_trainer.get("/desk").text

    assert f"{volatile} facts are due for another check, one is reported, and no item needs a look." in text_of(page)
    assert len([row for row in rows_of(page) if "may change soon" in " ".join(row)]) == volatile
    assert "The next will be due on Wednesday 22 November 2028." in text_of(page)
    assert "lessons/japan/02-calendar.md , jp-calendar-01" in text_of(page)


def test_items_that_need_a_look_are_told_with_the_reason_and_what_to_do(make: Make, as_trainer: Browser) -> None:
    for number in range(22):
        make.answers(make.learner(f"Person {number}"), SHORT, right=float(number < 1), until=4)

    words = text_of(as_trainer.get("/desk").text)

    assert "need a look." in words
    assert "22 people score" in words
    assert "of 100 on average; picking blindly would score" in words
    assert "See whether the lesson teaches it and the key is right" in words
    assert "quizzes/japan/jp-in-the-meeting.yaml" in words


def test_first_signs_are_told_apart(make: Make, as_trainer: Browser) -> None:
    for number in range(20):
        make.answers(make.learner(), SHORT, right=float(number > 9), until=1)

    words = text_of(as_trainer.get("/desk").text)

    assert "no item surely needs a look; one shows first signs." in words
    assert "1 first sign, with too few people to be sure" in words
    assert "So far nobody of 20 people chose" in words
    assert "Make it plausible, or take it out." in words


def test_nobody_is_named_and_four_answers_tell_nothing(make: Make, as_trainer: Browser, content: Content) -> None:
    for number in range(4):
        make.answers(make.learner(f"Somebody {number}"), SHORT)
    item = content.quizzes[SHORT].items[0].id

    pages = [as_trainer.get(path).text for path in ("/desk", f"/desk?quiz={SHORT}", f"/desk/items/{item}")]
    records = records_of(as_trainer)

    assert not any("Somebody" in page for page in pages)
    assert "fewer than five answers" in text_of(pages[1])
    assert "fewer than five answers" in text_of(pages[2])
    assert "Who chose what" not in pages[2]
    assert {record["people"] for record in records} == {"fewer than five"}
    assert {record["mean score"] for record in records} == {""}


def test_an_administrator_reads_the_page_but_neither_closes_a_report_nor_learns_who_reported(
    make: Make, sign_in: SignIn, as_trainer: Browser
) -> None:
    report_id = make.report(make.learner("Lena"))
    as_admin = sign_in(make.admin("Ada"))

    seen, tended = as_admin.get("/desk").text, as_trainer.get("/desk").text
    refused = as_admin.submit(f"/desk/reports/{report_id}/close", {"decision": "Corrected."})

    assert "The law has changed." in seen
    assert "Lena" not in seen
    assert "Close the report" not in seen
    assert "Lena" in tended
    assert "Close the report" in tended
    assert refused.status_code == 403


def test_a_decision_that_is_missing_is_asked_for_beside_its_own_report_only(make: Make, as_trainer: Browser) -> None:
    lena = make.learner("Lena")
    make.report(lena, "One.")
    report_id = make.report(lena, "Two.")

    answer = as_trainer.submit(f"/desk/reports/{report_id}/close", {"decision": " "})

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 1
    assert "<title>Error: Content health" in answer.text


def test_a_closed_report_moves_out_of_the_way(make: Make, as_trainer: Browser) -> None:
    report_id = make.report(make.learner("Lena"))

    page = as_trainer.submit(f"/desk/reports/{report_id}/close", {"decision": "Corrected."}, follow_redirects=True).text

    assert "none is reported" in text_of(page)
    assert "1 closed report" in text_of(page)
    assert "closed Corrected." in text_of(page)


# All items


def test_without_a_choice_each_course_is_one_row(as_trainer: Browser, content: Content) -> None:
    rows = rows_of(as_trainer.get("/desk").text)

    assert [row[0] for row in rows[1:]] == [course.title for course in content.courses.values()]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("course=japan", lambda asked: asked.quiz.course_id == "japan"),
        (f"quiz={QUIZ}", lambda asked: asked.quiz.id == QUIZ),
        ("type=cloze", lambda asked: asked.item.type == "cloze"),
        (f"course=japan&quiz={QUIZ}&type=choice", lambda asked: asked.quiz.id == QUIZ and asked.item.type == "choice"),
        ("course=france&quiz=" + QUIZ, lambda asked: False),
        ("found=y", lambda asked: False),
    ],
)
def test_the_table_and_the_file_hold_what_was_chosen(
    as_trainer: Browser, content: Content, query: str, fits: Callable[[Asked], bool]
) -> None:
    from_rows = len(rows_of(as_trainer.get(f"/desk?{query}").text)) - 1
    records = records_of(as_trainer, f"/desk/items.csv?{query}")
    expected = [each for each in all_asked(content) if fits(each)]

    assert from_rows == (len(expected) or 1)
    assert [record["item"] for record in records] == [each.item.id for each in expected]


def all_asked(content: Content) -> list[Asked]:
    found = []
    for quiz in content.quizzes.values():
        for item in quiz.items:
            nodes = item.interaction.nodes.values() if isinstance(item.interaction, Scenario) else [None]
            found += [Asked(quiz, item, node) for node in nodes]
    return found


@pytest.mark.parametrize("query", ["course=atlantis", "quiz=%3Cscript%3E", "type=essay&found="])
def test_a_choice_that_is_not_there_counts_as_none(as_trainer: Browser, query: str, content: Content) -> None:
    answer = as_trainer.get(f"/desk?{query}")

    assert answer.status_code == 200
    assert len(rows_of(answer.text)) == 1 + len(content.courses)
    assert "<script>" not in answer.text


def test_nothing_fits_says_so(as_trainer: Browser) -> None:
    assert "Nothing fits all of these." in text_of(as_trainer.get(f"/desk?course=france&quiz={QUIZ}").text)


def test_the_spreadsheet_has_the_figures_and_the_older_wordings(
    make: Make, as_trainer: Browser, content: Content, app: Flask, session: Session
) -> None:
    for _ in range(6):
        make.answers(make.learner(), SHORT, right=1.0, until=1)
    item = content.quizzes[SHORT].items[0].id

    answer = as_trainer.get(f"/desk/items.csv?quiz={SHORT}")
    (record,) = [each for each in records_of(as_trainer, f"/desk/items.csv?quiz={SHORT}") if each["item"] == item]

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=items.csv"
    assert record["people"] == "6"
    assert record["mean score"] == "1.0"
    assert record["wording"] == "present"
    assert record["needs a look"] == "too few answers"
    assert record["file"] == f"quizzes/japan/{SHORT}.yaml"
    assert services_of(app).library.last_known() is content


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_spreadsheet_is_taken_for_a_formula(content: Content, start: str) -> None:
    quiz = content.quizzes[QUIZ]
    item = replace(quiz.items[0], stem=prose(f"{start} and more"))

    text = csv_of([Analysis(Asked(quiz, item))], content)

    (record,) = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""))
    assert record["title"].startswith("'")


# One item


def test_the_page_of_an_item_has_its_options_with_who_chose_them(
    make: Make, as_trainer: Browser, content: Content
) -> None:
    item = content.quizzes[SHORT].items[0]
    for number in range(24):
        make.answers(make.learner(), SHORT, right=float(number < 18))

    page = as_trainer.get(f"/desk/items/{item.id}").text
    rows = {row[0][-1]: row[1:] for row in rows_of(page)[1:]}

    assert text_of(item.stem.html) in text_of(page)
    assert "24 people" in text_of(page)
    assert "tells well who is prepared" in text_of(page)
    assert sorted(row[1] for row in rows.values()) == ["18 (75%)", "6 (25%)", "nobody", "nobody"]
    assert "rather those who do well elsewhere" in text_of(page)


def test_the_page_of_a_conversation_has_each_step(make: Make, as_trainer: Browser, content: Content) -> None:
    for _ in range(5):
        make.answers(make.learner(), SCENARIO_QUIZ)
    item = next(item for item in content.quizzes[SCENARIO_QUIZ].items if isinstance(item.interaction, Scenario))
    assert isinstance(item.interaction, Scenario)

    words = text_of(as_trainer.get(f"/desk/items/{item.id}").text)

    assert item.interaction.title in words
    assert all(node.title in words for node in item.interaction.nodes.values())


def test_the_parts_of_an_item_are_named_as_its_author_knows_them(
    make: Make, as_trainer: Browser, content: Content
) -> None:
    for _ in range(5):
        make.answers(make.learner(), "pt-up-the-ladder")
    items = {item.type: item for item in content.quizzes["pt-up-the-ladder"].items}
    cloze, matching = items[ItemType.CLOZE].interaction, items[ItemType.MATCHING].interaction
    assert isinstance(cloze, Cloze)
    assert isinstance(matching, Matching)

    heads = {
        kind: [row[0] for row in rows_of(as_trainer.get(f"/desk/items/{items[kind].id}").text)[1:]]
        for kind in (ItemType.CLOZE, ItemType.MATCHING, ItemType.MOST_AND_LEAST)
    }

    assert heads[ItemType.CLOZE] == [f"gap “{gap.id}”" for gap in cloze.gaps]
    assert len(heads[ItemType.MATCHING]) == len(matching.pairs)
    assert heads[ItemType.MOST_AND_LEAST] == ["the most effective option", "the least effective option"]


def test_the_rail_leads_trainers_and_administrators_there_and_nobody_else(sign_in: SignIn, make: Make) -> None:
    team = make.team()
    people = {
        "learner": make.learner(), "manager": make.manager(team), "trainer": make.trainer(), "admin": make.admin()
    }  # fmt: skip

    shown = {role: 'href="/desk"' in sign_in(person).get("/courses").text for role, person in people.items()}

    assert shown == {"learner": False, "manager": False, "trainer": True, "admin": True}


@on_both
def test_the_page_takes_the_same_statements_for_two_people_and_for_twenty(
    make: Make, as_trainer: Browser, database: Database
) -> None:
    as_trainer.get("/desk")
    counts = []
    for more in (2, 18):
        for _ in range(more):
            make.answers(make.learner(), SHORT, until=2)
        with counted(database) as anew:
            as_trainer.get("/desk")
        with counted(database) as again:
            as_trainer.get("/desk")
        counts.append((len(anew), len(again)))

    assert counts == [(5, 3), (5, 3)]


def test_a_new_answer_is_on_the_page_at_once(make: Make, as_trainer: Browser, clock: Clock) -> None:
    seen = []
    for _ in range(6):
        make.answers(make.learner(), SHORT, until=1)
        seen.append("1 were answered by five people or more" in text_of(as_trainer.get("/desk").text))
        clock.turn(timedelta(seconds=1))

    assert seen == [False] * 4 + [True] * 2


@pytest.mark.parametrize(
    ("quiz", "title", "file"),
    [
        ("drill-technical-support-fr-1", "Technical support", "lessons/glossaries/technical-support.yaml"),
        ("drill-japan", "Japan", "lessons/japan/phrases.yaml"),
        (SHORT, "Japan", f"quizzes/japan/{SHORT}.yaml"),
    ],
)
def test_an_item_is_changed_where_it_was_written(content: Content, quiz: str, title: str, file: str) -> None:
    asked = Asked(content.quizzes[quiz], content.quizzes[quiz].items[0])

    (record,) = csv.DictReader(StringIO(csv_of([Analysis(asked)], content).lstrip("\ufeff"), newline=""))

    assert (record["course"], record["file"]) == (title, file)
