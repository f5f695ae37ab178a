"""Tests of the pages, through real requests."""
