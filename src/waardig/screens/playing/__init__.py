"""Probeer de wet: the public sandbox. Invented facts travel in the form; nothing is read and nothing is written."""
