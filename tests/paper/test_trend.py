from datetime import date
from xml.etree import ElementTree

import pytest

from tests.paper.papers import make_trend
from trainer.domain.report.paper import PaperPoint
from trainer.paper.trend import HEIGHT, WIDTH, trend_drawing, trend_words

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("count", [0, 1])
def test_one_day_is_no_trend(count: int) -> None:
    assert trend_words(make_trend(count)) == trend_drawing(make_trend(count)) == ""


def test_the_words_tell_both_curves_from_first_to_last() -> None:
    assert trend_words(make_trend(6)) == (
        "Line chart of 6 days, 16 November 2026 to 21 November 2026. "
        "Seats that are ready: 0 of 5 at first, 2 of 5 at last. "
        "Things missing that block or are a risk: 6 at first, 1 at last."
    )


def test_the_drawing_has_a_dot_for_each_day_and_names_its_curves() -> None:
    drawing = ElementTree.fromstring(trend_drawing(make_trend(6)))  # noqa: S314 - our own
    texts = [each.text for each in drawing.iter(f"{SVG}text")]

    assert len(list(drawing.iter(f"{SVG}circle"))) == 6
    assert {"Ready: 2 of 5", "Missing: 1", "16 November 2026", "21 November 2026", "0", "6"} <= set(texts)


@pytest.mark.parametrize("seats", [0, 1, 7, 100])
def test_everything_stays_inside_of_the_drawing(seats: int) -> None:
    points = [PaperPoint(date(2026, 11, day), seats, seats, seats + 1, "Ready") for day in (1, 1, 9)]
    drawing = ElementTree.fromstring(trend_drawing(points))  # noqa: S314 - our own

    for each in drawing.iter(f"{SVG}text"):
        assert 0 <= float(each.attrib["x"]) < WIDTH
        assert 0 < float(each.attrib["y"]) < HEIGHT


def test_the_names_of_the_curves_never_touch() -> None:
    points = [PaperPoint(date(2026, 11, day), 2, 5, 2, "Ready") for day in (1, 9)]
    drawing = ElementTree.fromstring(trend_drawing(points))  # noqa: S314 - our own
    heights = [float(each.attrib["y"]) for each in drawing.iter(f"{SVG}text") if each.attrib.get("font-weight")]

    assert abs(heights[0] - heights[1]) == pytest.approx(12)
