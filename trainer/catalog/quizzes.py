"""Reads quizzes/COURSE/NAME.yaml: items of every type, each option with its why."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.catalog.reading import Fields, Report, Value, read_yaml, unique
from trainer.catalog.scenarios import check_scenario
from trainer.domain.content import (
    TOPICS,
    CefrLevel,
    Choice,
    Competency,
    Effect,
    Ending,
    Fact,
    Interaction,
    Item,
    ItemType,
    KeyStatus,
    Lesson,
    Node,
    OneOf,
    Option,
    Outcome,
    Phrase,
    Quiz,
    Scenario,
    SomeOf,
    Source,
)
from trainer.domain.grading import graded_score

GRADED_OPTIONS = 4


@dataclass(frozen=True)
class Known:
    """What a quiz may refer to."""

    competencies: Mapping[str, Competency]
    lessons: Mapping[str, Lesson]
    facts: Mapping[str, Fact]
    phrases: Mapping[str, Phrase]
    sources: Mapping[str, Source]


def read_quiz(report: Report, path: Path, name: str, course_id: str, known: Known) -> Quiz | None:
    value = read_yaml(report, path, name)
    if value is None:
        return None
    fields = Fields(report, name, value, "a quiz")
    quiz_id = fields.identity()
    if quiz_id and quiz_id != path.stem:
        fields.problem(f"the id of a quiz is its file's name: {path.stem!r}, not {quiz_id!r}", "id")
    items = _plain_items(value)
    quiz = Quiz(
        id=quiz_id,
        course_id=course_id,
        title=fields.text("title"),
        summary=fields.prose("summary"),
        minutes=fields.whole("minutes", 1, 240),
        lessons=fields.texts("lessons", allowed=known.lessons),
        key_status=fields.member("key_status", KeyStatus),
        items=tuple(
            _item(item, quiz_id, known, _content_hash(raw))
            for item, raw in zip(fields.mappings("items", "an item"), items, strict=True)
        ),
    )
    fields.end()
    return quiz


def _plain_items(value: Value) -> list[object]:
    items = value.data.get("items") if isinstance(value.data, dict) else None
    plain = _plain(items) if items is not None else []
    return plain if isinstance(plain, list) else []


def _plain(value: Value) -> object:
    if isinstance(value.data, list):
        return [_plain(each) for each in value.data]
    if isinstance(value.data, dict):
        return {key: _plain(each) for key, each in value.data.items()}
    return value.data


def _content_hash(raw: object) -> str:
    canonical = json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _item(fields: Fields, quiz_id: str, known: Known, content_hash: str) -> Item:
    item_type = fields.member("type", ItemType)
    is_scenario = item_type is ItemType.BRANCHING
    lesson = fields.optional_reference("lesson", known.lessons, "lesson")
    item = Item(
        id=fields.identity(),
        quiz_id=quiz_id,
        type=item_type,
        competencies=tuple(c.id for c in fields.references("competencies", known.competencies)),
        stem=fields.prose("stem"),
        ask=None if is_scenario else fields.prose("ask"),
        interaction=_interaction(fields, item_type, known),
        sources=fields.references("sources", known.sources),
        content_hash=content_hash,
        facts=fields.references("facts", known.facts) if fields.has("facts") else (),
        lesson_id=lesson.id if lesson else None,
        topic=fields.one_of("topic", TOPICS) if fields.has("topic") else None,
        level=fields.optional_member("level", CefrLevel),
        misreading=fields.optional_prose("misreading"),
        counter_case=fields.optional_prose("counter_case"),
    )
    fields.end()
    return item


def _interaction(fields: Fields, item_type: ItemType, known: Known) -> Interaction:
    match item_type:
        case ItemType.BRANCHING:
            return _scenario(fields, known)
        case ItemType.BEST_NEXT_STEP:
            return OneOf(_graded_options(fields, known))
        case ItemType.CHOICE | ItemType.WHAT_DOES_IT_MEAN:
            options = _keyed_options(fields, known)
            if sum(option.is_right for option in options) != 1:
                fields.problem("exactly one option must be correct", "options")
            if item_type is ItemType.WHAT_DOES_IT_MEAN and len(options) != GRADED_OPTIONS:
                fields.problem("needs exactly four explanations to choose from", "options")
            return OneOf(options)
        case ItemType.MULTIPLE_CHOICE:
            options = _keyed_options(fields, known)
            right = sum(option.is_right for option in options)
            if right < 2 or right == len(options):
                fields.problem("two or more options must be correct, and at least one not", "options")
            return SomeOf(options)


def _keyed_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = []
    for row in rows:
        option = Option(
            id=row.local_id(),
            text=row.prose("text"),
            score=1.0 if row.truth("correct") else 0.0,
            explanation=row.prose("explanation"),
            say=_say(row, known),
        )
        row.end()
        options.append(option)
    if len(options) < 3:
        fields.problem("needs at least three options", "options")
    return tuple(options)


def _graded_options(fields: Fields, known: Known) -> tuple[Option, ...]:
    rows = fields.mappings("options", "an option")
    unique(rows, lambda row: row.local_id())
    options = [_graded_option(row, known) for row in rows]
    for row in rows:
        row.end()
    _check_effects(fields, "options", options)
    if [option.effect for option in sorted(options, key=_rank)] != list(Effect):
        fields.problem("needs four options: one each of " + ", ".join(Effect), "options")
    return _scored(options)


def _graded_option(row: Fields, known: Known) -> Option:
    return Option(
        id=row.local_id(),
        text=row.prose("text"),
        score=0.0,
        explanation=row.prose("explanation"),
        effect=row.member("effect", Effect),
        trust=row.signed("trust"),
        clarity=row.signed("clarity"),
        consequence=row.prose("consequence"),
        say=_say(row, known),
    )


def _check_effects(fields: Fields, key: str, options: list[Option]) -> None:
    """The best option must lead, the harmful trail, and none in between overtake a better one."""
    ranked = sorted(options, key=lambda option: (_rank(option), -_total(option)))
    totals = [_total(option) for option in ranked]
    harmful = [_total(option) for option in ranked if option.effect is Effect.HARMFUL]
    others = totals[: len(totals) - len(harmful)]
    if totals != sorted(totals, reverse=True):
        fields.problem("trust + clarity must not rise from best to acceptable to weak to harmful", key)
    elif len(totals) > 1 and totals[0] == totals[1]:
        fields.problem("the best option must have the strictly highest trust + clarity", key)
    elif harmful and others and harmful[0] == others[-1]:
        fields.problem("the harmful option must have the strictly lowest trust + clarity", key)


def _total(option: Option) -> int:
    return option.trust + option.clarity


def _rank(option: Option) -> int:
    return list(Effect).index(option.effect or Effect.HARMFUL)


def _scored(options: list[Option]) -> tuple[Option, ...]:
    return tuple(replace(option, score=graded_score(option, options)) for option in options)


def _say(row: Fields, known: Known) -> Phrase | None:
    return row.optional_reference("say", known.phrases, "phrase")


def _scenario(fields: Fields, known: Known) -> Scenario:
    node_rows = fields.mappings("nodes", "a node")
    ending_rows = fields.mappings("endings", "an ending")
    unique([*node_rows, *ending_rows], lambda row: row.local_id())
    nodes = [_node(row, known) for row in node_rows]
    endings = [_ending(row) for row in ending_rows]
    scenario = Scenario(
        title=fields.text("title"),
        start=fields.text("start"),
        nodes={node.id: node for node in nodes},
        endings={ending.id: ending for ending in endings},
    )
    places = {row.local_id(): row for row in [*node_rows, *ending_rows]}
    for place, message in check_scenario(scenario):
        places.get(place, fields).problem(message)
    return scenario


def _node(fields: Fields, known: Known) -> Node:
    rows = fields.mappings("choices", "a choice")
    unique(rows, lambda row: row.local_id())
    options = [_graded_option(row, known) for row in rows]
    _check_effects(fields, "choices", options)
    if sum(option.effect is Effect.BEST for option in options) != 1:
        fields.problem("exactly one choice of a node must be the best", "choices")
    choices = []
    for row, option in zip(rows, _scored(options), strict=True):
        competencies = row.references("competencies", known.competencies) if row.has("competencies") else ()
        choices.append(Choice(option, row.text("next"), tuple(c.id for c in competencies)))
        row.end()
    node = Node(
        id=fields.local_id(),
        title=fields.text("title"),
        text=fields.prose("text"),
        ask=fields.prose("ask"),
        choices=tuple(choices),
        is_repair=fields.truth("repair", default=False),
    )
    fields.end()
    return node


def _ending(fields: Fields) -> Ending:
    ending = Ending(fields.local_id(), fields.member("outcome", Outcome), fields.text("title"), fields.prose("text"))
    fields.end()
    return ending
