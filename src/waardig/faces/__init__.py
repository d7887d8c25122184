"""Faces by audience; strangers to each other."""
