"""Measurements with a named baseline in the same run; `python -m benchmarks` prints the tables."""
