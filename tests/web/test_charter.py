"""The charter through its pages: begun, written by two at once, tried, agreed by a link, and checked each quarter."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.browsing import Browser, rows_of, text_of
from tests.builders import NOW
from tests.charters import Filled, begin, crowded, document_of, filled_in, person_of_partner, write
from tests.company import Clock, Make, Somebody
from tests.web.test_statements import counted
from trainer.database import Database
from trainer.domain.content import Content, TemplateUse
from trainer.domain.documents import find_entry
from trainer.domain.parties import Party

SignIn = Callable[[Somebody], Browser]
CHARTER_PAGE = 10
OURS, THEIRS = "sales-ours-primary", "sales-theirs-primary"


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def lena(make: Make, team: UUID) -> Somebody:
    return make.learner("Lena", team)


@pytest.fixture
def mara(make: Make, team: UUID) -> Somebody:
    return make.manager(team, "Mara")


@pytest.fixture
def engagement(make: Make, team: UUID, lena: Somebody) -> UUID:
    return make.engagement(team, [[lena]])


@pytest.fixture
def path(engagement: UUID) -> str:
    return f"/engagements/{engagement}/charter"


@pytest.fixture
def as_lena(sign_in: SignIn, lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def as_mara(sign_in: SignIn, mara: Somebody) -> Browser:
    return sign_in(mara)


@pytest.fixture
def begun(make: Make, engagement: UUID, lena: Somebody) -> int:
    return begin(make, engagement, lena)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app)


def opened(browser: Browser, path: str) -> Filled:
    """The form of a page as it was opened, to be changed and sent."""
    return filled_in(browser.get(path).text)


def link_in(page: str) -> str:
    found = re.search(r'value="https?://[^/]+(/[^"]+)"', page)
    assert found is not None
    return found[1]


def ask(browser: Browser, path: str, purpose: str = "charter") -> str:
    """The path of a link that was just made."""
    made = browser.submit(f"{path}/links", {"purpose": purpose, "person": "", "label": "Sato Kenji", "days": "30"})
    assert made.status_code == 200, text_of(made.text)
    return link_in(made.text)


def test_a_team_begins_with_what_is_usual(as_lena: Browser, path: str) -> None:
    words = text_of(as_lena.get(path).text)
    assert "Technical cooperation" in words

    begun = as_lena.submit(path, {"template": "charter-supply-negotiation"}, follow_redirects=True)

    words = text_of(begun.text)
    assert "There is no common objective in one sentence." in words
    assert "Quality: nobody answers for it on the partner’s side." in words
    assert "It could sound like this" in words


@pytest.mark.parametrize(
    ("part", "use"),
    [
        ("objective", TemplateUse.OBJECTIVE),
        ("working", TemplateUse.WORKING),
        ("contacts/new", TemplateUse.CONTACTS),
        ("escalation/new", TemplateUse.ESCALATION),
        ("closing", TemplateUse.ESCALATION),
        ("information/new", TemplateUse.INFORMATION),
    ],
)
def test_the_template_of_its_lesson_stands_where_a_part_is_written(
    as_lena: Browser, content: Content, path: str, begun: int, part: str, use: TemplateUse
) -> None:
    page = as_lena.get(f"{path}/{part}").text

    template = content.templates[use]
    assert f"Template: {template.title}" in text_of(page)
    assert template.lines[0].words in text_of(page)
    assert f'href="/lessons/{template.lesson_id}"' in page


def test_the_charter_has_a_template_at_each_section_and_none_for_who_sees_to_what(
    as_lena: Browser, content: Content, path: str, begun: int
) -> None:
    page = text_of(as_lena.get(path).text)

    sections = (TemplateUse.OBJECTIVE, TemplateUse.WORKING, TemplateUse.CONTACTS, TemplateUse.ESCALATION)
    for use in (*sections, TemplateUse.INFORMATION, TemplateUse.TRUST):
        assert page.count(f"Template: {content.templates[use].title}") == 1
    assert "Template:" not in text_of(as_lena.get(f"{path}/owners").text)


def test_beginning_twice_keeps_what_is_there(as_lena: Browser, path: str, begun: int) -> None:
    again = as_lena.submit(path, {"template": "charter-first-contact"}, follow_redirects=True)

    assert "This charter was begun already." in text_of(again.text)


def test_beginning_with_nothing_says_so(as_lena: Browser, path: str) -> None:
    again = as_lena.submit(path, {"template": "nothing"}, follow_redirects=True)

    assert "Choose what to begin with." in text_of(again.text)


def test_what_was_written_stands_on_the_page(as_lena: Browser, path: str, begun: int) -> None:
    form = opened(as_lena, f"{path}/objective")

    saved = as_lena.submit(
        f"{path}/objective",
        {**form, "sentence": "By May <b>we</b> count 40.", "by": "2027-05-31"},
        follow_redirects=True,
    )

    assert "By May &lt;b&gt;we&lt;/b&gt; count 40." in saved.text
    assert "Monday 31 May 2027" in text_of(saved.text)


def test_two_who_change_different_fields_both_keep_them(
    as_lena: Browser, as_mara: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    mine, theirs = opened(as_lena, f"{path}/objective"), opened(as_mara, f"{path}/objective")

    as_mara.submit(f"{path}/objective", {**theirs, "measure": "Customers served"})
    saved = as_lena.submit(f"{path}/objective", {**mine, "sentence": "Forty customers by May."})

    assert saved.status_code == 303
    objective = document_of(make, engagement)["objective"]
    assert (objective["sentence"], objective["measure"]) == ("Forty customers by May.", "Customers served")


def test_two_who_change_one_field_lose_nothing(
    as_lena: Browser, as_mara: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    mine, theirs = opened(as_lena, f"{path}/objective"), opened(as_mara, f"{path}/objective")
    as_mara.submit(f"{path}/objective", {**theirs, "sentence": "Thirty by March.", "measure": "Customers served"})

    clash = as_lena.submit(f"{path}/objective", {**mine, "sentence": "Forty by May.", "ours": "Growth"})

    words = text_of(clash.text)
    assert clash.status_code == 409
    assert "Mara changed this while you wrote" in words
    assert "Thirty by March." in words
    form = filled_in(clash.text)
    assert (form["sentence"], form["measure"], form["ours"]) == ("Forty by May.", "Customers served", "Growth")
    assert document_of(make, engagement)["objective"]["sentence"] == "Thirty by March."

    again = as_lena.submit(f"{path}/objective", form)

    assert again.status_code == 303
    objective = document_of(make, engagement)["objective"]
    assert objective == {"sentence": "Forty by May.", "measure": "Customers served", "ours": "Growth"}


def test_two_who_change_one_contact_are_shown_both(
    as_lena: Browser,
    as_mara: Browser,
    make: Make,
    engagement: UUID,
    lena: Somebody,
    mara: Somebody,
    path: str,
    begun: int,
) -> None:
    mine, theirs = opened(as_lena, f"{path}/contacts/{OURS}"), opened(as_mara, f"{path}/contacts/{OURS}")
    as_mara.submit(f"{path}/contacts/{OURS}", {**theirs, "who": f"user:{mara.id}", "opens": "09:00", "closes": "17:00"})

    clash = as_lena.submit(f"{path}/contacts/{OURS}", {**mine, "who": f"user:{lena.id}", "channel": "+49 30 1"})

    assert clash.status_code == 409
    assert filled_in(clash.text)["opens"] == "09:00"

    as_lena.submit(f"{path}/contacts/{OURS}", filled_in(clash.text))

    entry = find_entry(document_of(make, engagement), "contacts", OURS)
    assert entry is not None
    assert (entry["who"], entry["channel"], entry["opens"]) == (f"user:{lena.id}", "+49 30 1", "09:00")


def test_what_nobody_had_written_before_two_people_did_was_nothing_and_is_not_called_taken_away(
    as_lena: Browser, as_mara: Browser, path: str, begun: int
) -> None:
    mine, theirs = opened(as_lena, f"{path}/objective"), opened(as_mara, f"{path}/objective")
    as_mara.submit(f"{path}/objective", {**theirs, "sentence": "Five days."})

    clash = as_lena.submit(f"{path}/objective", {**mine, "sentence": "Six days."})

    assert ["The objective in one sentence", "nothing", "Five days.", "Six days."] in rows_of(clash.text)


def test_a_contact_that_was_taken_away_meanwhile_comes_back_when_it_is_saved(
    as_lena: Browser, as_mara: Browser, make: Make, engagement: UUID, lena: Somebody, path: str, begun: int
) -> None:
    mine = opened(as_lena, f"{path}/contacts/{OURS}")
    as_mara.submit(f"{path}/contacts/{OURS}/remove", {"seen": str(begun)})

    clash = as_lena.submit(f"{path}/contacts/{OURS}", {**mine, "who": f"user:{lena.id}"})

    assert clash.status_code == 409
    assert "taken away" in text_of(clash.text)

    as_lena.submit(f"{path}/contacts/{OURS}", filled_in(clash.text))

    entry = find_entry(document_of(make, engagement), "contacts", OURS)
    assert entry is not None
    assert entry["who"] == f"user:{lena.id}"


def test_what_somebody_changed_is_not_taken_away_unseen(
    as_lena: Browser, as_mara: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    form = opened(as_mara, f"{path}/information/rule-1")
    as_mara.submit(f"{path}/information/rule-1", {**form, "where": "By phone"})

    kept = as_lena.submit(f"{path}/information/rule-1/remove", {"seen": str(begun)}, follow_redirects=True)

    assert "Somebody changed this meanwhile" in text_of(kept.text)
    assert find_entry(document_of(make, engagement), "information", "rule-1") is not None


def test_an_entry_is_added_and_taken_away(
    as_lena: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    form = opened(as_lena, f"{path}/information/new?sharing=may")

    as_lena.submit(f"{path}/information/new", {**form, "what": "Roadmap"})
    added = document_of(make, engagement)["information"][-1]
    as_lena.submit(f"{path}/information/{added['id']}/remove", {"seen": str(begun + 1)})

    assert added["what"] == "Roadmap"
    assert find_entry(document_of(make, engagement), "information", added["id"]) is None


def test_saving_unchanged_makes_no_version(as_lena: Browser, path: str, begun: int) -> None:
    for part in ("objective", "working", "closing", "owners", "escalation/level-1", "information/rule-1"):
        saved = as_lena.submit(f"{path}/{part}", opened(as_lena, f"{path}/{part}"))
        assert saved.status_code == 303

    assert "Version 2" not in text_of(as_lena.get(f"{path}/versions").text)


@pytest.mark.parametrize(
    ("part", "wrong", "words"),
    [
        ("objective", {"by": "soon"}, "Not a valid date value."),
        ("objective", {"sentence": "x" * 1001}, "Keep it to 1,000 characters."),
        ("working", {"respond_urgent": "nan"}, "Write a number of hours from 0 to 1000"),
        ("working", {"country_ours": "DE", "part_ours": "Bavaria"}, "BB, BE, BW"),
        (f"contacts/{OURS}", {"opens": "17:00", "closes": "09:00"}, "Work ends after it begins"),
        (f"contacts/{OURS}", {"away_from": "2027-01-10", "away_until": "2027-01-01"}, "The last day away is before"),
        (f"contacts/{OURS}", {"interface": ""}, "Write the interface."),
        ("escalation/level-1", {"number": "0"}, "Write a number from 1 to 9."),
        ("information/rule-1", {"what": ""}, "Write what the rule is about."),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_field(
    as_lena: Browser, path: str, begun: int, part: str, wrong: Filled, words: str
) -> None:
    form = opened(as_lena, f"{path}/{part}")

    refused = as_lena.submit(f"{path}/{part}", {**form, **wrong})

    assert refused.status_code == 422
    assert words in text_of(refused.text)


def test_people_are_named_on_their_own_side_only(
    as_lena: Browser, make: Make, engagement: UUID, lena: Somebody, path: str, begun: int
) -> None:
    sato = person_of_partner(make, engagement, "Sato Kenji")
    form = opened(as_lena, f"{path}/contacts/{THEIRS}")

    refused = as_lena.submit(f"{path}/contacts/{THEIRS}", {**form, "who": f"user:{lena.id}"})
    saved = as_lena.submit(f"{path}/contacts/{THEIRS}", {**form, "who": sato}, follow_redirects=True)

    assert "This person is not on that side." in text_of(refused.text)
    assert "Sato Kenji" in text_of(saved.text)


def test_what_is_no_part_of_a_charter_is_not_found(as_lena: Browser, path: str, begun: int) -> None:
    for wrong in ("nothing", "contacts", "nothing/new"):
        assert as_lena.get(f"{path}/{wrong}").status_code == 404
        assert as_lena.submit(f"{path}/{wrong}", {}).status_code == 404
    assert as_lena.submit(f"{path}/nothing/new/remove", {}).status_code == 404
    assert as_lena.submit(f"{path}/contacts/{'x' * 99}", {}).status_code == 404


def test_a_version_from_nowhere_is_refused_in_words(as_lena: Browser, path: str, begun: int) -> None:
    form = opened(as_lena, f"{path}/objective")

    refused = as_lena.submit(f"{path}/objective", {**form, "seen": "99", "sentence": "x"}, follow_redirects=True)

    assert "has no version 99" in text_of(refused.text)


def test_versions_say_what_changed_and_by_whom(as_lena: Browser, path: str, begun: int) -> None:
    form = opened(as_lena, f"{path}/objective")
    as_lena.submit(f"{path}/objective", {**form, "by": "2027-05-31"})

    words = text_of(as_lena.get(f"{path}/versions").text)

    assert "Version 2 Lena, " in words
    assert "Common objective: By which day nothing 2027-05-31" in words


def test_before_anything_was_written_there_is_no_version_and_no_ladder(as_lena: Browser, path: str) -> None:
    assert "Nothing has been written yet." in text_of(as_lena.get(f"{path}/versions").text)
    assert "No level is agreed yet." in text_of(as_lena.get(f"{path}/dry-run").text)


def test_the_ladder_is_tried_at_a_time_in_a_zone(
    as_lena: Browser, make: Make, engagement: UUID, lena: Somebody, path: str, begun: int
) -> None:
    form = opened(as_lena, f"{path}/contacts/support-ours-primary")
    who = {"who": f"user:{lena.id}", "zone": "Europe/Berlin", "opens": "09:00", "closes": "17:00"}
    as_lena.submit(f"{path}/contacts/support-ours-primary", {**form, **who, "workdays": ["0", "1", "2", "3", "4"]})

    there = text_of(as_lena.get(f"{path}/dry-run?at=2026-12-09T10:00&zone=Europe/Berlin").text)
    late = text_of(as_lena.get(f"{path}/dry-run?at=2026-12-09T22:00&zone=Europe/Berlin").text)
    wrong = as_lena.get(f"{path}/dry-run?at=soon&zone=Europe/Berlin")

    assert "Lena Support, no number yet Wednesday 10:00 ▲ at work not needed now" in there
    assert "Wednesday 22:00 ◇ not at work at this hour" in late
    assert "Level 1: nobody on our side is at work within its time." in late
    assert wrong.status_code == 422


def test_the_partner_agrees_by_a_link_without_an_account(
    as_mara: Browser, stranger: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    link = ask(as_mara, path)

    words = text_of(stranger.get(link).text)
    assert "How we work together" in words
    assert "Complaints of customers" in words
    assert "Names and terms of other distributors" not in words
    refused = stranger.submit(f"{link}/agree", {"name": ""})
    agreed = stranger.submit(f"{link}/agree", {"name": "Sato <i>Kenji</i>"}, follow_redirects=True)

    assert refused.status_code == 422
    assert "Your agreement is noted" in text_of(agreed.text)
    assert "Sato &lt;i&gt;Kenji&lt;/i&gt;" in agreed.text
    assert "version 1, Sato <i>Kenji</i>" in text_of(as_mara.get(path).text)


def test_a_change_after_the_agreement_is_told_to_us_and_to_the_partner_only_that_there_is_one(
    as_mara: Browser, stranger: Browser, path: str, begun: int
) -> None:
    link = ask(as_mara, path)
    stranger.submit(f"{link}/agree", {"name": "Sato Kenji"})
    form = opened(as_mara, f"{path}/objective")

    as_mara.submit(f"{path}/objective", {**form, "sentence": "Forty by May."})

    ours, theirs = text_of(as_mara.get(path).text), text_of(stranger.get(link).text)
    assert "agreed was version 1" in ours
    assert "The objective in one sentence nothing Forty by May." in ours
    assert "there is a newer version, which we may send you" in theirs
    assert "Forty by May." not in theirs


def test_the_partner_is_not_told_of_internal_rules_that_change(
    as_mara: Browser, stranger: Browser, path: str, begun: int
) -> None:
    link = ask(as_mara, path)
    form = opened(as_mara, f"{path}/information/new?sharing=must_not")

    as_mara.submit(f"{path}/information/new", {**form, "what": "Our lowest price"})

    assert "Our lowest price" in text_of(as_mara.get(path).text)
    assert "Our lowest price" not in stranger.get(link).text


@pytest.mark.parametrize(
    ("changed", "is_read"),
    [
        ({"sharing": "must_not"}, False),
        ({"sharing": "must"}, False),
        ({"sharing": "must", "shown": "y"}, True),
        ({"sharing": "must_not", "shown": "y"}, True),
    ],
)
def test_the_partner_reads_a_rule_that_was_ticked_for_them_and_no_other(
    as_mara: Browser, stranger: Browser, path: str, begun: int, changed: Filled, is_read: bool
) -> None:
    form = opened(as_mara, f"{path}/information/new")

    as_mara.submit(f"{path}/information/new", {**form, "what": "Our lowest price", **changed})

    assert "shown" not in form
    assert ("Our lowest price" in stranger.get(ask(as_mara, path)).text) is is_read


def test_a_rule_that_must_no_longer_be_shared_is_not_shown_by_an_old_tick(
    as_mara: Browser, stranger: Browser, make: Make, engagement: UUID, path: str, begun: int
) -> None:
    rules = document_of(make, engagement)["information"]
    shared = next(each for each in rules if each["sharing"] == "must")
    page = f"{path}/information/{shared['id']}"
    form = opened(as_mara, page)

    refused = as_mara.submit(page, {**form, "sharing": "must_not"})
    as_mara.submit(page, filled_in(refused.text))

    assert (form["shown"], refused.status_code) == ("must", 422)
    assert "What must not be shared is kept from the partner" in text_of(refused.text)
    assert shared["what"] not in text_of(stranger.get(ask(as_mara, path)).text)


def test_nought_hours_are_kept(as_mara: Browser, make: Make, engagement: UUID, path: str, begun: int) -> None:
    form = opened(as_mara, f"{path}/escalation/new")

    as_mara.submit(f"{path}/escalation/new", {**form, "hours": "0"})

    assert document_of(make, engagement)["escalation"][-1]["hours"] == 0


def test_the_partner_comments_and_the_team_reads_it(as_mara: Browser, stranger: Browser, path: str, begun: int) -> None:
    link = ask(as_mara, path)

    refused = stranger.submit(f"{link}/comment", {"name": "Sato Kenji", "words": ""})
    sent = stranger.submit(
        f"{link}/comment", {"name": "Sato Kenji", "words": "Friday is <b>late</b>."}, follow_redirects=True
    )

    assert refused.status_code == 422
    assert "The team reads it with your name." in text_of(sent.text)
    assert "Friday is &lt;b&gt;late&lt;/b&gt;." in as_mara.get(path).text


def test_a_link_that_is_revoked_too_old_or_for_something_else_opens_nothing(
    as_mara: Browser, stranger: Browser, clock: Clock, path: str, begun: int
) -> None:
    revoked = ask(as_mara, path)
    (revoke,) = re.findall(r'action="([^"]+/revoke)"', as_mara.get(f"{path}/links").text)
    as_mara.submit(revoke)
    old, health = ask(as_mara, path), ask(as_mara, path, "health_check")
    assert stranger.get(revoked).status_code == 404
    assert stranger.get(old).status_code == 200

    clock.turn(timedelta(days=31))

    for link in (old, "/charter/nothing", health.replace("/health-check/", "/charter/")):
        answer = stranger.get(link)
        assert answer.status_code == 404
        assert "This link is over, or was never made" in text_of(answer.text)
        assert stranger.submit(f"{link}/agree", {"name": "x"}).status_code == 404
        assert stranger.submit(f"{link}/comment", {"name": "x", "words": "x"}).status_code == 404
    assert stranger.get(health).status_code == 404
    assert stranger.submit(health, {}).status_code == 404


def test_whoever_tries_many_links_is_slowed_down(stranger: Browser, path: str, begun: int) -> None:
    answers = [stranger.submit("/charter/nothing/agree", {"name": "x"}).status_code for _ in range(25)]

    assert (answers[0], answers[-1]) == (404, 429)


def test_a_link_is_for_somebody(as_mara: Browser, path: str, begun: int) -> None:
    refused = as_mara.submit(f"{path}/links", {"purpose": "charter", "person": "", "label": " ", "days": "30"})

    assert refused.status_code == 422
    assert "A link is for somebody" in text_of(refused.text)


def test_before_there_is_a_charter_nobody_is_asked_to_agree(as_mara: Browser, path: str) -> None:
    refused = as_mara.submit(f"{path}/links", {"purpose": "charter", "person": "", "label": "Sato", "days": "30"})

    assert refused.status_code == 422
    assert "There is nothing to agree to yet." in text_of(refused.text)


def test_our_side_agrees_to_what_it_has_seen(as_mara: Browser, path: str, begun: int) -> None:
    seen = filled_in(as_mara.get(path).text)["seen"]
    form = opened(as_mara, f"{path}/objective")
    as_mara.submit(f"{path}/objective", {**form, "sentence": "Forty by May."})

    late = as_mara.submit(f"{path}/agree", {"seen": seen}, follow_redirects=True)
    agreed = as_mara.submit(f"{path}/agree", {"seen": str(begun + 1)}, follow_redirects=True)

    assert "The charter has changed meanwhile." in text_of(late.text)
    assert "Our side has agreed to version 2." in text_of(agreed.text)
    assert "Our side ▲ agreed version 2, Mara" in text_of(agreed.text)


MARKS = dict.fromkeys(("ability", "benevolence", "integrity", "communication", "objective", "working"), "4")


def test_both_sides_answer_the_health_check_and_see_one_another(
    as_lena: Browser, as_mara: Browser, stranger: Browser, engagement: UUID, path: str, begun: int
) -> None:
    link, own = ask(as_mara, path, "health_check"), f"/engagements/{engagement}/health-check"
    before = text_of(stranger.get(link).text)

    as_lena.submit(own, {**MARKS, "note": "More calls."})
    answered = stranger.submit(link, {**MARKS, "ability": "2", "note": "<b>Slower</b>"}, follow_redirects=True)

    assert "Both sides beside one another" not in before
    words = text_of(answered.text)
    assert "Two points or more lie between the sides in “Ability”" in words
    assert "this is a hint and no finding" in words
    assert "Ability 4.0 2.0 ◇ 2.0, worth a talk" in words
    assert "&lt;b&gt;Slower&lt;/b&gt;" in as_lena.get(own).text


def test_the_charter_tells_of_promises_and_of_the_health_check(
    as_lena: Browser, make: Make, engagement: UUID, lena: Somebody, path: str, begun: int
) -> None:
    partner = make.partner_of(engagement)
    sato = UUID(person_of_partner(make, engagement, "Sato Kenji").removeprefix("person:"))
    late = NOW.date() - timedelta(days=2)
    make.promise(partner, lena, "Drawings", party=Party.THEIRS, owner_id=None, person_id=sato, due_on=late)
    make.promise(partner, lena, "Samples", due_on=late + timedelta(days=30))
    before = text_of(as_lena.get(path).text)

    as_lena.submit(f"/engagements/{engagement}/health-check", MARKS)
    page = as_lena.get(path).text
    words = text_of(page)

    assert f"Drawings The partner’s side Sato Kenji {late.day}" in words
    assert "▼ late" in words
    assert "Samples Our side Lena" in words
    assert "Health check, our side ○ nobody this quarter never yet" in before
    assert "Health check, our side ▲ answered 1 answer this quarter" in words
    assert f'href="/partners/{partner}#promises"' in page


def test_answering_again_changes_the_answer(as_lena: Browser, engagement: UUID, begun: int) -> None:
    own = f"/engagements/{engagement}/health-check"
    as_lena.submit(own, MARKS)
    as_lena.submit(own, {**MARKS, "ability": "1"})

    page = as_lena.get(own).text

    assert "Ability 1.0 not answered" in text_of(page)
    assert "by 1 person" in text_of(page)


def test_a_question_left_out_is_asked_again(
    as_lena: Browser, as_mara: Browser, stranger: Browser, engagement: UUID, path: str, begun: int
) -> None:
    link = ask(as_mara, path, "health_check")
    some = {name: mark for name, mark in MARKS.items() if name != "working"}

    for answer in (as_lena.submit(f"/engagements/{engagement}/health-check", some), stranger.submit(link, some)):
        assert answer.status_code == 422
        assert "Way of working: choose one of the five." in text_of(answer.text)


@pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
def test_a_charter_of_fifty_contacts_in_five_zones_takes_ten_statements(
    as_lena: Browser, make: Make, database: Database, engagement: UUID, lena: Somebody, path: str
) -> None:
    write(make, engagement, lena, crowded(lena))
    as_lena.token()

    with counted(database) as shown:
        page = as_lena.get(path)
    with counted(database) as tried:
        ladder = as_lena.get(f"{path}/dry-run?at=2026-12-09T10:00&zone=Europe/Berlin")

    assert (page.status_code, ladder.status_code) == (200, 200)
    assert "Interface 12" in page.text
    assert max(len(shown), len(tried)) <= CHARTER_PAGE, shown
