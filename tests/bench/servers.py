"""Starts a server as its own group of processes, tells what it costs, and signs people in to it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60
ENCODINGS = "zstd, br, gzip"


@dataclass(frozen=True)
class Running:
    """A server that answers; `processes` are all of its processes."""

    port: int
    processes: tuple[int, ...]

    def cpu_seconds(self) -> float:
        """User and system time used so far."""
        return sum(sum(map(int, _stat(process)[11:13])) for process in self.processes) / TICK

    def memory_mib(self) -> tuple[float, float]:
        """Resident memory: as each process counts its own, and with pages that processes share counted once."""
        rollups = [Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8") for process in self.processes]
        resident, shared_out = (
            sum(int(text.partition(f"\n{kind}:")[2].split()[0]) for text in rollups) / 1024 for kind in ("Rss", "Pss")
        )
        return resident, shared_out


@dataclass
class Browser:
    """A client that keeps cookies, for all that is not measured."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in")
        form = urlencode({"csrf_token": self.token, "email": email, "password": password})
        self._ask("POST", "/sign-in", 303, form)
        self.get("/account")

    def get(self, path: str) -> str:
        """A page; its token for forms is kept."""
        text = self._ask("GET", path, 200).decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return text

    def weigh(self, path: str) -> int:
        """Bytes of a file as a browser receives it."""
        return len(self._ask("GET", path, 200, encodings=ENCODINGS))

    def _ask(self, method: str, path: str, status: int, form: str | None = None, encodings: str = "identity") -> bytes:
        headers = {"Cookie": self.cookie, "Accept-Encoding": encodings}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, form, headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} was answered {answer.status}, not {status}: {body[:500]!r}")
        for header in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return body


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@contextmanager
def serving(arguments: Sequence[str], settings: Mapping[str, str], port: int) -> Iterator[Running]:
    """Run a program of this Python until the end of the block; it has a session of its own, to end all of it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    env |= {**settings, "ENTENTE_PORT": str(port), "ENTENTE_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    program = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(program, port)
        yield Running(port, tuple(_session_of(program.pid)))
    finally:
        program.terminate()
        with suppress(subprocess.TimeoutExpired):
            program.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _wait_for(program: subprocess.Popen[bytes], port: int) -> None:
    """Until a request is answered: the main process listens before its worker is ready."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if program.poll() is not None:
            raise RuntimeError(f"the server ended with {program.returncode}")
        connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer within {START_SECONDS} seconds")


def _session_of(leader: int) -> Iterator[int]:
    for path in Path("/proc").iterdir():
        if path.name.isdecimal() and _is_in_session(int(path.name), leader):
            yield int(path.name)


def _is_in_session(process: int, leader: int) -> bool:
    try:
        return int(_stat(process)[3]) == leader
    except OSError:
        return False


def _stat(process: int) -> list[str]:
    """Fields of /proc/PID/stat from the third on: the second, the name, may hold anything."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
