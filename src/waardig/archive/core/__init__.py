"""Pure decisions about keeping."""
