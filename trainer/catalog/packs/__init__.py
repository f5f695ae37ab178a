"""Holds courses to the templates that they say they fill: what is missing, what is out of measure, what is said badly.

A course of a company need fill none. So none of this keeps the server from starting; `flask check-content` tells it.
"""

from trainer.catalog.packs.checking import PackFindings, check_packs

__all__ = ["PackFindings", "check_packs"]
