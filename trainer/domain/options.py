"""How graded options score beside those that they are offered with."""

from collections.abc import Sequence

from trainer.domain.content import Option


def graded_score(option: Option, all_options: Sequence[Option]) -> float:
    """Trust plus clarity of an option, between the worst (0) and the best (1) of its siblings."""
    totals = [each.trust + each.clarity for each in all_options]
    low, high = min(totals), max(totals)
    return 1.0 if high == low else (option.trust + option.clarity - low) / (high - low)
