"""Charters that are kept: two who write at once lose nothing, agreements name their version, health is of a quarter."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.charters import ZONES, begin, crowded, document_of, person_of_partner, write
from tests.company import Make, Somebody
from tests.web.test_statements import counted
from trainer import engagements, reporting
from trainer.database import Database
from trainer.domain.charter import Presence, Question, dry_run, read_charter, special_day
from trainer.domain.documents import find_entry
from trainer.domain.parties import Party
from trainer.engagements import EngagementError
from trainer.links import Purpose, links_of, open_link
from trainer.models import PartnerPerson
from trainer.workspace import DocumentClash

OURS = "sales-ours-primary"
CHARTERS = 6
"""Statements, for any number of engagements and contacts: documents, two of people, agreements, promises, health."""


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.manager(team, "Lena")


@pytest.fixture
def mara(make: Make, team: UUID) -> Somebody:
    return make.learner("Mara", team)


@pytest.fixture
def engagement(make: Make, team: UUID, mara: Somebody) -> UUID:
    return make.engagement(team, [[mara]])


@pytest.fixture
def begun(make: Make, engagement: UUID, lena: Somebody) -> int:
    return begin(make, engagement, lena)


def charter_of(session: Session, engagement_id: UUID) -> reporting.KeptCharter:
    head = reporting.find_engagement(session, engagement_id)
    assert head is not None
    found = reporting.charter_of(session, head, at=NOW)
    session.commit()
    return found


def test_what_was_begun_is_whole_but_for_what_only_the_sides_know(
    session: Session, engagement: UUID, begun: int
) -> None:
    found = charter_of(session, engagement)

    assert {gap.kind for gap in found.gaps} >= {"no objective", "no contact", "nobody named", "languages"}
    assert not {gap.kind for gap in found.gaps} & {"no rules", "too much", "too little", "bad news", "decision"}
    assert found.charter.interfaces == ("Sales", "Supply", "Support")


def test_every_charter_to_begin_with_makes_sense(make: Make) -> None:
    templates = [each for course in make.content.courses.values() for each in course.charter_templates]

    assert {each.id for each in templates} >= {
        "charter-supply-negotiation",
        "charter-technical-cooperation",
        "charter-distributor-visit",
        "charter-first-contact",
    }
    for each in templates:
        assert set(each.interfaces) >= {level["interface"] for level in each.levels}


def test_two_who_write_different_fields_of_one_contact_both_keep_them(
    session: Session, make: Make, engagement: UUID, lena: Somebody, mara: Somebody, begun: int
) -> None:
    for who, fields in ((lena, {"channel": "+49 30 1"}), (mara, {"who": f"user:{mara.id}", "channel": ""})):
        engagements.write_entry(session, engagement, "contacts", OURS, fields, seen=begun, by=who.id, at=NOW)
    session.commit()

    entry = find_entry(document_of(make, engagement), "contacts", OURS)
    assert entry is not None
    assert (entry["channel"], entry["who"]) == ("+49 30 1", f"user:{mara.id}")


def test_two_who_write_one_field_are_told_and_nothing_is_lost(
    session: Session, make: Make, engagement: UUID, lena: Somebody, mara: Somebody, begun: int
) -> None:
    def say(who: Somebody, words: str, seen: int) -> int:
        fields = {"sentence": words}
        version = engagements.write_section(session, engagement, "objective", fields, seen=seen, by=who.id, at=NOW)
        session.commit()
        return version

    theirs = say(lena, "Thirty by March.", begun)
    with pytest.raises(DocumentClash) as clash:
        say(mara, "Forty by May.", begun)
    session.rollback()

    assert [(each.mine, each.theirs) for each in clash.value.clashes] == [("Forty by May.", "Thirty by March.")]
    assert say(mara, "Forty by May.", theirs) == theirs + 1


def test_a_charter_is_begun_once(session: Session, make: Make, engagement: UUID, lena: Somebody, begun: int) -> None:
    with pytest.raises(EngagementError, match="begun already"):
        begin(make, engagement, lena)


def test_agreeing_by_a_link_is_about_its_version(
    session: Session, make: Make, engagement: UUID, lena: Somebody, begun: int
) -> None:
    token = engagements.ask_partner(session, engagement, begun, " Sato Kenji ", "", by=lena.id, at=NOW)
    link = open_link(session, token, Purpose.CHARTER, at=NOW)
    assert link is not None
    write(make, engagement, lena, {"objective": {"sentence": "Changed."}})

    engagements.agree_by_link(session, link, "Sato Kenji", at=NOW)
    session.commit()

    found = charter_of(session, engagement)
    agreed = found.newest_agreement(Party.THEIRS)
    assert agreed is not None
    assert (agreed.version, agreed.name, found.kept.version) == (begun, "Sato Kenji", begun + 1)
    assert "changed since" in {gap.kind for gap in found.gaps}
    assert [(each.label, each.used_at) for each in links_of(session, engagement)] == [("Sato Kenji", NOW)]


def test_a_version_that_is_not_there_is_not_sent(session: Session, engagement: UUID, lena: Somebody) -> None:
    for version in (0, 7):
        with pytest.raises(EngagementError, match="nothing to agree to"):
            engagements.ask_partner(session, engagement, version, "Sato", "", by=lena.id, at=NOW)


def test_our_side_agrees_only_to_the_newest(session: Session, engagement: UUID, lena: Somebody, begun: int) -> None:
    with pytest.raises(EngagementError, match="changed meanwhile"):
        engagements.agree_for_us(session, engagement, begun + 1, by=lena.id, name="Lena", at=NOW)

    engagements.agree_for_us(session, engagement, begun, by=lena.id, name="Lena", at=NOW)
    session.commit()

    engagements.agree_for_us(session, engagement, begun, by=lena.id, name="Lena", at=NOW + timedelta(minutes=1))
    session.commit()

    (agreed,) = charter_of(session, engagement).agreements
    assert (agreed.side, agreed.version, agreed.name, agreed.agreed_at) == (Party.OURS, begun, "Lena", NOW)


def test_agreeing_touches_the_engagement_so_that_its_page_is_made_anew(
    session: Session, engagement: UUID, lena: Somebody, begun: int
) -> None:
    before = reporting.find_engagement(session, engagement)
    engagements.agree_for_us(session, engagement, begun, by=lena.id, name="Lena", at=NOW + timedelta(hours=1))
    after = reporting.find_engagement(session, engagement)

    assert before is not None
    assert after is not None
    assert before.version != after.version


def test_answering_the_health_check_touches_the_engagement_and_ends_what_was_noted(
    session: Session, make: Make, engagement: UUID, lena: Somebody, begun: int
) -> None:
    later = NOW + timedelta(days=120)

    def noted() -> tuple[bool, object]:
        head = reporting.find_engagement(session, engagement)
        assert head is not None
        gaps = reporting.charter_of(session, head, at=later).gaps
        return "no health check" in {gap.kind for gap in gaps}, head.version

    before = noted()
    marks = dict.fromkeys(Question, 4)
    engagements.answer_health_check(
        session, engagement, date(2027, 4, 1), Party.OURS, lena.id, "Lena", marks, "", at=later
    )
    after = noted()

    assert (before[0], after[0]) == (True, False)
    assert before[1] != after[1]


def test_promises_of_the_partner_are_among_what_is_missing(
    session: Session, make: Make, engagement: UUID, lena: Somebody
) -> None:
    reference = person_of_partner(make, engagement, "Sato Kenji")
    head = reporting.find_engagement(session, engagement)
    assert head is not None
    assert reporting.who_can_be_named(session, [engagement])[engagement].theirs == {reference: "Sato Kenji"}
    partner = make.partner_of(engagement)
    make.promise(partner, lena, "Drawings", party=Party.THEIRS, owner_id=None, due_on=date(2026, 12, 1))
    make.promise(partner, lena, "Samples", due_on=date(2026, 12, 24))

    missing = [gap.missing for gap in charter_of(session, engagement).gaps if gap.kind == "promise"]

    assert missing == ["The partner promised “Drawings”, and the day has passed."]


def test_a_contact_who_is_away_in_the_partner_file_is_flagged_and_not_called(
    session: Session, make: Make, engagement: UUID, mara: Somebody
) -> None:
    reference = person_of_partner(make, engagement, "Sato Kenji")
    theirs = {"id": "t", "interface": "Supply", "side": "theirs", "rank": "primary", "who": reference}
    level = {"id": "1", "number": 1, "hours": 4, "within": 24, "contact_theirs": "t"}
    write(make, engagement, mara, {"contacts": [theirs], "escalation": [level]})
    session.execute(
        update(PartnerPerson).values(
            zone="Asia/Tokyo", hours="8:30 to 17:30", away_from=NOW.date(), away_until=date(2027, 12, 31)
        )
    )

    found = charter_of(session, engagement)
    call = dry_run(found.charter, NOW, special_day).steps[0].calls[1]

    assert "absent" in {gap.kind for gap in found.gaps}
    assert "no hours" not in {gap.kind for gap in found.gaps if reference in gap.about}
    assert call.standing is not None
    assert call.standing.presence is Presence.AWAY


def test_answers_to_a_health_check_are_of_a_person_and_a_quarter(
    session: Session, engagement: UUID, lena: Somebody, mara: Somebody
) -> None:
    autumn, winter = date(2026, 10, 1), date(2027, 1, 1)
    for who, quarter, mark in ((lena, autumn, 2), (lena, autumn, 4), (mara, autumn, 2), (mara, winter, 5)):
        marks = dict.fromkeys(Question, mark)
        engagements.answer_health_check(
            session, engagement, quarter, Party.OURS, who.id, who.name, marks, f"note {mark}", at=NOW
        )
    session.commit()

    found = reporting.health_of(session, engagement, autumn)

    assert (found.health.answered[Party.OURS], found.health.compared[0].ours) == (2, 3.0)
    assert sorted(each.note for each in found.sheets) == ["note 2", "note 4"]
    own = reporting.own_sheet(session, engagement, winter, f"user:{mara.id}")
    assert own is not None
    assert own.marks[Question.ABILITY] == 5


def test_charters_take_six_statements_however_many_and_crowded_they_are(
    session: Session, database: Database, make: Make, team: UUID, lena: Somebody, mara: Somebody
) -> None:
    made = [make.engagement(team, [[mara]]) for _ in range(3)]
    for each in made:
        write(make, each, lena, crowded(mara))
    heads = reporting.list_engagements(session, [team])

    with counted(database) as statements:
        found = reporting.charters_of(session, heads, at=NOW)

    assert set(found) == set(made)
    assert all(len(each.charter.contacts) == 52 for each in found.values())
    assert len(statements) <= CHARTERS, statements


def test_a_crowded_ladder_is_tried_in_all_its_zones(mara: Somebody) -> None:
    run = dry_run(read_charter(crowded(mara)), NOW, special_day)

    assert {call.contact.zone for step in run.steps for call in step.calls if call.contact} == set(ZONES)
