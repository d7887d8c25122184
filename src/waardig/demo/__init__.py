"""A fictional municipality, seeded; no real data."""
