"""The command that takes the readiness report out as files."""

from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Connection

from trainer import reporting
from trainer.cli.context import require_tables, services_here
from trainer.paper.formats import FORMATS
from trainer.reporting import EngagementHead

NEXT = "next"


@click.command("export-readiness")
@click.option(
    "--engagement", "wanted", required=True, help="The id of an engagement, or next: the one that is nearest."
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write the files to."
)
@click.option("--without-names", is_flag=True, help="Leave out who is in the team.")
def export_readiness(wanted: str, out: Path, without_names: bool) -> None:
    """Write the readiness report of an engagement as PDF, XLSX and CSV, and its time as an ICS calendar file."""
    services = services_here()
    require_tables()
    at = services.clock()
    with services.database.read_connection() as store:
        head = _find(store, wanted)
        content, model = services.library.in_force(store), services.models.current(store, at=at)
        paper = reporting.paper_of(store, content, model, head, with_names=not without_names, at=at)
        calendar = reporting.engagement_calendar(store, head.id)
    files = {reporting.paper_name(head, suffix): each.write(paper) for suffix, each in FORMATS.items()}
    if calendar is not None:
        files[reporting.paper_name(head, "ics")] = calendar
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Choose another folder.") from error
    click.echo(f"{head.partner}, {head.title}: {paper.state_words}.")
    for name in files:
        click.echo(out / name)


def _find(store: Connection, wanted: str) -> EngagementHead:
    if wanted == NEXT:
        head = reporting.next_engagement(store, at=services_here().clock())
        missing = "There is no engagement ahead. Plan one first, or give the id of one that is over."
    else:
        head = reporting.find_engagement(store, _id_of(wanted))
        missing = f"There is no engagement {wanted}. Its id stands in the address of its page."
    if head is None:
        raise click.ClickException(missing)
    return head


def _id_of(wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError as error:
        raise click.ClickException(f"{wanted!r} is no id. Give the one in the address of its page, or next.") from error
