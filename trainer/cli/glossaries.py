"""The command that takes a glossary out as a table."""

from pathlib import Path

import click

from trainer.cli.context import require_tables, services_here
from trainer.interchange.glossaries import write_terms


@click.command("export-glossary")
@click.argument("glossary_id")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The CSV file to write.")
def export_glossary(glossary_id: str, out: Path) -> None:
    """Write the glossary GLOSSARY_ID as a CSV, which its page in the browser brings in again."""
    services = services_here()
    require_tables()
    with services.database.read_session() as session:
        glossary = services.library.in_force(session).glossaries.get(glossary_id)
    if glossary is None:
        raise click.ClickException(f"There is no glossary {glossary_id}.")
    written = write_terms(glossary)
    try:
        out.write_bytes(written.data)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Choose another file.") from error
    for problem in written.problems:
        click.echo(problem.reason, err=True)
    terms = "1 term" if len(glossary.terms) == 1 else f"{len(glossary.terms)} terms"
    click.echo(f"Wrote {terms} to {out}.")
