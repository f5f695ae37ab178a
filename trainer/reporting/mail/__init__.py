"""What e-mails tell: gathered as plain values, which the mail office writes."""

from trainer.reporting.mail.digest import digest_facts
from trainer.reporting.mail.due import due_facts, due_things
from trainer.reporting.mail.lookup import Lookup

__all__ = ["Lookup", "digest_facts", "due_facts", "due_things"]
