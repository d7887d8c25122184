"""Tests of the desk: what employees see and do."""
