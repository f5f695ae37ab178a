"""Tests, each at the path of the code that it is about."""
