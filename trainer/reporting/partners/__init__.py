"""What is kept of partners: one file, all that somebody may see, all of one person."""

from trainer.reporting.partners.files import (
    attachment_data,
    attachments_of,
    engagements_with,
    languages_of,
    members_for,
    news_of,
    partner_file,
    partner_of,
    partner_teams,
    people_of,
    person_of,
    promises_of,
    questions_of,
    research_of,
)
from trainer.reporting.partners.listing import PartnerHead, list_partners, search_partners
from trainer.reporting.partners.many import files_for_gaps
from trainer.reporting.partners.personal import Mention, Told, mentions_of, promises_by, record_of, told_of

__all__ = [
    "Mention",
    "PartnerHead",
    "Told",
    "attachment_data",
    "attachments_of",
    "engagements_with",
    "files_for_gaps",
    "languages_of",
    "list_partners",
    "members_for",
    "mentions_of",
    "news_of",
    "partner_file",
    "partner_of",
    "partner_teams",
    "people_of",
    "person_of",
    "promises_by",
    "promises_of",
    "questions_of",
    "record_of",
    "research_of",
    "search_partners",
    "told_of",
]
