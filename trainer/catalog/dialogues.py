"""Reads lessons/COURSE/dialogues.yaml: what two people say to each other, in phrases and in lines of its own."""

from collections.abc import Mapping, Sequence

from trainer.catalog.reading import Fields, Problem, Report, records, unique
from trainer.catalog.tree import Tree
from trainer.catalog.wordings import read_wording
from trainer.domain.content import Dialogue, DialogueLine, Lesson, Party, Phrase, Wording

FEWEST_TURNS, MOST_TURNS = 6, 12
PARTIES = 2


def read_dialogues(
    report: Report, tree: Tree, name: str, lessons: Sequence[Lesson], phrases: Mapping[str, Phrase]
) -> tuple[Dialogue, ...]:
    if name not in tree:
        return ()
    by_id = {lesson.id: lesson for lesson in lessons}
    found = [_dialogue(fields, by_id, phrases) for fields in records(report, tree, name, "a dialogue")]
    return tuple(dialogue for dialogue in found if dialogue is not None)


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
        wording = read_wording(fields, self._lang, self._phrases, "a turn")
        audio_text = wording.phrase.audio_text if wording and wording.phrase else self._audio_text(fields)
        fields.end()
        if not fields.has("phrase"):
            fields.report.claim(line_id, Problem(fields.path, fields.line, line_id))
        return self._line(line_id, party, wording, audio_text) if party and wording else None

    def _line(self, line_id: str, party: Party, wording: Wording, audio_text: str) -> DialogueLine:
        return DialogueLine(
            id=line_id,
            party=party,
            lang=self._lang,
            text=wording.text,
            reading=wording.reading,
            translit=wording.translit,
            natural=wording.natural,
            audio_text=audio_text,
            phrase=wording.phrase,
            note=wording.note,
            is_doubtful=wording.is_doubtful,
        )

    def _audio_text(self, fields: Fields) -> str:
        if fields.has("phrase"):
            return ""
        audio_text = fields.text("audio_text", default=fields.text("text"))
        if "/" in audio_text:
            key = "audio_text" if fields.has("audio_text") else "text"
            fields.problem("'audio_text' holds a slash: write one form", key)
        return audio_text
