"""Several municipalities on one installation: each with its own processes, database, roles, keys and content."""
