"""The room accountability; see README.md."""
