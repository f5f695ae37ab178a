"""Small words and sizes that the forms of authors are drawn with."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask

LINE = 62
"""Letters on a line of a text box, about."""
MOST_ROWS = {"body": 40, "prose": 12, "lines": 12, "orders": 6}
LEAST_ROWS = {"body": 16, "prose": 2, "lines": 3, "orders": 2}


def init_form_words(app: Flask) -> None:
    app.jinja_env.filters.update(with_article=with_article)
    app.jinja_env.globals.update(field_id=field_id, rows_for=rows_for, listed_choices=listed_choices)


def field_id(name: str) -> str:
    """The id on the page of a field such as `options.0.text`."""
    return "f-" + name.replace(".", "-")


def rows_for(text: str, kind: str) -> int:
    """How many rows a text box needs to show its text, within limits."""
    needed = sum(1 + len(line) // LINE for line in text.split("\n")) + (1 if kind == "lines" else 0)
    return min(max(needed, LEAST_ROWS[kind]), MOST_ROWS[kind])


def listed_choices(fields: Iterable[Any]) -> list[str]:
    """Names of the lists that lines of a form propose, each once."""
    return list(dict.fromkeys(_listed(fields)))


def with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def _listed(fields: Iterable[Any]) -> Iterator[str]:
    for each in fields:
        if each.kind == "line" and each.choices:
            yield each.choices
        yield from _listed(each.fields)
