"""Engines that run a compiled rule over a population."""
