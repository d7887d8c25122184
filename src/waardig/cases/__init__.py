"""The room cases; see README.md."""
