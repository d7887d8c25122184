"""Words that every room shares, without framework, I/O or randomness.

Exceptions: content, content_file, sql_file and clock.
"""
