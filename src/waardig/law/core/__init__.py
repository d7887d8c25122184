"""Pure decisions of the law room: no Django, clock, I/O or randomness; everything is passed in."""
