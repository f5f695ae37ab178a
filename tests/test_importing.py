"""A file of another program is looked at, taken in whole or not at all, and once: on both databases."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import create_app
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of, settings_for
from trainer import authoring
from trainer.authoring import AuthoringError, importing
from trainer.authoring.importing import Plan, Wanted
from trainer.database import Database
from trainer.domain.authoring import State
from trainer.domain.content import Content, Quiz
from trainer.interchange.readings import HostileFile, UnreadableFile
from trainer.library import Library
from trainer.models import ContentVersion, Upload

GIFT = b"""\
// [tag:names]
::First::Who comes first?{=the guest#Yes. ~%50%nobody ~the host}

::Second::Where?{=Tokyo =%50%Edo}

Write a mail. {}

Read this first.
"""
PATH = "quizzes/japan/japan-imported-bank.yaml"
CSV = """\
text,lang,meaning,function,note
よろしく。,ja,Best regards,email_closing,A *plain* note
はい。,ja,Yes,,
""".encode()


class Importer:
    """Imports as the page and the command do, each in a transaction of its own."""

    def __init__(self, database: Database, library: Library, clock: Clock) -> None:
        self.database, self.library, self.clock = database, library, clock

    def plan(self, data: bytes, name: str = "bank.gift", wanted: Wanted | None = None) -> Plan:
        with self.database.read_session() as session:
            return importing.plan_import(session, self.library, data, name, wanted or Wanted("japan"), at=self.clock.at)

    def take_in(
        self, data: bytes, name: str = "bank.gift", wanted: Wanted | None = None, *, in_force: bool = False
    ) -> Plan:
        with self.database.write_session() as session:
            plan = importing.plan_import(session, self.library, data, name, wanted or Wanted("japan"), at=self.clock.at)
            importing.carry_out(session, self.library, plan, author_id=None, in_force=in_force, at=self.clock.at)
            session.commit()
        return plan

    def quiz(self, quiz_id: str = "japan-imported-bank") -> Quiz | None:
        with self.database.read_session() as session:
            return self.library.in_force(session).quizzes.get(quiz_id)

    def versions(self) -> list[tuple[str, int, str]]:
        with self.database.read_session() as session:
            rows = session.scalars(select(ContentVersion).order_by(ContentVersion.path, ContentVersion.number))
            return [(row.path, row.number, row.state) for row in rows]


@pytest.fixture
def importer(app: Flask, clock: Clock) -> Importer:
    services = services_of(app)
    return Importer(services.database, services.library, clock)


# Questions


def test_a_plan_says_what_would_become_of_the_file_and_stores_nothing(importer: Importer) -> None:
    plan = importer.plan(GIFT)

    assert (plan.read, plan.imported, plan.left_out) == (4, 2, 2)
    assert plan.by_type == {"choice": 1, "typed": 1, "essay": 1, "description": 1}
    assert [(problem.line, problem.entry) for problem in plan.problems] == [(6, 3), (8, 4)]
    assert [item.stem.source for item in plan.items] == ["Who comes first?", "Where?"]
    assert importer.versions() == []


def test_a_file_becomes_a_draft_that_can_be_reviewed_and_published(
    importer: Importer, make: Make, session: Session, clock: Clock
) -> None:
    importer.take_in(GIFT)
    tina = make.trainer("Tina")

    assert importer.versions() == [(PATH, 1, State.DRAFT)]
    assert importer.quiz() is None
    with importer.database.write_session() as writing:
        authoring.review_version(writing, PATH, 1, reviewer_id=tina.id, at=clock.at)
        authoring.publish(writing, importer.library, {PATH: 1}, by_id=tina.id, at=clock.at)
        writing.commit()
    quiz = importer.quiz()
    assert quiz is not None
    assert (quiz.title, quiz.imported and quiz.imported.file, len(quiz.items)) == ("bank", "bank.gift", 2)


def test_the_same_file_twice_makes_no_doubles(importer: Importer) -> None:
    importer.take_in(GIFT)

    again = importer.take_in(GIFT)
    under_another_name = importer.take_in(GIFT, "bank (1).gift")

    for plan in (again, under_another_name):
        assert (plan.imported, len(plan.unchanged), plan.left_out) == (0, 2, 2)
        assert plan.counts()["skipped"] == 4
    assert importer.versions() == [(PATH, 1, State.DRAFT)]


def test_a_file_that_changed_becomes_the_next_draft_of_the_same_quiz(importer: Importer) -> None:
    importer.take_in(GIFT, in_force=True)
    before = importer.quiz()

    plan = importer.take_in(GIFT.replace(b"Edo", b"Yedo") + b"\n::Third::When?{#3}\n", in_force=True)

    after = importer.quiz()
    assert before is not None
    assert after is not None
    assert (plan.imported, len(plan.unchanged)) == (2, 1)
    assert [item.id for item in after.items][:2] == [item.id for item in before.items]
    assert len(after.items) == 3
    assert importer.versions() == [(PATH, 1, State.PUBLISHED), (PATH, 2, State.PUBLISHED)]


def test_what_was_edited_here_stays_while_the_file_is_the_same_and_is_told_when_it_is_not(
    importer: Importer, make: Make, clock: Clock
) -> None:
    importer.take_in(GIFT)
    tina = make.trainer("Tina")
    with importer.database.write_session() as session:
        document = authoring.load_document(session, importer.library, PATH)
        assert document is not None
        assert document.text is not None
        edited = document.text.replace("Where?", "Where to?")
        authoring.save_document(
            session, importer.library, PATH, edited, base=1, author_id=tina.id, note="Clearer", at=clock.at
        )
        session.commit()

    same, changed = importer.plan(GIFT), importer.plan(GIFT + b"\nMore{T}\n")

    assert (same.imported, same.documents) == (0, ())
    assert any("was edited here" in problem.reason for problem in changed.problems)
    assert changed.documents[0].base == 2


def test_with_other_competencies_the_same_file_is_the_next_draft(importer: Importer) -> None:
    importer.take_in(GIFT)

    plan = importer.take_in(GIFT, wanted=Wanted("japan", competencies=("building-trust",)), in_force=True)

    quiz = importer.quiz()
    assert plan.imported == 2
    assert quiz is not None
    assert quiz.competencies == ("building-trust",)


def test_a_draft_that_waits_is_published_when_the_file_comes_again_to_be_published(importer: Importer) -> None:
    importer.take_in(GIFT)

    importer.take_in(GIFT, in_force=True)

    assert importer.versions() == [(PATH, 1, State.PUBLISHED)]
    assert importer.quiz() is not None


def test_a_file_can_become_a_quiz_for_each_category(importer: Importer) -> None:
    data = b"$CATEGORY: A/B\n\nOne{T}\n\nTwo{F}\n\n$CATEGORY: C\n\nThree{T}\n"

    plan = importer.take_in(data, wanted=Wanted("japan", title="Bank", by_category=True), in_force=True)

    assert [(document.title, document.count) for document in plan.documents] == [("Bank: A / B", 2), ("Bank: C", 1)]
    assert importer.plan(data, wanted=Wanted("japan", title="Bank", by_category=True)).imported == 0


def test_a_large_file_becomes_several_quizzes(importer: Importer) -> None:
    data = "".join(f"Question {number}?{{T}}\n\n" for number in range(450)).encode()

    plan = importer.plan(data)

    assert [document.count for document in plan.documents] == [200, 200, 50]
    assert plan.documents[2].title == "bank: part 3 of 3"


def test_the_quizzes_of_two_courses_have_nothing_to_do_with_each_other(importer: Importer) -> None:
    importer.take_in(GIFT, in_force=True)

    plan = importer.take_in(GIFT, wanted=Wanted("france"), in_force=True)

    assert plan.imported == 2
    assert importer.quiz("france-imported-bank") is not None


def test_a_quiz_that_was_written_here_is_never_written_over(importer: Importer, make: Make, clock: Clock) -> None:
    with importer.database.write_session() as session:
        authoring.save_document(
            session, importer.library, PATH, "id: japan-imported-bank\n", base=0, author_id=None, at=clock.at
        )
        session.commit()

    with pytest.raises(AuthoringError, match="was not imported"):
        importer.take_in(GIFT)


def test_when_somebody_saves_meanwhile_nothing_is_kept(importer: Importer, clock: Clock) -> None:
    plan = importer.plan(GIFT)
    importer.take_in(GIFT.replace(b"Tokyo", b"Kyoto"))

    with importer.database.write_session() as session, pytest.raises(AuthoringError, match="changed by someone else"):
        importing.carry_out(session, importer.library, plan, author_id=None, at=clock.at)

    assert importer.versions() == [(PATH, 1, State.DRAFT)]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("mars"), "There is no course mars"),
        (Wanted("japan", competencies=("flying",)), "There is no competency flying"),
        (Wanted("japan", lang="english"), "is no language tag"),
        (Wanted("japan", lang="JA"), "is no language tag"),
    ],
)
def test_what_is_not_there_is_refused_in_words(importer: Importer, wanted: Wanted, words: str) -> None:
    with pytest.raises(AuthoringError, match=words):
        importer.plan(GIFT, wanted=wanted)


@pytest.mark.parametrize("data", [b"", b"// nothing\n", b"\x00\x01\x02", b"plain words\n"])
def test_a_file_without_anything_to_read_is_refused(importer: Importer, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        importer.plan(data)


def test_a_format_that_is_not_there_is_refused(importer: Importer) -> None:
    with pytest.raises(UnreadableFile, match="There is no format"):
        importer.plan(GIFT, wanted=Wanted("japan", "word"))


# Phrases


def test_phrases_are_added_below_those_that_are_there(importer: Importer) -> None:
    shipped = importer.library.shipped("lessons/japan/phrases.yaml")

    plan = importer.take_in(CSV, "phrases.csv", in_force=True)
    again = importer.take_in(CSV, "phrases.csv", in_force=True)

    assert shipped is not None
    assert plan.documents[0].text.startswith(shipped)
    assert (plan.imported, again.imported, len(again.unchanged)) == (2, 0, 2)
    with importer.database.read_session() as session:
        phrases = importer.library.in_force(session).courses["japan"].phrases[-2:]
    assert [(phrase.text, phrase.function, phrase.note.plain) for phrase in phrases] == [
        ("よろしく。", "email_closing", "A *plain* note"),
        ("はい。", "other", "From the file phrases.csv."),
    ]


def test_a_phrase_of_the_course_is_not_added_again(importer: Importer, content: Content) -> None:
    phrase = content.courses["japan"].phrases[0]

    plan = importer.plan(f"text,lang,meaning\n{phrase.text},{phrase.lang},x\n".encode(), "p.csv")

    assert (plan.imported, plan.unchanged[0].reason) == (0, f"is here already ({phrase.id})")


def test_what_a_phrase_cannot_hold_is_told(importer: Importer) -> None:
    rows = "text,lang,meaning,function,channel,example,false_friends\n"
    rows += "a / b,ja,x,,,,\nc,ja,y,dancing,,,\nd,ja,z,phone,smoke,e.g.,wrong one\n"

    plan = importer.plan(rows.encode(), "p.csv")

    said = "\n".join(problem.reason for problem in plan.problems)
    assert plan.imported == 1
    for words in ("has a slash", "“dancing” is none of", "“smoke” was left out", "column example was left out"):
        assert words in said
    assert [form.text for form in plan.phrases[0].wrong] == ["wrong one"]


# Uploads


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


def keep(importer: Importer, owner: Somebody, data: bytes = GIFT) -> object:
    with importer.database.write_session() as session:
        upload_id = importing.keep_upload(
            session, owner.id, "C:\\bank.gift", data, Wanted("japan", competencies=("a",)), at=importer.clock.at
        )
        session.commit()
    return upload_id


def test_an_upload_is_its_owners_for_an_hour(importer: Importer, tina: Somebody, make: Make, clock: Clock) -> None:
    upload_id = keep(importer, tina)
    theo = make.trainer("Theo")

    with importer.database.read_session() as session:
        found = importing.load_upload(session, tina.id, upload_id, at=clock.at)  # type: ignore[arg-type]
        others = importing.load_upload(session, theo.id, upload_id, at=clock.at)  # type: ignore[arg-type]
        late = importing.load_upload(session, tina.id, upload_id, at=clock.at + timedelta(minutes=61))  # type: ignore[arg-type]

    assert found is not None
    assert (found.name, found.data, found.wanted) == ("bank.gift", GIFT, Wanted("japan", competencies=("a",)))
    assert (others, late) == (None, None)


def test_one_file_of_a_person_waits_and_old_ones_go(
    importer: Importer, tina: Somebody, make: Make, clock: Clock
) -> None:
    keep(importer, make.trainer("Theo"))
    keep(importer, tina)
    clock.turn(timedelta(minutes=61))
    last = keep(importer, tina, b"last")

    with importer.database.read_session() as session:
        assert [(row.id, row.data) for row in session.scalars(select(Upload))] == [(last, b"last")]


# The commands


@pytest.fixture
def run(app: Flask, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs import-quiz on a file with these bytes; its exit code, what it said, and what it complained of."""

    def command(data: bytes, *arguments: str, name: str = "bank.gift", course: str = "japan") -> tuple[int, str, str]:
        file = tmp_path / name
        file.write_bytes(data)
        with app.app_context():
            done = app.test_cli_runner(mix_stderr=False).invoke(
                args=["import-quiz", str(file), "--course", course, *arguments]
            )
        return done.exit_code, done.stdout, done.stderr

    return command


def test_the_command_tells_counts_and_problems_as_json(run: Callable[..., tuple[int, str, str]]) -> None:
    code, said, _ = run(GIFT, "--dry-run", "--json")

    told = json.loads(said)
    assert code == 0
    assert {name: told[name] for name in ("read", "imported", "skipped", "by_type")} == {
        "read": 4,
        "imported": 2,
        "skipped": 2,
        "by_type": {"choice": 1, "typed": 1, "essay": 1, "description": 1},
    }
    assert [(each["line"], each["entry"]) for each in told["problems"]] == [(6, 3), (8, 4)]
    assert all(each.keys() == {"line", "entry", "reason"} for each in told["problems"])


def test_a_dry_run_of_the_command_stores_nothing(run: Callable[..., tuple[int, str, str]], importer: Importer) -> None:
    run(GIFT, "--dry-run", "--publish")

    assert importer.versions() == []


def test_the_command_keeps_a_draft_or_publishes(run: Callable[..., tuple[int, str, str]], importer: Importer) -> None:
    drafted = run(GIFT)
    published = run(GIFT, "--title", "Names", "--publish")
    again = run(GIFT, "--title", "Names")

    assert "2 questions are a draft: “bank”" in drafted[1]
    assert "line 6: entry 3: left out: a free text" in drafted[2]
    assert "2 questions are published as “Names”" in published[1]
    assert "All 2 are here already, unchanged." in again[1]
    assert {state for _, _, state in importer.versions()} == {State.DRAFT, State.PUBLISHED}


def test_a_file_that_is_refused_ends_the_command_with_two(run: Callable[..., tuple[int, str, str]]) -> None:
    code, said, complained = run(b"nothing of the kind", "--json")

    assert code == 2
    assert json.loads(said)["problems"][0]["reason"] == complained.strip()
    assert run(GIFT, course="mars")[0] == 2


def test_before_the_tables_are_there_the_command_says_what_to_do(content: Content, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}"), content=content)
    (tmp_path / "bank.gift").write_bytes(GIFT)

    for arguments in (
        ["import-quiz", str(tmp_path / "bank.gift"), "--course", "japan"],
        ["export-quiz", "jp-first-meeting", "--format", "gift", "--out", str(tmp_path / "x")],
        ["export-deck", "japan", "--out", str(tmp_path / "x")],
    ):
        with app.app_context():
            done = app.test_cli_runner().invoke(args=arguments)
        assert done.exit_code == 1
        assert "Run: flask --app app migrate" in done.output


def test_a_bomb_is_refused_and_leaves_nothing(run: Callable[..., tuple[int, str, str]], importer: Importer) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'

    code, _, complained = run(bomb, name="bank.xml")

    assert code == 2
    assert "entit" in complained.lower()
    with pytest.raises(HostileFile):
        importer.plan(bomb)
    assert importer.versions() == []
