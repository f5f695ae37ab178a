"""Tests of values and rules: nothing but arguments in and values out."""
