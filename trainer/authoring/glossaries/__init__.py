"""Use cases of keeping glossaries: terms that are added, changed, taken out and brought in, in force at once."""

from trainer.authoring.glossaries.keeping import (
    Keeping,
    create_glossary,
    keep,
    load_keeping,
    path_of,
)
from trainer.authoring.glossaries.terms import (
    Change,
    Merging,
    TermData,
    field_of_line,
    head_data,
    merge_rows,
    new_term_id,
    term_data,
    terms_of,
    used_ids,
    with_head,
    with_term,
    without_term,
)

__all__ = [
    "Change",
    "Keeping",
    "Merging",
    "TermData",
    "create_glossary",
    "field_of_line",
    "head_data",
    "keep",
    "load_keeping",
    "merge_rows",
    "new_term_id",
    "path_of",
    "term_data",
    "terms_of",
    "used_ids",
    "with_head",
    "with_term",
    "without_term",
]
