"""A token of its own in every value of every register, and who gets to see it."""
