"""Rows of a CSV as phrases of a course, appended to its file as text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from trainer.domain.content import CHANNELS, FUNCTIONS
from trainer.interchange.phrases import PhraseRow
from trainer.interchange.quizzes.asked import Fields
from trainer.interchange.quizzes.document import dump
from trainer.interchange.quizzes.prose import one_line, plain_words
from trainer.interchange.readings import Problem

OTHER = "other"
NOT_GIVEN = "(not given)"
ID_DIGITS = 10
_FUNCTIONS = {_name.lower(): key for key, words in FUNCTIONS.items() for _name in (key, words)}
_NOT_KEPT = {
    "example": "examples",
    "partner": "partners",
    "tags": "tags",
    "id": "ids of other programs",
}
_TAKEN_AS = {
    "function": "is kept under “More phrases”",
    "register": "is taken as neutral",
    "channel": "is taken as spoken",
    "literal": "says that its literal meaning is not given",
}


@dataclass(frozen=True, slots=True)
class MappedPhrases:
    """The records of new phrases, and the problems of rows, with those that are here already."""

    records: tuple[Fields, ...]
    problems: tuple[Problem, ...]
    unchanged: tuple[Problem, ...]

    def appended_to(self, text: str) -> str:
        """The text of a file of phrases with the new ones below; what stands in it stays as it is."""
        before = text if text.endswith("\n") or not text else f"{text}\n"
        return before + dump(list(self.records))


def map_phrases(
    rows: Sequence[PhraseRow], *, prefix: str, file: str, known: Mapping[tuple[str, str], str]
) -> MappedPhrases:
    """Each row that is not `known` (id by language and text) as a phrase, or the reason why it cannot be one."""
    records: list[Fields] = []
    problems: list[Problem] = []
    unchanged: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        text = one_line(row.text)
        if (row.lang, text) in known:
            unchanged.append(Problem(f"is here already ({known[row.lang, text]})", row.line, number, skipped=True))
            continue
        reason = _why_not(row, text)
        if reason:
            problems.append(Problem(reason, row.line, number, skipped=True))
            continue
        problems += _left_out(row, number)
        records.append(_record(row, text, prefix, file))
    return MappedPhrases(tuple(records), (*_said_once(rows), *problems), tuple(unchanged))


def _why_not(row: PhraseRow, text: str) -> str:
    if not text or not one_line(row.meaning):
        return "nothing of its text or meaning can be seen"
    if "/" in one_line(row.audio_text or row.text):
        return "what is said has a slash: write one form, and a second row for the other"
    if (
        row.function
        and row.function.lower() not in _FUNCTIONS
        and row.function.lower().replace(" ", "_") not in FUNCTIONS
    ):
        return f"the function “{row.function[:40]}” is none of {', '.join(FUNCTIONS)}"
    return ""


def _left_out(row: PhraseRow, number: int) -> Iterable[Problem]:
    strange = [each for each in row.channel if each.lower() not in CHANNELS]
    if strange:
        words = f"The channel “{', '.join(strange)[:60]}” was left out: it is none of {', '.join(CHANNELS)}."
        yield Problem(words, row.line, number)


def _said_once(rows: Sequence[PhraseRow]) -> Iterable[Problem]:
    """What concerns whole columns is said once for all rows."""
    has = Counter(name for row in rows for name in (*_NOT_KEPT, *_TAKEN_AS) if getattr(row, name))
    for name, words in _NOT_KEPT.items():
        if has[name]:
            yield Problem(f"Phrases have no place for {words}: the column {name} was left out.", 1)
    for name, words in _TAKEN_AS.items():
        missing = len(rows) - has[name]
        if missing:
            yield Problem(f"Without a {name} a phrase {words} ({missing} of {len(rows)}).", 1)


def _record(row: PhraseRow, text: str, prefix: str, file: str) -> Fields:
    function = row.function.lower()
    name = sha256("\n".join((row.lang, text)).encode()).hexdigest()[:ID_DIGITS]
    channel = [each.lower() for each in row.channel if each.lower() in CHANNELS]
    return {
        "id": f"{prefix}-{name}",
        "lang": row.lang,
        "function": _FUNCTIONS.get(function, function.replace(" ", "_")) or OTHER,
        "text": text,
        "reading": one_line(row.reading) or None,
        "translit": one_line(row.translit) or None,
        "literal": one_line(row.literal) or NOT_GIVEN,
        "natural": one_line(row.meaning),
        "register": row.register or "neutral",
        "channel": channel or ["speech"],
        "to": {"role": "anyone", "gender": "any"},
        "audio_text": one_line(row.audio_text or row.text),
        "wrong": [
            {"text": one_line(each), "why": "The imported file names it as a mistake."} for each in row.false_friends
        ],
        "note": plain_words(row.note) or plain_words(f"From the file {file}."),
    }
