"""Catalogue: services, processing activities and the municipality, as content that is loaded, checked and published."""
