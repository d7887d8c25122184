"""Ten thousand times across the border between two municipalities of one installation."""
