"""Courses and lessons: what a page holds, what is heard, what is ticked and reported."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy.orm import Session

from tests.browsing import HTMX, Browser, fields_of, text_of
from tests.company import LESSON, QUIZ, Clock, Make, Somebody
from tests.conftest import services_of
from trainer import reporting
from trainer.domain.content import Content, Lesson, TemplateUse

on_both = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def as_lena(sign_in: Callable[[Somebody], Browser], lena: Somebody) -> Browser:
    return sign_in(lena)


@pytest.fixture
def lesson(content: Content) -> Lesson:
    return content.lessons[LESSON]


def audio_of(page: str) -> list[str]:
    return re.findall(r'data-audio="([^"]+)"', page)


def test_a_page_that_is_kept_gives_each_reader_their_own_name_and_token(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make
) -> None:
    as_otto = sign_in(make.learner("Otto"))
    first = as_lena.get(f"/lessons/{LESSON}").text

    second = as_otto.get(f"/lessons/{LESSON}").text

    assert "Lena" in first
    assert "Otto" in second
    assert "Lena" not in second
    tokens = [set(re.findall(r'name="csrf_token" value="([^".]+)', text)) for text in (first, second)]
    assert tokens == [{as_lena.token().split(".")[0]}, {as_otto.token().split(".")[0]}]
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize(("course", "is_told"), [("south-korea", True), ("japan", False)])
def test_a_reading_in_the_script_of_the_text_is_told_from_a_second_wording(
    as_lena: Browser, content: Content, course: str, *, is_told: bool
) -> None:
    lessons = content.courses[course].lessons
    lesson, phrase = next((each, phrase) for each in lessons for phrase in each.phrases if phrase.reading)

    page = text_of(as_lena.get(f"/lessons/{lesson.id}").text)

    assert (f"sounds like {phrase.reading}" in page) == is_told
    assert str(phrase.reading) in page


def test_a_course_lists_its_quizzes_in_the_order_of_its_lessons(as_lena: Browser, content: Content) -> None:
    page = as_lena.get("/courses/china").text.partition("<h2>Quizzes</h2>")[2].partition("</ul>")[0]

    china = content.courses["china"]
    assert re.findall(r'href="/quizzes/([\w-]+)"', page) == [quiz.id for quiz in china.quizzes_by_lesson]
    assert china.quizzes_by_lesson != china.quizzes


@pytest.mark.parametrize(("role", "words"), [("client", "To a client"), ("senior", "To somebody senior")])
def test_a_phrase_says_in_words_to_whom(as_lena: Browser, content: Content, role: str, words: str) -> None:
    lessons = content.courses["japan"].lessons
    lesson, phrase = next((each, phrase) for each in lessons for phrase in each.phrases if phrase.to_role == role)

    card = as_lena.get(f"/lessons/{lesson.id}").text.partition(f'id="{phrase.id}"')[2].partition("</details>")[0]

    assert words in text_of(card)


def test_a_lesson_shows_its_template_and_leads_to_where_it_is_filled_in(
    sign_in: Callable[[Somebody], Browser], make: Make, content: Content
) -> None:
    team = make.team()
    people = (make.learner("Alone"), make.learner("Lena", team), make.manager(team, "Mara"))
    template = content.templates[TemplateUse.ESCALATION]

    alone, member, manager = (sign_in(person).get(f"/lessons/{template.lesson_id}").text for person in people)

    for page in (alone, member, manager):
        words = text_of(page)
        assert f"The template {template.title}" in words
        assert all(line.words in words for line in template.lines)
    assert "Choose the meeting" not in alone
    assert re.search(r'<a [^>]*href="/">Choose the meeting', member)
    assert re.search(r'<a [^>]*href="/teams">Choose the meeting', manager)


def test_a_lesson_without_a_template_shows_none(as_lena: Browser, content: Content) -> None:
    lesson = next(each for each in content.lessons.values() if each.template is None)

    assert "The template" not in text_of(as_lena.get(f"/lessons/{lesson.id}").text)


def test_the_first_page_names_one_next_step(as_lena: Browser, content: Content) -> None:
    page = text_of(as_lena.get("/").text)

    first = next(iter(content.courses.values())).lessons[0]
    assert "Your next step" in page
    assert first.title in page


def test_the_first_page_goes_on_with_an_open_quiz(as_lena: Browser, make: Make, lena: Somebody) -> None:
    make.answers(lena, until=2)

    assert "Quiz, open where you left it" in text_of(as_lena.get("/").text)


def test_the_first_page_names_ones_seats(as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make) -> None:
    team = make.team()
    seated = make.learner("Otto", team)
    make.engagement(team, [[seated]])

    page = text_of(sign_in(seated).get("/").text)

    assert "You have a seat Chair of the call · Kobe Seiki" in page
    assert "in 21 days" in page
    assert "You have a seat" not in as_lena.get("/").text


def test_the_courses_tell_how_much_is_done(as_lena: Browser, make: Make, lena: Somebody, content: Content) -> None:
    make.answers(lena, QUIZ)
    as_lena.submit(f"/lessons/{LESSON}/done")

    page = text_of(as_lena.get("/courses").text)

    japan = content.courses["japan"]
    assert f"1 of {len(japan.lessons)} lessons and 1 of {len(japan.quizzes)} quizzes done" in page


def test_a_course_with_phrases_offers_to_practise_them(as_lena: Browser) -> None:
    assert "/quizzes/drill-japan" in as_lena.get("/courses/japan").text
    assert "/quizzes/drill-" not in as_lena.get("/courses/partnering").text


def test_a_course_lists_its_lessons_in_order_and_marks_those_done(as_lena: Browser, content: Content) -> None:
    as_lena.submit(f"/lessons/{LESSON}/done")

    page = as_lena.get("/courses/japan").text

    links = re.findall(r'href="/lessons/([^"]+)"', page)
    assert links == [lesson.id for lesson in content.courses["japan"].lessons]
    assert page.count('class="is-done"') == 1


@pytest.mark.parametrize("course_id", ["china", "france", "india", "japan", "partnering", "south-korea", "vietnam"])
def test_every_lesson_is_shown_whole(as_lena: Browser, content: Content, course_id: str) -> None:
    for lesson in content.courses[course_id].lessons:
        answer = as_lena.get(f"/lessons/{lesson.id}")

        assert answer.status_code == 200
        assert lesson.body.html in answer.text
        assert all(goal.html in answer.text for goal in lesson.goals)
        assert all(f'id="{fact.id}"' in answer.text for fact in lesson.facts)
        assert all(str(escape(source.address)) in answer.text for fact in lesson.facts for source in fact.sources)
        assert all(f'id="{phrase.id}"' in answer.text for phrase in lesson.phrases)


def test_a_phrase_carries_its_language(as_lena: Browser, lesson: Lesson) -> None:
    page = as_lena.get(f"/lessons/{LESSON}").text

    for phrase in lesson.phrases:
        assert f'lang="{phrase.lang}" dir="ltr">{phrase.text}' in page


def test_a_fact_tells_how_sure_it_is_and_when_it_was_checked(as_lena: Browser, lesson: Lesson) -> None:
    page = as_lena.get(f"/lessons/{LESSON}").text

    for fact in lesson.facts:
        assert f'class="mark mark-{fact.mark}"' in page
    assert "checked" in text_of(page)


def test_lessons_lead_to_the_one_before_and_the_one_after(as_lena: Browser, content: Content) -> None:
    lessons = content.courses["japan"].lessons
    first, second, third = (as_lena.get(f"/lessons/{lesson.id}").text for lesson in lessons[:3])

    assert f'href="/lessons/{lessons[1].id}" rel="next"' in first
    assert 'rel="prev"' not in first
    assert f'href="/lessons/{lessons[0].id}" rel="prev"' in second
    assert f'href="/lessons/{lessons[1].id}" rel="prev"' in third
    assert 'rel="next"' not in as_lena.get(f"/lessons/{lessons[-1].id}").text


def test_a_part_for_htmx_has_no_frame(as_lena: Browser) -> None:
    for path in ("/", "/courses", "/courses/japan", f"/lessons/{LESSON}", "/progress"):
        part = as_lena.get(path, headers=HTMX).text

        assert "<html" not in part
        assert "<h1" in part


def test_what_is_kept_of_a_lesson_for_all_carries_no_ones_token(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make
) -> None:
    other = sign_in(make.learner("Other"))

    mine, theirs = as_lena.get(f"/lessons/{LESSON}").text, other.get(f"/lessons/{LESSON}").text

    assert fields_of(mine)["csrf_token"] not in theirs
    assert "Lena" not in theirs
    assert "Other" not in mine
    assert other.submit(f"/lessons/{LESSON}/done", {"csrf_token": fields_of(theirs)["csrf_token"]}).status_code == 303


# Done


def test_a_lesson_is_done_when_one_says_so_and_leads_to_the_next(
    as_lena: Browser, content: Content, session: Session, lena: Somebody
) -> None:
    lessons = content.courses["japan"].lessons
    following = lessons[[lesson.id for lesson in lessons].index(LESSON) + 1]

    answer = as_lena.submit(f"/lessons/{LESSON}/done", {"goal": ["0", "2"]})
    page = as_lena.get(f"/lessons/{LESSON}").text

    assert answer.location == f"/lessons/{following.id}"
    assert reporting.goals_ticked(session, lena.id, LESSON) == (0, 2)
    assert re.findall(r'id="goal-(\d)" value="\d" checked', page) == ["0", "2"]
    assert "Save again" in page


def test_the_last_lesson_leads_back_to_its_course(as_lena: Browser, content: Content) -> None:
    last = content.courses["japan"].lessons[-1]

    assert as_lena.submit(f"/lessons/{last.id}/done").location == "/courses/japan"


@pytest.mark.parametrize("goal", ["99", "-1", "x", "²", "٣", "9" * 5000, ""])
def test_a_goal_that_is_none_is_left_out(as_lena: Browser, session: Session, lena: Somebody, goal: str) -> None:
    answer = as_lena.submit(f"/lessons/{LESSON}/done", {"goal": ["1", goal]})

    assert answer.status_code == 303
    assert reporting.goals_ticked(session, lena.id, LESSON) == (1,)


# Heard


def test_each_phrase_is_heard_at_two_speeds(as_lena: Browser, lesson: Lesson) -> None:
    addresses = audio_of(as_lena.get(f"/lessons/{LESSON}").text)

    assert len(addresses) == 2 * len(lesson.phrases)
    for address in addresses[:2]:
        answer = as_lena.get(address)

        assert answer.status_code == 200
        assert answer.mimetype == "audio/mpeg"
        assert len(answer.data) > 2000


def test_slow_is_slower(as_lena: Browser) -> None:
    normal, slow = (as_lena.get(address).data for address in audio_of(as_lena.get(f"/lessons/{LESSON}").text)[:2])

    assert len(slow) > len(normal)


def test_a_part_of_the_sound_can_be_asked_for(as_lena: Browser) -> None:
    (address, *_) = audio_of(as_lena.get(f"/lessons/{LESSON}").text)
    whole = as_lena.get(address).data

    part = as_lena.get(address, headers={"Range": "bytes=100-299"})
    rest = as_lena.get(address, headers={"Range": "bytes=-50"})
    beyond = as_lena.get(address, headers={"Range": f"bytes={len(whole)}-"})

    assert (part.status_code, part.data) == (206, whole[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(whole)}"
    assert (rest.status_code, rest.data) == (206, whole[-50:])
    assert beyond.status_code == 416


def test_the_sound_is_kept_by_the_browser_for_ever_and_by_nobody_between(as_lena: Browser) -> None:
    (address, *_) = audio_of(as_lena.get(f"/lessons/{LESSON}").text)

    answer = as_lena.get(address)
    again = as_lena.get(address, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.cache_control.immutable
    assert answer.cache_control.max_age == 31_536_000
    assert answer.cache_control.private
    assert "Content-Encoding" not in answer.headers
    assert again.status_code == 304


def test_an_old_address_is_heard_but_not_kept(as_lena: Browser) -> None:
    (address, *_) = audio_of(as_lena.get(f"/lessons/{LESSON}").text)
    old = re.sub(r"-[0-9a-f]+\.mp3", "-0123456789ab.mp3", address)

    answer = as_lena.get(old)

    assert answer.status_code == 200
    assert not answer.cache_control.immutable


@pytest.mark.parametrize("speed", ["fast", "../../etc", ""])
def test_there_is_no_other_speed(as_lena: Browser, lesson: Lesson, speed: str) -> None:
    assert as_lena.get(f"/phrases/{lesson.phrases[0].id}/{speed}-0123456789ab.mp3").status_code == 404


def test_what_cannot_be_spoken_shows_no_button(as_lena: Browser, content: Content) -> None:
    silent = next(lesson for lesson in content.lessons.values() if not lesson.phrases)

    page = as_lena.get(f"/lessons/{silent.id}").text

    assert audio_of(page) == []
    assert "<audio" not in page


def test_a_phrase_in_a_language_without_a_voice_shows_no_button(
    build_app: Callable[..., Flask], content: Content, clock: Clock, lesson: Lesson
) -> None:
    klingon = replace(lesson.phrases[0], lang="tlh", text="nuqneH", audio_text="nuqneH", reading=None)
    lonely = replace(lesson, phrases=(klingon,))
    own = Content(
        content.competencies, {"japan": replace(content.courses["japan"], lessons=(lonely,), phrases=(klingon,))}
    )
    app = build_app(own)
    with services_of(app).database.read_session() as session:
        lena = Make(session, own, clock).learner()
    browser = Browser(app)
    browser.sign_in(lena)

    page = browser.get(f"/lessons/{LESSON}").text

    assert "nuqneH" in page
    assert "There is no voice for this language on this server" in page
    assert audio_of(page) == []
    assert browser.get(f"/phrases/{klingon.id}/normal-0123456789ab.mp3").status_code == 404


def test_without_javascript_the_browsers_own_player_is_there(as_lena: Browser) -> None:
    page = as_lena.get(f"/lessons/{LESSON}").text

    assert "<noscript>" in page
    assert '<audio controls preload="none"' in page


# Reported


def test_a_reported_fact_reaches_the_trainers_desk(
    as_lena: Browser, sign_in: Callable[[Somebody], Browser], make: Make, lesson: Lesson
) -> None:
    fact = lesson.facts[0]
    assert text_of(fact.text.html) in text_of(as_lena.get(f"/facts/{fact.id}/report").text)

    answer = as_lena.submit(f"/facts/{fact.id}/report", {"problem": "Seen <b>otherwise</b> in Osaka."})
    desk = sign_in(make.trainer()).get("/desk").text

    assert answer.location == f"/lessons/{LESSON}"
    assert "Seen &lt;b&gt;otherwise&lt;/b&gt; in Osaka." in desk
    assert "Lena" in desk


@pytest.mark.parametrize(("problem", "words"), [("", "Say what is wrong"), ("  ", "Say what"), ("x" * 2001, "2000")])
def test_an_empty_or_endless_report_is_asked_for_again(
    as_lena: Browser, lesson: Lesson, session: Session, problem: str, words: str
) -> None:
    answer = as_lena.submit(f"/facts/{lesson.facts[0].id}/report", {"problem": problem})

    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert problem.strip() in answer.text
    assert reporting.reported_facts(session) == ()


def test_a_report_is_closed_with_a_decision(
    sign_in: Callable[[Somebody], Browser], make: Make, lena: Somebody, session: Session
) -> None:
    report_id = make.report(lena)
    desk = sign_in(make.trainer())

    empty = desk.submit(f"/desk/reports/{report_id}/close", {"decision": " "})
    closed = desk.submit(f"/desk/reports/{report_id}/close", {"decision": "Corrected."}, follow_redirects=True)

    assert empty.status_code == 422
    assert "Say what was decided" in text_of(empty.text)
    assert "closed Corrected." in text_of(closed.text)


@on_both
def test_a_character_that_no_database_keeps_is_refused(
    as_lena: Browser, client: Browser, lesson: Lesson, session: Session
) -> None:
    report = as_lena.submit(f"/facts/{lesson.facts[0].id}/report", {"problem": "NUL\x00NUL"})
    sign_in = client.submit("/sign-in", {"email": "a\x00@example.org", "password": "x"})
    path = as_lena.submit("/account/sessions/%00/end")

    assert report.status_code == sign_in.status_code == path.status_code == 400
    assert reporting.reported_facts(session) == ()


def test_a_voice_is_named_by_what_is_heard_not_by_how_it_is_written(as_lena: Browser) -> None:
    page = text_of(as_lena.get("/lessons/china-names").text)

    assert "Chinese, synthetic voice" in page
    assert "Simplified Chinese, synthetic voice" not in page
