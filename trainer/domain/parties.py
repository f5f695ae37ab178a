"""The two sides of an engagement."""

from enum import StrEnum


class Party(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
