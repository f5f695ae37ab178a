"""Reads lessons/COURSE/dialogues.yaml: what two people say to each other, in phrases and in lines of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trainer.catalog.prose import is_language
from trainer.catalog.reading import Fields, Problem, Report, records, unique
from trainer.catalog.tree import Tree
from trainer.domain.content import Dialogue, DialogueLine, Lesson, Party, Phrase

FEWEST_TURNS, MOST_TURNS = 6, 12
PARTIES = 2
NEED_READING = {"ja"}
"""Languages whose script does not say how it is pronounced."""


_Words = tuple[str, str | None, str | None, str | None, str, Phrase | None]
"""Text, reading, transliteration, meaning, what is read aloud, and the phrase that it is."""


def read_dialogues(
    report: Report, tree: Tree, name: str, lessons: Sequence[Lesson], phrases: Mapping[str, Phrase]
) -> tuple[Dialogue, ...]:
    if name not in tree:
        return ()
    by_id = {lesson.id: lesson for lesson in lessons}
    found = [_dialogue(fields, by_id, phrases) for fields in records(report, tree, name, "a dialogue")]
    return tuple(dialogue for dialogue in found if dialogue is not None)


def with_dialogues(lesson: Lesson, dialogues: Sequence[Dialogue]) -> Lesson:
    return replace(lesson, dialogues=tuple(each for each in dialogues if each.lesson_id == lesson.id))


def _dialogue(fields: Fields, lessons: Mapping[str, Lesson], phrases: Mapping[str, Phrase]) -> Dialogue | None:
    """None where nobody is there to speak."""
    dialogue_id, lang = fields.identity(), fields.language("lang")
    lesson = fields.reference("lesson", lessons, "lesson")
    title, scene = fields.text("title"), fields.prose("scene")
    parties = _parties(fields)
    learner = fields.reference("learner", parties, "party")
    turns = fields.mappings("turns", "a turn")
    if not FEWEST_TURNS <= len(turns) <= MOST_TURNS:
        fields.problem(f"a dialogue has {FEWEST_TURNS} to {MOST_TURNS} turns, not {len(turns)}", "turns")
    reader = _Turns(dialogue_id, lang, parties, phrases)
    lines = [reader.read(turn, number) for number, turn in enumerate(turns, start=1)]
    for silent in parties.keys() - {line.party.id for line in lines if line is not None}:
        fields.problem(f"party {silent!r} never speaks", "turns")
    fields.end()
    if lesson is None or learner is None:
        return None
    spoken = tuple(line for line in lines if line is not None)
    return Dialogue(dialogue_id, lesson.id, lang, title, scene, tuple(parties.values()), learner, spoken)


def _parties(fields: Fields) -> dict[str, Party]:
    rows = fields.mappings("parties", "a party")
    if len(rows) != PARTIES:
        fields.problem(f"a dialogue has {PARTIES} parties, not {len(rows)}", "parties")
    found = []
    for row in rows:
        found.append(Party(row.local_id(), row.text("name"), row.text("role")))
        row.end()
    unique(rows, lambda row: row.text("id"))
    return {party.id: party for party in found}


class _Turns:
    """Reads the turns of one dialogue."""

    def __init__(
        self, dialogue_id: str, lang: str, parties: Mapping[str, Party], phrases: Mapping[str, Phrase]
    ) -> None:
        self._dialogue_id = dialogue_id
        self._lang = lang
        self._parties = parties
        self._phrases = phrases

    def read(self, fields: Fields, number: int) -> DialogueLine | None:
        """None where it is not known who speaks, or what."""
        line_id = f"{self._dialogue_id}-{number:02}"
        party = fields.reference("party", self._parties, "party")
        words = self._phrase(fields) if fields.has("phrase") else self._own(fields)
        note = fields.optional_prose("note")
        fields.end()
        if not fields.has("phrase"):
            fields.report.claim(line_id, Problem(fields.path, fields.line, line_id))
        return DialogueLine(line_id, party, self._lang, *words, note) if party and words else None

    def _phrase(self, fields: Fields) -> _Words | None:
        phrase = fields.reference("phrase", self._phrases, "phrase")
        if phrase is None:
            return None
        if phrase.lang != self._lang and is_language(phrase.lang):
            fields.problem(f"phrase {phrase.id!r} is in {phrase.lang!r}, the dialogue in {self._lang!r}", "phrase")
        return phrase.text, phrase.reading, phrase.translit, phrase.natural, phrase.audio_text, phrase

    def _own(self, fields: Fields) -> _Words:
        text, reading = fields.text("text"), fields.optional_text("reading")
        natural = fields.optional_text("natural")
        language = self._lang.partition("-")[0]
        if language in NEED_READING and reading is None:
            fields.problem(f"missing key 'reading' in a turn: {self._lang!r} needs one")
        if language != "en" and natural is None:
            fields.problem("missing key 'natural' in a turn: say in English what it means")
        audio_text = fields.text("audio_text", default=text)
        if "/" in audio_text:
            key = "audio_text" if fields.has("audio_text") else "text"
            fields.problem("'audio_text' holds a slash: write one form", key)
        return text, reading, fields.optional_text("translit"), natural, audio_text, None
