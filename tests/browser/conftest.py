"""A real browser, the real server, people who are signed in; and no test passes while the browser complains."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
    WebError,
    expect,
)

from tests.browser.server import ROLES, ROOT, Person, Server, seed_once
from tests.browser.world import World, make_world
from trainer.catalog import load_catalog
from trainer.domain.content import Content

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE = 20_000
"""Milliseconds that a condition may take to come true on a busy machine."""
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`));
"""
NOBODY: StorageState = {"cookies": [], "origins": []}
EXPECTED_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class OpenPage(Protocol):
    """Opens a new browser for somebody: a role of the demo, a person, or nobody."""

    def __call__(self, who: str | Person | None = None, *, server: Server | None = None, **options: Any) -> Page: ...


class Visit(Protocol):
    """Opens a page as in a new browser of somebody, for less: the browser context stays from test to test."""

    def __call__(self, who: str | Person | None = None) -> Page: ...


class NewPerson(Protocol):
    """Lets somebody new join, who has done nothing yet."""

    def __call__(self, server: Server | None = None, team: str | None = None) -> Person: ...


class Complaints:
    """What the browser complains about: its console, errors of scripts, violations of the CSP."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        self.listen_to(context)

    def listen_to(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", self._hear_error)

    def leave(self, context: BrowserContext) -> None:
        """From now on what it complains about is for others."""
        context.remove_listener("console", self._hear)
        context.remove_listener("weberror", self._hear_error)

    def expect(self, pattern: str) -> None:
        """Let the test cause complaints that hold this."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [words for words in self.heard if not any(each.search(words) for each in self._expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or _is_told_status(message):
            return
        place = message.location
        self.heard.append(f"{message.type}: {message.text} ({place.get('url')}:{place.get('lineNumber')})")

    def _hear_error(self, error: WebError) -> None:
        self.heard.append(f"error in the page: {error.error.stack or error.error.message}")


def _is_told_status(message: ConsoleMessage) -> bool:
    """The browser's own line for a page that tells a problem; a missing file is never told so."""
    found = EXPECTED_STATUS.match(message.text)
    path = urlsplit(message.location.get("url", "")).path
    is_file = path.startswith("/assets/") or path.endswith((".mp3", ".ico"))
    return bool(found) and not is_file and found is not None and int(found[1]) in (403, 404, 405, 409, 410, 422, 429)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_args(playwright)}


def launch_args(playwright: Playwright) -> dict[str, Any]:
    """The browser of the machine, else the one that Playwright fetched."""
    own = playwright.chromium.executable_path
    found = next(filter(None, map(shutil.which, (*BROWSERS, own))), None)
    if found is None:
        pytest.fail("There is no browser on this machine: run python3 dev.py test, or apt-get install chromium.")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": found, "args": [*FLAGS, *sandbox]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each page is opened with the address of its server. The plugin's own fixture warns on this pytest."""


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The same for everyone: no motion, English, a fixed time zone."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"}


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def content() -> Content:
    """The real lessons and quizzes."""
    return load_catalog(ROOT)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """The demo database, made once for all test processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return seed_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base, content)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[Server]:
    """The server of this test process."""
    yield from _serving(Server(tmp_path_factory.mktemp("server") / "data", seeded))


@pytest.fixture(scope="session")
def changing_server(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[Server]:
    """Another one, on which tests change what the demo holds: each by words that no other uses."""
    yield from _serving(Server(tmp_path_factory.mktemp("changing_server") / "data", seeded))


@pytest.fixture
def own_server(tmp_path: Path, seeded: Path) -> Iterator[Server]:
    """A server that the test may kill and start again."""
    yield from _serving(Server(tmp_path / "data", seeded))


@pytest.fixture
def silent_server(tmp_path: Path, seeded: Path) -> Iterator[Server]:
    """A server on a machine without the packages of the voices for Japanese and for other languages."""
    shim = tmp_path / "shim"
    shim.mkdir()
    (shim / "sitecustomize.py").write_text(
        'import sys\nsys.modules["pyopenjtalk"] = sys.modules["espeakng_loader"] = None\n', encoding="utf-8"
    )
    yield from _serving(Server(tmp_path / "data", seeded, {"PYTHONPATH": str(shim)}))


def _serving(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def world(server: Server, content: Content) -> World:
    """What the pages need to be looked at."""
    return make_world(server, content)


@pytest.fixture(autouse=True)
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert not heard.unexpected(), "the browser complains:\n" + "\n".join(heard.unexpected())


@pytest.fixture
def open_page(
    complaints: Complaints,
    new_context: Callable[..., BrowserContext],
    playwright: Playwright,
    server: Server,
) -> OpenPage:
    shared = server

    def open_one(who: str | Person | None = None, *, server: Server | None = None, **options: Any) -> Page:
        at = server or shared
        person = ROLES[who] if isinstance(who, str) else who
        state = at.state_of(person, playwright) if person else None
        context = new_context(**{"base_url": at.url, "storage_state": state, "viewport": WIDE, **options})
        context.set_default_timeout(PATIENCE)
        complaints.watch(context)
        return context.new_page()

    return open_one


@pytest.fixture(scope="module")
def kept_contexts(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> Iterator[Callable[[Person | None], BrowserContext]]:
    """One for each person who visits, with axe in all its pages."""
    kept: dict[Person | None, BrowserContext] = {}

    def context_of(person: Person | None) -> BrowserContext:
        if person not in kept:
            kept[person] = browser.new_context(**{**browser_context_args, "base_url": server.url, "viewport": WIDE})
            kept[person].set_default_timeout(PATIENCE)
            kept[person].add_init_script(REPORT_VIOLATIONS)
            kept[person].add_init_script(AXE_SCRIPT)
        return kept[person]

    yield context_of
    for context in kept.values():
        context.close()


@pytest.fixture
def visit(
    complaints: Complaints,
    kept_contexts: Callable[[Person | None], BrowserContext],
    playwright: Playwright,
    server: Server,
) -> Iterator[Visit]:
    """Each visit has a new page, and the cookies and the storage of somebody who has just signed in."""
    pages: list[Page] = []

    def begin(who: str | Person | None = None) -> Page:
        person = ROLES[who] if isinstance(who, str) else who
        context = kept_contexts(person)
        context.set_storage_state(server.state_of(person, playwright) if person else NOBODY)
        complaints.listen_to(context)
        pages.append(context.new_page())
        return pages[-1]

    yield begin
    for page in pages:
        page.close()
        complaints.leave(page.context)


_numbers = count(1)


@pytest.fixture
def newcomer(server: Server) -> NewPerson:
    shared = server

    def join(server: Server | None = None, team: str | None = None) -> Person:
        number = next(_numbers)
        person = Person(f"Newcomer {number}", f"newcomer.{number}@halden.example")
        (server or shared).join(person, team)
        return person

    return join
