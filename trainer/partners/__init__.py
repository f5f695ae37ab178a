"""Use cases of partner files: the company, its people, promises, questions, research, news, languages and files."""

from trainer.partners.attachments import MOST_BYTES, MOST_BYTES_OF_PARTNER, keep_attachment, remove_attachment
from trainer.partners.companies import change_company, make_partner
from trainer.partners.entries import Entry, add_questions, keep_entry, keep_question, remove_entry
from trainer.partners.keeping import ChangedMeanwhile, PartnerError
from trainer.partners.people import delete_person, keep_person, outdated_people, phone_of
from trainer.partners.promises import close_promise, keep_promise, remove_promise
from trainer.partners.teams import let_team_in, take_team_out

__all__ = [
    "MOST_BYTES",
    "MOST_BYTES_OF_PARTNER",
    "ChangedMeanwhile",
    "Entry",
    "PartnerError",
    "add_questions",
    "change_company",
    "close_promise",
    "delete_person",
    "keep_attachment",
    "keep_entry",
    "keep_person",
    "keep_promise",
    "keep_question",
    "let_team_in",
    "make_partner",
    "outdated_people",
    "phone_of",
    "remove_attachment",
    "remove_entry",
    "remove_promise",
    "take_team_out",
]
