"""What the commands work with."""

import click
from flask import current_app

from trainer.migrations.schema import is_current, migrate
from trainer.parts import Services

MIGRATE_FIRST = "The database is not up to date. Run: flask --app app migrate"


def services_here() -> Services:
    """The parts of the application that the command runs in."""
    services: Services = current_app.extensions["entente"]
    return services


def require_tables() -> None:
    """Make the newest tables in demo mode, as serving does; else, where they are missing, say what to do and end."""
    services = services_here()
    if is_current(services.database.reader):
        return
    if not services.settings.is_demo:
        raise click.ClickException(MIGRATE_FIRST)
    migrate(services.database.writer)
