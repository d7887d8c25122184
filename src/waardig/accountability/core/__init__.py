"""Pure decisions of the room accountability."""
