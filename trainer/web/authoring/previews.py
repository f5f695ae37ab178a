"""What learners would see of an entry: the values of the very templates that they see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainer.authoring.entries import DocumentKind, Entry, EntryKind
from trainer.domain.content import (
    Cloze,
    Content,
    Course,
    Gap,
    Interaction,
    Item,
    Matching,
    MostAndLeast,
    Node,
    Numeric,
    OneOf,
    Option,
    Ordering,
    Part,
    RateEach,
    Sayable,
    Scenario,
    SlotSearch,
    SomeOf,
    Typed,
)
from trainer.domain.slots import NoSlotFits, offered_slots
from trainer.web import content as content_in_force
from trainer.web import now
from trainer.web.lessons import computed_of, heard, phrase_groups, phrases_elsewhere
from trainer.web.sound import audio_of

_FORMS: Mapping[type[Interaction], str] = {
    RateEach: "ratings",
    MostAndLeast: "most_and_least",
    Typed: "text",
    Cloze: "cloze",
    Ordering: "ordering",
    Matching: "matching",
    Numeric: "number",
}


@dataclass(frozen=True)
class BlankAnswer:
    """An answer sheet on which nothing stands."""

    chosen: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked of an item as the player's templates print it, in the author's order."""

    item: Item
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    rights: tuple[Part, ...] = ()
    gaps: tuple[Gap, ...] = ()
    node: Node | None = None
    number: int = 0
    position: None = None
    closed: tuple[Option, ...] = ()

    @property
    def form(self) -> str:
        return _FORMS.get(type(self.item.interaction), "options")

    @property
    def takes_many(self) -> bool:
        return isinstance(self.item.interaction, SomeOf)


def preview(content: Content, kind: DocumentKind, course_id: str, entry: Entry, above: Entry | None) -> dict[str, Any]:
    """Values for `authoring/seen.html`; `above` is the item of a step, the lesson of a fact."""
    course = content.courses.get(course_id)
    match entry.kind:
        case EntryKind.LESSON | EntryKind.BODY | EntryKind.FACT:
            lesson_id = str((above or entry).data.get("id"))
            return _lesson(content, course, lesson_id)
        case EntryKind.PHRASE:
            phrase = content.phrases.get(entry.id)
            return {"seen": "phrase", "phrase": phrase, "audio": _audio(phrase)} if phrase else {}
        case EntryKind.ITEM | EntryKind.NODE | EntryKind.ENDING:
            item = content.items.get((above or entry).id)
            return {**_item(item, entry), "quiz": content.quizzes[item.quiz_id]} if item else {}
        case EntryKind.QUIZ:
            quiz = content.quizzes.get(entry.id)
            return {"seen": "quiz", "quiz": quiz, "course": course} if quiz else {}
        case EntryKind.COURSE:
            return {"seen": "course", "course": course} if course else {}


def _lesson(content: Content, course: Course | None, lesson_id: str) -> dict[str, Any]:
    lesson = content.lessons.get(lesson_id)
    if lesson is None or course is None:
        return {}
    return {
        "seen": "lesson",
        "lesson": lesson,
        "course": course,
        "audio": {phrase.id: audio for phrase in lesson.phrases if (audio := _audio(phrase))},
        "groups": phrase_groups(lesson),
        "elsewhere": phrases_elsewhere(lesson, course),
        "dialogues": [heard(dialogue, _audio) for dialogue in lesson.dialogues],
        "computed": computed_of(lesson, course, now()),
        "meetings": None,
        "has_readings": False,
    }


def _item(item: Item, entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {
        "seen": "item",
        "sheet": BlankAnswer(),
        "audio": _audio(item.audio),
        "chosen": (),
        "belongs": "Has a problem" if item.type == "spot_the_problem" else "Belongs",
    }
    if isinstance(item.interaction, Scenario):
        if entry.kind is EntryKind.ENDING:
            return {"seen": "ending", "ending": item.interaction.endings.get(entry.id)}
        wanted = entry.id if entry.kind is EntryKind.NODE else item.interaction.start
        node = item.interaction.nodes.get(wanted)
        options = tuple(choice.option for choice in node.choices) if node else ()
        return {**values, "shown": Asked(item, options, node=node)} if node else {}
    return {**values, "shown": _asked(item)}


def _asked(item: Item) -> Asked:
    match item.interaction:
        case OneOf(options) | SomeOf(options) | RateEach(options) | MostAndLeast(options):
            return Asked(item, options)
        case SlotSearch() as search:
            try:
                return Asked(item, offered_slots(search, now().date(), item.id))
            except NoSlotFits:
                return Asked(item)
        case Ordering(parts):
            return Asked(item, parts=parts)
        case Matching(pairs) as matching:
            return Asked(item, parts=tuple(pair.left for pair in pairs), rights=matching.rights)
        case Typed(gap):
            return Asked(item, gaps=(gap,))
        case Cloze(gaps=gaps):
            return Asked(item, gaps=gaps)
        case _:
            return Asked(item)


def _audio(said: Sayable | None) -> dict[str, str] | None:
    """A phrase or a line can be heard here as soon as it is taught as it stands."""
    taught = content_in_force()
    if said is None or said not in (taught.phrases.get(said.id), taught.dialogue_lines.get(said.id)):
        return None
    return audio_of(said)
