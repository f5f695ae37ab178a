"""Puts the application together; `python app.py` serves it."""

import gc

if __name__ == "__main__":
    gc.disable()  # what a start makes is there to stay: `listen` sets it aside, and the collector begins

import multiprocessing
import os
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from trainer import accounts, cli, jobs, parts
from trainer.catalog import BrokenContent
from trainer.database import Database
from trainer.domain.content import Content
from trainer.kept_quizzes import KeptQuizzes
from trainer.library import Library
from trainer.mail import Mail
from trainer.migrations.schema import is_current
from trainer.pace import Paces
from trainer.parts import Services
from trainer.recordings import Recordings
from trainer.settings import Jobs, Mode, SettingError, Settings, read_settings
from trainer.speech import Speech
from trainer.speech.hearing import Listener
from trainer.takes import TakeFiles
from trainer.versions import Models
from trainer.voices import Voices
from trainer.web import init_web, utc_now
from trainer.web.application import Application
from trainer.web.blueprints import BLUEPRINTS
from trainer.web.form_words import init_form_words
from trainer.web.security import init_security
from trainer.web.study_words import init_study_words
from trainer.web.throttle import init_throttle
from trainer.web.wording import init_wording

ROOT = Path(__file__).resolve().parent
MakeJobs = Callable[[Settings, Callable[[], Services]], parts.Jobs]
"""Makes the queue, with a way to the services that jobs are done with."""
PATIENCE = 10
"""Seconds that a worker may still take for its requests when the server is to end."""


def create_app(
    settings: Settings | None = None,
    *,
    content_root: Path = ROOT,
    content: Content | None = None,
    clock: Callable[[], datetime] = utc_now,
    make_jobs: MakeJobs = jobs.Queue,
) -> Flask:
    """The application, by default with the settings of the environment and the content below `content_root`.

    Raises `SettingError` for a wrong setting and `BrokenContent` when the content has any mistake; a flask command
    ends with their words. `flask check-content` gets an application with commands only: it must run where nothing
    is set, and on broken content.
    """
    app = Application("entente", template_folder=str(ROOT / "templates"))
    cli.init_cli(app, content_root)
    if settings is None and cli.CHECK_CONTENT in sys.argv:
        return app
    try:
        settings = with_secret_key(settings or read_settings(os.environ, ROOT))
        services = _put_together(settings, Library(content_root, content), clock, make_jobs)
    except (SettingError, BrokenContent) as error:
        if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
            sys.exit(str(error))
        raise
    _wire(app, services)
    return app


def _put_together(settings: Settings, library: Library, clock: Callable[[], datetime], make_jobs: MakeJobs) -> Services:
    speech = Speech(
        settings.data_dir / "audio",
        is_online=settings.is_speech_online,
        lessons=library.root / "lessons",
        chain=settings.voices,
        kokoro_voices=settings.kokoro_voices,
        max_bytes=settings.speech_cache_mb * 1_000_000,
    )
    recordings = Recordings(settings.data_dir / "recordings")
    services = Services(
        settings=settings,
        database=Database(settings.database_url),
        library=library,
        speech=speech,
        recordings=recordings,
        voices=Voices(speech, recordings),
        take_files=TakeFiles(settings.data_dir / "takes"),
        listener=Listener(settings.data_dir / "hearing"),
        models=Models(),
        paces=Paces(),
        kept_quizzes=KeptQuizzes(),
        mail=Mail(settings, ROOT / "templates" / "mail"),
        jobs=make_jobs(settings, lambda: services),
        clock=clock,
    )
    return services


def _wire(app: Flask, services: Services) -> None:
    app.cli.add_command(work_command(services))
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    init_security(app, services.settings)
    init_throttle(app, services.settings.limits_url)
    init_web(app, services)
    init_study_words(app)
    init_form_words(app)
    init_wording(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


def work_command(services: Services) -> click.Command:
    """`flask work`: the jobs in a process of their own, on this or another machine."""

    @click.command("work")
    @click.option("--once", is_flag=True, help="Do what waits now, and end.")
    def work(once: bool) -> None:
        """Do what would hold pages up, such as rendering phrases, until stopped (ENTENTE_JOBS, docs/jobs.md)."""
        queue = jobs.Queue(services.settings, lambda: services)
        if once:
            click.echo(f"Did {queue.work_off()} jobs.")
        else:
            queue.work()

    return work


def work_beside(is_wanted: Callable[[], bool], app: Flask | None) -> None:
    """Do the jobs as long as the server is there; without an application of its own, in one that is put together."""
    services: Services = (app or create_app()).extensions["entente"]
    jobs.Queue(services.settings, lambda: services).work(is_wanted)


def answer_beside(parent: int, app: Flask | None, _target: str) -> Flask:
    """The application in a worker that answers requests: one that leaves Ctrl-C to its parent, and ends with it."""
    jobs.leave_interrupts()
    jobs.end_with(parent)
    return app or create_app()


def with_secret_key(settings: Settings) -> Settings:
    """In demo mode a missing key is made once and kept in the data folder."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if settings.secret_key:
        return settings
    path = settings.data_dir / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return replace(settings, secret_key=path.read_text(encoding="utf-8"))


def check_start(settings: Settings) -> str | None:
    """Why the server must not start on this database, in words that say what to do; None when it may."""
    database = Database(settings.database_url)
    try:
        if not is_current(database.reader):
            return "The database is not up to date. Run: flask --app app migrate"
        with database.read_session() as session:
            if settings.mode is Mode.PRODUCTION and accounts.has_demo_users(session):
                return "This database holds demo accounts: production does not start on it. Use another database."
    finally:
        database.dispose()
    return None


def can_listen(settings: Settings) -> str | None:
    """Why the address cannot be listened on. The server itself would share a port in silence."""
    family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as error:
            return f"{settings.host}:{settings.port}: {error.strerror}. Choose another port with ENTENTE_PORT."
    return None


def serve(env: Mapping[str, str]) -> int:
    """Check the settings, the content and the database, then serve until stopped; an exit code."""
    try:
        settings = with_secret_key(read_settings(env, ROOT))
        app = create_app(settings)
    except (SettingError, BrokenContent) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"{error.filename}: {error.strerror}. Set ENTENTE_DATA_DIR to a folder that can be written.",
            file=sys.stderr,
        )
        return 1
    services: Services = app.extensions["entente"]
    words = cli.prepare_demo(services) if settings.is_demo else None
    services.database.dispose()
    refusal = check_start(settings) or can_listen(settings)
    if refusal is not None:
        print(refusal, file=sys.stderr)
        return 1
    print(*filter(None, [words, f"Entente serves http://{settings.host}:{settings.port}"]), sep="\n", flush=True)
    listen(settings, app)
    return 0


def listen(settings: Settings, app: Flask) -> None:
    """Serve the application from worker processes; where they are forks of this one, it is put together once.

    What is there now lives as long as the process: freezing it spares the collector a walk through all content.
    """
    gc.freeze()
    gc.enable()
    method = multiprocessing.get_start_method()
    shared = app if method == "fork" else None
    server = Server(
        "app:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        working_dir=ROOT,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    )
    worker: AbstractContextManager[None] = (
        jobs.Beside(method, work_beside, shared) if settings.jobs is Jobs.BESIDE else nullcontext()
    )
    with worker:
        server.serve(target_loader=partial(answer_beside, os.getpid(), shared))


if __name__ == "__main__":
    sys.exit(serve(os.environ))
