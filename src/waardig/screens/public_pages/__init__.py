"""Pages of the public site, built from what rooms know."""
