"""What is asked, one by one: an item, or a node of a scenario, with what can be chosen and what guessing would give."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.domain.content import Content, Item, Node, OneOf, Option, Quiz, Scenario, SomeOf, node_key


@dataclass(frozen=True, slots=True)
class Asked:
    """An item of a quiz; of a scenario one of its nodes."""

    quiz: Quiz
    item: Item
    node: Node | None = None

    @property
    def key(self) -> str:
        """As it stands with each response."""
        return self.item.id if self.node is None else node_key(self.item, self.node)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen; nothing where answers are typed, arranged, rated or drawn anew."""
        if self.node is not None:
            return tuple(choice.option for choice in self.node.choices)
        return self.item.interaction.options if isinstance(self.item.interaction, OneOf | SomeOf) else ()

    @property
    def is_one_chosen(self) -> bool:
        return self.node is not None or isinstance(self.item.interaction, OneOf)

    @property
    def best(self) -> frozenset[str]:
        """Ids of the options that are right, or of those with the highest score."""
        highest = max((option.score for option in self.options), default=1.0)
        return frozenset(option.id for option in self.options if option.score >= highest)

    @property
    def guessed(self) -> float:
        """The mean score of who picks one option blindly; 0 where that cannot be said."""
        if not self.is_one_chosen:
            return 0.0
        return sum(option.score for option in self.options) / len(self.options)

    @property
    def has_lures(self) -> bool:
        """Whether what is not right was written to be chosen: the sound passages of a mail were not."""
        interaction = self.item.interaction
        return not (isinstance(interaction, SomeOf) and interaction.is_in_order)


def everything_asked(content: Content) -> Iterator[Asked]:
    """In the order of the courses, their quizzes and items."""
    for quiz in content.quizzes.values():
        for item in quiz.items:
            yield from asked_of(quiz, item)


def asked_of(quiz: Quiz, item: Item) -> Iterator[Asked]:
    """The item itself, or the nodes of a scenario."""
    if isinstance(item.interaction, Scenario):
        for node in item.interaction.nodes.values():
            yield Asked(quiz, item, node)
    else:
        yield Asked(quiz, item)
