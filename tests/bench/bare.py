"""A Flask application of one view that returns so many bytes, on the server that `app.py` starts."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask import Flask
from granian.server import Server

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import app as product


def create_app() -> Flask:
    app = Flask("bare", static_folder=None)

    @app.get("/<int:size>")
    def show_bytes(size: int) -> str:
        return text_of(size)

    return app


@cache
def text_of(size: int) -> str:
    return "x" * size


class BareServer:
    """The server that `app.py` starts, with all its options, but for the application."""

    def __init__(self, _target: str, **options: Any) -> None:
        self.server = Server("tests.bench.bare:create_app", **options)

    def serve(self, **_options: Any) -> None:
        self.server.serve()


def serve() -> int:
    """The product's own start, so that workers, threads and flags are always the same."""
    with patch.object(product, "Server", BareServer):
        return product.serve(os.environ)


if __name__ == "__main__":
    sys.exit(serve())
