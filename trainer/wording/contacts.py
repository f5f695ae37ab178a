"""The words for when somebody can be reached."""

from datetime import date

from trainer.domain.charter import Contact, hours_seen


def hours_words(contact: Contact, zone: str, on: date) -> str:
    """Their hours of a day by the clock of a zone; empty where they are not known."""
    seen = hours_seen(contact, zone, on)
    if seen is None:
        return ""
    shift = {1: ", the day after", -1: ", the day before"}.get(seen.shift, "")
    ends = " the next day" if seen.closes.date() != seen.opens.date() else ""
    return f"{seen.opens:%H:%M} to {seen.closes:%H:%M}{ends}{shift}"
