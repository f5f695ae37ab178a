"""Measures of the running server and of the forecast, run by hand: `python tests/bench/pages.py`, `forecast.py`."""
