"""Reads options that are graded by their effect, and checks that effects and meters agree."""

from dataclasses import replace

from trainer.catalog.known import Known
from trainer.catalog.reading import Fields
from trainer.domain.content import Effect, Option, Phrase
from trainer.domain.options import graded_score


def read_graded_option(row: Fields, known: Known) -> Option:
    return Option(
        id=row.local_id(),
        text=row.prose("text"),
        score=0.0,
        explanation=row.prose("explanation"),
        effect=row.member("effect", Effect),
        trust=row.signed("trust"),
        clarity=row.signed("clarity"),
        consequence=row.prose("consequence"),
        say=read_say(row, known),
    )


def check_effects(fields: Fields, key: str, options: list[Option]) -> None:
    """The best option must lead, the harmful trail, and none in between overtake a better one."""
    ranked = sorted(options, key=lambda option: (rank(option), -_total(option)))
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


def rank(option: Option) -> int:
    return list(Effect).index(option.effect or Effect.HARMFUL)


def scored(options: list[Option]) -> tuple[Option, ...]:
    return tuple(replace(option, score=graded_score(option, options)) for option in options)


def read_say(row: Fields, known: Known) -> Phrase | None:
    return row.optional_reference("say", known.phrases, "phrase")
