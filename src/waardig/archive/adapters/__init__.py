"""Content of the archive."""
