"""Measures of the running server; not part of the test run: `python tests/bench/pages.py`."""
