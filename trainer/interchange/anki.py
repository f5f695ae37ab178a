"""Decks for Anki (`.apkg`): phrases with their sound, and questions as cards to turn."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import count
from re import ASCII
from re import compile as pattern_of
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import genanki

from trainer.domain.content import Phrase
from trainer.interchange.entries import (
    Body,
    Choice,
    Cloze,
    Description,
    Entry,
    Essay,
    Matching,
    Numeric,
    Ordering,
    Text,
    TrueFalse,
    Typed,
    pieces,
)
from trainer.interchange.markup import clean_html, html_of, shown_html
from trainer.interchange.numerals import number_text
from trainer.interchange.readings import Problem, Report, Unrepresentable, Written
from trainer.interchange.writing import write_each

PHRASE_MODEL = 1_740_211_903
QUESTION_MODEL = 1_740_211_904
"""Never changed: Anki knows by them that a later export has the same kinds of notes."""
PHRASE_FIELDS = ("Phrase", "Reading", "Meaning", "Literal", "Note", "Sound")
QUESTION_FIELDS = ("Question", "Answer", "Why")
_STYLE = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }\n"
    ".phrase { font-size: 30px; } .quiet { font-size: 16px; opacity: 0.75; }"
)
_HEARD = '<div class="phrase">{{Phrase}}</div>{{#Reading}}<div class="quiet">{{Reading}}</div>{{/Reading}}{{Sound}}'
_NOTED = '{{#Note}}<div class="quiet">{{Note}}</div>{{/Note}}'
_MEANT = f'<div>{{{{Meaning}}}}</div>{{{{#Literal}}}}<div class="quiet">{{{{Literal}}}}</div>{{{{/Literal}}}}{_NOTED}'
_DOUBT = "<p><b>Not settled:</b> ask a speaker of the language before you rely on these words.</p>"
_UNSAFE_NAME = pattern_of(r"[^A-Za-z0-9_-]", ASCII)
_NOT_IN_TAG = pattern_of(r"\s+")
_CONTROL = pattern_of("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sound:
    """One media file of a deck."""

    name: str
    data: bytes


def write_phrase_deck(phrases: Iterable[Phrase], sounds: Mapping[str, bytes], *, title: str, at: datetime) -> Written:
    """A note for each phrase with a card each way; `sounds` are MP3 by the phrase's id, and one may be missing."""
    deck = genanki.Deck(_deck_id(title), title)
    model = _phrase_model()
    media: list[Sound] = []
    problems: list[Problem] = []
    for number, phrase in enumerate(phrases, start=1):
        heard = ""
        if phrase.id in sounds:
            media.append(Sound(f"entente-{_UNSAFE_NAME.sub('-', phrase.id)}.mp3", sounds[phrase.id]))
            heard = f"[sound:{media[-1].name}]"
        else:
            problems.append(Problem(f"There is no sound for “{phrase.text}”; its card is silent.", entry=number))
        fields = (
            _field(phrase.text),
            _field(phrase.reading or phrase.translit or ""),
            _field(phrase.natural),
            _field(phrase.literal),
            clean_html(phrase.note.html) + (_DOUBT if phrase.is_doubtful else ""),
            heard,
        )
        deck.add_note(_note(model, fields, f"phrase:{phrase.id}", (phrase.lang, phrase.function)))
    return Written(_packed(deck, media, at), tuple(problems))


def write_question_deck(entries: Iterable[Entry], *, title: str, at: datetime) -> Written:
    """A card for each question: it asks, the back says the right answer and why."""
    report = Report()
    deck = genanki.Deck(_deck_id(title), title)
    model = _question_model()
    for entry, answer in write_each(entries, report, lambda each, to: _answer(each.body, each)):
        fields = (_question(entry), answer, shown_html(entry.general_feedback))
        key = entry.id or sha256(f"{entry.title}\n{entry.prompt.text}".encode()).hexdigest()
        deck.add_note(_note(model, fields, f"question:{key}", entry.tags))
    return Written(_packed(deck, [], at), tuple(report.problems))


def _question(entry: Entry) -> str:
    asked = shown_html(entry.prompt)
    if isinstance(entry.body, Cloze):
        asked = "".join("[…]" if isinstance(piece, int) else piece for piece in pieces(asked))
    if isinstance(entry.body, Choice):
        asked += _list(option.text for option in entry.body.options)
    if isinstance(entry.body, Matching):
        asked += _list(pair.left for pair in entry.body.pairs)
    return asked


@singledispatch
def _answer(body: Body, entry: Entry) -> str:
    """The back of a card; raises Unrepresentable where there is nothing to know."""
    raise Unrepresentable("there is no right answer to turn to")


@_answer.register
def _description(body: Description, entry: Entry) -> str:
    raise Unrepresentable("a text without a question makes no card")


@_answer.register
def _essay(body: Essay, entry: Entry) -> str:
    if not body.for_grader:
        raise Unrepresentable("a free answer has no right one to turn to")
    return shown_html(body.for_grader)


@_answer.register
def _choice(body: Choice, entry: Entry) -> str:
    return _list(option.text for option in body.options if option.weight > 0)


@_answer.register
def _true_false(body: TrueFalse, entry: Entry) -> str:
    return ("True" if body.answer else "False") + _because(body.when_true if body.answer else body.when_false)


@_answer.register
def _typed(body: Typed, entry: Entry) -> str:
    return _alternatives(answer.text for answer in body.answers if answer.weight > 0)


@_answer.register
def _numeric(body: Numeric, entry: Entry) -> str:
    found = []
    for answer in body.answers:
        if answer.value is not None and answer.weight > 0:
            margin = f" ± {number_text(answer.tolerance)}" if answer.tolerance else ""
            found.append(f"{number_text(answer.value)}{margin}")
    return _alternatives(found)


@_answer.register
def _matching(body: Matching, entry: Entry) -> str:
    rows = (f"<li>{shown_html(pair.left)} → {shown_html(pair.right)}</li>" for pair in body.pairs)
    return f"<ul>{''.join(rows)}</ul>"


@_answer.register
def _ordering(body: Ordering, entry: Entry) -> str:
    return f"<ol>{''.join(f'<li>{shown_html(step)}</li>' for step in body.steps)}</ol>"


@_answer.register
def _cloze(body: Cloze, entry: Entry) -> str:
    return f"<ol>{''.join(f'<li>{_answer(gap.body, entry)}</li>' for gap in body.gaps)}</ol>"


def _alternatives(answers: Iterable[str]) -> str:
    found = " / ".join(answers)
    if not found:
        raise Unrepresentable("no answer is the right one")
    return html_of(found)


def _list(texts: Iterable[Text]) -> str:
    return f"<ul>{''.join(f'<li>{shown_html(text)}</li>' for text in texts)}</ul>"


def _because(feedback: Text) -> str:
    return f"<div>{shown_html(feedback)}</div>" if feedback else ""


def _field(plain: str) -> str:
    return escape(_CONTROL.sub("", plain), quote=False).replace("\n", "<br>")


def _note(model: genanki.Model, fields: Iterable[str], key: str, tags: Iterable[str]) -> genanki.Note:
    """A note that Anki knows again in a later export."""
    return genanki.Note(
        model=model,
        fields=[_CONTROL.sub("", each) for each in fields],
        guid=genanki.guid_for("entente", key),
        tags=[tag for tag in (_NOT_IN_TAG.sub("_", each.strip()) for each in tags) if tag],
    )


def _phrase_model() -> genanki.Model:
    front = "{{FrontSide}}<hr id=answer>"
    return genanki.Model(
        PHRASE_MODEL,
        "Entente phrase",
        fields=[{"name": name} for name in PHRASE_FIELDS],
        templates=[
            {"name": "Understand", "qfmt": _HEARD, "afmt": front + _MEANT},
            {"name": "Say", "qfmt": "<div>{{Meaning}}</div>", "afmt": front + _HEARD + _NOTED},
        ],
        css=_STYLE,
    )


def _question_model() -> genanki.Model:
    return genanki.Model(
        QUESTION_MODEL,
        "Entente question",
        fields=[{"name": name} for name in QUESTION_FIELDS],
        templates=[
            {
                "name": "Question",
                "qfmt": "{{Question}}",
                "afmt": '{{FrontSide}}<hr id=answer>{{Answer}}{{#Why}}<div class="quiet">{{Why}}</div>{{/Why}}',
            }
        ],
        css=_STYLE,
    )


def _deck_id(title: str) -> int:
    """The same deck for the same title, so that a second import updates it."""
    return 1_000_000_000 + int.from_bytes(sha256(title.encode()).digest()[:4]) % 1_000_000_000


def _packed(deck: genanki.Deck, media: list[Sound], at: datetime) -> bytes:
    """The package, made in memory: the library itself would leave a temporary file behind."""
    timestamp = at.timestamp()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        cursor = connection.cursor()
        genanki.Package(deck).write_to_db(cursor, timestamp, count(int(timestamp * 1000)))
        collection = connection.serialize()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        _add(archive, "collection.anki2", collection, ZIP_DEFLATED)
        _add(archive, "media", json.dumps({str(index): each.name for index, each in enumerate(media)}).encode())
        for index, each in enumerate(media):
            _add(archive, str(index), each.data)
    return buffer.getvalue()


def _add(archive: ZipFile, name: str, data: bytes, packing: int = ZIP_STORED) -> None:
    info = ZipInfo(name, _DATE)
    info.compress_type = packing
    archive.writestr(info, data)
