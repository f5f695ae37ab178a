"""A readiness report as a tagged PDF (PDF/UA-1), typeset by typst."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from trainer.domain.report.paper import Paper, PaperPoint
from trainer.paper.fonts import packaged_fonts, showable
from trainer.paper.scripts import Run, runs_of, turned
from trainer.paper.trend import trend_drawing, trend_words
from trainer.paper.words import NO_DAY, NO_DEPUTY, NOBODY, day_words, made_at_words, plain, title_words

TEAM_LENGTH = 200
TREND_ROWS = 30
"""Days that the table of the trend tells; the drawing shows all of them."""
_KEPT = 10
"""Compilations after which typst drops what none of them needed."""
_UNBROKEN = re.compile(r"[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]{25,}")
"""A run in which a line cannot be broken: what is not Chinese, Japanese or Korean, without a space."""
_BREAK, _BREAK_EVERY = "\N{ZERO WIDTH SPACE}", 8


def write_pdf(paper: Paper) -> bytes:
    """The report on A4; the same paper gives the same bytes."""
    pdf = typst.compile(
        _template(),
        font_paths=packaged_fonts(),
        sys_inputs={"paper": json.dumps(told(paper), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(paper.made_at.timestamp()),
    )
    _forget()
    return pdf


def _forget() -> None:
    """Let go of what typst keeps of its last compilations, for papers that are not made again: up to 200 MB."""
    for _ in range(_KEPT + 1):
        typst.compile(b"", font_paths=packaged_fonts())


@cache
def _template() -> bytes:
    return Path(__file__).with_name("report.typ").read_bytes()


def told(paper: Paper) -> dict[str, Any]:
    """What the template prints: the paper's fields as words and figures that JSON can say."""
    newest = paper.trend[-TREND_ROWS:]
    return {
        **{name: _printed(value, paper.language) for name, value in asdict(paper).items() if name != "trend"},
        "title": _told(printed(title_words(paper)), paper.language),
        "team": _told(printed(paper.team, TEAM_LENGTH), paper.language),
        "document": {
            "title": f"Readiness: {title_words(paper)}",
            "author": plain(paper.team, TEAM_LENGTH),
            "about": plain(paper.verdict),
        },
        "made_at": made_at_words(paper),
        "words": {"nobody": NOBODY, "no_deputy": NO_DEPUTY, "no_day": NO_DAY},
        "trend": {
            "drawing": trend_drawing(paper.trend),
            "words": trend_words(paper.trend),
            "days": [_row(point, paper.language) for point in newest],
            "days_left_out": len(paper.trend) - len(newest),
        },
    }


def _row(point: PaperPoint, language: str) -> dict[str, Any]:
    return {
        "day": day_words(point.day),
        "ready": f"{point.ready_seats} of {point.seats}",
        "gaps": str(point.gaps),
        "state": _told(printed(point.state), language),
    }


def _printed(value: object, language: str) -> object:
    match value:
        case str():
            return _told(printed(value), language)
        case date():
            return day_words(value)
        case Mapping():
            return {name: _printed(each, language) for name, each in value.items()}
        case list() | tuple():
            return [_printed(each, language) for each in value]
        case None | bool() | int() | float():
            return value
    return str(value)


def _told(text: str, language: str) -> str | list[Run]:
    """The text as it is, or in runs where a part of it is in another language."""
    runs = runs_of(turned(text), language)
    return list(runs) if any(run.language for run in runs) else text


def printed(text: str, limit: int = 2000) -> str:
    """Text that the fonts can show, with places to break a line in what has none."""
    return _UNBROKEN.sub(_broken, showable(plain(text, limit)))


def _broken(run: re.Match[str]) -> str:
    text = run.group()
    return _BREAK.join(text[start : start + _BREAK_EVERY] for start in range(0, len(text), _BREAK_EVERY))
