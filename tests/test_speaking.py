"""Takes: kept until they are heard, told to nobody else, and what their learner says of them; on both databases."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make, Somebody
from tests.speaking import HEARD, noise, said
from trainer import learning
from trainer.decks import load_deck, remake_deck
from trainer.domain.content import Content
from trainer.domain.review import Card, Closeness, due_aloud
from trainer.learning import LearningError, Take, speaking
from trainer.models import MasteryRow, Response, User, new_id
from trainer.speech import Line, line_of
from trainer.speech.hearing import BadSound
from trainer.takes import TakeFiles

PHRASE = "fr-greeting-introduction-03"
OTHER = "fr-greeting-introduction-01"
A_DAY = timedelta(days=1)


@pytest.fixture
def lena(make: Make) -> Somebody:
    return make.learner("Lena")


@pytest.fixture
def files(tmp_path: Path) -> TakeFiles:
    return TakeFiles(tmp_path)


@pytest.fixture
def line(content: Content) -> Line:
    return line_of(content.phrases[PHRASE])


@pytest.fixture
def say(session: Session, files: TakeFiles, lena: Somebody, line: Line) -> "Say":
    return Say(session, files, lena, line)


class Say:
    """Lena says a line."""

    def __init__(self, session: Session, files: TakeFiles, lena: Somebody, line: Line) -> None:
        self._session, self._files, self._lena, self._line = session, files, lena, line

    def __call__(
        self, data: bytes | None = None, take_id: UUID | None = None, line: Line | None = None, *, minutes: int = 0
    ) -> UUID:
        take_id = take_id or new_id()
        learning.say_line(
            self._session,
            self._files,
            self._lena.id,
            line or self._line,
            data or said(self._line),
            take_id=take_id,
            at=NOW + timedelta(minutes=minutes),
        )
        return take_id

    def load(self, take_id: UUID) -> Take:
        take = learning.load_take(self._session, self._lena.id, take_id)
        assert take is not None
        return take

    def rate(self, content: Content, take_id: UUID, closeness: Closeness, *, days: int = 0) -> None:
        learning.rate_take(self._session, content, self._lena.id, take_id, closeness, at=NOW + days * A_DAY)


def cards(session: Session, learner: Somebody) -> list[Card]:
    return list(load_deck(session, learner.id, at=NOW).cards)


def stored(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.rglob("*.*"))


def test_a_take_waits_with_its_sound(say: Say, tmp_path: Path) -> None:
    take = say.load(say())

    assert take.is_waiting
    assert take.hearing is None
    assert stored(tmp_path) == [".wav"]


def test_the_same_take_sent_again_is_kept_once(say: Say, session: Session, lena: Somebody) -> None:
    take_id = say()

    say(take_id=take_id)

    assert learning.list_takes(session, lena.id, PHRASE)[0] == 1


def test_another_recording_under_the_same_name_is_refused(say: Say) -> None:
    take_id = say()

    with pytest.raises(LearningError, match="Another recording was sent"):
        say(noise(), take_id)


def test_the_same_recording_for_another_line_is_refused(say: Say, content: Content) -> None:
    take_id = say()

    with pytest.raises(LearningError, match="Another recording was sent"):
        say(take_id=take_id, line=line_of(content.phrases[OTHER]))


@pytest.mark.parametrize("data", [b"RIFF", b"\xff\xfb" * 500, b"<html>"])
def test_what_is_no_sound_is_refused_and_nothing_is_kept(
    say: Say, session: Session, lena: Somebody, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(BadSound):
        say(data)

    assert not learning.list_said(session, lena.id)
    assert not stored(tmp_path)


def test_what_was_heard_is_kept_once(say: Say, session: Session, lena: Somebody) -> None:
    take_id = say()
    learning.keep_hearing(session, lena.id, take_id, HEARD, at=NOW)

    learning.keep_hearing(session, lena.id, take_id, None, at=NOW)

    take = say.load(take_id)
    assert take.hearing == HEARD
    assert not take.has_failed


def test_a_take_that_cannot_be_heard_says_so(say: Say, session: Session, lena: Somebody) -> None:
    take_id = say()

    learning.keep_hearing(session, lena.id, take_id, None, at=NOW)

    assert say.load(take_id).has_failed


def test_takes_of_others_are_not_found(say: Say, session: Session, make: Make) -> None:
    take_id = say()

    assert learning.load_take(session, make.learner("Otto").id, take_id) is None


def test_the_last_takes_of_a_line_come_first(say: Say, session: Session, lena: Somebody, content: Content) -> None:
    say(line=line_of(content.phrases[OTHER]))
    first, second = say(), say(minutes=1)

    number, takes = learning.list_takes(session, lena.id, PHRASE)

    assert number == 2
    assert [take.id for take in takes] == [second, first]


def test_each_line_that_was_said_is_listed_with_its_last_take(
    say: Say, session: Session, lena: Somebody, content: Content
) -> None:
    say()
    learning.keep_hearing(session, lena.id, say(minutes=1), HEARD, at=NOW)
    say(line=line_of(content.phrases[OTHER]), minutes=2)

    other, phrase = learning.list_said(session, lena.id)

    assert (other.line_id, other.number, other.state) == (OTHER, 1, "waiting")
    assert (phrase.line_id, phrase.number, phrase.verdict) == (PHRASE, 2, "recognised")


class TestCloseness:
    """How close a take felt."""

    def test_it_lets_the_phrase_come_back_to_be_said(
        self, say: Say, session: Session, lena: Somebody, content: Content
    ) -> None:
        say.rate(content, say(), Closeness.CLOSE)

        (card,) = cards(session, lena)
        assert (card.id, card.group) == (f"{PHRASE}.aloud", PHRASE)
        deck = load_deck(session, lena.id, at=NOW)
        assert due_aloud(deck, content, at=NOW) == ()
        assert [phrase.id for phrase in due_aloud(deck, content, at=card.due + A_DAY)] == [PHRASE]

    def test_what_was_far_off_comes_back_after_some_minutes(
        self, say: Say, session: Session, lena: Somebody, content: Content
    ) -> None:
        say.rate(content, say(), Closeness.FAR)

        deck = load_deck(session, lena.id, at=NOW)
        assert not due_aloud(deck, content, at=NOW + timedelta(minutes=9))
        assert due_aloud(deck, content, at=NOW + timedelta(minutes=11))

    def test_a_later_word_counts_instead(self, say: Say, session: Session, lena: Somebody, content: Content) -> None:
        take_id = say()
        say.rate(content, take_id, Closeness.FAR)
        say.rate(content, take_id, Closeness.AT_EASE)

        assert say.load(take_id).closeness is Closeness.AT_EASE
        (card,) = cards(session, lena)
        assert card.memory is not None
        assert card.memory.reviews == 1
        assert card.is_settled

    def test_every_take_that_was_rated_counts(
        self, say: Say, session: Session, lena: Somebody, content: Content
    ) -> None:
        say.rate(content, say(), Closeness.CLOSE)
        say.rate(content, say(), Closeness.CLOSE, days=3)

        (card,) = cards(session, lena)
        assert card.memory is not None
        assert card.memory.reviews == 2
        assert card.memory.stability > 3

    def test_it_moves_no_forecast(self, say: Say, session: Session, content: Content) -> None:
        say.rate(content, say(), Closeness.AT_EASE)

        assert session.scalars(select(MasteryRow)).all() == []
        assert session.scalars(select(Response)).all() == []

    def test_the_cards_made_again_from_the_log_are_the_same(
        self, say: Say, session: Session, lena: Somebody, content: Content
    ) -> None:
        say.rate(content, say(), Closeness.PARTLY)
        say.rate(content, say(), Closeness.CLOSE, days=1)
        before = cards(session, lena)

        remake_deck(session, lena.id)

        assert cards(session, lena) == before

    def test_of_a_take_that_is_gone_it_is_refused(self, say: Say, content: Content) -> None:
        with pytest.raises(LearningError, match="deleted"):
            say.rate(content, new_id(), Closeness.CLOSE)

    def test_it_takes_no_place_in_the_review(
        self, say: Say, session: Session, lena: Somebody, content: Content, make: Make
    ) -> None:
        make.lesson_done(lena, "france-greeting")
        before = load_deck(session, lena.id, at=NOW)
        say.rate(content, say(), Closeness.FAR)
        after = load_deck(session, lena.id, at=NOW)

        assert after.asked == before.asked
        assert after.last == before.last


class TestSounds:
    """Recordings that a learner keeps."""

    def test_one_is_kept_when_it_is_sent_again(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line, tmp_path: Path
    ) -> None:
        take_id = say()
        files.discard(lena.id, take_id)

        learning.keep_sound(session, files, lena.id, take_id, said(line), at=NOW)

        assert say.load(take_id).kept_at == NOW
        assert stored(tmp_path) == [".mp3"]

    def test_another_recording_is_refused(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, tmp_path: Path
    ) -> None:
        take_id = say()
        files.discard(lena.id, take_id)

        with pytest.raises(LearningError, match="not the recording of that take"):
            learning.keep_sound(session, files, lena.id, take_id, noise(), at=NOW)

        assert not stored(tmp_path)

    def test_it_can_be_deleted_alone(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line, tmp_path: Path
    ) -> None:
        take_id = say()
        learning.keep_sound(session, files, lena.id, take_id, said(line), at=NOW)

        learning.forget_sound(session, lena.id, take_id)
        files.remove(lena.id, take_id)

        assert say.load(take_id).kept_at is None
        assert not stored(tmp_path)

    def test_a_take_is_deleted_with_all_that_followed_from_it(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, content: Content, tmp_path: Path
    ) -> None:
        take_id = say()
        say.rate(content, take_id, Closeness.CLOSE)

        learning.forget_take(session, lena.id, take_id)
        files.remove(lena.id, take_id)

        assert learning.load_take(session, lena.id, take_id) is None
        assert not cards(session, lena)
        assert not stored(tmp_path)

    def test_old_ones_are_deleted_after_so_many_days(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line, tmp_path: Path
    ) -> None:
        take_id = say()
        learning.keep_hearing(session, lena.id, take_id, HEARD, at=NOW)
        files.discard(lena.id, take_id)
        learning.keep_sound(session, files, lena.id, take_id, said(line), at=NOW)
        later = NOW + 400 * A_DAY  # the clock of the files is that of the machine

        assert learning.delete_old_sounds(session, files, 400, at=later) == []
        assert learning.delete_old_sounds(session, files, 399, at=later) == [(lena.id, take_id)]

        assert say.load(take_id).kept_at is None

    def test_what_nobody_heard_is_deleted(self, say: Say, session: Session, files: TakeFiles, lena: Somebody) -> None:
        take_id = say()

        assert learning.delete_old_sounds(session, files, 90, at=NOW + 400 * A_DAY) == [(lena.id, take_id)]

        assert say.load(take_id).has_failed

    def test_the_files_of_somebody_who_is_gone_are_deleted(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line
    ) -> None:
        take_id = say()
        learning.keep_sound(session, files, lena.id, take_id, said(line), at=NOW)
        session.execute(delete(User).where(User.id == lena.id))

        assert learning.delete_old_sounds(session, files, 900, at=NOW + 400 * A_DAY) == [(lena.id, take_id)]

    def test_what_a_crash_left_half_written_is_deleted(
        self, say: Say, session: Session, files: TakeFiles, tmp_path: Path
    ) -> None:
        say()
        (half,) = (path.with_name("tmp1.part") for path in tmp_path.rglob("*.wav"))
        half.write_bytes(b"RIFF")

        learning.delete_old_sounds(session, files, 90, at=NOW + 400 * A_DAY)

        assert not half.exists()

    def test_nobody_else_on_the_machine_reads_them(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line, tmp_path: Path
    ) -> None:
        learning.keep_sound(session, files, lena.id, say(), said(line), at=NOW)

        modes = {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")}

        assert len(stored(tmp_path)) == 2
        assert modes == {0}

    def test_no_more_are_kept_than_a_person_may(
        self, say: Say, session: Session, files: TakeFiles, lena: Somebody, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(speaking, "MOST_KEPT", 1)
        first, second = say(), say()
        learning.keep_sound(session, files, lena.id, first, said(line), at=NOW)

        with pytest.raises(LearningError, match="You keep 1 recordings already"):
            learning.keep_sound(session, files, lena.id, second, said(line), at=NOW)

    def test_all_takes_are_deleted_at_once(self, say: Say, session: Session, lena: Somebody, content: Content) -> None:
        first, second = say(), say(line=line_of(content.phrases[OTHER]))
        say.rate(content, first, Closeness.CLOSE)

        assert set(learning.forget_all_takes(session, lena.id)) == {first, second}

        assert not learning.list_said(session, lena.id)
        assert not cards(session, lena)
