"""Moodle XML and the syntax of its cloze questions."""
