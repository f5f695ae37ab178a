"""The command that tells how well takes are told apart, to recalibrate by recordings of real people."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from trainer.cli.context import services_here
from trainer.domain.content import Content
from trainer.speech.hearing import Detector, Listener, Reference
from trainer.speech.hearing.evaluation import (
    BadLabels,
    Group,
    Heard,
    Label,
    Spread,
    group,
    hear_all,
    read_labels,
    thresholds_of,
)
from trainer.speech.hearing.references import shipped_references
from trainer.speech.lines import lines_of
from trainer.speech.shipped import Shipped


@click.command("evaluate-speech")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--without-model", is_flag=True, help="As if the speech embedding were not installed.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate_speech(folder: Path, without_model: bool, as_json: bool) -> None:
    """Tell how well the takes in FOLDER are told apart; docs/speaking.md says what its labels.csv holds."""
    services = services_here()
    shipped = _shipped(services.library.last_known(), services.library.root / "lessons")
    try:
        labels = read_labels(folder, {each.line_id: each for each in shipped}.get)
        with TemporaryDirectory() as kept:
            listener = Listener(Path(kept), model=None) if without_model else Listener(Path(kept))
            heard = _hear(listener, labels, shipped)
    except BadLabels as error:
        raise click.ClickException(str(error)) from error
    groups = group(heard)
    if as_json:
        told = {"detector": listener.detector, "groups": [asdict(each) for each in groups]}
        click.echo(json.dumps(told, indent=2))
        return
    click.echo(f"Heard by {'the speech embedding' if listener.has_embedding else 'mel cepstra only'}.")
    for each in groups:
        click.echo(_words(each, listener.detector))


def _shipped(content: Content, lessons: Path) -> Sequence[Reference]:
    shipped = Shipped(lessons)
    return shipped_references((line for lines in lines_of(content).values() for line in lines), shipped)


def _hear(listener: Listener, labels: Sequence[Label], shipped: Sequence[Reference]) -> list[Heard]:
    with click.progressbar(
        hear_all(listener, labels, shipped), length=len(labels), label="Hearing", file=sys.stderr
    ) as bar:
        return list(bar)


def _words(found: Group, detector: Detector) -> str:
    at = thresholds_of(detector, found.kind)
    lines = [f"\n{found.lang}, {found.kind} voice ({', '.join(found.engines)})"]
    lines += [
        "            count   margin least  median    most   recognised  another  not sure  refused",
        *(_row(truth, spread) for truth, spread in found.spreads.items()),
    ]
    if found.error is not None:
        lines.append(f"  Equal error rate of same and different: {found.error:.1%}.")
    if found.hint is not None:
        lines.append(
            f"  Recognised from a margin of {at.recognised:g}, another phrase up to {at.another:g}. With one in a "
            f"hundred of these told wrongly it would be {found.hint.recognised:.2f} and {found.hint.another:.2f}."
        )
    return "\n".join(lines)


def _row(truth: str, spread: Spread) -> str:
    margins = (f"{each:.2f}" if each is not None else "-" for each in (spread.least, spread.median, spread.most))
    least, middle, most = margins
    shares = (spread.recognised, spread.another, spread.not_sure, spread.refused)
    recognised, another, not_sure, refused = (f"{share:.1%}" for share in shares)
    return (
        f"  {truth:9} {spread.count:6} {least:>14} {middle:>7} {most:>7} {recognised:>12} {another:>8} "
        f"{not_sure:>9} {refused:>8}"
    )
