"""Papers for the tests: one of an ordinary size, and one as large as they come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from trainer.domain.report.paper import (
    Paper,
    PaperContact,
    PaperFact,
    PaperPoint,
    PaperReason,
    PaperSeat,
    PaperTime,
)

AT = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
NAMES = (
    "神戸精機株式会社",
    "田中 美咲",
    "Nguyễn Thị Ánh Tuyết",
    "김민준",
    "محمد سعيد",
    "王小明",
    "अनिता शर्मा",
    "Ingrid Solberg",
)
STATES = (("▲", "Ready"), ("◇", "Borderline"), ("▽", "Not ready"))


def make_paper(**changes: Any) -> Paper:
    paper = Paper(
        engagement_id=UUID(int=1),
        title="First visit to Kobe Seiki",
        partner="神戸精機株式会社 (Kobe Seiki)",
        language="ja",
        team="Nordic supply team",
        verdict="Two of five seats are ready for Kobe Seiki on Thursday 3 December.",
        mark="▽",
        state_words="Not ready",
        facts=(PaperFact("Days left", "11"), PaperFact("Where", "Kobe, plant 2")),
        times=(
            PaperTime("Kobe", "Thursday 3 December 2026", "10:00", "UTC+09:00"),
            PaperTime("Oslo", "Thursday 3 December 2026", "02:00", "UTC+01:00"),
        ),
        reasons=make_reasons(3),
        seats=make_seats(3),
        interpreter=("Bring an interpreter for the terms.", "Brief the interpreter by 1 December."),
        contacts=make_contacts(3),
        objective="Agree the second source for bearings by 31 March 2027.",
        changes_since=date(2026, 11, 15),
        changes=("One more seat is ready: Lead.",),
        trend=make_trend(6),
        method=("Preparedness against the standard that the team declared.",),
        made_at=AT,
        zone="Europe/Oslo",
    )
    return replace(paper, **changes)


def make_large_paper() -> Paper:
    """100 seats of three people, 50 contacts, 60 reasons and a year of days."""
    return make_paper(
        reasons=make_reasons(60), seats=make_seats(100), contacts=make_contacts(50), trend=make_trend(365)
    )


def make_empty_paper() -> Paper:
    return make_paper(
        partner="",
        facts=(),
        times=(),
        reasons=(),
        seats=(),
        interpreter=(),
        contacts=(),
        objective="",
        changes_since=None,
        changes=None,
        trend=(),
        method=(),
    )


def make_reasons(count: int) -> tuple[PaperReason, ...]:
    return tuple(
        PaperReason(
            mark="◇" if number % 3 else "▽",
            weight="a risk" if number % 3 else "not ready without it",
            area="Charter" if number % 2 else "People",
            what=f"Reason {number + 1}: Supply has no escalation path with {NAMES[number % len(NAMES)]}.",
            action="Name who is called first, by which channel and within what time.",
            if_done="One risk less; still not ready.",
            owner="" if number % 4 == 1 else NAMES[(number + 1) % len(NAMES)],
            due_on=None if number % 5 == 2 else date(2026, 11, 25) + timedelta(days=number),
        )
        for number in range(count)
    )


def make_seats(count: int) -> tuple[PaperSeat, ...]:
    return tuple(
        PaperSeat(
            title=f"Seat {number + 1}",
            mark=STATES[number % 3][0],
            state=STATES[number % 3][1],
            covered="one ready person of three",
            people=tuple((NAMES[(number + each) % len(NAMES)], *STATES[each]) for each in range(3)),
        )
        for number in range(count)
    )


def make_contacts(count: int) -> tuple[PaperContact, ...]:
    return tuple(
        PaperContact(
            interface=f"Interface {number + 1}",
            side="ours" if number % 2 else "theirs",
            primary=NAMES[number % len(NAMES)],
            deputy=NAMES[(number + 2) % len(NAMES)] if number % 3 else "",
            hours="09:00–17:00 in Kobe, 01:00–09:00 in Oslo",
            note="away until 30 November" if number % 3 == 1 else "",
        )
        for number in range(count)
    )


def make_trend(count: int) -> tuple[PaperPoint, ...]:
    return tuple(
        PaperPoint(
            day=date(2026, 11, 21) - timedelta(days=count - 1 - number),
            ready_seats=min(4, number // 2),
            seats=5,
            gaps=max(1, 6 - number),
            state="Not ready",
        )
        for number in range(count)
    )
