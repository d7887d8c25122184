"""Files of the outside world: the declared form of the benefits package, content."""
