"""Tests of Waardig; see CONTRIBUTING.md for how they are set up."""
