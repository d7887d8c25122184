"""Words that every room shares, without framework, I/O or randomness (exceptions: content, content_file, clock)."""
