"""Formats of others: question banks and phrase lists, from bytes to neutral entries and back."""
