"""The outside world of mandates: content files."""
