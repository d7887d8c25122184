"""Words that every room shares, without framework, I/O or randomness (content.py and clock.py are the exceptions)."""
