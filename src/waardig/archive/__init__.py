"""The archive: how long a case is kept and why, what is due, and a case as a folder that lasts."""
