"""The flask commands: what they do, and what they say."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import soundfile
from flask import Flask
from sqlalchemy.orm import Session

from app import ROOT, create_app, serve
from tests.browsing import Browser
from tests.builders import NOW
from tests.catalog.sample import write_sample
from tests.company import PASSWORD, Clock, Make, Somebody
from tests.conftest import services_of, settings_for
from trainer import accounts, reporting
from trainer.database import Database
from trainer.domain.content import Content
from trainer.interchange.glossaries import read_terms
from trainer.migrations.schema import is_current
from trainer.models import new_id
from trainer.settings import Encryption, Mode, SmtpServer
from trainer.speech.sound import decode_mp3, resample


@pytest.fixture
def run(app: Flask) -> Callable[..., tuple[int, str]]:
    """Runs a command; its exit code and what it said."""

    def command(*arguments: str) -> tuple[int, str]:
        with app.app_context():
            done = app.test_cli_runner().invoke(args=list(arguments))
        return done.exit_code, done.output

    return command


def test_the_first_administrator_gets_a_link_and_joins(
    run: Callable[..., tuple[int, str]], client: Browser, session: Session
) -> None:
    code, said = run("create-admin", "Ada@Example.org", "Ada")
    path = re.sub(r"^http://[^/]+", "", said.strip())
    client.submit(path, {"name": "Ada", "password": PASSWORD, "again": PASSWORD})

    assert code == 0
    assert client.sign_in(Somebody(new_id(), "Ada", "ada@example.org")).status_code == 303
    assert client.get("/people").status_code == 200
    assert [person.is_admin for person in accounts.list_people(session)] == [True]


def test_who_is_here_is_not_made_an_administrator(run: Callable[..., tuple[int, str]], make: Make) -> None:
    lena = make.learner("Lena")

    code, said = run("create-admin", lena.email, "Lena")

    assert code == 1
    assert "Lena <person1@example.org> is here already" in said


def test_the_link_of_an_administrator_has_the_public_address(build_app: Callable[..., Flask]) -> None:
    app = build_app(public_url="https://entente.example.com")

    with app.app_context():
        said = app.test_cli_runner().invoke(args=["create-admin", "ada@example.org", "Ada"]).output

    assert said.startswith("https://entente.example.com/invitations/")


def test_snapshots_are_kept_once_a_day(
    run: Callable[..., tuple[int, str]], make: Make, session: Session, clock: Clock
) -> None:
    engagement_id = make.engagement(make.team())

    said = [run("take-snapshots"), run("take-snapshots")]
    clock.turn(timedelta(days=1))
    said.append(run("take-snapshots"))

    assert said == [(0, "Kept 1 snapshots.\n")] * 3
    assert len(reporting.snapshots_of(session, [engagement_id])[engagement_id]) == 2


def test_the_mastery_of_all_is_rebuilt(run: Callable[..., tuple[int, str]], make: Make) -> None:
    make.answers(make.learner())
    make.learner()

    assert run("rebuild-mastery") == (0, "Rebuilt 2 learners.\n")


def test_a_new_database_is_migrated(content: Content, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    app = create_app(settings_for(tmp_path, url), content=content, clock=lambda: NOW)

    with app.app_context():
        said = app.test_cli_runner().invoke(args=["migrate"]).output

    database = Database(url)
    assert said == "The database is up to date.\n"
    assert is_current(database.reader)
    for each in (database, app.extensions["entente"].database):
        each.dispose()


def test_the_shipped_content_is_counted_and_has_no_mistakes(run: Callable[..., tuple[int, str]]) -> None:
    """At least what the first release promises."""
    code, said = run("check-content", "--json")

    found = json.loads(said)
    assert (code, found["problems"]) == (0, [])
    assert found["unchecked"] == []
    assert {"path", "line", "message"} == set(found["review"][0])
    for course in ("china", "france", "india", "japan", "south-korea", "vietnam"):
        counts = found["courses"][course]
        assert counts["lessons"] >= 16
        assert counts["phrases"] >= 40
        assert counts["functions"] >= 12
    assert found["courses"]["partnering"]["lessons"] >= 12
    for counts in found["courses"].values():
        assert counts["quizzes"] >= 3
        assert counts["items"] >= 8
        assert counts["branching"] >= 1


def test_the_shipped_content_is_said_to_be_right(run: Callable[..., tuple[int, str]]) -> None:
    code, said = run("check-content")

    first, gap, heading, *reviews = said.splitlines()
    assert (code, first, gap) == (0, "The content has no mistakes.", "")
    assert heading == "For review, as a person must judge it:"
    assert all(review.startswith(("quizzes/", "lessons/japan/")) for review in reviews)


def test_production_does_not_serve_a_database_that_is_not_migrated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {
        "ENTENTE_SECRET_KEY": "k3y-of-thirty-two-characters-or-more",
        "ENTENTE_PUBLIC_URL": "https://entente.example.com",
        "ENTENTE_DATA_DIR": str(tmp_path / "data"),
    }

    assert serve(env) == 1
    assert "Run: flask --app app migrate" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    assert serve({"ENTENTE_MODE": "demo", "ENTENTE_DATA_DIR": str(tmp_path / "file" / "data")}) == 1
    assert "Set ENTENTE_DATA_DIR to a folder that can be written." in capsys.readouterr().err


CHECK = ("check-answer", "--lang", "ja", "--expected", "はじめまして。", "--expected", "初めまして")


def test_an_answer_is_judged_as_the_quizzes_do(run: Callable[..., tuple[int, str]]) -> None:
    code, said = run(*CHECK, "--given", "初めまして！", "--json")

    assert code == 0
    assert json.loads(said) == {
        "verdict": "punctuation",
        "accepted": True,
        "diff": [
            {"change": "kept", "given": "初めまして", "expected": "初めまして"},
            {"change": "extra", "given": "！", "expected": ""},
        ],
        "answer": "初めまして",
        "rules_version": 1,
    }


def test_the_difference_is_printed_with_marks(run: Callable[..., tuple[int, str]]) -> None:
    arguments = ("check-answer", "--lang", "fr", "--expected", "la réunion", "--given", "la reuniion")

    assert run(*arguments) == (0, "typo: accepted\nla r[-e-]{+é+}un[-i-]ion\n")
    assert run(*arguments, "--mode", "assessment") == (0, "wrong: not accepted\nla r[-e-]{+é+}un[-i-]ion\n")
    assert run(*arguments, "--lexicon", "reuniion")[1].startswith("wrong: not accepted")


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (("--lang", "en", "--expected", "the offer", "--given", "offer", "--article-optional"), "article"),
        (("--lang", "en", "--expected", "March", "--given", "march"), "case"),
        (("--lang", "en", "--expected", "March", "--given", "march", "--case-sensitive"), "wrong"),
        (("--lang", "ja", "--expected", "はい", "--given", "ハイ"), "variant"),
        (("--lang", "ja", "--expected", "はい", "--given", "ハイ", "--kana-matters"), "wrong"),
        (("--lang", "fr", "--expected", "bibliothèque", "--given", "librairie", "--rejected", "librairie"), "rejected"),
        (("--lang", "en", "--expected", "-5", "--given", "-5"), "exact"),
        (("--lang", "en", "--expected", "yes", "--given", ""), "no answer"),
        (("--lang", "en", "--expected", "yes", "--given", "\udcff"), "wrong"),
    ],
)
def test_what_an_author_chooses_can_be_tried(
    run: Callable[..., tuple[int, str]], arguments: tuple[str, ...], verdict: str
) -> None:
    code, said = run("check-answer", *arguments, "--json")

    assert (code, json.loads(said)["verdict"]) == (0, verdict)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--lang", "ja", "--given", "a"), "Missing option '--expected'"),
        (("--lang", "ja", "--expected", "a"), "Missing option '--given'"),
        (("--expected", "a", "--given", "a"), "Missing option '--lang'"),
        (("--lang", "klingon", "--expected", "a", "--given", "a"), "'klingon' is no language tag, such as ja or pt-BR"),
        (("--lang", "ja", "--expected", " ", "--given", "a"), "' ' is no answer: nothing in it can be seen"),
        (("--lang", "ja", "--expected", "a", "--given", "a", "--mode", "exam"), "'exam' is not one of"),
    ],
)
def test_a_wrong_use_of_the_check_says_what_is_wrong(
    run: Callable[..., tuple[int, str]], arguments: tuple[str, ...], words: str
) -> None:
    code, said = run("check-answer", *arguments)

    assert code == 2
    assert words in said


# Content as files


def test_content_goes_out_as_files_and_comes_back_the_same(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    code, said = run("export-content", str(first))
    assert (code, said) == (0, f"Wrote {len(files_in(first))} files to {first}.\n")
    shipped = [path for top in ("lessons", "quizzes") for path in (ROOT / top).rglob("*")]
    assert set(files_in(first)) == {
        path.relative_to(ROOT).as_posix() for path in shipped if path.suffix in (".yaml", ".md")
    }
    course = first / "lessons/japan/course.yaml"
    course.write_text(
        course.read_text(encoding="utf-8").replace("title: Japan\n", "title: Our Japan # 日本\n"), "utf-8"
    )

    tried = run("import-content", str(first), "--dry-run")
    done = run("import-content", str(first), "--json")
    run("export-content", str(second))

    assert tried[0] == 0
    assert tried[1].startswith("lessons/japan/course.yaml: changed\n1 file would be taken over, ")
    told = json.loads(done[1])
    assert (told["changed"], told["added"], told["removed"], told["problems"]) == (
        ["lessons/japan/course.yaml"],
        [],
        [],
        [],
    )
    assert files_in(second) == files_in(first)
    assert run("import-content", str(first))[1] == f"All {len(files_in(first))} files are in force already.\n"


def test_content_with_mistakes_is_not_taken_over(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    run("export-content", str(tmp_path), "--course", "japan")
    assert {path.split("/")[1] for path in files_in(tmp_path)} == {"japan"}
    course = tmp_path / "lessons/japan/course.yaml"
    course.write_text(course.read_text(encoding="utf-8").replace("language: ja\n", "language: jp\n"), "utf-8")

    code, said = run("import-content", str(tmp_path))

    assert code == 1
    assert said.startswith("lessons/japan/course.yaml:3: ")
    assert said.endswith("Nothing was taken over: mend these mistakes first.\n")


@pytest.mark.parametrize("command", ["export-content", "import-content"])
def test_content_commands_say_when_the_tables_are_missing(content: Content, tmp_path: Path, command: str) -> None:
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'empty.sqlite3'}"), content=content)

    with app.app_context():
        done = app.test_cli_runner().invoke(args=[command, str(tmp_path)])

    assert done.exit_code == 1
    assert "Run: flask --app app migrate" in done.output


def test_in_demo_mode_content_commands_make_the_tables_themselves(content: Content, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    app = create_app(settings_for(tmp_path, url, mode=Mode.DEMO), content=content)

    with app.app_context():
        done = app.test_cli_runner().invoke(args=["export-content", str(tmp_path / "out")])

    assert done.exit_code == 0
    assert is_current(services_of(app).database.reader)


def test_a_folder_without_content_and_a_course_that_is_not_there_are_told(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert "has no content" in run("import-content", str(tmp_path))[1]
    assert "There is no course mars." in run("export-content", str(tmp_path), "--course", "mars")[1]


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_glossary_is_written_as_a_table(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"

    assert run("export-glossary", "technical-support", "--out", str(table)) == (0, f"Wrote 40 terms to {table}.\n")
    assert len(read_terms(table.read_bytes()).rows) == 120
    assert run("export-glossary", "nothing", "--out", str(table)) == (1, "Error: There is no glossary nothing.\n")
    assert "Choose another file." in run("export-glossary", "technical-support", "--out", str(tmp_path / "no" / "x"))[1]


# What learners hear, rendered ahead of time


@pytest.fixture
def render(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., tuple[int, str]]]:
    """Runs the command on a small course of its own, whose files may be written; its exit code and what it said."""
    write_sample(tmp_path / "content")
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'own.sqlite3'}")
    app = create_app(settings, content_root=tmp_path / "content", clock=clock)

    def command(*arguments: str) -> tuple[int, str]:
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["render-audio", *arguments])
        return done.exit_code, done.output

    yield command
    services_of(app).database.dispose()


def test_what_is_shipped_is_all_rendered(run: Callable[..., tuple[int, str]], content: Content) -> None:
    code, said = run("render-audio", "--missing", "--dry-run", "--json")

    told = json.loads(said)
    assert code == 0
    assert (told["phrases"], told["rendered"], told["missing"]) == (
        len(content.phrases) + len(content.dialogue_lines),
        0,
        0,
    )
    assert told["bytes"] > 1_000_000


def test_every_phrase_is_rendered_once_at_both_speeds(render: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    planned = render("--dry-run")
    first = render("--json")
    again = render("--json")

    counts = json.loads(first[1].splitlines()[-1])
    files = list((tmp_path / "content" / "lessons").glob("*/audio/*.mp3"))
    assert (planned[0], first[0], again[0]) == (0, 0, 0)
    assert f"{2 * counts['phrases']} files would be rendered" in planned[1]
    assert counts["rendered"] == 2 * counts["phrases"] == len(files) > 0
    assert counts["missing"] == 0
    assert counts["bytes"] == sum(path.stat().st_size for path in files)
    assert json.loads(again[1].splitlines()[-1]) == {**counts, "rendered": 0}


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--course", "atlantis", "'atlantis' speaks no phrase"), ("--engine", "siri", "'siri' is no engine here")],
)
def test_rendering_names_what_it_does_not_know(
    render: Callable[..., tuple[int, str]], option: str, value: str, words: str
) -> None:
    code, said = render(option, value)

    assert code == 2
    assert words in said


def test_google_renders_nothing_unless_settings_let_it_speak(render: Callable[..., tuple[int, str]]) -> None:
    code, said = render("--engine", "gtts")

    assert code == 2
    assert "'gtts' is no engine here" in said


# How well takes are told apart


def test_recordings_are_evaluated(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """By the model voice as its own learner: what counts here is what is printed."""
    lines = ("fr-greeting-introduction-01", "fr-phone-01")
    rows = ["recording,line,said,lang,reference,engine"]
    for line in lines:
        voice = decode_mp3((ROOT / "lessons" / "france" / "audio" / f"{line}.normal.mp3").read_bytes())
        soundfile.write(tmp_path / f"{line}.wav", resample(voice, 16000).samples, 16000, "PCM_16")
        rows.append(f"{line}.wav,{line},{line},fr,,")
    (tmp_path / "labels.csv").write_text("\n".join(rows), encoding="utf-8")

    code, said = run("evaluate-speech", str(tmp_path), "--without-model")
    told = run("evaluate-speech", str(tmp_path), "--without-model", "--json")[1]

    assert code == 0
    assert "Heard by mel cepstra only." in said
    assert "fr, natural voice (kokoro)" in said
    (group,) = json.loads(told[told.index("{") :])["groups"]
    assert group["spreads"]["same"]["count"] == 2
    assert group["spreads"]["same"]["recognised"] == 1


def test_a_folder_that_cannot_be_evaluated_is_told(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    code, said = run("evaluate-speech", str(tmp_path))

    assert code == 1
    assert "labels.csv:1: this file cannot be read" in said


def test_the_report_of_the_next_engagement_is_written_in_every_format(
    run: Callable[..., tuple[int, str]], make: Make, tmp_path: Path
) -> None:
    team = make.team()
    lena = make.learner("Lena Hofmann", team)
    make.engagement(team, in_days=40)
    make.engagement(team, [[lena]], in_days=8)

    code, said = run("export-readiness", "--engagement", "next", "--out", str(tmp_path / "report"))

    name = "2026-12-11-kobe-seiki-readiness"
    assert code == 0
    assert "Not ready: " in said
    assert {path.name for path in (tmp_path / "report").iterdir()} >= {f"{name}.pdf", f"{name}.xlsx", f"{name}.csv"}
    assert (tmp_path / "report" / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
    assert "Lena" in (tmp_path / "report" / f"{name}.csv").read_text(encoding="utf-8-sig")


def test_the_report_without_names_names_nobody(run: Callable[..., tuple[int, str]], make: Make, tmp_path: Path) -> None:
    team = make.team()
    engagement = make.engagement(team, [[make.learner("Lena Hofmann", team)]])

    code, _ = run("export-readiness", "--engagement", str(engagement), "--out", str(tmp_path), "--without-names")

    assert code == 0
    (table,) = tmp_path.glob("*.csv")
    assert "Lena" not in table.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("next", "There is no engagement ahead."),
        ("Kobe", "'Kobe' is no id."),
        ("0190163d-8694-739b-aea5-966c26f8ad91", "There is no engagement 0190163d"),
    ],
)
def test_a_report_of_nothing_says_what_to_give(
    run: Callable[..., tuple[int, str]], tmp_path: Path, wanted: str, words: str
) -> None:
    code, said = run("export-readiness", "--engagement", wanted, "--out", str(tmp_path))

    assert code == 1
    assert words in said


def test_a_report_is_not_written_where_a_file_is(
    run: Callable[..., tuple[int, str]], make: Make, tmp_path: Path
) -> None:
    make.engagement(make.team())
    (tmp_path / "taken").touch()

    code, said = run("export-readiness", "--engagement", "next", "--out", str(tmp_path / "taken" / "here"))

    assert code == 1
    assert "Choose another folder." in said


def test_a_test_mail_says_where_it_went(run: Callable[..., tuple[int, str]], app: Flask) -> None:
    code, said = run("send-test-mail", "ada@example.org")

    folder = services_of(app).settings.data_dir / "mail"
    assert (code, said) == (
        0,
        f"The mail to ada@example.org was written to {folder / '2026-12-03-trial.eml'}.\n",
    )
    assert b"To: ada@example.org\r\n" in (folder / "2026-12-03-trial.eml").read_bytes()


def test_a_test_mail_says_why_it_was_not_sent(
    build_app: Callable[..., Flask],
) -> None:
    away = SmtpServer("127.0.0.1", 1, Encryption.NEVER)
    app = build_app(smtp=away, mail_from="entente@example.com")
    with app.app_context():
        runner = app.test_cli_runner()
        told = [runner.invoke(args=["send-test-mail", to]) for to in ("ada@example.org", "ada")]

    assert [each.exit_code for each in told] == [1, 1]
    assert "Not sent:" in told[0].output
    assert "refused" in told[0].output
    assert "Not sent: 'ada' is no address that mail can be sent to." in told[1].output
