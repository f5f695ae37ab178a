"""What is written in the browser: versions, review, publication, conflicts and files; on both databases."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Select, select

from app import ROOT
from tests.browsing import Browser, text_of
from tests.company import Clock, Make, Somebody
from tests.conftest import services_of
from trainer import authoring
from trainer.authoring import AuthoringError, Conflict, Mistakes
from trainer.database import Database, Store
from trainer.domain.authoring import State
from trainer.domain.content import Lesson
from trainer.library import Library, published_texts
from trainer.models import ContentVersion

COURSE = "lessons/japan/course.yaml"
LESSON = "lessons/japan/03-names.md"
DIALOGUES = "lessons/japan/dialogues.yaml"
QUIZ = "quizzes/japan/jp-language-first-contact.yaml"
TITLE = "title: Japan\n"
OURS = "title: Japan for us  # as we say it\n"


@pytest.fixture
def library(app: Flask) -> Library:
    return services_of(app).library


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


@pytest.fixture
def theo(make: Make) -> Somebody:
    return make.trainer("Theo")


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    """To read what is there at the moment, however often."""
    with database.read_connection() as connection:
        yield connection


class Desk:
    """Writes as trainers do, each step in a transaction of its own."""

    def __init__(self, database: Database, library: Library, clock: Clock) -> None:
        self.database, self.library, self.clock = database, library, clock

    def save(self, who: Somebody, path: str, text: str | None, base: int = 0) -> int:
        with self.database.write_session() as session:
            number = authoring.save_document(
                session, self.library, path, text, base=base, author_id=who.id, at=self.clock.at
            )
            session.commit()
        return number

    def review(self, who: Somebody, path: str, number: int) -> None:
        with self.database.write_session() as session:
            authoring.review_version(session, path, number, reviewer_id=who.id, at=self.clock.at)
            session.commit()

    def publish(self, who: Somebody, path: str, number: int) -> int:
        with self.database.write_session() as session:
            edition = authoring.publish(session, self.library, {path: number}, by_id=who.id, at=self.clock.at)
            session.commit()
        return edition

    def put_in_force(self, author: Somebody, reviewer: Somebody, path: str, text: str | None, base: int = 0) -> int:
        number = self.save(author, path, text, base)
        self.review(reviewer, path, number)
        self.publish(author, path, number)
        return number

    def set_aside(self, path: str, number: int) -> None:
        with self.database.write_session() as session:
            authoring.set_aside(session, path, number)
            session.commit()

    def restore(self, who: Somebody, path: str, number: int, base: int) -> int:
        with self.database.write_session() as session:
            made = authoring.restore_version(
                session, self.library, path, number, base=base, author_id=who.id, at=self.clock.at
            )
            session.commit()
        return made


@pytest.fixture
def desk(database: Database, library: Library, clock: Clock) -> Desk:
    return Desk(database, library, clock)


def shipped(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def ours() -> str:
    return shipped(COURSE).replace(TITLE, OURS)


def title_in_force(store: Store, library: Library) -> str:
    return library.in_force(store).courses["japan"].title


# From draft into force


def test_a_draft_is_kept_and_not_in_force(desk: Desk, store: Store, library: Library, tina: Somebody) -> None:
    number = desk.save(tina, COURSE, ours())

    document = authoring.load_document(store, library, COURSE)
    assert document is not None
    assert (number, document.number, document.text) == (1, 1, ours())
    assert document.version is not None
    assert (document.version.state, document.version.author_name) == (State.DRAFT, "Tina")
    assert title_in_force(store, library) == "Japan"


def test_reviewed_by_another_and_published_it_is_in_force_with_who_and_when(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody, clock: Clock
) -> None:
    number = desk.save(tina, COURSE, ours())
    desk.review(theo, COURSE, number)
    assert title_in_force(store, library) == "Japan"

    assert desk.publish(tina, COURSE, number) == 1

    assert title_in_force(store, library) == "Japan for us"
    document = authoring.load_document(store, library, COURSE)
    assert document is not None
    assert document.in_force is not None
    version = document.in_force
    assert (version.reviewer_name, version.reviewed_at) == ("Theo", clock.at)
    assert (version.publisher_name, version.published_at) == ("Tina", clock.at)


def test_what_is_not_reviewed_is_not_published(desk: Desk, tina: Somebody) -> None:
    number = desk.save(tina, COURSE, ours())

    with pytest.raises(AuthoringError, match="not reviewed yet"):
        desk.publish(tina, COURSE, number)


def test_an_author_reviews_their_own_text_only_where_there_is_no_other_trainer(desk: Desk, make: Make) -> None:
    tina = make.trainer("Tina")
    desk.review(tina, COURSE, desk.save(tina, COURSE, ours()))
    make.trainer("Theo")
    second = desk.save(tina, COURSE, ours() + "\n", base=1)

    with pytest.raises(AuthoringError, match="another trainer"):
        desk.review(tina, COURSE, second)


def test_a_text_with_mistakes_is_kept_as_a_draft_and_never_published(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    number = desk.save(tina, COURSE, ours().replace("language: ja", "language: jp"))
    desk.review(theo, COURSE, number)

    with pytest.raises(Mistakes) as refused:
        desk.publish(tina, COURSE, number)

    assert [problem.path for problem in refused.value.problems] == [COURSE]
    assert title_in_force(store, library) == "Japan"
    checked = authoring.check_document(store, library, COURSE, ours().replace("language: ja", "language: jp"))
    assert [problem.path for problem in checked.of(COURSE)] == [COURSE]


def test_only_the_newest_version_is_reviewed_or_published(desk: Desk, tina: Somebody, theo: Somebody) -> None:
    first = desk.save(tina, COURSE, ours())
    desk.review(theo, COURSE, first)
    desk.save(tina, COURSE, ours() + "\n", base=first)

    with pytest.raises(AuthoringError, match="changed since"):
        desk.publish(tina, COURSE, first)
    with pytest.raises(AuthoringError, match="changed since"):
        desk.review(theo, COURSE, first)


def test_a_whole_file_can_be_added_and_taken_away(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    name = "quizzes/japan/jp-own.yaml"
    text = shipped(QUIZ).replace("jp-language-first-contact", "jp-own").replace("- id: jp-", "- id: own-")
    checked = authoring.check_document(store, library, name, text)
    assert checked.of(name) == ()

    added = desk.put_in_force(tina, theo, name, text)
    assert "jp-own" in library.in_force(store).quizzes
    desk.put_in_force(tina, theo, name, None, base=added)

    assert "jp-own" not in library.in_force(store).quizzes
    assert "jp-language-first-contact" in library.in_force(store).quizzes


# Two people, and going back


def test_who_saves_after_somebody_else_is_told_and_nothing_is_written_over(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    desk.save(tina, COURSE, ours())

    with pytest.raises(Conflict) as told:
        desk.save(theo, COURSE, ours().replace("for us", "for all"))

    assert told.value.newest == 1
    assert authoring.load_version(store, COURSE, 1) == ours()
    assert desk.save(theo, COURSE, ours().replace("for us", "for all"), base=1) == 2


def test_the_same_text_makes_no_other_version(desk: Desk, tina: Somebody) -> None:
    assert desk.save(tina, COURSE, shipped(COURSE)) == 0
    first = desk.save(tina, COURSE, ours())

    assert desk.save(tina, COURSE, ours().replace("\n", "\r\n"), base=first) == first


def test_a_draft_that_is_set_aside_leaves_what_was_before_it(
    desk: Desk, store: Store, library: Library, tina: Somebody
) -> None:
    desk.set_aside(COURSE, desk.save(tina, COURSE, ours()))

    document = authoring.load_document(store, library, COURSE)
    assert document is not None
    assert (document.number, document.text) == (0, shipped(COURSE))
    assert [version.state for version in document.versions] == [State.SET_ASIDE]
    assert desk.save(tina, COURSE, ours(), base=1) == 2


def test_an_older_version_is_restored_as_a_new_draft(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    first = desk.put_in_force(tina, theo, COURSE, ours())
    second = desk.put_in_force(tina, theo, COURSE, ours().replace("for us", "for all"), base=first)
    assert title_in_force(store, library) == "Japan for all"

    third = desk.restore(tina, COURSE, first, base=second)
    desk.review(theo, COURSE, third)
    desk.publish(tina, COURSE, third)

    assert title_in_force(store, library) == "Japan for us"
    document = authoring.load_document(store, library, COURSE)
    assert document is not None
    assert [version.number for version in document.versions] == [3, 2, 1]


def test_what_is_published_as_it_is_shipped_follows_the_next_release(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    first = desk.put_in_force(tina, theo, COURSE, ours())
    second = desk.restore(tina, COURSE, 0, base=first)
    desk.review(theo, COURSE, second)
    desk.publish(tina, COURSE, second)

    assert published_texts(store) == {}
    assert title_in_force(store, library) == "Japan"


@pytest.mark.parametrize("path", ["../app.py", "lessons/japan/../../app.py", "templates/x.md", "lessons/x.yaml", ""])
def test_no_other_file_is_ever_written(desk: Desk, tina: Somebody, path: str) -> None:
    with pytest.raises(AuthoringError, match="not the name of a content file"):
        desk.save(tina, path, "x")


# A release that is stricter than the text


def test_published_text_that_a_release_refuses_is_left_out_and_told(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    desk.put_in_force(tina, theo, LESSON, shipped(LESSON) + "\nOne more line.\n")
    number = desk.save(tina, COURSE, ours().replace("language: ja", "language: jp"))
    with desk.database.write_session() as writing:
        for version in writing.scalars(_every_version()):
            version.state = State.PUBLISHED
        writing.commit()
    library.forget()

    content = library.current(store, 7)

    assert number == 1
    assert content.courses["japan"].title == "Japan"
    assert "One more line." in content.lessons[_lesson_id(content.lessons)].body.source
    assert [problem.path for problem in library.refused] == [COURSE]


# Learners see it at once


def test_what_is_published_is_what_the_next_request_shows(
    desk: Desk, sign_in: Callable[[Somebody], Browser], make: Make, tina: Somebody, theo: Somebody
) -> None:
    lena = sign_in(make.learner("Lena"))
    assert "Japan for us" not in text_of(lena.get("/courses/japan").text)

    desk.put_in_force(tina, theo, COURSE, ours())

    assert "Japan for us" in text_of(lena.get("/courses/japan").text)


# Files


def test_a_folder_written_and_brought_in_elsewhere_is_the_same_to_the_last_character(
    desk: Desk, database: Database, library: Library, store: Store, tina: Somebody, theo: Somebody, tmp_path: Path
) -> None:
    number = desk.put_in_force(tina, theo, COURSE, ours())
    files = authoring.files_in_force(store, library)
    assert files[COURSE] == ours()
    assert files[LESSON] == shipped(LESSON)
    assert files[DIALOGUES] == shipped(DIALOGUES)
    authoring.write_files(tmp_path, files)
    desk.restore(tina, COURSE, 0, base=number)

    brought = authoring.read_files(tmp_path)

    assert brought == files
    with database.write_session() as writing:
        found = authoring.bring_in(writing, library, brought, at=desk.clock.at)
    assert found.is_nothing
    assert found.same == len(files)


def test_files_are_brought_in_together_or_not_at_all(
    database: Database, library: Library, store: Store, clock: Clock
) -> None:
    files = {COURSE: ours(), LESSON: "no front matter"}
    with database.write_session() as writing:
        refused = authoring.bring_in(writing, library, files, at=clock.at)
        writing.commit()
    assert LESSON in {problem.path for problem in refused.problems}
    assert title_in_force(store, library) == "Japan"

    with database.write_session() as writing:
        tried = authoring.bring_in(writing, library, {COURSE: ours()}, is_trial=True, at=clock.at)
        writing.commit()
    assert (tried.changed, title_in_force(store, library)) == ((COURSE,), "Japan")

    with database.write_session() as writing:
        drafted = authoring.bring_in(writing, library, {COURSE: ours()}, is_draft=True, at=clock.at)
        writing.commit()
    assert (drafted.changed, title_in_force(store, library)) == ((COURSE,), "Japan")

    with database.write_session() as writing:
        authoring.bring_in(writing, library, {COURSE: ours()}, at=clock.at)
        writing.commit()
    assert title_in_force(store, library) == "Japan for us"


def test_a_whole_folder_takes_away_what_it_does_not_have(
    database: Database, library: Library, store: Store, clock: Clock
) -> None:
    files = authoring.files_in_force(store, library)
    del files[QUIZ]

    with database.write_session() as writing:
        found = authoring.bring_in(writing, library, files, is_whole=True, at=clock.at)
        writing.commit()

    assert found.removed == (QUIZ,)
    assert "jp-language-first-contact" not in library.in_force(store).quizzes


def test_the_list_tells_what_waits_and_what_is_in_force(
    desk: Desk, store: Store, library: Library, tina: Somebody, theo: Somebody
) -> None:
    first = desk.put_in_force(tina, theo, COURSE, ours())
    desk.save(theo, COURSE, ours() + "\n", base=first)

    rows = {row.path: row for row in authoring.list_documents(store, library)}

    assert rows[COURSE].waits
    in_force = rows[COURSE].in_force
    assert in_force is not None
    assert in_force.number == first
    assert (rows[LESSON].waits, rows[LESSON].newest, rows[LESSON].course_id) == (False, None, "japan")


def _every_version() -> Select[tuple[ContentVersion]]:
    return select(ContentVersion)


def _lesson_id(lessons: Mapping[str, Lesson]) -> str:
    (found,) = [name for name, lesson in lessons.items() if lesson.course_id == "japan" and lesson.topic == "names"]
    return found
