"""Short answers as Moodle compares them: a star is anything, `\\*` is a star."""

from re import compile as pattern_of

from trainer.interchange.entries import MatchKind, TypedAnswer

_STAR = pattern_of(r"(?<!\\)\*")


def match_of(written: str) -> tuple[str, MatchKind]:
    """The answer, and whether its stars are wildcards. A pattern keeps Moodle's spelling."""
    if _STAR.search(written):
        return written, MatchKind.PATTERN
    return written.replace("\\*", "*"), MatchKind.TEXT


def moodle_spelling(answer: TypedAnswer) -> str:
    """The answer as Moodle wants it written: stars of a plain text escaped."""
    return answer.text if answer.match is MatchKind.PATTERN else answer.text.replace("*", "\\*")
