"""Tables of this room, in order."""
