"""The readiness of an engagement: the rows of its heat map."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from trainer.domain.company import Visibility
from trainer.domain.readiness import Readiness, Standing
from trainer.web import now
from trainer.web.rules import shown_forecast
from trainer.wording import count, state_of


def heat_rows(readiness: Readiness, columns: Sequence[str], visibility: Visibility) -> Markup:
    """The rows of the heat map, made in one pass: a table of 50 seats is too much for nested template loops."""
    rows = []
    for seat in readiness.seats:
        for person in seat.people:
            by_competency = {each.requirement.competency: each for each in person.standings}
            cells = "".join(_heat_cell(by_competency.get(name), visibility) for name in columns)
            head = (
                f'<th scope="row">{escape(person.person.name)} <span class="meta">{escape(seat.seat.title)}</span></th>'
            )
            rows.append(f"<tr>{head}{cells}</tr>")
    return Markup("".join(rows))  # noqa: S704 - every name in it is escaped above


def _heat_cell(standing: Standing | None, visibility: Visibility) -> str:
    if standing is None:
        return '<td class="heat-none"></td>'
    css, words, mark = state_of(standing.band)
    days = (now() - standing.last_at).days if standing.last_at else None
    evidence = count(standing.forecast.answers, "answer") + ("" if days is None else f", {count(days, 'day')}")
    number = shown_forecast(standing, visibility)
    return (
        f'<td class="heat-{css}"><span aria-hidden="true">{mark}</span> {words}'
        + (f'<br><span class="num">{number}</span>' if number else "")
        + f'<br><span class="meta">{evidence}</span></td>'
    )
