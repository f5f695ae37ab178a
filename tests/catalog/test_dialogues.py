"""Dialogues are read as written, and each mistake is told with its line."""

from pathlib import Path

import pytest

from tests.catalog.sample import DIALOGUES, LESSON, PHRASES, change, line_of, write_sample
from trainer.catalog import check_catalog, load_catalog
from trainer.domain.content import Content, Dialogue

RETIRED = "lessons/retired.yaml"
PHRASE_LINE = "- {party: guest, phrase: ja-clarify-01}"
LEARNER = "  learner: guest"
LAST = '    - {party: guest, text: どうも。, reading: どうも。, natural: "Thank you."}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_sample(tmp_path)
    return tmp_path


@pytest.fixture
def call(root: Path) -> Dialogue:
    return load_catalog(root).dialogues["demo-call"]


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check_catalog(root)[1]]


def test_a_dialogue_is_read_with_its_two_sides(call: Dialogue) -> None:
    assert (call.lesson_id, call.lang, call.title) == ("demo-names", "ja", "A bad line")
    assert call.scene.html == "A call. <em>Nobody</em> is to blame."
    assert [(party.id, party.name, party.role) for party in call.parties] == [
        ("guest", "Morgan", "visitor, Halden"),
        ("host", "Ms Sato", "purchasing, Kobe Seiki"),
    ]
    assert call.learner == call.parties[0]


def test_a_line_has_its_words_and_its_place_in_its_name(call: Dialogue) -> None:
    first = call.lines[0]

    assert (first.id, first.party.id, first.text) == ("demo-call-01", "host", "15日です。")
    assert (first.reading, first.translit) == ("じゅうごにちです。", "Jūgonichi desu.")
    assert (first.natural, first.audio_text) == ("It is the fifteenth.", "十五日です")
    assert first.note is not None
    assert first.said == first


def test_what_is_read_aloud_is_the_text_unless_it_is_written_out(call: Dialogue) -> None:
    assert call.lines[2].audio_text == call.lines[2].text == "木曜日です。"


def test_a_line_that_says_a_phrase_has_its_words_and_is_heard_as_it(root: Path) -> None:
    content = load_catalog(root)
    line, phrase = content.dialogues["demo-call"].lines[1], content.phrases["ja-clarify-01"]

    assert (line.text, line.reading, line.translit) == (phrase.text, phrase.reading, phrase.translit)
    assert (line.natural, line.audio_text) == (phrase.natural, phrase.audio_text)
    assert line.said == phrase
    assert line.id not in content.dialogue_lines


def test_a_dialogue_is_found_by_its_course_its_lesson_and_its_id(root: Path, call: Dialogue) -> None:
    content = load_catalog(root)

    assert content.courses["demo"].dialogues == content.lessons["demo-names"].dialogues == (call,)
    assert content.lessons["basics-objective"].dialogues == ()


def test_english_lines_need_no_meaning_in_english(root: Path) -> None:
    english = "lang: en\n  title: A bad line\n"
    change(root, DIALOGUES, "lang: ja\n  title: A bad line\n", english)
    change(root, DIALOGUES, PHRASE_LINE, "- {party: guest, text: Sorry?}")

    assert told(root) == []


MISTAKES = {
    "unknown key": ("learner: guest", "learner: guest\n  mood: good", "unknown key 'mood' in a dialogue"),
    "unknown lesson": ("lesson: demo-names", "lesson: demo-name", "unknown lesson 'demo-name'"),
    "unknown learner": ("learner: guest", "learner: gast", "unknown party 'gast'"),
    "unknown party": (PHRASE_LINE, PHRASE_LINE.replace("guest", "gast"), "unknown party 'gast'"),
    "unknown phrase": (PHRASE_LINE, PHRASE_LINE.replace("-01", "-99"), "unknown phrase 'ja-clarify-99'"),
    "words beside a phrase": (PHRASE_LINE, PHRASE_LINE.replace("}", ", text: ええ。}"), "unknown key 'text' in a turn"),
    "no words": (PHRASE_LINE, "- {party: guest, reading: あ, natural: A}", "missing key 'text' in a turn"),
    "no reading": (", reading: では。", "", "missing key 'reading' in a turn: 'ja' needs one"),
    "no meaning": (', natural: "I see."', "", "missing key 'natural' in a turn: say in English what it means"),
    "too few turns": (LAST, "", "a dialogue has 6 to 12 turns, not 5"),
    "too many turns": (LAST, 7 * LAST + LAST, "a dialogue has 6 to 12 turns, not 13"),
    "one id for both": ("- {id: host,", "- {id: guest,", "id 'guest' stands twice here"),
    "a third party": (LEARNER, f"    - {{id: third, name: A, role: b}}\n{LEARNER}", "a dialogue has 2 parties, not 3"),
    "HTML": ("*Nobody*", "<b>Nobody</b>", "'scene' holds HTML: write Markdown"),
    "a slash": ("audio_text: 十五日です", "audio_text: 十五日/です", "'audio_text' holds a slash: write one form"),
    "no language": ("lang: ja", "lang: jp", "'jp' is not a BCP 47 language tag (such as ja, fr, zh-Hans or pt-BR)"),
    "another language": ("lang: ja", "lang: fr", "phrase 'ja-clarify-01' is in 'ja', the others in 'fr'"),
    "not composed": ("Jūgonichi", "Ju\u0304gonichi", "is not in Unicode normal form NFC: save the file composed (NFC)"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told(root: Path, name: str) -> None:
    old, new, words = MISTAKES[name]
    change(root, DIALOGUES, old, new)

    found = told(root)

    assert all(problem.startswith(f"{DIALOGUES}:") for problem in found)
    assert words in [problem.split(": ", 1)[1] for problem in found]


def test_a_mistake_is_told_with_its_line(root: Path) -> None:
    change(root, DIALOGUES, ', natural: "I see."', "")

    line = line_of(root, DIALOGUES, "text: はい。")

    assert told(root) == [f"{DIALOGUES}:{line}: missing key 'natural' in a turn: say in English what it means"]


def test_a_party_that_never_speaks_is_told(root: Path) -> None:
    path = root / DIALOGUES
    path.write_text(path.read_text("utf-8").replace("party: host", "party: guest"), "utf-8")

    line = line_of(root, DIALOGUES, "- party: guest")

    assert told(root) == [f"{DIALOGUES}:{line}: party 'host' never speaks"]


@pytest.mark.parametrize("used", ["demo-call", "demo-call-03"])
def test_the_id_of_a_dialogue_or_a_line_is_not_used_again(root: Path, used: str) -> None:
    (root / RETIRED).write_text(f"- {used}\n", encoding="utf-8")

    (problem,) = told(root)

    assert f"id {used!r} is used already at {RETIRED}:1; ids are never re-used" in problem


def test_a_phrase_does_not_take_the_name_of_a_line(root: Path) -> None:
    phrase = (root / PHRASES).read_text("utf-8")
    (root / PHRASES).write_text(phrase + phrase.replace("ja-clarify-01", "demo-call-03"), "utf-8")

    (problem,) = told(root)

    assert "id 'demo-call-03' is used already" in problem


def test_dialogues_of_a_lesson_that_is_broken_are_told_too(root: Path) -> None:
    change(root, LESSON, "minutes: 8", "minutes: 800")
    change(root, DIALOGUES, "learner: guest", "learner: gast")

    assert [problem.split(": ", 1)[1] for problem in told(root)] == [
        "'minutes' must be between 1 and 120, not 800",
        "unknown party 'gast'",
    ]


# What is shipped


def test_each_shipped_dialogue_is_of_the_language_of_its_course_or_english(content: Content) -> None:
    for course in content.courses.values():
        assert {dialogue.lang for dialogue in course.dialogues} == {course.language or "en"}


def test_the_learners_side_of_a_country_says_phrases_of_its_course(content: Content) -> None:
    for course in content.courses.values():
        for dialogue in course.dialogues if course.country else ():
            own = [line for line in dialogue.lines if line.party == dialogue.learner]
            assert sum(line.phrase is not None for line in own) >= 2, dialogue.id
