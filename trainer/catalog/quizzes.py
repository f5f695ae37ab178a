"""Reads quizzes/COURSE/NAME.yaml: items of every type, each option with its why."""

import hashlib
import json
from dataclasses import replace
from pathlib import PurePosixPath

from trainer.catalog.imported import IMPORTED_TYPES, read_imported, read_imported_item
from trainer.catalog.interactions import read_interaction
from trainer.catalog.known import Known
from trainer.catalog.reading import Fields, Problem, Report, Value, read_yaml
from trainer.catalog.tree import Tree
from trainer.domain.content import TOPICS, Assessment, CefrLevel, Item, ItemType, KeyStatus, Pool, Quiz
from trainer.domain.flags import flags_of_item, flags_of_quiz
from trainer.domain.generating import DRILL
from trainer.domain.review import REVIEW_ID

AUDIBLE = (ItemType.LISTENING, ItemType.DICTATION)
"""Items of these types play a phrase."""
WRONG = "wrong"
"""What `cultural_guess` says of an item in which a rule about the country misleads."""


def read_quiz(report: Report, tree: Tree, name: str, course_id: str, known: Known) -> Quiz | None:
    value = read_yaml(report, tree, name)
    if value is None:
        return None
    fields = Fields(report, name, value, "a quiz")
    quiz_id = fields.identity()
    stem = PurePosixPath(name).stem
    if quiz_id and quiz_id != stem:
        fields.problem(f"the id of a quiz is its file's name: {stem!r}, not {quiz_id!r}", "id")
    if quiz_id.startswith(DRILL):
        fields.problem(f"the ids that begin with {DRILL!r} are those of quizzes made from phrases", "id")
    if quiz_id == REVIEW_ID:
        fields.problem(f"{quiz_id!r} is what the sittings of the review are kept as", "id")
    items = _plain_items(value)
    imported = read_imported(fields)
    quiz = Quiz(
        id=quiz_id,
        course_id=course_id,
        title=fields.text("title"),
        summary=fields.prose("summary"),
        minutes=fields.whole("minutes", 1, 240),
        lessons=fields.texts("lessons", allowed=known.lessons, empty_ok=imported is not None),
        key_status=fields.member("key_status", KeyStatus),
        items=tuple(
            _item(item, quiz_id, known, _content_hash(raw), is_imported=imported is not None)
            for item, raw in zip(fields.mappings("items", "an item"), items, strict=True)
        ),
        imported=imported,
    )
    if fields.has("pools"):
        quiz = replace(quiz, pools=_pools(fields, {item.id for item in quiz.items}))
    if fields.has("assessment"):
        quiz = replace(quiz, assessment=_assessment(fields))
    fields.end()
    for message in flags_of_quiz(quiz):
        report.reviews.append(Problem(name, fields.line_of("items"), message))
    return quiz


def _assessment(fields: Fields) -> Assessment | None:
    row = fields.mapping("assessment", "an assessment")
    if row is None:
        return None
    assessment = Assessment(
        minutes=row.whole("minutes", 1, 240),
        attempts=row.whole("attempts", 1, 20),
        pass_share=row.number("pass", 0.05, 1.0),
        shows_correctness=row.truth("shows_correctness", default=True),
        shows_answers=row.truth("shows_answers", default=False),
        is_practised=row.truth("practice", default=True),
    )
    if assessment.shows_answers and not assessment.shows_correctness:
        row.problem("whoever sees the answers sees what was right: allow 'shows_correctness' too", "shows_answers")
    row.end()
    return assessment


def _pools(fields: Fields, items: set[str]) -> tuple[Pool, ...]:
    """Each pool names items of the quiz, no item stands in two, and fewer are picked than there are."""
    pools = []
    taken: set[str] = set()
    for row in fields.mappings("pools", "a pool"):
        names = row.texts("items", allowed=items)
        if taken & set(names) or len(set(names)) < len(names):
            row.problem("an item can stand in one pool only, once", "items")
        taken.update(names)
        pick = row.whole("pick", 1, max(1, len(names) - 1))
        row.end()
        pools.append(Pool(names, pick))
    return tuple(pools)


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


def _item(fields: Fields, quiz_id: str, known: Known, content_hash: str, *, is_imported: bool) -> Item:
    item_type = fields.member("type", ItemType)
    if is_imported and item_type in IMPORTED_TYPES:
        return read_imported_item(fields, quiz_id, item_type, known, content_hash)
    is_scenario = item_type is ItemType.BRANCHING
    lesson = fields.optional_reference("lesson", known.lessons, "lesson")
    item = Item(
        id=fields.identity(),
        quiz_id=quiz_id,
        type=item_type,
        competencies=tuple(c.id for c in fields.references("competencies", known.competencies)),
        stem=fields.prose("stem"),
        ask=None if is_scenario else fields.prose("ask"),
        interaction=read_interaction(fields, item_type, known),
        sources=fields.references("sources", known.sources),
        content_hash=content_hash,
        facts=fields.references("facts", known.facts) if fields.has("facts") else (),
        lesson_id=lesson.id if lesson else None,
        topic=fields.one_of("topic", TOPICS) if fields.has("topic") else None,
        level=fields.optional_member("level", CefrLevel),
        misreading=fields.optional_prose("misreading"),
        counter_case=fields.optional_prose("counter_case"),
        audio=fields.reference("listen", known.phrases, "phrase") if item_type in AUDIBLE else None,
        guess_misleads=fields.has("cultural_guess") and fields.one_of("cultural_guess", (WRONG,)) == WRONG,
    )
    fields.end()
    lines = fields.lines_of_ids()
    for flag in flags_of_item(item):
        where = " ".join(filter(None, (item.id, flag.place)))
        line = lines.get(flag.place, fields.line)
        fields.report.reviews.append(Problem(fields.path, line, f"{where}: {flag.message}"))
    return item
