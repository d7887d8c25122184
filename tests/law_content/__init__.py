"""The law files themselves: literal texts, sources and statuses, and the published figures that they reproduce."""
