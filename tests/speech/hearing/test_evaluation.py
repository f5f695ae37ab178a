"""A folder of labelled recordings is read strictly, and its separation is what the margins say."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import soundfile

from tests.speech.hearing.conftest import RATE, Say, hiss
from trainer.speech.hearing import Listener, Reference
from trainer.speech.hearing.evaluation import (
    COLUMNS,
    JUNK,
    LABELS,
    BadLabels,
    equal_error_rate,
    group,
    hear_all,
    read_labels,
)
from trainer.speech.hearing.references import Kind

Row = Mapping[str, str]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, say: Say) -> Write:
    """Makes a folder with a recording, a reference and the rows that are given."""

    def make(*rows: Row, columns: Sequence[str] = COLUMNS) -> Path:
        soundfile.write(tmp_path / "take.wav", say("Bonjour Madame.").samples, RATE, "PCM_16")
        (tmp_path / "model.mp3").write_bytes(b"any")
        with (tmp_path / LABELS).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path

    return make


def row(**changes: str) -> Row:
    plain = {"recording": "take.wav", "line": "a", "said": "a", "lang": "fr", "reference": "model.mp3"}
    return {**plain, "engine": "pico", **changes}


def never(_: str) -> None:
    return None


def test_a_row_names_a_take_and_the_voice_that_it_is_held_against(write: Write) -> None:
    labels = read_labels(write(row(), row(said="b"), row(said=JUNK)), never)

    assert [label.truth for label in labels] == ["same", "different", JUNK]
    assert labels[0].model.path.name == "model.mp3"
    assert (labels[0].model.line_id, labels[0].model.engine) == ("a", "pico")


def test_a_row_without_a_voice_takes_the_shipped_one(write: Write, french: Sequence[Reference]) -> None:
    shipped = {each.line_id: each for each in french}
    folder = write(row(line=french[0].line_id, reference="", engine=""))

    (label,) = read_labels(folder, shipped.get)

    assert label.model == french[0]


def test_a_folder_without_labels_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match=r"labels\.csv:1: this file cannot be read"):
        read_labels(tmp_path, never)


def test_labels_without_rows_are_told(write: Write) -> None:
    with pytest.raises(BadLabels, match=r"labels\.csv:1: there is no recording in it"):
        read_labels(write(), never)


def test_a_missing_column_is_told(write: Write) -> None:
    folder = write({"recording": "take.wav", "line": "a"}, columns=("recording", "line"))

    with pytest.raises(BadLabels, match=r"labels\.csv:1: said, lang, reference, engine is missing"):
        read_labels(folder, never)


def test_all_mistakes_are_told_at_once_with_their_lines(write: Write) -> None:
    rows = (
        row(recording="gone.wav"),
        row(),
        row(line=""),
        row(reference="gone.mp3"),
        row(reference=""),
        row(engine=""),
    )

    with pytest.raises(BadLabels) as told:
        read_labels(write(*rows), never)

    mistakes = [line.partition(f"{LABELS}:")[2] for line in str(told.value).splitlines()]
    assert mistakes == [
        "2: there is no file gone.wav.",
        "4: line is empty.",
        "5: there is no file gone.mp3.",
        "6: no file is shipped for the line a: name one in the column reference.",
        "7: engine is empty, and the voice is none that is shipped.",
    ]


@pytest.mark.parametrize("what", ["recording", "reference"])
def test_a_file_that_is_no_sound_is_told_with_its_line(what: str, write: Write, tmp_path: Path) -> None:
    folder = write(row())
    if what == "recording":
        (folder / "take.wav").write_bytes(b"no sound")
    labels = read_labels(folder, never)

    with pytest.raises(BadLabels, match=r"labels\.csv:2: "):
        list(hear_all(Listener(tmp_path / "kept", model=None), labels))


def test_takes_are_heard_and_grouped_by_language_and_kind_of_voice(
    write: Write, french: Sequence[Reference], say: Say, tmp_path: Path
) -> None:
    shipped = {each.line_id: each for each in french}
    first, second = (each for each in french if each.text in ("Je vous entends très mal.", "Bien reçu, merci."))
    folder = write(
        *(row(recording=f"{said.line_id}.wav", said=said.line_id, line=line.line_id, reference="", engine="")
          for said in (first, second) for line in (first, second)),
        row(recording="hiss.wav", said=JUNK, line=first.line_id, reference="", engine=""),
    )  # fmt: skip
    for each in (first, second):
        soundfile.write(folder / f"{each.line_id}.wav", say(each.text).samples, RATE, "PCM_16")
    soundfile.write(folder / "hiss.wav", hiss(2), RATE, "PCM_16")

    labels = read_labels(folder, shipped.get)
    (found,) = group(list(hear_all(Listener(tmp_path / "kept", model=None), labels, french)))

    assert (found.lang, found.kind, found.engines) == ("fr", Kind.NATURAL, ("kokoro",))
    assert {truth: spread.count for truth, spread in found.spreads.items()} == {"same": 2, "different": 2, JUNK: 1}
    assert found.spreads[JUNK].refused == 1
    assert found.spreads["same"].recognised > 0
    assert found.spreads["different"].recognised == 0
    assert found.error == 0
    assert found.hint is not None


@pytest.mark.parametrize(
    ("same", "different", "rate"),
    [([2, 3], [0.5, 1], 0), ([1, 3], [0.5, 2], 0.5), ([1], [1], 1), ([1, 2, 3, 4], [0, 1, 1.5, 2.5], 0.25)],
)
def test_the_error_rate_is_that_at_which_both_errors_are_alike(
    same: list[float], different: list[float], rate: float
) -> None:
    assert equal_error_rate(same, different) == pytest.approx(rate)
