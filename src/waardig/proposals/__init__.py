"""The room proposals; see README.md."""
