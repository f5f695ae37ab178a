"""The commands that take other programs' question banks in, and give ours out."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from trainer.authoring import AuthoringError, exporting, importing
from trainer.authoring.importing import Plan, Wanted
from trainer.cli.context import require_tables, services_here
from trainer.domain.content import Content
from trainer.interchange.readings import Problem, UnreadableFile, Written, counts_of
from trainer.interchange.sniffing import AUTO

REFUSED = 2
"""Exit code when the file as a whole is refused."""
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import-quiz")
@click.argument("file", type=FILE)
@click.option("--format", "form", default=AUTO, show_default=True, metavar="NAME",
              help="gift, moodle-xml, aiken, qti or csv (of phrases); auto finds it out.")  # fmt: skip
@click.option("--course", "course_id", required=True, metavar="ID", help="The course that it belongs to.")
@click.option("--title", default="", help="What the quiz is called; else as the file.")
@click.option("--competency", "competencies", multiple=True, metavar="ID",
              help="What its questions are evidence for; repeat it. Without any it is for practice only.")  # fmt: skip
@click.option("--lang", default="und", metavar="TAG", help="Language of the answers that are typed, as ja or pt-BR.")
@click.option("--by-category", is_flag=True, help="A quiz for each category of the file.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--publish", "in_force", is_flag=True, help="Put it in force at once, instead of keeping a draft.")
@click.option("--json", "as_json", is_flag=True, help="Print counts and problems as JSON.")
def import_quiz(
    file: Path,
    form: str,
    course_id: str,
    title: str,
    competencies: Sequence[str],
    lang: str,
    by_category: bool,
    dry_run: bool,
    in_force: bool,
    as_json: bool,
) -> None:
    """Take in the questions of FILE as a draft quiz, or the phrases of a CSV: all that fits, or nothing at all.

    The same file once more makes no doubles. Nothing is left out without a word: problems go to stderr with their line.
    The exit code is 2 when the file is refused as a whole, and 0 when anything in it could be read.
    """
    services = services_here()
    require_tables()
    wanted = Wanted(course_id, form, title.strip(), tuple(competencies), lang, by_category)
    with services.database.write_session() as session:
        try:
            plan = importing.plan_import(
                session, services.library, file.read_bytes(), file.name, wanted, at=services.clock()
            )
            if not dry_run:
                importing.carry_out(
                    session, services.library, plan, author_id=None, in_force=in_force, at=services.clock()
                )
                session.commit()
        except (UnreadableFile, AuthoringError) as error:
            _refuse(str(error), as_json=as_json)
    if as_json:
        click.echo(json.dumps(plan.counts(), ensure_ascii=False, indent=2))
    else:
        _tell(plan, dry_run=dry_run, in_force=in_force)


def _refuse(words: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(counts_of(0, 0, {}, [Problem(words)]), ensure_ascii=False, indent=2))
    click.echo(words, err=True)
    sys.exit(REFUSED)


def _tell(plan: Plan, *, dry_run: bool, in_force: bool) -> None:
    for problem in plan.problems:
        click.echo(problem_words(problem), err=True)
    by_type = ", ".join(f"{count} {name}" for name, count in plan.by_type.items())
    click.echo(f"Read {plan.read} entries{': ' + by_type if by_type else ''}.")
    done = "would become" if dry_run else "are published as" if in_force else "are a draft:"
    for document in plan.documents:
        click.echo(f"{document.count} {plan.what} {done} “{document.title}” ({document.path}).")
    if plan.documents and plan.unchanged:
        click.echo(f"{plan.imported} of them are new or changed.")
    if plan.unchanged:
        words = f"All {len(plan.unchanged)}" if not plan.imported else str(len(plan.unchanged))
        click.echo(f"{words} are here already, unchanged.")
    if plan.left_out:
        click.echo(f"{plan.left_out} left out, each with its reason above.")


def problem_words(problem: Problem) -> str:
    """A problem on one line: where it is, and what."""
    place = f"line {problem.line}: " if problem.line else ""
    entry = f"entry {problem.entry}: " if problem.entry else ""
    left_out = "left out: " if problem.skipped else ""
    return f"{place}{entry}{left_out}{problem.reason}"


@click.command("export-quiz")
@click.argument("quiz_id", metavar="QUIZ")
@click.option("--format", "form", type=click.Choice(list(exporting.KINDS)), required=True)
@click.option("--out", type=OUT, required=True, help="The file to write.")
def export_quiz(quiz_id: str, form: str, out: Path) -> None:
    """Write a quiz for other programs; what the format cannot hold is told on stderr."""
    content = _content()
    quiz = content.quizzes.get(quiz_id)
    if quiz is None:
        raise click.ClickException(f"There is no quiz {quiz_id}. There are: {', '.join(sorted(content.quizzes))}.")
    written = exporting.export_quiz(content, quiz, form)
    left_out = sum(problem.skipped for problem in written.problems)
    _write(written, out, f"{len(quiz.items) - left_out} of {len(quiz.items)} questions")


@click.command("export-deck")
@click.argument("course_id", metavar="COURSE")
@click.option("--out", type=OUT, required=True, help="The file to write, such as japan.apkg.")
@click.option("--questions", is_flag=True, help="A deck of the questions instead of the phrases.")
def export_deck(course_id: str, out: Path, questions: bool) -> None:
    """Write the phrases of a course as a deck for Anki with their sound, made where it is not there yet."""
    services, content = services_here(), _content()
    course = content.courses.get(course_id)
    if course is None:
        raise click.ClickException(f"There is no course {course_id}. There are: {', '.join(content.courses)}.")
    at = services.clock()
    if questions:
        written = exporting.export_questions(course, at=at)
        count = sum(len(quiz.items) for quiz in course.quizzes)
        words = f"{count - sum(problem.skipped for problem in written.problems)} of {count} questions"
    else:
        written = exporting.export_phrases(course, exporting.new_voice(services.speech), at=at)
        count = len(course.phrases)
        words = f"{count} phrases, {count - len(written.problems)} of them with sound"
    _write(written, out, words)


def _content() -> Content:
    require_tables()
    services = services_here()
    with services.database.read_session() as session:
        return services.library.in_force(session)


def _write(written: Written, out: Path, words: str) -> None:
    for problem in written.problems:
        click.echo(problem.reason, err=True)
    try:
        out.write_bytes(written.data)
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}. Choose another file.") from error
    click.echo(f"Wrote {words} to {out}.")
