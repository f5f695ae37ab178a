"""Partner files: the list, one file with all that it holds, its people, its files."""

from trainer.web.partners import attachments, companies, entries, listing, people, promises, show, teams
from trainer.web.partners.blueprint import bp

__all__ = ["attachments", "bp", "companies", "entries", "listing", "people", "promises", "show", "teams"]
