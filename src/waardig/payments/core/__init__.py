"""Pure decisions about paying."""
