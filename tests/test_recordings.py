"""A person's recording of a phrase: kept, played before all voices, replaced, taken back; on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.company import Make, Somebody
from tests.speech.test_uploads import file_of, speech
from trainer import authoring
from trainer.authoring import Credit, KeptRecording
from trainer.library import NEWEST_EDITION
from trainer.recordings import Recordings, load_recordings
from trainer.speech import Line
from trainer.speech.uploads import BadUpload

LINE = Line("fr-clarify-01", "Pardon ?", None, "fr")
MORNING = file_of(speech(1.0))
EVENING = file_of(speech(2.0))


@pytest.fixture
def tina(make: Make) -> Somebody:
    return make.trainer("Tina")


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path)


def kept(
    session: Session,
    recordings: Recordings,
    by: Somebody,
    data: bytes = MORNING,
    *,
    line: Line = LINE,
    speed: str = "normal",
    speaker: str = "Marc",
) -> None:
    authoring.keep_recording(session, recordings, line, speed, data, Credit(speaker, "company"), by_id=by.id, at=NOW)


def listed(session: Session) -> list[tuple[str, str, str]]:
    return [(each.phrase_id, each.speed, each.speaker) for each in authoring.list_recordings(session)]


def edition(session: Session) -> int:
    return session.scalar(NEWEST_EDITION) or 0


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def test_a_recording_is_kept_with_its_credit_and_found_for_its_words(
    session: Session, recordings: Recordings, tina: Somebody
) -> None:
    kept(session, recordings, tina)

    (each,) = authoring.list_recordings(session)
    found = recordings.find(session, edition(session), LINE.id, "normal", LINE.spoken)
    assert each.seconds == pytest.approx(1.2, abs=0.1)
    assert each == KeptRecording(each.id, LINE.id, "normal", LINE.spoken, each.seconds, "Marc", "company", "Tina", NOW)
    assert found is not None
    assert found.speaker == "Marc"
    assert recordings.path(found.digest).read_bytes()[:2] in (b"\xff\xf3", b"\xff\xfb", b"ID")


def test_each_process_finds_it_with_the_next_edition_and_asks_nothing_before(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    other = Recordings(tmp_path)
    kept(session, recordings, tina)

    assert other.find(session, 0, LINE.id, "normal", LINE.spoken) is None
    assert other.find(session, edition(session), LINE.id, "normal", LINE.spoken) is not None


@pytest.mark.parametrize(("speed", "spoken"), [("slow", LINE.spoken), ("normal", "other words")])
def test_it_is_not_played_for_another_speed_or_for_other_words(
    session: Session, recordings: Recordings, tina: Somebody, speed: str, spoken: str
) -> None:
    kept(session, recordings, tina)

    assert recordings.find(session, edition(session), LINE.id, speed, spoken) is None


def test_a_recording_whose_file_is_gone_is_passed_over(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    kept(session, recordings, tina)
    for path in files(tmp_path):
        path.unlink()

    assert recordings.find(session, edition(session), LINE.id, "normal", LINE.spoken) is None


def test_a_new_one_takes_the_place_of_the_old_one_whose_file_is_deleted(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    kept(session, recordings, tina)
    kept(session, recordings, tina, EVENING, speaker="Anne")

    assert listed(session) == [(LINE.id, "normal", "Anne")]
    assert len(files(tmp_path)) == 1


def test_what_cannot_be_used_changes_nothing(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    kept(session, recordings, tina)
    before, number = files(tmp_path), edition(session)

    with pytest.raises(BadUpload):
        kept(session, recordings, tina, b"RIFF" + bytes(100), speaker="Anne")

    assert listed(session) == [(LINE.id, "normal", "Marc")]
    assert files(tmp_path) == before
    assert edition(session) == number


def test_a_recording_that_is_taken_back_is_deleted_with_its_file(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    kept(session, recordings, tina)
    (each,) = authoring.list_recordings(session)

    authoring.remove_recording(session, recordings, each.id, by_id=tina.id, at=NOW + timedelta(hours=1))

    assert listed(session) == []
    assert files(tmp_path) == []
    assert recordings.find(session, edition(session), LINE.id, "normal", LINE.spoken) is None


def test_a_file_that_another_phrase_plays_too_is_left(
    session: Session, recordings: Recordings, tina: Somebody, tmp_path: Path
) -> None:
    kept(session, recordings, tina)
    kept(session, recordings, tina, speed="slow")
    each = next(each for each in authoring.list_recordings(session) if each.speed == "slow")

    authoring.remove_recording(session, recordings, each.id, by_id=tina.id, at=NOW)

    assert len(files(tmp_path)) == 1
    assert list(load_recordings(session)) == [(LINE.id, "normal")]


def test_taking_back_twice_is_no_mistake(session: Session, recordings: Recordings, tina: Somebody) -> None:
    kept(session, recordings, tina)
    (each,) = authoring.list_recordings(session)
    for _ in range(2):
        authoring.remove_recording(session, recordings, each.id, by_id=tina.id, at=NOW)

    assert edition(session) == 2
