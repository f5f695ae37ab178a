"""Examples beside the phrases of a lesson: e-mails to write by, and one thing said in several relations."""

from dataclasses import dataclass
from enum import StrEnum

from trainer.domain.content.phrases import Phrase
from trainer.domain.content.words import Prose, Register


class MailKind(StrEnum):
    """What an e-mail is written for."""

    FIRST_CONTACT = "first_contact"
    SCHEDULING = "scheduling"
    THANKS = "thanks"
    DELAY = "delay"
    REFUSAL = "refusal"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the partner's language with what they mean. One that is a phrase has the phrase's words.

    `natural` is left out where it would say the same again.
    """

    text: str
    reading: str | None
    translit: str | None
    natural: str | None
    phrase: Phrase | None = None
    note: Prose | None = None
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class MailModel:
    """An e-mail from its salutation to its signature, a line each; `point` says what makes it work."""

    id: str
    lesson_id: str
    lang: str
    kind: MailKind
    title: str
    scene: Prose
    subject: Wording
    lines: tuple[Wording, ...]
    point: Prose


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say it, and to whom."""

    wording: Wording
    register: Register
    to: str


@dataclass(frozen=True, slots=True)
class RegisterContrast:
    """The same said in different relations, from the least formal to the most; `point` says what changes."""

    id: str
    lesson_id: str
    lang: str
    title: str
    forms: tuple[Form, ...]
    point: Prose
