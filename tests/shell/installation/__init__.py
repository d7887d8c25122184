"""Several municipalities on one installation."""
