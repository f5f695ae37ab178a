"""Values and rules, pure: no web, no database, no files, no clock, no randomness."""
