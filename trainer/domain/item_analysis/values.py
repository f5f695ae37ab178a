"""What is known of one thing that is asked, and why it needs a look."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.domain.content import Option
from trainer.domain.item_analysis.asked import Asked
from trainer.domain.item_analysis.sums import Estimate, Tally


class Need(StrEnum):
    """Why something needs a look, the most urgent first."""

    REVERSED = "reversed"
    LURES_THE_ABLE = "lures_the_able"
    TOO_HARD = "too_hard"
    PART_TOO_HARD = "part_too_hard"
    UNEXPLAINED = "unexplained"
    TELLS_LITTLE = "tells_little"
    DEAD = "dead"
    TOO_EASY = "too_easy"


_ORDER = tuple(Need)


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is the id of the option or part it is about, `text` what people typed. `is_early`: it may be chance.

    `people` is how many did so; None for one to four.
    """

    need: Need
    subject: str = ""
    text: str = ""
    people: int | None = 0
    is_early: bool = False

    @property
    def rank(self) -> tuple[bool, int]:
        """The smaller, the more it needs a look."""
        return self.is_early, _ORDER.index(self.need)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to one wording: the same answers together, and the median seconds that they took."""

    content_hash: str
    tallies: tuple[Tally, ...]
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class OptionUse:
    """How many people chose an option: `people` is None for one to four, and then nothing else is told.

    `pull` is the correlation of choosing it with how the same people did in the rest of the quiz.
    """

    option: Option
    people: int | None
    share: float | None = None
    pull: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things to fill in, to rate or to match, by its id, and the share of people who had it right."""

    id: str
    people: int
    right: Estimate


@dataclass(frozen=True, slots=True)
class Mistake:
    """What so many people typed and was not accepted, as it is compared. `is_explained`: the author had foreseen it."""

    place: str
    text: str
    people: int
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Older:
    """What is known of an earlier wording."""

    people: int
    difficulty: Estimate


@dataclass(frozen=True, slots=True)
class Analysis:
    """Of fewer than five people `people` is 0 and there are no figures, whatever was answered.

    `difficulty` is the mean score: the higher, the easier. `discrimination` is the correlation of the score with how
    the same people did in the rest of the quiz; None where that is of too few people, or the same for all.
    """

    asked: Asked
    people: int = 0
    difficulty: Estimate | None = None
    discrimination: Estimate | None = None
    seconds: float | None = None
    options: tuple[OptionUse, ...] = ()
    parts: tuple[Part, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    findings: tuple[Finding, ...] = ()
    older: tuple[Older, ...] = ()

    @property
    def needs_a_look(self) -> bool:
        return any(not finding.is_early for finding in self.findings)

    @property
    def has_a_sign(self) -> bool:
        """Only first signs: it may be chance."""
        return bool(self.findings) and not self.needs_a_look
