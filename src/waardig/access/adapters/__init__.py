"""The outside world: the collector that takes the log over."""
