"""What a person should look at again in an item: answers that give themselves away, and answers by nationality.

None of it is a mistake by itself, so nothing is refused for it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trainer.domain.content import Item, MostAndLeast, OneOf, Option, Quiz, RateEach, Scenario, SomeOf

NOTICEABLY = 1.2
"""So many times as long as the next longest option, a best one gives itself away."""
TOLD_BY_LENGTH = 0.4
"""In a quiz the best option may be the longest in so many of its decisions; with four options chance makes it 0.25."""
MIN_DECISIONS = 5
"""A quiz of fewer says nothing by its lengths."""

NATIONS = (
    "American|Arab|Argentine|Asian|Australian|Austrian|Belgian|Brazilian|British|Bulgarian|Canadian|Chilean|Chinese|"
    "Colombian|Croatian|Czech|Danish|Dutch|Egyptian|Emirati|English|Estonian|European|Finnish|French|German|Greek|"
    "Hungarian|Indian|Indonesian|Irish|Israeli|Italian|Japanese|Korean|Latvian|Lithuanian|Malaysian|Mexican|Norwegian|"
    "Polish|Portuguese|Romanian|Russian|Saudi|Scottish|Singaporean|Slovak|Slovene|Spanish|Swedish|Swiss|Taiwanese|Thai|"
    "Turkish|Ukrainian|Vietnamese|Western"
)
PEOPLES = (
    "Americans|Arabs|Argentines|Asians|Australians|Austrians|Belgians|Brazilians|Britons|Brits|Canadians|Chileans|Czechs|"
    "Danes|Dutchmen|Egyptians|Englishmen|Estonians|Europeans|Finns|Frenchmen|Germans|Greeks|Hungarians|Indians|"
    "Indonesians|Israelis|Italians|Koreans|Latvians|Lithuanians|Malaysians|Mexicans|Norwegians|Poles|Romanians|Russians|"
    "Saudis|Scots|Slovaks|Spaniards|Swedes|Thais|Turks|Ukrainians|Westerners"
)
COUNTRIES = (
    "America|Argentina|Australia|Austria|Belgium|Brazil|Britain|Canada|Chile|China|Colombia|Denmark|Egypt|England|"
    "Finland|France|Germany|Greece|Hungary|India|Indonesia|Ireland|Israel|Italy|Japan|Korea|Malaysia|Mexico|Norway|"
    "Poland|Portugal|Romania|Russia|Saudi Arabia|Scotland|Singapore|Spain|Sweden|Switzerland|Taiwan|Thailand|Turkey|"
    "Ukraine|Vietnam"
)
WHOLE_NATIONS = "British|Chinese|Czech|Dutch|English|French|Irish|Japanese|Polish|Portuguese|Spanish|Swiss"
"""What a people is called by with *the* before it."""
_WHO = (
    "people|person|partners?|colleagues?|compan(?:y|ies)|culture|customers?|clients?|managers?|engineers?|business|"
    "employees?|men|women|mind|mentality|nature|way|style|habit|custom|sense|tradition"
)
_SWEEPING = (
    "always|never|typical(?:ly)?|by nature|tend to|are known|everyone|everybody|nobody|no one|cannot|do not|don't"
)
_ARGUMENTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{NATIONS}) (?:{_WHO})\b",
        rf"\b(?:{PEOPLES})\b",
        rf"\b(?:typically|so|very|too) (?:{NATIONS})\b",
        rf"\b(?:because|since|as) (?:he|she|they|you|we)(?:'s| is| are|'re) (?:a |an )?(?:{NATIONS})\b",
        rf"\b[Ii]n (?:{COUNTRIES})\b[^.;:!?]*\b(?:{_SWEEPING})\b",
        rf"\b(?:{_SWEEPING})\b[^.;:!?]*\bin (?:{COUNTRIES})\b",
        rf"\b[Tt]he (?:{WHOLE_NATIONS}) "
        r"(?:are|have|like|love|prefer|want|think|say|do|never|always|tend)\b",
    )
)


class Flag(NamedTuple):
    """Where in an item (an option, a node, or node.choice; empty: as a whole), and what to look at."""

    place: str
    message: str


def flags_of_item(item: Item) -> Iterator[Flag]:
    for place, options in _decisions(item):
        yield from _given_away(place, options)
    for place, text in _arguments(item):
        words = _national_words(text)
        if words:
            quoted = ", ".join(f"“{each}”" for each in words)
            yield Flag(place, f"may rest on nationality: {quoted}; swap the country and see whether it still holds")


def flags_of_quiz(quiz: Quiz) -> Iterator[str]:
    """Whether one could answer the quiz by picking what is longest."""
    decisions = [options for item in quiz.items for _, options in _decisions(item)]
    longest = sum(_lead(options) > 1 for options in decisions)
    if len(decisions) >= MIN_DECISIONS and longest > TOLD_BY_LENGTH * len(decisions):
        yield f"the best option is the longest in {longest} of {len(decisions)} decisions: even out the lengths"


def _decisions(item: Item) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """Where one option is the best of several."""
    match item.interaction:
        case OneOf(options) | MostAndLeast(options):
            yield "", options
        case Scenario(nodes=nodes):
            for node in nodes.values():
                yield node.id, tuple(choice.option for choice in node.choices)
        case _:
            return


def _given_away(place: str, options: Sequence[Option]) -> Iterator[Flag]:
    lead = _lead(options)
    if lead >= NOTICEABLY:
        yield Flag(place, f"the best option is {lead:.1f} times as long as the next longest: it gives itself away")


def _lead(options: Sequence[Option]) -> float:
    """The length of the best option over that of the next longest."""
    best = max(options, key=lambda option: option.score, default=None)
    longest = max((len(option.text.plain) for option in options if option is not best), default=0)
    return len(best.text.plain) / longest if best is not None and longest else 0.0


def _arguments(item: Item) -> Iterator[tuple[str, str]]:
    """The scenes and options of an item, with their reasons."""
    yield "", item.stem.plain
    match item.interaction:
        case OneOf(options) | SomeOf(options) | RateEach(options) | MostAndLeast(options):
            yield from _argued("", options)
        case Scenario(nodes=nodes):
            for node in nodes.values():
                yield node.id, node.text.plain
                yield from _argued(f"{node.id}.", [choice.option for choice in node.choices])
        case _:
            return


def _argued(prefix: str, options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    for option in options:
        yield f"{prefix}{option.id}", f"{option.text.plain} {option.explanation.plain}"


def _national_words(text: str) -> list[str]:
    found = (match[0] for pattern in _ARGUMENTS for match in pattern.finditer(text))
    return list(dict.fromkeys(found))
