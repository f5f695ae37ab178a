"""How much of a file is read before it is refused."""

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_LINE_CHARACTERS = 1024 * 1024
MAX_ENTRIES = 20_000
MAX_PROBLEMS = 20_000
MAX_TEXT_CHARACTERS = 100_000
MAX_TAGS_IN_TEXT = 5_000
"""The cleaner's time grows with the square of the nesting; so many tags take it less than a tenth of a second."""
MAX_OPTIONS = 500
"""Answers, pairs, gaps or steps of one entry."""

MAX_XML_DEPTH = 200
MAX_XML_ELEMENTS = 1_000_000

MAX_ZIP_MEMBERS = 25_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_RATIO = 100
SMALL_MEMBER_BYTES = 1024 * 1024
"""A ratio says nothing about a file this small: a page of spaces packs a thousandfold and harms nobody."""
