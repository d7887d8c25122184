"""Content of the room and the one-time numbers of its form."""
