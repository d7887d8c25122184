"""What the resident sees."""
