"""Room checks (zelf nagaan): what the law says when you ask it yourself; nothing is kept but the line of the log."""
