"""The command that judges one typed answer, for authors who want to see what their answer key accepts."""

import json
from collections.abc import Sequence

import click
from langcodes import tag_is_valid

from trainer.domain.answers import RULES_VERSION, AnswerKey, Change, Checked, Mode, Rejected, Span, check_answer

MARKS = {Change.KEPT: "{1}", Change.MISSING: "{{+{1}+}}", Change.EXTRA: "[-{0}-]", Change.CHANGED: "[-{0}-]{{+{1}+}}"}


@click.command("check-answer")
@click.option("--lang", required=True, metavar="TAG", help="Language of the answer, as ja or pt-BR.")
@click.option("--expected", required=True, multiple=True, help="An accepted answer; repeat it, the best first.")
@click.option("--given", required=True, help="What was typed; it may be empty.")
@click.option("--rejected", multiple=True, help="An answer that is known to be wrong; repeat it.")
@click.option(
    "--lexicon", multiple=True, metavar="WORD", help="Another word of the course, which is never a slip; repeat it."
)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.PRACTICE.value,
    show_default=True,
    help="An assessment forgives no missing article or accent and no slip.",
)
@click.option("--pattern", multiple=True, help="An accepted answer in which * is anything; repeat it.")
@click.option("--case-sensitive", is_flag=True, help="Capital letters matter.")
@click.option("--article-optional", is_flag=True, help="An article in front may be left out or another one.")
@click.option("--kana-matters", is_flag=True, help="Hiragana and katakana are not the same.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict and the difference as JSON.")
def check_typed_answer(
    lang: str,
    expected: Sequence[str],
    given: str,
    rejected: Sequence[str],
    lexicon: Sequence[str],
    mode: str,
    pattern: Sequence[str],
    case_sensitive: bool,
    article_optional: bool,
    kana_matters: bool,
    as_json: bool,
) -> None:
    """Judge one typed answer as the quizzes do; the exit code is 0 whatever the verdict.

    The difference is printed with [-what was typed-] and {+what is expected+}. The rules stand in docs/answers.md.
    """
    if not tag_is_valid(lang):
        raise click.BadParameter(f"{lang!r} is no language tag, such as ja or pt-BR.", param_hint="--lang")
    try:
        key = AnswerKey(
            accepted=tuple(expected),
            lang=lang,
            rejected=tuple(Rejected(text) for text in rejected),
            is_case_sensitive=case_sensitive,
            kana_matters=kana_matters,
            is_article_optional=article_optional,
            lexicon=frozenset(lexicon),
            patterns=tuple(pattern),
        )
    except ValueError as error:
        raise click.UsageError(f"{error}.") from error
    checked = check_answer(given, key, Mode(mode))
    click.echo(json.dumps(_as_json(checked), ensure_ascii=False) if as_json else _as_words(checked))


def _as_json(checked: Checked) -> dict[str, object]:
    return {
        "verdict": checked.verdict.value,
        "accepted": checked.is_accepted,
        "diff": [
            {"change": span.change.value, "given": span.given, "expected": span.expected} for span in checked.diff
        ],
        "answer": _answer(checked.diff),
        "rules_version": RULES_VERSION,
    }


def _as_words(checked: Checked) -> str:
    marked = "".join(MARKS[span.change].format(span.given, span.expected) for span in checked.diff)
    return f"{checked.verdict}: {'accepted' if checked.is_accepted else 'not accepted'}\n{marked}"


def _answer(diff: Sequence[Span]) -> str:
    """The answer as it is printed: free of what an invalid command line may have in it."""
    return "".join(span.expected for span in diff)
