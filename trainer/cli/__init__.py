"""The flask commands."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask

from trainer import accounts, calibration, demo, learning, reporting
from trainer.catalog import Problem, check_packs, count_catalog, inspect_catalog
from trainer.cli.answers import check_typed_answer
from trainer.cli.audio import render_audio
from trainer.cli.content import export_content, import_content
from trainer.cli.context import services_here
from trainer.cli.glossaries import export_glossary
from trainer.cli.importing import export_deck, export_quiz, import_quiz
from trainer.cli.mail import send_test_mail
from trainer.cli.readiness import export_readiness
from trainer.cli.speaking import evaluate_speech
from trainer.decks import remake_deck
from trainer.domain.mastery import MIN_HELD_ANSWERS, MIN_HELD_LEARNERS, Calibration
from trainer.domain.record import Advice
from trainer.migrations.schema import is_current, migrate
from trainer.parts import Services
from trainer.settings import Settings
from trainer.versions import load_history, load_model

CHECK_CONTENT = "check-content"
DEMO_PASSWORD_FILE = "demo_password"  # noqa: S105 - the name of a file


def init_cli(app: Flask, root: Path) -> None:
    for command in (
        migrate_database,
        seed_demo,
        create_admin,
        learn_model,
        calibrate_model,
        rebuild_mastery,
        take_snapshots,
        hand_in_due,
        check_typed_answer,
        export_content,
        export_glossary,
        import_content,
        render_audio,
        evaluate_speech,
        import_quiz,
        export_quiz,
        export_deck,
        export_readiness,
        send_test_mail,
    ):
        app.cli.add_command(command)

    @app.cli.command(CHECK_CONTENT)
    @click.option("--json", "as_json", is_flag=True, help="Print counts and problems as JSON.")
    def check_content(as_json: bool) -> None:
        """Check lessons and quizzes; list every mistake as path:line: message, then what a person should look at."""
        sys.exit(_check_content(root, as_json))


@click.command("migrate")
def migrate_database() -> None:
    """Bring the database to the newest tables."""
    migrate(services_here().database.writer)
    click.echo("The database is up to date.")


@click.command("seed-demo")
def seed_demo() -> None:
    """Fill an empty database with the demo company; prints how to sign in."""
    services = services_here()
    if not services.settings.is_demo:
        raise click.ClickException("Demo data belongs in demo mode only: set ENTENTE_MODE=demo.")
    with services.database.write_session() as session:
        if accounts.has_users(session):
            raise click.ClickException("This database has people already: the demo company needs an empty one.")
        password = services.settings.demo_password or demo.make_password()
        demo.seed(session, services.library.in_force(session), password, at=services.clock())
        session.commit()
    keep_demo_password(services.settings, password)
    click.echo(demo.sign_in_words(password))


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Invite an administrator; prints the one-time link."""
    services = services_here()
    with services.database.write_session() as session:
        person = accounts.NewPerson(email, name, is_admin=True)
        try:
            token = accounts.invite(session, person, at=services.clock())
        except accounts.AccountError as error:
            raise click.ClickException(str(error)) from error
        session.commit()
    click.echo(f"{services.settings.address}/invitations/{token}")


@click.command("rebuild-mastery")
def rebuild_mastery() -> None:
    """Make every learner's mastery and review cards again from the log of responses."""
    click.echo(f"Rebuilt {_rebuild_all(services_here())} learners.")


@click.command("learn-model")
def learn_model() -> None:
    """Let the model learn from the responses since the last time; run it once a day, before take-snapshots."""
    services = services_here()
    with services.database.write_connection() as connection:
        count = calibration.learn_from_log(connection, at=services.clock())
        connection.commit()
    click.echo(f"Learnt from {count} responses.")


@click.command("calibrate-model")
@click.option("--dry-run", is_flag=True, help="Say what a refit would gain, and change nothing.")
@click.option("--revert", is_flag=True, help="Go back to what was in force before the last calibration or correction.")
def calibrate_model(dry_run: bool, revert: bool) -> None:
    """Refit the model's constants on the company's own log; applied only when better on people held back.

    Where they stay and the forecasts for dates were off in two quarters, the correction that the record page shows is
    applied, when better on the last of them.
    """
    services = services_here()
    if revert:
        _apply(services, calibration.go_back)
        return
    with services.database.read_session() as session:
        found = calibration.calibrate(session)
        advice = reporting.correction_advice(
            session,
            services.library.in_force(session),
            load_model(session),
            reporting.load_everyone(session),
            at=services.clock(),
        )
    click.echo(_words_of(found))
    click.echo(_correction_words(advice, is_refitted=found.is_better))
    advised = advice.advised
    if dry_run:
        return
    if found.is_better:
        _apply(services, lambda store, at: calibration.apply(store, found, at=at))
    elif advised is not None:
        _apply(services, lambda store, at: calibration.correct(store, advised, at=at))


def _apply(services: Services, change: Callable[..., int]) -> None:
    """Put another version in force and make every learner's mastery again by it."""
    try:
        with services.database.write_connection() as connection:
            version = change(connection, at=services.clock())
            connection.commit()
    except calibration.CalibrationError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Version {version} is in force. Rebuilt {_rebuild_all(services)} learners.")
    click.echo("Servers that run look for it once a minute: if anyone has answered meanwhile, run rebuild-mastery.")


def _rebuild_all(services: Services) -> int:
    with services.database.read_session() as session:
        learners, history = reporting.all_learners(session), load_history(session)
    for learner in learners:
        with services.database.write_connection() as connection:
            learning.rebuild_mastery(connection, history, learner)
            remake_deck(connection, learner)
            connection.commit()
    return len(learners)


def _words_of(found: Calibration) -> str:
    lines = [
        f"Fitted on {found.answers} answers of {found.learners} people, judged on {found.held_answers} answers of "
        f"{found.held_learners} others.",
        f"Log loss an answer: {found.loss_before:.4f} before, {found.loss_after:.4f} after; gain {found.gain:.4f} "
        f"(95 % interval {found.gain_low:.4f} to {found.gain_high:.4f}).",
    ]
    if not found.is_enough:
        lines.append(
            f"Too little to judge by: it takes {MIN_HELD_ANSWERS} answers of {MIN_HELD_LEARNERS} people held back."
        )
    elif not found.is_better:
        lines.append("Not better beyond chance: nothing is changed.")
    return "\n".join(lines)


def _correction_words(advice: Advice, *, is_refitted: bool) -> str:
    fitted = advice.fitted
    if fitted is None:
        off = "off in two quarters, but no sound line corrects them" if advice.is_flagged else "not off in two quarters"
        return f"Forecasts for dates: {off}, so there is no correction to apply."
    line = f"intercept {fitted.correction.intercept:.2f}, slope {fitted.correction.slope:.2f}"
    losses = f"log loss {fitted.loss_before:.4f} before, {fitted.loss_after:.4f} after"
    words = f"Forecasts for dates: off in two quarters. Correction ({line}), on the last of them: {losses}."
    if not fitted.is_better:
        return f"{words} Not better: it is not applied."
    return f"{words} It waits, as new constants come first." if is_refitted else words


@click.command("take-snapshots")
def take_snapshots() -> None:
    """Keep today's readiness of every engagement ahead, for the trend; run it once a day."""
    services = services_here()
    with services.database.write_session() as session:
        content = services.library.in_force(session)
        kept = reporting.take_snapshots(session, content, load_model(session), at=services.clock())
        session.commit()
    click.echo(f"Kept {kept} snapshots.")


@click.command("hand-in-due")
def hand_in_due() -> None:
    """Hand in what was saved of assessments whose time is up; run it every few minutes."""
    services = services_here()
    click.echo(f"Handed in {_hand_in_due(services)} assessments.")


def _hand_in_due(services: Services) -> int:
    """Each in a transaction of its own. What is handed in by its learner meanwhile is left alone."""
    at, grace = services.clock(), timedelta(seconds=services.settings.grace_seconds)
    with services.database.read_session() as session:
        overdue, model = learning.overdue_assessments(session, grace, at=at), load_model(session)
    for learner_id, attempt_id in overdue:
        with services.database.write_connection() as connection:
            attempt = learning.load_attempt(connection, learner_id, attempt_id, for_update=True)
            taught = services.library.in_force(connection).quizzes
            quiz = attempt and services.kept_quizzes.quiz_of(connection, taught, attempt)
            if attempt and quiz:
                learning.hand_in(connection, model, learning.load_sitting(connection, attempt, quiz), at=at)
            connection.commit()
    return len(overdue)


def prepare_demo(services: Services) -> str | None:
    """Make the tables and, on an empty database, the demo company; how to sign in, None when its people are real."""
    if not is_current(services.database.reader):
        migrate(services.database.writer)
    settings = services.settings
    with services.database.write_session() as session:
        kept = settings.data_dir / DEMO_PASSWORD_FILE
        known = kept.read_text(encoding="utf-8") if kept.exists() else None
        password = settings.demo_password or known or demo.make_password()
        if not accounts.has_users(session):
            click.echo("Making the demo company: forty people, ninety days. This takes about half a minute.")
            demo.seed(session, services.library.in_force(session), password, at=services.clock())
        elif accounts.has_demo_users(session):
            demo.set_password(session, password)
        else:
            return None
        session.commit()
    keep_demo_password(settings, password)
    return demo.sign_in_words(password)


def keep_demo_password(settings: Settings, password: str) -> None:
    """Keep the password of the demo's sign-ins beside its database, to print it at each start."""
    path = settings.data_dir / DEMO_PASSWORD_FILE
    path.touch(mode=0o600)
    path.write_text(password, encoding="utf-8")


def _check_content(root: Path, as_json: bool) -> int:
    found = inspect_catalog(root)
    packs = check_packs(root, found.content)
    problems, reviews = (*found.problems, *packs.problems), (*found.reviews, *packs.reviews)
    if as_json:
        told = {
            "courses": count_catalog(found.content),
            "problems": _listed(problems),
            "review": _listed(reviews),
            "unchecked": list(packs.missing_tools),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell_checked(problems, reviews, packs.missing_tools)
    return 1 if problems else 0


def _tell_checked(problems: Sequence[Problem], reviews: Sequence[Problem], missing_tools: Sequence[str]) -> None:
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo("The content has no mistakes.")
    if missing_tools:
        click.echo(f"\nNot checked, for want of a package: {'; '.join(missing_tools)}.")
    if reviews:
        click.echo("\nFor review, as a person must judge it:")
    for review in reviews:
        click.echo(review)


def _listed(problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [{"path": each.path, "line": each.line, "message": each.message} for each in problems]
