"""Builders of domain values: each takes what a test speaks about and fills in the rest."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from trainer.domain.attempts import Answered, AttemptState
from trainer.domain.content import (
    Choice,
    Competency,
    CompetencyKind,
    Content,
    Course,
    Dialogue,
    DialogueLine,
    Effect,
    Ending,
    Fact,
    Interaction,
    Item,
    ItemType,
    KeyStatus,
    Lesson,
    Mark,
    Node,
    OneOf,
    Option,
    Outcome,
    Party,
    Phrase,
    Prose,
    Quiz,
    Register,
    Scenario,
    SomeOf,
    Source,
)
from trainer.domain.grading import Given
from trainer.domain.mastery import SHIPPED, Answer, Basis, Card, Cell, Kind, LearnerTerms, Mastery, SharedTerms

NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
SOURCE = Source("guide", "A guide", "https://example.org/guide", "A")


def days(number: float) -> datetime:
    """This many days after (or, negative, before) now."""
    return NOW + timedelta(days=number)


def prose(words: str = "Words.") -> Prose:
    return Prose(words, words)


def competency(
    name: str, kind: CompetencyKind = CompetencyKind.ETIQUETTE, functions: tuple[str, ...] = ()
) -> Competency:
    return Competency(id=name, kind=kind, title=name.title(), can_do=f"I can {name}.", functions=functions)


def option(name: str, score: float = 0.0, *, trust: int = 0, clarity: int = 0) -> Option:
    return Option(name, prose(), score, prose(), trust=trust, clarity=clarity)


def item(
    name: str = "item",
    *competencies: str,
    interaction: Interaction | None = None,
    kind: ItemType = ItemType.CHOICE,
) -> Item:
    return Item(
        id=name,
        quiz_id="quiz",
        type=kind,
        competencies=competencies or ("greeting",),
        stem=prose(),
        ask=prose(),
        interaction=interaction or OneOf((option("a", 1.0), option("b"), option("c"))),
        sources=(SOURCE,),
        content_hash="0" * 32,
    )


def some_of(*scores: float) -> SomeOf:
    """Options a, b, c, … with these scores."""
    return SomeOf(tuple(option(name, score) for name, score in zip("abcdefgh", scores, strict=False)))


STEPS = {Effect.BEST: (2, 1), Effect.ACCEPTABLE: (1, 0), Effect.WEAK: (0, -1), Effect.HARMFUL: (-2, -1)}
SCORES = {Effect.BEST: 1.0, Effect.ACCEPTABLE: 0.7, Effect.WEAK: 0.3, Effect.HARMFUL: 0.0}


def choice(name: str, effect: Effect, leads_to: str, *competencies: str) -> Choice:
    trust, clarity = STEPS[effect]
    chosen = Option(name, prose(), SCORES[effect], prose(), effect, trust, clarity, prose())
    return Choice(chosen, leads_to, competencies)


def node(name: str, *choices: Choice, is_repair: bool = False) -> Node:
    return Node(name, name.title(), prose(), prose(), choices, is_repair)


def ending(name: str, outcome: Outcome) -> Ending:
    return Ending(name, outcome, name.title(), prose())


def scenario(*nodes: Node) -> Scenario:
    """A conversation from `n1` with the endings agreed, later and broken; by default of two nodes and a repair."""
    best, weak, harmful = Effect.BEST, Effect.WEAK, Effect.HARMFUL
    usual = (
        node("n1", choice("a", best, "n2"), choice("b", weak, "n2"), choice("c", harmful, "repair")),
        node("n2", choice("a", best, "agreed"), choice("b", weak, "later")),
        node("repair", choice("a", best, "n2"), choice("b", harmful, "broken"), is_repair=True),
    )
    endings = (
        ending("agreed", Outcome.AGREEMENT),
        ending("later", Outcome.POSTPONED),
        ending("broken", Outcome.DAMAGED),
    )
    return Scenario(
        title="The lead time",
        start="n1",
        nodes={each.id: each for each in nodes or usual},
        endings={each.id: each for each in endings},
    )


def fact(name: str) -> Fact:
    return Fact(name, prose(), Mark.CONSENSUS, (SOURCE,), date(2026, 11, 22), volatile=False)


def phrase(name: str, function: str = "clarify") -> Phrase:
    return Phrase(
        id=name,
        lang="fr",
        function=function,
        text="Pardon ?",
        reading=None,
        translit=None,
        literal="Pardon?",
        natural="Sorry?",
        register=Register.NEUTRAL,
        channel=("speech",),
        to_role="anyone",
        to_gender="any",
        audio_text="Pardon ?",
        wrong=(),
        note=prose(),
    )


def dialogue(name: str, *said: str | Phrase) -> Dialogue:
    """Two who speak in turn, the learner first."""
    parties = (Party("guest", "Alex", "guest"), Party("host", "Claire", "host"))
    lines = []
    for number, each in enumerate(said):
        line_id, party = f"{name}-{number + 1:02}", parties[number % 2]
        if isinstance(each, Phrase):
            lines.append(DialogueLine(line_id, party, "fr", each.text, None, None, each.natural, each.audio_text, each))
        else:
            lines.append(DialogueLine(line_id, party, "fr", each, None, None, each, each))
    return Dialogue(name, "lesson", "fr", name.title(), prose(), parties, parties[0], tuple(lines))


def lesson(name: str, *competencies: str, facts: tuple[Fact, ...] = ()) -> Lesson:
    return Lesson(
        id=name,
        course_id="course",
        title=name.title(),
        topic=None,
        competencies=competencies,
        goals=(prose("I can."),),
        minutes=8,
        functions=(),
        phrases=(),
        facts=facts,
        body=prose(),
    )


def quiz(name: str, *items: Item) -> Quiz:
    return Quiz(
        id=name,
        course_id="course",
        title=name.title(),
        summary=prose(),
        minutes=12,
        lessons=(),
        key_status=KeyStatus.AUTHOR,
        items=items,
    )


def course(
    name: str,
    *,
    lessons: tuple[Lesson, ...] = (),
    quizzes: tuple[Quiz, ...] = (),
    phrases: tuple[Phrase, ...] = (),
) -> Course:
    return Course(
        id=name,
        title=name.title(),
        country=None,
        language=None,
        summary=prose(),
        cover=prose(),
        minutes=60,
        prerequisites=(),
        licence="CC-BY-4.0",
        reviewers=(),
        lessons=lessons,
        phrases=phrases,
        quizzes=quizzes,
    )


def content(*courses: Course, competencies: Sequence[Competency] = ()) -> Content:
    return Content({each.id: each for each in competencies}, {each.id: each for each in courses})


def answered(item_id: str, *options: str, node: str | None = None, step: int = 0, score: float = 1.0) -> Answered:
    """A kept response; of a scenario it names the node."""
    return Answered(UUID(int=step), item_id, step, Given(options or ("a",), node), score)


def attempt(*responses: Answered, finished_at: datetime | None = None) -> AttemptState:
    return AttemptState(UUID(int=1), UUID(int=2), "quiz", 1, NOW, finished_at, responses)


LEARNT = SharedTerms(
    population=(0.4, 0.01),
    item_novelty=(0.3, 0.01),
    competency_novelty=(0.2, 0.01),
)
"""Shared terms after many people's answers; of competencies and items the priors stand."""


def answer(
    number: int,
    item_key: str = "item",
    *competencies: str,
    score: float = 1.0,
    at: datetime = NOW,
    difficulty: float = 0.0,
    basis: Basis | None = None,
    kind: Kind = Kind.FIRST,
) -> Answer:
    """An answer whose id sorts by its number, by default to an item that nobody has answered yet."""
    names = competencies or ("greeting",)
    believed = basis or SharedTerms.prior().basis(item_key, names, difficulty)
    return Answer(UUID(int=number), item_key, names, score, difficulty, at, believed, kind)


def stranger_cell(*difficulties: float) -> Cell:
    """What is known of someone who has met nothing, for items of these difficulties that nobody has answered."""
    beliefs = [(difficulty, SHIPPED.item_variance) for difficulty in difficulties]
    return Cell(None, None, [None] * len(beliefs), beliefs, (0.0, SHIPPED.competency_variance))


def known_cell(level: float, *, answers: int = 12, at: datetime = NOW, variance: float = 0.05) -> Cell:
    """What is known of someone who was measured well at `at`: six items, and S at `level` log-odds."""
    return stranger_cell(*[0.0] * 6)._replace(
        ability=Mastery(0.0, variance, at, answers),
        state=Mastery(level, variance, at, answers),
        memories=[Mastery(0.0, 0.1, at, 2, Card(5.0, 5.0))] * 6,
    )


def cell_of(terms: LearnerTerms, competency: str, item_keys: Sequence[str]) -> Cell:
    """What these terms say of a competency whose items nobody has answered."""
    return stranger_cell(*[0.0] * len(item_keys))._replace(
        ability=terms.ability,
        state=terms.states.get(competency),
        memories=[terms.memories.get(key) for key in item_keys],
    )
