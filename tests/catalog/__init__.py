"""Tests of reading the content, on a small sample course and on what is shipped."""
