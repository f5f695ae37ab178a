"""What the commands work with."""

from flask import current_app

from trainer.parts import Services


def services_here() -> Services:
    """The parts of the application that the command runs in."""
    services: Services = current_app.extensions["entente"]
    return services
