"""The pages are tried on SQLite; what differs between the databases is below them and tested there, on both."""

import pytest
from flask import Flask

from tests.company import Clock
from tests.conftest import empty_app


@pytest.fixture(params=["sqlite"])
def app(request: pytest.FixtureRequest, clock: Clock) -> Flask:
    return empty_app(request, clock)
