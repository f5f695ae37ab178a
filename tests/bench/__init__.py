"""Measures of the server, the forecast and the checking of answers, run by hand: `python tests/bench/pages.py`."""
