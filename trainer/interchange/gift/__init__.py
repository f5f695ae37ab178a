"""GIFT, by the rules of Moodle's own importer."""
