"""What the public site shows, by subject."""
