"""A readiness report as one table (CSV): a row for each thing that it says, its part in the first column."""

import csv
import unicodedata
from collections.abc import Iterator
from io import StringIO
from zoneinfo import ZoneInfo

from trainer.domain.report.paper import Paper
from trainer.paper.words import NO_DEPUTY, NOBODY, made_at_words, owner_words, people_words, plain

HEADS = ("Part", "Subject", "State", "What", "What to do", "If done", "Who", "Day")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
STARTS_FORMULA = ("=", "+", "-", "@", "|", "%")
"""Signs at which a spreadsheet begins to reckon; full-width ones are folded into them first."""
Row = tuple[str, ...]


def write_table(paper: Paper) -> bytes:
    """The report as CSV of RFC 4180 in UTF-8, with the mark by which spreadsheets know it."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows_of(paper):
        writer.writerow([harmless(cell) for cell in row] + [""] * (len(HEADS) - len(row)))
    return (BOM + file.getvalue()).encode()


def harmless(text: str) -> str:
    """One line that no spreadsheet takes for a formula."""
    line = plain(text, 32_000)
    begins = unicodedata.normalize("NFKC", line.lstrip("\u200b\u200e\u200f\u061c\u2060\u2066\u2067\u2068 ")[:1])
    return f"'{line}" if begins.startswith(STARTS_FORMULA) else line


def rows_of(paper: Paper) -> Iterator[Row]:
    yield from _overview(paper)
    for number, each in enumerate(paper.reasons, start=1):
        due = each.due_on.isoformat() if each.due_on else ""
        about = ("Reason", f"{number}. {each.area}", f"{each.mark} {each.weight}")
        yield *about, each.what, each.action, each.if_done, owner_words(paper, each), due
    for seat in paper.seats:
        yield "Seat", seat.title, f"{seat.mark} {seat.state}", seat.covered, "", "", people_words(seat.people)
    for contact in paper.contacts:
        yield _contact(contact.interface, contact.side, contact.primary or NOBODY, contact.hours, contact.note)
        yield _contact(contact.interface, f"{contact.side}, deputy", contact.deputy or NO_DEPUTY, contact.hours, "")
    for point in paper.trend:
        what = f"{point.ready_seats} of {point.seats} seats ready; {point.gaps} blocking or a risk"
        yield "Trend", "Seats", point.state, what, "", "", "", point.day.isoformat()
    for sentence in paper.method:
        yield "Method", "", "", sentence


def _overview(paper: Paper) -> Iterator[Row]:
    made_on = paper.made_at.astimezone(ZoneInfo(paper.zone)).date()
    yield "Overview", "Engagement", f"{paper.mark} {paper.state_words}", paper.title
    yield "Overview", "Partner", "", paper.partner
    yield "Overview", "Team", "", paper.team
    yield "Overview", "In a sentence", "", paper.verdict
    for fact in paper.facts:
        yield "Overview", fact.label, "", fact.value
    for each in paper.times:
        yield "Overview", f"Time in {each.place}", "", f"{each.day}, {each.time} ({each.offset})"
    if paper.objective:
        yield "Overview", "Common objective", "", paper.objective
    yield "Overview", "Made on", "", made_at_words(paper), "", "", "", made_on.isoformat()
    for advice in paper.interpreter:
        yield "Interpreter", "", "", advice
    since = f"since {paper.changes_since.isoformat()}" if paper.changes_since else ""
    for change in paper.changes or ():
        yield "Change", since, "", change


def _contact(interface: str, side: str, name: str, hours: str, note: str) -> Row:
    return "Contact", f"{interface} ({side})", "", "; ".join(filter(None, (hours, note))), "", "", name
