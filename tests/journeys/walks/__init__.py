"""Walks through the served town in a real browser.

`unproven_walk_*.py` are written and have not yet run to their end, so they are not collected: run one by naming its
file, correct it, and call it `test_walk_*.py` from then on.
"""
