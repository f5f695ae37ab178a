"""The trend of a readiness report as a drawing, and the same in words for who cannot see it."""

from collections.abc import Sequence
from html import escape

from trainer.domain.report.paper import PaperPoint
from trainer.paper.words import day_words

WIDTH, HEIGHT = 480, 150
LEFT, RIGHT, TOP, BOTTOM = 26, 118, 12, 24
"""Room around the curves: for the scale, the curves' names, the highest line's figure and the days."""
INK, SOFT, HAIR, ACCENT = "#1d2730", "#55606a", "#d8cfbd", "#0a5c5c"
_APART = 12.0
"""Points between two names, so that neither covers the other."""
_LINES = 5


def trend_words(points: Sequence[PaperPoint]) -> str:
    """What the drawing shows; empty without two days to compare."""
    if len(points) < 2:
        return ""
    first, last = points[0], points[-1]
    return (
        f"Line chart of {len(points)} days, {day_words(first.day)} to {day_words(last.day)}. "
        f"Seats that are ready: {first.ready_seats} of {first.seats} at first, {last.ready_seats} of {last.seats} at "
        f"last. Things missing that block or are a risk: {first.gaps} at first, {last.gaps} at last."
    )


def trend_drawing(points: Sequence[PaperPoint]) -> str:
    """An SVG picture of two curves over the days, each named at its end; empty without two days to compare."""
    if len(points) < 2:
        return ""
    most = max(1, *(max(point.seats, point.gaps) for point in points))
    ready = [_place(points, index, point.ready_seats, most) for index, point in enumerate(points)]
    missing = [_place(points, index, point.gaps, most) for index, point in enumerate(points)]
    ready_y, missing_y = _apart(ready[-1][1], missing[-1][1])
    parts = [
        *_scale(most),
        _curve(missing, SOFT, 'stroke-dasharray="4 3"'),
        _curve(ready, ACCENT, ""),
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{ACCENT}"/>' for x, y in ready),
        _name(f"Ready: {points[-1].ready_seats} of {points[-1].seats}", ready_y, ACCENT),
        _name(f"Missing: {points[-1].gaps}", missing_y, SOFT),
        _text(day_words(points[0].day), LEFT, HEIGHT - 6, "start"),
        _text(day_words(points[-1].day), WIDTH - RIGHT, HEIGHT - 6, "end"),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'{head} font-family="Noto Sans" font-size="9">{"".join(parts)}</svg>'


def _place(points: Sequence[PaperPoint], index: int, number: int, most: int) -> tuple[float, float]:
    begin, days = points[0].day, max(1, (points[-1].day - points[0].day).days)
    x = LEFT + (WIDTH - LEFT - RIGHT) * (points[index].day - begin).days / days
    return x, _height(number, most)


def _height(number: int, most: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / most


def _apart(ready: float, missing: float) -> tuple[float, float]:
    """The heights of the two names, moved where they would touch."""
    if abs(ready - missing) >= _APART:
        return ready, missing
    middle, sign = (ready + missing) / 2, 1 if ready > missing else -1
    return middle + sign * _APART / 2, middle - sign * _APART / 2


def _scale(most: int) -> list[str]:
    step = -(-most // _LINES)
    parts = []
    for number in range(0, most + 1, step):
        y = _height(number, most)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{HAIR}" stroke-width="0.7"/>')
        parts.append(_text(str(number), LEFT - 6, y + 3, "end"))
    return parts


def _curve(places: Sequence[tuple[float, float]], colour: str, dashes: str) -> str:
    """In steps: what was said holds until something else was."""
    (first_x, first_y), *rest = places
    path = f"M{first_x:.1f} {first_y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round" {dashes}/>'


def _name(words: str, y: float, colour: str) -> str:
    x = WIDTH - RIGHT + 8
    return f'<text x="{x}" y="{y + 3:.1f}" fill="{colour}" font-weight="600">{escape(words)}</text>'


def _text(words: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{SOFT}" text-anchor="{anchor}">{escape(words)}</text>'
