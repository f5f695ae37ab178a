"""Sends prepared requests over kept-alive connections, as lightly as Python can, and times the answers."""

import heapq
import selectors
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

CHUNK = 262_144
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


@dataclass(frozen=True)
class Load:
    """What to send to 127.0.0.1: a list of requests for each connection, one after the other.

    `is_cycle` begins each list again when it is through. With a `rate`, so many requests a second are due in all,
    whether the answers before them were slow or not; without, each follows the answer before it.
    """

    port: int
    requests: Sequence[Sequence[bytes]]
    status: int
    seconds: float
    is_cycle: bool = True
    rate: float | None = None


@dataclass(frozen=True)
class Measured:
    """`sent` counts the requests of each connection, `latencies` are seconds; all were answered as they should."""

    sent: Sequence[int]
    seconds: float
    body_bytes: int
    latencies: Sequence[float]


def request_bytes(port: int, path: str, cookie: str, form: bytes | None = None) -> bytes:
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "User-Agent: entente-bench",
        "Accept: text/html",
        "Accept-Encoding: identity",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (form or b"")


class WrongAnswer(Exception):
    """An answer without the status or the length that was expected."""


class _Connection:
    """One request at a time. `missing`: bytes of the body not here yet; None while the head is not complete."""

    def __init__(self, load: Load, number: int) -> None:
        self.requests = load.requests[number]
        self.status = str(load.status).encode()
        self.is_cycle = load.is_cycle
        self.sent = 0
        self.due = 0.0
        self.body_bytes = 0
        self.missing: int | None = None
        self.head = b""
        self.socket = socket.create_connection(("127.0.0.1", load.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def is_through(self) -> bool:
        return not self.is_cycle and self.sent == len(self.requests)

    def send(self) -> None:
        self.socket.sendall(self.requests[self.sent % len(self.requests)])
        self.sent += 1
        self.head = b""
        self.missing = None

    def receive(self) -> bool:
        """Take in what is there; whether the answer is complete."""
        data = self.socket.recv(CHUNK)
        if not data:
            raise WrongAnswer(f"the server hung up after {self.sent} requests, {self.head!r} came")
        if self.missing is None:
            self.head += data
            self._read_head()
        else:
            self.missing -= len(data)
        return self.missing == 0

    def _read_head(self) -> None:
        end = self.head.find(END_OF_HEAD)
        if end < 0:
            return
        found = self.head.lower().find(LENGTH, 0, end)
        if self.head[9:12] != self.status or found < 0:
            raise WrongAnswer(self.head[:2000].decode(errors="replace"))
        start = found + len(LENGTH)
        self.body_bytes = int(self.head[start : self.head.find(b"\r", start)])
        self.missing = self.body_bytes + end + len(END_OF_HEAD) - len(self.head)


class _Run:
    """`waiting` holds when idle connections are due, in seconds since the start, and their numbers."""

    def __init__(self, load: Load, connections: Sequence[_Connection]) -> None:
        self.load = load
        self.connections = connections
        gap = 1.0 / load.rate if load.rate else 0.0
        self.pause = gap * len(connections)
        self.start = perf_counter()
        self.waiting = [(gap * number, number) for number in range(len(connections))]
        self.busy = 0
        self.latencies: list[float] = []

    def run(self) -> None:
        with selectors.DefaultSelector() as selector:
            for number, connection in enumerate(self.connections):
                selector.register(connection.socket, selectors.EVENT_READ, number)
            while self.waiting or self.busy:
                pause = self._send_due()
                for key, _ in selector.select(pause):
                    if self.connections[key.data].receive():
                        self._go_on(key.data)

    def now(self) -> float:
        return perf_counter() - self.start

    def _send_due(self) -> float | None:
        """Send what is due by now; seconds until the next is, None when no connection is idle."""
        now = self.now()
        while self.waiting and self.waiting[0][0] <= now:
            self._send(heapq.heappop(self.waiting)[1], now)
        return self.waiting[0][0] - now if self.waiting else None

    def _send(self, number: int, due: float) -> None:
        self.connections[number].due = due
        self.connections[number].send()
        self.busy += 1

    def _go_on(self, number: int) -> None:
        """Note the answer; the next request waits until it is due, and is late from then on if the answer was."""
        connection = self.connections[number]
        now = self.now()
        self.latencies.append(now - connection.due)
        self.busy -= 1
        due = connection.due + self.pause if self.pause else now
        if connection.is_through or due >= self.load.seconds:
            return
        if due > now:
            heapq.heappush(self.waiting, (due, number))
        else:
            self._send(number, due)


def run_load(load: Load) -> Measured:
    """Send for so many seconds, then wait for the answers under way. Raises `WrongAnswer`."""
    connections = [_Connection(load, number) for number in range(len(load.requests))]
    try:
        run = _Run(load, connections)
        run.run()
        return Measured(
            sent=[connection.sent for connection in connections],
            seconds=run.now(),
            body_bytes=max(connection.body_bytes for connection in connections),
            latencies=run.latencies,
        )
    finally:
        for connection in connections:
            connection.socket.close()
