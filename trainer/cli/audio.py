"""The command that renders ahead of time what learners hear."""

import json
import sys
from collections.abc import Mapping, Sequence

import click

from trainer.cli.context import services_here
from trainer.domain.content import Content
from trainer.migrations.schema import is_current
from trainer.parts import Services
from trainer.speech import Line, lines_of
from trainer.speech.rendering import Failure, Plan, Renderer, Tally

SHOWN_FAILURES = 20


@click.command("render-audio")
@click.option("--course", metavar="COURSE", help="Only this course, or glossaries for the terms.")
@click.option("--engine", metavar="ENGINE", help="Only this engine, whatever speaks better; see docs/audio.md.")
@click.option("--missing", "only_missing", is_flag=True, help="Only what has no file; leave all files as they are.")
@click.option("--prune", is_flag=True, help="Also delete the files of phrases that are gone.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print only the counts, as JSON.")
def render_audio(
    course: str | None, engine: str | None, only_missing: bool, prune: bool, dry_run: bool, as_json: bool
) -> None:
    """Render every phrase, normal and slow, into lessons/COURSE/audio with the best engine of its language.

    What is there and good is left alone, so that it can be interrupted and started again. Of the counts, phrases is
    how many there are; rendered and missing are files, of which a phrase has two; bytes is the size of all.
    """
    services = services_here()
    if engine is not None and engine not in services.speech.engines:
        known = ", ".join(sorted(services.speech.engines))
        raise click.BadParameter(f"{engine!r} is no engine here; there are {known}.", param_hint="--engine")
    lines = _chosen(lines_of(_content(services)), course)
    renderer = Renderer(services.library.root / "lessons", services.speech.engines)
    plan = renderer.plan(lines, engine=engine, only_missing=only_missing)
    gone = renderer.unspoken(lines)
    failures, rendered = list(plan.failures), 0
    if not dry_run:
        failures += _render(renderer, plan)
        rendered = len(plan.tasks) + len(plan.failures) - len(failures)
        if prune:
            renderer.remove_unspoken(lines)
    tally = renderer.tally(lines)
    if as_json:
        counts = {"phrases": tally.phrases, "rendered": rendered, "missing": tally.missing, "bytes": tally.bytes}
        click.echo(json.dumps(counts))
    else:
        would = f"{len(plan.tasks)} files would be rendered. " if dry_run else f"Rendered {rendered} files. "
        click.echo(would + _words(tally))
        if gone and not (prune and not dry_run):
            click.echo(f"{len(gone)} files are of phrases that are gone: delete them with --prune.")
    _tell(failures)
    if failures:
        sys.exit(1)


def _content(services: Services) -> Content:
    """What is in force; what is shipped where there is no database yet."""
    if not is_current(services.database.reader):
        return services.library.last_known()
    with services.database.read_session() as session:
        return services.library.in_force(session)


def _chosen(lines: Mapping[str, Sequence[Line]], course: str | None) -> Mapping[str, Sequence[Line]]:
    if course is None:
        return lines
    if course not in lines:
        raise click.BadParameter(f"{course!r} speaks no phrase; these do: {', '.join(lines)}.", param_hint="--course")
    return {course: lines[course]}


def _render(renderer: Renderer, plan: Plan) -> list[Failure]:
    """With a bar that shows how far it is, on standard error: what is printed may be read by a program."""
    made = renderer.render(plan.tasks)
    with click.progressbar(made, length=len(plan.tasks), label="Rendering", file=sys.stderr) as bar:
        return [each for each in bar if isinstance(each, Failure)]


def _words(tally: Tally) -> str:
    mean = tally.bytes / tally.files / 1000 if tally.files else 0
    return (
        f"{tally.phrases} phrases and lines have {tally.files} files of {tally.bytes / 1e6:.1f} MB together, "
        f"{mean:.1f} kB each; {tally.missing} are missing."
    )


def _tell(failures: Sequence[Failure]) -> None:
    for failure in failures[:SHOWN_FAILURES]:
        click.echo(f"{failure.line.id} ({failure.speed}): {failure.reason}", err=True)
    if len(failures) > SHOWN_FAILURES:
        click.echo(f"and {len(failures) - SHOWN_FAILURES} more", err=True)
