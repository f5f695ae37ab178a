"""What the commands work with."""

import click
from flask import current_app

from trainer.migrations.schema import is_current
from trainer.parts import Services

MIGRATE_FIRST = "The database is not up to date. Run: flask --app app migrate"


def services_here() -> Services:
    """The parts of the application that the command runs in."""
    services: Services = current_app.extensions["entente"]
    return services


def require_tables() -> None:
    """End the command with what to do when the database has not the newest tables."""
    if not is_current(services_here().database.reader):
        raise click.ClickException(MIGRATE_FIRST)
