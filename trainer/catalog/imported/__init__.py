"""Reads the items of an imported quiz: as those of our own, but without sources, reasons and competencies if need be.

Keys that only these items have: `score` and `share` of an option, `graded` answers, `patterns`, gaps with `offered` or
`numbers`, `remarks` on how an answer came out, and `from`, what the file said besides.
"""

from trainer.catalog.imported.items import IMPORTED_TYPES, read_imported, read_imported_item

__all__ = ["IMPORTED_TYPES", "read_imported", "read_imported_item"]
