"""The readiness of an engagement: the sentence that can be said aloud, and the rows of the heat map."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from trainer.domain.company import Visibility
from trainer.domain.content import Competency, CompetencyKind
from trainer.domain.readiness import Readiness, Standing
from trainer.reporting import EngagementHead
from trainer.web import now
from trainer.web.rules import shown_forecast
from trainer.web.wording.amounts import count, number
from trainer.web.wording.dates import day
from trainer.web.wording.states import state_of


def verdict(head: EngagementHead, readiness: Readiness, competencies: Mapping[str, Competency]) -> Markup:
    """The first line of a manager's page: a sentence that can be said aloud."""
    when = escape(day(head.starts_local))
    partner = escape(head.partner)
    total = len(readiness.seats)
    if not total:
        return Markup("No seats are planned yet for {} on {}.").format(partner, when)
    ready = readiness.ready_seats
    subject = f"{number(ready).capitalize() if ready else 'None'} of {number(total)} seats" if total > 1 else "The seat"
    if ready == total:
        subject = f"All {number(total)} seats" if total > 1 else "The seat"
    are = "is" if total == 1 or ready <= 1 else "are"
    negation = " not" if total == 1 and not ready else ""
    sentence = Markup("{} {}{} ready for {} on {}").format(subject, are, negation, partner, when)
    return sentence + _weakest_words(readiness, competencies) + "."


def _weakest_words(readiness: Readiness, competencies: Mapping[str, Competency]) -> Markup:
    weakest = readiness.weakest
    if weakest is None:
        return Markup("")
    seat = _inside(weakest.seat.title)
    if weakest.person is None:
        return Markup("; nobody has the seat of {} yet").format(seat)
    if weakest.competency is None:
        return Markup("; the weakest seat is the {}’s").format(seat)
    competency = competencies[weakest.competency]
    is_name = competency.kind is CompetencyKind.LANGUAGE
    title = competency.title if is_name else _inside(competency.title)
    return Markup("; the weakest seat is the {}’s: {}").format(seat, title)


def _inside(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


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
