"""The company's rules in the browser: the form, the log, and what each policy shows a manager and a learner."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.browsing import HTMX, Browser, fields_of, rows_of, text_of
from tests.builders import NOW, days
from tests.company import Clock, Make, Somebody
from tests.web.test_engagement_pages import CALL_QUIZZES, head_of, learn, main_of
from tests.web.test_forms import fields_told
from trainer import company, reporting
from trainer.domain.company import SHIPPED_RULES, Visibility
from trainer.domain.content import Content
from trainer.domain.mastery import Forecast, Model
from trainer.domain.readiness import Band, Requirement, Rules, Standing
from trainer.web.rules import differences, shown_forecast
from trainer.wording import in_ten

FORM = {
    "min_answers": "8",
    "max_width": "3,5",
    "ready_margin": "0",
    "interpreter_target": "7.5",
    "visibility": "bands",
    "reason": "We want to be surer.",
    "seen": "0",
}
FIGURE = r"\d+ in 10 \(\d+ to \d+\)"


@pytest.fixture
def ada(make: Make) -> Somebody:
    return make.admin("Ada")


@pytest.fixture
def as_admin(sign_in: Callable[[Somebody], Browser], ada: Somebody) -> Browser:
    return sign_in(ada)


@pytest.fixture
def team(make: Make) -> UUID:
    return make.team("Support")


@pytest.fixture
def as_manager(sign_in: Callable[[Somebody], Browser], make: Make, team: UUID) -> Browser:
    return sign_in(make.manager(team, "Mara"))


def typed_in(page: str) -> dict[str, str]:
    """What stands in the fields of the form."""
    fields = fields_of(main_of(page))
    (chosen,) = re.findall(r'<input[^>]*checked[^>]*name="visibility"[^>]*value="(\w+)"', page)
    reason = re.search(r'<textarea[^>]*name="reason"[^>]*>\s*(.*?)</textarea>', page, re.S)
    assert reason is not None
    return {**{name: fields[name] for name in FORM if name in fields}, "visibility": chosen, "reason": reason[1]}


# The form


def test_the_form_comes_with_what_is_in_force_in_tenths(as_admin: Browser, make: Make, ada: Somebody) -> None:
    shipped = as_admin.get("/company").text
    make.rules(ada, max_width=0.25, ready_margin=0.05, visibility=Visibility.FORECAST)

    own = as_admin.get("/company").text

    assert typed_in(shipped) == {
        "min_answers": "5", "max_width": "4", "ready_margin": "1", "interpreter_target": "6", "visibility": "bands",
        "reason": "", "seen": "0",
    }  # fmt: skip
    assert "These are the rules that Entente comes with" in text_of(shipped)
    assert "In force since Thursday 3 December" in text_of(own)
    assert typed_in(own) == {
        "min_answers": "5", "max_width": "2.5", "ready_margin": "0.5", "interpreter_target": "6",
        "visibility": "forecast", "reason": "", "seen": "1",
    }  # fmt: skip


def test_each_rule_says_what_it_does_and_that_no_standard_draws_the_interpreters_line(as_admin: Browser) -> None:
    page = text_of(as_admin.get("/company").text)

    assert "which is never “not ready”" in page
    assert "No CEFR level can be cited for such a line" in page
    assert "No number says how well a person does." in page
    assert "such as 7 in 10 (5 to 8)" in page
    assert "Ask your works council or data protection officer first." in page


def test_a_change_is_put_in_force_and_logged(as_admin: Browser, session: Session) -> None:
    page = text_of(as_admin.submit("/company", FORM, follow_redirects=True).text)

    assert company.rules_in_force(session).rules == Rules(8, 0.35, 0.0, 0.75)
    assert "The rules are changed." in page
    log = page[page.index("Changes Thursday 3 December Ada") :]
    for words in (
        "Answers needed: 8 instead of 5",
        "Widest range: 3.5 in 10 instead of 4 in 10",
        "Room below the target: 0 in 10 instead of 1 in 10",
        "Language situations without an interpreter: 7.5 in 10 instead of 6 in 10",
        "“We want to be surer.”",
    ):
        assert words in log
    assert "Managers see" not in log


def test_the_log_tells_the_newest_change_first(as_admin: Browser, make: Make, ada: Somebody, clock: Clock) -> None:
    make.rules(ada, min_answers=8, reason="First.")
    clock.turn(timedelta(minutes=5))
    make.rules(ada, visibility=Visibility.FORECAST, reason="Second <script>.")

    page = as_admin.get("/company").text

    log = text_of(page[page.index('id="log-title"') :])
    assert log.index("Managers see: bands and forecasts instead of bands only") < log.index("Answers needed: 8")
    assert "“Second <script>.”" in log
    assert "<script>." not in page


BAD: list[tuple[Mapping[str, str], list[str], str]] = [
    ({"min_answers": "2"}, ["min_answers"], "a whole number of answers, from 3 to 30"),
    ({"min_answers": "31"}, ["min_answers"], "from 3 to 30"),
    ({"min_answers": ""}, ["min_answers"], "from 3 to 30"),
    ({"min_answers": "5.5"}, ["min_answers"], "a whole number"),
    ({"min_answers": "five"}, ["min_answers"], "a whole number"),
    ({"min_answers": "5" * 5000}, ["min_answers"], "a whole number"),
    ({"min_answers": "-5"}, ["min_answers"], "a whole number"),
    ({"min_answers": "٥"}, ["min_answers"], "a whole number"),
    ({"max_width": "1.4"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"max_width": "6.1"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"max_width": "40"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"max_width": "NaN"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"max_width": "1e0"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"max_width": "3.25"}, ["max_width"], "from 1.5 to 6 in 10"),
    ({"ready_margin": "2.6"}, ["ready_margin"], "from 0 to 2.5 in 10"),
    ({"ready_margin": "-1"}, ["ready_margin"], "from 0 to 2.5 in 10"),
    ({"interpreter_target": "10"}, ["interpreter_target"], "from 3 to 9.5"),
    ({"interpreter_target": "sNaN"}, ["interpreter_target"], "from 3 to 9.5"),
    ({"visibility": "everything"}, ["visibility-0"], "Not a valid choice"),
    ({"reason": " "}, ["reason"], "Say why: everybody can read it."),
    ({"reason": "x" * 501}, ["reason"], "in 500 characters or fewer"),
    ({"reason": "", "max_width": "9", "min_answers": "x"}, ["min_answers", "max_width", "reason"], "Say why"),
]


@pytest.mark.parametrize(("change", "told", "words"), BAD, ids=[str(dict(change))[:40] for change, _, _ in BAD])
def test_a_mistake_is_told_beside_its_field_and_above_and_nothing_that_was_typed_is_lost(
    as_admin: Browser, session: Session, change: Mapping[str, str], told: list[str], words: str
) -> None:
    sent = {**FORM, **change}

    answer = as_admin.submit("/company", sent)

    assert answer.status_code == 422
    assert fields_told(answer.text) == told
    assert text_of(answer.text).count(words) >= 2
    assert "<title>Error: Company rules" in answer.text
    if "visibility" not in change:
        assert typed_in(answer.text) == {**sent, "reason": sent["reason"].strip()}
    assert company.rule_changes(session) == ()


def test_an_empty_form_is_asked_for_again(as_admin: Browser) -> None:
    answer = as_admin.submit("/company", {})

    assert answer.status_code == 422
    assert fields_told(answer.text) == [
        "min_answers", "max_width", "ready_margin", "interpreter_target", "visibility-0", "reason",
    ]  # fmt: skip


def test_who_was_overtaken_is_told_keeps_what_was_typed_and_can_send_it_again(
    as_admin: Browser, make: Make, session: Session
) -> None:
    other = make.rules(make.admin("Bo"), visibility=Visibility.FORECAST, reason="Agreed.")

    refused = as_admin.submit("/company", FORM)

    assert refused.status_code == 422
    assert "Somebody changed the rules meanwhile" in text_of(refused.text)
    assert "Managers see: bands and forecasts instead of bands only" in text_of(refused.text)
    assert typed_in(refused.text) == {**FORM, "seen": str(other.version)}
    assert as_admin.submit("/company", {**FORM, "seen": str(other.version)}).status_code == 303
    assert company.rules_in_force(session).visibility is Visibility.BANDS


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 400])
def test_a_version_that_nobody_was_shown_counts_as_unseen(as_admin: Browser, session: Session, seen: str) -> None:
    assert as_admin.submit("/company", {**FORM, "seen": seen}).status_code == 422
    assert company.rule_changes(session) == ()


def test_what_is_in_force_already_is_not_logged_again(as_admin: Browser) -> None:
    same = {**FORM, "min_answers": "5", "max_width": "4", "ready_margin": "1", "interpreter_target": "6"}

    answer = as_admin.submit("/company", same)

    assert answer.status_code == 422
    assert "These are the rules in force already." in text_of(answer.text)


def test_everybody_reads_the_rules_and_only_an_administrator_gets_the_form(
    sign_in: Callable[[Somebody], Browser], make: Make, ada: Somebody
) -> None:
    make.rules(ada, max_width=0.35, visibility=Visibility.FORECAST, reason="Agreed.")

    page = sign_in(make.learner()).get("/company").text

    assert "<textarea" not in page
    words = text_of(page)
    assert "works council" not in words
    for rule in ("Answers needed 5", "Widest range 3.5 in 10", "Room below the target 1 in 10", "Bands and forecasts"):
        assert rule in words
    assert "Managers have seen bands and forecasts since Thursday 3 December. The reason given: “Agreed.”" in words
    assert "Widest range: 3.5 in 10 instead of 4 in 10" in words


def test_an_administrator_finds_the_rules_from_the_people(as_admin: Browser) -> None:
    assert 'href="/company"' in main_of(as_admin.get("/people").text)


def test_a_part_of_the_rules_for_htmx_has_no_frame(as_admin: Browser) -> None:
    assert "<html" not in as_admin.get("/company", headers=HTMX).text


# What managers see of a person


def watched(make: Make, team: UUID) -> tuple[UUID, Somebody]:
    """An engagement with two people of whom enough is known, somebody new, and somebody who has not started."""
    lena, otto, new, idle = (make.learner(name, team) for name in ("Lena", "Otto", "Newcomer", "Idle"))
    learn(make, lena, 1.0)
    learn(make, otto, 0.0)
    make.answers(new, "pt-remote-call", until=3)
    return make.engagement(team, [[lena, new], [otto, idle], [lena]]), lena


def figures_of(session: Session, content: Content, engagement_id: UUID) -> set[str]:
    """Each number of a person that the model has, as it would be shown."""
    head = head_of(session, engagement_id)
    (readiness,) = reporting.assess_engagements(session, content, Model(), [head]).values()
    return {
        text_of(shown_forecast(standing, Visibility.FORECAST))
        for seat in readiness.seats
        for person in seat.people
        for standing in person.standings
    } - {""}


def test_with_bands_only_no_number_of_a_person_is_anywhere_in_the_page(
    as_manager: Browser, make: Make, team: UUID, session: Session, content: Content
) -> None:
    engagement_id, _ = watched(make, team)

    page = as_manager.get(f"/engagements/{engagement_id}").text

    figures = figures_of(session, content, engagement_id)
    assert figures
    plain = page.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    assert not any(figure in plain for figure in figures)
    assert re.findall(FIGURE, plain) == []
    assert re.findall(r"\(\d+ to \d+\)", plain) == []
    assert "You see bands, the amount of evidence and its age" in text_of(page)


def test_with_forecasts_each_judged_competency_has_its_number_in_the_map_and_in_who_needs_what(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody, session: Session, content: Content
) -> None:
    engagement_id, _ = watched(make, team)
    make.rules(ada, visibility=Visibility.FORECAST)

    page = as_manager.get(f"/engagements/{engagement_id}").text

    cells = {row[0].split()[0]: [cell for cell in row[1:] if cell] for row in rows_of(page) if len(row) > 2}
    assert set(cells) == {"Seat", "Lena", "Otto", "Newcomer", "Idle"}
    assert all(re.search(FIGURE, cell) for name in ("Lena", "Otto") for cell in cells[name])
    assert not any(re.search(FIGURE, cell) for name in ("Newcomer", "Idle") for cell in cells[name])
    words = text_of(page)
    assert figures_of(session, content, engagement_id) <= set(re.findall(FIGURE, words))
    gaps = words[words.index("Who needs what") : words.index("On the day, seat by seat")]
    assert re.search(rf"Not ready {FIGURE}: (read|practise)", gaps)
    assert "in brackets the range in which that lies 8 times of 10" in words
    assert "the forecast behind each where there is enough evidence (your company has decided so)" in words


def test_a_policy_takes_effect_at_once_on_a_page_that_is_kept_and_goes_as_it_came(
    as_manager: Browser, as_admin: Browser, make: Make, team: UUID
) -> None:
    engagement_id, _ = watched(make, team)
    path = f"/engagements/{engagement_id}"
    form = {**FORM, "min_answers": "5", "max_width": "4", "ready_margin": "1", "interpreter_target": "6"}
    pages = [text_of(as_manager.get(path).text)]
    for seen, visibility in enumerate(("forecast", "bands")):
        assert as_admin.submit("/company", {**form, "visibility": visibility, "seen": seen}).status_code == 303
        pages.append(text_of(as_manager.get(path).text))

    assert [bool(re.search(FIGURE, page)) for page in pages] == [False, True, False]
    assert pages[0] == pages[2]


@pytest.mark.parametrize("visibility", Visibility)
def test_the_learner_sees_exactly_what_the_manager_sees_of_them_whatever_the_policy(
    as_manager: Browser,
    sign_in: Callable[[Somebody], Browser],
    make: Make,
    team: UUID,
    ada: Somebody,
    visibility: Visibility,
) -> None:
    engagement_id, lena = watched(make, team)
    if visibility is not Visibility.BANDS:
        make.rules(ada, visibility=visibility, reason="Agreed with all.")
    managers, browser = rows_of(as_manager.get(f"/engagements/{engagement_id}").text), sign_in(lena)

    page = browser.get("/progress").text

    seen_by_manager = {
        (title, re.sub(r" \d+ answers.*", "", cell))
        for row in managers[1:]
        if row[0].startswith("Lena")
        for title, cell in zip(managers[0][1:], row[1:], strict=True)
        if cell
    }
    own = {(row[0].removesuffix(" must"), row[1]) for row in rows_of(page) if row[0] != "Needed"}
    assert own == seen_by_manager
    assert all(bool(re.search(FIGURE, cell)) is (visibility is Visibility.FORECAST) for _, cell in own)
    one = text_of(browser.get("/progress/remote-meetings").text)
    seen_of_it = one[one.index("What your manager sees of it") :]
    assert bool(re.search(FIGURE, seen_of_it)) is (visibility is Visibility.FORECAST)
    assert ("not the numbers above" in seen_of_it) is (visibility is Visibility.BANDS)


def test_everybody_is_told_which_policy_holds_since_when_and_why(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, ada: Somebody, clock: Clock
) -> None:
    idle, lena = make.learner("Idle"), make.learner("Lena", team)
    make.engagement(team, [[lena]])
    browsers = [sign_in(idle), sign_in(lena)]
    before = [text_of(browser.get("/progress").text) for browser in browsers]
    make.rules(ada, visibility=Visibility.FORECAST, reason="Agreed with all.")
    clock.turn(timedelta(hours=7))
    make.rules(ada, min_answers=8, reason="Surer.")

    for browser, page in zip(browsers, before, strict=True):
        after = text_of(browser.get("/progress").text)

        assert "Managers have seen bands only from the start; your company has not changed that." in page
        assert (
            "Managers have seen bands and forecasts since Thursday 3 December. "
            "The reason given: “Agreed with all.” Company rules" in after
        )
        assert "Surer." not in after


def test_figures_of_a_group_need_five_people_with_forecasts_too(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody
) -> None:
    engagement_id, _ = watched(make, team)
    make.rules(ada, visibility=Visibility.FORECAST)

    assert "<dt>Expected ready</dt>" not in as_manager.get(f"/engagements/{engagement_id}").text


def test_people_stand_by_name_and_not_by_number(as_manager: Browser, make: Make, team: UUID, ada: Somebody) -> None:
    bad, good = make.learner("Anna", team), make.learner("Zoe", team)
    learn(make, bad, 0.0)
    learn(make, good, 1.0)
    engagement_id = make.engagement(team, [[good, bad]])
    make.rules(ada, visibility=Visibility.FORECAST)

    rows = [row[0] for row in rows_of(as_manager.get(f"/engagements/{engagement_id}").text) if len(row) > 2]

    assert [row.split()[0] for row in rows[1:]] == ["Anna", "Zoe"]


def test_an_administrator_sees_no_readiness_of_a_team_that_they_do_not_manage(
    as_admin: Browser, make: Make, team: UUID, ada: Somebody
) -> None:
    engagement_id, _ = watched(make, team)
    make.rules(ada, visibility=Visibility.FORECAST)

    assert as_admin.get(f"/engagements/{engagement_id}").status_code == 403


@pytest.mark.parametrize(
    ("band", "shown"),
    [
        (Band.NOT_STARTED, ""),
        (Band.NO_EVIDENCE, ""),
        (Band.NOT_READY, "7 in 10 (5 to 8)"),
        (Band.BORDERLINE, "7 in 10 (5 to 8)"),
        (Band.READY, "7 in 10 (5 to 8)"),
    ],
)
def test_a_number_is_shown_where_there_is_enough_evidence_and_the_company_wants_it(band: Band, shown: str) -> None:
    standing = Standing(Requirement("greeting", 0.7, is_must=True), band, Forecast(0.68, 0.52, 0.81, 9), NOW, 0.5)

    assert text_of(shown_forecast(standing, Visibility.FORECAST)) == shown
    assert shown_forecast(standing, Visibility.BANDS) == ""


# An engagement and rules that changed since


def test_the_manager_is_told_of_newer_rules_in_one_sentence_and_takes_them_up(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody
) -> None:
    engagement_id, _ = watched(make, team)
    path = f"/engagements/{engagement_id}"
    first = text_of(as_manager.get(path).text)
    make.rules(ada, min_answers=30, max_width=0.35)
    told = as_manager.get(path).text

    assert "older rules" not in first
    assert (
        "This engagement is judged by older rules than the company’s, which now say “answers needed: 30 instead of 5; "
        "widest range: 3.5 in 10 instead of 4 in 10”. Use the company’s rules of Thursday 3 December" in text_of(told)
    )
    (form,) = re.findall(r'action="(/engagements/[^"]+/rules/\d+)"', told)
    after = text_of(as_manager.submit(form, follow_redirects=True).text)

    assert "This engagement is now judged by the company's rules." in after
    assert "older rules" not in after
    assert "Fewer than 30 answers, or a range wider than 3.5 in 10" in after
    assert "These are the company’s rules of Thursday 3 December." in after
    assert "▲ Ready" in first
    lines = [line for line in rows_of(as_manager.get(path).text) if line[0].startswith("Lena")]
    assert all("? Not enough evidence" in cell for line in lines for cell in line[1:] if cell)


def test_a_changed_policy_alone_is_no_newer_rule_for_an_engagement(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody
) -> None:
    engagement_id, _ = watched(make, team)
    make.rules(ada, visibility=Visibility.FORECAST)

    assert "older rules" not in as_manager.get(f"/engagements/{engagement_id}").text


def test_rules_that_changed_again_are_not_taken_up_unseen(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody, session: Session
) -> None:
    engagement_id, _ = watched(make, team)
    shown = make.rules(ada, min_answers=8)
    make.rules(ada, min_answers=9)

    answer = as_manager.submit(f"/engagements/{engagement_id}/rules/{shown.version}", follow_redirects=True)

    assert "The company's rules have changed again." in text_of(answer.text)
    assert head_of(session, engagement_id).kept == SHIPPED_RULES


def test_an_engagement_that_is_over_is_not_asked_to_change_its_rules(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, ada: Somebody, clock: Clock
) -> None:
    engagement_id = make.engagement(team, in_days=2)
    make.rules(ada, min_answers=8)
    clock.at = days(5)
    browser = sign_in(make.manager(team))

    assert "older rules" not in browser.get(f"/engagements/{engagement_id}").text
    answer = browser.submit(f"/engagements/{engagement_id}/rules/1", follow_redirects=True)
    assert "This engagement is over." in text_of(answer.text)


def test_the_page_prints_the_rules_that_it_used_and_rounds_none_away(
    as_manager: Browser, make: Make, team: UUID, ada: Somebody
) -> None:
    make.rules(ada, min_answers=8, max_width=0.15, ready_margin=0.05, interpreter_target=0.95)
    engagement_id, _ = watched(make, team)

    page = text_of(as_manager.get(f"/engagements/{engagement_id}").text)

    assert "the low end is at most 0.5 in 10 below it" in page
    assert "Fewer than 8 answers, or a range wider than 1.5 in 10" in page
    assert "Below 9.5 in 10 of the language situations of a seat that speaks for us, your company takes one" in page


def test_a_learner_reads_how_many_answers_their_engagement_needs(
    sign_in: Callable[[Somebody], Browser], make: Make, team: UUID, ada: Somebody
) -> None:
    make.rules(ada, min_answers=30)
    lena = make.learner("Lena", team)
    make.engagement(team, [[lena]])
    make.answers(lena, *CALL_QUIZZES, at=days(-2))

    page = text_of(sign_in(lena).get("/progress/remote-meetings").text)

    assert "That is not enough evidence yet: 30 are needed." in page


def test_a_share_is_printed_as_it_was_set() -> None:
    assert [in_ten(share) for share in (0.4, 0.15, 0.05, 0.0, 0.33)] == [
        "4 in 10", "1.5 in 10", "0.5 in 10", "0 in 10", "3.3 in 10",
    ]  # fmt: skip
    assert differences(Rules(), Rules()) == []
