"""Writes mails: fills the templates with facts, in plain text and in HTML."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from trainer.domain.mail import DigestFacts, DueFacts, MailChoice, MailKind, Reader
from trainer.mail import sentences
from trainer.mail.letters import Letter
from trainer.mail.stopping import Stopping
from trainer.mail.words import Words, translations_of

_SAYINGS: tuple[Callable[..., Any], ...] = (
    sentences.overall_words,
    sentences.seats_line,
    sentences.concern_line,
    sentences.concern_note,
    sentences.change_lines,
    sentences.due_title,
    sentences.due_line,
)


class Writer:
    """`address` is where people reach the application."""

    def __init__(self, templates: Path, address: str, stopping: Stopping) -> None:
        self._templates = templates
        self._address = address
        self._stopping = stopping
        self._environments: dict[str, Environment] = {}

    def digest(self, facts: DigestFacts, choice: MailChoice, key: str) -> Letter:
        words = Words(choice.language, choice.zone)
        return self._letter(facts.reader, MailKind.DIGEST, key, words, _digest_subject(words, facts), {"facts": facts})

    def due(self, facts: DueFacts, choice: MailChoice, key: str) -> Letter:
        words = Words(choice.language, choice.zone)
        subject = words.count("One thing falls due", "%(count)s things fall due", len(facts.things))
        return self._letter(facts.reader, MailKind.DUE, key, words, subject, {"facts": facts})

    def trial(self, to_address: str, choice: MailChoice, key: str) -> Letter:
        words = Words(choice.language, choice.zone)
        told = {"address": self._address, "subject": words.say("A test mail from Entente")}
        text, html = self._both("trial", words, told)
        return Letter(f"{key}-trial", "", to_address, words.language, told["subject"], text, html)

    def _letter(
        self, reader: Reader, kind: MailKind, key: str, words: Words, subject: str, told: Mapping[str, Any]
    ) -> Letter:
        stop_url = f"{self._address}/mail/stop/{self._stopping.token(reader.id, kind)}"
        told = {**told, "subject": subject, "address": self._address, "stop_url": stop_url}
        text, html = self._both(kind.value, words, told)
        name = f"{key}-{kind}-{reader.id.hex}"
        return Letter(name, reader.name, reader.address, words.language, subject, text, html, stop_url)

    def _both(self, template: str, words: Words, told: Mapping[str, Any]) -> tuple[str, str]:
        environment = self._environment(words.language)
        told = {**told, "words": words, **_sayings(words)}
        text, html = (environment.get_template(f"{template}.{kind}").render(told) for kind in ("txt", "html"))
        return text, html

    def _environment(self, language: str) -> Environment:
        found = self._environments.get(language)
        if found is None:
            found = self._environments[language] = _environment(self._templates, language)
        return found


def _environment(templates: Path, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    known = translations_of(language)
    environment.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment


def _digest_subject(words: Words, facts: DigestFacts) -> str:
    """Of the next engagement there is."""
    ahead = [
        *((each.starts_at, each.days_left, each.partner) for each in facts.managed),
        *((each.starts_at, each.days_left, each.partner) for each in facts.seated),
    ]
    if ahead:
        _, days, partner = min(ahead)
        return words.say("Your week: %(partner)s %(days)s", partner=partner, days=words.days(days))
    if facts.due:
        return words.count("Your week: one thing falls due", "Your week: %(count)s things fall due", len(facts.due))
    return words.count("Your week: one card to review", "Your week: %(count)s cards to review", facts.reviews)


def _sayings(words: Words) -> dict[str, Any]:
    """The sentences that a template asks for by name, in one language."""
    return {
        "MARKS": sentences.MARKS,
        "COLOURS": sentences.COLOURS,
        **{say.__name__: partial(say, words) for say in _SAYINGS},
    }
