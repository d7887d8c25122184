"""Paying what was granted: orders, lists that two people check, files for the bank, what came back."""
