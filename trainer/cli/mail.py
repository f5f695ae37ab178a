"""The command that tries whether mail arrives."""

from smtplib import SMTPException

import click

from trainer.cli.context import services_here
from trainer.mail import Refused


@click.command("send-test-mail")
@click.argument("address")
def send_test_mail(address: str) -> None:
    """Send a mail to ADDRESS and say what became of it (ENTENTE_SMTP_URL, docs/mail.md)."""
    services = services_here()
    mail, at = services.mail, services.clock()
    letter = mail.write.trial(address, mail.usual, f"{at:%Y-%m-%d}")
    try:
        told = mail.send(letter, at=at)
    except Refused as error:
        raise click.ClickException(f"Not sent: {error}.") from error
    except (OSError, SMTPException) as error:
        raise click.ClickException(f"Not sent: {_words_of(error)}") from error
    click.echo(f"The mail to {address} was {told}.")


def _words_of(error: Exception) -> str:
    """What went wrong, with the kind of error where it says nothing else."""
    return f"{error}" or type(error).__name__
