"""Pure decisions: no Django, clock, I/O or randomness."""
