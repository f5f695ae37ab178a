"""The commands that take content out as files and bring it in."""

import json
from pathlib import Path

import click

from trainer import authoring
from trainer.authoring import Bringing
from trainer.cli.context import require_tables, services_here


@click.command("export-content")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--course", "course_id", help="Only the files of this course and its quizzes.")
def export_content(folder: Path, course_id: str | None) -> None:
    """Write all content in force into FOLDER, every character as it was written."""
    services = services_here()
    require_tables()
    with services.database.read_session() as session:
        if course_id is not None and course_id not in services.library.in_force(session).courses:
            raise click.ClickException(f"There is no course {course_id}.")
        files = authoring.files_in_force(session, services.library, course_id)
    try:
        strangers = authoring.write_files(folder, files)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Choose another folder.") from error
    click.echo(f"Wrote {len(files)} files to {folder}.")
    if strangers and course_id is None:
        click.echo("These were there already and are not in force: " + ", ".join(strangers), err=True)


@click.command("import-content")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--draft", "is_draft", is_flag=True, help="Keep as drafts, to be reviewed and published in the browser.")
@click.option("--whole", "is_whole", is_flag=True, help="Take away what is in force and not in FOLDER.")
@click.option("--json", "as_json", is_flag=True, help="Print what it does as JSON.")
def import_content(folder: Path, dry_run: bool, is_draft: bool, is_whole: bool, as_json: bool) -> None:
    """Take over the files of FOLDER that differ from what is in force: all of them, or none where there are mistakes.

    FOLDER is laid out as export-content writes it. Servers that run take it up with the next request.
    """
    services = services_here()
    require_tables()
    with services.database.write_session() as session:
        try:
            found = authoring.bring_in(
                session,
                services.library,
                authoring.read_files(folder),
                is_whole=is_whole,
                is_draft=is_draft,
                is_trial=dry_run,
                at=services.clock(),
            )
            session.commit()
        except authoring.AuthoringError as error:
            raise click.ClickException(str(error)) from error
    click.echo(_as_json(found) if as_json else _words(found, dry_run=dry_run, is_draft=is_draft))
    if found.problems:
        raise SystemExit(1)


def _as_json(found: Bringing) -> str:
    problems = [{"path": each.path, "line": each.line, "message": each.message} for each in found.problems]
    told = {
        "added": found.added,
        "changed": found.changed,
        "removed": found.removed,
        "same": found.same,
        "problems": problems,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _words(found: Bringing, *, dry_run: bool, is_draft: bool) -> str:
    lines = [
        f"{name}: {what}"
        for what, names in (("new", found.added), ("changed", found.changed), ("taken away", found.removed))
        for name in names
    ]
    count = len(lines)
    if found.problems:
        return "\n".join([*map(str, found.problems), "Nothing was taken over: mend these mistakes first."])
    if not count:
        return f"All {found.same} files are in force already."
    files = "1 file" if count == 1 else f"{count} files"
    done = "would be taken over" if dry_run else "kept as drafts" if is_draft else "published"
    return "\n".join([*lines, f"{files} {done}, {found.same} the same."])
