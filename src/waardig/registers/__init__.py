"""Source registers: facts in two times (valid, recorded) and gated texts, readable with a ticket only."""
