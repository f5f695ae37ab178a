"""Google's voices on this machine: a server that the real gTTS talks to; and a clock that tests turn."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import gtts.tts
import numpy as np
import pytest

from trainer.speech.sound import Sound, encode_mp3

CAPTCHA = b"<html><title>Sorry...</title>Our systems have detected unusual traffic.</html>"


class Clock:
    """Seconds; they pass when told to, or when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class FakeGoogle:
    """What the server shall answer, one after the other (the last for ever), and what it was asked."""

    def __init__(self) -> None:
        self.answers = ["speech"]
        self.asked: list[tuple[str, str, bool]] = []
        """Text, language, slow."""
        self.hosts: list[str] = []
        self.is_over = threading.Event()
        self.piece = _tone()

    def next_answer(self) -> str:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    fake = FakeGoogle()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    def translate_url(tld: str = "com", path: str = "") -> str:
        fake.hosts.append(tld)
        return f"http://127.0.0.1:{server.server_port}/{path}"

    monkeypatch.setattr(gtts.tts, "_translate_url", translate_url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield fake
    fake.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def _tone() -> bytes:
    """A second of something to hear, as MP3."""
    time = np.arange(24000) / 24000
    return encode_mp3(Sound((0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32), 24000))


def _handler(fake: FakeGoogle) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            text, lang, slow, _ = json.loads(json.loads(parse_qs(body)["f.req"][0])[0][0][1])
            fake.asked.append((text, lang, bool(slow)))
            self._answer(fake.next_answer())

        def _answer(self, kind: str) -> None:
            if kind == "black hole":
                fake.is_over.wait(10)
            elif kind.isdigit():
                self.send_error(int(kind))
            else:
                audio = base64.b64encode(fake.piece[: 50 if kind == "a bit" else None]).decode()
                speech = json.dumps([["wrb.fr", "jQ1olc", json.dumps([audio]), None, None, None, "generic"]])
                null = json.dumps([["wrb.fr", "jQ1olc", None, None, None, None, "generic"]])
                bodies = {"empty": b"", "captcha": CAPTCHA, "null": null.encode()}
                content = bodies.get(kind, speech.replace(" ", "").encode())
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing: tests are quiet."""

    return Handler
