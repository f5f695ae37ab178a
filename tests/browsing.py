"""A browser of one person, and what is read from its pages."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.company import PASSWORD, Somebody

HTMX = {"HX-Request": "true"}


class Browser(FlaskClient):
    """Keeps cookies, and sends each form with the token that the pages carry."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, app.response_class, use_cookies=True, **options)
        self._token: str | None = None

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Ask, and read the whole answer, so that a file that is sent is closed."""
        return super().open(*args, **{"buffered": True, **options})

    def submit(self, path: str, data: Mapping[str, object] | None = None, **options: Any) -> TestResponse:
        """Post a form."""
        return self.post(path, data={"csrf_token": self.token(), **(data or {})}, **options)

    def token(self) -> str:
        """The token of this browser's forms, out of a page."""
        if self._token is None:
            page = self.get("/sign-in", follow_redirects=True).text
            self._token = fields_of(page)["csrf_token"]
        return self._token

    def sign_in(self, person: Somebody, password: str = PASSWORD, **options: Any) -> TestResponse:
        answer = self.submit("/sign-in", {"email": person.email, "password": password}, **options)
        if answer.status_code == 303:
            self._token = None
        return answer

    def sign_out(self) -> TestResponse:
        answer = self.submit("/sign-out")
        self._token = None
        return answer

    def remember(self) -> tuple[dict[Any, Any], str]:
        """The cookies and the token, to be recalled."""
        token = self.token()
        return dict(self._cookies or {}), token

    def recall(self, remembered: tuple[dict[Any, Any], str]) -> None:
        cookies, self._token = remembered
        self._cookies = dict(cookies)

    @property
    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200


class _Words(HTMLParser):
    """The words of a page; what is in a table also by row and cell."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self._hidden = 0
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "title")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_in_cell = True
        if tag == "br" and self._is_in_cell:
            self.rows[-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "title")
        self._is_in_cell = self._is_in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.words.append(data)
        if self._is_in_cell:
            self.rows[-1][-1] += data


def text_of(page: str) -> str:
    """The words of a page, as one line."""
    return " ".join(" ".join(_read(page).words).split())


def rows_of(page: str) -> list[list[str]]:
    """The rows of all tables of a page, each a list of its cells' words."""
    return [[" ".join(cell.split()) for cell in row] for row in _read(page).rows]


def fields_of(page: str) -> dict[str, str]:
    """Name and value of each input of a page; of several with one name the first."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields.setdefault(name[1], value[1] if value else "")
    return fields


def choices_of(page: str, name: str) -> list[str]:
    """The values that a page offers for one field."""
    tags = re.findall(r"<input[^>]*>", page)
    return [found[1] for tag in tags if f'name="{name}"' in tag and (found := re.search(r'value="([^"]*)"', tag))]


def _read(page: str) -> _Words:
    reader = _Words()
    reader.feed(page)
    return reader
