"""What it costs to hear a take: processor time of one analysis, with its model voices computed before."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from trainer.speech import Line, Speech
from trainer.speech.hearing import Listener, Reference, Sound
from trainer.speech.hearing.embedding import MODEL
from trainer.speech.sound import decode_mp3, encode_mp3, join, resample

RATE = 16_000
TEXTS = (
    "Nous préparons la réunion de lundi.",
    "La livraison arrivera avec deux jours de retard.",
    "Pourriez-vous répéter votre question ?",
    "Je vous présente notre directrice.",
    "Le contrat sera signé demain matin.",
    "Combien de pièces vous faut-il ?",
    "Merci de nous recevoir aujourd'hui.",
    "Cela dépend de la taille de la commande.",
    "Je vous rappelle cet après-midi.",
)
"""The first is what is said; the others are the decoys."""
LENGTHS = (3.0, 14.9)
ROUNDS = 9


@dataclass(frozen=True)
class Analysis:
    """Milliseconds of processor time, at the median."""

    detector: str
    seconds: float
    milliseconds: float
    ratio: float
    """To decoding the model's MP3."""


def measure(speech: Speech) -> Iterator[Analysis]:
    """Each length by each detector that is installed."""
    phrases = [decode_mp3(speech.render(Line("bench", text, None, "fr")).path.read_bytes()) for text in TEXTS]
    for seconds in LENGTHS:
        with TemporaryDirectory() as folder:
            model, *decoys = _references(Path(folder), phrases, seconds)
            take = resample(decode_mp3(model.path.read_bytes()), RATE)
            decoding = _median(partial(decode_mp3, model.path.read_bytes()))
            for kept in [None, MODEL] if MODEL else [None]:
                listener = Listener(Path(folder), model=kept)
                listener.hear(take, model, decoys)
                took = _median(partial(listener.hear, take, model, decoys))
                yield Analysis(listener.detector, seconds, took, took / decoding)


def _references(folder: Path, phrases: Sequence[Sound], seconds: float) -> Iterator[Reference]:
    """Each phrase, followed by others until it lasts as long as is wanted."""
    for number in range(len(phrases)):
        whole = join([*phrases[number:], *phrases[:number]])
        samples = whole.samples[: round((seconds - 0.2) * whole.rate)]
        path = folder / f"{number}.mp3"
        path.write_bytes(encode_mp3(Sound(np.asarray(samples), whole.rate)))
        yield Reference(str(number), path, sha256(path.read_bytes()).hexdigest(), "fr", "pico")


def _median(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = process_time()
        call()
        taken.append((process_time() - begun) * 1000)
    return median(taken)
